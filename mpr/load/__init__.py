"""From the officers' files to the frozen `Scorecard`: every problem is collected with its place, then it stops once."""
