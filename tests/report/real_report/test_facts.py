"""The facts of the council's report of May 2018, which `mpr` has to reproduce from the data."""

from collections import Counter
from collections.abc import Iterator

import pytest

from mpr.report.model.report import Block, Count, HistoryCell, PrintedFigure, Report
from tests.views import get_blocks, get_rows, get_section

RED = {
    "Department of the Chief Executive": ["CP 5.4"],
    "Department for People": ["CP 1.1", "CP 1.2", "CP 1.4", "CP 1.5", "CP 3.10"],
    "Department for Place": ["CP 2.3"],
    "Public Health": ["CP 3.9"],
    "No single department": ["CP 2.4", "CP 3.0"],
}
AMBER = {"Department for People": ["CP 3.2", "CP 3.4"]}
GREEN = {
    "Department of the Chief Executive": ["CP 4.3", "CP 4.4"],
    "Department for People": ["CP 5.6"],
    "Department for Place": ["CP 2.2"],
    "Public Health": ["CP 3.7"],
    "No single department": ["CP 4.10", "CP 5.5"],
}
AIMS = {
    "Safe": "1.1 1.2 1.4 1.5",
    "Clean": "2.2 2.3 2.4",
    "Healthy": "3.0 3.1 3.2 3.4 3.5 3.6 3.7 3.9 3.10 3.11 3.12 3.13",
    "Prosperous": "4.3 4.4 4.5 4.6 4.7 4.8 4.9 4.10",
    "Excellent": "5.1 5.4 5.5 5.6",
}
DETAIL = {
    "Safe": "1.1 1.2 1.4 1.5",
    "Clean": "2.3 2.4",
    "Healthy": "3.0 3.2 3.4 3.9 3.10",
    "Excellent": "5.4",
}
CHANGES = {
    "worse": {"CP 1.1", "CP 3.4", "CP 3.9", "CP 5.4"},
    "better": {"CP 1.2", "CP 1.4", "CP 1.5", "CP 3.2", "CP 3.10", "CP 5.6"},
    "same": {"CP 4.3"},
}
FIGURES = {  # value, the month's target and the annual target, as the model has them or with the indicator's decimals
    "CP 1.1": ("29.44", "38 – 48", "38 – 48"),
    "CP 1.2": ("74.36", "57 – 67", "57 – 67"),
    "CP 2.3": ("[x]", "46.38%", "46.38%"),
    "CP 2.4": ("1,544", "1,332", "8,000"),
    "CP 3.0": ("29.7", "34.8", "209"),
    "CP 3.4": ("29.2%", "33%", "33%"),
    "CP 3.6": ("578,468", "733,333", "4,400,000"),
    "CP 3.10": ("38.2%", "90%", "90%"),
    "CP 3.13": ("0.4", "1.81", "1.81"),
    "CP 4.3": ("18.60%", "18.50%", "97.50%"),
    "CP 4.4": ("18.70%", "18.70%", "98.30%"),
    "CP 4.5": ("100.00%", "79.00%", "79.00%"),
    "CP 4.10": ("1.66", "3.19", "3.19"),
    "CP 5.1": ("2,366", "3,250", "19,500"),
    "CP 5.4": ("1.19", "1.10", "7.20"),
    "CP 5.5": ("38,159", "36,666", "45,000"),
}
SHARED_PARTS = (
    "name", "measure", "polarity", "latest", "value", "target", "annual", "rating", "change", "committee",
)  # fmt: skip
HISTORIES = {
    **dict.fromkeys(("CP 1.1", "CP 1.2", "CP 1.4", "CP 1.5", "CP 3.0", "CP 3.9", "CP 3.10", "CP 5.4"), 14),
    "CP 3.2": 17,  # four quarters among them
    "CP 3.4": 13,
    "CP 2.3": 0,
}


def _make_codes(numbers: str) -> list[str]:
    return [f"CP {number}" for number in numbers.split()]


def _list_counts(counts: tuple[Count, ...]) -> list[tuple[str, int]]:
    return [(count.rating.kind, count.number) for count in counts]


def _is_numeric(figure: PrintedFigure) -> bool:
    return any(letter.isdigit() for letter in figure.text)


def _iter_cells(block: Block) -> Iterator[HistoryCell]:
    assert block.history
    return (cell for row in block.history.rows for cell in row.cells)


def test_section_1_is_in_the_order_of_outcome_department_and_code(report: Report) -> None:
    found = [
        (group.count.rating.kind, {part.name: [row.code for row in part.rows] for part in group.parts})
        for group in get_section(report, "exceptions").groups
    ]
    assert found == [("red", RED), ("amber", AMBER), ("green", GREEN)]
    assert [list(parts) for _, parts in found] == [list(RED), list(AMBER), list(GREEN)]
    assert len(get_rows(report, "exceptions")) == 19
    assert [group.count.number for group in get_section(report, "exceptions").groups] == [10, 2, 7]


def test_rows_of_section_1_have_the_outcome_of_their_group(report: Report) -> None:
    rows = get_rows(report, "exceptions")
    kinds = [(group.count.rating.kind, rows[row.code].rating.kind)
             for group in get_section(report, "exceptions").groups for row in group.rows]  # fmt: skip
    assert kinds
    assert all(group == row for group, row in kinds)


def test_section_2_has_every_indicator_under_its_aim(report: Report) -> None:
    found = {aim.title: [row.code for row in aim.rows] for aim in get_section(report, "corporate").groups}
    assert found == {aim: _make_codes(numbers) for aim, numbers in AIMS.items()}
    assert list(found) == list(AIMS)
    assert [len(codes) for codes in found.values()] == [4, 3, 12, 8, 4]


def test_section_2_names_the_priorities_of_the_aims(report: Report) -> None:
    assert [len(aim.priorities) for aim in get_section(report, "corporate").groups] == [3, 2, 3, 4, 3]


def test_counts_agree_wherever_they_occur(report: Report) -> None:
    expected = [("red", 10), ("amber", 2), ("green", 19)]
    assert _list_counts(report.cover.counts) == expected
    assert _list_counts(get_section(report, "corporate").counts) == expected
    for aims in (get_section(report, "corporate").groups, get_section(report, "detail").groups):
        assert aims
        for aim in aims:
            rows = get_rows(report)
            inside = [rows[row.code] for row in aim.rows] if hasattr(aim, "rows") else aim.blocks
            assert dict(_list_counts(aim.counts)) == Counter(row.rating.kind for row in inside), aim.title
    by_aim = Counter()
    for aim in get_section(report, "corporate").groups:
        by_aim.update(dict(_list_counts(aim.counts)))
    assert by_aim == dict(expected)
    assert Counter(row.rating.kind for row in get_rows(report).values()) == dict(expected)


def test_counts_agree_with_the_introductions(report: Report) -> None:
    for part in ("19 indicators", "10 rated red", "2 rated amber", "7 rated green"):
        assert part in get_section(report, "exceptions").introduction
    assert "31 corporate indicators" in get_section(report, "corporate").introduction
    assert "12 indicators" in get_section(report, "detail").introduction


def test_section_3_has_a_block_for_every_red_and_amber(report: Report) -> None:
    found = {aim.title: [block.code for block in aim.blocks] for aim in get_section(report, "detail").groups}
    assert found == {aim: _make_codes(numbers) for aim, numbers in DETAIL.items()}
    assert list(found) == list(DETAIL)
    assert sum(map(len, found.values())) == 12


def test_histories_have_all_their_values(report: Report) -> None:
    blocks = get_blocks(report)
    assert blocks["CP 2.4"].history is None
    counts = {
        code: sum(_is_numeric(cell.value) for cell in _iter_cells(block))
        for code, block in blocks.items()
        if block.history
    }
    assert counts == HISTORIES
    assert (len(counts), sum(counts.values())) == (11, 142)


def test_histories_have_twelve_months_from_april_and_quarters_where_wanted(report: Report) -> None:
    for code, block in get_blocks(report).items():
        if not block.history:
            continue
        months = [row.label for row in block.history.rows if row.kind == "month"]
        quarters = [at for at, row in enumerate(block.history.rows) if row.kind == "quarter"]
        assert (months[0], months[-1], len(months)) == ("April", "March", 12)
        assert quarters == ([3, 7, 11, 15] if code in {"CP 2.3", "CP 3.2"} else []), code
        assert block.history.years == ("2017/18", "2018/19")


def test_latest_month_of_a_history_agrees_with_the_tables(report: Report) -> None:
    rows = get_rows(report)
    months = {"April 2018": 0, "May 2018": 1}
    for code, block in get_blocks(report).items():
        if block.history and code != "CP 2.3":
            months_only = [row for row in block.history.rows if row.kind == "month"]
            cell = months_only[months[rows[code].latest]].cells[1]
            assert (cell.value, cell.target) == (rows[code].value, rows[code].target), code
            assert cell.rating
            assert cell.rating.kind == rows[code].rating.kind, code


def test_greens_with_a_comment_are_on_the_cover(report: Report) -> None:
    codes = [entry.label for entry in report.cover.greens]
    assert codes == [code for codes in GREEN.values() for code in codes]
    assert len(codes) == 7
    assert "CP 1.5" not in codes


def test_rows_of_one_indicator_agree_in_both_sections(report: Report) -> None:
    everywhere = get_rows(report)
    for code, row in get_rows(report, "exceptions").items():
        for part in SHARED_PARTS:
            assert getattr(row, part) == getattr(everywhere[code], part), (code, part)


@pytest.mark.parametrize("code", FIGURES)
def test_figures_are_printed_as_the_council_writes_them(report: Report, code: str) -> None:
    row = get_rows(report)[code]
    found = tuple(figure.text.replace("\u00a0", " ") for figure in (row.value, row.target, row.annual))
    assert found == FIGURES[code]


def test_proxy_is_marked(report: Report) -> None:
    assert [code for code, row in get_rows(report).items() if row.value.mark] == ["CP 4.10"]
    assert get_rows(report)["CP 4.10"].value.mark == "proxy"


def test_polarities_are_those_of_the_model(report: Report) -> None:
    codes: dict[str, set[str]] = {}
    for code, row in get_rows(report).items():
        codes.setdefault(row.polarity, set()).add(code)
    assert {word: len(of_word) for word, of_word in codes.items()} == {
        "Aim to maximise": 23,
        "Aim to minimise": 5,
        "Goldilocks": 3,
    }
    assert codes["Aim to minimise"] == {"CP 2.4", "CP 3.13", "CP 4.8", "CP 4.10", "CP 5.4"}
    assert codes["Goldilocks"] == {"CP 1.1", "CP 1.2", "CP 3.0"}


def test_lagging_indicators_are_on_april(report: Report) -> None:
    assert {row.latest for row in get_rows(report).values()} == {"April 2018", "May 2018"}
    lagging = {code for code, row in get_rows(report).items() if row.latest == "April 2018"}
    assert lagging == {"CP 3.1", "CP 3.2", "CP 3.4", "CP 3.5", "CP 4.8"}


def test_overruled_outcomes_give_the_reason_and_the_rule(report: Report) -> None:
    overrulings = {code: row.rating.overruling for code, row in get_rows(report).items() if row.rating.overruling}
    assert set(overrulings) == {"CP 2.3", "CP 3.6", "CP 5.1"}
    assert all(overruling.reason for overruling in overrulings.values())
    assert "No value" in overrulings["CP 2.3"].rule
    assert "Red" in overrulings["CP 3.6"].rule
    assert "21.1% below the target of 733,333" in overrulings["CP 3.6"].rule
    assert "27.2% below the target of 3,250" in overrulings["CP 5.1"].rule


def test_notes_repeat_overrulings_in_their_sections(report: Report) -> None:
    notes = [note for group in get_section(report, "exceptions").groups for note in group.notes]
    assert [note.code for note in notes] == ["CP 2.3"]
    notes += [note for aim in get_section(report, "corporate").groups for note in aim.notes]
    assert [note.code for note in notes] == ["CP 2.3", "CP 2.3", "CP 3.6", "CP 5.1"]
    for note in notes:
        overruling = get_rows(report)[note.code].rating.overruling
        assert overruling
        assert overruling.reason in note.text
        assert overruling.rule in note.text


def test_block_explains_its_rating(report: Report) -> None:
    blocks = get_blocks(report)
    assert all(block.rule for block in blocks.values())
    overruling = blocks["CP 2.3"].rating.overruling
    assert overruling
    assert overruling.reason in " ".join(blocks["CP 2.3"].rule)
    assert "28.05%" in " ".join(blocks["CP 3.4"].rule)


def test_changes_since_last_year_are_those_of_the_model(report: Report) -> None:
    rows = get_rows(report)
    for kind, codes in CHANGES.items():
        assert {code for code, row in rows.items() if row.change.kind == kind} == codes
        assert {rows[code].change.word.lower() for code in codes} == {kind}
    rest = {row.change.word for row in rows.values() if row.change.kind == "not-available"}
    assert rest == {"[x]"}
    assert len(rows) - sum(map(len, CHANGES.values())) == 20


def test_change_names_the_month_compared_with(report: Report) -> None:
    rows = get_rows(report)
    assert rows["CP 1.4"].change.detail == "83.0% against 63.4% in May 2017"
    assert rows["CP 3.2"].change.detail == "86.2% against 73.1% in April 2017"


def test_change_is_not_available_because_of_a_break(report: Report) -> None:
    """CP 3.0 has a figure for both months, but its series breaks between them."""
    change = get_rows(report)["CP 3.0"].change
    assert change.kind == "not-available"
    assert "no figure" not in change.detail


def test_charts_belong_to_blocks_and_agree_with_them(report: Report) -> None:
    rows = get_rows(report)
    blocks = get_blocks(report)
    assert len(report.charts) == 22
    assert {code for code, block in blocks.items() if not block.bullet} == {"CP 2.3"}
    assert {code for code, block in blocks.items() if not block.trend} == {"CP 2.3"}
    for code, block in blocks.items():
        for chart in (block.bullet, block.trend):
            if chart:
                assert code in chart.description
                assert rows[code].value.text in chart.description
                assert rows[code].value.text == (chart.value_label if chart is block.bullet else chart.latest_label)


def test_chart_of_a_measure_that_restarts_has_one_year_over_the_other(report: Report) -> None:
    months = {code: block.trend.periods for code, block in get_blocks(report).items() if block.trend}
    restarting = {"CP 2.4", "CP 3.0", "CP 3.4", "CP 3.9", "CP 3.10", "CP 5.4"}
    assert {code for code, count in months.items() if count == 12} == restarting
    assert {count for code, count in months.items() if code not in restarting} == {24}


def test_bullet_chart_of_direct_payments_has_the_scale_of_the_model(report: Report) -> None:
    bullet = get_blocks(report)["CP 3.4"].bullet
    assert bullet
    assert (bullet.low, bullet.high) == (10, 60)
    assert [str(tick.at) for tick in bullet.thresholds] == ["28.05", "33"]
    assert bullet.value_label == "29.2%"


def test_partnership_section_says_that_nothing_was_supplied(report: Report) -> None:
    groups = get_section(report, "partnership").groups
    assert [group.title for group in groups] == ["Health and Wellbeing", "Local Economy", "Community Safety"]
    assert all("supplied" in group.empty and "May 2018" in group.empty for group in groups)
    assert not any(group.rows for group in groups)


def test_dates_are_those_of_the_edition_file(report: Report) -> None:
    edition = report.edition
    assert (edition.period, edition.version) == ("May 2018", "1.0")
    assert edition.generated == "21 June 2018 11:59"
    assert edition.created == "2018-06-21"


def test_contents_lead_to_all_sections(report: Report) -> None:
    labels = [entry.label for entry in report.cover.contents]
    assert labels == ["Key", "Section 1", "Section 2", "Section 3", "Section 4"]
    assert all(entry.description for entry in report.cover.contents)
    assert [len(entry.entries) for entry in report.cover.contents] == [0, 3, 5, 12, 3]


def test_no_heading_holds_a_year_typed_by_hand(report: Report) -> None:
    """The model headed Section 2 with 2013-2014."""
    headings = [section.heading for section in report.sections]
    assert [heading.anchor for heading in headings] == ["exceptions", "corporate", "detail", "partnership"]
    assert not [heading for heading in headings if any(letter.isdigit() for letter in heading.title)]


def test_notice_about_appendices_is_that_of_the_model(report: Report) -> None:
    """The model has it under the heading "Please note"."""
    assert report.cover.notices == ("There are no finance reports this month, next reports are due in the June MPR.",)
