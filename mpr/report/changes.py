"""The section that says what changed since the report before: outcomes then and now, revisions, the biggest moves."""

from dataclasses import replace

from mpr.measure.movement import Movement
from mpr.measure.outcome import named
from mpr.measure.period import Period
from mpr.measure.standing import Standing
from mpr.measure.words import NO_BREAK
from mpr.report import cells, model, sentences
from mpr.report.comparison import (
    Comparison,
    against,
    appeared,
    compare,
    gathered,
    lagging,
    reworded,
    summary,
    supplied,
    unrecorded,
)
from mpr.report.context import Context
from mpr.report.data import Figure
from mpr.report.facet import facets
from mpr.report.figures import Revision
from mpr.report.revisions import marked

STYLE = "measured changes"
BEFORE = "{before}"  # stands for the earlier report in the words of the section's settings
COLUMNS = (  # key, how its cells are printed, title, width in per cent; the key need not explain them
    ("code", "text", "Code", "6"),
    ("name", "text", "Indicator", "24"),
    ("value", "figure", "Figure then", "9"),
    ("target", "figure", "Target then", "9"),
    ("rating", "outcome", "Outcome then", "9.5"),
    ("value", "figure", "Figure now", "8.5"),
    ("target", "figure", "Target now", "9"),
    ("rating", "outcome", "Outcome now", "9.5"),
    ("against", "text", "Against target", "15.5"),
)
MEANS = "Against target is how far each figure lies from the target beside it, as a share of that target."


def changes(context: Context) -> model.Table:
    """Compare the report with the newest one before it that has figures."""
    scorecard, then = context.scorecard, context.scorecard.earlier
    noun = scorecard.period.frequency.noun
    if not then:
        empty = f"There is no earlier {noun} with a data file to compare with."
        return model.Table(_heading(context, f"the {noun} before"), empty, STYLE, (), (), ())
    codes = {each.indicator.code for each in context.standings}
    comparison = compare(scorecard, then, scorecard.record, codes)
    near = then.last.plus(1) == scorecard.period.first
    said = context.settings.introduction or f"Compared with {then.words}. {summary(comparison)}"
    recorded = "" if comparison.recorded else unrecorded(then)
    groups = _groups(context, comparison)
    means = MEANS if any(group.rows for group in groups) else ""
    return model.Table(
        heading=_heading(context, f"last {noun}" if near else then.words),
        introduction=" ".join(filter(None, [said, recorded, means])),
        style=STYLE,
        columns=_columns(context),
        counts=(),
        groups=groups,
    )


def _heading(context: Context, before: str) -> model.Heading:
    heading = context.heading
    return replace(
        heading,
        title=heading.title.replace(BEFORE, before),
        description=heading.description.replace(BEFORE, before),
    )


def _columns(context: Context) -> tuple[model.Column, ...]:
    """Return the columns, without that of the codes where no indicator has one."""
    coded = any(each.indicator.coded for each in context.standings)
    heads = "code" if coded else "name"
    return tuple(
        model.Column(key, key, prints, title, "", head=key == heads, width=width)
        for key, prints, title, width in COLUMNS
        if coded or key != "code"
    )


def _groups(context: Context, comparison: Comparison) -> tuple[model.Group, ...]:
    """Return a table for each kind of change, and a sentence where a table would say no more."""
    tables = {each.key: _table(context, comparison, each.key, each.title, each.movements)
              for each in gathered(comparison)}  # fmt: skip
    moves = [tables.pop(key) for key in ("away", "towards") if key in tables]
    new = " ".join(appeared(comparison))
    for each in comparison.movements:
        code = each.now.indicator.code
        new = new.replace(code, code.replace(" ", NO_BREAK))
    revised = [each for each in comparison.revised if not each.added]
    late = supplied(comparison.revised)
    found = [*tables.values()]
    found += [_sentence(context, "new", f"New since {comparison.then.words}", new)] if new else []
    found += [_revised(context, comparison, revised)] if revised else []
    found += (
        [_sentence(context, "supplied", f"Supplied since the report of {comparison.then.words}", late)] if late else []
    )
    return (*found, *moves)


def _group(context: Context, key: str, title: str, rows: tuple[model.Row, ...]) -> model.Group:
    anchor = cells.anchor(context.name, key)
    parts = (model.Part("", rows),) if rows else ()
    return model.Group(anchor, "", title, title, None, (), (), parts, ())


def _sentence(context: Context, key: str, title: str, sentence: str) -> model.Group:
    return replace(_group(context, key, title, ()), empty=sentence)


def _table(context: Context, comparison: Comparison, key: str, title: str, found: tuple[Movement, ...]) -> model.Group:
    section = f"{context.name}-{key}"
    rows = tuple(_row(context, section, comparison, each) for each in found)
    before = sentences.notes(f"{section}-then", [each.then for each in found])
    notes = tuple(replace(each, text=f"In {comparison.then.words}: {each.text}") for each in before)
    return replace(
        _group(context, key, title, rows), notes=(*notes, *sentences.notes(section, [each.now for each in found]))
    )


def _row(context: Context, section: str, comparison: Comparison, movement: Movement) -> model.Row:
    filled = (
        *_called(context, movement.now),
        *_side(movement.then, comparison.then, f"{section}-then", cells.value(movement.then)),
        *_side(movement.now, comparison.now, section, _now(context, movement.now)),
        model.Text(against(movement)),
    )
    anchor = cells.spot(section, movement.now.indicator)
    return model.Row(anchor, movement.now.indicator.code, filled, facets(movement.now))


def _now(context: Context, standing: Standing) -> Figure:
    """Return the figure of this report, marked where another was first published."""
    return marked(context.scorecard, standing.indicator, standing.latest, cells.value(standing))


def _side(standing: Standing, reported: Period, section: str, value: Figure) -> tuple[model.Content, ...]:
    """Return the figure of one report, with its period where that is an earlier one, its target and its outcome."""
    return (
        replace(value, of=lagging(standing, reported)),
        cells.target(standing.indicator, standing.target, standing.targets),
        model.Judged(sentences.rated(standing), sentences.note(section, standing)),
    )


def _called(context: Context, standing: Standing) -> tuple[model.Content, ...]:
    """Return the code, where the section has codes, and the name; the first of them leads to the detail."""
    indicator = standing.indicator
    link = context.details.get(indicator.code, "")
    if not any(each.indicator.coded for each in context.standings):
        return (model.Text(indicator.alias, link=link),)
    code = indicator.code if indicator.coded else ""
    return (model.Text(code, link=link), model.Text(indicator.alias, link="" if code else link))


def _revised(context: Context, comparison: Comparison, revised: list[Revision]) -> model.Group:
    rows = tuple(_revision(context, f"{context.name}-revised-{number}", each) for number, each in enumerate(revised, 1))
    return _group(context, "revised", f"Revised since the report of {comparison.then.words}", rows)


def _revision(context: Context, anchor: str, revision: Revision) -> model.Row:
    what = reworded(revision)
    name = model.Text(revision.name, (what[:1].upper() + what[1:],))
    coded = any(each.indicator.coded for each in context.standings)
    code = (model.Text(revision.code),) if coded else ()
    sides = [_reading(context, revision, text) for text in (revision.then, revision.now)]
    known = {each.indicator.code: facets(each) for each in context.standings}
    about = known.get(revision.code, (("indicator", revision.code),))
    return model.Row(anchor, revision.code, (*code, name, *sides[0], *sides[1], model.Text("")), about)


def _reading(context: Context, revision: Revision, text: str) -> tuple[model.Content, ...]:
    """Return what was printed, or reads now, in its column, and nothing in the other two."""
    judged = named(text, context.scorecard.outcomes) if revision.what == "outcome" else None
    if judged:
        return (None, None, model.Judged(cells.plain(judged), ""))
    return (None, Figure(text), None) if "target" in revision.what else (Figure(text), None, None)
