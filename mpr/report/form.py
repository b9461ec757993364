"""What officers are asked for a period: a line for each indicator that is due, with what helps to fill it in."""

from collections.abc import Iterator
from dataclasses import dataclass

from mpr.load.returned import Wanted
from mpr.load.schema import Settings
from mpr.load.scorecard import Scorecard
from mpr.load.values import INDICATOR, outcomes
from mpr.measure.indicator import Indicator
from mpr.measure.period import Period
from mpr.measure.standing import Standing
from mpr.measure.words import listed
from mpr.report import cells

HELP = ("(name)", "(unit)", "(latest)", "(target)")  # for the officer's eye; not read
FILL = ("value", "outcome", "reason", "comment")
NOBODY = "Nobody named"
EVERYBODY = "Indicators"  # the one sheet of a council that names no managers
VALUE = (
    "The figure of {period}: 83% or 1,544. 799 of 1,077 where it is a percentage and you know the numbers behind it. "
    "TBC where it is not there yet, N/A where there is none to give, Proxy 1.66 for a figure that stands in. "
    "Leave the cell empty where there is no news."
)
COMMENT = (
    "What lies behind the figure, and what is being done. Alt+Enter begins a new line; an empty line begins a new "
    "paragraph."
)


@dataclass(frozen=True)
class Line:
    """What is asked of one indicator: `help` stands under the headings of `HELP`."""

    indicator: Indicator
    help: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """What is asked for a period: the headings, and the lines in report order.

    `key` is the heading of the codes, `wanted` the headings of what is filled in. `guide` explains them, each with
    what it is about; `outcomes` are the words that may stand in an outcome's cell.
    """

    period: Period
    title: str
    key: str
    wanted: Wanted
    lines: tuple[Line, ...]
    guide: tuple[tuple[str, str], ...]
    outcomes: tuple[str, ...]

    @property
    def managers(self) -> dict[str, list[Line]]:
        """The lines by manager, in report order, and last those of nobody; one with two managers stands with both."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            for manager in line.indicator.managers:
                found.setdefault(manager, []).append(line)
        nobody = [line for line in self.lines if not line.indicator.managers]
        return found | ({NOBODY if found else EVERYBODY: nobody} if nobody else {})


def form(scorecard: Scorecard) -> Form:
    """Return what officers are asked for the period of a scorecard."""
    settings, period = scorecard.settings, scorecard.period
    due = [each for each in scorecard.standings if each.due]
    key = "code" if any(each.indicator.coded for each in due) else INDICATOR
    return Form(
        period,
        f"{settings.report.title}: the figures of {period.words}",
        key,
        wanted(settings, period),
        tuple(Line(each.indicator, _help(scorecard, each)) for each in due),
        tuple(_guide(scorecard)),
        tuple(str(each) for each in outcomes(scorecard.outcomes)),
    )


def wanted(settings: Settings, period: Period) -> Wanted:
    """Return what is to be filled in for a period, and by which mark its sheets are known."""
    focus = ("focus",) if _focus(settings) else ()
    return Wanted(str(period), settings.report.organisation, (*FILL, *focus, *settings.benchmarks))


def _focus(settings: Settings) -> bool:
    return any(each.which == "in focus" for each in settings.sections.values())


def _help(scorecard: Scorecard, standing: Standing) -> tuple[str, ...]:
    """Return what helps to fill a row in: name, unit, the latest figure with its period, the target now."""
    indicator = standing.indicator
    now = indicator.period(scorecard.period.last, indicator.grain(scorecard.period))
    goal = indicator.target(now)
    target = cells.target(indicator, goal, indicator.targets_of(now)).text if goal is not None else ""
    latest = f"{cells.value_text(standing)} ({standing.latest.short})" if standing.value is not None else ""
    return (indicator.alias, "%" if indicator.percent else indicator.unit, latest, target)


def _guide(scorecard: Scorecard) -> Iterator[tuple[str, str]]:
    """Yield what there is to know before filling in, each with what it is about."""
    yield "Where", "Each manager has a sheet. Fill in the white cells; the grey ones are there to help."
    yield "value", VALUE.format(period=scorecard.period.words)
    yield "outcome", "Only where your judgement of the year end is not the rule's: choose one from the list."
    yield "reason", "Why you set that outcome. It is printed."
    yield "comment", COMMENT
    if _focus(scorecard.settings):
        yield "focus", "yes for an item in focus; leave it empty otherwise."
    for name in scorecard.settings.benchmarks:
        yield name, "The same figure there, where you know it."
    yield "Dates", "Where Excel makes a date of what you type, give the cell the format Text and type it again."
    contacts = [f"{each.email} (telephone {each.telephone})" for each in scorecard.settings.report.contacts]
    if contacts:
        yield "When done", f"Save the workbook and send it back to {listed(contacts, 'or')}."
