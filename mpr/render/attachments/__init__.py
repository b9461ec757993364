"""Appendices: PDFs from other programs, joined to the report with their tags, bookmarks and links."""
