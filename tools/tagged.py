"""Reads a tagged PDF: what is painted on its pages, and the tree by which a screen reader reads that."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf

Mark = tuple[int, int]  # what is painted: its page from 0, and its number there
INLINE = {"Link", "Span", "Reference"}  # tags within a line of words; all others stand apart
LINE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


@dataclass(frozen=True)
class Painted:
    """Something painted: its mark, or else the kind of artifact (empty where it is neither), its text and its inks."""

    page: int
    mark: int | None
    artifact: str
    texts: list[str]
    inks: set[str]

    @property
    def text(self) -> str:
        """Its text in one."""
        return "".join(self.texts)


@dataclass(frozen=True, eq=False)
class Node:
    """A tag, what it says of itself, and what is in it: tags, marks and links, in the order of reading."""

    role: str
    data: Any
    kids: "tuple[Node | Mark | Any, ...]"

    @property
    def tags(self) -> "Iterator[Node]":
        """All tags in it, and itself, in the order of reading."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.tags

    def all(self, *roles: str) -> "list[Node]":
        """Return the tags of some roles in it."""
        return [tag for tag in self.tags if tag.role in roles]

    @property
    def links(self) -> list[Any]:
        """Return the annotations that belong to it."""
        return [kid for kid in self.kids if isinstance(kid, pikepdf.Dictionary)]

    def said(self, name: str) -> Any:  # noqa: ANN401 - whatever a PDF may say
        """Return an attribute, or nothing."""
        found = self.data.get("/A", {})
        return found.get(name) if isinstance(found, pikepdf.Dictionary) else None


@dataclass(frozen=True)
class Tagged:
    """A tagged PDF."""

    path: Path
    pdf: pikepdf.Pdf

    @cached_property
    def pages(self) -> dict[Any, int]:
        """The number of each page, from 0, by its object."""
        return {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}

    @cached_property
    def painted(self) -> list[Painted]:
        """What is painted, page by page, in the order of painting."""
        fonts: dict[Any, dict[bytes, str]] = {}
        return [each for number, page in enumerate(self.pdf.pages) for each in _painted(number, page, fonts)]

    @property
    def unread(self) -> list[dict[str, str]]:
        """The text of the artifacts of each page, by their kind, without white space."""
        pages: list[dict[str, str]] = [defaultdict(str) for _ in self.pdf.pages]
        for each in self.painted:
            if each.artifact:
                pages[each.page][each.artifact] += fold(each.text)
        return pages

    @cached_property
    def texts(self) -> dict[Mark, str]:
        """The text of each mark."""
        return {(each.page, each.mark): each.text for each in self.painted if each.mark is not None}

    @cached_property
    def root(self) -> Node:
        """The tree."""
        top = self.pdf.Root.StructTreeRoot.K
        return self._node(top[0] if isinstance(top, pikepdf.Array) else top, -1)

    def text(self, tag: Node) -> str:
        """Return what is read of a tag; a figure is read by its description, so its own words are not there."""
        return " ".join("".join(self._read(tag)).split())

    def _read(self, tag: Node) -> Iterator[str]:
        for kid in tag.kids:
            if isinstance(kid, tuple):
                yield self.texts.get(kid, "")
            elif isinstance(kid, Node) and kid.role in INLINE:
                yield from self._read(kid)
            elif isinstance(kid, Node) and kid.role != "Figure":
                yield from (" ", *self._read(kid), " ")

    def _node(self, data: Any, page: int) -> Node:  # noqa: ANN401 - pikepdf's objects
        page = self._page(data, page)
        kids = data.get("/K", [])
        listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        return Node(str(data.S)[1:], data, tuple(self._kid(kid, page) for kid in listed))

    def _kid(self, kid: Any, page: int) -> Any:  # noqa: ANN401 - as above
        if not isinstance(kid, pikepdf.Dictionary):
            return page, int(kid)
        if kid.get("/Type") == "/MCR":
            return self._page(kid, page), int(kid.MCID)
        return kid.Obj if kid.get("/Type") == "/OBJR" else self._node(kid, page)

    def _page(self, data: Any, page: int) -> int:  # noqa: ANN401 - as above
        return self.pages[data.Pg.objgen] if "/Pg" in data else page


def fold(words: str) -> str:
    """Drop white space, which a line break may change."""
    return re.sub(r"[\s\u00a0\u00ad]+", "", words)


def _painted(number: int, page: pikepdf.Page, fonts: dict[Any, dict[bytes, str]]) -> Iterator[Painted]:
    """Yield each marked part of a page, and last all text outside of these as one."""
    outside = Painted(number, None, "", [], set())
    opened, inks, letters = [outside], ["#000000"], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BMC" | "BDC":
                opened.append(Painted(number, *_mark(operands), [], set()))
            case "EMC":
                yield opened.pop()
            case "q":
                inks.append(inks[-1])
            case "Q":
                inks.pop()
            case "rg":
                inks[-1] = "#" + "".join(f"{round(float(each) * 255):02x}" for each in operands)
            case "Tf":
                font = page.Resources.Font[str(operands[0])]
                if font.objgen not in fonts:
                    fonts[font.objgen] = _letters(font)
                letters = fonts[font.objgen]
            case "TJ" | "Tj":
                shown = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
                opened[-1].texts.extend(_read(shown, letters))
                opened[-1].inks.add(inks[-1])
    yield outside


def _mark(operands: Any) -> tuple[int | None, str]:  # noqa: ANN401 - as above
    """Return the number of a mark, or the kind of an artifact: `Header`, `Footer`, `Pagination`, `Decoration`."""
    more = operands[1] if len(operands) > 1 else {}
    if "/MCID" in more:
        return int(more["/MCID"]), ""
    if str(operands[0]) != "/Artifact":
        return None, ""
    return None, str(more.get("/Subtype", more.get("/Type", "/Decoration")))[1:]


def _read(shown: Any, letters: dict[bytes, str]) -> Iterator[str]:  # noqa: ANN401 - as above
    for each in shown:
        if isinstance(each, pikepdf.String):
            codes = bytes(each)
            yield from (letters.get(codes[at : at + 2], "\ufffd") for at in range(0, len(codes), 2))


def _letters(font: pikepdf.Dictionary) -> dict[bytes, str]:
    """Return the letters of a font by their codes of two bytes."""
    pairs = LINE.findall(font.ToUnicode.read_bytes())
    return {bytes.fromhex(code.decode()): bytes.fromhex(to.decode()).decode("utf-16-be") for code, to in pairs}
