"""Returned workbooks: read what managers filled in, and merge it into the CSV."""
