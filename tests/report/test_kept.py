"""A report is the same whether or not the cache holds parts of other reports."""

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
    yield replace(scorecard, first_figures={"LM 1.1": {"2018-04": FirstFigure("31.07", "x")}})
    yield replace(scorecard, first_figures={"LM 1.1": {"2018-04": FirstFigure("31.08", "x")}})
    yield replace(
        scorecard, outcomes=tuple(replace(outcome, word=outcome.word.upper()) for outcome in scorecard.outcomes)
    )
    yield scorecard.restrict_to(ReportScope("committee", "Places Committee"))
    yield replace(scorecard, period=Month(2018, 4))
    yield scorecard


def test_report_made_with_a_used_cache_equals_one_made_without(council_scorecard: Scorecard) -> None:
    cache, reports = MemoCache(), set()
    for variant in _variants(council_scorecard):
        report = repr(assemble_pages(replace(variant, memo=cache)))
        assert report == repr(assemble_pages(variant))
        cache.drop_unused()
        reports.add(report)
    assert len(reports) == len(list(_variants(council_scorecard))) - 1, "the last variant is the first again"


def test_heading_of_the_latest_figure_says_month_or_period(council_scorecard: Scorecard) -> None:
    cache = MemoCache()
    monthly, mixed = (
        assemble_pages(replace(scorecard, memo=cache))
        for scorecard in (council_scorecard, _with_a_quarterly(council_scorecard))
    )
    assert (monthly.tables[1].columns[3].title, mixed.tables[1].columns[3].title) == ("Latest month", "Latest period")


def _with_a_quarterly(scorecard: Scorecard) -> Scorecard:
    one, *others = scorecard.indicators
    return replace(scorecard, indicators=(replace(one, frequency=Frequency.QUARTERLY), *others))
