"""What is owed for a report, by the manager who owes it."""

import re

from mpr.project import Project
from mpr.workflows.new import create_period_files
from mpr.workflows.status import list_outstanding
from tests.conftest import MAY, Run


def list_owed(project: Project, period: str = MAY) -> dict[str, tuple[str, ...]]:
    return {manager.manager: manager.items for manager in list_outstanding(project, period)}


def test_a_manager_owes_the_figures_that_are_late(council: Project) -> None:
    assert list_owed(council) == {
        "Tom Farrant": ("LM 1.9 No more care after help at home: the figure of May 2018 (latest: April 2018)",),
        "Priya Nair": ("LM 2.1 Recycling: the figure of May 2018",),
    }


def test_every_manager_of_an_indicator_owes_its_comment_and_its_reason(council: Project) -> None:
    path = council.get_values_path(MAY)
    text = path.read_text(encoding="utf-8").replace("green,Most visits are made in summer", "green,")
    text = re.sub(r"(?m)^(LM 1\.2,[^,]*,78%,,,).*$", r"\1", text)
    text = text.replace('Bills by e-mail,"14,021",,', 'Bills by e-mail,"14,021",red,')
    path.write_text(text, encoding="utf-8")
    owed = list_owed(council)
    assert owed["Maeve O'Dowd"] == ("LM 1.2 Care plans: reviews: a comment, because it is red",)
    reason = "the reason why it is set to red where the rule says green"
    assert owed["Ines Amory"] == owed["Hugh Pell"] == (f"LM 3.1 Bills by e-mail: {reason}",)
    assert any("set to green where the rule says amber" in item for item in owed["Priya Nair"])


def test_a_month_just_begun_owes_every_figure_though_its_date_is_not_set(council: Project, mpr: Run) -> None:
    create_period_files(council, "2018-06")
    owed = list_owed(council, "2018-06")
    assert len({item for items in owed.values() for item in items if "the figure of June 2018" in item}) == 12
    assert owed["Priya Nair"][:2] == (
        "LM 2.1 Recycling: the figure of June 2018",
        "LM 2.2 Missed bins: the figure of June 2018 (latest: May 2018), and a comment if it is still red",
    )
    late = "the figure of June 2018 (latest: April 2018, 2 months before), and a comment if it is still amber"
    assert owed["Tom Farrant"][0] == f"LM 1.9 No more care after help at home: {late}"
    assert mpr("--project", council.root, "explain", "LM 1.9", "2018-06")[0] == 0
    path = council.get_values_path("2018-06")
    path.write_text(path.read_text(encoding="utf-8").replace('"1,470",,', '"1,470",16 00,'), encoding="utf-8")
    assert mpr("--project", council.root, "status", "2018-06") == (
        1,
        [],
        ["data/2018-06.csv:8:6: error E203 value '16 00' is not a number; write 1,544 or TBC", "1 error"],
    )


def test_what_is_owed_is_printed_for_people_and_for_programs(council: Project, mpr: Run) -> None:
    code, out, err = mpr("--project", council.root, "status", MAY)
    assert (code, err) == (0, [])
    assert out[0] == "Tom Farrant"
    assert out[1].startswith("- LM 1.9 ")
    code, out, _ = mpr("--project", council.root, "status", MAY, "--format", "json")
    assert (code, out[0]) == (0, "[")
