"""The difference between two versions of a page: the new body, with placeholders for what the browser has already.

Most of a page consists of elements for indicators (table rows, blocks, details), and a save changes only a few. An
element is identified by the first id in it. An element that contains another one, or has no id, or shares its id, is
sent in full.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

BODY = "<body"
REPLACEABLE_ELEMENTS = ("article", "details", "tr")  # a row inside a block belongs to the block
ID_ATTRIBUTE = re.compile(r' id="([^"]+)"')


@dataclass(frozen=True)
class PageParts:
    """A page in parts: its head, then pairs of an id (empty between elements) and a text."""

    head: str
    body: tuple[tuple[str, str], ...]


def split_page(page: str) -> PageParts:
    """Split a page into its head and the parts of its body."""
    start = max(page.find(BODY), 0)
    parts = [("", page[start:])]
    for tag in REPLACEABLE_ELEMENTS:
        parts = [part for key, text in parts for part in ([(key, text)] if key else _split_elements(text, tag))]
    return PageParts(page[:start], tuple(parts))


def diff_pages(old: PageParts, new: PageParts) -> str:
    """Return the new body with a placeholder for each unchanged element, or nothing if the head has changed."""
    if old.head != new.head:
        return ""
    old_texts: dict[str, str] = {}
    for key, text in old.body:
        old_texts.setdefault(key, text)
    return "".join(
        _make_placeholder(key, text) if key and old_texts.pop(key, "") == text else text for key, text in new.body
    )


def _split_elements(text: str, tag: str) -> Iterator[tuple[str, str]]:
    """Split a text at elements with this tag: yield each with its id, and the text between them with an empty id."""
    opening, closing = f"<{tag} ", f"</{tag}>"
    consumed, start = 0, text.find(opening)
    while start >= 0:
        following = text.find(opening, start + 1)
        end = text.find(closing, start, following if following >= 0 else len(text))
        if end >= 0 and (identified := ID_ATTRIBUTE.search(text, start, end)):
            yield "", text[consumed:start]
            consumed = end + len(closing)
            yield identified[1], text[start:consumed]
        start = following
    yield "", text[consumed:]


def _make_placeholder(key: str, text: str) -> str:
    tag = text[1 : text.index(" ")]
    return f'<{tag} data-kept="{key}"></{tag}>'
