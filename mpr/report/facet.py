"""What a reader may filter the page for the screen by, and which of it an indicator has."""

from collections.abc import Iterable
from dataclasses import dataclass

from mpr.load.scorecard import Scorecard
from mpr.measure.standing import Standing

Facets = tuple[tuple[str, str], ...]
TITLES = {"committee": "Scrutiny committee", "outcome": "Expected outcome", "aim": "Aim"}


@dataclass(frozen=True)
class Filter:
    """A choice of the reader's: its key, its title, and what there is to choose, each with its words."""

    key: str
    title: str
    options: tuple[tuple[str, str], ...]


def facets(standing: Standing) -> Facets:
    """Return which indicator something is about, and what the indicator can be filtered by."""
    indicator, outcome = standing.indicator, standing.outcome
    return (
        ("indicator", indicator.code),
        ("committee", indicator.committee),
        ("outcome", outcome.key),
        ("aim", indicator.aim),
    )


def filters(scorecard: Scorecard, shown: Iterable[Standing]) -> tuple[Filter, ...]:
    """Return what can be chosen among the indicators of a report, in the order of the council's vocabulary."""
    settings = scorecard.settings
    known = {
        "committee": [(each, each) for each in settings.committees],
        "outcome": [(each.key, each.word) for each in scorecard.outcomes],
        "aim": [(each.name, each.name) for each in settings.aims],
    }
    there = {pair for each in shown for pair in facets(each)}
    values = {key: {value for name, value in there if name == key} for key in known}
    return tuple(
        Filter(key, TITLES[key], tuple(option for option in options if option[0] in values[key]))
        for key, options in known.items()
        if len(values[key]) > 1  # with one there is nothing to choose
    )
