"""The columns of the tables of indicators. A column's key names the part of a `Row` that it shows."""

from mpr.load.scorecard import Scorecard
from mpr.report.model import Column

_SHARED = ("code", "name", "polarity", "latest", "value", "target", "annual", "rating", "change")
EXCEPTIONS = (*_SHARED, "comment", "committee")
CORPORATE = (*_SHARED, "managers", "committee")

_COLUMNS = {
    "code": ("MPR code", "The indicator’s code; where it is a link, it leads to the indicator’s detail"),
    "name": ("Short name", "What is measured, and whether the figure is of the month or of the year so far"),
    "polarity": (
        "Minimise or maximise",
        "Maximise: a higher number is better. Minimise: a lower one. Goldilocks: best inside a range, or at the target",
    ),
    "latest": ("Latest month", "The latest month for which performance information is available"),
    "value": ("Month’s value", "Performance to date for the latest month"),
    "target": ("Month’s target", "Target to date for the latest month"),
    "annual": ("Annual target {year}", "Annual target for {year}"),
    "rating": (
        "Expected outcome",
        "Whether performance is on track to achieve the annual target by {end}: red, amber or green",
    ),
    "change": (
        "Better or worse than last year",
        "Whether performance for the latest month is better or worse than in the same month of the previous year",
    ),
    "comment": (
        "Comment",
        "Explanation of current performance, actions to improve it and anticipated future performance",
    ),
    "managers": ("Managed by", "Who answers for the indicator"),
    "committee": ("Scrutiny committee", "The committee that scrutinises the indicator"),
}


def columns(keys: tuple[str, ...], scorecard: Scorecard) -> tuple[Column, ...]:
    """Return the columns with these keys, their titles and meanings in words of this financial year."""
    year = scorecard.year.words
    end = scorecard.year.months[-1].words
    return tuple(Column(key, *(text.format(year=year, end=end) for text in _COLUMNS[key])) for key in keys)
