"""Scopes: select the part of a report that belongs to one committee, department or aim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mpr.measure.formatting import format_count, join_words, slugify
from mpr.measure.indicator import Indicator
from mpr.problem import InputError, Place, Problem

AIM = "aim"


@dataclass(frozen=True)
class ScopeChoice:
    """A request for scopes of one grouping, such as `committee`: those whose name holds `name_part`, or all."""

    grouping: str
    name_part: str = ""


@dataclass(frozen=True)
class ReportScope:
    """One part of a report: a grouping and a name in it, such as `committee` and `Place Scrutiny`."""

    grouping: str
    name: str

    @property
    def phrase(self) -> str:
        """The name as it is written in a sentence: `Place Scrutiny`, `the aim Safe`."""
        return f"the aim {self.name}" if self.grouping == AIM else self.name

    @property
    def title(self) -> str:
        """The name as it is written in the report's title: `Place Scrutiny`, `Aim Safe`."""
        return f"Aim {self.name}" if self.grouping == AIM else self.name

    @property
    def file_stem(self) -> str:
        """The name as it is written in file names: `committee-place-scrutiny`."""
        return f"{self.grouping}-{slugify(self.name)}"

    def has_indicator(self, indicator: Indicator) -> bool:
        """Whether an indicator belongs to the scope."""
        return self.name in indicator.get_group_names(self.grouping)


def select_scopes(
    choice: ScopeChoice, groupings: Mapping[str, Sequence[str]], indicators: Sequence[Indicator], indicators_file: str
) -> tuple[ReportScope, ...]:
    """Return the scopes that are asked for; without a name, every one of the grouping that has an indicator.

    Raises InputError, with `indicators.yaml` as its place, if there is none, or if a name fits more than one.
    """
    names, name_part = groupings.get(choice.grouping, ()), choice.name_part.casefold()
    matches = [name for name in names if name_part in name.casefold()]
    matches = [name for name in matches if name_part == name.casefold()] or matches
    scopes = [scope for scope in list_scopes(choice.grouping, groupings, indicators) if scope.name in matches]
    fault = _explain_fault(choice, names, [ReportScope(choice.grouping, name) for name in matches], scopes)
    if fault:
        message, hint = fault
        raise InputError([Problem(Place(indicators_file), "E133", message, hint)])
    return tuple(scopes)


def list_scopes(
    grouping: str, groupings: Mapping[str, Sequence[str]], indicators: Sequence[Indicator]
) -> tuple[ReportScope, ...]:
    """Return the scopes of a grouping that have an indicator, in the order of the council's list."""
    scopes = (ReportScope(grouping, name) for name in groupings.get(grouping, ()))
    return tuple(scope for scope in scopes if any(map(scope.has_indicator, indicators)))


def _explain_fault(
    choice: ScopeChoice, names: Sequence[str], matches: Sequence[ReportScope], scopes: Sequence[ReportScope]
) -> tuple[str, ...]:
    """Return what is wrong with a choice and what to do, empty if nothing is."""
    if not names:
        return (f"there is no list of {choice.grouping}s here", "only what is listed can have a report of its own")
    if not matches:
        return (
            f"there is no {choice.grouping} with '{choice.name_part}' in its name",
            f"there are {join_words(names)}",
        )
    if choice.name_part and len(matches) > 1:
        alternatives = join_words([scope.name for scope in matches], "or")
        return (f"'{choice.name_part}' could be {alternatives}", f"write more of the {choice.grouping}'s name")
    if not scopes:
        subject = matches[0].phrase if choice.name_part else format_count(len(names), choice.grouping)
        return (f"no indicator belongs to {subject}", "a report of its own would be empty")
    return ()
