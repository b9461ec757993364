"""The cover: what is in the report, how it stands at a glance, and who made it."""

from mpr.load.scorecard import Scorecard
from mpr.report import model

KEY = model.Entry("key", "Key", "Columns and symbols", "What the columns and symbols of this report mean")


def cover(
    scorecard: Scorecard,
    exceptions: model.Exceptions,
    corporate: model.Corporate,
    detail: model.Detail,
    partnership: model.Partnership,
) -> model.Cover:
    """Gather the first page; the greens with a comment come in the order in which Section 1 has them."""
    aliases = {each.code: each.alias for each in scorecard.indicators}
    greens = tuple(
        model.Entry(row.anchor, row.code, aliases[row.code])
        for group in exceptions.groups
        if group.count.rating.kind == "green"
        for department in group.departments
        for row in department.rows
    )
    parts = (
        (exceptions, [model.Entry(each.anchor, each.count.rating.word, each.title) for each in exceptions.groups]),
        (corporate, [model.Entry(each.anchor, "Aim", each.name) for each in corporate.aims]),
        (
            detail,
            [model.Entry(each.anchor, each.code, aliases[each.code]) for aim in detail.aims for each in aim.blocks],
        ),
        (partnership, [model.Entry(each.anchor, "", each.name) for each in partnership.groups]),
    )
    headings = [(section.heading, tuple(entries)) for section, entries in parts]
    sections = [model.Entry(each.anchor, each.label, each.title, each.description, inside) for each, inside in headings]
    report = scorecard.settings.report
    return model.Cover(
        contents=(KEY, *sections),
        counts=corporate.counts,
        off_track=tuple(
            model.Entry(each.anchor, each.rating.kind, each.code) for aim in detail.aims for each in aim.blocks
        ),
        greens=greens,
        notices=scorecard.edition.notices,
        contacts=tuple(model.Contact(each.email, each.telephone) for each in report.contacts),
    )
