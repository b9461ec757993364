"""The council's vocabularies in `indicators.yaml`: how figures are rated, outcomes, aims, groups, other owners."""

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
    """Describe a setting: what it means, and how it stands in the file; one with settings in it needs no example."""
    return Field(default, description=meaning, examples=None if example is None else [example], **more)


class StrictModel(BaseModel):
    """A part of a file in which no setting may stand that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, str_strip_whitespace=True)


def _is_further(inner: Sides, outer: Sides) -> bool:
    """Whether a reach of a rule goes further than the one before it, as far as they can be compared."""
    pairs = ((inner.below, outer.below), (inner.above, outer.above))
    comparable = [(near.amount, far.amount) for near, far in pairs if near.is_share == far.is_share]
    return all(near >= far for near, far in comparable) and (
        len(comparable) < len(pairs) or any(n > f for n, f in comparable)
    )


class RatingSettings(StrictModel):
    """How figures are rated: one of `tolerance`, `met` and `missed`, `bands`, `lines`, `always` or `judged`."""

    tolerance: Tolerance | None = define_setting(
        "How far a target may be missed before the outcome is the worst one: `5%` of the target, or `5 points` "
        "(or `5`) in the figure's own unit. `below` and `above`, each on a line of its own below it, give one for "
        "figures under and one for figures over the target.",
        "5%",
        None,
    )
    met: Words | None = define_setting(
        "The outcome where the target is met; Green where nothing is said.", "Achieved", None
    )
    near: Words | None = define_setting(
        "The outcome where it is missed by no more than the tolerance; Amber where nothing is said.", "Amber", None
    )
    missed: Words | None = define_setting(
        "The outcome where it is missed by more; Red where nothing is said.", "Failed", None
    )
    bands: Annotated[Mapping[str, Reach], Field(min_length=2)] | None = define_setting(
        "Two or more outcomes, best first, each with the distance from the target that it reaches to: `+10%` is "
        "better than the target, `-5%` worse; the last reaches `beyond`.",
        {"Green+": "+10%", "Green": "-5%", "Amber": "-10%", "Red": "beyond"},
        None,
    )
    lines: Annotated[Mapping[str, RatingLine], Field(min_length=2)] | None = define_setting(
        "Two or more outcomes, best first, each with the figure that it reaches to, whatever the target; the last "
        "is `beyond`. For goldilocks the figures are ranges, such as `38 - 48`.",
        {"Green": "33%", "Amber": "28.05%", "Red": "beyond"},
        None,
    )
    always: Words | None = define_setting(
        "One outcome whatever the figure, as for an indicator that is words only.", "Narrative only", None
    )
    judged: YesNo | None = define_setting(
        "`yes` where officers report the outcome, in the column `outcome`, and no rule proposes one.", "yes", None
    )
    percentages: Literal["points", "share"] | None = define_setting(
        "What % means in a distance where the figure is itself a percentage. `points`: `5%` under a target of 80% "
        "is 75%. `share`: it is 76%; so it is where nothing is said.",
        "points",
        None,
    )
    improving: Words | None = define_setting(
        "The outcome in place of a worse one where the figure is better than a year before.", "Amber", None
    )
    steady: UnsignedDistance | None = define_setting(
        "A change on last year that is smaller counts as none: `2%` of last year's figure, or an amount in its "
        "own unit.",
        "2%",
        None,
    )

    @pydantic.model_validator(mode="after")
    def _check_consistency(self) -> "RatingSettings":
        forms = self.forms
        if len(forms) > 1:
            raise PydanticCustomError(
                CONTRADICTION, f"'{forms[0]}' and '{forms[1]}' exclude each other; keep one of them"
            )
        if self.near and not self.tolerance:
            raise PydanticCustomError(CONTRADICTION, "'near' needs a 'tolerance'")
        for name, steps in (("bands", self.bands), ("lines", self.lines)):
            if steps and [reach is None for reach in steps.values()] != [False] * (len(steps) - 1) + [True]:
                raise PydanticCustomError(CONTRADICTION, f"the last of the '{name}', and no other, must be 'beyond'")
        reaches = [reach for reach in (self.bands or {}).values() if reach]
        if any(not _is_further(*pair) for pair in pairwise(reaches)):
            raise PydanticCustomError(
                CONTRADICTION, "each of the 'bands' must reach further from the target than the one before"
            )
        return self

    @property
    def simple_form(self) -> str:
        """What says that figures are met, near or missed, nothing where they are rated otherwise."""
        return next((name for name in ("tolerance", "met", "missed") if getattr(self, name)), "")

    @property
    def forms(self) -> list[str]:
        """The ways of rating that are said here; more than one would contradict."""
        others = [name for name in ("bands", "lines", "always", "judged") if getattr(self, name)]
        return [self.simple_form, *others] if self.simple_form else others


class OutcomeSettings(StrictModel):
    """One of the council's outcomes, in the order in which they are printed, worst first."""

    name: Annotated[Words, Field(max_length=20)] = define_setting(
        "Its word, of at most 20 characters, as printed and as officers write it in the column `outcome`.", "Achieved"
    )
    sentence: Words = define_setting("What it means, in a few words.", "On course to achieve target")
    meaning: Sentences = define_setting(
        "What the key says of it, where that is more; `{end}` stands for the end of the year.",
        "Still expected to meet the year-end target ({end})",
        "",
    )
    colour: Colour = define_setting(
        "The colour of its mark and word, in double quotes; it must be dark enough to be read on white (a "
        "contrast of 4.5).",
        "#00703c",
    )
    shape: Shape = define_setting("The shape of its mark; each outcome has one of its own.", "tick")
    off_track: YesNo = define_setting(
        "`yes` where it makes an indicator an exception, as Red and Amber do.", "yes", default=False
    )
    role: Role = define_setting(
        "Left out for outcomes that are rated. One for what is not rated takes the place of No value, Data only, "
        "Not due or Deferred.",
        "data only",
        Role.RATED,
    )


class Aim(StrictModel):
    """One of the council's aims with its priorities."""

    name: Words = define_setting("The aim's name.", "Prosperous")
    priorities: tuple[Words, ...] = define_setting(
        "What is to be done for it, as printed under its name.",
        ["Maximise opportunities to enable the planning and development of quality, affordable housing"],
        (),
    )
    rating: RatingSettings | None = define_setting(
        "How its indicators are rated, where that is not the council's rating.", {"tolerance": "10%"}, None
    )


class GroupSettings(StrictModel):
    """A group of partnership indicators."""

    name: Words = define_setting("The group's name.", "Local Economy")
    rating: RatingSettings | None = define_setting(
        "How its indicators are rated, where that is not the council's rating.", {"tolerance": "10%"}, None
    )

    @pydantic.model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: object) -> object:
        return {"name": value} if isinstance(value, str) else value


class Owner(StrictModel):
    """A vocabulary of owners: portfolio holders, lead directors, wards."""

    title: Words = define_setting("What such an owner is called, as printed.", "Portfolio holder")
    names: tuple[Words, ...] = define_setting(
        "The owners, each in its one spelling.", ["Cllr S Hebb", "Cllr D Stewart"]
    )
