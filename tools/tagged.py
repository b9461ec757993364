"""Reads a tagged PDF: the content painted on its pages, and the structure tree that a screen reader follows."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf

PdfObject = Any  # an object of pikepdf, or a number
Mark = tuple[int, int]  # marked content: its page, counted from 0, and its number there
INLINE_ROLES = {"Link", "Span", "Reference"}  # tags within a line of words; all others are apart
TO_UNICODE_LINE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


@dataclass(frozen=True)
class PaintedContent:
    """Content of a page: its mark, or else its kind of artifact, empty if it is neither; its texts and inks."""

    page: int
    mark: int | None
    artifact: str
    texts: list[str]
    inks: set[str]

    @property
    def text(self) -> str:
        """All its text."""
        return "".join(self.texts)


@dataclass(frozen=True, eq=False)
class TagNode:
    """A tag: its role, its dictionary, and its kids: tags, marks and annotations of links, in reading order."""

    role: str
    data: PdfObject
    kids: "tuple[TagNode | Mark | PdfObject, ...]"

    @property
    def self_and_descendants(self) -> "Iterator[TagNode]":
        """The tag itself and all tags in it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, TagNode):
                yield from kid.self_and_descendants

    def all(self, *roles: str) -> "list[TagNode]":
        """Return the tags of some roles, this one and those in it."""
        return [tag for tag in self.self_and_descendants if tag.role in roles]

    @property
    def links(self) -> list[PdfObject]:
        """The annotations of links that belong to it."""
        return [kid for kid in self.kids if isinstance(kid, pikepdf.Dictionary)]

    def get_attribute(self, name: str) -> PdfObject:
        """Return an attribute, None if it has none of that name."""
        attributes = self.data.get("/A", {})
        return attributes.get(name) if isinstance(attributes, pikepdf.Dictionary) else None


@dataclass(frozen=True)
class TaggedPdf:
    """A tagged PDF."""

    path: Path
    pdf: pikepdf.Pdf

    @cached_property
    def pages(self) -> dict[tuple[int, int], int]:
        """The number of each page, counted from 0, by its object number."""
        return {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}

    @cached_property
    def painted(self) -> list[PaintedContent]:
        """The painted content, page by page, in the order of painting."""
        fonts: dict[tuple[int, int], dict[bytes, str]] = {}
        pages = enumerate(self.pdf.pages)
        return [content for number, page in pages for content in _iter_contents(number, page, fonts)]

    @property
    def artifacts(self) -> list[dict[str, str]]:
        """The text of the artifacts of each page, by their kind, without spaces."""
        pages: list[dict[str, str]] = [defaultdict(str) for _ in self.pdf.pages]
        for content in self.painted:
            if content.artifact:
                pages[content.page][content.artifact] += remove_spaces(content.text)
        return pages

    @cached_property
    def texts(self) -> dict[Mark, str]:
        """The text of each mark."""
        return {(content.page, content.mark): content.text for content in self.painted if content.mark is not None}

    @cached_property
    def root(self) -> TagNode:
        """The document's tag."""
        top = self.pdf.Root.StructTreeRoot.K
        return self._read_tag(top[0] if isinstance(top, pikepdf.Array) else top, -1)

    def read_text(self, tag: TagNode) -> str:
        """Return what is read of a tag; the words in a figure are not, because its description is read instead."""
        return " ".join("".join(self._iter_text(tag)).split())

    def _iter_text(self, tag: TagNode) -> Iterator[str]:
        for kid in tag.kids:
            if isinstance(kid, tuple):
                yield self.texts.get(kid, "")
            elif isinstance(kid, TagNode) and kid.role in INLINE_ROLES:
                yield from self._iter_text(kid)
            elif isinstance(kid, TagNode) and kid.role != "Figure":
                yield from (" ", *self._iter_text(kid), " ")

    def _read_tag(self, data: PdfObject, page: int) -> TagNode:
        page = self._find_page(data, page)
        kids = data.get("/K", [])
        listed_kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        return TagNode(str(data.S)[1:], data, tuple(self._read_kid(kid, page) for kid in listed_kids))

    def _read_kid(self, kid: PdfObject, page: int) -> TagNode | Mark | PdfObject:
        if not isinstance(kid, pikepdf.Dictionary):
            return page, int(kid)
        if kid.get("/Type") == "/MCR":
            return self._find_page(kid, page), int(kid.MCID)
        return kid.Obj if kid.get("/Type") == "/OBJR" else self._read_tag(kid, page)

    def _find_page(self, data: PdfObject, page: int) -> int:
        return self.pages[data.Pg.objgen] if "/Pg" in data else page


def remove_spaces(words: str) -> str:
    """Remove spaces and soft hyphens, which a line break may change."""
    return re.sub(r"[\s\u00a0\u00ad]+", "", words)


def _iter_contents(
    number: int, page: pikepdf.Page, fonts: dict[tuple[int, int], dict[bytes, str]]
) -> Iterator[PaintedContent]:
    """Yield each marked content of a page, and last all text outside of these as one."""
    unmarked = PaintedContent(number, None, "", [], set())
    open_contents, colours, characters = [unmarked], ["#000000"], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BMC" | "BDC":
                open_contents.append(PaintedContent(number, *_parse_mark(operands), [], set()))
            case "EMC":
                yield open_contents.pop()
            case "q":
                colours.append(colours[-1])
            case "Q":
                colours.pop()
            case "rg":
                colours[-1] = "#" + "".join(f"{round(float(part) * 255):02x}" for part in operands)
            case "Tf":
                font = page.Resources.Font[str(operands[0])]
                if font.objgen not in fonts:
                    fonts[font.objgen] = _read_characters(font)
                characters = fonts[font.objgen]
            case "TJ" | "Tj":
                parts = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
                open_contents[-1].texts.extend(_iter_characters(parts, characters))
                open_contents[-1].inks.add(colours[-1])
    yield unmarked


def _parse_mark(operands: PdfObject) -> tuple[int | None, str]:
    """Return the number of a mark, or the kind of an artifact: `Header`, `Footer`, `Pagination`, `Decoration`."""
    properties = operands[1] if len(operands) > 1 else {}
    if "/MCID" in properties:
        return int(properties["/MCID"]), ""
    if str(operands[0]) != "/Artifact":
        return None, ""
    return None, str(properties.get("/Subtype", properties.get("/Type", "/Decoration")))[1:]


def _iter_characters(parts: PdfObject, characters: dict[bytes, str]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, pikepdf.String):
            codes = bytes(part)
            yield from (characters.get(codes[index : index + 2], "\ufffd") for index in range(0, len(codes), 2))


def _read_characters(font: pikepdf.Dictionary) -> dict[bytes, str]:
    """Return the characters of a font by their codes of two bytes."""
    pairs = TO_UNICODE_LINE.findall(font.ToUnicode.read_bytes())
    return {bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}
