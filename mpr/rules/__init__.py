"""What `mpr check` knows beyond reading: each rule is a small function from a `Scorecard` to problems."""
