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


def _make_appendix(title: str, size: int, pages: int) -> AppendixFile:
    path, place = Path("data/budget.pdf"), Place("data/2018-05.yaml")
    return AppendixFile(title, f"On {title.lower()}", b"x" * size, path, place, pages)


@pytest.fixture
def report_with_appendices(council_scorecard: Scorecard) -> Report:
    files = (
        _make_appendix("Budget", 1_234_567, 1_200),
        _make_appendix("Capital", 999_499, 12),
        _make_appendix("Treasury", 12, 1),
    )
    return assemble_report(replace(council_scorecard, appendices=files, next_appendices=None))


def test_appendix_has_a_letter_a_title_a_link_with_its_size_and_a_file(report_with_appendices: Report) -> None:
    assert [(appendix.anchor, appendix.label, appendix.title) for appendix in report_with_appendices.appendices] == [
        ("appendix-a", "Appendix A", "Budget"),
        ("appendix-b", "Appendix B", "Capital"),
        ("appendix-c", "Appendix C", "Treasury"),
    ]
    assert report_with_appendices.appendices[0].description == "On budget"
    assert [appendix.link for appendix in report_with_appendices.appendices] == [
        "Budget (PDF, 1.2 MB, 1,200 pages)", "Capital (PDF, 999 KB, 12 pages)", "Treasury (PDF, 1 KB, 1 page)",
    ]  # fmt: skip
    assert [appendix.file for appendix in report_with_appendices.appendices] == [
        f"mpr-2018-05.appendix-{letter}.pdf" for letter in "abc"
    ]
    counted, own = "counted in this report’s page numbers", "It is also a file of its own: mpr-2018-05.appendix"
    assert [appendix.follows for appendix in report_with_appendices.appendices[1:]] == [
        f"Its 12 pages follow; they are not {counted}. {own}-b.pdf",
        f"Its one page follows; it is not {counted}. {own}-c.pdf",
    ]


def test_contents_end_with_the_appendices_and_the_cover_has_no_notice(report_with_appendices: Report) -> None:
    assert report_with_appendices.cover.contents[-3:] == (
        ContentsEntry("appendix-a", "Appendix A", "Budget"),
        ContentsEntry("appendix-b", "Appendix B", "Capital"),
        ContentsEntry("appendix-c", "Appendix C", "Treasury"),
    )
    assert report_with_appendices.cover.notices == ()


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (parse_period("2018-06", APRIL), "the next come with the scorecard of June."),
        (parse_period("2018-19-Q1", APRIL), "the next come with the scorecard of Quarter 1."),
        (parse_period("2018-19", APRIL), "the next come with the scorecard of 2018/19."),
    ],
)
def test_notice_says_which_report_has_the_next_appendices(
    council_scorecard: Scorecard, due: Period, words: str
) -> None:
    edition = council_scorecard.edition.model_copy(update={"notices": ("The office is shut",)})
    notices = assemble_report(replace(council_scorecard, next_appendices=due, edition=edition)).cover.notices
    assert notices == (f"There are no finance reports this month; {words}", "The office is shut")
