"""Who stands in a section, and what they are grouped by."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mpr.load.scorecard import Scorecard
from mpr.load.sections import SectionSettings
from mpr.measure.outcome import Outcome
from mpr.measure.standing import Standing


@dataclass(frozen=True)
class Grouped:
    """Indicators that have something in common: the name of it, and what is known of it."""

    name: str
    standings: tuple[Standing, ...]
    outcome: Outcome | None = None
    priorities: tuple[str, ...] = ()


def title(scorecard: Scorecard, key: str) -> str:
    """Return what a grouping is called: `department`, `Portfolio holder`."""
    owners = scorecard.settings.owners
    return owners[key].title if key in owners else key


def shown(scorecard: Scorecard, settings: SectionSettings) -> tuple[Standing, ...]:
    """Return the standings that a section shows, in its order."""
    which: dict[str, Callable[[Standing], bool]] = {
        "all": lambda _: True,
        "exceptions": lambda each: each.exception,
        "off track": lambda each: each.off_track,
        "in focus": lambda each: each.focus,
        "with a figure": lambda each: each.value is not None,
    }
    found = [each for each in scorecard.standings if may_stand(settings, each) and which[settings.which](each)]
    orders: dict[str, Callable[[Standing], object]] = {
        "code": lambda each: each.indicator.order,
        "file": lambda each: each.indicator.place,
        "name": lambda each: each.indicator.name.casefold(),
    }
    return tuple(sorted(found, key=orders[settings.order]))  # type: ignore[arg-type]  # each gives one kind of key


def grouped(scorecard: Scorecard, standings: Sequence[Standing], key: str) -> Iterator[Grouped]:
    """Yield the groups of some standings in the order of the council's vocabulary, those of no single one last.

    Where none has a name, they are one group without one. A group of partnership indicators that no indicator belongs
    to is yielded too, so that it can say so; a pack leaves it out.
    """
    settings = scorecard.settings
    if key == "outcome":
        for outcome in scorecard.outcomes:
            if inside := tuple(each for each in standings if each.outcome is outcome):
                yield Grouped(outcome.word, inside, outcome)
        return
    priorities = {aim.name: aim.priorities for aim in settings.aims}
    single = {each.indicator.code: names[0] for each in standings if len(names := _names(each, key)) == 1}
    used = {each.group for each in scorecard.indicators} if key == "group" else set(settings.groupings[key])
    for name in dict.fromkeys([*settings.groupings[key], *single.values()]):
        inside = tuple(each for each in standings if single.get(each.indicator.code) == name)
        if inside or (name not in used and not scorecard.pack):
            yield Grouped(name, inside, priorities=priorities.get(name, ()) if key == "aim" else ())
    if rest := tuple(each for each in standings if each.indicator.code not in single):
        yield Grouped(f"No single {title(scorecard, key)}" if single else "", rest)


def _names(standing: Standing, key: str) -> tuple[str, ...]:
    """Return the names that an indicator has for a grouping; its outcome is that of a report."""
    return (standing.outcome.word,) if key == "outcome" else standing.indicator.names(key)


def may_stand(settings: SectionSettings, standing: Standing) -> bool:
    """Whether a section is about an indicator, whatever its outcome and comment."""
    own = settings.who in {"all", "partnership" if standing.indicator.group else "corporate"}
    return own and all(set(names) & set(_names(standing, key)) for key, names in settings.only.items())
