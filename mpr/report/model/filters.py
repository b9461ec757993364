"""What a reader may filter the page for the screen by, and which of it an indicator has."""

from collections.abc import Iterable
from dataclasses import dataclass

from mpr.load.scorecard import Scorecard
from mpr.measure.status import IndicatorStatus

FilterAttributes = tuple[tuple[str, str], ...]
FILTER_TITLES = {"committee": "Scrutiny committee", "outcome": "Expected outcome", "aim": "Aim"}


@dataclass(frozen=True)
class Filter:
    """A choice of the reader's: its key, its title, and what there is to choose, each with its words."""

    key: str
    title: str
    options: tuple[tuple[str, str], ...]


def list_filter_attributes(status: IndicatorStatus) -> FilterAttributes:
    """Return which indicator something is about, and what the indicator can be filtered by."""
    indicator, outcome = status.indicator, status.outcome
    return (
        ("indicator", indicator.code),
        ("committee", indicator.committee),
        ("outcome", outcome.key),
        ("aim", indicator.aim),
    )


def build_filters(scorecard: Scorecard, statuses: Iterable[IndicatorStatus]) -> tuple[Filter, ...]:
    """Return what can be chosen among the indicators of a report, in the order of the council's vocabulary."""
    settings = scorecard.settings
    vocabulary = {
        "committee": [(committee, committee) for committee in settings.committees],
        "outcome": [(outcome.key, outcome.word) for outcome in scorecard.outcomes],
        "aim": [(aim.name, aim.name) for aim in settings.aims],
    }
    present = {pair for status in statuses for pair in list_filter_attributes(status)}
    values = {key: {value for name, value in present if name == key} for key in vocabulary}
    return tuple(
        Filter(key, FILTER_TITLES[key], tuple(option for option in options if option[0] in values[key]))
        for key, options in vocabulary.items()
        if len(values[key]) > 1  # with one there is nothing to choose
    )
