"""The page for print, cut into pieces, so that each can be laid out apart.

Templates say where. `CUT` stands where a new page of paper begins anyway. `MAY_CUT` stands between the rows of a table
and around its parts: where a piece has become long, a new page begins there, under the heads of the table. Both stand
inside of nothing but the elements of `AROUND`.

What asks for a page number (`data-page=""` after the address of a link) gets it once all is laid out. What stands in
the margins is apart from the pieces, because it changes with the number of pages: it is made of the elements of class
`running`, each of them for the pages from its anchor on.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

CUT, MAY_CUT = "<!--cut-->", "<!--may cut-->"
LONG = 150_000  # characters of a piece, from which on it is cut where it may be: some 30 pages of paper
AROUND = re.compile(rf"</?(?:main|section|div|table|tbody)\b[^>]*>|{CUT}|{MAY_CUT}")
PLACES = re.compile(rf"(?:{CUT}|{MAY_CUT})\n?")
NAME = re.compile(r"<(\w+)")
REPEATED = {  # what is repeated where an element goes on: the head of a table, the name of its part
    "table": re.compile(r"(.*?)(?=<tbody\b)", re.DOTALL),
    "tbody": re.compile(r'(\s*<tr class="group".*?</tr>)', re.DOTALL),
}
AGAIN = re.compile(r"<(caption|thead|tr)\b")
LINK = re.compile(r' href="[^"]*"')
BODY = re.compile(r"<body[^>]*>")
ANCHOR = re.compile(r' id="([^"]+)"')
ASKED = 'data-page=""'
NUMBERED = re.compile(rf'<a href="#([^"]+)" {ASKED}')
NOTHING = '<p class="running"></p>'  # in the margins, where nothing is begun
RUNNING = re.compile(r'<p class="running\b[^>]*\bdata-at="([^"]*)"[^>]*></p>\n?')


def uncut(page: str) -> str:
    """Return a page without the places where it is cut."""
    return PLACES.sub("", page)


@dataclass(frozen=True)
class Piece:
    """A page for print of its own; `depth` of its sections go on with those at the end of the piece before."""

    page: str
    depth: int

    @property
    def numbered(self) -> bool:
        """Whether it asks for page numbers."""
        return NUMBERED.search(self.page) is not None

    @property
    def anchors(self) -> list[str]:
        """The anchors in it."""
        return ANCHOR.findall(self.page)

    def with_numbers(self, numbers: Mapping[str, int]) -> "Piece":
        """Return the piece with the page numbers of what it links to, by anchor."""

        def filled(link: re.Match[str]) -> str:
            return f'<a href="#{link[1]}" data-page="{numbers.get(link[1], "")}"'

        return replace(self, page=NUMBERED.sub(filled, self.page))


@dataclass(frozen=True)
class Cut:
    """A page for print that is cut: its pieces, what stands around a body, and what is in the margins, by anchor."""

    pieces: tuple[Piece, ...]
    around: tuple[str, str]
    margins: Mapping[str, str]

    def running(self, numbers: Mapping[str, int], pages: int) -> str:
        """Return the page whose pages hold nothing but what stands in the margins of so many pages."""
        begun = [
            (numbers.get(anchor, 1), each) for anchor, each in self.margins.items() if not anchor or anchor in numbers
        ]
        each_page = (
            next((each for first, each in reversed(begun) if first <= page), NOTHING) for page in range(1, pages + 1)
        )
        return "".join([self.around[0], *each_page, self.around[1]])


def cut(page: str) -> Cut:
    """Cut a page."""
    margins = {found[1]: found[0] for found in RUNNING.finditer(page)}
    page = RUNNING.sub("", page)
    body = BODY.search(page)
    start, end = body.end() if body else 0, page.rfind("</body>")
    around = (page[:start], page[end:]) if end >= 0 else (page[:start], "")
    content = page[start : len(page) - len(around[1])]
    opened: list[tuple[str, str]] = []  # what is around a place: how each begins where it goes on, and its name
    pieces, first, before = [], 0, tuple(opened)
    for found in AROUND.finditer(content):
        due = found[0] == CUT or (found[0] == MAY_CUT and found.start() - first > LONG)
        if due and AROUND.sub("", content[first : found.start()]).strip():
            pieces.append(_piece(content[first : found.start()], before, opened, around))
            first, before = found.end(), tuple(opened)
        elif found[0].startswith("</") and opened:
            opened.pop()
        elif name := NAME.match(found[0]):
            opened.append((found[0] + _repeated(name[1], content, found.end()), name[1]))
    pieces.append(_piece(content[first:], before, opened, around))
    return Cut(tuple(pieces), around, margins)


def _repeated(name: str, content: str, at: int) -> str:
    """Return what is repeated where an element with a name goes on; its content begins at a place."""
    found = REPEATED[name].match(content, at) if name in REPEATED else None
    return LINK.sub("", AGAIN.sub(r'<\1 data-again="yes"', found[1])) if found else ""


def _piece(
    content: str, before: Sequence[tuple[str, str]], left: Sequence[tuple[str, str]], around: tuple[str, str]
) -> Piece:
    """Return a piece in what was opened before it, with an end to what is left open after it."""
    again, ends = (each for each, _ in before), (f"</{name}>" for _, name in reversed(left))
    return Piece("".join([around[0], *again, content, *ends, around[1]]), len(before))
