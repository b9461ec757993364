"""The section that says what changed since the report before: outcomes then and now, revisions, the biggest moves."""

from dataclasses import replace

from mpr.measure.movement import Movement
from mpr.measure.period import Period
from mpr.measure.standing import Standing
from mpr.report import cells, model, sentences
from mpr.report.comparison import (
    Comparison,
    against,
    appeared,
    compare,
    gathered,
    reworded,
    summary,
    supplied,
    unrecorded,
)
from mpr.report.context import Context
from mpr.report.figures import Revision

BEFORE = "{before}"  # stands for the earlier report in the words of the section's settings
COLUMNS = (  # key, how its cells are printed, title, meaning, width in per cent
    ("code", "text", "Code", "The indicator’s code; where it is a link, it leads to the indicator’s detail", 7),
    ("name", "text", "Short name", "What is measured", 29),
    ("value", "figure", "Figure then", "The latest figure in the earlier report, and its target", 13),
    ("rating", "outcome", "Outcome then", "The expected outcome in the earlier report", 12),
    ("value", "figure", "Figure now", "The latest figure in this report, and its target", 13),
    ("rating", "outcome", "Outcome now", "The expected outcome in this report", 12),
    ("against", "text", "Against target", "How far each figure lies from its target, as a share of the target", 14),
)


def changes(context: Context) -> model.Table:
    """Compare the report with the newest one before it that has figures."""
    scorecard, then = context.scorecard, context.scorecard.earlier
    noun = scorecard.period.frequency.noun
    if not then:
        empty = f"There is no earlier {noun} with a data file to compare with."
        return model.Table(_heading(context, f"the {noun} before"), empty, "measured", (), (), ())
    codes = {each.indicator.code for each in context.standings}
    comparison = compare(scorecard, then, scorecard.record, codes)
    near = then.last.plus(1) == scorecard.period.first
    said = context.settings.introduction or f"Compared with the report of {then.words}. {summary(comparison)}"
    recorded = "" if comparison.recorded else f" {unrecorded(then)}"
    return model.Table(
        heading=_heading(context, f"last {noun}" if near else then.words),
        introduction=f"{said}{recorded}",
        style="measured",
        columns=_columns(context),
        counts=(),
        groups=_groups(context, comparison),
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
        model.Column(key, key, prints, title, meaning, head=key == heads, width=f"{width}")
        for key, prints, title, meaning, width in COLUMNS
        if coded or key != "code"
    )


def _groups(context: Context, comparison: Comparison) -> tuple[model.Group, ...]:
    """Return a table for each kind of change, and a sentence where a table would say no more."""
    tables = {each.key: _table(context, comparison, each.key, each.title, each.movements)
              for each in gathered(comparison)}  # fmt: skip
    moves = [tables.pop(key) for key in ("away", "towards") if key in tables]
    new = " ".join(appeared(comparison))
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
    notes = sentences.notes(section, [each.now for each in found])
    return replace(_group(context, key, title, rows), notes=notes)


def _row(context: Context, section: str, comparison: Comparison, movement: Movement) -> model.Row:
    then, now = movement.then, movement.now
    filled = (
        *_called(context, now),
        _figure(then, comparison.then),
        model.Judged(sentences.rated(then), ""),
        _figure(now, comparison.now),
        model.Judged(sentences.rated(now), sentences.note(section, now)),
        model.Text(against(movement)),
    )
    return model.Row(cells.spot(section, now.indicator), now.indicator.code, filled)


def _called(context: Context, standing: Standing) -> tuple[model.Text, ...]:
    """Return the code, where the section has codes, and the name; the first of them leads to the detail."""
    indicator = standing.indicator
    link = context.details.get(indicator.code, "")
    if not any(each.indicator.coded for each in context.standings):
        return (model.Text(indicator.name, link=link),)
    code = indicator.code if indicator.coded else ""
    return (model.Text(code, link=link), model.Text(indicator.name, link="" if code else link))


def _figure(standing: Standing, reported: Period) -> model.Figure:
    """Return the latest figure with its target and, where it is of an earlier period, with that."""
    lagging = standing.latest.last < reported.last and standing.value is not None
    target = f"target {cells.target_text(standing)}" if standing.target is not None else ""
    asides = (target, standing.latest.short if lagging else "")
    return replace(cells.value(standing), of="; ".join(filter(None, asides)))


def _revised(context: Context, comparison: Comparison, revised: list[Revision]) -> model.Group:
    rows = tuple(_revision(context, f"{context.name}-revised-{number}", each) for number, each in enumerate(revised, 1))
    return _group(context, "revised", f"Revised since the report of {comparison.then.words}", rows)


def _revision(context: Context, anchor: str, revision: Revision) -> model.Row:
    what = reworded(revision)
    name = model.Text(revision.name, (what[:1].upper() + what[1:],))
    coded = any(each.indicator.coded for each in context.standings)
    code = (model.Text(revision.code),) if coded else ()
    filled = (*code, name, model.Figure(revision.then), None, model.Figure(revision.now), None, model.Text(""))
    return model.Row(anchor, revision.code, filled)
