"""Every way of rating that councils use, as settings of `indicators.yaml`, with figures at its thresholds.

A table test: each rule as an officer writes it, and for each outcome the figures at its limits. Every case goes through
real files, so a rule that cannot be written cannot pass.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import indent

import pytest

from mpr.measure.status import IndicatorStatus
from mpr.problem import InputError, Severity
from mpr.project import Project
from mpr.workflows.check import check_period

REPORT = """\
report: {title: Scorecard, organisation: Little Council, publisher: Clerk, contacts: [], year_starts: April}
sections: {all: {title: All, description: Every indicator, columns: [code, value, target, rating]}}
"""
OUTCOMES = """\
outcomes:
  - {name: Red, sentence: At risk, colour: "#d4351c", shape: cross, off_track: yes}
  - {name: Amber, sentence: Slipping, colour: "#b45309", shape: warning, off_track: yes}
  - {name: Green, sentence: On course, colour: "#00703c", shape: tick}
  - {name: Green+, sentence: Better than asked, colour: "#00572f", shape: star}
  - {name: Failed, sentence: Target not met, colour: "#d4351c", shape: square, off_track: yes}
  - {name: Achieved, sentence: Target met, colour: "#00703c", shape: diamond}
  - {name: Narrative only, sentence: Words and no rating, colour: "#1d70b8", shape: note}
  - {name: Put off, sentence: Reporting is put off, colour: "#505a5f", shape: pause, role: deferred}
  - {name: Nothing due, sentence: No figure is due, colour: "#505a5f", shape: clock, role: not due}
"""
COUNCIL = "rating:\n  tolerance: 5%\n"
MAX, MIN, GOLD = "maximise", "minimise", "goldilocks"


@dataclass(frozen=True)
class Case:
    """A rule, and the figures of each outcome: `Green: 95% 100% | Red: 94%`; that of a year before follows `<`."""

    rating: str
    polarity: str
    target: str
    figures: str
    more: str = ""

    @property
    def expected(self) -> Iterator[tuple[str, str]]:
        """Each figure and its outcome."""
        for part in self.figures.split("|"):
            outcome, _, figures = part.partition(":")
            yield from ((figure, outcome.strip()) for figure in figures.split())

    def build_entry(self, code: str, figure: str) -> str:
        """Return the indicator in YAML, with as many decimals as the figure that is tried."""
        decimals = len(figure.partition("<")[0].rstrip("%").partition(".")[2])
        lines = [f'code: "{code}"', f'name: "{code}"', f'alias: "{code}"', "measure: snapshot"]
        lines += [f"polarity: {self.polarity}", f"decimals: {decimals}"]
        if "%" in self.target + figure:
            lines += ["unit: percent", "unbounded: yes"]
        if self.target:
            lines += ["targets:", *(f"  {year}:\n    annual: {self.target}" for year in ("2017-18", "2018-19"))]
        if self.rating:
            lines += ["rating:", indent(self.rating, "  ")]
        if self.more:
            lines.append(self.more)
        return "  - " + indent("\n".join(lines), "    ").lstrip() + "\n"


Rows = Mapping[str, tuple[str, ...]]  # by code: value, outcome and reason; the last ones may be left out


def _write_project(root: Path, settings: str, entries: str, now: Rows, before: Rows) -> Project:
    (root / "data").mkdir()
    (root / "indicators.yaml").write_text(f"{REPORT}{settings}indicators:\n{entries}", encoding="utf-8")
    for month, rows in (("2018-05", now), ("2017-05", before)):
        with (root / "data" / f"{month}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("code", "value", "outcome", "reason"))
            writer.writerows((code, *cells) for code, cells in rows.items())
    (root / "data" / "2018-05.yaml").write_text("version: '1'\ngenerated: 2018-06-21 11:59\n", encoding="utf-8")
    return Project(root)


def _assess_cases(root: Path, settings: str, tried: Mapping[str, tuple[Case, str]]) -> dict[str, IndicatorStatus]:
    """Write cases into one project, each as an indicator with a figure; return the statuses by code."""
    entries = "".join(case.build_entry(code, figure) for code, (case, figure) in tried.items())
    now = {code: tuple(figure.partition("<")[0].split("|")) for code, (_, figure) in tried.items()}
    before = {code: (figure.partition("<")[2],) for code, (_, figure) in tried.items() if "<" in figure}
    scorecard = check_period(_write_project(root, settings, entries, now, before), "2018-05").scorecard
    return {status.indicator.code: status for status in scorecard.statuses}


FIVE, TEN, FIFTEEN = "tolerance: 5%", "tolerance: 10%", "tolerance: 15%"
IN_POINTS = "tolerance: 5%\npercentages: points"
IMPROVING = "tolerance: 5%\nimproving: Amber"
OWN_WORDS = "tolerance: 5%\nmet: Achieved\nnear: Amber\nmissed: Failed"
TWO_STATES = "met: Achieved\nmissed: Failed"
SIDES = "tolerance:\n  below: 5%\n  above: 10%"
ONE_SIDE = "tolerance:\n  below: 0\n  above: 10%"
MIXED_SIDES = "tolerance:\n  below: 5 points\n  above: 10%"
FOUR = "bands:\n  Green+: +10%\n  Green: -5%\n  Amber: -10%\n  Red: beyond"
FIVE_BANDS = "bands:\n  Green+: +20%\n  Achieved: +10%\n  Green: 0%\n  Amber: -5%\n  Red: beyond"
LINES = "lines:\n  Green: 33%\n  Amber: 28.05%\n  Red: beyond"
DAYS = "lines:\n  Green: 7.2\n  Amber: 8\n  Red: beyond"
FOUR_LINES = "lines:\n  Green+: 5\n  Green: 0\n  Amber: -5\n  Red: beyond"
RANGES = "lines:\n  Green: 38 - 48\n  Amber: 35 - 50\n  Red: beyond"

# The common rules by number, then further ones that this council and others use.
CASES = {
    "1 met, missed within a share, missed by more": (
        Case(FIVE, MAX, "95%", "Green: 95.00% 95.01% 100.00% | Amber: 94.99% 90.25% | Red: 90.24% 83.00% 0.00%"),
        Case(TEN, MAX, "95%", "Green: 95.00% | Amber: 94.99% 85.51% 85.50% | Red: 85.49%"),
        Case(FIFTEEN, MAX, "33%", "Green: 33.00% | Amber: 32.99% 29.20% 28.05% | Red: 28.04%"),
        Case("tolerance: 2.5%", MAX, "40", "Green: 40.0 | Amber: 39.9 39.0 | Red: 38.9"),
        Case(FIVE, MAX, "1,332", "Green: 1,332 1,333 | Amber: 1,331 1,266 | Red: 1,265"),
        Case("tolerance: 0%", MAX, "95%", "Green: 95.0% | Red: 94.9%"),
        Case("", MAX, "95%", "Green: 95.00% | Amber: 90.25% | Red: 90.24%"),
        Case(OWN_WORDS, MAX, "20", "Achieved: 20 | Amber: 19 | Failed: 18"),
        Case(f"{FIVE}\nnear: Green", MAX, "20", "Green: 20 19 | Red: 18"),
        Case(f"{FIVE}\nmet: green\nmissed: RED", MAX, "20", "Green: 20 | Amber: 19 | Red: 18"),
    ),
    "2 points of a percentage": (
        Case("tolerance: 5 points", MAX, "95%", "Green: 95.00% | Amber: 94.99% 90.00% | Red: 89.99%"),
        Case(IN_POINTS, MAX, "95%", "Green: 95.00% | Amber: 94.99% 90.00% | Red: 89.99%"),
        Case("tolerance: 1 point", MAX, "20%", "Green: 20.0% | Amber: 19.0% | Red: 18.9%"),
        Case("tolerance: 5% points", MIN, "10%", "Green: 10.0% | Amber: 10.1% 15.0% | Red: 15.1%"),
        Case(IN_POINTS, GOLD, "40% - 60%", "Green: 40.0% 60.0% | Amber: 35.0% 65.0% | Red: 34.9% 65.1%"),
        Case(IN_POINTS, MAX, "200", "Green: 200 | Amber: 199 190 | Red: 189"),
        Case(f"{FIVE}\npercentages: share", MAX, "20%", "Green: 20.0% | Amber: 19.0% | Red: 18.9%"),
        Case(f"{FOUR}\npercentages: points", MAX, "80%",
             "Green+: 90.0% 95.0% | Green: 89.9% 75.0% | Amber: 74.9% 70.0% | Red: 69.9%"),
        Case("tolerance: 66", MIN, "1,332", "Green: 1,332 | Amber: 1,333 1,398 | Red: 1,399"),
        Case("tolerance: 0.05", MAX, "3.19", "Green: 3.190 | Amber: 3.140 | Red: 3.139"),
    ),
    "3 absolute lines, whatever the target": (
        Case(LINES, MAX, "33%", "Green: 33.00% 60.00% | Amber: 32.99% 29.20% 28.05% | Red: 28.04% 0.00%"),
        Case(LINES, MAX, "90%", "Green: 33.00% | Amber: 28.05% | Red: 28.04%"),
        Case(LINES, MAX, "", "Green: 33.00% | Amber: 32.99% | Red: 28.04%"),
        Case(DAYS, MIN, "7.20", "Green: 7.20 0.00 | Amber: 7.21 8.00 | Red: 8.01"),
        Case("lines: {Achieved: 0, Failed: beyond}", MIN, "", "Achieved: 0 -1 | Failed: 1"),
        Case(FOUR_LINES, MAX, "", "Green+: 5.0 | Green: 4.9 0.0 | Amber: -0.1 -5.0 | Red: -5.1"),
        Case(RANGES, GOLD, "38 - 48", "Green: 38.0 48.0 | Amber: 37.9 35.0 48.1 50.0 | Red: 34.9 50.1"),
        Case(RANGES, GOLD, "", "Green: 43 | Amber: 35 | Red: 34"),
        Case("lines: {Green: 38 - 48, Amber: 38 - 60, Red: beyond}", GOLD, "",
             "Green: 38 48 | Amber: 49 60 | Red: 37 61"),
    ),
    "4 a range": (
        Case(FIVE, GOLD, "38 - 48",
             "Green: 38.00 43.00 48.00 | Amber: 37.99 36.10 48.01 50.40 | Red: 36.09 29.44 50.41"),
        Case(FIVE, GOLD, "57 - 67", "Green: 57.00 67.00 | Amber: 54.15 70.35 | Red: 54.14 70.36 74.36"),
        Case(FIVE, GOLD, "34.8", "Green: 34.80 | Amber: 34.79 33.06 34.81 36.54 | Red: 33.05 36.55 29.70"),
        Case("tolerance: 0", GOLD, "38 - 48", "Green: 38.0 48.0 | Red: 37.9 48.1"),
        Case(TEN, GOLD, "0 - 2", "Green: 0.00 2.00 | Amber: 2.01 2.20 | Red: -0.01 2.21"),
        Case("tolerance: 2", GOLD, "0 - 2", "Green: 0.0 2.0 | Amber: -0.1 -2.0 2.1 4.0 | Red: -2.1 4.1"),
        Case("bands: {Achieved: -10%, Failed: beyond}", GOLD, "38 - 48",
             "Achieved: 34.2 38.0 52.8 | Failed: 34.1 52.9"),
    ),
    "5 minimise mirrors maximise": (
        Case(TEN, MAX, "50", "Green: 50.0 50.1 | Amber: 49.9 45.0 | Red: 44.9"),
        Case(TEN, MIN, "50", "Green: 50.0 49.9 | Amber: 50.1 55.0 | Red: 55.1"),
        Case(FIVE, MIN, "1,332", "Green: 1,332 1,331 0 | Amber: 1,333 1,398 | Red: 1,399 1,544"),
        Case(FIVE, MIN, "1.10", "Green: 1.100 | Amber: 1.101 1.155 | Red: 1.156 1.190"),
        Case(FIVE, MIN, "1.77%", "Green: 1.77% 1.49% | Amber: 1.78% 1.85% | Red: 1.86%"),
        Case("tolerance: 5 points", MIN, "10%", "Green: 10.0% | Amber: 15.0% | Red: 15.1%"),
    ),
    "6 two states only": (
        Case(TWO_STATES, MAX, "80%", "Achieved: 80.00% 80.01% | Failed: 79.99% 74.19%"),
        Case(TWO_STATES, MAX, "90.9%", "Achieved: 90.9% | Failed: 90.8% 89.4%"),
        Case(TWO_STATES, MIN, "19.9%", "Achieved: 19.9% 16.9% | Failed: 20.0% 21.3%"),
        Case(TWO_STATES, GOLD, "38 - 48", "Achieved: 38 48 | Failed: 37 49"),
        Case("met: Achieved", MAX, "80%", "Achieved: 80% | Red: 79%"),
        Case("missed: Failed", MAX, "80%", "Green: 80% | Failed: 79%"),
    ),
    "7 data only": (
        Case(FIVE, MAX, "", "Data only: 0 95 1000"),
        Case(TWO_STATES, MIN, "", "Data only: 0 95%"),
        Case(FOUR, MAX, "", "Data only: 95"),
        Case(FIVE, GOLD, "", "Data only: 95"),
        Case(IMPROVING, MAX, "", "Data only: 95<94"),
    ),
    "11 target zero": (
        Case(FIVE, MAX, "0", "Green: 0.00 0.01 | Red: -0.01"),
        Case(FIVE, MIN, "0", "Green: 0.00 -0.01 | Red: 0.01"),
        Case(FIVE, GOLD, "0", "Green: 0.00 | Red: 0.01 -0.01"),
        Case(FIVE, MIN, "0.00%", "Green: 0.00% | Red: 0.01%"),
        Case("tolerance: 2 points", MIN, "0%", "Green: 0.0% | Amber: 0.1% 2.0% | Red: 2.1%"),
        Case(IN_POINTS, MIN, "0%", "Green: 0.0% | Amber: 5.0% | Red: 5.1%"),
        Case(FOUR, MAX, "0", "Green: 0.0 50.0 | Red: -0.1"),
        Case(FOUR, MIN, "0", "Green: 0.0 -50.0 | Red: 0.1"),
        Case(TWO_STATES, MIN, "0", "Achieved: 0 -1 | Failed: 1"),
        Case(FOUR, MAX, "0 - 5", "Green: 0 5 | Red: -1"),
        Case(FIVE, GOLD, "0 - 2", "Green: 0.00 2.00 | Amber: 2.10 | Red: -0.01 2.11"),
    ),
    "12 better than last year": (
        Case(IMPROVING, MAX, "95%",
             "Green: 95.0%<99.0% | Amber: 83.0%<82.9% 90.3%<80.0% 90.3%<95.0% 0.1%<0.0%"
             " | Red: 83.0%<83.0% 83.0%<84.0% 83.0%"),
        Case(IMPROVING, MIN, "1.10", "Green: 1.10<1.00 | Amber: 1.19<1.20 | Red: 1.19<1.19 1.19<1.11 1.19"),
        Case(IMPROVING, GOLD, "57 - 67",
             "Green: 60.00<66.00 | Amber: 74.36<76.70 50.00<76.70 50.00<49.00"
             " | Red: 49.00<50.00 74.36<74.36 76.70<74.36 76.70<48.00"),
        Case(f"{FIVE}\nimproving: Green", MAX, "20", "Green: 18<17 19<18 20<21 | Amber: 19<19 19<20 | Red: 18<18"),
        Case(f"{FOUR}\nimproving: Amber", MAX, "100",
             "Green+: 110<120 | Green: 95<94 | Amber: 90<80 80<79 | Red: 80<80"),
        Case(f"{LINES}\nimproving: Amber", MAX, "", "Green: 33.0%<34.0% | Amber: 20.0%<19.9% | Red: 20.0%<20.0%"),
        Case(f"{TWO_STATES}\nimproving: Achieved", MAX, "20", "Achieved: 20<21 18<17 | Failed: 18<18 18<19"),
        Case(f"{FIVE}\nimproving: Red", MAX, "20", "Green: 20<10 | Amber: 19<10 | Red: 18<10"),
        Case(f"{FIVE}\nimproving: Green", MIN, "0", "Green: 0<1 2<3 | Red: 2<2 2<1"),
        Case(f"{FIVE}\nimproving: amber", MIN, "0", "Green: 0<1 | Amber: 2<3 | Red: 2<2 2<1"),
    ),
    "bands, better than the target too": (
        Case(FOUR, MAX, "916", "Green+: 1,008 | Green: 1,007 916 871 | Amber: 870 825 | Red: 824 550"),
        Case(FOUR, MAX, "100", "Green+: 110.0 | Green: 109.9 95.0 | Amber: 94.9 90.0 | Red: 89.9"),
        Case(FOUR, MIN, "100", "Green+: 90.0 | Green: 90.1 105.0 | Amber: 105.1 110.0 | Red: 110.1"),
        Case(FOUR, MIN, "3.19", "Green+: 2.87 1.66 | Green: 2.88 3.34 | Amber: 3.35 3.50 | Red: 3.51"),
        Case("bands: {Achieved: +10%, Failed: beyond}", MAX, "100", "Achieved: 110 | Failed: 109 100"),
        Case(FIVE_BANDS, MAX, "100", "Green+: 120 | Achieved: 119 110 | Green: 109 100 | Amber: 99 95 | Red: 94"),
        Case("bands: {Green: -5 points, Amber: -10%, Red: beyond}", MAX, "100%",
             "Green: 95% | Amber: 94% 90% | Red: 89%"),
        Case("bands: {Green: -5, Amber: -10%, Red: beyond}", MAX, "20", "Green: 20 15 | Red: 14"),
        Case("bands: {Green: −5, Red: beyond}", MIN, "100", "Green: 105 | Red: 106"),
    ),
    "one outcome always": (
        Case("always: Narrative only", MAX, "95%", "Narrative only: 0.0% 95.0% 100.0%"),
        Case("always: Narrative only", GOLD, "", "Narrative only: 1 2<1"),
        Case("always: Narrative only\nimproving: Amber", MAX, "20", "Narrative only: 18<17 18<19"),
        Case("always: Data only", MAX, "20", "Data only: 18 20"),
    ),
    "negative targets": (
        Case(FIVE, MAX, "-10", "Green: -10.00 -9.00 5.00 | Amber: -10.01 -10.50 | Red: -10.51"),
        Case(FIVE, MIN, "-10", "Green: -10.00 -11.00 | Amber: -9.99 -9.50 | Red: -9.49 1.00"),
        Case(TEN, GOLD, "-4 - -2", "Green: -4.00 -2.00 | Amber: -4.40 -1.80 | Red: -4.41 -1.79"),
        Case("tolerance: 2", MIN, "-10", "Green: -10 | Amber: -9 -8 | Red: -7"),
        Case(FIVE, MAX, "-5%", "Green: -5.00% | Amber: -5.25% | Red: -5.26%"),
        Case(FOUR, MAX, "-100", "Green+: -90.0 | Green: -90.1 -105.0 | Amber: -105.1 -110.0 | Red: -110.1"),
        Case(FOUR, MIN, "-100", "Green+: -110.0 | Green: -109.9 -95.0 | Amber: -94.9 -90.0 | Red: -89.9"),
    ),
    "not in use yet: another tolerance above than below": (
        Case(SIDES, GOLD, "100", "Green: 100 | Amber: 99 95 101 110 | Red: 94 111"),
        Case(SIDES, GOLD, "40 - 60", "Green: 40.0 60.0 | Amber: 38.0 66.0 | Red: 37.9 66.1"),
        Case(SIDES, MAX, "100", "Green: 100 111 | Amber: 95 | Red: 94"),
        Case(SIDES, MIN, "100", "Green: 100 0 | Amber: 110 | Red: 111"),
        Case(ONE_SIDE, GOLD, "100", "Green: 100 | Amber: 101 110 | Red: 99 111"),
        Case(MIXED_SIDES, GOLD, "50%", "Green: 50% | Amber: 45% 55% | Red: 44% 56%"),
        Case("bands: {Green: {below: -5%, above: -10%}, Red: beyond}", GOLD, "100", "Green: 95 110 | Red: 94 111"),
        Case(f"{SIDES}\npercentages: points", GOLD, "50%", "Green: 50% | Amber: 45% 60% | Red: 44% 61%"),
    ),
}  # fmt: skip
NUMBERED = [
    (rule, case, figure, outcome)
    for rule, cases in CASES.items()
    for case in cases
    for figure, outcome in case.expected
]
TABLE = [
    pytest.param(f"T {number}", case, figure, outcome, id=f"{rule}: {figure} against {case.target or 'nothing'}")
    for number, (rule, case, figure, outcome) in enumerate(NUMBERED)
]

# Rows of the data file: the rule, the target and more settings; the cells value, outcome and reason; the printed
# outcome and the one that the rule proposes.
CELLS = {
    "8 not due": (Case(FIVE, MAX, "95%", "", "frequency: annual"), "", "Nothing due", "Nothing due"),
    "8 not due, termly": (Case(FIVE, MAX, "95%", "", "frequency: termly"), "", "Nothing due", "Nothing due"),
    "8 not due, by its months": (
        Case(FIVE, MAX, "95%", "", "frequency: quarterly\ndue: [July]"), "", "Nothing due", "Nothing due",
    ),
    "8 due": (Case(FIVE, MAX, "95%", "", "frequency: quarterly\ndue: [May]"), "", "No value", "No value"),
    "8 due and there": (Case(FIVE, MAX, "95%", "", "frequency: quarterly\ndue: [May]"), "95%", "Green", "Green"),
    "9 a blank cell": (Case(FIVE, MAX, "95%", ""), "", "No value", "No value"),
    "9 to be confirmed": (Case(FIVE, MAX, "95%", ""), "TBC", "No value", "No value"),
    "9 a dash": (Case(FOUR, MAX, "95%", ""), "-", "No value", "No value"),
    "9 not applicable": (Case(TWO_STATES, MAX, "95%", ""), "N/A", "No value", "No value"),
    "9 absolute lines": (Case(LINES, MAX, "", "", "unit: percent"), "TBC", "No value", "No value"),
    "9 no figure and no target": (Case(FIVE, MAX, "", ""), "TBC", "No value", "No value"),
    "10 overruled": (Case(FIVE, MAX, "95%", ""), "83%|green|At year end", "Green", "Red"),
    "10 overruled for the worse": (Case(FIVE, MAX, "95%", ""), "95%|Red|At year end", "Red", "Green"),
    "10 overruled without a figure": (Case(FIVE, MAX, "95%", ""), "TBC|red|At risk", "Red", "No value"),
    "10 overruled without a target": (Case(FIVE, MAX, "", ""), "83|amber|Judged", "Amber", "Data only"),
    "10 an officer agrees with the rule": (Case(FIVE, MAX, "95%", ""), "83%|red", "Red", "Red"),
    "10 overruled in other words": (Case(TWO_STATES, MAX, "80%", ""), "74%|ACHIEVED|Late", "Achieved", "Failed"),
    "10 an improvement overruled": (Case(IMPROVING, MAX, "95%", ""), "83%|red|At risk<82%", "Red", "Amber"),
    "deferred": (Case(FIVE, MAX, "95%", ""), "|put off|New system", "Put off", "No value"),
    "deferred though there is a figure": (Case(FIVE, MAX, "95%", ""), "95%|Put off|Not sure", "Put off", "Green"),
    "always, without a figure": (Case("always: Amber", MAX, "95%", ""), "TBC", "Amber", "Amber"),
    "always, not due": (Case("always: Amber", MAX, "95%", "", "frequency: annual"), "", "Amber", "Amber"),
    "always, and overruled": (Case("always: Amber", MAX, "95%", ""), "95%|green|Good", "Green", "Amber"),
    "judged": (Case("judged: yes", MAX, "95%", ""), "83%|green", "Green", "Green"),
    "judged without a figure": (Case("judged: yes", MAX, "", ""), "|Failed", "Failed", "Failed"),
    "judged without a target": (Case("judged: yes", MAX, "", ""), "83|red", "Red", "Red"),
    "judged, and deferred": (Case("judged: yes", MAX, "95%", ""), "|put off", "Put off", "Put off"),
    "judged, not due": (Case("judged: yes", MAX, "95%", "", "frequency: annual"), "", "Nothing due", "Nothing due"),
    "not judged": (Case("judged: no", MAX, "95%", ""), "83%", "Red", "Red"),
}  # fmt: skip

# The direction of travel if small changes count as none: the rule, and by direction the figures, last year's after `<`.
STEADY = (
    Case("steady: 2%", MAX, "95%", "better: 51.0%<50.0% | same: 50.9%<50.0% 49.1%<50.0% | worse: 49.0%<50.0%"),
    Case("steady: 2%", MIN, "1,332", "better: 1,470<1,500 | same: 1,471<1,500 1,529<1,500 | worse: 1,530<1,500"),
    Case("steady: 2%", MAX, "5", "same: -1.00<-1.02 1.02<1.01 | better: 0.01<0.00 | worse: -0.01<0.00"),
    Case("steady: 2%", MAX, "5", "not-available: 4"),
    Case("steady: 2 points", MAX, "95%", "better: 52.0%<50.0% | same: 51.9%<50.0% 48.1%<50.0% | worse: 48.0%<50.0%"),
    Case("steady: 2%\npercentages: points", MAX, "95%", "better: 51.0%<50.0% | same: 50.9%<50.0% 50.0%<51.0%"),
    Case("steady: 2", MIN, "10", "better: 8<10 | same: 9<10 10<10 11<10 | worse: 12<10"),
    Case("steady: 2", GOLD, "38 - 48", "better: 50<52 36<52 | same: 51<52 38<48 47<49 | worse: 52<50 52<36"),
    Case("steady: 0", MAX, "95%", "better: 50.1%<50.0% | same: 50.0%<50.0% | worse: 49.9%<50.0%"),
    Case("", MAX, "95%", "better: 50.1%<50.0% | same: 50.0%<50.0% | worse: 49.9%<50.0%"),
)
CHANGES = [(case, figure, direction) for case in STEADY for figure, direction in case.expected]
UNLIFTED = Case(f"{IMPROVING}\nsteady: 2%", MAX, "95%", "Red: 83.1%<83.0% 84.6%<83.0% | Amber: 84.7%<83.0%")


@pytest.fixture(scope="module")
def statuses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, IndicatorStatus]:
    """Return the status of every case of the tables; each figure is an indicator, all in one project."""
    tried = {f"T {number}": (case, figure) for number, (_, case, figure, _) in enumerate(NUMBERED)}
    tried |= {code: (case, cells) for code, (case, cells, *_) in CELLS.items()}
    tried |= {f"S {number}": (case, figure) for number, (case, figure, _) in enumerate(CHANGES)}
    tried |= {f"U {figure}": (UNLIFTED, figure) for figure, _ in UNLIFTED.expected}
    return _assess_cases(tmp_path_factory.mktemp("rules"), OUTCOMES + COUNCIL, tried)


def test_the_tables_cover_every_rule_and_polarity() -> None:
    numbers = {rule.split()[0] for rule in (*CASES, *CELLS) if rule[0].isdecimal()}
    assert numbers == {str(number) for number in range(1, 13)}
    cases = [case for cases in CASES.values() for case in cases]
    assert {case.polarity for case in cases} == {MAX, MIN, GOLD}
    assert all((TABLE, CELLS, CHANGES, PRINTED, LEVELS, MESSAGES))


@pytest.mark.parametrize(("code", "case", "figure", "outcome"), TABLE)
def test_a_figure_has_the_outcome_of_its_rule(
    statuses: dict[str, IndicatorStatus], code: str, case: Case, figure: str, outcome: str
) -> None:
    status = statuses[code]
    assert (status.outcome.word, status.is_overruled) == (outcome, False), (case, figure)


@pytest.mark.parametrize("code", CELLS)
def test_a_row_of_the_data_file_has_its_outcome(statuses: dict[str, IndicatorStatus], code: str) -> None:
    *_, outcome, proposal = CELLS[code]
    status = statuses[code]
    assert (status.outcome.word, status.proposed_outcome.word) == (outcome, proposal)
    assert status.is_overruled is (outcome != proposal)


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_a_small_change_on_last_year_counts_as_none(statuses: dict[str, IndicatorStatus], number: int) -> None:
    assert statuses[f"S {number}"].direction == CHANGES[number][-1], CHANGES[number]


@pytest.mark.parametrize(("figure", "outcome"), list(UNLIFTED.expected))
def test_a_change_that_counts_as_none_does_not_lift_the_outcome(
    statuses: dict[str, IndicatorStatus], figure: str, outcome: str
) -> None:
    status = statuses[f"U {figure}"]
    assert (status.outcome.word, status.is_lifted) == (outcome, outcome == "Amber")


# The rule, the decimals, the figure in the data file, the figure as printed, the outcome.
PRINTED = [
    (FIVE, 1, "94.95%", "95.0", "Green"),
    (FIVE, 1, "94.949%", "94.9", "Amber"),
    (FIVE, 1, "90.25%", "90.3", "Amber"),
    (FIVE, 1, "90.24%", "90.2", "Red"),
    (FIVE, 0, "94.5%", "95", "Green"),
    (FIVE, 0, "90.49%", "90", "Red"),
    (FIVE, 2, "94.995%", "95.00", "Green"),
    (TWO_STATES, 0, "94.5%", "95", "Achieved"),
    (TWO_STATES, 1, "94.949%", "94.9", "Failed"),
    (FOUR, 0, "90.4%", "90", "Amber"),
    (FOUR, 0, "90.5%", "91", "Green"),
    (LINES, 0, "32.5%", "33", "Green"),
    (LINES, 0, "27.5%", "28", "Red"),
    (LINES, 1, "28.05%", "28.1", "Amber"),
    (LINES, 1, "28.04%", "28.0", "Red"),
    (FIVE, 1, "799 of 1,077", "74.2", "Red"),
    (FIVE, 1, "189 of 199", "95.0", "Green"),
]


def test_a_figure_is_rated_as_printed(tmp_path: Path) -> None:
    entries = [
        Case(rating, MAX, "95%", "").build_entry(f"P {number}", f"{0:.{decimals}f}%")
        for number, (rating, decimals, *_) in enumerate(PRINTED)
    ]
    now = {f"P {number}": (value,) for number, (_, _, value, *_) in enumerate(PRINTED)}
    project = _write_project(tmp_path, OUTCOMES + COUNCIL, "".join(entries), now, {})
    statuses = check_period(project, "2018-05").scorecard.statuses
    assert [(str(status.value), status.outcome.word) for status in statuses] == [tuple(row[3:]) for row in PRINTED]


# The nearest setting applies: the aim or group, the indicator's own rating, the figure (the target is 20%, the figure
# of a year before 15%), the outcome and the direction of travel.
NEAREST = f"""{OUTCOMES}rating:
  tolerance: 5%
  improving: Amber
  steady: 20%
  percentages: points
aims:
  - name: Plain
  - name: Wide
    rating:
      tolerance: 10%
  - name: Shares
    rating:
      percentages: share
  - name: Strict
    rating:
      tolerance: 1 point
      improving: Green
  - name: Ends
    rating:
      steady: 1 point
  - name: Judged
    rating:
      judged: yes
  - name: Worded
    rating:
      tolerance: 4 points
      met: Achieved
      missed: Failed
partnership_groups:
  - Quiet
  - name: Lines
    rating:
      lines:
        Green: 30%
        Amber: 10%
        Red: beyond
  - name: Tight
    rating:
      tolerance: 2%
"""
LEVELS = [
    # the council's settings, in points, because there is nothing nearer
    ("aim: Plain", "", "20.0%", "Green", "better"),
    ("aim: Plain", "", "15.0%", "Amber", "same"),
    ("aim: Plain", "", "14.9%", "Red", "same"),
    ("group: Quiet", "", "15.0%", "Amber", "same"),
    ("group: Quiet", "", "14.9%", "Red", "same"),
    # the aim's tolerance, in points and with the council's steady
    ("aim: Wide", "", "10.0%", "Amber", "worse"),
    ("aim: Wide", "", "9.9%", "Red", "worse"),
    # the aim only sets shares: five per cent of 20 is 1
    ("aim: Shares", "", "19.0%", "Amber", "better"),
    ("aim: Shares", "", "18.0%", "Amber", "better"),
    ("aim: Shares", "", "17.9%", "Red", "same"),
    # the aim's own tolerance and lifting
    ("aim: Strict", "", "18.0%", "Green", "better"),
    ("aim: Strict", "", "17.9%", "Red", "same"),
    # the aim only sets the smallest change that counts
    ("aim: Ends", "", "15.9%", "Amber", "same"),
    ("aim: Ends", "", "16.0%", "Amber", "better"),
    ("aim: Ends", "", "14.0%", "Red", "worse"),
    # the group's lines, with the council's `improving`
    ("group: Lines", "", "30.0%", "Green", "better"),
    ("group: Lines", "", "10.0%", "Amber", "worse"),
    ("group: Lines", "", "9.9%", "Red", "worse"),
    ("group: Tight", "", "18.0%", "Amber", "better"),
    ("group: Tight", "", "17.9%", "Red", "same"),
    # the indicator's own, before its aim's, its group's and the council's
    ("aim: Wide", "tolerance: 1%", "19.0%", "Amber", "better"),
    ("aim: Wide", "tolerance: 1%", "17.9%", "Red", "same"),
    ("aim: Wide", "percentages: share", "18.0%", "Amber", "better"),
    ("aim: Wide", "percentages: share\nsteady: 0", "15.1%", "Amber", "better"),
    ("group: Lines", "tolerance: 1%\npercentages: share", "19.8%", "Amber", "better"),
    ("group: Lines", "tolerance: 1%\nimproving: Green", "18.0%", "Green", "better"),
    # the council's `improving` does not apply to a rule that cannot give that outcome
    ("aim: Wide", TWO_STATES, "19.0%", "Failed", "better"),
    ("aim: Wide", f"{TWO_STATES}\nimproving: Achieved", "19.0%", "Achieved", "better"),
    # met, near and missed are looked up one by one: the aim has two of them
    ("aim: Worded", "", "20.0%", "Achieved", "better"),
    ("aim: Worded", "", "16.0%", "Amber", "same"),
    ("aim: Worded", "", "15.9%", "Failed", "same"),
    ("aim: Worded", "tolerance: 3%", "20.0%", "Achieved", "better"),
    ("aim: Worded", "tolerance: 3%", "17.0%", "Amber", "same"),
    ("aim: Worded", "tolerance: 3%", "16.9%", "Failed", "same"),
    ("aim: Worded", "tolerance: 3%\nmissed: Red", "20.0%", "Achieved", "better"),
    ("aim: Worded", "tolerance: 3%\nmissed: Red", "16.9%", "Red", "same"),
    ("aim: Judged", "tolerance: 1%", "19.0%", "Amber", "better"),
]


@pytest.fixture(scope="module")
def levels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, IndicatorStatus]:
    """Return the statuses of the indicators of `LEVELS`."""
    tried = {
        f"L {number}": (Case(rating, MAX, "20%", "", where), f"{figure}<15.0%")
        for number, (where, rating, figure, *_) in enumerate(LEVELS)
    }
    return _assess_cases(tmp_path_factory.mktemp("levels"), NEAREST, tried)


@pytest.mark.parametrize("number", range(len(LEVELS)))
def test_the_nearest_setting_applies(levels: dict[str, IndicatorStatus], number: int) -> None:
    *_, outcome, change = LEVELS[number]
    status = levels[f"L {number}"]
    assert (status.outcome.word, status.direction) == (outcome, change), LEVELS[number]


def test_a_judged_indicator_without_an_officers_outcome_is_not_rated(tmp_path: Path) -> None:
    judged, own = Case("", MAX, "20", "", "aim: Judged"), Case("judged: yes", MAX, "20", "")
    entries = judged.build_entry("A", "20") + own.build_entry("B", "20").replace("measure:", "aim: Plain\n    measure:")
    checked = check_period(_write_project(tmp_path, NEAREST, entries, {"A": ("20",), "B": ("20",)}, {}), "2018-05")
    statuses = checked.scorecard.statuses
    assert [(status.outcome.is_rated, status.is_overruled) for status in statuses] == [(False, False)] * 2
    assert [warning.code for warning in checked.warnings] == ["W505", "W505"]


def test_an_aim_and_a_group_with_the_same_name_have_their_own_rules(tmp_path: Path) -> None:
    settings = (
        f"{COUNCIL}aims:\n  - name: Safe\n    rating: {{tolerance: 10%}}\n"
        "partnership_groups:\n  - name: Safe\n    rating: {tolerance: 15%}\n"
    )
    aim, group = (Case("", MAX, "100", "", f"{where}: Safe") for where in ("aim", "group"))
    tried = {"A": (aim, "90"), "B": (aim, "89"), "C": (group, "85"), "D": (group, "84")}
    statuses = _assess_cases(tmp_path, settings, tried)
    assert [statuses[code].outcome.word for code in "ABCD"] == ["Amber", "Red", "Amber", "Red"]


FORECAST = """\
outcomes:
  - {name: Red, sentence: At risk, colour: "#d4351c", shape: cross, off_track: yes}
  - {name: Amber, sentence: Slipping, colour: "#b45309", shape: warning, off_track: yes}
  - {name: Green, sentence: On course, colour: "#00703c", shape: tick}
  - {name: Off forecast, sentence: Far from the forecast, colour: "#801650", shape: square}
  - {name: As forecast, sentence: Near the forecast, colour: "#12436d", shape: diamond}
rating: {tolerance: 5%}
partnership_groups:
  - Local Economy
  - name: Contextual
    rating: {bands: {As forecast: -10%, Off forecast: beyond}}
"""
CONTEXTUAL = (
    Case("", GOLD, "420", "As forecast: 420 378 462 | Off forecast: 377 463", "group: Contextual"),
    Case("", MAX, "420", "As forecast: 420 378 463 | Off forecast: 377", "group: Contextual"),
    Case(FIVE, GOLD, "420", "Green: 420 | Amber: 399 441 | Red: 398 442", "group: Contextual"),
    Case("", GOLD, "420", "Green: 420 | Amber: 399 441 | Red: 398 442", "group: Local Economy"),
)


def test_a_group_may_have_outcomes_of_its_own_for_a_forecast(tmp_path: Path) -> None:
    cases = [(case, *figure_and_outcome) for case in CONTEXTUAL for figure_and_outcome in case.expected]
    tried = {f"F {number}": (case, figure) for number, (case, figure, _) in enumerate(cases)}
    statuses = _assess_cases(tmp_path, FORECAST, tried)
    assert [statuses[code].outcome.word for code in tried] == [outcome for *_, outcome in cases]


@pytest.mark.parametrize("rating", ["always: Green", "judged: yes"])
def test_an_indicator_without_a_rule_needs_no_measure_polarity_or_decimals(tmp_path: Path, rating: str) -> None:
    entry = f"  - {{code: T, name: T, alias: T, rating: {{{rating}}}}}\n"
    project = _write_project(tmp_path, COUNCIL, entry, {"T": ("12", "green")}, {"T": ("11",)})
    [status] = check_period(project, "2018-05").scorecard.statuses
    assert (status.outcome.word, status.is_overruled, status.direction) == ("Green", False, "not-available")


PLAIN, DOWN, INSIDE = Case("", MAX, "20", ""), Case("", MIN, "20", ""), Case("", GOLD, "38 - 48", "")
NOT_LISTED = "is not in the list of outcomes"
WRONG_WAY = "error E131 the lines must run from the best figure to the worst"
NO_FURTHER = "error E128 each of the 'bands' must reach further from the target than the one before"


def _rate(rating: str, kind: Case = PLAIN) -> Case:
    return replace(kind, rating=rating)


def _add_outcome(mark: str, name: str = "Extra") -> str:
    """Return settings with one more outcome, given its colour, its shape and its other settings."""
    colour, shape, *role = mark.split(maxsplit=2)
    extra = f'{{name: {name}, sentence: More, colour: "{colour}", shape: {shape}{"".join(role)}}}'
    others = [line for line in OUTCOMES.splitlines() if "Achieved" not in line and "Failed" not in line]
    return "\n".join([*others, f"  - {extra}", COUNCIL])


def _set_own_outcomes(rating: str) -> str:
    """Return settings with two outcomes, both the council's own, and the council's rating."""
    lines = [
        line for line in OUTCOMES.splitlines() if any(word in line for word in ("outcomes:", "Achieved", "Failed"))
    ]
    return "\n".join([*lines, rating, ""])


# Contradictions: the settings before the indicators, an indicator, and a part of the message.
MESSAGES = {
    "bands that are upside down": (
        COUNCIL, _rate("bands: {Red: 0%, Green: beyond}"), "error E131 the rule gives the worst outcome to the best",
    ),
    "a colour too pale": (
        _add_outcome("#FFC000 square"), PLAIN,
        "E129 colour #ffc000 of 'Extra' has a contrast of 1.64 on white; text needs at least 4.5",
    ),
    "a green too pale": (
        _add_outcome("#00B050 square"), PLAIN, "error E129 colour #00b050 of 'Extra' has a contrast of 2.87 on white",
    ),
    "a colour just too pale": (
        _add_outcome("#777777 square"), PLAIN, "error E129 colour #777777 of 'Extra' has a contrast of 4.48 on white",
    ),
    "not a colour": (
        _add_outcome("green square"), PLAIN,
        "error E123 'colour' must be a colour such as \"#00703c\", in double quotes, not 'green'",
    ),
    "a shape twice": (
        _add_outcome("#12436d tick"), PLAIN,
        "error E129 'Extra' and 'Green' have the same shape, 'tick'; give each its own shape",
    ),
    "not a shape": (
        _add_outcome("#12436d tickk"), PLAIN, "'clock' or 'pause', not 'tickk'; did you mean 'tick'?",
    ),
    "a shape of a default outcome": (
        _add_outcome("#12436d ring"), PLAIN,
        "error E129 'Extra' and 'Data only' have the same shape, 'ring'; give each its own shape",
    ),
    "a name of a default outcome": (
        _add_outcome("#12436d square", "No value"), PLAIN,
        "error E129 'No value' is already the name of an outcome; give it another name, or the role",
    ),
    "a role twice": (
        _add_outcome("#12436d square , role: not due"), PLAIN,
        "error E129 'Extra' and 'Nothing due' have the same role, 'not due'; give each its own role",
    ),
    "an outcome twice": (
        _add_outcome("#12436d square", "green"), PLAIN,
        "error E125 outcome 'green' is listed twice: here and on line 6",
    ),
    "an unknown word": (
        COUNCIL, _rate("always: Greeen"), f"error E126 outcome 'Greeen' {NOT_LISTED}; did you mean 'Green'?",
    ),
    "an unknown word in bands": (
        COUNCIL, _rate("bands: {Super: +10%, Green: 0%, Red: beyond}"),
        f"error E126 outcome 'Super' {NOT_LISTED}; choose from Red, Amber, Green",
    ),
    "an unknown word in lines": (
        COUNCIL, _rate("lines: {Gren: 20, Red: beyond}"), f"error E126 outcome 'Gren' {NOT_LISTED}",
    ),
    "an unknown word beside a tolerance": (
        COUNCIL, _rate(f"{FIVE}\nnear: Yellow"), f"error E126 outcome 'Yellow' {NOT_LISTED}",
    ),
    "an outcome for what is not rated": (
        COUNCIL, _rate(f"{FIVE}\nmissed: Not due"), f"error E126 outcome 'Not due' {NOT_LISTED}",
    ),
    "unknown words of two states": (COUNCIL, _rate(TWO_STATES), f"error E126 outcome 'Achieved' {NOT_LISTED}"),
    "an unknown word for improving": (
        COUNCIL, _rate(f"{FIVE}\nimproving: Orange"), f"error E126 outcome 'Orange' {NOT_LISTED}",
    ),
    "an unknown word for the council": (
        "rating: {met: Fine, missed: Red}\n", PLAIN, f"indicators.yaml:3:10: error E126 outcome 'Fine' {NOT_LISTED}",
    ),
    "an unknown word for an aim": (
        f"{COUNCIL}aims:\n  - name: Safe\n    rating: {{always: Purple}}\n", replace(PLAIN, more="aim: Safe"),
        f"error E126 outcome 'Purple' {NOT_LISTED}",
    ),
    "an unknown word for a group": (
        f"{COUNCIL}partnership_groups:\n  - name: Us\n    rating: {{always: Purple}}\n",
        replace(PLAIN, more="group: Us"), f"error E126 outcome 'Purple' {NOT_LISTED}",
    ),
    "bands that do not reach further": (COUNCIL, _rate("bands: {Green: -5%, Amber: -5%, Red: beyond}"), NO_FURTHER),
    "bands from worst to best": (COUNCIL, _rate("bands: {Amber: -10%, Green: -5%, Red: beyond}"), NO_FURTHER),
    "bands that turn back above the target": (
        COUNCIL, _rate("bands: {Green: {below: -5%, above: -5%}, Amber: {below: -9%, above: -4%}, Red: beyond}"),
        NO_FURTHER,
    ),
    "bands without an end": (
        COUNCIL, _rate("bands: {Green: -5%, Red: -10%}"),
        "error E128 the last of the 'bands', and only the last, must be 'beyond'",
    ),
    "bands that end too early": (
        COUNCIL, _rate("bands: {Green: -5%, Amber: beyond, Red: beyond}"),
        "E128 the last of the 'bands', and only the last, must be 'beyond'",
    ),
    "one band": (COUNCIL, _rate("bands: {Green: beyond}"), "error E123"),
    "a band that is not a distance": (
        COUNCIL, _rate("bands: {Green: far, Red: beyond}"),
        "error E123 'Green' must be a distance such as 5%, 5 points or 5, not 'far'",
    ),
    "lines without an end": (
        COUNCIL, _rate("lines: {Green: 20, Red: 10}"),
        "E128 the last of the 'lines', and only the last, must be 'beyond'",
    ),
    "lines that rise where high is good": (COUNCIL, _rate("lines: {Green: 10, Amber: 20, Red: beyond}"), WRONG_WAY),
    "lines that fall where low is good": (
        COUNCIL, _rate("lines: {Green: 20, Amber: 10, Red: beyond}", DOWN), WRONG_WAY,
    ),
    "two lines at one figure": (COUNCIL, _rate("lines: {Green: 20, Amber: 20, Red: beyond}"), WRONG_WAY),
    "two lines at one figure where low is good": (
        COUNCIL, _rate("lines: {Green: 20, Amber: 20, Red: beyond}", DOWN), WRONG_WAY,
    ),
    "ranges next to each other": (
        COUNCIL, _rate("lines: {Green: 38 - 48, Amber: 40 - 50, Red: beyond}", INSIDE), WRONG_WAY,
    ),
    "ranges that are the same": (
        COUNCIL, _rate("lines: {Green: 38 - 48, Amber: 38 - 48, Red: beyond}", INSIDE), WRONG_WAY,
    ),
    "lines of a range that are not ranges": (
        COUNCIL, _rate("lines: {Green: 38, Red: beyond}", INSIDE),
        "error E131 the lines of a goldilocks figure must be ranges, such as 38 - 48",
    ),
    "the council's lines, where low is good": (
        "rating: {lines: {Green: 20, Amber: 10, Red: beyond}}\n", DOWN, WRONG_WAY,
    ),
    "better than a range": (
        COUNCIL, _rate("bands: {Green: +5%, Red: beyond}", INSIDE),
        "error E131 a goldilocks figure cannot be better than its target, so no band may begin with +",
    ),
    "the council's bands, better than a range": (
        "rating: {bands: {Green: +5%, Red: beyond}}\n", INSIDE,
        "error E131 a goldilocks figure cannot be better than its target, so no band may begin with +",
    ),
    "improving to an outcome that the rule cannot give": (
        OUTCOMES + COUNCIL, _rate(f"{TWO_STATES}\nimproving: Amber"),
        "error E131 'improving: Amber' is not one of the rule's outcomes",
    ),
    "a tolerance and bands": (
        COUNCIL, _rate(f"{FIVE}\nbands: {{Green: -5%, Red: beyond}}"),
        "error E128 'tolerance' and 'bands' cannot be used together; keep one of them",
    ),
    "lines and always": (
        COUNCIL, _rate("lines: {Green: 20, Red: beyond}\nalways: Green"),
        "error E128 'lines' and 'always' cannot be used together; keep one of them",
    ),
    "met and judged": (
        COUNCIL, _rate("met: Green\njudged: yes"),
        "error E128 'met' and 'judged' cannot be used together; keep one of them",
    ),
    "near without a tolerance": (COUNCIL, _rate("met: Green\nnear: Amber"), "error E128 'near' needs a 'tolerance'"),
    "a negative tolerance": (
        COUNCIL, _rate("tolerance: -5%"),
        "error E123 'tolerance' must be a distance of 0 or more, such as 5%, not '-5%'",
    ),
    "a negative change": (
        COUNCIL, _rate(f"{FIVE}\nsteady: -2%"),
        "error E123 'steady' must be a distance of 0 or more, such as 2%, not '-2%'",
    ),
    "missed and bands": (
        COUNCIL, _rate("missed: Red\nbands: {Green: -5%, Red: beyond}"),
        "error E128 'missed' and 'bands' cannot be used together; keep one of them",
    ),
    "ranges where high is good": (
        COUNCIL, _rate("lines: {Green: 38 - 48, Red: beyond}"),
        "error E131 the lines of a figure to maximise or minimise must be single figures, such as 33",
    ),
    "a default outcome that is not listed": (
        _set_own_outcomes("rating: {met: Achieved, missed: Failed}"), _rate(FIVE),
        "error E131 the rule uses 'Amber', which is not in the list of outcomes; set met, near and missed too",
    ),
    "default outcomes that are not listed": (
        _set_own_outcomes("rating: {bands: {Achieved: 0%, Failed: beyond}}"), _rate("tolerance: 0"),
        "error E131 the rule uses 'Green', which is not in the list of outcomes; set met, near and missed too",
    ),
    "a tolerance on one side only": (
        COUNCIL, _rate("tolerance: {below: 5%}"), "or both 'below' and 'above' with a distance each, not a group",
    ),
    "neither points nor shares": (
        COUNCIL, _rate(f"{FIVE}\npercentages: point"), "E123 'percentages' must be 'points' or 'share', not 'point'",
    ),
    "settings that cannot be read, without the problems that follow from it": (
        OUTCOMES + "rating: {tolerance: a little}\n", replace(_rate(TWO_STATES), figures="20|achieved|Judged"),
        "error E123 'tolerance' must be a distance such as 5%, 5 points or 5, not 'a little'",
    ),
    "a council without any way of rating": ("rating: {steady: 2%}\n", PLAIN, "error E128"),
    "a word that officers cannot use": (
        COUNCIL, replace(PLAIN, figures="20|data only|Judged"), "error E210 'data only' is not an outcome",
    ),
    "an unknown word in the data file": (
        COUNCIL, replace(PLAIN, figures="20|Gren|Judged"), "error E210 'Gren' is not an outcome; did you mean 'green'?",
    ),
}  # fmt: skip


@pytest.mark.parametrize("contradiction", MESSAGES)
def test_a_contradiction_is_reported_by_its_only_message(tmp_path: Path, contradiction: str) -> None:
    settings, case, message = MESSAGES[contradiction]
    row = tuple(case.figures.split("|")) if case.figures else ("20",)
    project = _write_project(tmp_path, settings, case.build_entry("T", "20"), {"T": row}, {})
    with pytest.raises(InputError) as error:
        check_period(project, "2018-05")
    errors = [problem for problem in error.value.problems if problem.severity is Severity.ERROR]
    assert any(message in str(problem) for problem in errors), errors
    assert len({problem.code for problem in errors}) == 1
