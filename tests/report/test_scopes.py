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
from mpr.render.html import page as html
from mpr.report.assemble import assemble_report
from mpr.report.model.report import Report
from tests.conftest import ROOT

KINDS = ("committee", "department", "aim")


def _packs(scorecard: Scorecard, key: str) -> dict[str, Scorecard]:
    packs = select_scopes(ScopeChoice(key), scorecard.settings.groupings, scorecard.indicators, "")
    return {each.name: scorecard.restrict_to(each) for each in packs}


def _page(report: Report) -> str:
    """Return the words and addresses of the page for print, without pictures."""
    _, printed = html.render_report(report, {each.anchor: "" for each in report.charts}, Project(ROOT))
    return unescape(re.sub(r"<style>.*?</style>", "", printed, flags=re.DOTALL))


@pytest.mark.parametrize("key", KINDS)
def test_nothing_of_another_part_is_in_it(scorecard: Scorecard, key: str) -> None:
    packs = _packs(scorecard, key)
    assert len(packs) >= 3
    for name, own in packs.items():
        mine = {each.code for each in own.indicators}
        assert 0 < len(mine) < len(scorecard.indicators)
        page = _page(assemble_report(own))
        assert name in page
        assert set(re.findall(r"CP \d\.\d+", page)) == mine
        for other in scorecard.indicators:
            assert (other.name in page) is (other.code in mine), (name, other.code)
            comment = scorecard.get_series(other)[scorecard.period].comment[:40]
            if other.code not in mine and comment:
                assert comment not in page


def test_committees_share_out_the_whole_report(scorecard: Scorecard, report: Report) -> None:
    packs = [assemble_report(each) for each in _packs(scorecard, "committee").values()]
    total: Counter[str] = Counter()
    for each in packs:
        total.update({count.rating.word: count.number for count in each.cover.counts})
    assert total == {count.rating.word: count.number for count in report.cover.counts}


def test_every_row_and_block_is_the_whole_reports_own(scorecard: Scorecard, report: Report) -> None:
    rows = {row.anchor: row for table in report.tables for row in table.rows}
    blocks = {block.anchor: block for detail in report.details for group in detail.groups for block in group.blocks}
    seen = 0
    for each in _packs(scorecard, "committee").values():
        part = assemble_report(each)
        for row in (row for table in part.tables for row in table.rows):
            seen += row == rows[row.anchor]
        for block in (block for detail in part.details for block in detail.blocks):
            whole = blocks[block.anchor]
            assert (block.history, block.rating, block.comment) == (whole.history, whole.rating, whole.comment)
            seen += 1
    assert seen == 19 + 31 + 12


def test_it_says_whose_it_is_and_counts_its_own(scorecard: Scorecard) -> None:
    place = assemble_report(_packs(scorecard, "committee")["Place Scrutiny"])
    assert (place.edition.title, place.edition.pack) == ("Monthly Performance Report", "Place Scrutiny")
    assert place.edition.scope == "This part of the report has the 8 indicators of Place Scrutiny alone."
    assert [(each.rating.word, each.number) for each in place.cover.counts] == [("Red", 2), ("Green", 6)]
    assert [each.title for each in place.cover.contents][1:] == [
        "Exceptions – current month’s performance",
        "Corporate performance indicators",
        "Detail of indicators rated red or amber",
    ]  # Section 4 is about none of its indicators
    corporate = next(each for each in place.tables if each.heading.anchor == "corporate")
    assert corporate.introduction == "All 8 corporate indicators of Place Scrutiny in 2018/19, by aim."
    page = _page(place)
    assert (
        "<title>Monthly Performance Report, Place Scrutiny, May 2018 – Southend-on-Sea Borough Council</title>" in page
    )


def test_an_aim_is_called_one(scorecard: Scorecard) -> None:
    clean = assemble_report(_packs(scorecard, "aim")["Clean"])
    assert clean.edition.pack == "Aim Clean"
    assert clean.edition.scope == "This part of the report has the 3 indicators of the aim Clean alone."


def test_a_part_without_exceptions_says_so_of_itself_only(scorecard: Scorecard) -> None:
    excellent = _packs(scorecard, "aim")["Excellent"]
    green = [each.indicator.code for each in excellent.statuses if not each.is_exception]
    assert green
    pack = excellent.scope
    assert pack
    kept = tuple(each for each in excellent.indicators if each.code in green)
    quiet = replace(scorecard, indicators=kept).restrict_to(pack)
    exceptions = assemble_report(quiet).tables[0]
    assert exceptions.introduction == "There are no exceptions among those of the aim Excellent this month."


def test_notices_and_corrections_that_name_anothers_indicator_are_left_out(scorecard: Scorecard) -> None:
    said = ("Offices are shut", "CP 1.1 comes late", "There is no CP 4.31", "The CP 4.3 of May was wrong")
    corrections = [Correction(version="1.1", changed=each) for each in said]
    edition = scorecard.edition.model_copy(update={"notices": said, "corrections": tuple(corrections)})
    whole = replace(scorecard, edition=edition)
    people = assemble_report(_packs(whole, "committee")["People Scrutiny"]).cover
    assert [each for each in people.notices if each in said] == list(said[:3])
    assert people.corrections == tuple(f"Version 1.1: {each}" for each in said[:3])
    assert set(said) <= set(assemble_report(whole).cover.notices)
