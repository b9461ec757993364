"""One edition of a report: its own file, its record, its appendices and what was published before."""
