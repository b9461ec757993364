"""Workbooks that managers send back: reading them and merging them into the CSV."""
