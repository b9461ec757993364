"""The flow of a build: what it writes, what it leaves alone, and what it does only once."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import vl_convert

from mpr.load.editions.record import Record, RecordedFigure
from mpr.load.scope import ScopeChoice
from mpr.load.scorecard import Scorecard
from mpr.problem import EnvironmentFault, InputError, Place, Problem
from mpr.project import Project
from mpr.render.pdf import document
from mpr.report.model.report import PrintedFigure, Report
from mpr.workflows.build import FORMATS, build_reports
from tests.conftest import Run

MAY = "2018-05"
GOOD = {"html": b"the last good page", "pdf": b"the last good print"}
RECORD = "2018-05/mpr-2018-05.figures.json"
HEAVY = ("altair", "vl_convert", "weasyprint", "jinja2", "xlsxwriter")
DATA = ("xlsx", "csv-metadata.json", "csv", "json")


def ignore_progress(_: str) -> None:
    """Take what a build tells of its progress."""


def write_last_good(project: Project) -> None:
    for ending, data in GOOD.items():
        path = project.get_report_path(MAY, ending)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def read_output(project: Project) -> dict[str, bytes]:
    """Return every file of the output folder, hidden ones too."""
    folder = project.root / "out"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _lastwrite_last_good() -> dict[str, bytes]:
    return {f"2018-05/mpr-2018-05.{ending}": data for ending, data in GOOD.items()}


@pytest.fixture
def no_charts(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Draw nothing, and keep a list of what would have been drawn."""
    drawn: list[str] = []

    def draw(picture: object, **_: object) -> str:
        drawn.append(json.dumps(picture, default=str))
        return '<svg width="1" height="1" viewBox="0 0 1 1"><g></g></svg>'

    monkeypatch.setattr(vl_convert, "vega_to_svg", draw)
    return drawn


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Print nothing, and keep a list of the pages that would have been printed."""
    printed: list[str] = []

    def render(page: str, _: Project) -> tuple[bytes, int]:
        printed.append(page)
        return b"%PDF", 7

    monkeypatch.setattr(document, "render_pdf", render)
    return printed


def test_a_build_of_html_alone_prints_nothing(council: Project, no_charts: list[str], printer: list[str]) -> None:
    (made,) = build_reports(council, (MAY,), ("html",), ignore_progress).reports
    assert no_charts
    assert printer == []
    assert tuple(made.files) == (council.get_report_path(MAY, "html"),)
    assert made.pages == 0
    assert set(read_output(council)) == {"2018-05/mpr-2018-05.html", RECORD}


def test_a_build_of_a_pdf_alone_writes_no_html(council: Project, no_charts: list[str], printer: list[str]) -> None:
    (made,) = build_reports(council, (MAY,), ("pdf",), ignore_progress).reports
    assert no_charts
    assert len(printer) == 1
    assert tuple(made.files) == (council.get_report_path(MAY, "pdf"),)
    assert made.pages == 7
    found = read_output(council)
    assert found.pop(RECORD)
    assert found == {"2018-05/mpr-2018-05.pdf": b"%PDF"}


@pytest.mark.usefixtures("no_charts")
def test_one_format_leaves_the_file_of_the_other_alone(council: Project, printer: list[str]) -> None:
    write_last_good(council)
    build_reports(council, (MAY,), ("html",), ignore_progress)
    assert printer == []
    found = read_output(council)
    assert found["2018-05/mpr-2018-05.pdf"] == GOOD["pdf"]
    assert found["2018-05/mpr-2018-05.html"] != GOOD["html"]


@pytest.mark.usefixtures("no_charts", "printer")
def test_a_build_tells_its_stages_counts_and_pages(council: Project) -> None:
    stages: list[str] = []
    (built,) = build_reports(council, (MAY,), ("html", "pdf"), stages.append).reports
    assert [stage.lower() for stage in stages] == ["loading", "assembling", "data", "charts", "html", "pdf", "writing"]
    assert [(count.rating.kind, count.number) for count in built.counts] == [
        *(("red", 4), ("amber", 3), ("green", 3), ("data-only", 1)),
    ]
    assert [path.suffix for path in built.files] == [".html", ".pdf"]
    assert set(read_output(council)) == {*_lastwrite_last_good(), RECORD}


@pytest.mark.usefixtures("no_charts", "printer")
def test_a_build_keeps_the_record_of_what_it_printed(council: Project, council_report: Report) -> None:
    build_reports(council, (MAY,), ("html",), ignore_progress)
    found = read_output(council)[RECORD]
    kept = Record.model_validate_json(found)
    assert (kept.period, kept.version, kept.generated) == (MAY, "1.0", "2018-06-19 10:30")
    assert len(kept.indicators) == 12
    rows = [row for table in council_report.tables if table.heading.anchor != "exceptions" for row in table.rows]
    printed = {row.code: [cell.text for cell in row.cells if isinstance(cell, PrintedFigure)] for row in rows}
    for code, entry in kept.indicators.items():
        value, target, *annual = printed[code]
        assert entry.annual_target == (annual[0] if annual else target)
        assert any((each.value.split(" ")[0], each.target) == (value, target) for each in entry.periods.values()), code
    months = [name for name in kept.indicators["LM 1.2"].periods if "Q" not in name]
    assert (months[0], months[-1], len(months)) == ("2017-04", MAY, 14)
    assert kept.indicators["LM 1.11"].periods[MAY] == RecordedFigure(value="9.6 proxy", target="12")
    build_reports(council, (MAY,), ("pdf",), ignore_progress)
    assert read_output(council)[RECORD] == found


def test_a_chart_is_drawn_once_for_both_formats(
    council: Project, no_charts: list[str], printer: list[str], council_report: Report
) -> None:
    build_reports(council, (MAY,), ("html", "pdf"), ignore_progress)
    assert len(no_charts) == len(set(no_charts)) == len(council_report.charts) > 0
    assert len(printer) == 1


@pytest.mark.usefixtures("no_charts")
def test_the_pages_for_print_and_screen_have_the_same_body(council: Project, printer: list[str]) -> None:
    build_reports(council, (MAY,), ("html", "pdf"), ignore_progress)
    screen = council.get_report_path(MAY, "html").read_text(encoding="utf-8")
    pages = (screen, *printer)
    bodies = [page.partition("<body>")[2].partition("<script>")[0].partition("</body>")[0] for page in pages]
    assert len(bodies[0]) > 20_000
    for_paper = re.sub(r"<!--(may )?cut-->\n|<p class=\"running.*?></p>\n", "", bodies[1])
    assert bodies[0].strip() == for_paper.strip()


@pytest.mark.parametrize("formats", [("html",), ("pdf",), ("html", "pdf")])
def test_bad_input_leaves_the_last_good_files(council: Project, formats: tuple[str, ...]) -> None:
    write_last_good(council)
    values = council.get_values_path(MAY)
    values.write_text(values.read_text(encoding="utf-8").replace("78%", "7 8%"), encoding="utf-8")
    with pytest.raises(InputError, match="7 8%"):
        build_reports(council, (MAY,), formats, ignore_progress)
    assert read_output(council) == _lastwrite_last_good()


@pytest.mark.usefixtures("no_charts")
@pytest.mark.parametrize(
    "fault",
    [
        InputError([Problem(Place("templates/print.css"), "E601", "the PDF is not sound")]),
        EnvironmentFault("no Pango"),
        RuntimeError("something else"),
    ],
)
def test_a_failing_print_leaves_the_last_good_files(
    council: Project, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def fail(_page: str, _project: Project) -> tuple[bytes, int]:
        raise fault

    write_last_good(council)
    monkeypatch.setattr(document, "render_pdf", fail)
    with pytest.raises(type(fault)):
        build_reports(council, (MAY,), ("html", "pdf"), ignore_progress)
    assert read_output(council) == _lastwrite_last_good()


@pytest.mark.usefixtures("no_charts", "printer")
def test_a_pdf_that_is_open_elsewhere_leaves_both_last_good_files(
    council: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a reader locks the PDF, so that the second of two files cannot be put in place."""
    write_last_good(council)
    replace = Path.replace

    def locked(path: Path, target: Path) -> Path:
        if Path(target).suffix == ".pdf":
            raise PermissionError(13, "Permission denied", str(path))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(InputError, match="E602"):
        build_reports(council, (MAY,), ("html", "pdf"), ignore_progress)
    assert read_output(council) == _lastwrite_last_good()


@pytest.mark.usefixtures("no_charts", "printer")
def test_a_file_that_cannot_be_written_is_named_as_the_officer_knows_it(
    council: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(path: Path, _: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(InputError) as stopped:
        build_reports(council, (MAY,), ("html",), ignore_progress)
    assert stopped.value.problems[0].place.file == "out/2018-05/mpr-2018-05.html"


@pytest.mark.usefixtures("no_charts", "printer")
def test_a_file_in_place_of_the_output_folder_is_reported_as_an_input_problem(council: Project) -> None:
    (council.root / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(InputError, match="E602"):
        build_reports(council, (MAY,), ("html",), ignore_progress)


@pytest.mark.usefixtures("no_charts", "printer")
def test_warnings_come_back_and_do_not_stop_a_build(council: Project) -> None:
    values = council.get_values_path(MAY)
    text = values.read_text(encoding="utf-8")
    comment = text[text.index("Reviews are late") : text.index("LM 1.9")]
    values.write_text(text.replace(comment, "\n"), encoding="utf-8")
    built = build_reports(council, (MAY,), ("html",), ignore_progress)
    assert ["LM 1.2" in str(warning) and warning.code for warning in built.warnings] == ["W501"]
    assert all(path.exists() for path in built.reports[0].files)


@pytest.mark.parametrize(
    ("only", "files"),
    [("xlsx", ("xlsx",)), ("csv", ("csv-metadata.json", "csv")), ("json", ("json",))],
)
def test_a_build_of_data_alone_draws_and_prints_nothing(
    council: Project, no_charts: list[str], printer: list[str], only: str, files: tuple[str, ...]
) -> None:
    (made,) = build_reports(council, (MAY,), (only,), ignore_progress).reports
    assert (no_charts, printer, made.pages) == ([], [], 0)
    assert list(made.files) == [council.get_report_path(MAY, each) for each in files]
    assert set(read_output(council)) == {*(f"2018-05/mpr-2018-05.{each}" for each in files), RECORD}


@pytest.mark.usefixtures("no_charts", "printer")
def test_the_page_leads_to_the_data_that_are_made_with_it(council: Project, council_scorecard: Scorecard) -> None:
    def links(pack: str = "") -> list[str]:
        page = council.get_report_path(MAY, "html", pack).read_text(encoding="utf-8")
        return re.findall(r'<a href="(mpr-[^"]+)">', page)

    build_reports(council, (MAY,), FORMATS, ignore_progress)
    assert links() == ["mpr-2018-05.xlsx", "mpr-2018-05.csv", "mpr-2018-05.json"]
    build_reports(council, (MAY,), ("html",), ignore_progress)
    assert links() == []
    build_reports(council, (MAY,), FORMATS, ignore_progress, choice=ScopeChoice("aim", "Lively"))
    assert links("aim-lively") == [f"mpr-2018-05-aim-lively.{each}" for each in ("xlsx", "csv", "json")]
    described = json.loads(council.get_report_path(MAY, "csv-metadata.json", "aim-lively").read_text(encoding="utf-8"))
    assert described["url"] == "mpr-2018-05-aim-lively.csv"
    assert described["dc:title"] == "Monthly Scorecard, Aim Lively, May 2018: figures"
    others = {each.code for each in council_scorecard.indicators if each.aim != "Lively"}
    for each in ("csv", "json"):
        text = council.get_report_path(MAY, each, "aim-lively").read_text(encoding="utf-8-sig")
        codes = set(re.findall(r"LM \d\.\d+", text))
        assert (len(codes), codes & others) == (3, set())


def list_imports(project: Project, *builds: tuple[str, ...]) -> list[set[str]]:
    """Make builds of some formats one after the other in a new process; return what was imported after each build."""
    script = (
        "import json, sys\nfrom pathlib import Path\nfrom mpr.workflows.build import build_reports\n"
        "from mpr.project import Project\n"
        f"print(json.dumps([name for name in {HEAVY} if name in sys.modules]))\n"
        f"for formats in {builds}:\n"
        "    build_reports(Project(Path(sys.argv[1])), ('2018-05',), formats, lambda _: None)\n"
        f"    print(json.dumps([name for name in {HEAVY} if name in sys.modules]))\n"
    )
    environment = os.environ | {"TZ": "UTC"}
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", script, str(project.root)], env=environment, capture_output=True, text=True, check=True
    )
    before, *after = map(json.loads, done.stdout.splitlines())
    assert before == []
    return [set(names) for names in after]


def test_a_build_imports_no_more_than_it_needs(council: Project) -> None:
    xlsx, charts = {"xlsxwriter"}, {"altair", "vl_convert", "jinja2"}
    assert list_imports(council, ("csv", "json"), ("xlsx",), ("html",)) == [set(), xlsx, xlsx | charts]
    html, pdf = list_imports(council, ("html",), ("html", "pdf"))
    assert html == {"jinja2"}, "its charts were drawn before"
    assert pdf == {"jinja2", "weasyprint"}
    assert list_imports(council, ("html", "pdf")) == [{"jinja2"}], "its pages were laid out before"


def test_only_charts_whose_figures_changed_are_drawn_again(council: Project, no_charts: list[str]) -> None:
    build_reports(council, (MAY,), ("html",), ignore_progress)
    drawn_at_first = len(no_charts)
    assert drawn_at_first > 0
    build_reports(council, (MAY,), ("html",), ignore_progress)
    assert len(no_charts) == drawn_at_first
    values = council.get_values_path(MAY)
    values.write_text(values.read_text(encoding="utf-8").replace(",78%,", ",77%,", 1), encoding="utf-8")
    build_reports(council, (MAY,), ("html",), ignore_progress)
    assert len(no_charts) == drawn_at_first + 2, "the trend of the indicator and its bullet chart"


def test_two_builds_at_once_write_what_one_writes(
    council: Project, built_council: Project, council_report: Report
) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom mpr.workflows.build import build_reports\n"
        "from mpr.project import Project\n"
        "project = Project(Path(sys.argv[1]))\nsys.stdin.readline()\n"
        "build_reports(project, ('2018-05',), ('html', 'xlsx', 'csv', 'json'), lambda _: None)\n"
        "print(project.get_report_path('2018-05', 'html').read_text('utf-8'), end='')\n"
    )
    others = [Project(council.root), Project(council.root.with_name("other"))]
    shutil.copytree(council.root, others[1].root)
    others[0].cache.mkdir()
    others[1].cache.symlink_to(others[0].cache, target_is_directory=True)
    command = [sys.executable, "-c", script]
    running = [
        subprocess.Popen([*command, str(each.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ours
        for each in others
    ]
    for process in running:
        assert process.stdin
        process.stdin.write("now\n")
        process.stdin.flush()
    page = built_council.get_report_path(MAY, "html").read_text(encoding="utf-8")
    assert [process.communicate()[0] == page for process in running] == [True, True]
    names = sorted(path.name for path in council.cache.iterdir())
    assert len(names) == len(council_report.charts) + 1, names


@pytest.mark.usefixtures("no_charts", "printer")
def test_reports_of_committees_leave_the_whole_report_alone(council: Project, mpr: Run) -> None:
    write_last_good(council)
    code, said, _ = mpr("--project", council.root, "build", MAY, "--all-committees", "--jobs", 1)
    names = [
        f"mpr-2018-05-committee-{name}"
        for name in ("families-committee", "places-committee", "resources-audit-committee")
    ]
    assert code == 0
    assert said[:-1] == [
        *(f"out/2018-05/{name}.{ending}" for name in names for ending in ("html", "pdf", *DATA)),
        "Families Committee: 2 red, 2 amber, 1 green; 7 pages",
        "Places Committee: 2 red, 1 green; 7 pages",
        "Resources & Audit Committee: 1 amber, 1 green, 1 data only; 7 pages",
    ]
    found = read_output(council)
    assert {**found, **_lastwrite_last_good()} == found
    assert RECORD not in found


@pytest.mark.usefixtures("no_charts", "printer")
def test_timings_have_a_line_for_each_stage(council: Project, mpr: Run) -> None:
    code, said, _ = mpr("--project", council.root, "build", MAY, "--timings")
    lines = [re.fullmatch(r"([\w: ]+?) +(\d+\.\d\d) s +(\d+)%", line) for line in said[-9:]]
    found = {line[1]: (float(line[2]), int(line[3])) for line in lines if line}
    assert code == 0
    assert list(found) == ["starting", "loading", "assembling", "data", "charts", "HTML", "PDF", "writing", "together"]
    whole, share = found.pop("together")
    assert share == 100
    assert sum(seconds for seconds, _ in found.values()) == pytest.approx(whole, abs=0.05)
    assert sum(share for _, share in found.values()) == pytest.approx(100, abs=5)


@pytest.mark.usefixtures("no_charts", "printer")
def test_timings_of_several_reports_name_the_report(council: Project, mpr: Run) -> None:
    _, said, _ = mpr(
        "--project", council.root, "build", MAY, "--all-aims", "--jobs", 1, "--format", "html", "--timings"
    )
    assert [line.split("  ")[0] for line in said[-18:-14]] == [
        "starting",
        "loading",
        "Aim Caring: assembling",
        "Aim Caring: data",
    ]
    widths = {len(line) for line in said[-18:]}
    assert len(widths) == 1, said[-18:]


@pytest.mark.usefixtures("no_charts")
def test_the_time_a_build_took_is_printed_without_timings(council: Project, mpr: Run) -> None:
    _, said, _ = mpr("--project", council.root, "build", MAY, "--format", "html")
    assert said[-1].endswith(" seconds")


def test_only_one_kind_of_part_is_built_at_a_time(council: Project, mpr: Run) -> None:
    code, _, said = mpr("--project", council.root, "build", MAY, "--aim", "caring", "--all-committees")
    assert code == 2
    assert "one kind of part at a time" in " ".join(said)
