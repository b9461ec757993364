"""The settings of the council's vocabularies in `indicators.yaml`: ratings, outcomes, aims, groups, owners."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal

import pydantic
from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from mpr.load.config.scalars import (
    Colour,
    RatingLine,
    Reach,
    Sentences,
    Sides,
    Tolerance,
    UnsignedDistance,
    Words,
    YesNo,
)
from mpr.load.config.yaml_nodes import CONTRADICTION
from mpr.measure.outcome import Role, Shape


def define_setting(meaning: str, example: Any, default: Any = ..., **more: Any) -> Any:  # noqa: ANN401 - as pydantic's own
    """Return the field of a setting, with its meaning and an example; None if its own settings have examples."""
    return Field(default, description=meaning, examples=None if example is None else [example], **more)


class StrictModel(BaseModel):
    """A part of a file that refuses unknown settings."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, str_strip_whitespace=True)


def _is_further(inner: Sides, outer: Sides) -> bool:
    """Whether the outer reach is beyond the inner one on each side, where both are in the same unit."""
    pairs = ((inner.below, outer.below), (inner.above, outer.above))
    comparable = [(near.amount, far.amount) for near, far in pairs if near.is_share == far.is_share]
    if any(near < far for near, far in comparable):
        return False
    return len(comparable) < len(pairs) or any(near > far for near, far in comparable)


class RatingSettings(StrictModel):
    """How figures are rated: one of `tolerance`, `met` and `missed`, `bands`, `lines`, `always` or `judged`."""

    tolerance: Tolerance | None = define_setting(
        "How far a figure may miss its target before it has the worst outcome: `5%` of the target, or `5 points` (or "
        "`5`) in the figure's own unit. To give one tolerance for figures under the target and another for figures "
        "over it, write `below` and `above` on lines of their own under `tolerance`.",
        "5%",
        None,
    )
    met: Words | None = define_setting("The outcome if the target is met; Green if you leave it out.", "Achieved", None)
    near: Words | None = define_setting(
        "The outcome if the target is missed by no more than the tolerance; Amber if you leave it out.", "Amber", None
    )
    missed: Words | None = define_setting(
        "The outcome if the target is missed by more; Red if you leave it out.", "Failed", None
    )
    bands: Annotated[Mapping[str, Reach], Field(min_length=2)] | None = define_setting(
        "Two or more outcomes, best first, each with the distance from the target up to which it applies: `+10%` is "
        "better than the target, `-5%` is worse. The last one is `beyond`.",
        {"Green+": "+10%", "Green": "-5%", "Amber": "-10%", "Red": "beyond"},
        None,
    )
    lines: Annotated[Mapping[str, RatingLine], Field(min_length=2)] | None = define_setting(
        "Two or more outcomes, best first, each with the figure up to which it applies, whatever the target. The last "
        "one is `beyond`. For goldilocks the figures are ranges, such as `38 - 48`.",
        {"Green": "33%", "Amber": "28.05%", "Red": "beyond"},
        None,
    )
    always: Words | None = define_setting(
        "One outcome for every figure, for example for an indicator reported only in words.", "Narrative only", None
    )
    judged: YesNo | None = define_setting(
        "`yes` if officers report the outcome in the column `outcome` and no rule proposes one.", "yes", None
    )
    percentages: Literal["points", "share"] | None = define_setting(
        "What % means in a distance if the figure is itself a percentage. `points`: `5%` under a target of 80% is 75%. "
        "`share`: it is 76%; this is the default.",
        "points",
        None,
    )
    improving: Words | None = define_setting(
        "The outcome that replaces a worse one if the figure is better than a year before.", "Amber", None
    )
    steady: UnsignedDistance | None = define_setting(
        "The smallest change on last year that counts as a change: `2%` of last year's figure, or an amount in the "
        "figure's own unit.",
        "2%",
        None,
    )

    @pydantic.model_validator(mode="after")
    def _check_consistency(self) -> "RatingSettings":
        forms = self.forms
        if len(forms) > 1:
            raise PydanticCustomError(
                CONTRADICTION, f"'{forms[0]}' and '{forms[1]}' cannot be used together; keep one of them"
            )
        if self.near and not self.tolerance:
            raise PydanticCustomError(CONTRADICTION, "'near' needs a 'tolerance'")
        for name, steps in (("bands", self.bands), ("lines", self.lines)):
            if steps and [reach is None for reach in steps.values()] != [False] * (len(steps) - 1) + [True]:
                raise PydanticCustomError(
                    CONTRADICTION, f"the last of the '{name}', and only the last, must be 'beyond'"
                )
        reaches = [reach for reach in (self.bands or {}).values() if reach]
        if any(not _is_further(*pair) for pair in pairwise(reaches)):
            raise PydanticCustomError(
                CONTRADICTION, "each of the 'bands' must reach further from the target than the one before"
            )
        return self

    @property
    def simple_form(self) -> str:
        """The setting that rates figures as met, near or missed, "" if another way of rating is used."""
        return next((name for name in ("tolerance", "met", "missed") if getattr(self, name)), "")

    @property
    def forms(self) -> list[str]:
        """The ways of rating in these settings; more than one is a contradiction."""
        others = [name for name in ("bands", "lines", "always", "judged") if getattr(self, name)]
        return [self.simple_form, *others] if self.simple_form else others


class OutcomeSettings(StrictModel):
    """One of the council's outcomes, in the order in which they are printed, worst first."""

    name: Annotated[Words, Field(max_length=20)] = define_setting(
        "Its name, of at most 20 characters, as printed and as officers write it in the column `outcome`.", "Achieved"
    )
    sentence: Words = define_setting("What it means, in a few words.", "On course to achieve target")
    meaning: Sentences = define_setting(
        "Its longer explanation in the key, if there is more to say. `{end}` is replaced by the end of the year.",
        "Still expected to meet the year-end target ({end})",
        "",
    )
    colour: Colour = define_setting(
        "The colour of its mark and name, in double quotes. It must be dark enough to read on white (a contrast of at "
        "least 4.5).",
        "#00703c",
    )
    shape: Shape = define_setting("The shape of its mark. Each outcome needs a different one.", "tick")
    off_track: YesNo = define_setting(
        "`yes` if it makes an indicator an exception, as Red and Amber do.", "yes", default=False
    )
    role: Role = define_setting(
        "Leave it out for outcomes that rate a figure. An outcome with another role replaces No value, Data only, Not "
        "due or Deferred.",
        "data only",
        Role.RATED,
    )


class Aim(StrictModel):
    """One of the council's aims with its priorities."""

    name: Words = define_setting("The name of the aim.", "Prosperous")
    priorities: tuple[Words, ...] = define_setting(
        "What the council plans to do for it, printed under its name.",
        ["Maximise opportunities to enable the planning and development of quality, affordable housing"],
        (),
    )
    rating: RatingSettings | None = define_setting(
        "How its indicators are rated, where that is not the council's rating.", {"tolerance": "10%"}, None
    )


class GroupSettings(StrictModel):
    """A group of partnership indicators."""

    name: Words = define_setting("The name of the group.", "Local Economy")
    rating: RatingSettings | None = define_setting(
        "How its indicators are rated, where that is not the council's rating.", {"tolerance": "10%"}, None
    )

    @pydantic.model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: object) -> object:
        return {"name": value} if isinstance(value, str) else value


class Owner(StrictModel):
    """A kind of owner: portfolio holders, lead directors, wards."""

    title: Words = define_setting("The name of this kind of owner, as printed.", "Portfolio holder")
    names: tuple[Words, ...] = define_setting(
        "The owners. Spell each the same way throughout the file.", ["Cllr S Hebb", "Cllr D Stewart"]
    )
