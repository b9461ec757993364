"""June 2018 as officers would have it in the end: figures and targets, all of them made up.

The month's own file is the one that the tutorial shows.
"""

import csv
import re
from pathlib import Path

from mpr.project import Project
from tests.cells import set_cells

HERE = Path(__file__).parent
JUNE = "2018-06"
TARGETS = {  # of the profiles that end in May, because the model report does not say more
    "CP 3.7": "9",
    "CP 3.9": "1,406",
    "CP 3.11": "176",
    "CP 3.12": "333",
    "CP 4.3": "27.30%",
    "CP 4.4": "27.80%",
}
EDITION = re.findall(r"(?ms)^```yaml\n(version.*?)^```$", (HERE.parents[1] / "docs" / "month.md").read_text("utf-8"))[0]


def answers() -> dict[str, dict[str, str]]:
    """Return what is to be filled in for each indicator, by its code and the headings of the CSV."""
    with (HERE / "2018-06.csv").open(encoding="utf-8", newline="") as file:
        return {row.pop("code"): row for row in csv.DictReader(file)}


def fill_in(project: Project, code: str, **slips: str) -> None:
    """Type an indicator's answers into the CSV, with slips in some of the cells."""
    set_cells(project.get_values_path(JUNE), code, **(answers()[code] | slips))


def set_target(project: Project, code: str) -> None:
    """Write June's target below May's in an indicator's profile of this year."""
    text = project.indicators_path.read_text(encoding="utf-8")
    profile = re.compile(rf"(- code: {re.escape(code)}\n.*?\n      2018-19:.*?\n( +)May: [^\n]+)", re.DOTALL)
    text, found = profile.subn(rf"\1\n\2June: {TARGETS[code]}", text, count=1)
    assert found
    project.indicators_path.write_text(text, encoding="utf-8")
