"""Indicators and their ratings: pure functions and frozen data that read no files and print nothing."""
