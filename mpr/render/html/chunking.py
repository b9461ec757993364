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
LONG_CHUNK = 150_000  # characters of a piece, from which on it is cut where it may be: some 30 pages of paper
WRAPPER_TAG_OR_CUT = re.compile(rf"</?(?:main|section|div|table|tbody)\b[^>]*>|{CUT}|{MAY_CUT}")
CUT_MARKS = re.compile(rf"(?:{CUT}|{MAY_CUT})\n?")
TAG_NAME = re.compile(r"<(\w+)")
REPEATED_HEADS = {  # what is repeated where an element goes on: the head of a table, the name of its part
    "table": re.compile(r"(.*?)(?=<tbody\b)", re.DOTALL),
    "tbody": re.compile(r'(\s*<tr class="group".*?</tr>)', re.DOTALL),
}
REPEATED_TAG = re.compile(r"<(caption|thead|tr)\b")
HREF = re.compile(r' href="[^"]*"')
BODY_TAG = re.compile(r"<body[^>]*>")
ID_ATTRIBUTE = re.compile(r' id="([^"]+)"')
PAGE_NUMBER_REQUEST = 'data-page=""'
NUMBERED_LINK = re.compile(rf'<a href="#([^"]+)" {PAGE_NUMBER_REQUEST}')
EMPTY_MARGINS = '<p class="running"></p>'  # in the margins, where nothing is begun
RUNNING_ELEMENT = re.compile(r'<p class="running\b[^>]*\bdata-at="([^"]*)"[^>]*></p>\n?')


def remove_cut_marks(html: str) -> str:
    """Return a page without the places where it is cut."""
    return CUT_MARKS.sub("", html)


@dataclass(frozen=True)
class Chunk:
    """A page for print of its own; `depth` of its sections go on with those at the end of the piece before."""

    html: str
    continued_depth: int

    @property
    def needs_page_numbers(self) -> bool:
        """Whether it asks for page numbers."""
        return NUMBERED_LINK.search(self.html) is not None

    @property
    def anchors(self) -> list[str]:
        """The anchors in it."""
        return ID_ATTRIBUTE.findall(self.html)

    def fill_page_numbers(self, page_numbers: Mapping[str, int]) -> "Chunk":
        """Return the piece with the page numbers of what it links to, by anchor."""

        def fill_link(link: re.Match[str]) -> str:
            return f'<a href="#{link[1]}" data-page="{page_numbers.get(link[1], "")}"'

        return replace(self, html=NUMBERED_LINK.sub(fill_link, self.html))


@dataclass(frozen=True)
class ChunkedPage:
    """A page for print that is cut: its pieces, what stands around a body, and what is in the margins, by anchor."""

    chunks: tuple[Chunk, ...]
    frame: tuple[str, str]
    margins: Mapping[str, str]

    def build_margin_page(self, page_numbers: Mapping[str, int], page_count: int) -> str:
        """Return the page whose pages hold nothing but what stands in the margins of so many pages."""
        beginnings = [
            (page_numbers.get(anchor, 1), content)
            for anchor, content in self.margins.items()
            if not anchor or anchor in page_numbers
        ]
        page_margins = (
            next((content for first_page, content in reversed(beginnings) if first_page <= page_number), EMPTY_MARGINS)
            for page_number in range(1, page_count + 1)
        )
        return "".join([self.frame[0], *page_margins, self.frame[1]])


def split_into_chunks(html: str) -> ChunkedPage:
    """Cut a page."""
    margins = {match[1]: match[0] for match in RUNNING_ELEMENT.finditer(html)}
    html = RUNNING_ELEMENT.sub("", html)
    body = BODY_TAG.search(html)
    start, end = body.end() if body else 0, html.rfind("</body>")
    frame = (html[:start], html[end:]) if end >= 0 else (html[:start], "")
    content = html[start : len(html) - len(frame[1])]
    open_tags: list[tuple[str, str]] = []  # what is around a place: how each begins where it goes on, and its name
    chunks, chunk_start, open_before = [], 0, tuple(open_tags)
    for match in WRAPPER_TAG_OR_CUT.finditer(content):
        cuts_here = match[0] == CUT or (match[0] == MAY_CUT and match.start() - chunk_start > LONG_CHUNK)
        if cuts_here and WRAPPER_TAG_OR_CUT.sub("", content[chunk_start : match.start()]).strip():
            chunks.append(_build_chunk(content[chunk_start : match.start()], open_before, open_tags, frame))
            chunk_start, open_before = match.end(), tuple(open_tags)
        elif match[0].startswith("</") and open_tags:
            open_tags.pop()
        elif name := TAG_NAME.match(match[0]):
            open_tags.append((match[0] + _repeat_heads(name[1], content, match.end()), name[1]))
    chunks.append(_build_chunk(content[chunk_start:], open_before, open_tags, frame))
    return ChunkedPage(tuple(chunks), frame, margins)


def _repeat_heads(tag_name: str, content: str, position: int) -> str:
    """Return what is repeated where an element with a name goes on; its content begins at a place."""
    match = REPEATED_HEADS[tag_name].match(content, position) if tag_name in REPEATED_HEADS else None
    return HREF.sub("", REPEATED_TAG.sub(r'<\1 data-again="yes"', match[1])) if match else ""


def _build_chunk(
    content: str, open_before: Sequence[tuple[str, str]], open_after: Sequence[tuple[str, str]], frame: tuple[str, str]
) -> Chunk:
    """Return a piece in what was opened before it, with an end to what is left open after it."""
    opening_tags, closing_tags = (
        (opening_tag for opening_tag, _ in open_before),
        (f"</{name}>" for _, name in reversed(open_after)),
    )
    return Chunk("".join([frame[0], *opening_tags, content, *closing_tags, frame[1]]), len(open_before))
