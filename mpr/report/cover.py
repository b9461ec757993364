"""The cover: what is in the report, how it stands at a glance, and who made it."""

from collections.abc import Iterator, Sequence

from mpr.load.scorecard import Scorecard
from mpr.measure.words import listed
from mpr.report import cells, model
from mpr.report.appendices import Appendix, notice

MOST_OFF_TRACK, MOST_ON_TRACK = 30, 10  # for which the page has room: of more, the counts and the contents must do
KEY = model.Entry("key", "Key", "Columns and symbols", "What the columns and symbols of this report mean")


def cover(scorecard: Scorecard, sections: Sequence[model.Section], attached: Sequence[Appendix]) -> model.Cover:
    """Gather the first page, from the sections that follow it; what is counted are the corporate indicators."""
    places = _places(scorecard, sections)
    corporate = [each for each in scorecard.standings if not each.indicator.group] or list(scorecard.standings)
    report = scorecard.settings.report
    off_track, on_track = ([each.word for each in scorecard.outcomes if each.rated and each.off_track is off]
                           for off in (True, False))  # fmt: skip
    listed_off = tuple(
        model.Entry(places[each.indicator.code], each.outcome.key, each.indicator.code, each.outcome.word)
        for each in corporate
        if each.off_track and each.indicator.coded and each.indicator.code in places
    )
    listed_on = tuple(_on_track(scorecard, sections))
    return model.Cover(
        contents=(KEY, *(_entry(each) for each in sections), *(_appendix(each) for each in attached)),
        counts=cells.counts(corporate, scorecard.outcomes),
        off_track_title=f"{listed([word if not at else word.lower() for at, word in enumerate(off_track)])} indicators",
        off_track=listed_off if len(listed_off) <= MOST_OFF_TRACK else (),
        greens_title=f"{listed(on_track)} indicators with a comment",
        greens=listed_on if len(listed_on) <= MOST_ON_TRACK else (),
        corrections=tuple(f"Version {each.version}: {each.changed}" for each in scorecard.edition.corrections),
        notices=(*notice(scorecard), *scorecard.edition.notices),
        contacts=tuple(model.Contact(each.email, each.telephone) for each in report.contacts),
    )


def _places(scorecard: Scorecard, sections: Sequence[model.Section]) -> dict[str, str]:
    """Return where each indicator stands, by its code: its detail, or else its first row."""
    own = {name for name, each in scorecard.settings.sections.items() if each.layout == "table"}
    tables = [each for each in sections if isinstance(each, model.Table) and each.heading.anchor in own]
    rows = {row.code: row.anchor for table in reversed(tables) for row in table.rows}
    blocks = [block for each in sections if isinstance(each, model.Detail) for block in each.blocks]
    details = {block.code: block.anchor for block in reversed(blocks)}
    return rows | details


def _entry(section: model.Section) -> model.Entry:
    """Return a section's line of the contents, with those of its groups or blocks."""
    if isinstance(section, model.Detail):
        inside = [model.Entry(each.anchor, each.code, each.alias) for each in section.blocks]
    else:
        inside = [
            model.Entry(each.anchor, each.count.rating.word if each.count else each.label, each.title)
            for each in section.groups
            if each.title
        ]
    heading = section.heading
    return model.Entry(heading.anchor, heading.label, heading.title, heading.description, tuple(inside))


def _appendix(appendix: Appendix) -> model.Entry:
    """Return an appendix's line of the contents, which its own page says more of."""
    return model.Entry(appendix.anchor, appendix.label, appendix.title)


def _on_track(scorecard: Scorecard, sections: Sequence[model.Section]) -> Iterator[model.Entry]:
    """Yield what is on track and has a comment, in the order of the sections of exceptions."""
    settings = scorecard.settings.sections
    which = {name: each.which for name, each in settings.items()}
    exceptions = [each for each in sections if which.get(each.heading.anchor) == "exceptions"]
    tables = [each for each in exceptions if isinstance(each, model.Table)]
    anchors = {row.code: row.anchor for table in reversed(tables) for row in table.rows}
    said = {each.indicator.code: each for each in scorecard.standings if each.comment and each.outcome.rated}
    for code in dict.fromkeys(row.code for table in tables for row in table.rows):
        standing = said.get(code)
        if standing and not standing.off_track:
            label = code if standing.indicator.coded else ""
            yield model.Entry(anchors[code], label, standing.indicator.alias)
