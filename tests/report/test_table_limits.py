"""A table that cannot be laid out stops the report, at the first indicator that is too many."""

import pytest

from mpr.load.scorecard import Scorecard
from mpr.problem import InputError
from mpr.report import table_limits
from mpr.report.assemble import assemble_report


def test_a_table_that_is_too_long_names_an_indicator(scorecard: Scorecard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_limits, "MOST_ROWS", 11)
    with pytest.raises(InputError) as stopped:
        assemble_report(scorecard)
    (problem,) = stopped.value.problems
    assert problem.code == "E134"
    assert problem.message == (
        "the table 'Healthy' of Section 2 has 12 rows, and this indicator is the first beyond 11"
    )
    twelfth = [each for each in scorecard.indicators if each.aim == "Healthy"][11]
    assert problem.place == twelfth.place
    monkeypatch.setattr(table_limits, "MOST_ROWS", 12)
    assert assemble_report(scorecard)
