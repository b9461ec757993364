"""`mpr preview`: the report in the browser, rebuilt whenever a file is saved."""
