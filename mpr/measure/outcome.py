"""What a figure is rated: the council's outcomes, their words, colours and shapes.

The outcomes of the model report (red, amber, green) are the default; a council may list its own. Beside those that a
rule can give there are four for what is not rated, each with a role that the software knows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from mpr.measure.colour import NIGHT, WHITE, readable, tint


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
    def rated(self) -> bool:
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
UNRATED = (NO_VALUE, DATA_ONLY, NOT_DUE, DEFERRED)
DEFAULT = (RED, AMBER, GREEN, *UNRATED)


def vocabulary(own: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """Return a council's own outcomes in its order, worst first, and the shipped ones for the roles that it leaves.

    Tones that follow from an outcome's colour are added: the better the outcome, the lighter its stretch of a chart.
    """
    if not any(each.rated for each in own):
        rated = [each for each in DEFAULT if each.rated]
    else:
        rated = [each for each in own if each.rated]
    shown = [_toned(each, place, len(rated)) for place, each in enumerate(rated)]
    roles = {each.role: each for each in UNRATED} | {each.role: each for each in own if not each.rated}
    return (*shown, *(replace(each, dark=each.dark or readable(each.colour, NIGHT)) for each in roles.values()))


def _toned(outcome: Outcome, place: int, of: int) -> Outcome:
    if outcome.tint:
        return outcome
    step = place / max(1, of - 1)
    return replace(
        outcome,
        dark=outcome.dark or readable(outcome.colour, NIGHT),
        tint=tint(outcome.colour, WHITE, 0.47 + 0.38 * step),
        dark_tint=tint(outcome.colour, NIGHT, 0.12 - 0.07 * step),
    )


def named(word: str, outcomes: Iterable[Outcome]) -> Outcome | None:
    """Return the outcome with this word, whatever its capitals."""
    return next((each for each in outcomes if each.word.casefold() == word.strip().casefold()), None)
