"""`mpr preview`: the report in the browser, made anew whenever a file is saved."""
