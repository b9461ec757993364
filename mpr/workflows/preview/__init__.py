"""`mpr preview`: the report in the browser, updated whenever a file is saved."""
