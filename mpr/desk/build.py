"""`mpr build`: from the officers' files to the report, whole or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mpr.desk.check import check
from mpr.desk.files import alone
from mpr.load.pack import Choice, chosen
from mpr.load.record import ENDING, as_json
from mpr.load.scorecard import Scorecard
from mpr.problem import Problem
from mpr.project import Project
from mpr.report.assemble import assemble
from mpr.report.figures import record
from mpr.report.model import Count, Report

FORMATS = ("html", "pdf", "xlsx", "csv", "json")
DATA = {"xlsx": "Spreadsheet (XLSX)", "csv": "CSV", "json": "JSON"}  # what the page calls them
DESCRIPTOR = "csv-metadata.json"  # as CSV on the Web has it


@dataclass(frozen=True)
class Made:
    """A report that was made: whose pack it is (empty for the whole), its files, pages (0 without a PDF) and counts."""

    pack: str
    files: dict[Path, bytes]
    pages: int
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class Built:
    """What a build made, and the warnings."""

    reports: tuple[Made, ...]
    warnings: tuple[Problem, ...]


def build(
    project: Project, period: str, formats: tuple[str, ...], stage: Callable[[str], None], choice: Choice | None = None
) -> Built:
    """Make a period's report in some formats, or the packs that are chosen of it; `stage` is told what is being done.

    Raises InputError for a fault of the input, EnvironmentFault where the machine lacks something.
    """
    stage("loading")
    checked = check(project, period)
    wanted = of_choice(project, checked.scorecard, choice)
    reports = tuple(make(project, each, formats, stage) for each in wanted)
    files = {path: data for each in reports for path, data in each.files.items()}
    if not choice:
        files[project.out(period, ENDING)] = as_json(record(checked.scorecard)).encode()
    stage("writing")
    with alone(project) as write:
        write(files)
    return Built(reports, checked.warnings)


def of_choice(project: Project, scorecard: Scorecard, choice: Choice | None) -> tuple[Scorecard, ...]:
    """Return the scorecard of each pack that is chosen, or the whole one where no choice is made."""
    if not choice:
        return (scorecard,)
    indicators = project.shown(project.indicators)
    packs = chosen(choice, scorecard.settings.groupings, scorecard.indicators, indicators)
    return tuple(scorecard.of(each) for each in packs)


def make(project: Project, scorecard: Scorecard, formats: tuple[str, ...], stage: Callable[[str], None]) -> Made:
    """Make the report of a scorecard, whole or a pack, and write nothing."""
    of = f"{scorecard.pack.title}: " if scorecard.pack else ""
    stage(f"{of}assembling")
    report = assemble(scorecard)
    attached = dict(zip(report.appendices, (each.data for each in scorecard.appendices), strict=True))
    name = scorecard.pack.file if scorecard.pack else ""
    paths = {each: project.out(scorecard.period, each, name) for each in (*FORMATS, DESCRIPTOR)}
    stage(f"{of}data")
    data = _data(report, formats, paths["csv"].name)
    links = {paths[each].name: DATA[each] for each in DATA if each in data}
    made, pages = _pages(project, report, formats, links, lambda what: stage(f"{of}{what}"))
    if attached and "pdf" in formats:
        from mpr.render import appendix  # noqa: PLC0415 - only appendices pay for what joins PDFs

        made["pdf"] = appendix.attach(made["pdf"], attached)
        pages += sum(each.pages for each in scorecard.appendices)
    files = {paths["html"].with_name(each.file): pdf for each, pdf in attached.items() if "html" in formats}
    files |= {paths[each]: content for each, content in (made | data).items()}
    return Made(report.edition.pack, files, pages, report.cover.counts)


def _data(report: Report, formats: tuple[str, ...], csv: str) -> dict[str, bytes]:
    """Return a report's figures as data, by their formats; `csv` is the name of the CSV's file."""
    from mpr.render import tidy, tree  # noqa: PLC0415 - only a build that can go on pays for what renders

    files: dict[str, bytes] = {}
    if "xlsx" in formats:
        from mpr.render.sheets import published  # noqa: PLC0415 - only a workbook pays for what writes it

        files["xlsx"] = published.workbook(report)
    if "csv" in formats:
        files[DESCRIPTOR] = tidy.descriptor(report, csv).encode()
        files["csv"] = tidy.table(report).encode()
    if "json" in formats:
        files["json"] = tree.tree(report).encode()
    return files


def _pages(
    project: Project, report: Report, formats: tuple[str, ...], links: Mapping[str, str], stage: Callable[[str], None]
) -> tuple[dict[str, bytes], int]:
    """Return a report's page and PDF, as far as they are wanted, and the PDF's number of pages."""
    files: dict[str, bytes] = {}
    pages = 0
    if not {"html", "pdf"} & set(formats):
        return files, pages
    stage("charts")
    from mpr.render import html, pictures  # noqa: PLC0415 - only a page pays for Jinja and Altair

    charts = pictures.of(report.charts, project)
    stage("HTML")
    screen, printed = html.render(report, charts, project, links)
    if "html" in formats:
        files["html"] = screen.encode()
    if "pdf" in formats:
        stage("PDF")
        from mpr.render import pdf  # noqa: PLC0415 - the page for the screen needs no WeasyPrint

        files["pdf"], pages = pdf.render(printed, project)
    return files, pages
