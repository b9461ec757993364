"""`mpr explain`: where an indicator's figure, target and outcome come from, and what is printed of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from mpr.load.scorecard import Scorecard, load_figures
from mpr.measure.period import Period, Year
from mpr.measure.standing import Standing
from mpr.problem import InputError, Place, Problem, nearest, quoted
from mpr.project import Project
from mpr.report import cells, model, sentences
from mpr.report.assemble import assemble
from mpr.report.data import Figure


@dataclass(frozen=True)
class Line:
    """One thing that is said of an indicator, and the places in the officers' files that it comes from."""

    label: str
    text: str
    places: tuple[str, ...] = ()


def explain(project: Project, period: str, code: str) -> tuple[Line, ...]:
    """Trace an indicator in a report; raise InputError where its figures cannot be read or it has no such indicator."""
    scorecard = load_figures(project, period)
    by_code = {each.indicator.code.casefold(): each for each in scorecard.standings}
    standing = by_code.get(" ".join(code.split()).casefold())
    if not standing:
        codes = [each.code for each in scorecard.indicators]
        hint = nearest(code, codes) or f"known are {', '.join(codes)}"
        problem = Problem(
            Place(project.shown(project.indicators)), "E126", f"there is no indicator {quoted(code)}", hint
        )
        raise InputError([problem])
    return (*_traced(scorecard, standing), *_printed(assemble(scorecard), standing))


def _traced(scorecard: Scorecard, standing: Standing) -> Iterator[Line]:
    indicator, latest = standing.indicator, standing.latest
    name = f"{indicator.code} {indicator.name}" if indicator.coded else indicator.name
    yield Line("Indicator", name, (str(indicator.place),))
    yield Line("Report", scorecard.period.words, (str(scorecard.place),))
    behind = "" if latest == scorecard.period else f", the newest with a figure up to {scorecard.period.words}"
    yield Line("Latest", f"{latest.words}{behind}")
    value = cells.value(standing)
    made = " computed from shorter periods" if standing.figure.computed else ""
    marks = "".join(f" ({each})" for each in (value.mark, value.of) if each)
    yield Line("Value", f"{value.text}{marks}{made}", tuple(_places(scorecard, standing, latest)))
    place = standing.targets.place if standing.targets else None
    yield Line("Target", cells.target_text(standing), (str(place),) if place else ())
    annual = Year.of(scorecard.period.last, indicator.starts).words if standing.annual else ""
    yield Line("Annual target", f"{cells.annual(standing).text} {annual}".rstrip())
    yield Line("Rule", sentences.rule(standing))
    yield Line("Deviation", sentences.deviation(standing) or "nothing to compare")
    yield Line("Rule alone says", standing.proposal.word)
    yield Line("Outcome", standing.outcome.word)
    if standing.overruled:
        where = str(scorecard.place_of(indicator))
        yield Line("Overruled", standing.reason or "no reason was given", (where,))
    changed = cells.changed(standing)
    before = latest.year_before
    places = tuple(_places(scorecard, standing, before)) if standing.before is not None else ()
    yield Line("Against last year", f"{changed.word}: {changed.detail}", places)


def _places(scorecard: Scorecard, standing: Standing, period: Period) -> Iterator[str]:
    """Yield where a period's figure stands; of one that is computed, where those of its parts do."""
    indicator, readings = standing.indicator, scorecard.series(standing.indicator)
    if period in readings and readings[period].written:
        yield str(readings[period].place)
        return
    parts = dict.fromkeys(indicator.period(month, indicator.frequency) for month in period.months)
    yield from (str(readings[part].place) for part in parts if part in readings and readings[part].written)


def _printed(report: model.Report, standing: Standing) -> Iterator[Line]:
    """Yield what each section prints of the indicator, its comment aside."""
    for table in report.tables:
        for row in table.rows:
            if row.code == standing.indicator.code:
                said = [f"{column.title} {text}" for column, cell in zip(table.columns, row.cells, strict=True)
                        if (text := _text(cell))]  # fmt: skip
                yield Line(table.heading.label, f"{table.heading.title}: {'; '.join(said)}")
    for detail in report.details:
        for block in detail.blocks:
            if block.anchor == cells.spot(detail.heading.anchor, standing.indicator):
                yield Line(detail.heading.label, f"{detail.heading.title}: {block.rating.word}. {' '.join(block.rule)}")


def _text(cell: model.Content) -> str:
    if isinstance(cell, model.Judged):
        return cell.rating.word
    if isinstance(cell, model.Change):
        return cell.word
    if isinstance(cell, model.Lines):
        return ", ".join(cell.lines)
    return cell.text if isinstance(cell, model.Text | Figure) else ""
