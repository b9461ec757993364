"""The columns of the tables of indicators: for each kind one function, from a standing to what its cell holds."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from mpr.measure import words
from mpr.measure.standing import Standing
from mpr.report import cells, model, sentences
from mpr.report.benchmarks import comparisons
from mpr.report.commentary import commentary
from mpr.report.edition import Place, noun
from mpr.report.model import Content, Text
from mpr.report.spark import spark

Cell = Callable[[Place, Standing], Content]


@dataclass(frozen=True)
class Kind:
    """A kind of column: how its cells are printed, its title, what it means, and the function that fills it."""

    prints: str
    title: str
    meaning: str
    cell: Cell


KINDS: dict[str, Kind] = {}


def _column(key: str, prints: str, title: str, meaning: str) -> Callable[[Cell], Cell]:
    """Make a function a kind of column; `{noun}`, `{year}` and `{end}` stand for the report's own."""

    def kept(cell: Cell) -> Cell:
        KINDS[key] = Kind(prints, title, meaning, cell)
        return cell

    return kept


def columns(place: Place) -> tuple[model.Column, ...]:
    """Return the columns of a section, their titles and meanings in words of its year and period."""
    return tuple(_of(place, each) for each in place.settings.columns)


def _of(place: Place, said: str | Mapping[str, str]) -> model.Column:
    key, own = (said, "") if isinstance(said, str) else next(iter(said.items()))
    kind = _kind(place, key)
    heads = "code" if "code" in place.settings.keys else "name"
    style = key if key in KINDS else "owner"
    title, meaning = _filled(place, kind.title), _filled(place, kind.meaning)
    return model.Column(key, style, kind.prints, own or title, meaning, head=key == heads)


def _filled(place: Place, text: str) -> str:
    """Put the report's own words into a title or a meaning."""
    period, year = noun(place.scorecard.period, place.standings), place.scorecard.year
    rated = [str(each) for each in place.scorecard.outcomes if each.rated]
    names = {
        "{noun}": period,
        "{Noun}": period.capitalize(),
        "{year}": year.words,
        "{end}": year.last.words,
        "{outcomes}": words.listed(rated, "or"),
    }
    return re.sub(r"\{\w+\}", lambda found: names.get(found[0], found[0]), text)


def _kind(place: Place, key: str) -> Kind:
    """Return a kind of column; an owner's shows the names in the council's vocabulary of that key."""
    if key in KINDS:
        return KINDS[key]
    title = place.scorecard.settings.owners[key].title
    meaning = f"The {title.lower()} who answers for the indicator"
    return Kind("text", title, meaning, lambda _, each: Text("; ".join(each.indicator.owners.get(key, ()))))


def row(place: Place, standing: Standing, shown: tuple[model.Column, ...]) -> model.Row:
    """Return an indicator's row in a section."""
    filled = tuple(_kind(place, column.key).cell(place, standing) for column in shown)
    anchor = cells.anchor(place.name, standing.indicator.code)
    return model.Row(anchor, standing.indicator.code, sentences.rated(standing), filled)


@_column("code", "text", "MPR code", "The indicator’s code; where it is a link, it leads to the indicator’s detail")
def _code(place: Place, standing: Standing) -> Content:
    return Text(standing.indicator.code, link=place.details.get(standing.indicator.code, ""))


@_column(
    "name", "text", "Short name", "What is measured, and whether the figure is of the {noun} or of the year so far"
)
def _name(place: Place, standing: Standing) -> Content:
    indicator = standing.indicator
    arrears = "In arrears" if indicator.arrears else ""
    usual = indicator.measure is None and indicator.frequency is place.scorecard.period.frequency
    measure = "" if usual else words.measure(indicator.measure, indicator.frequency)
    asides = (measure, *indicator.qualifiers, arrears)
    source = f"Source: {indicator.source}" if indicator.source and "source" not in place.settings.keys else ""
    name = Text(indicator.name, tuple(filter(None, (*asides, source))))
    if not indicator.coded:
        name = replace(name, link=place.details.get(indicator.code, ""))
    refer = place.focus.get(indicator.code, "")
    return replace(name, refer=refer, reference="In focus") if refer and place.settings.which != "in focus" else name


@_column(
    "polarity", "text", "Minimise or maximise",
    "Maximise: a higher number is better. Minimise: a lower one. Goldilocks: best inside a range, or at the target",
)  # fmt: skip
def _polarity(_: Place, standing: Standing) -> Content:
    polarity = standing.indicator.polarity
    return Text(words.POLARITY[polarity] if polarity else "")


@_column("latest", "text", "Latest {noun}", "The latest {noun} for which performance information is available")
def _latest(place: Place, standing: Standing) -> Content:
    reported = place.scorecard.period.frequency
    due = "" if standing.due else f"not due this {reported.noun}"
    return Text(standing.latest.short, (due,) if due else ())


@_column("value", "figure", "{Noun}’s value", "Performance to date for the latest {noun}")
def _value(_: Place, standing: Standing) -> Content:
    return cells.value(standing)


@_column("target", "figure", "{Noun}’s target", "Target to date for the latest {noun}")
def _target(_: Place, standing: Standing) -> Content:
    return cells.target(standing.indicator, standing.target, standing.targets)


@_column("annual", "figure", "Annual target {year}", "Annual target for {year}")
def _annual(_: Place, standing: Standing) -> Content:
    return cells.annual(standing)


@_column(
    "rating", "outcome", "Expected outcome",
    "Whether performance is on track to achieve the annual target by {end}: {outcomes}",
)  # fmt: skip
def _rating(place: Place, standing: Standing) -> Content:
    return model.Judged(sentences.rated(standing), sentences.note(place.name, standing))


@_column(
    "change", "change", "Better or worse than last year",
    "Whether performance for the latest {noun} is better or worse than in the same {noun} of the previous year",
)  # fmt: skip
def _change(_: Place, standing: Standing) -> Content:
    return cells.changed(standing)


@_column(
    "comment", "commentary", "Comment",
    "Explanation of current performance, actions to improve it and anticipated future performance",
)  # fmt: skip
def _comment(_: Place, standing: Standing) -> Content:
    return commentary(standing.comment)


@_column("managers", "text", "Managed by", "Who answers for the indicator")
def _managers(_: Place, standing: Standing) -> Content:
    return Text("; ".join(standing.indicator.managers))


@_column("committee", "text", "Scrutiny committee", "The committee that scrutinises the indicator")
def _committee(_: Place, standing: Standing) -> Content:
    return Text(standing.indicator.committee)


@_column("departments", "text", "Department", "The department that is responsible")
def _departments(_: Place, standing: Standing) -> Content:
    return Text("; ".join(standing.indicator.departments))


@_column("aim", "text", "Aim", "The council’s aim that the indicator serves")
def _aim(_: Place, standing: Standing) -> Content:
    return Text(standing.indicator.aim)


@_column("group", "text", "Group", "The group of indicators that it belongs to")
def _group(_: Place, standing: Standing) -> Content:
    return Text(standing.indicator.group)


@_column("source", "text", "Source", "Where the figure comes from")
def _source(_: Place, standing: Standing) -> Content:
    return Text(standing.indicator.source)


@_column("trend", "spark", "Latest periods", "The figures of up to 13 periods, the newest at the right")
def _trend(place: Place, standing: Standing) -> Content:
    return spark(place.scorecard, place.name, standing)


@_column("comparison", "lines", "Comparison", "The same figure elsewhere, for the latest period or the one named")
def _comparison(place: Place, standing: Standing) -> Content:
    return model.Lines(comparisons(place.scorecard, standing))
