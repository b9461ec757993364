"""What is measured with: projects that hold what they say, targets that are met or not, a page that says so."""

import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from bench import project as projects
from bench.__main__ import TIMES
from bench.clock import Run, Task, alternate, run
from bench.commands import pages, stages
from bench.machine import machine, versions
from bench.measure import INDICATORS, measured
from bench.page import page
from bench.peers import DOCUMENT, PAGE, peers
from bench.preview import stages as looks
from bench.ready import write
from bench.results import BARE, COLD, HTML, KEPT, LONG, PRINTED, ROWS, SEEN, TYPST, Results, Size
from bench.targets import WHOLE, targets
from bench.typst import document, said
from mpr.load.config.yaml_nodes import parse_yaml
from mpr.load.limits import LARGEST_FILE
from mpr.load.scorecard import Scorecard
from mpr.load.text_files import read_text
from mpr.problem import Problem
from mpr.project import Project
from mpr.render.charts import svg as chart
from mpr.report.assemble import assemble_report
from mpr.report.model.report import Commentary, Report
from mpr.workflows.check import check_period

MAY = "2018-05"
SAID = """out/2018-05/mpr-2018-05.pdf
10 red, 2 amber, 19 green; 29 pages
4.1 seconds
starting      0.35 s    9%
charts        0.60 s   15%
PDF           3.05 s   76%
together      4.00 s  100%
"""


def _scorecard(folder: Path) -> Scorecard:
    return check_period(Project(folder), MAY).scorecard


def _comments(scorecard: Scorecard) -> dict[str, str]:
    return {each.indicator.code: each.comment for each in scorecard.statuses}


def test_the_real_project_once_is_itself(tmp_path: Path, scorecard: Scorecard) -> None:
    once = _scorecard(projects.multiplied(tmp_path, 1))
    assert once.indicators == scorecard.indicators
    assert len(once.indicators) == INDICATORS


def test_three_times_as_much_is_three_of_each_with_codes_and_names_of_their_own(
    tmp_path: Path, report: Report, scorecard: Scorecard
) -> None:
    checked = check_period(Project(projects.multiplied(tmp_path, 3)), MAY)
    thrice = checked.scorecard
    assert len(checked.warnings) == 3 * 15
    assert len(thrice.indicators) == 3 * INDICATORS
    for mine in ("code", "name", "alias"):
        assert len({getattr(each, mine) for each in thrice.indicators}) == 3 * INDICATORS, mine
    made = assemble_report(thrice)
    assert len(made.charts) == 3 * len(report.charts)
    assert [each.number for each in made.cover.counts] == [3 * each.number for each in report.cover.counts]
    said = Counter(_comments(scorecard).values())
    assert Counter(_comments(thrice).values()) == {comment: 3 * number for comment, number in said.items()}
    values = [len(each.get_series(one)) for each in (scorecard, thrice) for one in each.indicators]
    assert sum(values[INDICATORS:]) == 3 * sum(values[:INDICATORS])


def test_the_largest_project_can_be_read(tmp_path: Path) -> None:
    files = Project(projects.multiplied(tmp_path, max(TIMES.values())))
    assert len(files.get_values_path(MAY).read_bytes()) < LARGEST_FILE
    problems: list[Problem] = []
    text = read_text(files.indicators_path, "indicators.yaml", problems)
    found = parse_yaml(text or "", "indicators.yaml", problems)
    assert problems == []
    assert found
    assert len(found.value["indicators"]) == 100 * INDICATORS


def test_a_long_comment_is_of_4000_characters(tmp_path: Path, scorecard: Scorecard) -> None:
    long = _comments(_scorecard(projects.with_long_comment(tmp_path)))
    assert {code for code, comment in _comments(scorecard).items() if long[code] != comment} == {"CP 1.4"}
    assert 3_990 <= len(long["CP 1.4"]) <= 4_000


def test_long_histories_have_400_rows_more(tmp_path: Path, report: Report) -> None:
    def rows(of: Report) -> int:
        return sum(len(block.history.rows) for each in of.details for block in each.blocks if block.history)

    assert rows(assemble_report(_scorecard(projects.with_long_histories(tmp_path)))) == rows(report) + 400


def test_each_edit_is_another(project: Project) -> None:
    figures = []
    for _ in range(3):
        figures.append(projects.another_figure(project.root))
        projects.edit(project.root, "value", figures[-1])
    assert figures == ["83.1%", "83.2%", "83.3%"]
    projects.edit(project.root, "value", "89.9%")
    assert projects.another_figure(project.root) == "40.0%"
    comment = projects.another_comment(project.root)
    projects.edit(project.root, "comment", comment)
    assert _comments(check_period(project, MAY).scorecard)["CP 1.4"] == comment


def test_a_run_tells_time_memory_and_words() -> None:
    child = (
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'b = bytearray(200_000_000); print(len(b))'])"
    )
    found = run([sys.executable, "-c", child])
    assert found.said == "200000000\n"
    assert found.memory > 200_000_000, "of the process that it started"
    assert found.seconds > 0
    assert found.processor > 0
    with pytest.raises(SystemExit, match="no such luck"):
        run([sys.executable, "-c", "raise SystemExit('no such luck')"])


def test_tasks_take_turns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "log"

    def note(text: str) -> None:
        log.write_text((log.read_text() if log.exists() else "") + text)

    def task(name: str) -> Task:
        script = f"from pathlib import Path; path = Path({str(log)!r}); path.write_text(path.read_text() + {name!r})"
        return Task(name, [sys.executable, "-c", script], lambda: note("-"))

    found = alternate([task("a"), task("b")], 2)
    assert log.read_text() == "-a-b-a-b"
    assert {name: len(runs) for name, runs in found.items()} == {"a": 2, "b": 2}
    assert [line.split(":")[0] for line in capsys.readouterr().err.splitlines()] == ["a", "b", "a", "b"]


def test_what_a_build_says_is_read() -> None:
    assert pages(SAID) == 29
    assert pages("1 red; 1 page\n") == 1
    assert pages("1,000 red, 200 amber; 2,390 pages\n7 minutes\n") == 2390
    assert stages(SAID) == {"starting": [0.35], "charts": [0.6], "PDF": [3.05], "together": [4.0]}


def test_the_typst_document_holds_what_the_report_says(report: Report) -> None:
    names = {each.anchor: f"{each.anchor}.svg" for each in report.charts}
    made = document(report, names)
    rows = [row for table in report.tables for row in table.rows]
    words = [
        part for row in rows for cell in row.cells if isinstance(cell, Commentary) for part in cell.text.split("\n\n")
    ]
    words += [block.name for each in report.details for block in each.blocks] + [
        each.description for each in report.charts
    ]
    assert len(words) > 50
    assert [each for each in words if said(each)[1:-1] not in made] == []
    assert [name for name in names.values() if f'image("{name}"' not in made] == []


def test_the_stages_of_a_look_are_those_of_the_preview(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart, "draw_charts", lambda charts: {each.anchor: "<svg></svg>" for each in charts})
    found = looks(project.root, 2)
    assert {name: len(each) for name, each in found.items()} == {
        "read and judge": 2,
        "assemble": 2,
        "charts": 2,
        "HTML": 2,
    }
    assert "83.5%" in project.get_values_path(MAY).read_text(encoding="utf-8"), "five saves, each of another figure"


def test_the_machine_is_told() -> None:
    assert next(machine()).startswith(f"{os.cpu_count()} cores of ")
    assert {"Python", "weasyprint", "pydyf", "altair"} <= set(versions())


def test_words_are_no_markup() -> None:
    assert said('a "b" \\ #c\nd') == '"a \\"b\\" \\\\ #c\\nd"'


def test_what_others_need_is_written(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart, "draw_charts", lambda charts: {each.anchor: "<svg ></svg>" for each in charts})
    write(project, tmp_path)
    ready = (tmp_path / PAGE).read_text(encoding="utf-8")
    assert "@page" in ready
    assert "CP 5.4" in ready
    assert f'<base href="{project.get_template_path("fonts").parent.as_uri()}/">' in ready
    assert (tmp_path / DOCUMENT).exists()
    svg = (tmp_path / "detail-trend-cp-5-4.svg").read_text(encoding="utf-8")
    assert svg == '<svg xmlns="http://www.w3.org/2000/svg" ></svg>'
    (task, out), *_ = peers(tmp_path)
    assert task.name == BARE
    assert task.command[-2:] == [str(tmp_path / PAGE), str(out)]


def _size(times: int = 1, **seconds: float) -> Size:
    """Return a size of which all was measured; `seconds` are of what takes other than a second."""
    names = {"cold": COLD, "html": HTML, "kept": KEPT, "bare": BARE, "long": LONG, "rows": ROWS, "typst": TYPST}
    runs = {name: [Run(seconds.get(key, 1), 1, 500_000_000, SAID)] for key, name in names.items()}
    preview = {SEEN: [seconds.get("seen", 90)], "HTML": [30], PRINTED: [seconds.get("printed", 400)]}
    return Size(
        times * INDICATORS,
        runs,
        {COLD: 29, LONG: 31, ROWS: 60},
        {"PDF": [3.0], "together": [4.0]},
        {COLD: int(seconds.get("bytes", 300_000)), TYPST: 310_000},
        preview,
    )


def _verdicts(sizes: dict[int, Size]) -> list[tuple[int, str]]:
    return [(each.number, each.verdict.strip("*")) for each in targets(Results(sizes, [], {}))]


def test_targets_are_met_up_to_their_limits() -> None:
    met = {1: _size(cold=1.25, html=0.4375, kept=0.1875, seen=100, printed=625, long=1.25, rows=1.25, bytes=310_000)}
    met |= {10: _size(10, cold=1.25, seen=200), 100: _size(100, cold=1.25)}
    assert _verdicts(met) == [
        *[(1, "met"), (2, "met"), (2, "met"), (3, "met"), (3, "met"), (4, "met"), (5, "met"), (5, "met"), (5, "met")],
        *[(5, "met"), (5, "met"), (6, "met"), (6, "met"), (7, "met"), (7, "met"), (7, "not measured")],
    ]


def test_targets_are_not_met_beyond_their_limits() -> None:
    small = _size(cold=1, html=0.36, kept=0.16, bare=0.79, seen=101, printed=501, long=1.1, rows=2.1, bytes=320_001)
    missed = {1: small, 10: _size(10, cold=1.16, seen=201), 100: _size(100, cold=1.51)}
    found = _verdicts(missed)
    assert found == [
        *[(1, "not met"), (2, "not met"), (2, "not met"), (3, "not met"), (3, "not met"), (4, "not met")],
        *[(5, "not met"), (5, "not met"), (5, "met"), (5, "met"), (5, "met"), (6, "not met"), (6, "not met")],
        *[(7, "not met"), (7, "not met"), (7, "not measured")],
    ]


def test_a_ratio_is_of_the_same_round() -> None:
    def runs(*seconds: float) -> list[Run]:
        return [Run(each, each, 1, SAID) for each in seconds]

    size = Size(31, {COLD: runs(2, 30, 4), BARE: runs(1, 10, 8)}, {COLD: 29}, {})
    assert size.ratio(COLD, BARE) == 2
    assert size.seconds(COLD) == 4


def test_sessions_of_the_preview_are_put_together() -> None:
    one, two = '{"saved to the page": [90, 95], "HTML": [9, 8]}', '{"saved to the page": [80], "HTML": [7]}'
    runs = {COLD: [Run(4, 4, 1, SAID)], "savings in the preview": [Run(9, 9, 1, f"{each}\n") for each in (one, two)]}
    size = measured(1, runs, {})
    assert size.preview == {"saved to the page": [90, 95, 80], "HTML": [9, 8, 7]}
    assert list(size.runs) == [COLD]
    assert (size.pages, size.stages["PDF"]) == ({COLD: 29}, [3.05])


def test_the_page_says_what_was_measured() -> None:
    sizes = {1: _size(cold=4, bare=3.5), 100: Size(3100, {COLD: [Run(400, 400, 4_000_000_000, SAID)]}, {COLD: 2238}, {
        "together": [400.0]})}  # fmt: skip
    made = page(Results(sizes, ["2 cores"], {"Python": "3.11", "weasyprint": "70.0"}))
    for line in (
        "| 1 | Cold build of May 2018, of WeasyPrint alone | 1.25 | 1.14 | met |",
        "| 2 | HTML only, no chart changed, of the cold build | 0.15 | 0.25 | **not met** |",
        "| 3 | The same, 320 indicators | 200 ms |  | not measured |",
        "| 5 | Largest process, 3,200 indicators | 1,000,000,000 bytes | 4,000,000,000 bytes | **not met** |",
        f"Largest process, 3,200 indicators: {WHOLE}",
        "| 7 | PDF of May 2018 | 320,000 bytes | 300,000 bytes | met |",
        "## 31 indicators, 29 pages",
        "## 3,100 indicators, 2,238 pages",
        "| `mpr build`, cold: HTML and PDF/UA-1 | 4.00 – 4.00 | 4.00 | 1.00 | 1.00 | 29 | 300 | 500 |",
        "| PDF | 3.00 s | 75% |",
        "|  | saved to the page | 90 |",
        "|  | – to HTML | 30 |",
        "|  | – to see, send and put in place | 60 |",
        "|  | saved to the PDF | 400 |",
        "- 2 cores",
        "- Python 3.11, weasyprint 70.0",
    ):
        assert line in made.splitlines(), line
