"""A part of the report: its own counts, contents and title, and nothing of any other part."""

import re
from collections import Counter
from dataclasses import replace
from html import unescape

import pytest

from mpr.load.editions.edition import Correction
from mpr.load.scope import ScopeChoice, select_scopes
from mpr.load.scorecard import Scorecard
from mpr.project import Project
from mpr.render.html.page import render_report
from mpr.report.assemble import assemble_report
from mpr.report.model.report import Report
from tests.conftest import ROOT
from tests.views import get_section

KINDS = ("committee", "department", "aim")


def _split(scorecard: Scorecard, key: str) -> dict[str, Scorecard]:
    """Return the scorecards of all committees, departments or aims by name."""
    scopes = select_scopes(ScopeChoice(key), scorecard.settings.groupings, scorecard.indicators, "")
    return {scope.name: scorecard.restrict_to(scope) for scope in scopes}


def _render_page(report: Report) -> str:
    """Return the words and addresses of the page for print, without pictures."""
    _, printed = render_report(report, {chart.anchor: "" for chart in report.charts}, Project(ROOT))
    return unescape(re.sub(r"<style>.*?</style>", "", printed, flags=re.DOTALL))


@pytest.mark.parametrize("key", KINDS)
def test_part_of_a_report_has_nothing_of_other_parts(council_scorecard: Scorecard, key: str) -> None:
    parts = _split(council_scorecard, key)
    assert len(parts) == 3
    for name, part in parts.items():
        codes = {indicator.code for indicator in part.indicators}
        assert 0 < len(codes) < len(council_scorecard.indicators)
        page = _render_page(assemble_report(part))
        assert name in page
        assert set(re.findall(r"LM \d\.\d+", page)) == codes
        for other in council_scorecard.indicators:
            assert (other.name in page) is (other.code in codes), (name, other.code)
            comment = council_scorecard.get_series(other)[council_scorecard.period].comment[:40]
            if other.code not in codes and comment:
                assert comment not in page


def test_counts_of_all_committees_add_up_to_those_of_the_report(
    council_scorecard: Scorecard, council_report: Report
) -> None:
    parts = [assemble_report(part) for part in _split(council_scorecard, "committee").values()]
    total: Counter[str] = Counter()
    for part in parts:
        total.update({count.rating.word: count.number for count in part.cover.counts})
    assert total == {count.rating.word: count.number for count in council_report.cover.counts}


def test_rows_and_blocks_of_parts_equal_those_of_the_report(
    council_scorecard: Scorecard, council_report: Report
) -> None:
    rows = {row.anchor: row for table in council_report.tables for row in table.rows}
    blocks = {
        block.anchor: block for detail in council_report.details for group in detail.groups for block in group.blocks
    }
    seen = Counter[str]()
    for scorecard in _split(council_scorecard, "committee").values():
        part = assemble_report(scorecard)
        for row in (row for table in part.tables for row in table.rows):
            assert row == rows[row.anchor]
            seen[row.anchor] += 1
        for block in (block for detail in part.details for block in detail.blocks):
            whole = blocks[block.anchor]
            assert (block.history, block.rating, block.comment) == (whole.history, whole.rating, whole.comment)
            seen[block.anchor] += 1
    of_partners = {row.anchor for row in get_section(council_report, "partnership").rows}
    assert set(seen) == (rows.keys() - of_partners) | blocks.keys()
    assert set(seen.values()) == {1}


def test_part_names_its_committee_and_counts_its_own_indicators(council_scorecard: Scorecard) -> None:
    places = assemble_report(_split(council_scorecard, "committee")["Places Committee"])
    assert (places.edition.title, places.edition.pack) == ("Monthly Scorecard", "Places Committee")
    assert places.edition.scope == "This part of the report has the 3 indicators of Places Committee alone."
    assert [(count.rating.word, count.number) for count in places.cover.counts] == [("Red", 2), ("Green", 1)]
    assert [entry.title for entry in places.cover.contents][1:] == [
        "Exceptions this month",
        "All indicators by aim",
        "Detail of red and amber indicators",
    ]  # Section 4 is about none of its indicators
    corporate = get_section(places, "corporate")
    assert corporate.introduction == "All 3 corporate indicators of Places Committee in 2018/19, by aim."
    page = _render_page(places)
    assert "<title>Monthly Scorecard, Places Committee, May 2018 – Larkmere Borough Council</title>" in page


def test_part_about_an_aim_is_called_an_aim(council_scorecard: Scorecard) -> None:
    lively = assemble_report(_split(council_scorecard, "aim")["Lively"])
    assert lively.edition.pack == "Aim Lively"
    assert lively.edition.scope == "This part of the report has the 3 indicators of the aim Lively alone."


def test_part_without_exceptions_says_so_of_its_own_indicators(council_scorecard: Scorecard) -> None:
    lively = _split(council_scorecard, "aim")["Lively"]
    on_track = {status.indicator.code for status in lively.statuses if not status.is_exception}
    assert on_track
    assert lively.scope
    indicators = tuple(indicator for indicator in lively.indicators if indicator.code in on_track)
    quiet = replace(council_scorecard, indicators=indicators).restrict_to(lively.scope)
    exceptions = assemble_report(quiet).tables[0]
    assert exceptions.introduction == "There are no exceptions among those of the aim Lively this month."


def test_part_leaves_out_notices_and_corrections_about_indicators_of_other_parts(council_scorecard: Scorecard) -> None:
    texts = ("Offices are shut", "LM 1.1 comes late", "There is no LM 3.11", "The LM 3.1 of May was wrong")
    corrections = [Correction(version="1.1", changed=text) for text in texts]
    edition = council_scorecard.edition.model_copy(update={"notices": texts, "corrections": tuple(corrections)})
    whole = replace(council_scorecard, edition=edition)
    families = assemble_report(_split(whole, "committee")["Families Committee"]).cover
    assert [notice for notice in families.notices if notice in texts] == list(texts[:3])
    assert families.corrections == tuple(f"Version 1.1: {text}" for text in texts[:3])
    assert set(texts) <= set(assemble_report(whole).cover.notices)
