"""The page for print, cut into pieces wherever a new page of paper begins anyway, so that each is laid out apart.

Templates say where: `CUT` stands between elements of which the next one begins on a new page, inside of nothing but
sections. What asks for a page number (`data-page=""` after the address of a link) gets it once all is laid out, and
what stands in the margins is apart from the pieces, because it changes with the number of pages: it is made of the
elements of class `running`, each of them for the pages from its anchor on.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

CUT = "<!--cut-->"
AROUND = re.compile(rf"</?(?:main|section)\b[^>]*>|{CUT}")
NAME = re.compile(r"<(\w+)")
BODY = re.compile(r"<body[^>]*>")
ANCHOR = re.compile(r' id="([^"]+)"')
NUMBERED = re.compile(r'href="#([^"]+)" data-page=""')
RUNNING = re.compile(r'<p class="running\b[^>]*\bdata-at="([^"]*)"[^>]*></p>\n?')


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
            return f'href="#{link[1]}" data-page="{numbers.get(link[1], "")}"'

        return replace(self, page=NUMBERED.sub(filled, self.page))


@dataclass(frozen=True)
class Cut:
    """A page for print that is cut: its pieces, what stands around a body, and what is in the margins, by anchor."""

    pieces: tuple[Piece, ...]
    around: tuple[str, str]
    margins: Mapping[str, str]

    def running(self, numbers: Mapping[str, int], pages: int) -> str:
        """Return the page whose pages hold nothing but what stands in the margins of so many pages."""
        begun = sorted((numbers.get(anchor, 1), each) for anchor, each in self.margins.items())
        each_page = (
            next((each for first, each in reversed(begun) if first <= page), NOTHING) for page in range(1, pages + 1)
        )
        return "".join([self.around[0], *each_page, self.around[1]])


NOTHING = '<p class="running"></p>'


def cut(page: str) -> Cut:
    """Cut a page."""
    margins = {found[1]: found[0] for found in RUNNING.finditer(page)}
    page = RUNNING.sub("", page)
    body = BODY.search(page)
    start, end = body.end() if body else 0, page.rfind("</body>")
    around = (page[:start], page[end:]) if end >= 0 else (page[:start], "")
    content = page[start : len(page) - len(around[1])]
    opened: list[str] = []  # the sections around a place, as they begin
    pieces, first, before = [], 0, tuple(opened)
    for found in AROUND.finditer(content):
        if found[0] == CUT:
            pieces.append(_piece(content[first : found.start()], before, opened, around))
            first, before = found.end(), tuple(opened)
        elif found[0].startswith("</"):
            opened.pop()
        else:
            opened.append(found[0])
    pieces.append(_piece(content[first:], before, opened, around))
    return Cut(tuple(pieces), around, margins)


def _piece(content: str, before: Sequence[str], left: Sequence[str], around: tuple[str, str]) -> Piece:
    """Return a piece in the sections that were opened before it, with an end to those that are left open after it."""
    again = "".join(re.sub(r' id="[^"]*"', "", each) for each in before)
    ends = "".join(f"</{NAME.findall(each)[0]}>" for each in reversed(left))
    return Piece("".join([around[0], again, content, ends, around[1]]), len(before))
