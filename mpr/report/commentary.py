"""Officers' comments: the safe part of Markdown, as text and as HTML.

Paragraphs, line breaks, lists, emphasis and links; whatever else a comment holds, markup included, is printed as it
was written.
"""

from functools import lru_cache

from markdown_it import MarkdownIt

from mpr.report.model import Commentary

LONG = 450  # letters: more would be over five lines on paper
LINKS = ("http:", "https:", "mailto:")
_MARKDOWN = MarkdownIt("zero", {"breaks": True, "html": False}).enable(
    ["newline", "escape", "entity", "list", "emphasis", "balance_pairs", "fragments_join", "link"]
)
_MARKDOWN.validateLink = lambda url: url.lower().startswith(LINKS)  # type: ignore[method-assign]


@lru_cache(maxsize=10_000)  # a comment stands in several sections, and in the preview again each time
def commentary(text: str) -> Commentary | None:
    """Return a comment for printing, None where there is none."""
    return Commentary(text, _MARKDOWN.render(text), len(text) > LONG) if text else None
