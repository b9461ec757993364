"""Every way of rating that councils use, said in `indicators.yaml` and held against figures at its thresholds.

A table test: each rule in the words that an officer writes, and for each outcome the figures that just earn it. All
goes through the real files, so that a rule that cannot be said cannot pass.
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
    """A rule, and what figures come to: `Green: 95% 100% | Red: 94%`; after `<` stands the figure of a year before."""

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

    def entry(self, code: str, figure: str) -> str:
        """Write an indicator into `indicators.yaml`; it has as many decimals as the figure that it is tried with."""
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


Rows = Mapping[str, tuple[str, ...]]  # by code: value, outcome and reason, as far as they are written


def _project(root: Path, settings: str, entries: str, now: Rows, before: Rows) -> Project:
    (root / "data").mkdir()
    (root / "indicators.yaml").write_text(f"{REPORT}{settings}indicators:\n{entries}", encoding="utf-8")
    for month, rows in (("2018-05", now), ("2017-05", before)):
        with (root / "data" / f"{month}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("code", "value", "outcome", "reason"))
            writer.writerows((code, *cells) for code, cells in rows.items())
    (root / "data" / "2018-05.yaml").write_text("version: '1'\ngenerated: 2018-06-21 11:59\n", encoding="utf-8")
    return Project(root)


def _standings(root: Path, settings: str, tried: Mapping[str, tuple[Case, str]]) -> dict[str, IndicatorStatus]:
    """Write indicators, each with a figure, into one project; return where each stands, by code."""
    entries = "".join(case.entry(code, figure) for code, (case, figure) in tried.items())
    now = {code: tuple(figure.partition("<")[0].split("|")) for code, (_, figure) in tried.items()}
    before = {code: (figure.partition("<")[2],) for code, (_, figure) in tried.items() if "<" in figure}
    found = check_period(_project(root, settings, entries, now, before), "2018-05").scorecard.statuses
    return {each.indicator.code: each for each in found}


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

# The rules of the domain by their number there, then those that this council and others have beyond them.
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
NUMBERED = [(rule, case, *each) for rule, cases in CASES.items() for case in cases for each in case.expected]
TABLE = [
    pytest.param(f"T {number}", case, figure, outcome, id=f"{rule}: {figure} against {case.target or 'nothing'}")
    for number, (rule, case, figure, outcome) in enumerate(NUMBERED)
]

# What a row of the data file comes to beside its figure: the rule, the target and more settings; the cells value,
# outcome and reason; the outcome, and the rule's alone.
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

# The change on last year where a small one counts as none: the rule, and by change the figures, last year's after `<`.
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
CHANGES = [(case, *each) for case in STEADY for each in case.expected]
UNLIFTED = Case(f"{IMPROVING}\nsteady: 2%", MAX, "95%", "Red: 83.1%<83.0% 84.6%<83.0% | Amber: 84.7%<83.0%")


@pytest.fixture(scope="module")
def standings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, IndicatorStatus]:
    """Return where every case of the tables stands: each figure is an indicator of its own, all in one project."""
    tried = {f"T {number}": (case, figure) for number, (_, case, figure, _) in enumerate(NUMBERED)}
    tried |= {code: (case, cells) for code, (case, cells, *_) in CELLS.items()}
    tried |= {f"S {number}": (case, figure) for number, (case, figure, _) in enumerate(CHANGES)}
    tried |= {f"U {figure}": (UNLIFTED, figure) for figure, _ in UNLIFTED.expected}
    return _standings(tmp_path_factory.mktemp("rules"), OUTCOMES + COUNCIL, tried)


def test_there_are_enough_cases() -> None:
    numbers = {rule.split()[0] for rule in (*CASES, *CELLS) if rule[0].isdecimal()}
    assert numbers == {str(number) for number in range(1, 13)}
    cases = [case for cases in CASES.values() for case in cases]
    assert {case.polarity for case in cases} == {MAX, MIN, GOLD}
    assert [len(each) for each in (CASES, cases, TABLE)] == [13, 102, 450]
    assert [len(each) for each in (CELLS, CHANGES, PRINTED, LEVELS, MESSAGES)] == [29, 38, 17, 37, 56]


@pytest.mark.parametrize(("code", "case", "figure", "outcome"), TABLE)
def test_a_figure_comes_to_its_outcome(
    standings: dict[str, IndicatorStatus], code: str, case: Case, figure: str, outcome: str
) -> None:
    found = standings[code]
    assert (found.outcome.word, found.is_overruled) == (outcome, False), (case, figure)


@pytest.mark.parametrize("code", CELLS)
def test_a_row_comes_to_its_outcome(standings: dict[str, IndicatorStatus], code: str) -> None:
    *_, outcome, proposal = CELLS[code]
    found = standings[code]
    assert (found.outcome.word, found.proposed_outcome.word) == (outcome, proposal)
    assert found.is_overruled is (outcome != proposal)


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_a_small_change_on_last_year_counts_as_none(standings: dict[str, IndicatorStatus], number: int) -> None:
    assert standings[f"S {number}"].direction == CHANGES[number][-1], CHANGES[number]


@pytest.mark.parametrize(("figure", "outcome"), list(UNLIFTED.expected))
def test_a_change_that_counts_as_none_lifts_nothing(
    standings: dict[str, IndicatorStatus], figure: str, outcome: str
) -> None:
    found = standings[f"U {figure}"]
    assert (found.outcome.word, found.is_lifted) == (outcome, outcome == "Amber")


# A figure is rated as it is printed: the rule, the decimals, the figure in the data file and as printed, the outcome.
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
        Case(rating, MAX, "95%", "").entry(f"P {number}", f"{0:.{decimals}f}%")
        for number, (rating, decimals, *_) in enumerate(PRINTED)
    ]
    now = {f"P {number}": (value,) for number, (_, _, value, *_) in enumerate(PRINTED)}
    found = check_period(
        _project(tmp_path, OUTCOMES + COUNCIL, "".join(entries), now, {}), "2018-05"
    ).scorecard.statuses
    assert [(str(each.value), each.outcome.word) for each in found] == [tuple(row[3:]) for row in PRINTED]


# Where a rule stands, and which wins: the aim or group, the indicator's own rating, the figure against 20% (15% a year
# before), the outcome and the change.
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
  - name: Told
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
    # the council's, in points, since nothing nearer says anything
    ("aim: Plain", "", "20.0%", "Green", "better"),
    ("aim: Plain", "", "15.0%", "Amber", "same"),
    ("aim: Plain", "", "14.9%", "Red", "same"),
    ("group: Quiet", "", "15.0%", "Amber", "same"),
    ("group: Quiet", "", "14.9%", "Red", "same"),
    # the aim's tolerance, in points and with the council's steady
    ("aim: Wide", "", "10.0%", "Amber", "worse"),
    ("aim: Wide", "", "9.9%", "Red", "worse"),
    # the aim says only that shares are meant: of 20, five per cent is 1
    ("aim: Shares", "", "19.0%", "Amber", "better"),
    ("aim: Shares", "", "18.0%", "Amber", "better"),
    ("aim: Shares", "", "17.9%", "Red", "same"),
    # the aim's own tolerance and lifting
    ("aim: Strict", "", "18.0%", "Green", "better"),
    ("aim: Strict", "", "17.9%", "Red", "same"),
    # the aim says only from where a change counts
    ("aim: Ends", "", "15.9%", "Amber", "same"),
    ("aim: Ends", "", "16.0%", "Amber", "better"),
    ("aim: Ends", "", "14.0%", "Red", "worse"),
    # the group's lines, lifted as the council says
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
    # what the council lifts to is nothing to a rule of one's own that cannot give it
    ("aim: Wide", TWO_STATES, "19.0%", "Failed", "better"),
    ("aim: Wide", f"{TWO_STATES}\nimproving: Achieved", "19.0%", "Achieved", "better"),
    # the words, one by one: the aim has two of them
    ("aim: Worded", "", "20.0%", "Achieved", "better"),
    ("aim: Worded", "", "16.0%", "Amber", "same"),
    ("aim: Worded", "", "15.9%", "Failed", "same"),
    ("aim: Worded", "tolerance: 3%", "20.0%", "Achieved", "better"),
    ("aim: Worded", "tolerance: 3%", "17.0%", "Amber", "same"),
    ("aim: Worded", "tolerance: 3%", "16.9%", "Failed", "same"),
    ("aim: Worded", "tolerance: 3%\nmissed: Red", "20.0%", "Achieved", "better"),
    ("aim: Worded", "tolerance: 3%\nmissed: Red", "16.9%", "Red", "same"),
    ("aim: Told", "tolerance: 1%", "19.0%", "Amber", "better"),
]


@pytest.fixture(scope="module")
def levels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, IndicatorStatus]:
    """Return where the indicators of `LEVELS` stand."""
    tried = {
        f"L {number}": (Case(rating, MAX, "20%", "", where), f"{figure}<15.0%")
        for number, (where, rating, figure, *_) in enumerate(LEVELS)
    }
    return _standings(tmp_path_factory.mktemp("levels"), NEAREST, tried)


@pytest.mark.parametrize("number", range(len(LEVELS)))
def test_what_is_said_nearest_wins(levels: dict[str, IndicatorStatus], number: int) -> None:
    *_, outcome, change = LEVELS[number]
    found = levels[f"L {number}"]
    assert (found.outcome.word, found.direction) == (outcome, change), LEVELS[number]


def test_where_officers_are_to_judge_and_nobody_has_nothing_is_rated(tmp_path: Path) -> None:
    told, own = Case("", MAX, "20", "", "aim: Told"), Case("judged: yes", MAX, "20", "")
    entries = told.entry("A", "20") + own.entry("B", "20").replace("measure:", "aim: Plain\n    measure:")
    found = check_period(_project(tmp_path, NEAREST, entries, {"A": ("20",), "B": ("20",)}, {}), "2018-05")
    assert [(each.outcome.is_rated, each.is_overruled) for each in found.scorecard.statuses] == [(False, False)] * 2
    assert [each.code for each in found.warnings] == ["W505", "W505"]


def test_an_aim_and_a_group_of_one_name_keep_their_own_rules(tmp_path: Path) -> None:
    settings = (
        f"{COUNCIL}aims:\n  - name: Safe\n    rating: {{tolerance: 10%}}\n"
        "partnership_groups:\n  - name: Safe\n    rating: {tolerance: 15%}\n"
    )
    aim, group = (Case("", MAX, "100", "", f"{where}: Safe") for where in ("aim", "group"))
    tried = {"A": (aim, "90"), "B": (aim, "89"), "C": (group, "85"), "D": (group, "84")}
    found = _standings(tmp_path, settings, tried)
    assert [found[code].outcome.word for code in "ABCD"] == ["Amber", "Red", "Amber", "Red"]


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


def test_an_outcome_of_one_group_only_that_is_held_against_a_forecast(tmp_path: Path) -> None:
    """No council uses it yet; it takes no more than settings."""
    cases = [(case, *each) for case in CONTEXTUAL for each in case.expected]
    tried = {f"F {number}": (case, figure) for number, (case, figure, _) in enumerate(cases)}
    found = _standings(tmp_path, FORECAST, tried)
    assert len(cases) == 19
    assert [found[code].outcome.word for code in tried] == [outcome for *_, outcome in cases]


@pytest.mark.parametrize("rating", ["always: Green", "judged: yes"])
def test_where_nothing_is_reckoned_nothing_has_to_be_said_of_the_figure(tmp_path: Path, rating: str) -> None:
    entry = f"  - {{code: T, name: T, alias: T, rating: {{{rating}}}}}\n"
    found = check_period(
        _project(tmp_path, COUNCIL, entry, {"T": ("12", "green")}, {"T": ("11",)}), "2018-05"
    ).scorecard
    assert [(each.outcome.word, each.is_overruled, each.direction) for each in found.statuses] == [
        ("Green", False, "not-available"),
    ]  # fmt: skip


PLAIN, DOWN, INSIDE = Case("", MAX, "20", ""), Case("", MIN, "20", ""), Case("", GOLD, "38 - 48", "")
NOT_LISTED = "is not in the list of outcomes"
WRONG_WAY = "error E131 the lines must run from the best figure to the worst"
NO_FURTHER = "error E128 each of the 'bands' must reach further from the target than the one before"


def _rated(rating: str, kind: Case = PLAIN) -> Case:
    return replace(kind, rating=rating)


def _more(shown: str, name: str = "Extra") -> str:
    """Return a vocabulary with one outcome more, by its colour, its shape and what else is said of it."""
    colour, shape, *role = shown.split(maxsplit=2)
    said = f'{{name: {name}, sentence: More, colour: "{colour}", shape: {shape}{"".join(role)}}}'
    others = [line for line in OUTCOMES.splitlines() if "Achieved" not in line and "Failed" not in line]
    return "\n".join([*others, f"  - {said}", COUNCIL])


def _own_words(rating: str) -> str:
    """Return a vocabulary of two outcomes, neither of which is shipped, and the council's rating."""
    kept = [line for line in OUTCOMES.splitlines() if any(word in line for word in ("outcomes:", "Achieved", "Failed"))]
    return "\n".join([*kept, rating, ""])


# What cannot be meant: the settings before the indicators, an indicator, and a part of what is said of it.
MESSAGES = {
    "bands that are upside down": (
        COUNCIL, _rated("bands: {Red: 0%, Green: beyond}"), "error E131 the rule gives the worst outcome to the best",
    ),
    "a colour too pale": (
        _more("#FFC000 square"), PLAIN,
        "indicators.yaml:11:35: error E129 colour #ffc000 of 'Extra' has a contrast of 1.64 on white; text needs at least 4.5",
    ),
    "a green too pale": (
        _more("#00B050 square"), PLAIN, "error E129 colour #00b050 of 'Extra' has a contrast of 2.87 on white",
    ),
    "a colour just too pale": (
        _more("#777777 square"), PLAIN, "error E129 colour #777777 of 'Extra' has a contrast of 4.48 on white",
    ),
    "not a colour": (
        _more("green square"), PLAIN,
        "error E123 'colour' must be a colour such as \"#00703c\", in double quotes, not 'green'",
    ),
    "a shape twice": (
        _more("#12436d tick"), PLAIN, "error E129 'Extra' and 'Green' have the same shape, 'tick'; give each its own shape",
    ),
    "not a shape": (
        _more("#12436d tickk"), PLAIN, "'clock' or 'pause', not 'tickk'; did you mean 'tick'?",
    ),
    "a shape that a shipped outcome has": (
        _more("#12436d ring"), PLAIN,
        "error E129 'Extra' and 'Data only' have the same shape, 'ring'; give each its own shape",
    ),
    "a name that a shipped outcome has": (
        _more("#12436d square", "No value"), PLAIN,
        "error E129 'No value' is already the name of an outcome; give it another name, or the role",
    ),
    "a role twice": (
        _more("#12436d square , role: not due"), PLAIN,
        "error E129 'Extra' and 'Nothing due' have the same role, 'not due'; give each its own role",
    ),
    "an outcome twice": (
        _more("#12436d square", "green"), PLAIN,
        "error E125 outcome 'green' is listed twice: here and on line 6",
    ),
    "an unknown word": (
        COUNCIL, _rated("always: Greeen"), f"error E126 outcome 'Greeen' {NOT_LISTED}; did you mean 'Green'?",
    ),
    "an unknown word in bands": (
        COUNCIL, _rated("bands: {Super: +10%, Green: 0%, Red: beyond}"),
        f"error E126 outcome 'Super' {NOT_LISTED}; known are Red, Amber, Green",
    ),
    "an unknown word in lines": (
        COUNCIL, _rated("lines: {Gren: 20, Red: beyond}"), f"error E126 outcome 'Gren' {NOT_LISTED}",
    ),
    "an unknown word beside a tolerance": (
        COUNCIL, _rated(f"{FIVE}\nnear: Yellow"), f"error E126 outcome 'Yellow' {NOT_LISTED}",
    ),
    "a word for what is not rated": (
        COUNCIL, _rated(f"{FIVE}\nmissed: Not due"), f"error E126 outcome 'Not due' {NOT_LISTED}",
    ),
    "unknown words of two states": (COUNCIL, _rated(TWO_STATES), f"error E126 outcome 'Achieved' {NOT_LISTED}"),
    "an unknown word to be lifted to": (
        COUNCIL, _rated(f"{FIVE}\nimproving: Orange"), f"error E126 outcome 'Orange' {NOT_LISTED}",
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
    "bands that reach no further": (COUNCIL, _rated("bands: {Green: -5%, Amber: -5%, Red: beyond}"), NO_FURTHER),
    "bands from worst to best": (COUNCIL, _rated("bands: {Amber: -10%, Green: -5%, Red: beyond}"), NO_FURTHER),
    "bands that turn back above the target": (
        COUNCIL, _rated("bands: {Green: {below: -5%, above: -5%}, Amber: {below: -9%, above: -4%}, Red: beyond}"),
        NO_FURTHER,
    ),
    "bands without an end": (
        COUNCIL, _rated("bands: {Green: -5%, Red: -10%}"),
        "error E128 the last of the 'bands', and only the last, must be 'beyond'",
    ),
    "bands that end too early": (
        COUNCIL, _rated("bands: {Green: -5%, Amber: beyond, Red: beyond}"),
        "E128 the last of the 'bands', and only the last, must be 'beyond'",
    ),
    "one band": (COUNCIL, _rated("bands: {Green: beyond}"), "error E123"),
    "a band that is no distance": (
        COUNCIL, _rated("bands: {Green: far, Red: beyond}"),
        "error E123 'Green' must be a distance such as 5%, 5 points or 5, not 'far'",
    ),
    "lines without an end": (
        COUNCIL, _rated("lines: {Green: 20, Red: 10}"), "E128 the last of the 'lines', and only the last, must be 'beyond'",
    ),
    "lines that rise where high is good": (COUNCIL, _rated("lines: {Green: 10, Amber: 20, Red: beyond}"), WRONG_WAY),
    "lines that fall where low is good": (
        COUNCIL, _rated("lines: {Green: 20, Amber: 10, Red: beyond}", DOWN), WRONG_WAY,
    ),
    "two lines at one figure": (COUNCIL, _rated("lines: {Green: 20, Amber: 20, Red: beyond}"), WRONG_WAY),
    "two lines at one figure where low is good": (
        COUNCIL, _rated("lines: {Green: 20, Amber: 20, Red: beyond}", DOWN), WRONG_WAY,
    ),
    "ranges that lie beside each other": (
        COUNCIL, _rated("lines: {Green: 38 - 48, Amber: 40 - 50, Red: beyond}", INSIDE), WRONG_WAY,
    ),
    "ranges that are the same": (
        COUNCIL, _rated("lines: {Green: 38 - 48, Amber: 38 - 48, Red: beyond}", INSIDE), WRONG_WAY,
    ),
    "lines of a range that are no ranges": (
        COUNCIL, _rated("lines: {Green: 38, Red: beyond}", INSIDE),
        "error E131 the lines of a goldilocks figure must be ranges, such as 38 - 48",
    ),
    "the council's lines, where low is good": (
        "rating: {lines: {Green: 20, Amber: 10, Red: beyond}}\n", DOWN, WRONG_WAY,
    ),
    "better than a range": (
        COUNCIL, _rated("bands: {Green: +5%, Red: beyond}", INSIDE),
        "error E131 a goldilocks figure cannot be better than its target, so no band may begin with +",
    ),
    "the council's bands, better than a range": (
        "rating: {bands: {Green: +5%, Red: beyond}}\n", INSIDE,
        "error E131 a goldilocks figure cannot be better than its target, so no band may begin with +",
    ),
    "lifted to what the rule cannot give": (
        OUTCOMES + COUNCIL, _rated(f"{TWO_STATES}\nimproving: Amber"),
        "error E131 'improving: Amber' is not one of the rule's outcomes",
    ),
    "a tolerance and bands": (
        COUNCIL, _rated(f"{FIVE}\nbands: {{Green: -5%, Red: beyond}}"),
        "error E128 'tolerance' and 'bands' cannot be used together; keep one of them",
    ),
    "lines and always": (
        COUNCIL, _rated("lines: {Green: 20, Red: beyond}\nalways: Green"),
        "error E128 'lines' and 'always' cannot be used together; keep one of them",
    ),
    "met and judged": (
        COUNCIL, _rated("met: Green\njudged: yes"),
        "error E128 'met' and 'judged' cannot be used together; keep one of them",
    ),
    "near without a tolerance": (COUNCIL, _rated("met: Green\nnear: Amber"), "error E128 'near' needs a 'tolerance'"),
    "a tolerance below nothing": (
        COUNCIL, _rated("tolerance: -5%"), "error E123 'tolerance' must be a distance of 0 or more, such as 5%, not '-5%'",
    ),
    "a change below nothing": (
        COUNCIL, _rated(f"{FIVE}\nsteady: -2%"),
        "error E123 'steady' must be a distance of 0 or more, such as 2%, not '-2%'",
    ),
    "missed and bands": (
        COUNCIL, _rated("missed: Red\nbands: {Green: -5%, Red: beyond}"),
        "error E128 'missed' and 'bands' cannot be used together; keep one of them",
    ),
    "ranges where high is good": (
        COUNCIL, _rated("lines: {Green: 38 - 48, Red: beyond}"),
        "error E131 the lines of a figure to maximise or minimise must be single figures, such as 33",
    ),
    "a word that is meant and not listed": (
        _own_words("rating: {met: Achieved, missed: Failed}"), _rated(FIVE),
        "error E131 the rule uses 'Amber', which is not in the list of outcomes; set met, near and missed too",
    ),
    "words that are meant and not listed": (
        _own_words("rating: {bands: {Achieved: 0%, Failed: beyond}}"), _rated("tolerance: 0"),
        "error E131 the rule uses 'Green', which is not in the list of outcomes; set met, near and missed too",
    ),
    "a tolerance on one side only": (
        COUNCIL, _rated("tolerance: {below: 5%}"), "or both 'below' and 'above' with a distance each, not a group",
    ),
    "neither points nor shares": (
        COUNCIL, _rated(f"{FIVE}\npercentages: point"), "E123 'percentages' must be 'points' or 'share', not 'point'",
    ),
    "settings that cannot be read, and nothing that only follows from it": (
        OUTCOMES + "rating: {tolerance: a little}\n", replace(_rated(TWO_STATES), figures="20|achieved|Judged"),
        "error E123 'tolerance' must be a distance such as 5%, 5 points or 5, not 'a little'",
    ),
    "a council without any way of rating": ("rating: {steady: 2%}\n", PLAIN, "error E128"),
    "a word that is not for officers": (
        COUNCIL, replace(PLAIN, figures="20|data only|Judged"), "error E210 'data only' is not an outcome",
    ),
    "a word that is nobody's": (
        COUNCIL, replace(PLAIN, figures="20|Gren|Judged"), "error E210 'Gren' is not an outcome; did you mean 'green'?",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", MESSAGES)
def test_what_cannot_be_meant_is_said(tmp_path: Path, what: str) -> None:
    settings, case, message = MESSAGES[what]
    row = tuple(case.figures.split("|")) if case.figures else ("20",)
    project = _project(tmp_path, settings, case.entry("T", "20"), {"T": row}, {})
    with pytest.raises(InputError) as error:
        check_period(project, "2018-05")
    said = [str(each) for each in error.value.problems if each.severity is Severity.ERROR]
    assert any(message in each for each in said), said
    assert len({each.code for each in error.value.problems if each.severity is Severity.ERROR}) == 1
