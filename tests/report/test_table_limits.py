"""A table with too many rows to lay out is an error at the first indicator beyond the limit."""

import pytest

from mpr.load.scorecard import Scorecard
from mpr.problem import InputError
from mpr.report import table_limits
from mpr.report.assemble import assemble_report


def test_table_that_is_too_long_is_reported_at_its_first_indicator_too_many(
    council_scorecard: Scorecard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_limits, "MOST_ROWS", 4)
    with pytest.raises(InputError) as stopped:
        assemble_report(council_scorecard)
    (problem,) = stopped.value.problems
    assert problem.code == "E134"
    assert problem.message == ("the table 'Caring' of Section 2 has 5 rows, and this indicator is the first beyond 4")
    fifth = [indicator for indicator in council_scorecard.indicators if indicator.aim == "Caring"][4]
    assert problem.place == fifth.place
    monkeypatch.setattr(table_limits, "MOST_ROWS", 5)
    assert assemble_report(council_scorecard)
