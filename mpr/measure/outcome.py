"""The council's outcomes: their words, colours and shapes.

The default is red, amber and green, as in the model report; a council may list its own. Four more outcomes are for
indicators that are not rated; each is known by its role.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from mpr.measure.colour import DARK_PAGE, WHITE, make_readable, mix_to_luminance


class Role(StrEnum):
    """The role of an outcome: rules and officers give RATED ones; the others say why an indicator is not rated."""

    RATED = "rated"
    NO_VALUE = "no value"
    DATA_ONLY = "data only"
    NOT_DUE = "not due"
    DEFERRED = "deferred"


class Shape(StrEnum):
    """The shape of an outcome's mark, which tells outcomes apart without colour."""

    CROSS = "cross"
    WARNING = "warning"
    TICK = "tick"
    STAR = "star"
    DIAMOND = "diamond"
    SQUARE = "square"
    NOTE = "note"
    RING = "ring"
    DASH = "dash"
    CLOCK = "clock"
    PAUSE = "pause"


@dataclass(frozen=True)
class Outcome:
    """One outcome: `key` identifies it in the page, `word` is printed, `sentence` explains it in a few words.

    `meaning` is the longer text in the report's key, if there is one; `{end}` in it is replaced by the end of the year.
    Indicators with an `off_track` outcome are exceptions and have a detail. Colours are `#rrggbb`: `colour` is for the
    mark and the word, `tint` for the outcome's area of a chart; `dark` and `dark_tint` are their counterparts on a dark
    screen.
    """

    key: str
    word: str
    sentence: str
    role: Role = Role.RATED
    off_track: bool = False
    meaning: str = ""
    colour: str = "#505a5f"
    shape: Shape = Shape.RING
    dark: str = "#b8c2c8"
    tint: str = ""
    dark_tint: str = ""

    @property
    def is_rated(self) -> bool:
        """Whether it rates a figure; the steps of a rule have only such outcomes."""
        return self.role is Role.RATED

    def __str__(self) -> str:
        """Return the outcome as an officer writes it: `red`."""
        return self.word.lower()


RED = Outcome(
    "red", "Red", "At risk of missing target",
    off_track=True, colour="#d4351c", shape=Shape.CROSS, dark="#ff8a75", tint="#E3A59C", dark_tint="#8a3d31",
)  # fmt: skip
AMBER = Outcome(
    "amber", "Amber", "Some slippage against target",
    meaning="Some slippage against target, but still expected to meet the year-end target ({end})",
    off_track=True, colour="#b45309", shape=Shape.WARNING, dark="#ffb454", tint="#EFCB97", dark_tint="#77591f",
)  # fmt: skip
GREEN = Outcome(
    "green", "Green", "On course to achieve target",
    colour="#00703c", shape=Shape.TICK, dark="#5fd39a", tint="#E6F1E8", dark_tint="#23483a",
)  # fmt: skip
NO_VALUE = Outcome("no-value", "No value", "No figure to rate", Role.NO_VALUE, shape=Shape.DASH)
DATA_ONLY = Outcome("data-only", "Data only", "No target to rate against", Role.DATA_ONLY)
NOT_DUE = Outcome("not-due", "Not due", "No figure is due yet", Role.NOT_DUE, shape=Shape.CLOCK)
DEFERRED = Outcome("deferred", "Deferred", "Reporting is put off", Role.DEFERRED, shape=Shape.PAUSE)
UNRATED_OUTCOMES = (NO_VALUE, DATA_ONLY, NOT_DUE, DEFERRED)
DEFAULT_OUTCOMES = (RED, AMBER, GREEN, *UNRATED_OUTCOMES)


def complete_outcomes(own: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """Return a council's own outcomes, worst first, then those for what is not rated; defaults fill the gaps.

    Missing tones are computed from each outcome's colour: the better the outcome, the lighter its area of a chart.
    """
    rated = [outcome for outcome in own if outcome.is_rated]
    rated = rated or [outcome for outcome in DEFAULT_OUTCOMES if outcome.is_rated]
    toned = (_add_tones(outcome, position, len(rated)) for position, outcome in enumerate(rated))
    by_role = {outcome.role: outcome for outcome in (*UNRATED_OUTCOMES, *own) if not outcome.is_rated}
    return (*toned, *map(_add_dark_colour, by_role.values()))


def _add_dark_colour(outcome: Outcome) -> Outcome:
    return replace(outcome, dark=outcome.dark or make_readable(outcome.colour, DARK_PAGE))


def _add_tones(outcome: Outcome, position: int, count: int) -> Outcome:
    if outcome.tint:
        return outcome
    step = position / max(1, count - 1)
    return replace(
        _add_dark_colour(outcome),
        tint=mix_to_luminance(outcome.colour, WHITE, 0.47 + 0.38 * step),
        dark_tint=mix_to_luminance(outcome.colour, DARK_PAGE, 0.12 - 0.07 * step),
    )


def find_outcome(word: str, outcomes: Iterable[Outcome]) -> Outcome | None:
    """Return the outcome with this word, None if there is none; capitals and spaces around it do not matter."""
    return next((outcome for outcome in outcomes if outcome.word.casefold() == word.strip().casefold()), None)
