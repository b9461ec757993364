"""A report is the same whatever was kept of others before it."""

from collections.abc import Iterator
from dataclasses import replace

from mpr.load.editions.published import FirstFigure
from mpr.load.scope import ReportScope
from mpr.load.scorecard import Scorecard
from mpr.measure.period import Frequency, Month
from mpr.memo import MemoCache
from mpr.report.assemble import assemble_pages


def _variants(scorecard: Scorecard) -> Iterator[Scorecard]:
    yield scorecard
    yield replace(scorecard, first_figures={"CP 1.1": {"2018-04": FirstFigure("31.07", "x")}})
    yield replace(scorecard, first_figures={"CP 1.1": {"2018-04": FirstFigure("31.08", "x")}})
    yield replace(scorecard, outcomes=tuple(replace(each, word=each.word.upper()) for each in scorecard.outcomes))
    yield scorecard.restrict_to(ReportScope("committee", "Place Scrutiny"))
    yield replace(scorecard, period=Month(2018, 4))
    yield scorecard


def test_what_was_kept_of_another_report_is_in_none(scorecard: Scorecard) -> None:
    kept, seen = MemoCache(), set()
    for each in _variants(scorecard):
        own = repr(assemble_pages(replace(each, memo=kept)))
        assert own == repr(assemble_pages(each))
        kept.drop_unused()
        seen.add(own)
    assert len(seen) == 6


def test_columns_say_what_the_periods_of_their_section_are(scorecard: Scorecard) -> None:
    kept = MemoCache()
    monthly, mixed = (assemble_pages(replace(each, memo=kept)) for each in (scorecard, _with_a_quarterly(scorecard)))
    assert (monthly.tables[1].columns[3].title, mixed.tables[1].columns[3].title) == ("Latest month", "Latest period")


def _with_a_quarterly(scorecard: Scorecard) -> Scorecard:
    one, *others = scorecard.indicators
    return replace(scorecard, indicators=(replace(one, frequency=Frequency.QUARTERLY), *others))
