"""The cover: contents, outcomes at a glance, corrections and contacts."""

from collections.abc import Iterator, Sequence

from mpr.load.scorecard import Scorecard
from mpr.measure.formatting import join_words
from mpr.report.model import report as model
from mpr.report.model.appendix import Appendix
from mpr.report.sections.appendices import describe_missing_appendices
from mpr.report.wording import cells

MOST_OFF_TRACK, MOST_ON_TRACK = 30, 10  # entries for which the page has room; longer lists are left out
KEY_ENTRY = model.ContentsEntry("key", "Key", "Columns and symbols", "What the columns and symbols of this report mean")


def build_cover(
    scorecard: Scorecard, sections: Sequence[model.Section], announced_appendices: Sequence[Appendix]
) -> model.Cover:
    """Return the first page; it counts corporate indicators or, if there are none, all."""
    anchors = _collect_anchors(scorecard, sections)
    corporate = [status for status in scorecard.statuses if not status.indicator.group] or list(scorecard.statuses)
    report_settings = scorecard.settings.report
    rated = [outcome for outcome in scorecard.outcomes if outcome.is_rated]
    off_track_words = [outcome.word for outcome in rated if outcome.off_track]
    on_track_words = [outcome.word for outcome in rated if not outcome.off_track]
    off_track_entries = tuple(
        model.ContentsEntry(
            anchors[status.indicator.code], status.outcome.key, status.indicator.code, status.outcome.word
        )
        for status in corporate
        if status.is_off_track and status.indicator.has_code and status.indicator.code in anchors
    )
    on_track_entries = tuple(_iter_on_track(scorecard, sections))
    return model.Cover(
        contents=(
            KEY_ENTRY,
            *(_build_entry(section) for section in sections),
            *(_build_appendix_entry(appendix) for appendix in announced_appendices),
        ),
        counts=cells.count_outcomes(corporate, scorecard.outcomes),
        off_track_title=_compose_off_track_title(off_track_words),
        off_track=off_track_entries if len(off_track_entries) <= MOST_OFF_TRACK else (),
        greens_title=f"{join_words(on_track_words)} indicators with a comment",
        greens=on_track_entries if len(on_track_entries) <= MOST_ON_TRACK else (),
        corrections=tuple(
            f"Version {correction.version}: {correction.changed}" for correction in scorecard.edition.corrections
        ),
        notices=(*describe_missing_appendices(scorecard), *scorecard.edition.notices),
        contacts=tuple(model.Contact(contact.email, contact.telephone) for contact in report_settings.contacts),
    )


def _compose_off_track_title(words: Sequence[str]) -> str:
    """Return the title of the indicators off track: `Red and amber indicators`."""
    return f"{join_words([*words[:1], *(word.lower() for word in words[1:])])} indicators"


def _collect_anchors(scorecard: Scorecard, sections: Sequence[model.Section]) -> dict[str, str]:
    """Return the anchor of each indicator, by code: its detail or, without one, its first row."""
    table_names = {name for name, section in scorecard.settings.sections.items() if section.layout == "table"}
    tables = [
        section for section in sections if isinstance(section, model.Table) and section.heading.anchor in table_names
    ]
    rows = {row.code: row.anchor for table in reversed(tables) for row in table.rows}
    blocks = [block for section in sections if isinstance(section, model.Detail) for block in section.blocks]
    details = {block.code: block.anchor for block in reversed(blocks)}
    return rows | details


def _build_entry(section: model.Section) -> model.ContentsEntry:
    """Return the line of a section in the contents, with the lines of its groups or blocks."""
    if isinstance(section, model.Detail):
        entries = [model.ContentsEntry(block.anchor, block.code, block.alias) for block in section.blocks]
    else:
        entries = [
            model.ContentsEntry(group.anchor, group.count.rating.word if group.count else group.label, group.title)
            for group in section.groups
            if group.title
        ]
    heading = section.heading
    return model.ContentsEntry(heading.anchor, heading.label, heading.title, heading.description, tuple(entries))


def _build_appendix_entry(appendix: Appendix) -> model.ContentsEntry:
    """Return the line of an appendix in the contents."""
    return model.ContentsEntry(appendix.anchor, appendix.label, appendix.title)


def _iter_on_track(scorecard: Scorecard, sections: Sequence[model.Section]) -> Iterator[model.ContentsEntry]:
    """Yield indicators on track with a comment, in the order of the sections of exceptions."""
    settings = scorecard.settings.sections
    selections = {name: section.which for name, section in settings.items()}
    exceptions = [section for section in sections if selections.get(section.heading.anchor) == "exceptions"]
    tables = [section for section in exceptions if isinstance(section, model.Table)]
    anchors = {row.code: row.anchor for table in reversed(tables) for row in table.rows}
    commented = {
        candidate.indicator.code: candidate
        for candidate in scorecard.statuses
        if candidate.comment and candidate.outcome.is_rated
    }
    for code in dict.fromkeys(row.code for table in tables for row in table.rows):
        status = commented.get(code)
        if status and not status.is_off_track:
            label = code if status.indicator.has_code else ""
            yield model.ContentsEntry(anchors[code], label, status.indicator.alias)
