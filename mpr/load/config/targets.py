"""Building the targets of an indicator's years, and checking them."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal

from mpr.load.config.scalars import MOST_DECIMALS, parse_number
from mpr.load.config.schema import IndicatorSettings, TargetSettings
from mpr.load.config.yaml_nodes import NodePath, YamlDocument
from mpr.measure.formatting import count_decimals, format_without_commas, join_words
from mpr.measure.indicator import MeasureKind
from mpr.measure.period import MONTH_NAMES, Month, Year
from mpr.measure.target import YearTargets
from mpr.problem import Place, Problem, Severity, quote

SHARE_DECIMALS = 2  # decimals of a share of an annual target, in addition to those of the target


def build_targets(
    settings: IndicatorSettings, starts: int, document: YamlDocument, path: NodePath, problems: list[Problem]
) -> dict[Year, YearTargets]:
    """Return the targets by year; `starts` is the number of the month in which the indicator's year starts."""
    targets = {}
    for text, target in settings.targets.items():
        place = document.locate((*path, "targets", text))
        try:
            year = Year.from_text(text, starts)
        except ValueError:
            problems.append(
                Problem(place, "E127", f"{quote(text)} is not a financial year", _suggest_year(text, starts))
            )
            continue
        targets[year] = _build_year_target(
            target, settings.decimals or 0, place, shared=settings.measure is MeasureKind.COUNT
        )
        problems += _check_profile_months(settings, year, target, document, (*path, "targets", text))
    return targets


def _suggest_year(text: str, starts: int) -> str:
    with suppress(ValueError):
        return f"write it as {Year.from_text(text.replace('/', '-'), starts)}"
    return f"write it as {Year.from_month(Month(2018, 6), starts)}"


def _check_profile_months(
    settings: IndicatorSettings, year: Year, target: TargetSettings, document: YamlDocument, path: NodePath
) -> Iterator[Problem]:
    """Yield a problem for each month of a profile in which no period of the indicator ends."""
    ends = [part.last.number for part in year.split_into(settings.frequency)]
    for month in target.profile or {}:
        if month not in ends:
            noun, name = settings.frequency.noun, MONTH_NAMES[month - 1]
            hint = f"write {join_words([MONTH_NAMES[end - 1] for end in ends], 'or')}"
            place = document.locate((*path, "profile", name))
            yield Problem(place, "E128", f"no {noun} ends in {name}, so {name} cannot have a target", hint)


def _build_year_target(settings: TargetSettings, decimals: int, place: Place, *, shared: bool) -> YearTargets:
    """Return a year's targets, printed with as many decimals as the officers wrote.

    Equal steps have at least the decimals of the indicator's values. Shares of a count have two more, so that half a
    case a month is not rounded to 0.
    """
    stated = [target for target in (settings.annual, *(settings.profile or {}).values()) if target is not None]
    steps = [step for step in (settings.start, settings.step) if step is not None]
    written_decimals = max(map(count_decimals, (*stated, *steps)))
    precision = written_decimals
    if settings.month == "linear":
        precision = max(decimals, written_decimals)
    elif shared and settings.profile is None:
        precision = max(decimals, written_decimals) + SHARE_DECIMALS
    return YearTargets(
        annual=settings.annual,
        decimals=min(MOST_DECIMALS, precision),
        is_linear=settings.month == "linear",
        start=settings.start or Decimal(0),
        step=settings.step,
        profile=settings.profile,
        place=place,
        note=settings.note,
    )


def check_percent_signs(
    settings: IndicatorSettings, item: object, document: YamlDocument, path: NodePath
) -> Iterator[Problem]:
    """Yield a problem for each target or line with a percent sign that is wrong or probably missing."""
    name = settings.code or settings.alias
    for subpath, text in (*_iter_texts(item, ("targets",)), *_iter_texts(item, ("rating", "lines"))):
        place = document.locate((*path, *subpath))
        if "%" in text and not settings.is_percentage:
            hint = (
                f"its unit is {settings.unit}"
                if settings.unit
                else "it has no unit; write unit: percent if it is a percentage"
            )
            yield Problem(place, "E132", f"{quote(text)} is a percentage, but {name} is not", hint)
        with suppress(ValueError):
            value = parse_number(text)
            if settings.is_percentage and "%" not in text and 0 < abs(value) < 1:
                literal, scaled = format_without_commas(value), format_without_commas(value * 100)
                hint = f"write {scaled}% if that is meant; if not, write {literal}%"
                message = f"{quote(text)} of {name} is printed as {literal}%"
                yield Problem(place, "W219", message, hint, Severity.WARNING, subject=name, basis=(text,))


def _iter_texts(item: object, keys: NodePath) -> Iterator[tuple[NodePath, str]]:
    """Yield every text below some keys of an indicator in the file, with its path."""
    for key in keys:
        item = item.get(key) if isinstance(item, Mapping) else None
    yield from _iter_leaves(item, keys)


def _iter_leaves(item: object, path: NodePath) -> Iterator[tuple[NodePath, str]]:
    if isinstance(item, str):
        yield path, item
    elif isinstance(item, Mapping):
        for key, value in item.items():
            yield from _iter_leaves(value, (*path, key))
