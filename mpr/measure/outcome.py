"""What a figure is rated: the council's outcomes, their words, colours and shapes.

The outcomes of the model report (red, amber, green) are the default; a council may list its own. Beside those that a
rule can give there are four for what is not rated, each with a role that the software knows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from mpr.measure.colour import DARK_PAGE, WHITE, make_readable, mix_to_luminance


class Role(StrEnum):
    """What an outcome is for: RATED ones are given by rules or officers, the others stand where nothing is rated."""

    RATED = "rated"
    NO_VALUE = "no value"
    DATA_ONLY = "data only"
    NOT_DUE = "not due"
    DEFERRED = "deferred"


class Shape(StrEnum):
    """The silhouette of a mark, by which outcomes are told apart without colour."""

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
    """One outcome: its key in the page, its word, and the sentence that says it in full.

    `meaning` is what the key of the report says of it, where that is more than the sentence; `{end}` in it stands for
    the end of the year. `off_track` outcomes are exceptions and have a detail. Colours are `#rrggbb`: `colour` of the
    mark and the word, `tint` of its stretch of a chart; `dark` and `dark_tint` are theirs on a dark screen.
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
        """Whether it says how a figure stands; the steps of a rule give no other."""
        return self.role is Role.RATED

    def __str__(self) -> str:
        """Write the outcome as an officer does: `red`."""
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
    """Return a council's own outcomes in its order, worst first, and the shipped ones for the roles that it leaves.

    Tones that follow from an outcome's colour are added: the better the outcome, the lighter its stretch of a chart.
    """
    if not any(outcome.is_rated for outcome in own):
        rated = [outcome for outcome in DEFAULT_OUTCOMES if outcome.is_rated]
    else:
        rated = [outcome for outcome in own if outcome.is_rated]
    toned = [_add_tones(outcome, position, len(rated)) for position, outcome in enumerate(rated)]
    roles = {outcome.role: outcome for outcome in UNRATED_OUTCOMES} | {
        outcome.role: outcome for outcome in own if not outcome.is_rated
    }
    return (
        *toned,
        *(
            replace(outcome, dark=outcome.dark or make_readable(outcome.colour, DARK_PAGE))
            for outcome in roles.values()
        ),
    )


def _add_tones(outcome: Outcome, position: int, count: int) -> Outcome:
    if outcome.tint:
        return outcome
    step = position / max(1, count - 1)
    return replace(
        outcome,
        dark=outcome.dark or make_readable(outcome.colour, DARK_PAGE),
        tint=mix_to_luminance(outcome.colour, WHITE, 0.47 + 0.38 * step),
        dark_tint=mix_to_luminance(outcome.colour, DARK_PAGE, 0.12 - 0.07 * step),
    )


def find_outcome(word: str, outcomes: Iterable[Outcome]) -> Outcome | None:
    """Return the outcome with this word, whatever its capitals."""
    return next((outcome for outcome in outcomes if outcome.word.casefold() == word.strip().casefold()), None)
