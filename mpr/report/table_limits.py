"""The check that no table of a report has more rows than can be laid out."""

from collections.abc import Iterator

from mpr.load.limits import MOST_ROWS
from mpr.load.scorecard import Scorecard
from mpr.problem import Problem
from mpr.report.model import report as model


def check_table_lengths(scorecard: Scorecard, report: model.Report) -> Iterator[Problem]:
    """Yield a problem (E134) for each table that is too long, at its first indicator beyond the limit."""
    places = {indicator.code: indicator.place for indicator in scorecard.indicators}
    for table in report.tables:
        for group in table.groups:
            rows = [row for part in group.parts for row in part.rows]
            if len(rows) > MOST_ROWS:
                excess = f"the table '{group.caption}' of {table.heading.label} has {len(rows):,} rows"
                message = f"{excess}, and this indicator is the first beyond {MOST_ROWS:,}"
                hint = "divide the section with group_by, or show fewer with only"
                yield Problem(places[rows[MOST_ROWS].code], "E134", message, hint)
