"""The columns of the tables of indicators: for each kind one function, from a standing to what its cell holds."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from mpr.load.sections import MPR
from mpr.measure import words
from mpr.measure.indicator import Indicator
from mpr.measure.period import Year
from mpr.measure.standing import Standing
from mpr.report import cells, model, sentences
from mpr.report.benchmarks import comparisons
from mpr.report.commentary import commentary
from mpr.report.context import Context
from mpr.report.facet import facets
from mpr.report.model import Content, Text
from mpr.report.revisions import marked
from mpr.report.spark import spark

Cell = Callable[[Context, Standing], Content]


@dataclass(frozen=True)
class Kind:
    """A kind of column: how its cells are printed, its title, what it means, and the function that fills it."""

    prints: str
    title: str
    meaning: str
    cell: Cell


KINDS: dict[str, Kind] = {}
EXCEPTIONS, CORPORATE = (tuple(MPR[name]["columns"]) for name in ("exceptions", "corporate"))
OWNER = 34
WIDTHS = {  # in millimetres, where there is room for all; else in proportion
    "code": 16, "name": 48, "polarity": 20, "latest": 21, "value": 18, "target": 19, "annual": 23, "rating": 23,
    "change": 21, "comment": 105, "managers": 30, "committee": 32, "departments": 34, "trend": 35, "comparison": 35,
    "source": 30, "aim": 26, "group": 30,
}  # fmt: skip


def _column(key: str, prints: str, title: str, meaning: str) -> Callable[[Cell], Cell]:
    """Make a function a kind of column; `{noun}`, `{year}` and `{end}` stand for the report's own."""

    def kept(cell: Cell) -> Cell:
        KINDS[key] = Kind(prints, title, meaning, cell)
        return cell

    return kept


def columns(context: Context) -> tuple[model.Column, ...]:
    """Return the columns of a section, their titles and meanings in words of its year and period."""
    return tuple(_of(context, each) for each in context.settings.columns)


def _of(context: Context, said: str | Mapping[str, str]) -> model.Column:
    key, own = (said, "") if isinstance(said, str) else next(iter(said.items()))
    kind = _kind(context, key)
    heads = "code" if "code" in context.settings.keys else "name"
    shipped = key in KINDS
    title, meaning = (_filled(context, text) if shipped else text for text in (kind.title, kind.meaning))
    style = key if shipped else "owner"
    return model.Column(key, style, kind.prints, own or title, meaning, head=key == heads, width=_width(context, key))


def _width(context: Context, key: str) -> str:
    """Return a column's share of the page in per cent, nothing where the style sheet sets the model report's own."""
    keys = context.settings.keys
    if keys in {EXCEPTIONS, CORPORATE}:
        return ""
    return f"{100 * WIDTHS.get(key, OWNER) / sum(WIDTHS.get(each, OWNER) for each in keys):.1f}"


def _filled(context: Context, text: str) -> str:
    """Put the report's own words into a title or a meaning."""
    period, year = context.noun, context.scorecard.year
    rated = [str(each) for each in context.scorecard.outcomes if each.rated]
    names = {
        "{noun}": period,
        "{Noun}": period.capitalize(),
        "{year}": year.words,
        "{end}": year.last.words,
        "{outcomes}": words.listed(rated, "or"),
    }
    return re.sub(r"\{\w+\}", lambda found: names.get(found[0], found[0]), text)


def _kind(context: Context, key: str) -> Kind:
    """Return a kind of column; an owner's shows the names in the council's vocabulary of that key."""
    if key in KINDS:
        return KINDS[key]
    title = context.scorecard.settings.owners[key].title
    meaning = f"The {words.lowered(title)} who answers for the indicator"
    return Kind("text", title, meaning, lambda _, each: Text("; ".join(each.indicator.owners.get(key, ()))))


def row(context: Context) -> model.Row:
    """Return the row in a section of the indicator of which alone the context is."""
    [standing] = context.standings
    filled = tuple(_kind(context, key).cell(context, standing) for key in context.settings.keys)
    anchor = cells.spot(context.name, standing.indicator)
    return model.Row(anchor, standing.indicator.code, filled, facets(standing))


@_column("code", "text", "Code", "The indicator’s code; where it is a link, it leads to the indicator’s detail")
def _code(context: Context, standing: Standing) -> Content:
    indicator = standing.indicator
    return Text(indicator.code if indicator.coded else "", link=context.details.get(indicator.code, ""))


@_column(
    "name", "text", "Short name", "What is measured, and whether the figure is of the {noun} or of the year so far"
)
def _name(context: Context, standing: Standing) -> Content:
    indicator = standing.indicator
    arrears = "In arrears" if indicator.arrears else ""
    usual = indicator.measure is None and indicator.frequency is context.scorecard.period.frequency
    measure = "" if usual else words.measure(indicator.measure, standing.latest.frequency)
    asides = (measure, *indicator.qualifiers, arrears)
    source = f"Source: {indicator.source}" if indicator.source and "source" not in context.settings.keys else ""
    name = Text(indicator.name, tuple(filter(None, (*asides, source))))
    if "code" not in context.settings.keys or not indicator.coded:
        name = replace(name, link=context.details.get(indicator.code, ""))
    refer = context.focus.get(indicator.code, "")
    return replace(name, refer=refer, reference="In focus") if refer and context.settings.which != "in focus" else name


@_column(
    "polarity", "text", "Minimise or maximise",
    "Maximise: a higher number is better. Minimise: a lower one. Goldilocks: best inside a range, or at the target",
)  # fmt: skip
def _polarity(_: Context, standing: Standing) -> Content:
    polarity = standing.indicator.polarity
    return Text(words.POLARITY[polarity] if polarity else "")


@_column("latest", "text", "Latest {noun}", "The latest {noun} for which performance information is available")
def _latest(context: Context, standing: Standing) -> Content:
    reported = context.scorecard.period.frequency
    due = "" if standing.due else f"new figure not due this {reported.noun}"
    return Text(standing.latest.short, (due,) if due else ())


@_column("value", "figure", "{Noun}’s value", "Performance to date for the latest {noun}")
def _value(context: Context, standing: Standing) -> Content:
    return marked(context.scorecard, standing.indicator, standing.latest, cells.value(standing))


@_column("target", "figure", "{Noun}’s target", "Target to date for the latest {noun}")
def _target(_: Context, standing: Standing) -> Content:
    return cells.target(standing.indicator, standing.target, standing.targets)


@_column("annual", "figure", "Annual target {year}", "Annual target for {year}")
def _annual(context: Context, standing: Standing) -> Content:
    year = Year.of(context.scorecard.period.last, standing.indicator.starts)
    shown = cells.annual(standing)
    return shown if year == context.scorecard.year or not standing.annual else replace(shown, of=year.words)


@_column(
    "rating", "outcome", "Expected outcome",
    "Whether performance is on track to achieve the annual target by {end}: {outcomes}",
)  # fmt: skip
def _rating(context: Context, standing: Standing) -> Content:
    return model.Judged(sentences.rated(standing), sentences.note(context.name, standing))


@_column(
    "change", "change", "Better or worse than last year",
    "Whether performance for the latest {noun} is better or worse than in the same {noun} of the previous year",
)  # fmt: skip
def _change(_: Context, standing: Standing) -> Content:
    return cells.changed(standing)


@_column(
    "comment", "commentary", "Comment",
    "Explanation of current performance, actions to improve it and anticipated future performance",
)  # fmt: skip
def _comment(_: Context, standing: Standing) -> Content:
    return commentary(standing.comment)


_PLAIN: dict[str, tuple[str, str, Callable[[Indicator], str]]] = {
    "managers": ("Managed by", "Who answers for the indicator", lambda each: "; ".join(each.managers)),
    "committee": (
        "Scrutiny committee",
        "The committee that scrutinises the indicator",
        lambda each: each.committee,
    ),
    "departments": ("Department", "The department that is responsible", lambda each: "; ".join(each.departments)),
    "aim": ("Aim", "The council’s aim that the indicator serves", lambda each: each.aim),
    "group": ("Group", "The group of indicators that it belongs to", lambda each: each.group),
    "source": ("Source", "Where the figure comes from", lambda each: each.source),
}


def _plain(text: Callable[[Indicator], str]) -> Cell:
    return lambda _, standing: Text(text(standing.indicator))


for _key, (_title, _meaning, _text) in _PLAIN.items():
    KINDS[_key] = Kind("text", _title, _meaning, _plain(_text))


@_column("trend", "spark", "Latest periods", "The figures of up to 13 periods, the newest at the right")
def _trend(context: Context, standing: Standing) -> Content:
    return spark(context.scorecard, context.name, standing)


@_column("comparison", "lines", "Comparison", "The same figure elsewhere, for the latest period or the one named")
def _comparison(context: Context, standing: Standing) -> Content:
    return model.Lines(comparisons(context.scorecard, standing))
