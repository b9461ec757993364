"""Figures that differ from those first published: their mark, and the section that lists them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from mpr.load.editions.published import FirstFigure
from mpr.load.scorecard import Scorecard
from mpr.measure.formatting import format_count
from mpr.measure.indicator import Indicator
from mpr.measure.period import Period
from mpr.measure.status import IndicatorStatus
from mpr.report.model import report as model
from mpr.report.model.filters import list_filter_attributes
from mpr.report.model.open_data import REVISED_MARK, PrintedFigure
from mpr.report.printed_figures import format_period, list_periods
from mpr.report.wording import cells

SECTION_NAME = "revisions"
DESCRIPTION = "Figures that differ from those first published"
WITHOUT_FORMATTING = str.maketrans({",": "", "%": "", "−": "-"})
COLUMNS = (  # key, title, width in per cent; not explained in the report's key
    ("code", "Code", "8"),
    ("name", "Indicator", "36"),
    ("latest", "Period", "14"),
    ("source", "First published in", "18"),
    ("value", "First published", "14"),
    ("value", "Now", "10"),
)


@dataclass(frozen=True)
class RevisedFigure:
    """A figure as first published and as it is now (`current_text`)."""

    status: IndicatorStatus
    period: Period
    first_published: FirstFigure
    current_text: str


def mark_if_revised(scorecard: Scorecard, indicator: Indicator, period: Period, figure: PrintedFigure) -> PrintedFigure:
    """Return a period's printed value, marked if it differs from the one first published."""
    if not _find_first_published(scorecard, indicator, period):
        return figure
    return replace(figure, mark=f"{figure.mark} {REVISED_MARK}".strip())


def list_revised(scorecard: Scorecard, codes: Collection[str]) -> tuple[RevisedFigure, ...]:
    """Return every revised figure of this year and the year before, of the indicators in `codes`."""
    return tuple(_iter_revised(scorecard, codes)) if scorecard.first_figures else ()


def _iter_revised(scorecard: Scorecard, codes: Collection[str]) -> Iterator[RevisedFigure]:
    for status in (candidate for candidate in scorecard.statuses if candidate.indicator.code in codes):
        for period in list_periods(scorecard, status, scorecard.period):
            if first_published := _find_first_published(scorecard, status.indicator, period):
                yield RevisedFigure(
                    status, period, first_published, format_period(scorecard, status.indicator, period).value
                )


def _find_first_published(scorecard: Scorecard, indicator: Indicator, period: Period) -> FirstFigure | None:
    """Return a figure as first published, or None if it has not changed."""
    first_published = scorecard.first_figures.get(indicator.code, {}).get(str(period))
    return (
        first_published
        if first_published
        and not _is_same_value(first_published.text, format_period(scorecard, indicator, period).value)
        else None
    )


def _is_same_value(one: str, other: str) -> bool:
    """Whether two printed values are the same number, whatever their decimals."""
    if one == other:
        return True
    try:
        numbers = [Decimal(text.translate(WITHOUT_FORMATTING)) for text in (one, other)]
    except InvalidOperation:
        return False
    return numbers[0] == numbers[1] and one.endswith("%") == other.endswith("%")


def build_section(revised: Sequence[RevisedFigure], number: int) -> model.Table:
    """Return the section that lists revisions; `revised` must not be empty."""
    coded = any(figure.status.indicator.has_code for figure in revised)
    columns = tuple(
        model.Column(key, key, "figure" if key == "value" else "text", title, "",
                     head=key == ("code" if coded else "name"), width=width)
        for key, title, width in COLUMNS
        if coded or key != "code"
    )  # fmt: skip
    parts = (model.RowGroup("", tuple(_build_row(figure, coded=coded) for figure in revised)),)
    verb = "differs" if len(revised) == 1 else "differ"
    count_phrase = f"{format_count(len(revised), 'figure')} of this report {verb} from what was first published."
    return model.Table(
        heading=model.Heading(SECTION_NAME, f"Section {number}", "Revisions", DESCRIPTION),
        introduction=f"{count_phrase} Each is marked {REVISED_MARK} wherever it stands.",
        style="measured",
        columns=columns,
        counts=(),
        groups=(model.Group(f"{SECTION_NAME}-all", "", "", "Revisions", None, (), (), parts, ()),),
    )


def _build_row(figure: RevisedFigure, *, coded: bool) -> model.Row:
    indicator = figure.status.indicator
    code = (model.Text(indicator.code if indicator.has_code else ""),) if coded else ()
    contents = (
        *code,
        model.Text(indicator.name),
        model.Text(figure.period.full_name),
        model.Text(figure.first_published.edition),
        PrintedFigure(figure.first_published.text),
        PrintedFigure(figure.current_text),
    )
    anchor = cells.make_anchor(SECTION_NAME, f"{indicator.code} {figure.period}")
    return model.Row(anchor, indicator.code, contents, list_filter_attributes(figure.status))
