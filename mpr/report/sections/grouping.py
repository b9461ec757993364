"""The indicators of a section, and their groups."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mpr.load.config.sections import SectionSettings
from mpr.load.scorecard import Scorecard
from mpr.measure.outcome import Outcome
from mpr.measure.status import IndicatorStatus


@dataclass(frozen=True)
class IndicatorGroup:
    """A group of indicators: its name, and the outcome or the priorities that belong to it, if any."""

    name: str
    statuses: tuple[IndicatorStatus, ...]
    outcome: Outcome | None = None
    priorities: tuple[str, ...] = ()


def format_grouping_title(scorecard: Scorecard, key: str) -> str:
    """Return the title of a grouping: `department`, `Portfolio holder`."""
    owners = scorecard.settings.owners
    return owners[key].title if key in owners else key


def select_indicators(scorecard: Scorecard, settings: SectionSettings) -> tuple[IndicatorStatus, ...]:
    """Return the statuses that a section shows, in its order."""
    predicates: dict[str, Callable[[IndicatorStatus], bool]] = {
        "all": lambda _: True,
        "exceptions": lambda status: status.is_exception,
        "off track": lambda status: status.is_off_track,
        "in focus": lambda status: status.focus,
        "with a figure": lambda status: status.value is not None,
    }
    selected = [
        status for status in scorecard.statuses if is_eligible(settings, status) and predicates[settings.which](status)
    ]
    sort_keys: dict[str, Callable[[IndicatorStatus], object]] = {
        "code": lambda status: status.indicator.sort_key,
        "file": lambda status: status.indicator.place,
        "name": lambda status: status.indicator.name.casefold(),
    }
    return tuple(sorted(selected, key=sort_keys[settings.order]))  # type: ignore[arg-type]  # each function returns keys of one type


def group_statuses(scorecard: Scorecard, statuses: Sequence[IndicatorStatus], key: str) -> Iterator[IndicatorGroup]:
    """Yield the groups of some statuses in the order of the council's vocabulary.

    Indicators with no name or several names for the grouping come last, in one group. A group of partnership
    indicators without members is yielded too, because the report says so; a part of the report leaves it out.
    """
    settings = scorecard.settings
    if key == "outcome":
        for outcome in scorecard.outcomes:
            if members := tuple(status for status in statuses if status.outcome is outcome):
                yield IndicatorGroup(outcome.word, members, outcome)
        return
    priorities = {aim.name: aim.priorities for aim in settings.aims}
    single_names = {
        status.indicator.code: names[0] for status in statuses if len(names := _list_names(status, key)) == 1
    }
    used = {indicator.group for indicator in scorecard.indicators} if key == "group" else set(settings.groupings[key])
    for name in dict.fromkeys([*settings.groupings[key], *single_names.values()]):
        members = tuple(status for status in statuses if single_names.get(status.indicator.code) == name)
        if members or (name not in used and not scorecard.scope):
            yield IndicatorGroup(name, members, priorities=priorities.get(name, ()) if key == "aim" else ())
    if remaining := tuple(status for status in statuses if status.indicator.code not in single_names):
        yield IndicatorGroup(f"No single {format_grouping_title(scorecard, key)}" if single_names else "", remaining)


def _list_names(status: IndicatorStatus, key: str) -> tuple[str, ...]:
    """Return the names of an indicator for a grouping."""
    return (status.outcome.word,) if key == "outcome" else status.indicator.get_group_names(key)


def is_eligible(settings: SectionSettings, status: IndicatorStatus) -> bool:
    """Whether a section may show an indicator, by `who` and `only` of its settings."""
    is_covered = settings.who in {"all", "partnership" if status.indicator.group else "corporate"}
    return is_covered and all(set(names) & set(_list_names(status, key)) for key, names in settings.only.items())
