"""The filters of the page for the screen, and what an indicator can be filtered by."""

from collections.abc import Iterable
from dataclasses import dataclass

from mpr.load.scorecard import Scorecard
from mpr.measure.status import IndicatorStatus

FilterAttributes = tuple[tuple[str, str], ...]
FILTER_TITLES = {"committee": "Scrutiny committee", "outcome": "Expected outcome", "aim": "Aim"}


@dataclass(frozen=True)
class Filter:
    """A filter: each option is a value and its words."""

    key: str
    title: str
    options: tuple[tuple[str, str], ...]


def list_filter_attributes(status: IndicatorStatus) -> FilterAttributes:
    """Return the code of an indicator and what it can be filtered by, each as a name and a value."""
    indicator, outcome = status.indicator, status.outcome
    return (
        ("indicator", indicator.code),
        ("committee", indicator.committee),
        ("outcome", outcome.key),
        ("aim", indicator.aim),
    )


def build_filters(scorecard: Scorecard, statuses: Iterable[IndicatorStatus]) -> tuple[Filter, ...]:
    """Return the filters for the indicators of a report, their options in the order of the council's vocabulary."""
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
        if len(values[key]) > 1  # with one option there is nothing to choose
    )
