"""The report as HTML: one body, framed for the screen and for print."""
