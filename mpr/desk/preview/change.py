"""What a browser is sent that has the page before: the new body, with places for the rows and blocks that it has.

Most of a page are rows and blocks of indicators, and a save changes few of them. A row or block is known by the first
id in it; one that is nested, or has no id, or that of another, is sent as it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

BODY = "<body"
BLOCK, ROW = "article", "tr"
ID = re.compile(r' id="([^"]+)"')


@dataclass(frozen=True)
class Parts:
    """A page in parts: its head, then texts, each with the id that it is known by, if it is a row or a block."""

    head: str
    body: tuple[tuple[str, str], ...]


def parts(page: str) -> Parts:
    """Take a page apart."""
    head, opened, body = page.partition(BODY)
    return Parts(head, tuple(_rows(_cut(opened + body, BLOCK))))


def change(old: Parts, new: Parts) -> str:
    """Return the new body, with a place for each row and block that is as it was; nothing where the head is another."""
    if old.head != new.head:
        return ""
    had: dict[str, str] = {}
    for key, text in old.body:
        had.setdefault(key, text)
    return "".join(_place(key, text) if key and had.pop(key, "") == text else text for key, text in new.body)


def _rows(cut: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Cut what stands between blocks into rows; the rows in a block are a part of it."""
    for key, text in cut:
        yield from [(key, text)] if key else _cut(text, ROW)


def _cut(text: str, tag: str) -> Iterator[tuple[str, str]]:
    """Cut elements out of a text: yield each with its id, and without one what stands around them."""
    before, *rest = text.split(f"<{tag} ")
    yield "", before
    for each in rest:
        inside, closed, after = each.partition(f"</{tag}>")
        found = ID.search(" " + inside)
        yield found[1] if found and closed else "", f"<{tag} {inside}{closed}"
        yield "", after


def _place(key: str, text: str) -> str:
    tag = BLOCK if text.startswith(f"<{BLOCK} ") else ROW
    return f'<{tag} data-kept="{key}"></{tag}>'
