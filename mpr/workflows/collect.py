"""`mpr collect`: copy what returned workbooks say into the period's CSV, all of it or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from mpr.load.config.definitions import Definitions
from mpr.load.config.schema import Settings
from mpr.load.scorecard import load_definitions, sort_in_report_order
from mpr.load.text_files import read_text
from mpr.load.values import ValuesFile, parse_values
from mpr.load.workbooks.merge import MergeResult, merge_cells
from mpr.load.workbooks.returned import ExpectedSheet, ReturnedCell
from mpr.measure.formatting import format_count
from mpr.problem import InputError, Place, Problem, Severity, quote, sort_problems
from mpr.project import Project
from mpr.report.data_request import FILL_HEADINGS, build_expected_sheet
from mpr.workflows.transaction import WriteFiles, write_transaction

READABLE_SUFFIXES = (".xlsx", ".xlsm")
UNREADABLE_SUFFIXES = (".xls", ".xlsb", ".ods", ".numbers", ".csv")  # formats that officers send back by mistake
LOCK_PREFIX = "~$"  # of the file that Excel keeps beside an open workbook


@dataclass(frozen=True)
class WorkbookResult:
    """The outcome for one workbook: the cells taken, the cells that the CSV had already, and how many values are empty.

    `replaced` has a sentence for each cell that replaced something else.
    """

    file: str
    taken: tuple[ReturnedCell, ...]
    same: tuple[ReturnedCell, ...]
    replaced: tuple[str, ...]
    empty: int

    def __str__(self) -> str:
        """Describe the outcome in a line, followed by a line for each cell that replaced something."""
        parts = [f"took {_summarise_cells(self.taken)}" if self.taken else "nothing to take"]
        parts += [f"there already: {_summarise_cells(self.same)}"] if self.same else []
        parts += [f"{format_count(self.empty, 'value')} left empty"] if self.empty else []
        return "\n".join([f"{self.file}: {'; '.join(parts)}", *(f"- {sentence}" for sentence in self.replaced)])


@dataclass(frozen=True)
class CollectResult:
    """The outcome for each workbook, the CSV written and the copy of the old one (both empty if nothing was taken)."""

    books: tuple[WorkbookResult, ...]
    written: str
    copy: str
    warnings: tuple[Problem, ...]


def collect_workbooks(project: Project, folder: Path, period: str, *, overwrite: bool = False) -> CollectResult:
    """Read a workbook, or all workbooks in a folder, into a period's CSV, and keep a copy of the old CSV.

    With `overwrite`, workbooks overwrite what the CSV says. Raises InputError, and writes nothing, if something cannot
    be read or workbooks contradict each other or the CSV.
    """
    with write_transaction(project) as write:  # locked while reading too, so that no other process's changes are lost
        return _merge_workbooks(project, folder, period, write, overwrite=overwrite)


def _merge_workbooks(
    project: Project, folder: Path, period: str, write: WriteFiles, *, overwrite: bool
) -> CollectResult:
    problems: list[Problem] = []
    definitions, settings, values_file, text = _load_values_file(project, period)
    expected = build_expected_sheet(settings, values_file.period)
    cells_by_file = {
        project.display_path(path): _read_workbook(path, project, expected, problems)
        for path in _list_workbooks(folder, project, problems)
    }
    order = sort_in_report_order(settings, definitions.indicators)
    merged = merge_cells(
        text,
        values_file.display_path,
        (cell for cells in cells_by_file.values() for cell in cells),
        order,
        problems,
        replace=overwrite,
    )
    problems += _check_merged(merged, values_file, definitions)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise InputError(problems)
    written, copy = _write_values_file(project, period, merged, write) if merged.taken else ("", "")
    workbooks = tuple(_summarise_workbook(file, cells, merged) for file, cells in cells_by_file.items())
    return CollectResult(workbooks, written, copy, tuple(sort_problems(problems)))


def _load_values_file(project: Project, period: str) -> tuple[Definitions, Settings, ValuesFile, str]:
    """Return the definitions, the settings, the CSV file and its text; raise InputError if any has an error."""
    problems: list[Problem] = []
    loaded = load_definitions(project, period, problems)
    path = project.get_values_path(period)
    display_path = project.display_path(path)
    if loaded and not path.exists():
        hint = f"create it with mpr new {period}"
        problems.append(Problem(Place(display_path), "E107", f"{loaded[1].full_name} has no data file", hint))
    elif loaded:
        definitions, parsed_period = loaded
        values_file = ValuesFile(path, display_path, parsed_period, history_only=False)
        text = read_text(path, display_path, problems)
        if text is not None:
            parse_values(text, values_file, definitions, problems)
        is_sound = not any(problem.severity is Severity.ERROR for problem in problems)
        if text is not None and definitions.settings and is_sound:
            return definitions, definitions.settings, values_file, text
    raise InputError(problem for problem in problems if problem.severity is Severity.ERROR)


def _list_workbooks(folder: Path, project: Project, problems: list[Problem]) -> list[Path]:
    """Return the workbooks in a folder, sorted by name, or only the workbook if the path is one."""
    place = Place(project.display_path(folder))
    if folder.is_file():
        return [folder]
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith((LOCK_PREFIX, ".")))
    except OSError as error:
        message = f"this folder cannot be read ({error.strerror})" if folder.exists() else "there is no such folder"
        problems.append(Problem(place, "E316", message, "name the folder that the returned workbooks are in"))
        return []
    for path in paths:
        if path.suffix.lower() in UNREADABLE_SUFFIXES:
            message = "this file is ignored because it is not an Excel workbook (.xlsx)"
            hint = "open it in Excel and save it as .xlsx"
            problems.append(Problem(Place(project.display_path(path)), "W315", message, hint, Severity.WARNING))
    workbooks = [path for path in paths if path.suffix.lower() in READABLE_SUFFIXES]
    if not workbooks:
        problems.append(
            Problem(place, "E316", "there are no workbooks in this folder", "save the returned workbooks in it")
        )
    return workbooks


def _read_workbook(
    path: Path, project: Project, expected: ExpectedSheet, problems: list[Problem]
) -> Sequence[ReturnedCell]:
    from mpr.load.workbooks.reader import read_workbook  # noqa: PLC0415 - only mpr collect pays for openpyxl

    return read_workbook(path, project.display_path(path), expected, problems)


def _check_merged(merged: MergeResult, values_file: ValuesFile, definitions: Definitions) -> Iterator[Problem]:
    """Yield the problems of the merged CSV, as `mpr check` would find them, at the workbook's cell if from one."""
    problems: list[Problem] = []
    parse_values(merged.text.removeprefix("\ufeff"), values_file, definitions, problems)
    for problem in problems:
        place = merged.places.get((problem.place.line, problem.place.column))
        if place or problem.severity is Severity.ERROR:
            yield replace(problem, place=place or problem.place)


def _write_values_file(project: Project, period: str, merged: MergeResult, write: WriteFiles) -> tuple[str, str]:
    """Write the CSV and a copy of the old one; return the display path of each."""
    path = project.get_values_path(period)
    candidates = (project.get_replaced_values_path(period, number) for number in count(1))
    copy = next(candidate for candidate in candidates if not candidate.exists())
    write({copy: path.read_bytes(), path: merged.text.encode()})
    return project.display_path(path), project.display_path(copy)


def _summarise_workbook(file: str, returned: Sequence[ReturnedCell], merged: MergeResult) -> WorkbookResult:
    taken = tuple(cell for cell in returned if cell in merged.taken)
    unchanged = tuple(cell for cell in returned if cell in merged.unchanged)
    value_cells = [cell for cell in returned if cell.heading == "value"]
    empty_codes = {cell.code for cell in value_cells} - {cell.code for cell in value_cells if cell.text}
    replaced = tuple(
        f"the {cell.heading} of {cell.code} is now {quote(cell.text)} in place of {quote(merged.previous_texts[cell])}"
        for cell in taken
        if cell in merged.previous_texts
    )
    return WorkbookResult(file, taken, unchanged, replaced, len(empty_codes))


def _summarise_cells(cells: Sequence[ReturnedCell]) -> str:
    """Count cells by column and list their codes: `2 values (CP 1.1, CP 1.2), 1 comment (CP 1.1)`."""
    codes_by_heading: dict[str, list[str]] = {}
    for cell in cells:
        codes_by_heading.setdefault(cell.heading, []).append(cell.code)
    return ", ".join(
        f"{_count_cells(heading, codes)} ({', '.join(codes)})" for heading, codes in codes_by_heading.items()
    )


def _count_cells(heading: str, codes: Sequence[str]) -> str:
    """Return `2 values` for a column that officers fill in, otherwise `2 in department`."""
    return format_count(len(codes), heading) if heading in FILL_HEADINGS else f"{len(codes)} in {heading}"
