"""What tests ask of a report: a section by its name, and its rows and blocks by code."""

from types import SimpleNamespace

from mpr.report.model.report import Block, Detail, RatingCell, Report, Row, Section, Table, Text


def section_of(report: Report, name: str) -> Section:
    """Return the section with a name: `corporate`."""
    (found,) = (each for each in report.sections if each.heading.anchor == name)
    return found


def rows_of(report: Report, name: str = "corporate") -> dict[str, SimpleNamespace]:
    """Return the rows of a section by code, each a view of its cells."""
    table = section_of(report, name)
    assert isinstance(table, Table)
    found = {row.code: view(table, row) for row in table.rows}
    assert len(found) == len(table.rows), "a row stands twice"
    return found


def view(table: Table, row: Row) -> SimpleNamespace:
    """Return a row with its cells by the keys of their columns, and what else stands in them.

    Words are given as a text, a rating as such; `measure` is what stands aside of the name, `detail` where the code
    leads to, `note` where a rating does.
    """
    cells = dict(zip((column.key for column in table.columns), row.cells, strict=True))
    seen = {key: cell.text if isinstance(cell, Text) else cell for key, cell in cells.items()}
    name, code, rating = (cells.get(key) for key in ("name", "code", "rating"))
    if isinstance(name, Text):
        seen["measure"] = "; ".join(name.asides)
    if isinstance(code, Text):
        assert code.text == row.code
        seen["detail"] = code.link
    if isinstance(rating, RatingCell):
        seen |= {"rating": rating.rating, "note": rating.note}
    return SimpleNamespace(**{"code": row.code, "anchor": row.anchor} | seen)


def blocks_of(report: Report) -> dict[str, Block]:
    """Return the details of indicators by code."""
    found = {block.code: block for block in _details(report)}
    assert len(found) == len(_details(report)), "a block stands twice"
    return found


def _details(report: Report) -> tuple[Block, ...]:
    detail = section_of(report, "detail")
    assert isinstance(detail, Detail)
    return detail.blocks
