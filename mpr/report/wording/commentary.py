"""Officers' comments: the safe part of Markdown, as text and as HTML.

Paragraphs, line breaks, lists, emphasis and links are rendered; anything else, HTML included, is printed as written.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.token import Token

from mpr.report.model.report import Commentary

LONG_COMMENT = 450  # characters: a longer comment takes more than five lines on paper
LINK_SCHEMES = ("http:", "https:", "mailto:")
DEEPEST_NESTING = 20  # of nested lists and emphasis: markdown-it drops text below this
_MARKDOWN = MarkdownIt("zero", {"breaks": True, "html": False, "maxNesting": DEEPEST_NESTING}).enable(
    ["newline", "escape", "list", "emphasis", "balance_pairs", "fragments_join", "link"]
)
_MARKDOWN.validateLink = lambda url: url.lower().startswith(LINK_SCHEMES)  # type: ignore[method-assign]
_PLAIN = MarkdownIt("zero", {"breaks": True}).enable("newline")


@lru_cache(maxsize=10_000)  # a comment is in several sections, and the preview renders them again
def build_commentary(text: str) -> Commentary | None:
    """Return a comment for printing, or None for an empty one."""
    return Commentary(text, _render_html(text), len(text) > LONG_COMMENT) if text else None


def _render_html(text: str) -> str:
    tokens = _parse_tokens(text)
    for token in tokens:
        for part in token.children or ():
            part.attrs.pop("title", None)  # the title of a link could hold any character as a numeric reference
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def _parse_tokens(text: str) -> list[Token]:
    """Return the tokens of a comment, without any markup if its lists or emphasis are nested too deeply."""
    tokens = _MARKDOWN.parse(text)
    parts = [part for token in tokens for part in (token, *(token.children or ()))]
    is_too_deep = max(accumulate(part.nesting for part in parts), default=0) >= DEEPEST_NESTING
    return _PLAIN.parse(text) if is_too_deep else tokens


def to_plain_text(text: str) -> str:
    """Return a comment as plain text: list items after a bullet or number, links with their address in brackets."""
    parts, prefix = [], ""
    for token in _parse_tokens(text):
        if token.type == "list_item_open":
            prefix = f"{token.info}. " if token.info else "• "
        elif token.type == "inline":
            parts.append(f"{prefix}{''.join(_iter_words(token.children or ()))}")
            prefix = ""
    return "\n\n".join(parts)


def _iter_words(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the words of a paragraph, its line breaks, and after each link its address."""
    address = ""
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrs["href"])
        elif token.type == "link_close":
            yield f" ({address})"
        else:
            yield "\n" if token.type in {"softbreak", "hardbreak"} else token.content
