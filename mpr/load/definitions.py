"""`indicators.yaml`, read: the settings and the indicators.

Each indicator is read on its own, so that a mistake in one hides no mistake in another; what is said of aims, owners
and outcomes is held against the vocabularies of the same file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mpr.load import agreement, rating
from mpr.load.nodes import Document, Path, read_model
from mpr.load.schema import IndicatorSettings, Settings
from mpr.load.targets import read_targets, signs
from mpr.load.vocabulary import RatingSettings
from mpr.measure.indicator import Break, Indicator
from mpr.measure.outcome import DEFAULT, Outcome
from mpr.measure.period import SEPTEMBER, Frequency, Month, Year
from mpr.measure.rule import Rule
from mpr.problem import Problem

APRIL = 4  # what a year that cannot be read is taken to start with


@dataclass(frozen=True, eq=False)
class Definitions:
    """What `indicators.yaml` says; equal to itself alone, so that what follows from it can be kept by it.

    `settings` is None where they cannot be read; `outcomes` is the vocabulary, worst first; `indicators` are those
    that can be read, in the file's order; `codes` are those of all that stand there, none where one of them is missing
    or stands twice.
    """

    settings: Settings | None
    outcomes: tuple[Outcome, ...]
    indicators: tuple[Indicator, ...]
    codes: tuple[str, ...]

    @property
    def year_starts(self) -> int:
        """The number of the month with which the financial year begins."""
        return self.settings.report.year_starts if self.settings else APRIL


def read_definitions(document: Document, problems: list[Problem]) -> Definitions:
    """Read the settings and every indicator, noting what is wrong with each."""
    value = document.value
    if not isinstance(value, dict):
        problems.append(Problem(document.place(()), "E120", "settings are wanted here, one a line as `name: value`"))
        return Definitions(None, DEFAULT, (), ())
    settings = read_model(Settings, document, (), value, problems)
    raw = value.get("indicators")
    if not isinstance(raw, list) or not raw:
        problems.append(Problem(document.place(("indicators",)), "E124", "'indicators' must be a list of indicators"))
        raw = []
    codes = _codes(raw)
    problems += agreement.repeated(document, value)
    problems += agreement.unknown_words(document, value, raw)
    problems += agreement.unknown_owners(document, value, raw)
    outcomes = rating.outcomes(settings.outcomes) if settings else DEFAULT
    if settings:
        problems += agreement.disagreements(document, settings, outcomes)
    reader = _Reader(document, settings, outcomes, agreement.wanted(value, raw), problems)
    read = [reader.indicator(("indicators", index), item) for index, item in enumerate(raw)]
    return Definitions(settings, outcomes, tuple(each for each in read if each), codes)


def _codes(raw: Sequence[object]) -> tuple[str, ...]:
    """Return what indicators go by: their codes or, where they have none, their aliases; none where that is not clear.

    In a council with codes only a partnership indicator may be without.
    """
    items = [item if isinstance(item, dict) else {} for item in raw]
    coded = any("code" in item for item in items)
    codes = tuple(
        str(item.get("code", "") if coded and "group" not in item else item.get("code") or item.get("alias", ""))
        for item in items
    )
    return codes if all(codes) and len(set(codes)) == len(codes) else ()


class _Reader:
    """Reads indicators, each on its own; what they share is the settings around them."""

    def __init__(
        self,
        document: Document,
        settings: Settings | None,
        outcomes: Sequence[Outcome],
        wanted: frozenset[str],
        problems: list[Problem],
    ) -> None:
        self.document, self.settings, self.outcomes = document, settings, outcomes
        self.wanted, self.problems = wanted, problems

    def note(self, path: Path, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.document.place(path), code, message, hint))

    def indicator(self, path: Path, item: object) -> Indicator | None:
        """Make an indicator of its settings, or note what is wrong with them.

        Where the file's settings cannot be read it is made all the same, so that the values can be held against it.
        """
        read = read_model(IndicatorSettings, self.document, path, item, self.problems)
        if not read:
            return None
        ruled = self._rule(path, read)
        for name in self._wanting(read):
            self.note((*path, name), "E121", f"'{name}' is missing here")
        academic = read.year == "academic" or read.frequency is Frequency.TERMLY
        starts = SEPTEMBER if academic else self.settings.report.year_starts if self.settings else APRIL
        for part in Year(Month(1, starts)).parts(read.frequency):
            if sum(month.number in read.due for month in part.months) > 1:
                message = f"'due' names two months of one {read.frequency.noun}, which has one figure"
                self.note((*path, "due"), "E128", message)
        self.problems += signs(read, item, self.document, path)
        change = read.change
        return Indicator(
            code=read.code or read.alias,
            coded=bool(read.code),
            name=read.name,
            alias=read.alias,
            aim=read.aim or "",
            group=read.group or "",
            measure=read.measure,
            polarity=read.polarity,
            unit=read.unit,
            decimals=read.decimals or 0,
            departments=read.departments,
            managers=read.managers,
            committee=read.committee or "",
            owners=read.owners,
            introduced=read.introduced,
            targets=read_targets(read, starts, self.document, path, self.problems),
            rule=ruled,
            frequency=read.frequency,
            starts=starts,
            due=read.due,
            lag=read.lag,
            arrears=read.in_arrears or bool(read.lag),
            scale=read.scale,
            quarters=read.quarters,
            unbounded=read.unbounded,
            rebased=Break(change.start, change.decimals, change.note) if change else None,
            qualifiers=read.qualifiers,
            source=read.source,
            place=self.document.place((*path, "code" if read.code else "alias")),
        )

    def _said(self, read: IndicatorSettings) -> list[RatingSettings]:
        """Return what is said of an indicator's rating, the nearest first: its own, its group's, the council's."""
        said: list[RatingSettings | None] = [read.rating]
        if self.settings:
            said += [group.rating for group in self.settings.partnership_groups if group.name == read.group]
            said += [aim.rating for aim in self.settings.aims if aim.name == read.aim]
            said.append(self.settings.rating)
        return [each for each in said if each]

    def _rule(self, path: Path, read: IndicatorSettings) -> Rule:
        where = (*path, "rating")
        if self.settings:  # else the council's own outcomes are not known
            self.problems += agreement.unknown_outcomes(self.document, where, read.rating, self.outcomes)

        def note(message: str) -> None:
            self.note(where, "E131", message)

        return rating.rule(self._said(read), self.outcomes, read.polarity, note, percent=read.percent)

    def _wanting(self, read: IndicatorSettings) -> Iterator[str]:
        """Yield the settings without which an indicator cannot be rated, or leaves a column of its section blank."""
        form = next((each for each in self._said(read) if each.forms), None)
        unruled = bool(form and (form.always or form.judged))
        wanted = self.wanted - (agreement.FIGURES if unruled or (form and not self.settings) else set())
        said = {
            "measure": read.measure is not None,
            "polarity": read.polarity is not None,
            "decimals": read.decimals is not None,
            "code": bool(read.code),
            "aim": bool(read.aim),
            "managers": bool(read.managers),
            "committee": bool(read.committee),
            **{key: bool(names) for key, names in read.owners.items()},
        }
        figures = wanted & agreement.FIGURES
        yield from sorted(name for name in (figures if read.group else wanted) if not said.get(name))
