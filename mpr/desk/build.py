"""`mpr build`: from the officers' files to the report, whole or not at all."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from pathlib import Path

from mpr.desk.check import check
from mpr.desk.files import alone
from mpr.load.pack import Choice, chosen
from mpr.load.record import ENDING, as_json
from mpr.load.scorecard import Scorecard
from mpr.problem import EnvironmentFault, InputError, Problem
from mpr.project import Project
from mpr.render.workers import working
from mpr.report.assemble import assemble
from mpr.report.figures import record
from mpr.report.model import Count, Report

FORMATS = ("html", "pdf", "xlsx", "csv", "json")
DATA = {"xlsx": "Spreadsheet (XLSX)", "csv": "CSV", "json": "JSON"}  # what the page calls them
DESCRIPTOR = "csv-metadata.json"  # as CSV on the Web has it


@dataclass(frozen=True)
class Made:
    """A report that was made: its period, whose pack it is (empty for the whole), its files, pages and counts.

    Without a PDF there are 0 pages.
    """

    period: str
    pack: str
    files: dict[Path, bytes]
    pages: int
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class Built:
    """What a build made, the warnings, and the problems that kept reports from being made while others were."""

    reports: tuple[Made, ...]
    warnings: tuple[Problem, ...]
    problems: tuple[Problem, ...] = ()


def build(  # noqa: PLR0913 - what is asked for, and how
    project: Project,
    periods: Sequence[str],
    formats: tuple[str, ...],
    stage: Callable[[str], None],
    *,
    choice: Choice | None = None,
    jobs: int = 1,
) -> Built:
    """Make the reports of periods in some formats, or the packs that are chosen of them, each whole or not at all.

    `stage` is told what is being done; more than one report are made in up to `jobs` processes. Raises InputError for
    a fault of the input where nothing can be made, EnvironmentFault where the machine lacks something.
    """
    warnings: dict[Problem, None] = {}
    problems: dict[Problem, None] = {}
    wanted: list[Scorecard] = []
    for period in periods:
        stage("loading")
        try:
            checked = check(project, period)
            wanted += _of_choice(project, checked.scorecard, choice)
            warnings |= dict.fromkeys(checked.warnings)
        except InputError as error:
            problems |= dict.fromkeys(error.problems)
    reports = []
    for scorecard, made in made_each(project, wanted, formats, stage, jobs):
        if isinstance(made, Made):
            stage("writing")
            kept = {} if choice else {project.out(scorecard.period, ENDING): as_json(record(scorecard)).encode()}
            with alone(project) as write:
                write(made.files | kept)
            reports.append(made)
        else:
            problems |= dict.fromkeys(made)
    if problems and not reports:
        raise InputError(problems)
    return Built(tuple(reports), tuple(warnings), tuple(problems))


def _of_choice(project: Project, scorecard: Scorecard, choice: Choice | None) -> tuple[Scorecard, ...]:
    """Return the scorecard of each pack that is chosen, or the whole one where no choice is made."""
    if not choice:
        return (scorecard,)
    indicators = project.shown(project.indicators)
    packs = chosen(choice, scorecard.settings.groupings, scorecard.indicators, indicators)
    return tuple(scorecard.of(each) for each in packs)


def made_each(
    project: Project, wanted: Sequence[Scorecard], formats: tuple[str, ...], stage: Callable[[str], None], jobs: int
) -> Iterator[tuple[Scorecard, Made | list[Problem]]]:
    """Yield what is made of each scorecard, in their order: a report, or the problems that kept it from being made."""
    count = min(jobs, len(wanted))
    if count <= 1:
        yield from ((each, _made(project, each, formats, stage)) for each in wanted)
        return
    with working(count) as processes:
        asked = [processes.submit(_made, project, each, formats) for each in wanted]
        for number, (scorecard, made) in enumerate(zip(wanted, asked, strict=True), 1):
            of = f" {scorecard.pack.title}," if scorecard.pack else ""
            stage(f"report {number} of {len(wanted)}:{of} {scorecard.period.words}")
            try:
                yield scorecard, made.result()
            except BrokenExecutor:
                message = "a process that was making a report was ended; close other programs, or try --jobs 1"
                raise EnvironmentFault(message) from None


def _made(
    project: Project, scorecard: Scorecard, formats: tuple[str, ...], stage: Callable[[str], None] = lambda _: None
) -> Made | list[Problem]:
    """Return a report, or the problems of an InputError, which does not pass from one process to another."""
    try:
        return make(project, scorecard, formats, stage)
    except InputError as error:
        return error.problems
    finally:
        gc.collect()  # a process that makes many reports does not look for garbage while it makes one


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
    return Made(report.edition.period, report.edition.pack, files, pages, report.cover.counts)


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
