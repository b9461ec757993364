"""The formats that a report is written in: a module each, one interface, and the table that lists them."""
