"""Appendices in the words of the report: their letters, sizes and pages, and the notice where there are none."""

from dataclasses import replace
from pathlib import Path

import pytest

from mpr.load.editions.appendix_files import AppendixFile
from mpr.load.scorecard import Scorecard
from mpr.measure.period import Period, parse_period
from mpr.problem import Place
from mpr.report.assemble import assemble_report
from mpr.report.model.report import ContentsEntry, Report

APRIL = 4


def _appendix(title: str, size: int, pages: int) -> AppendixFile:
    path, place = Path("data/budget.pdf"), Place("data/2018-05.yaml")
    return AppendixFile(title, f"On {title.lower()}", b"x" * size, path, place, pages)


@pytest.fixture
def report(scorecard: Scorecard) -> Report:
    named = (_appendix("Budget", 1_234_567, 1_200), _appendix("Capital", 999_499, 12), _appendix("Treasury", 12, 1))
    return assemble_report(replace(scorecard, appendices=named, next_appendices=None))


def test_an_appendix_says_what_it_is_and_where(report: Report) -> None:
    assert [(each.anchor, each.label, each.title) for each in report.appendices] == [
        ("appendix-a", "Appendix A", "Budget"),
        ("appendix-b", "Appendix B", "Capital"),
        ("appendix-c", "Appendix C", "Treasury"),
    ]
    assert report.appendices[0].description == "On budget"
    assert [each.link for each in report.appendices] == [
        "Budget (PDF, 1.2 MB, 1,200 pages)", "Capital (PDF, 999 KB, 12 pages)", "Treasury (PDF, 1 KB, 1 page)",
    ]  # fmt: skip
    assert [each.file for each in report.appendices] == [f"mpr-2018-05.appendix-{each}.pdf" for each in "abc"]
    counted, own = "counted in this report’s page numbers", "It is also a file of its own: mpr-2018-05.appendix"
    assert [each.follows for each in report.appendices[1:]] == [
        f"Its 12 pages follow; they are not {counted}. {own}-b.pdf",
        f"Its one page follows; it is not {counted}. {own}-c.pdf",
    ]


def test_the_contents_end_with_the_appendices_and_no_notice_stands_on_the_cover(report: Report) -> None:
    assert report.cover.contents[-3:] == (
        ContentsEntry("appendix-a", "Appendix A", "Budget"),
        ContentsEntry("appendix-b", "Appendix B", "Capital"),
        ContentsEntry("appendix-c", "Appendix C", "Treasury"),
    )
    assert report.cover.notices == ()


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (parse_period("2018-06", APRIL), "next reports are due in the June MPR."),
        (parse_period("2018-19-Q1", APRIL), "next reports are due in the Quarter 1 MPR."),
        (parse_period("2018-19", APRIL), "next reports are due in the 2018/19 MPR."),
    ],
)
def test_the_notice_says_which_report_has_the_next(scorecard: Scorecard, due: Period, words: str) -> None:
    edition = scorecard.edition.model_copy(update={"notices": ("The office is shut",)})
    notices = assemble_report(replace(scorecard, next_appendices=due, edition=edition)).cover.notices
    assert notices == (f"There are no finance reports this month, {words}", "The office is shut")


def test_the_notice_of_may_is_the_model_reports(scorecard: Scorecard) -> None:
    """Under the heading "Please note", which begins its sentence there."""
    notices = ("There are no finance reports this month, next reports are due in the June MPR.",)
    assert assemble_report(scorecard).cover.notices == notices
