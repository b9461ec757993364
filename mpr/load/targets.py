"""The targets of an indicator's years, and what of them cannot be meant."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal

from mpr.load.nodes import Document, Path
from mpr.load.scalars import MOST_DECIMALS, number
from mpr.load.schema import IndicatorSettings, TargetSettings
from mpr.measure.indicator import MeasureKind
from mpr.measure.period import MONTH_NAMES, Month, Year
from mpr.measure.target import YearTarget
from mpr.measure.words import decimals_of, listed, plain
from mpr.problem import Place, Problem, Severity, quoted

SHARED = 2  # decimals of a share of an annual target, beyond those that are written


def read_targets(
    read: IndicatorSettings, starts: int, document: Document, path: Path, problems: list[Problem]
) -> dict[Year, YearTarget]:
    """Return the targets by year; `starts` is the number of the month with which the indicator's year begins."""
    found = {}
    for text, target in read.targets.items():
        place = document.place((*path, "targets", text))
        try:
            year = Year.parse(text, starts)
        except ValueError:
            problems.append(Problem(place, "E127", f"{quoted(text)} is not a financial year", _meant(text, starts)))
            continue
        found[year] = _year_target(target, read.decimals or 0, place, shared=read.measure is MeasureKind.COUNT)
        problems += _unreached(read, year, target, document, (*path, "targets", text))
    return found


def _meant(text: str, starts: int) -> str:
    with suppress(ValueError):
        return f"write it as {Year.parse(text.replace('/', '-'), starts)}"
    return f"write it as {Year.of(Month(2018, 6), starts)}"


def _unreached(
    read: IndicatorSettings, year: Year, target: TargetSettings, document: Document, path: Path
) -> Iterator[Problem]:
    """Yield a problem for each month of a profile with which no period of the indicator ends."""
    ends = [part.last.number for part in year.parts(read.frequency)]
    for month in target.profile or {}:
        if month not in ends:
            noun, name = read.frequency.noun, MONTH_NAMES[month - 1]
            hint = f"write {listed([MONTH_NAMES[end - 1] for end in ends], 'or')}"
            place = document.place((*path, "profile", name))
            yield Problem(place, "E128", f"no {noun} ends with {name}, so it has no target", hint)


def _year_target(read: TargetSettings, decimals: int, place: Place, *, shared: bool) -> YearTarget:
    """Make a year's targets; they are printed with as many decimals as the officers wrote.

    Equal steps are printed with the decimals of the indicator's values at least; the shares of a count are kept to two
    more, for half a case a month is not none.
    """
    stated = [each for each in (read.annual, *(read.profile or {}).values()) if each is not None]
    steps = [each for each in (read.start, read.step) if each is not None]
    written = max(map(decimals_of, (*stated, *steps)))
    finer = written
    if read.month == "linear":
        finer = max(decimals, written)
    elif shared and read.profile is None:
        finer = max(decimals, written) + SHARED
    return YearTarget(
        annual=read.annual,
        decimals=min(MOST_DECIMALS, finer),
        linear=read.month == "linear",
        start=read.start or Decimal(0),
        step=read.step,
        profile=read.profile,
        place=place,
        note=read.note,
    )


def signs(read: IndicatorSettings, item: object, document: Document, path: Path) -> Iterator[Problem]:
    """Yield a problem for each target and line whose sign of per cent, or the lack of it, cannot be meant."""
    name = read.code or read.alias
    for where, text in (*_written(item, ("targets",)), *_written(item, ("rating", "lines"))):
        place = document.place((*path, *where))
        if "%" in text and not read.percent:
            hint = f"its unit is {read.unit}" if read.unit else "it has no unit; write unit: percent if it is one"
            yield Problem(place, "E132", f"{quoted(text)} is a percentage, but {name} is not", hint)
        with suppress(ValueError):
            value = number(text)
            if read.percent and "%" not in text and 0 < abs(value) < 1:
                hint = f"write {plain(value * 100)}% if that is meant; if not, {plain(value)}%"
                message = f"{quoted(text)} of {name} is printed as {plain(value)}%"
                yield Problem(place, "W219", message, hint, Severity.WARNING)


def _written(item: object, keys: Path) -> Iterator[tuple[Path, str]]:
    """Yield every text below some keys of an indicator as it stands in the file, and where."""
    for key in keys:
        item = item.get(key) if isinstance(item, Mapping) else None
    yield from _leaves(item, keys)


def _leaves(item: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(item, str):
        yield path, item
    elif isinstance(item, Mapping):
        for key, value in item.items():
            yield from _leaves(value, (*path, key))
