"""What a browser is sent that has the page before: the new body, with places for what it has.

Most of a page are the rows and blocks of indicators, and what opens and closes; a save changes few of them. Such a
piece is known by the first id in it; one that has another in it, or no id, or that of another, is sent as it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

BODY = "<body"
REPLACEABLE_ELEMENTS = ("article", "details", "tr")  # by their elements; a row in a block is a part of it
ID_ATTRIBUTE = re.compile(r' id="([^"]+)"')


@dataclass(frozen=True)
class PageParts:
    """A page in parts: its head, then texts, each with the id that it is known by, if it is a piece."""

    head: str
    body: tuple[tuple[str, str], ...]


def split_page(page: str) -> PageParts:
    """Take a page apart."""
    start = max(page.find(BODY), 0)
    parts = [("", page[start:])]
    for tag in REPLACEABLE_ELEMENTS:
        parts = [part for key, text in parts for part in ([(key, text)] if key else _split_elements(text, tag))]
    return PageParts(page[:start], tuple(parts))


def diff_pages(old: PageParts, new: PageParts) -> str:
    """Return the new body, with a place for each piece that is as it was; nothing where the head is another."""
    if old.head != new.head:
        return ""
    old_texts: dict[str, str] = {}
    for key, text in old.body:
        old_texts.setdefault(key, text)
    return "".join(
        _make_placeholder(key, text) if key and old_texts.pop(key, "") == text else text for key, text in new.body
    )


def _split_elements(text: str, tag: str) -> Iterator[tuple[str, str]]:
    """Cut elements out of a text: yield each with its id, and without one what stands around them."""
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
