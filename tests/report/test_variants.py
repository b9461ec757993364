"""What the report prints in cases that the council of the tests does not have."""

from collections.abc import Callable, Mapping
from itertools import pairwise

import pytest

from mpr.report.model.report import HistoryRow, Report
from tests.views import get_blocks, get_rows, get_section

Edition = Callable[[Mapping[str, Mapping[str, object]], Mapping[str, Mapping[str, tuple[str, ...] | str]]], Report]
RANGE = {"polarity": "goldilocks", "targets": {"2018-19": {"annual": "38 - 48"}}}
RATE = {"polarity": "goldilocks", "decimals": 1}


def _get_history(report: Report, code: str) -> dict[str, HistoryRow]:
    history = get_blocks(report)[code].history
    assert history
    return {row.label: row for row in history.rows}


def test_month_of_greens_without_comments_has_no_exceptions(edition: Edition) -> None:
    report = edition({"T 1": {}, "T 2": {"aim": "Warm"}}, {"2018-05": {"T 1": "20", "T 2": "21"}})
    assert get_section(report, "exceptions").introduction == "There are no exceptions this month."
    assert get_section(report, "exceptions").groups == ()
    assert report.cover.greens == ()
    assert [(count.rating.kind, count.number) for count in report.cover.counts] == [("green", 2)]
    assert get_section(report, "detail").introduction == "No indicator is rated red or amber this month."
    assert get_section(report, "detail").groups == ()
    assert report.charts == ()
    assert [aim.title for aim in get_section(report, "corporate").groups] == ["Warm", "Dry"]
    assert {rating.kind for rating, _ in report.key.ratings} == {"green"}


def test_green_indicator_with_a_comment_is_an_exception(edition: Edition) -> None:
    report = edition({"T 1": {}}, {"2018-05": {"T 1": ("20", "", "", "Well done.")}})
    assert get_section(report, "exceptions").introduction == "1 indicator: 1 rated green with a comment."
    assert [entry.label for entry in report.cover.greens] == ["T 1"]
    assert get_section(report, "detail").groups == ()


def test_red_indicator_without_a_comment_is_an_exception(edition: Edition) -> None:
    report = edition({"T 1": {}}, {"2018-05": {"T 1": "5"}})
    [group] = get_section(report, "exceptions").groups
    assert group.count.rating.kind == "red"
    assert [row.code for row in group.rows] == ["T 1"]
    assert get_rows(report, "exceptions")["T 1"].comment is None
    assert get_blocks(report)["T 1"].comment is None
    assert report.cover.greens == ()


def test_complete_data_need_no_symbols_in_the_key(edition: Edition) -> None:
    report = edition({"T 1": {}}, {"2017-05": {"T 1": "19"}, "2018-05": {"T 1": "20"}})
    assert report.key.symbols == ()
    assert [change.kind for change in report.key.changes] == ["better"]


def test_data_only_has_no_target_and_no_rating(edition: Edition) -> None:
    report = edition({"T 1": {"targets": {}}}, {"2018-05": {"T 1": ("1200", "", "", "Counted for the first time.")}})
    row = get_rows(report)["T 1"]
    assert row.value.text == "1,200"
    assert (row.target.text, row.annual.text) == ("[z]", "[z]")
    assert (row.target.spoken, row.annual.spoken) == ("not applicable", "not applicable")
    assert (row.rating.kind, row.rating.word) == ("data-only", "Data only")
    assert row.detail == ""
    assert get_section(report, "exceptions").introduction == "1 indicator: 1 for data only."
    assert report.cover.greens == ()
    assert [(count.rating.kind, count.number) for count in report.cover.counts] == [("data-only", 1)]
    assert {symbol for symbol, _ in report.key.symbols} == {"[x]", "[z]"}
    assert get_section(report, "detail").groups == ()


def test_data_only_may_be_set_red(edition: Edition) -> None:
    figures = {"2018-04": {"T 1": "8"}, "2018-05": {"T 1": ("7", "red", "Too few", "")}}
    block = get_blocks(edition({"T 1": {"targets": {}}}, figures))["T 1"]
    assert block.bullet is None
    assert block.trend
    assert "no target" in block.trend.title
    overruling = block.rating.overruling
    assert overruling
    assert (overruling.reason, overruling.rule) == ("Too few", "The rule alone says Data only")


def test_one_figure_makes_no_trend(edition: Edition) -> None:
    block = get_blocks(edition({"T 1": {}}, {"2018-05": {"T 1": "7"}}))["T 1"]
    assert block.bullet
    assert block.trend is None
    assert block.no_chart
    assert "No figure" not in block.no_chart


@pytest.mark.parametrize(
    ("value", "kind"),
    [("40", "green"), ("41", "amber"), ("42", "amber"), ("42.1", "red"), ("38", "amber"), ("37.9", "red")],
)
def test_goldilocks_target_of_one_figure_is_met_only_by_it(edition: Edition, value: str, kind: str) -> None:
    report = edition({"T 1": {**RATE, "targets": {"2018-19": {"annual": 40}}}}, {"2018-05": {"T 1": value}})
    assert get_rows(report)["T 1"].rating.kind == kind


def test_goldilocks_target_of_one_figure_is_not_called_a_range(edition: Edition) -> None:
    report = edition({"T 1": {**RATE, "targets": {"2018-19": {"annual": 40}}}}, {"2018-05": {"T 1": "50"}})
    block = get_blocks(report)["T 1"]
    assert block.bullet
    sentences = [*block.rule, *(fact.text for fact in block.facts), block.bullet.title, block.bullet.description]
    assert not [sentence for sentence in sentences if "range" in sentence]
    assert block.bullet.title == "May 2018: 50.0 is 25.0% above the target of 40"
    assert sorted(tick.label for tick in block.bullet.thresholds if "Target" in tick.label) == ["Target 40"]
    zones = [zone.kind for zone in block.bullet.zones]
    assert zones == ["red", "amber", "amber", "red"]
    assert all(one.high == other.low for one, other in pairwise(block.bullet.zones))


def test_goldilocks_figure_is_better_if_it_is_nearer_to_the_target(edition: Edition) -> None:
    values = {"A 1": ("60", "50"), "A 2": ("50", "60"), "A 3": ("40", "45"), "A 4": ("30", "56")}
    months = {"2017-05": {code: before for code, (before, _) in values.items()}}
    months["2018-05"] = {code: now for code, (_, now) in values.items()}
    report = edition(dict.fromkeys(values, RANGE), months)
    found = {code: row.change.word for code, row in get_rows(report).items()}
    assert found == {"A 1": "Better", "A 2": "Worse", "A 3": "Same", "A 4": "Same"}


def test_quarter_rows_print_the_quarter_files_value(edition: Edition) -> None:
    quarterly = {"quarters": True, "unit": "percent", "decimals": 1}
    months = {
        "2017-05": {"T 1": "12"},
        "2017-18-Q1": {"T 1": "12.5%"},
        "2017-18-Q2": {"T 1": "TBC"},
        "2018-05": {"T 1": "11%"},
    }
    lines = _get_history(edition({"T 1": quarterly}, months), "T 1")
    assert list(lines)[:4] == ["April", "May", "June", "Quarter 1"]
    assert [line.kind for line in lines.values()].count("quarter") == 4
    first = lines["Quarter 1"].cells
    assert (first[0].value.text, first[0].state) == ("12.5%", "past")
    assert (first[1].value.text, first[1].state) == ("", "future")
    assert lines["Quarter 2"].cells[0].value.text == "[x]"


def test_quarter_files_are_read_for_indicators_with_quarter_rows_only(edition: Edition) -> None:
    months = {"2017-05": {"T 1": "12"}, "2017-18-Q1": {"T 1": "99"}, "2018-05": {"T 1": "11"}}
    report = edition({"T 1": {}}, months)
    assert "Quarter 1" not in _get_history(report, "T 1")
    assert get_rows(report)["T 1"].value.text == "11"


def test_quarter_alone_makes_a_history(edition: Edition) -> None:
    """What is reported by quarter alone (CP 2.3: "to be recorded quarterly") has its history in quarters."""
    months = {"2017-18-Q1": {"T 1": "12"}, "2018-05": {"T 1": "11"}}
    assert _get_history(edition({"T 1": {"quarters": True}}, months), "T 1")["Quarter 1"].cells[0].value.text == "12"


def test_lagging_indicator_is_reported_with_its_latest_month(edition: Edition) -> None:
    profile = {"2018-19": {"annual": 60, "profile": {"April": 5, "May": 10}}}
    months = {
        "2017-04": {"T 1": "3"},
        "2017-05": {"T 1": "9"},
        "2018-04": {"T 1": "4"},
        "2018-05": {"T 1": ("", "", "", "Late.")},
    }
    report = edition({"T 1": {"measure": "cumulative", "targets": profile}}, months)
    row = get_rows(report)["T 1"]
    assert (row.latest, row.value.text, row.target.text, row.annual.text) == ("April 2018", "4", "5", "60")
    assert (row.rating.kind, row.change.word, row.change.detail) == ("red", "Better", "4 against 3 in April 2017")
    comment = get_rows(report, "exceptions")["T 1"].comment
    assert comment
    assert comment.text == "Late."
    cells = {label: line.cells[1] for label, line in _get_history(report, "T 1").items()}
    assert (cells["April"].value.text, cells["April"].rating and cells["April"].rating.kind) == ("4", "red")
    assert (cells["May"].value.text, cells["May"].state, cells["May"].rating) == ("[x]", "current", None)
    assert (cells["June"].value.text, cells["June"].target.text, cells["June"].state) == ("", "", "future")
    block = get_blocks(report)["T 1"]
    assert block.trend
    assert block.trend.latest
    assert (block.trend.latest.at, block.trend.latest_label) == (0, "4")
    assert block.bullet
    assert block.bullet.title == "April 2018: 4 is 20.0% below the target of 5"


def test_latest_figure_of_last_year_is_rated_by_the_target_of_last_year(edition: Edition) -> None:
    """At the start of a year the latest figure is held against last year's target; the annual one is this year's."""
    targets = {"2017-18": {"annual": 30}, "2018-19": {"annual": 20}}
    months = {"2018-03": {"T 1": "25"}, "2018-05": {"T 1": ("", "", "", "Late.")}}
    row = get_rows(edition({"T 1": {"targets": targets}}, months))["T 1"]
    assert (row.latest, row.target.text, row.annual.text, row.rating.kind) == ("March 2018", "30", "20", "red")


def test_indicator_without_any_figure_has_no_value(edition: Edition) -> None:
    report = edition({"T 1": {}, "T 2": {}}, {"2018-05": {"T 1": ("TBC", "", "", "Next month."), "T 2": "N/A"}})
    rows = get_rows(report)
    assert (rows["T 1"].value.text, rows["T 2"].value.text) == ("[x]", "[z]")
    assert {row.rating.kind for row in rows.values()} == {"no-value"}
    assert get_section(report, "exceptions").introduction == "1 indicator: 1 without a value."
    assert [(count.rating.kind, count.number) for count in report.cover.counts] == [("no-value", 2)]


def test_indicator_without_any_figure_that_is_set_red_has_no_chart_and_no_history(edition: Edition) -> None:
    block = get_blocks(edition({"T 1": {}}, {"2018-05": {"T 1": ("TBC", "red", "Nothing came", "")}}))["T 1"]
    assert (block.bullet, block.trend, block.history) == (None, None, None)
    assert "first figure" not in block.no_history
    assert block.no_chart


@pytest.mark.parametrize("missing", ["", "TBC"])
def test_zero_is_a_figure(edition: Edition, missing: str) -> None:
    values = {"2017-05": {"T 1": "0"}, "2018-04": {"T 1": missing}, "2018-05": {"T 1": "0"}}
    report = edition({"T 1": {"polarity": "minimise", "targets": {"2018-19": {"annual": 0}}}}, values)
    row = get_rows(report)["T 1"]
    assert (row.value.text, row.rating.kind, row.change.word) == ("0", "green", "Same")


def test_target_of_zero_is_met_or_missed_without_amber(edition: Edition) -> None:
    nothing = {"polarity": "minimise", "targets": {"2018-19": {"annual": 0}}}
    report = edition({"T 1": nothing}, {"2018-05": {"T 1": "1"}})
    block = get_blocks(report)["T 1"]
    assert block.rating.kind == "red"
    assert "amber" not in block.rule[0]
    assert block.bullet
    assert {zone.kind for zone in block.bullet.zones} == {"red"}


def test_figure_is_rated_as_printed(edition: Edition) -> None:
    row = get_rows(edition({"T 1": {"unit": "percent"}}, {"2018-05": {"T 1": "19.5%"}}))["T 1"]
    assert (row.value.text, row.rating.kind) == ("20%", "green")


def test_outcome_set_to_that_of_the_rule_is_no_overruling(edition: Edition) -> None:
    report = edition({"T 1": {}}, {"2018-05": {"T 1": ("5", "red", "Too few", "")}})
    row = get_rows(report)["T 1"]
    assert row.rating.overruling is None
    assert row.note == ""
    assert "†" not in {symbol for symbol, _ in report.key.symbols}


def test_indicator_with_several_departments_is_listed_under_no_single_department(edition: Edition) -> None:
    more = {"departments": ["Roofs", "Stoves"], "managers": ["Noah", "Ham", "Shem"]}
    report = edition({"T 1": more, "T 2": {"departments": ["Stoves"]}}, {"2018-05": {"T 1": "5", "T 2": "5"}})
    [group] = get_section(report, "exceptions").groups
    assert [(part.name, [row.code for row in part.rows]) for part in group.parts] == [
        ("Stoves", ["T 2"]),
        ("No single department", ["T 1"]),
    ]
    facts = {fact.label: fact.text for fact in get_blocks(report)["T 1"].facts}
    assert facts["Managed by"] == "Noah, Ham and Shem"
    assert "Year introduced" not in facts


def test_codes_are_in_natural_order_under_their_aims(edition: Edition) -> None:
    codes = ["T 10", "T 9", "T 2.10", "T 2.9", "T 1"]
    report = edition({code: {} for code in codes}, {"2018-05": dict.fromkeys(codes, "5")})
    expected = ["T 1", "T 2.9", "T 2.10", "T 9", "T 10"]
    assert [row.code for row in get_section(report, "corporate").groups[0].rows] == expected
    assert [row.code for row in get_section(report, "exceptions").groups[0].parts[0].rows] == expected


def test_anchors_of_similar_codes_are_unique(edition: Edition) -> None:
    codes = ["T 1.1", "T 1.10", "T 11", "T 1"]
    report = edition({code: {} for code in codes}, {"2018-05": dict.fromkeys(codes, "5")})
    anchors = [row.anchor for row in get_rows(report).values()]
    assert len(set(anchors)) == len(codes)
    assert len({chart.anchor for chart in report.charts}) == len(report.charts)


def test_comment_is_safe_markdown(edition: Edition) -> None:
    comment = "One **bold** word\nand a line\n\n- first\n- second\n\n<b>raw</b>"
    report = edition({"T 1": {}}, {"2018-05": {"T 1": ("5", "", "", comment)}})
    comment_of_block = get_blocks(report)["T 1"].comment
    assert comment_of_block
    assert comment_of_block.text == comment
    assert "<strong>bold</strong>" in comment_of_block.html
    assert "<br" in comment_of_block.html
    assert comment_of_block.html.count("<li>") == 2
    assert "&lt;b&gt;raw&lt;/b&gt;" in comment_of_block.html


def test_comment_keeps_a_number_and_full_stop_at_its_beginning(edition: Edition) -> None:
    comment = "2018. Was a dry year."
    report = edition({"T 1": {}}, {"2018-05": {"T 1": ("5", "", "", comment)}})
    comment_of_block = get_blocks(report)["T 1"].comment
    assert comment_of_block
    assert "2018" in comment_of_block.html
