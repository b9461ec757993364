"""PDFs made by others, joined to the report with their tags, bookmarks and links."""
