"""Figures that read otherwise than when they were first published: their mark, and the section that lists them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from mpr.load.published import First
from mpr.load.scorecard import Scorecard
from mpr.measure.indicator import Indicator
from mpr.measure.period import Period
from mpr.measure.standing import Standing
from mpr.measure.words import plural
from mpr.report import cells, model
from mpr.report.data import REVISED, Figure
from mpr.report.facet import facets
from mpr.report.figures import periods, printed

NAME = "revisions"
DESCRIPTION = "Figures that differ from those first published"
PLAIN = str.maketrans({",": "", "%": "", "−": "-"})
COLUMNS = (  # key, title, width in per cent; the key of the report need not explain them
    ("code", "Code", "8"),
    ("name", "Indicator", "36"),
    ("latest", "Period", "14"),
    ("source", "First published in", "18"),
    ("value", "First published", "14"),
    ("value", "Now", "10"),
)


@dataclass(frozen=True)
class Revised:
    """A figure that was published otherwise: what it was first, and what it is now."""

    standing: Standing
    period: Period
    first: First
    now: str


def marked(scorecard: Scorecard, indicator: Indicator, period: Period, figure: Figure) -> Figure:
    """Return a value of a period as printed, marked where it is another than was first published."""
    if not _first(scorecard, indicator, period):
        return figure
    return replace(figure, mark=f"{figure.mark} {REVISED}".strip())


def revised(scorecard: Scorecard, codes: Collection[str]) -> tuple[Revised, ...]:
    """Return every figure of this year and the last that was published otherwise, of indicators with some codes."""
    return tuple(_all(scorecard, codes)) if scorecard.published else ()


def _all(scorecard: Scorecard, codes: Collection[str]) -> Iterator[Revised]:
    for standing in (each for each in scorecard.standings if each.indicator.code in codes):
        for period in periods(scorecard, standing, scorecard.period):
            if first := _first(scorecard, standing.indicator, period):
                yield Revised(standing, period, first, printed(scorecard, standing.indicator, period).value)


def _first(scorecard: Scorecard, indicator: Indicator, period: Period) -> First | None:
    """Return what was first published of a figure, None where that is how it stands."""
    first = scorecard.published.get(indicator.code, {}).get(str(period))
    return first if first and not _same(first.text, printed(scorecard, indicator, period).value) else None


def _same(one: str, other: str) -> bool:
    """Whether two printed values are the same number, however many decimals they are printed with."""
    if one == other:
        return True
    try:
        numbers = [Decimal(each.translate(PLAIN)) for each in (one, other)]
    except InvalidOperation:
        return False
    return numbers[0] == numbers[1] and one.endswith("%") == other.endswith("%")


def section(found: Sequence[Revised], number: int) -> model.Table:
    """Return the section that lists revisions; there must be one."""
    coded = any(each.standing.indicator.coded for each in found)
    columns = tuple(
        model.Column(key, key, "figure" if key == "value" else "text", title, "",
                     head=key == ("code" if coded else "name"), width=width)
        for key, title, width in COLUMNS
        if coded or key != "code"
    )  # fmt: skip
    parts = (model.Part("", tuple(_row(each, coded=coded) for each in found)),)
    said = f"{plural(len(found), 'figure')} of this report {'differs' if len(found) == 1 else 'differ'} from what was"
    return model.Table(
        heading=model.Heading(NAME, f"Section {number}", "Revisions", DESCRIPTION),
        introduction=f"{said} first published. Each is marked {REVISED} wherever it stands.",
        style="measured",
        columns=columns,
        counts=(),
        groups=(model.Group(f"{NAME}-all", "", "", "Revisions", None, (), (), parts, ()),),
    )


def _row(each: Revised, *, coded: bool) -> model.Row:
    indicator = each.standing.indicator
    code = (model.Text(indicator.code if indicator.coded else ""),) if coded else ()
    filled = (
        *code,
        model.Text(indicator.name),
        model.Text(each.period.words),
        model.Text(each.first.edition),
        Figure(each.first.text),
        Figure(each.now),
    )
    anchor = cells.anchor(NAME, f"{indicator.code} {each.period}")
    return model.Row(anchor, indicator.code, filled, facets(each.standing))
