"""`mpr collect`: what returned workbooks say goes into the period's CSV, all of it or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from mpr.desk.files import Write, alone
from mpr.load.definitions import Definitions
from mpr.load.merge import Merged, merge
from mpr.load.returned import Said, Wanted
from mpr.load.schema import Settings
from mpr.load.scorecard import load_definitions, report_order
from mpr.load.text import read_text
from mpr.load.values import Sheet, judge_values
from mpr.measure.words import plural
from mpr.problem import InputError, Place, Problem, Severity, in_order, quoted
from mpr.project import Project
from mpr.report import form

READ = (".xlsx", ".xlsm")
NOT_READ = (".xls", ".xlsb", ".ods", ".numbers", ".csv")  # that an officer may send back in place of the workbook
LOCK = "~$"  # how the files begin that Excel keeps beside an open one


@dataclass(frozen=True)
class Book:
    """What became of one workbook: the cells taken, those that were there already, how many values it leaves empty.

    `replaced` has a sentence for each cell that was taken in place of something else.
    """

    file: str
    taken: tuple[Said, ...]
    same: tuple[Said, ...]
    replaced: tuple[str, ...]
    empty: int

    def __str__(self) -> str:
        """Say it in a line, and one for each cell that was replaced."""
        parts = [f"took {_summed(self.taken)}" if self.taken else "nothing to take"]
        parts += [f"there already: {_summed(self.same)}"] if self.same else []
        parts += [f"{plural(self.empty, 'value')} left empty"] if self.empty else []
        return "\n".join([f"{self.file}: {'; '.join(parts)}", *(f"- {each}" for each in self.replaced)])


@dataclass(frozen=True)
class Collected:
    """What became of each workbook, the file written and the copy of what it was; none where nothing was taken."""

    books: tuple[Book, ...]
    written: str
    copy: str
    warnings: tuple[Problem, ...]


def collect(project: Project, folder: Path, period: str, *, over: bool = False) -> Collected:
    """Read the workbooks in a folder, or the one named, into a period's CSV, and keep a copy of what that was.

    With `over`, what they say goes before what the CSV says. Raises InputError, with nothing written, where something
    cannot be read or contradicts something else.
    """
    with alone(project) as write:  # from reading to writing, so that nothing that another process takes is lost
        return _collect(project, folder, period, write, over=over)


def _collect(project: Project, folder: Path, period: str, write: Write, *, over: bool) -> Collected:
    problems: list[Problem] = []
    definitions, settings, sheet, text = _begun(project, period)
    wanted = form.wanted(settings, sheet.period)
    said = {project.shown(path): _read(path, project, wanted, problems) for path in _files(folder, project, problems)}
    order = report_order(settings, definitions.indicators)
    merged = merge(text, sheet.shown, (each for one in said.values() for each in one), order, problems, replace=over)
    problems += _judged(merged, sheet, definitions)
    if any(each.severity is Severity.ERROR for each in problems):
        raise InputError(problems)
    written, copy = _kept(project, period, merged, write) if merged.taken else ("", "")
    books = tuple(_book(file, cells, merged) for file, cells in said.items())
    return Collected(books, written, copy, tuple(in_order(problems)))


def _begun(project: Project, period: str) -> tuple[Definitions, Settings, Sheet, str]:
    """Return the settings, and the CSV with its text; raise InputError unless all is sound."""
    problems: list[Problem] = []
    found = load_definitions(project, period, problems)
    path = project.values(period)
    shown = project.shown(path)
    if found and not path.exists():
        hint = f"begin it with mpr new {period}"
        problems.append(Problem(Place(shown), "E107", f"{found[1].words} has no data file", hint))
    elif found:
        definitions, named = found
        sheet = Sheet(path, shown, named, old=False)
        text = read_text(path, shown, problems)
        if text is not None:
            judge_values(text, sheet, definitions, problems)
        sound = not any(each.severity is Severity.ERROR for each in problems)
        if text is not None and definitions.settings and sound:
            return definitions, definitions.settings, sheet, text
    raise InputError(each for each in problems if each.severity is Severity.ERROR)


def _files(folder: Path, project: Project, problems: list[Problem]) -> list[Path]:
    """Return the workbooks of a folder in the order of their names, or the one that is named itself."""
    place = Place(project.shown(folder))
    if folder.is_file():
        return [folder]
    try:
        files = sorted(each for each in folder.iterdir() if not each.name.startswith((LOCK, ".")))
    except OSError as error:
        message = f"this folder cannot be read ({error.strerror})" if folder.exists() else "there is no such folder"
        problems.append(Problem(place, "E316", message, "name the one that the returned workbooks are in"))
        return []
    for each in files:
        if each.suffix.lower() in NOT_READ:
            message = "this file is not read, because it is no Excel workbook (.xlsx)"
            hint = "open it in Excel and save it as one"
            problems.append(Problem(Place(project.shown(each)), "W315", message, hint, Severity.WARNING))
    found = [each for each in files if each.suffix.lower() in READ]
    if not found:
        problems.append(Problem(place, "E316", "no workbook lies here", "save the returned workbooks in it"))
    return found


def _read(path: Path, project: Project, wanted: Wanted, problems: list[Problem]) -> Sequence[Said]:
    from mpr.load.workbook import read_workbook  # noqa: PLC0415 - only what reads workbooks pays for openpyxl

    return read_workbook(path, project.shown(path), wanted, problems)


def _judged(merged: Merged, sheet: Sheet, definitions: Definitions) -> Iterator[Problem]:
    """Yield what is wrong with what was taken, as `mpr check` would say it of the CSV, with its place in a workbook."""
    found: list[Problem] = []
    judge_values(merged.text.removeprefix("\ufeff"), sheet, definitions, found)
    for problem in found:
        place = merged.places.get((problem.place.line, problem.place.column))
        if place or problem.severity is Severity.ERROR:
            yield replace(problem, place=place or problem.place)


def _kept(project: Project, period: str, merged: Merged, write: Write) -> tuple[str, str]:
    """Write the CSV, and beside it a copy of what it was; return both as officers know them."""
    path = project.values(period)
    copy = next(each for number in count(1) if not (each := project.replaced(period, number)).exists())
    write({copy: path.read_bytes(), path: merged.text.encode()})
    return project.shown(path), project.shown(copy)


def _book(file: str, said: Sequence[Said], merged: Merged) -> Book:
    taken, same = (tuple(each for each in said if each in cells) for cells in (merged.taken, merged.same))
    values = [each for each in said if each.heading == "value"]
    empty = {each.code for each in values} - {each.code for each in values if each.text}
    replaced = tuple(
        f"the {each.heading} of {each.code} is now {quoted(each.text)} in place of {quoted(merged.before[each])}"
        for each in taken
        if each in merged.before
    )
    return Book(file, taken, same, replaced, len(empty))


def _summed(said: Sequence[Said]) -> str:
    """Say what cells there are: `2 values (CP 1.1, CP 1.2), 1 comment (CP 1.1)`."""
    codes: dict[str, list[str]] = {}
    for each in said:
        codes.setdefault(each.heading, []).append(each.code)
    return ", ".join(
        f"{plural(len(each), heading) if heading in form.FILL else f'{len(each)} in {heading}'} ({', '.join(each)})"
        for heading, each in codes.items()
    )
