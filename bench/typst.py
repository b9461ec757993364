"""A report as a Typst document: the same texts, tables, headings and pictures, for Typst to set beside WeasyPrint.

All words stand in it as Typst's strings, so that none of them is taken for markup.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from mpr.report.model import report as model
from mpr.report.model.chart import Chart, Sparkline

DEFINITIONS = """
#let ink = rgb("#0b0c0c")
#let rule = rgb("#505a5f")
#let hairline = rgb("#b1b4b6")
#let running = state("section", "")
#let quiet(body) = text(9pt, fill: rule, body)
#let mark(kind) = pdf.artifact(box(circle(radius: 0.4em, fill: colours.at(kind, default: rule))))
#let rated(kind, word) = text(fill: colours.at(kind, default: ink), weight: "bold")[#mark(kind) #word]
#let to(anchor, body) = link(label(anchor), body)
#let page-of(anchor) = context str(counter(page).at(label(anchor)).first())
#set page(
  paper: "a4", flipped: true, margin: (top: 17mm, right: 10mm, bottom: 14mm, left: 15mm),
  header: context if counter(page).get().first() > 1 { quiet[#title #h(1fr) #running.get()] },
  footer: context if counter(page).get().first() > 1 {
    quiet[#version #h(1fr) Page #counter(page).display() of #counter(page).final().first()]
  },
)
#set text(font: "MPR Sans", size: 11pt, lang: "en", region: "GB", number-width: "tabular", fill: ink)
#set par(leading: 0.5em, spacing: 0.8em)
#set list(marker: none, body-indent: 0pt)
#set table(
  inset: (x: 1mm, y: 1.4mm), align: left + top,
  stroke: (_, y) => (bottom: if y == 0 { 0.9pt + rule } else { 0.3pt + hairline }),
)
#set table.cell(breakable: false)
#show table: set text(9.5pt)
#show heading.where(level: 1): it => { pagebreak(weak: true); running.update(it.body); text(22.5pt, it.body) }
#show heading.where(level: 2): set text(17.8pt)
#show heading.where(level: 3): set text(14pt)
#show heading.where(level: 4): set text(11pt)
"""
WIDTHS = {  # of columns in mm, by their style; the others share the rest
    "code": 17, "polarity": 18, "latest": 16, "value": 17, "target": 16, "annual": 20, "rating": 19, "change": 20,
    "managers": 27, "committee": 24, "trend": 34,
}  # fmt: skip
BESIDE_COMMENTS = {
    "code": 14, "name": 28, "polarity": 16, "latest": 13, "value": 14, "target": 14, "annual": 17, "rating": 17,
    "change": 17, "committee": 18,
}  # fmt: skip


def document(report: model.Report, pictures: Mapping[str, str]) -> str:
    """Return the document of a report; `pictures` are the files of its charts by their anchors."""
    edition = report.edition
    created = date.fromisoformat(edition.created[:10])
    title = said(f"{edition.organisation} · {edition.title} {edition.period}")
    colours = ", ".join(f'{said(each.key)}: rgb("{each.colour}")' for each in report.outcomes)
    day = f"datetime(year: {created.year}, month: {created.month}, day: {created.day})"
    setting = _Setting({each.anchor: each for each in report.charts}, pictures, edition.generated)
    return "\n\n".join(
        [
            f"#set document(title: {title}, author: {said(edition.author)}, date: {day})",
            f"#let colours = ({colours})",
            f"#let title = {title}",
            f"#let version = {said(f'Version {edition.version}')}",
            *(DEFINITIONS, *_cover(report), *_key(report.key)),
            *(piece for section in report.sections for piece in setting.section(section)),
        ]
    )


def said(text: str) -> str:
    """Return words as a string of Typst's."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _text(text: str) -> str:
    return f"#{said(text)}" if text else ""


def _heading(level: int, text: str, anchor: str = "") -> str:
    return f"#heading(level: {level}, {said(text)})" + _label(anchor)


def _label(anchor: str) -> str:
    return f"#label({said(anchor)})" if anchor else ""


def _quiet(text: str) -> str:
    return f"#quiet({said(text)})" if text else ""


def _link(anchor: str, text: str) -> str:
    return f"#to({said(anchor)}, {said(text)})"


def _rated(rating: model.Rating) -> str:
    return f"#rated({said(rating.kind)}, {said(rating.word + (' †' if rating.overruling else ''))})"


def _list(items: Iterable[str]) -> str:
    inside = ", ".join(f"[{item}]" for item in items)
    return f"#list({inside})" if inside else ""


def _terms(pairs: Iterable[tuple[str, str]]) -> str:
    inside = ", ".join(f"terms.item([{term}], [{_text(meaning)}])" for term, meaning in pairs)
    return f"#terms({inside})" if inside else ""


def _grid(columns: str, *cells: Iterable[str]) -> str:
    inside = ", ".join("[" + "\n\n".join(cell) + "]" for cell in cells)
    return f"#grid(columns: {columns}, column-gutter: 10mm, {inside})"


def _counts(counts: Iterable[model.Count]) -> str:
    return _list(f"{_rated(each.rating)} {_text(f'{each.number}: {each.rating.sentence}')}" for each in counts)


def _entry(entry: model.ContentsEntry) -> str:
    return f"{_quiet(entry.label)} {_link(entry.anchor, entry.title)} {_quiet(entry.description)}"


def _cover(report: model.Report) -> Iterable[str]:
    edition, cover = report.edition, report.cover
    contents = [f"{_entry(each)} #h(1fr) #page-of({said(each.anchor)})" for each in cover.contents]
    yield _heading(1, edition.title)
    yield _quiet(edition.organisation)
    yield f'#text(58pt, weight: "bold", {said(edition.period)})'
    glance = [_counts(cover.counts), " ".join(map(_entry, cover.off_track))]
    yield _grid("(104mm, 1fr)", glance, [_heading(2, "Contents"), _list(contents)])
    if cover.greens:
        yield _heading(2, cover.greens_title)
        yield _list(map(_entry, cover.greens))
    yield from map(_text, (*cover.corrections, *cover.notices, f"Version {edition.version}", edition.imprint))
    yield _list(_text(f"{each.email} {each.telephone}") for each in cover.contacts)


def _key(key: model.Key) -> Iterable[str]:
    yield _heading(1, "Key: columns and symbols", "key")
    columns = _terms((_text(each.title), each.meaning) for each in key.columns)
    outcomes = _terms((_rated(each), meaning) for each, meaning in key.ratings)
    changes = _terms((_text(each.word), each.detail) for each in key.changes)
    symbols = _terms((_text(each), meaning) for each, meaning in key.symbols)
    right = [_heading(2, "Outcomes"), outcomes, *map(_text, key.rules), _heading(2, "Symbols"), changes, symbols]
    yield _grid("(1fr, 1fr)", [_heading(2, "Columns"), columns], right)


class _Setting:
    """Sets sections with the charts and their files at hand."""

    def __init__(self, charts: Mapping[str, Chart], pictures: Mapping[str, str], generated: str) -> None:
        self.charts, self.pictures, self.generated = charts, pictures, generated

    def section(self, section: model.Section) -> Iterable[str]:
        heading = section.heading
        yield _heading(1, f"{heading.label}: {heading.title}", heading.anchor)
        yield f"{_text(section.introduction)} {_quiet(f'Generated on {self.generated}.')}"
        if isinstance(section, model.Table):
            yield _counts(section.counts)
            yield from (piece for group in section.groups for piece in self._group(section, group))
        else:
            yield from (piece for group in section.groups for piece in self._blocks(group))

    def _group(self, table: model.Table, group: model.Group) -> Iterable[str]:
        yield _heading(2, group.title, group.anchor)
        yield _text(group.empty)
        yield _counts(group.counts)
        yield _list(map(_text, group.priorities))
        if group.empty:
            return
        widths = WIDTHS | (BESIDE_COMMENTS if any(each.style == "comment" for each in table.columns) else {})
        columns = ", ".join(f"{widths[each.style]}mm" if each.style in widths else "1fr" for each in table.columns)
        heads = ", ".join(f"[{_text(each.title)}]" for each in table.columns)
        cells = []
        for part in group.parts:
            if part.name:
                cells.append(f"table.cell(colspan: {len(table.columns)}, strong({said(part.name)}))")
            for row in part.rows:
                first, *rest = map(self._cell, row.cells)
                cells += [f"[#metadata(none){_label(row.anchor)}{first}]", *(f"[{cell}]" for cell in rest)]
        yield f"#table(columns: ({columns}), table.header({heads}), {', '.join(cells)})"
        yield _list(f"#strong({said(f'† {note.code}')}) {_text(note.text)}" for note in group.notes)

    def _cell(self, cell: model.Content) -> str:
        words = ""
        match cell:
            case model.Text():
                name = _link(cell.link, cell.text) if cell.link else _text(cell.text)
                words = " ".join([name, *map(_quiet, cell.asides), _text(cell.reference)])
            case model.Lines():
                words = " #linebreak() ".join(map(_text, cell.lines))
            case model.PrintedFigure():
                words = f"{_text(cell.text)} {_quiet(cell.mark)} {_quiet(cell.of)}"
            case model.RatingCell():
                words = _rated(cell.rating)
            case model.Change():
                words = f"#mark({said(cell.kind)}) {_text(cell.word)}"
            case model.Commentary():
                words = "\n\n".join(map(_text, cell.text.split("\n\n")))
            case Sparkline():
                words = self._picture(cell)
        return words

    def _picture(self, chart: Chart) -> str:
        return f"#image({said(self.pictures[chart.anchor])}, width: 100%, alt: {said(chart.description)})"

    def _blocks(self, group: model.BlockGroup) -> Iterable[str]:
        yield _heading(2, group.heading, group.anchor)
        yield _counts(group.counts)
        yield _list(map(_text, group.priorities))
        yield _list(f"{_link(each.anchor, each.alias)} #h(1fr) #page-of({said(each.anchor)})" for each in group.blocks)
        for block in group.blocks:
            yield from self._block(block)

    def _block(self, block: model.Block) -> Iterable[str]:
        yield "#pagebreak(weak: true)"
        yield _heading(3, f"{block.code} {block.name}".strip(), block.anchor)
        yield f"{_rated(block.rating)} {_text(block.rating.sentence)}"
        yield "#h(4mm)".join(f"{_quiet(fact.label)} {_text(fact.text)}" for fact in block.facts)
        left = [_history(block.history) if block.history else _text(block.no_history)]
        left += [_heading(4, "How it is rated"), *map(_text, block.rule)]
        right = []
        if block.bullet:
            right += [f"#strong({said(block.bullet.title)})", self._picture(block.bullet)]
        if block.trend:
            right += [f"#strong({said(block.trend.title)})", self._picture(block.trend)]
        else:
            right.append(_text(block.no_chart))
        yield _grid("(114mm, 1fr)", left, right)
        if block.comment:
            yield _heading(4, "Comment")
            yield self._cell(block.comment)


def _history(history: model.History) -> str:
    years = ", ".join(f"table.cell(colspan: 3, strong({said(year)}))" for year in history.years)
    heads = ", ".join(["[Value], [Target], [Outcome]"] * len(history.years))
    cells = []
    for row in history.rows:
        cells.append(said(row.label))
        for cell in row.cells:
            figures = (f"[{_text(each.text)} {_quiet(each.mark)}]" for each in (cell.value, cell.target))
            cells += [*figures, f"[{_rated(cell.rating) if cell.rating else ''}]"]
    head = f"table.header(table.cell(rowspan: 2, {said(history.period)}), {years}, {heads})"
    columns = 1 + 3 * len(history.years)
    table = f"#table(columns: {columns}, inset: (x: 1mm, y: 0.6mm), {head}, {', '.join(cells)})"
    return "\n\n".join([table, *map(_text, history.notes)])
