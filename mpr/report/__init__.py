"""What one edition says, already in words: the frozen `Report` and how it is assembled from a `Scorecard`."""
