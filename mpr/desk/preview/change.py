"""What a browser is sent that has the page before: the new body, with places for what it has.

Most of a page are the rows and blocks of indicators, and what opens and closes; a save changes few of them. Such a
piece is known by the first id in it; one that has another in it, or no id, or that of another, is sent as it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

BODY = "<body"
PIECES = ("article", "details", "tr")  # by their elements; a row in a block is a part of it
ID = re.compile(r' id="([^"]+)"')


@dataclass(frozen=True)
class Parts:
    """A page in parts: its head, then texts, each with the id that it is known by, if it is a piece."""

    head: str
    body: tuple[tuple[str, str], ...]


def parts(page: str) -> Parts:
    """Take a page apart."""
    start = max(page.find(BODY), 0)
    cut = [("", page[start:])]
    for tag in PIECES:
        cut = [part for key, text in cut for part in ([(key, text)] if key else _cut(text, tag))]
    return Parts(page[:start], tuple(cut))


def change(old: Parts, new: Parts) -> str:
    """Return the new body, with a place for each piece that is as it was; nothing where the head is another."""
    if old.head != new.head:
        return ""
    had: dict[str, str] = {}
    for key, text in old.body:
        had.setdefault(key, text)
    return "".join(_place(key, text) if key and had.pop(key, "") == text else text for key, text in new.body)


def _cut(text: str, tag: str) -> Iterator[tuple[str, str]]:
    """Cut elements out of a text: yield each with its id, and without one what stands around them."""
    opening, closing = f"<{tag} ", f"</{tag}>"
    done, at = 0, text.find(opening)
    while at >= 0:
        following = text.find(opening, at + 1)
        end = text.find(closing, at, following if following >= 0 else len(text))
        if end >= 0 and (found := ID.search(text, at, end)):
            yield "", text[done:at]
            done = end + len(closing)
            yield found[1], text[at:done]
        at = following
    yield "", text[done:]


def _place(key: str, text: str) -> str:
    tag = text[1 : text.index(" ")]
    return f'<{tag} data-kept="{key}"></{tag}>'
