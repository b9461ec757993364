"""Workbooks: the one that is sent out to be filled in, and the one that is published with a report."""
