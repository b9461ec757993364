"""Reading the officers' files into the frozen `Scorecard`: all problems are collected first, then raised once."""
