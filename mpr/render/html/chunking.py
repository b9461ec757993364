"""Splits the print page into chunks that can be laid out separately.

Templates mark where. `CUT` marks where a new page of paper begins anyway. `MAY_CUT` is allowed between the rows of a
table and around its parts: once a chunk is long, a new page begins there, under the repeated heads of the table. Both
marks may be inside of the elements of `WRAPPER_TAG_OR_CUT` only.

A link that asks for its page number (`data-page=""` after its address) gets it when all chunks are laid out. The
margins are kept apart from the chunks, because they change with the number of pages: each element of class `running`
is printed on the pages from its anchor on.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

CUT, MAY_CUT = "<!--cut-->", "<!--may cut-->"
LONG_CHUNK = 150_000  # characters, some 30 pages of paper; a longer chunk is split at the next MAY_CUT
WRAPPER_TAG_OR_CUT = re.compile(rf"</?(?:main|section|div|table|tbody)\b[^>]*>|{CUT}|{MAY_CUT}")
CUT_MARKS = re.compile(rf"(?:{CUT}|{MAY_CUT})\n?")
TAG_NAME = re.compile(r"<(\w+)")
REPEATED_HEADS = {  # printed again where an element continues: the head of a table, the row that names a group
    "table": re.compile(r"(.*?)(?=<tbody\b)", re.DOTALL),
    "tbody": re.compile(r'(\s*<tr class="group".*?</tr>)', re.DOTALL),
}
REPEATED_TAG = re.compile(r"<(caption|thead|tr)\b")
HREF = re.compile(r' href="[^"]*"')
BODY_TAG = re.compile(r"<body[^>]*>")
ID_ATTRIBUTE = re.compile(r' id="([^"]+)"')
PAGE_NUMBER_REQUEST = 'data-page=""'
NUMBERED_LINK = re.compile(rf'<a href="#([^"]+)" {PAGE_NUMBER_REQUEST}')
EMPTY_MARGINS = '<p class="running"></p>'  # before the first anchor
RUNNING_ELEMENT = re.compile(r'<p class="running\b[^>]*\bdata-at="([^"]*)"[^>]*></p>\n?')


def remove_cut_marks(html: str) -> str:
    """Return a page without the marks of cuts."""
    return CUT_MARKS.sub("", html)


@dataclass(frozen=True)
class Chunk:
    """A part of the print page as a page of its own.

    Its outermost `continued_depth` elements continue those at the end of the chunk before.
    """

    html: str
    continued_depth: int

    @property
    def needs_page_numbers(self) -> bool:
        """Whether it asks for a page number."""
        return NUMBERED_LINK.search(self.html) is not None

    @property
    def anchors(self) -> list[str]:
        """The ids of its elements."""
        return ID_ATTRIBUTE.findall(self.html)

    def fill_page_numbers(self, page_numbers: Mapping[str, int]) -> "Chunk":
        """Return the chunk with the page number of each link; `page_numbers` is by anchor."""

        def fill_link(link: re.Match[str]) -> str:
            return f'<a href="#{link[1]}" data-page="{page_numbers.get(link[1], "")}"'

        return replace(self, html=NUMBERED_LINK.sub(fill_link, self.html))


@dataclass(frozen=True)
class ChunkedPage:
    """A print page in chunks: these, the HTML before and after the body's content, and the margins by anchor."""

    chunks: tuple[Chunk, ...]
    frame: tuple[str, str]
    margins: Mapping[str, str]

    def build_margin_page(self, page_numbers: Mapping[str, int], page_count: int) -> str:
        """Return the HTML of a document that holds only margins, one page of them for each page of the report."""
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
    """Split a print page at its marks."""
    margins = {match[1]: match[0] for match in RUNNING_ELEMENT.finditer(html)}
    html = RUNNING_ELEMENT.sub("", html)
    body = BODY_TAG.search(html)
    start, end = body.end() if body else 0, html.rfind("</body>")
    frame = (html[:start], html[end:]) if end >= 0 else (html[:start], "")
    content = html[start : len(html) - len(frame[1])]
    open_tags: list[tuple[str, str]] = []  # of each open element: how it begins where it continues, and its name
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
    """Return the heads to repeat where an element continues; `position` is where its content begins."""
    match = REPEATED_HEADS[tag_name].match(content, position) if tag_name in REPEATED_HEADS else None
    return HREF.sub("", REPEATED_TAG.sub(r'<\1 data-again="yes"', match[1])) if match else ""


def _build_chunk(
    content: str, open_before: Sequence[tuple[str, str]], open_after: Sequence[tuple[str, str]], frame: tuple[str, str]
) -> Chunk:
    """Return a chunk: opens what was open before its content, and closes what is open after it."""
    opening_tags = (opening_tag for opening_tag, _ in open_before)
    closing_tags = (f"</{name}>" for _, name in reversed(open_after))
    return Chunk("".join([frame[0], *opening_tags, content, *closing_tags, frame[1]]), len(open_before))
