"""Officers' comments: the safe part of Markdown, as text and as HTML.

Paragraphs, line breaks, lists, emphasis and links; whatever else a comment holds, markup included, is printed as it
was written.
"""

from itertools import accumulate

from markdown_it import MarkdownIt

from mpr.report.model import Commentary

LONG = 450  # letters: more would be over five lines on paper
LINKS = ("http:", "https:", "mailto:")
DEEPEST = 20  # of lists and emphasis in one another, beyond which markdown-it leaves text out
_MARKDOWN = MarkdownIt("zero", {"breaks": True, "html": False, "maxNesting": DEEPEST}).enable(
    ["newline", "escape", "list", "emphasis", "balance_pairs", "fragments_join", "link"]
)
_MARKDOWN.validateLink = lambda url: url.lower().startswith(LINKS)  # type: ignore[method-assign]


_PLAIN = MarkdownIt("zero", {"breaks": True}).enable("newline")


def commentary(text: str) -> Commentary | None:
    """Return a comment for printing, None where there is none."""
    return Commentary(text, _html(text), len(text) > LONG) if text else None


def _html(text: str) -> str:
    """Return a comment as HTML; where lists or emphasis stand too deep in one another, as it was written."""
    tokens = _MARKDOWN.parse(text)
    parts = [part for token in tokens for part in (token, *(token.children or ()))]
    if max(accumulate(part.nesting for part in parts), default=0) >= DEEPEST:
        return str(_PLAIN.render(text))
    for part in parts:
        part.attrs.pop("title", None)  # of a link, which could hold any letter by its number
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
