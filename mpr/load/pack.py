"""Packs: the part of a report that is one committee's, one department's or one aim's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mpr.measure.indicator import Indicator
from mpr.measure.words import listed, plural, slug
from mpr.problem import InputError, Place, Problem

AIM = "aim"


@dataclass(frozen=True)
class Choice:
    """Which packs are asked for: those of a grouping, such as `committee`, whose name holds `said`; all, without it."""

    key: str
    said: str = ""


@dataclass(frozen=True)
class Pack:
    """The indicators that belong to one name of a grouping: `committee` and `Place Scrutiny`."""

    key: str
    name: str

    @property
    def words(self) -> str:
        """The name as it stands in a sentence: an aim's is not plain of itself."""
        return f"the aim {self.name}" if self.key == AIM else self.name

    @property
    def title(self) -> str:
        """The name as it stands in the report's title."""
        return f"Aim {self.name}" if self.key == AIM else self.name

    @property
    def file(self) -> str:
        """The name as it stands in a file's: `committee-place-scrutiny`."""
        return f"{self.key}-{slug(self.name)}"

    def holds(self, indicator: Indicator) -> bool:
        """Whether an indicator belongs to it."""
        return self.name in indicator.names(self.key)


def chosen(
    choice: Choice, groupings: Mapping[str, Sequence[str]], indicators: Sequence[Indicator], file: str
) -> tuple[Pack, ...]:
    """Return the packs that are asked for; of all of a grouping, those with an indicator.

    Raises InputError, with `indicators.yaml` as its place, where there is none, or more than one for a name.
    """
    names, said = groupings.get(choice.key, ()), choice.said.casefold()
    found = [each for each in names if said in each.casefold()]
    found = [each for each in found if said == each.casefold()] or found
    full = [each for each in packs(choice.key, groupings, indicators) if each.name in found]
    wrong = _wrong(choice, names, [Pack(choice.key, each) for each in found], full)
    if wrong:
        message, hint = wrong
        raise InputError([Problem(Place(file), "E133", message, hint)])
    return tuple(full)


def packs(key: str, groupings: Mapping[str, Sequence[str]], indicators: Sequence[Indicator]) -> tuple[Pack, ...]:
    """Return the packs of a grouping that have an indicator, in the order of the council's list."""
    every = (Pack(key, name) for name in groupings.get(key, ()))
    return tuple(each for each in every if any(map(each.holds, indicators)))


def _wrong(choice: Choice, names: Sequence[str], found: Sequence[Pack], full: Sequence[Pack]) -> tuple[str, ...]:
    """Return what is wrong with a choice, and what to do; nothing where nothing is."""
    if not names:
        return (f"there is no list of {choice.key}s here", "only what is listed can have a report of its own")
    if not found:
        return (f"there is no {choice.key} with '{choice.said}' in its name", f"there are {listed(names)}")
    if choice.said and len(found) > 1:
        both = listed([each.name for each in found], "or")
        return (f"'{choice.said}' may be {both}", f"write more of the {choice.key}'s name")
    if not full:
        said = found[0].words if choice.said else plural(len(names), choice.key)
        return (f"no indicator belongs to {said}", "a report of its own would be empty")
    return ()
