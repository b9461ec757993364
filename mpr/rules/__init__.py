"""The rules of `mpr check`: each is a small function from a `Scorecard` to problems."""
