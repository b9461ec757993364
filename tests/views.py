"""What tests ask of a report: a section by its name, and its rows and blocks by code."""

from types import SimpleNamespace

from mpr.report.model.report import Block, Detail, RatingCell, Report, Row, Section, Table, Text


def get_section(report: Report, name: str) -> Section:
    """Return the section with a name, such as `corporate`."""
    [section] = [section for section in report.sections if section.heading.anchor == name]
    return section


def get_rows(report: Report, name: str = "corporate") -> dict[str, SimpleNamespace]:
    """Return the rows of a section by code, each as `view_row` gives it."""
    table = get_section(report, name)
    assert isinstance(table, Table)
    rows = {row.code: view_row(table, row) for row in table.rows}
    assert len(rows) == len(table.rows), "a row occurs twice"
    return rows


def view_row(table: Table, row: Row) -> SimpleNamespace:
    """Return a row's cells as attributes, named by the keys of their columns, with what else the cells hold.

    A text is given as `str`, a rating as `Rating`; `measure` is what is printed beside the name, `detail` is where the
    code leads to, `note` where a rating leads to.
    """
    cells = dict(zip((column.key for column in table.columns), row.cells, strict=True))
    attributes = {key: cell.text if isinstance(cell, Text) else cell for key, cell in cells.items()}
    name, code, rating = (cells.get(key) for key in ("name", "code", "rating"))
    if isinstance(name, Text):
        attributes["measure"] = "; ".join(name.asides)
    if isinstance(code, Text):
        assert code.text == row.code
        attributes["detail"] = code.link
    if isinstance(rating, RatingCell):
        attributes |= {"rating": rating.rating, "note": rating.note}
    return SimpleNamespace(**{"code": row.code, "anchor": row.anchor} | attributes)


def get_blocks(report: Report) -> dict[str, Block]:
    """Return the details of indicators by code."""
    detail = get_section(report, "detail")
    assert isinstance(detail, Detail)
    blocks = {block.code: block for block in detail.blocks}
    assert len(blocks) == len(detail.blocks), "a block occurs twice"
    return blocks
