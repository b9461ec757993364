"""Officers' comments: the safe part of Markdown, as text and as HTML.

Paragraphs, line breaks, lists, emphasis and links; whatever else a comment holds, markup included, is printed as it
was written.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

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


def plain(text: str) -> str:
    """Return a comment without its signs: paragraphs apart, list items after a point or number, links with address."""
    parts, before = [], ""
    for token in _MARKDOWN.parse(text):
        if token.type == "list_item_open":
            before = f"{token.info}. " if token.info else "• "
        elif token.type == "inline":
            parts.append(f"{before}{''.join(_words(token.children or ()))}")
            before = ""
    return "\n\n".join(parts)


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the words of a paragraph, its line breaks, and the addresses of links after theirs."""
    address = ""
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrs["href"])
        elif token.type == "link_close":
            yield f" ({address})"
        else:
            yield "\n" if token.type in {"softbreak", "hardbreak"} else token.content
