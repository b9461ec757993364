"""The request to officers for the figures of a period: a line for each indicator that is due, with help cells."""

from collections.abc import Iterator
from dataclasses import dataclass

from mpr.load.config.schema import Settings
from mpr.load.scorecard import Scorecard
from mpr.load.values import INDICATOR_HEADING, select_settable_outcomes
from mpr.load.workbooks.returned import ExpectedSheet
from mpr.measure.formatting import join_words
from mpr.measure.indicator import Indicator
from mpr.measure.period import Period
from mpr.measure.status import IndicatorStatus
from mpr.report.wording import cells

HELP_HEADINGS = (
    "(name)",
    "(unit)",
    "(latest)",
    "(target)",
)  # for the officer only: `mpr collect` ignores these columns
FILL_HEADINGS = ("value", "outcome", "reason", "comment")
NO_MANAGER = "Nobody named"
SINGLE_SHEET = "Indicators"  # the only sheet of a council that names no managers
VALUE_GUIDE = (
    "The figure of {period}: 83% or 1,544. 799 of 1,077 where it is a percentage and you know the numbers behind it. "
    "TBC where it is not there yet, N/A where there is none to give, Proxy 1.66 for a figure that stands in. "
    "Leave the cell empty where there is no news."
)
COMMENT_GUIDE = (
    "What lies behind the figure, and what is being done. Alt+Enter begins a new line; an empty line begins a new "
    "paragraph."
)


@dataclass(frozen=True)
class RequestedLine:
    """The line of one indicator; `help_cells` are those under `HELP_HEADINGS`."""

    indicator: Indicator
    help_cells: tuple[str, ...]


@dataclass(frozen=True)
class DataRequest:
    """A request for the figures of a period, with its lines in report order.

    `code_heading` is the heading of the codes, `expected` says what officers fill in. `guide` has pairs of a subject
    and its explanation; `outcomes` are the words allowed in the cell of an outcome.
    """

    period: Period
    title: str
    code_heading: str
    expected: ExpectedSheet
    lines: tuple[RequestedLine, ...]
    guide: tuple[tuple[str, str], ...]
    outcomes: tuple[str, ...]

    @property
    def lines_by_manager(self) -> dict[str, list[RequestedLine]]:
        """The lines by manager, in report order, without a manager last; a line with two managers is under both."""
        by_manager: dict[str, list[RequestedLine]] = {}
        for line in self.lines:
            for manager in line.indicator.managers:
                by_manager.setdefault(manager, []).append(line)
        unmanaged = [line for line in self.lines if not line.indicator.managers]
        return by_manager | ({NO_MANAGER if by_manager else SINGLE_SHEET: unmanaged} if unmanaged else {})


def build_data_request(scorecard: Scorecard) -> DataRequest:
    """Return the request for the period of a scorecard."""
    settings, period = scorecard.settings, scorecard.period
    due = [status for status in scorecard.statuses if status.is_due]
    code_heading = "code" if any(status.indicator.has_code for status in due) else INDICATOR_HEADING
    return DataRequest(
        period,
        f"{settings.report.title}: the figures of {period.full_name}",
        code_heading,
        build_expected_sheet(settings, period),
        tuple(RequestedLine(status.indicator, _build_help_cells(scorecard, status)) for status in due),
        tuple(_iter_guide(scorecard)),
        tuple(str(outcome) for outcome in select_settable_outcomes(scorecard.outcomes)),
    )


def build_expected_sheet(settings: Settings, period: Period) -> ExpectedSheet:
    """Return the sheet expected back for a period: its columns, and the period and council that identify it."""
    focus_heading = ("focus",) if _has_focus_section(settings) else ()
    return ExpectedSheet(
        str(period), settings.report.organisation, (*FILL_HEADINGS, *focus_heading, *settings.benchmarks)
    )


def _has_focus_section(settings: Settings) -> bool:
    return any(section.which == "in focus" for section in settings.sections.values())


def _build_help_cells(scorecard: Scorecard, status: IndicatorStatus) -> tuple[str, ...]:
    """Return the help cells of an indicator: name, unit, latest figure with its period, target of this period."""
    indicator = status.indicator
    current_period = indicator.get_period(scorecard.period.last, indicator.choose_frequency(scorecard.period))
    target = indicator.get_target(current_period)
    target_text = (
        cells.format_target(indicator, target, indicator.get_year_targets(current_period)).text
        if target is not None
        else ""
    )
    latest_text = (
        f"{cells.format_value_text(status)} ({status.latest_period.short_name})" if status.value is not None else ""
    )
    return (indicator.alias, "%" if indicator.is_percentage else indicator.unit, latest_text, target_text)


def _iter_guide(scorecard: Scorecard) -> Iterator[tuple[str, str]]:
    """Yield the guide to filling in the workbook, as pairs of a subject and its explanation."""
    yield "Where", "Each manager has a sheet. Fill in the white cells; the grey ones are there to help."
    yield "value", VALUE_GUIDE.format(period=scorecard.period.full_name)
    yield "outcome", "Only where your judgement of the year end is not the rule's: choose one from the list."
    yield "reason", "Why you set that outcome. It is printed."
    yield "comment", COMMENT_GUIDE
    if _has_focus_section(scorecard.settings):
        yield "focus", "yes for an item in focus; leave it empty otherwise."
    for name in scorecard.settings.benchmarks:
        yield name, "The same figure there, where you know it."
    yield "Dates", "Where Excel makes a date of what you type, give the cell the format Text and type it again."
    contacts = [f"{contact.email} (telephone {contact.telephone})" for contact in scorecard.settings.report.contacts]
    if contacts:
        yield "When done", f"Save the workbook and send it back to {join_words(contacts, 'or')}."
