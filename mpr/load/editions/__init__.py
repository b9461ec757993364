"""One edition of a report: its own file, its accepted findings, its record, its appendices and earlier editions."""
