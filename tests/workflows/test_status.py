"""What is owed for a report, by the manager who owes it."""

import re
from collections.abc import Callable

from mpr.project import Project
from mpr.workflows.new import create_period_files
from mpr.workflows.status import list_outstanding

MAY = "2018-05"
Run = Callable[..., tuple[int, list[str], list[str]]]


def test_the_real_month_owes_what_lags(project: Project) -> None:
    owed = {each.manager: each.items for each in list_outstanding(project, MAY)}
    assert list(owed) == ["Carl Robinson", "Sharon Houlden"]
    assert owed["Carl Robinson"] == ("CP 2.3 Household waste reused, recycled and composted: the figure of May 2018",)
    assert [item.split()[1] for item in owed["Sharon Houlden"]] == ["3.1", "3.2", "3.4", "3.5", "4.8"]
    assert owed["Sharon Houlden"][2] == "CP 3.4 Direct payments: the figure of May 2018 (latest: April 2018)"


def test_comments_and_reasons_are_owed_by_each_manager(project: Project) -> None:
    path = project.get_values_path(MAY)
    text = path.read_text(encoding="utf-8").replace("green,Judged against year end", "green,")
    text = re.sub(r"(?m)^(CP 1\.4,[^,]*,83%,,,).*$", r"\1", text)
    text = text.replace('MySouthend,"38,159",,', 'MySouthend,"38,159",red,')
    path.write_text(text, encoding="utf-8")
    owed = {each.manager: each.items for each in list_outstanding(project, MAY)}
    assert owed["John O'Loughlin"] == ("CP 1.4 Visits to Looked After Children: a comment, because it is red",)
    reason = "the reason why it is set to red where the rule says green"
    assert owed["Ellen Butler"] == owed["Joanna Ruffle"] == (f"CP 5.5 MySouthend: {reason}",)
    assert any("set to green where the rule says red" in item for item in owed["Scott Dolling"])


def test_a_month_just_begun_owes_everything_though_its_date_is_not_set(project: Project, mpr: Run) -> None:
    create_period_files(project, "2018-06")
    owed = {each.manager: each.items for each in list_outstanding(project, "2018-06")}
    assert len({item for items in owed.values() for item in items if "the figure of June 2018" in item}) == 31
    assert owed["Carl Robinson"] == (
        "CP 2.2 Cleanliness: litter: the figure of June 2018 (latest: May 2018)",
        "CP 2.3 Household waste reused, recycled and composted: the figure of June 2018",
        "CP 2.4 Missed collections: the figure of June 2018 (latest: May 2018), and a comment if it is still red",
    )
    late = "the figure of June 2018 (latest: April 2018, 2 months before), and a comment if it is still amber"
    assert owed["Sharon Houlden"][2] == f"CP 3.4 Direct payments: {late}"
    assert mpr("--project", project.root, "explain", "CP 3.4", "2018-06")[0] == 0
    path = project.get_values_path("2018-06")
    path.write_text(path.read_text(encoding="utf-8").replace('"1,998",,', '"1,998",16 00,'), encoding="utf-8")
    assert mpr("--project", project.root, "status", "2018-06") == (
        1,
        [],
        ["data/2018-06.csv:8:6: error E203 value '16 00' is not a number; write 1,544 or TBC", "1 error"],
    )


def test_it_is_ready_to_be_pasted(project: Project, mpr: Run) -> None:
    code, out, err = mpr("--project", project.root, "status", MAY)
    assert (code, err) == (0, [])
    assert out[0] == "Carl Robinson"
    assert out[1].startswith("- CP 2.3 ")
    code, out, _ = mpr("--project", project.root, "status", MAY, "--format", "json")
    assert (code, out[0]) == (0, "[")
