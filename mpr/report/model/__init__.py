"""The frozen shapes of a report: pages, charts, open data and filters."""
