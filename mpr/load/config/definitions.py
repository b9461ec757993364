"""Reading `indicators.yaml` into the settings and the indicators.

Each indicator is read on its own, so that a mistake in one does not hide a mistake in another. Its aims, owners and
outcomes are checked against the vocabularies of the same file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mpr.load.config import cross_checks, rating_rules
from mpr.load.config.schema import IndicatorSettings, Settings
from mpr.load.config.targets import build_targets, check_percent_signs
from mpr.load.config.vocabulary import RatingSettings
from mpr.load.config.yaml_nodes import NodePath, YamlDocument, parse_model
from mpr.measure.indicator import Indicator, SeriesBreak
from mpr.measure.outcome import DEFAULT_OUTCOMES, Outcome
from mpr.measure.period import SEPTEMBER, Frequency, Month, Year
from mpr.measure.rule import RatingRule
from mpr.problem import Problem

APRIL = 4  # the start of the year if the settings cannot be read


@dataclass(frozen=True, eq=False)
class Definitions:
    """The contents of `indicators.yaml`; compared by identity, so that it can be a cache key.

    `settings` is None if they cannot be read. `outcomes` are worst first. `indicators` are those that can be read, in
    the file's order. `codes` are those of all indicators in the file, empty if one is missing or duplicate.
    """

    settings: Settings | None
    outcomes: tuple[Outcome, ...]
    indicators: tuple[Indicator, ...]
    codes: tuple[str, ...]

    @property
    def year_starts(self) -> int:
        """The number of the month in which the financial year starts."""
        return self.settings.report.year_starts if self.settings else APRIL


def build_definitions(document: YamlDocument, problems: list[Problem]) -> Definitions:
    """Return the settings and indicators of a document; every problem is added to `problems`."""
    value = document.value
    if not isinstance(value, dict):
        problems.append(
            Problem(document.locate(()), "E120", "this file must have settings, one per line, as `name: value`")
        )
        return Definitions(None, DEFAULT_OUTCOMES, (), ())
    settings = parse_model(Settings, document, (), value, problems)
    raw_indicators = value.get("indicators")
    if not isinstance(raw_indicators, list) or not raw_indicators:
        problems.append(Problem(document.locate(("indicators",)), "E124", "'indicators' must be a list of indicators"))
        raw_indicators = []
    codes = _list_codes(raw_indicators)
    problems += cross_checks.check_repeated_names(document, value)
    problems += cross_checks.check_unknown_words(document, value, raw_indicators)
    problems += cross_checks.check_unknown_owners(document, value, raw_indicators)
    outcomes = rating_rules.build_outcomes(settings.outcomes) if settings else DEFAULT_OUTCOMES
    if settings:
        problems += cross_checks.check_settings(document, settings, outcomes)
    reader = _DefinitionReader(
        document, settings, outcomes, cross_checks.list_required_settings(value, raw_indicators), problems
    )
    indicators = [reader.build_indicator(("indicators", index), item) for index, item in enumerate(raw_indicators)]
    return Definitions(settings, outcomes, tuple(indicator for indicator in indicators if indicator), codes)


def _list_codes(raw_indicators: Sequence[object]) -> tuple[str, ...]:
    """Return the codes of all indicators, or aliases in place of missing codes; empty if that is not unique.

    In a council with codes, only a partnership indicator may lack one.
    """
    items = [item if isinstance(item, dict) else {} for item in raw_indicators]
    coded = any("code" in item for item in items)
    codes = tuple(
        str(item.get("code", "") if coded and "group" not in item else item.get("code") or item.get("alias", ""))
        for item in items
    )
    return codes if all(codes) and len(set(codes)) == len(codes) else ()


class _DefinitionReader:
    """Reads one indicator at a time, with the settings of the file that they share."""

    def __init__(
        self,
        document: YamlDocument,
        settings: Settings | None,
        outcomes: Sequence[Outcome],
        required: frozenset[str],
        problems: list[Problem],
    ) -> None:
        self.document, self.file_settings, self.outcomes = document, settings, outcomes
        self.required, self.problems = required, problems

    def add_problem(self, path: NodePath, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.document.locate(path), code, message, hint))

    def build_indicator(self, path: NodePath, item: object) -> Indicator | None:
        """Return an indicator, None if its settings cannot be read; problems are added.

        It is built even if the settings of the file cannot be read, so that the values can be checked against it.
        """
        settings = parse_model(IndicatorSettings, self.document, path, item, self.problems)
        if not settings:
            return None
        rule = self._build_rule(path, settings)
        for name in self._list_missing(settings):
            self.add_problem((*path, name), "E121", f"'{name}' is missing here")
        academic = settings.year == "academic" or settings.frequency is Frequency.TERMLY
        starts = SEPTEMBER if academic else self.file_settings.report.year_starts if self.file_settings else APRIL
        for part in Year(Month(1, starts)).split_into(settings.frequency):
            if sum(month.number in settings.due for month in part.months) > 1:
                message = f"'due' names two months of the same {settings.frequency.noun}, which has only one figure"
                self.add_problem((*path, "due"), "E128", message)
        self.problems += check_percent_signs(settings, item, self.document, path)
        change = settings.change
        return Indicator(
            code=settings.code or settings.alias,
            has_code=bool(settings.code),
            name=settings.name,
            alias=settings.alias,
            aim=settings.aim or "",
            group=settings.group or "",
            measure_kind=settings.measure,
            polarity=settings.polarity,
            unit=settings.unit,
            decimals=settings.decimals or 0,
            departments=settings.departments,
            managers=settings.managers,
            committee=settings.committee or "",
            owners=settings.owners,
            year_introduced=settings.introduced,
            targets=build_targets(settings, starts, self.document, path, self.problems),
            rule=rule,
            frequency=settings.frequency,
            start_month=starts,
            due_months=settings.due,
            lag=settings.lag,
            in_arrears=settings.in_arrears or bool(settings.lag),
            scale=settings.scale,
            has_quarter_rows=settings.quarters,
            unbounded=settings.unbounded,
            series_break=SeriesBreak(change.start, change.decimals, change.note) if change else None,
            qualifiers=settings.qualifiers,
            source=settings.source,
            place=self.document.locate((*path, "code" if settings.code else "alias")),
        )

    def _list_rating_settings(self, settings: IndicatorSettings) -> list[RatingSettings]:
        """Return the rating settings for an indicator, nearest first: its own, its group's or aim's, the council's."""
        candidates: list[RatingSettings | None] = [settings.rating]
        if self.file_settings:
            candidates += [
                group.rating for group in self.file_settings.partnership_groups if group.name == settings.group
            ]
            candidates += [aim.rating for aim in self.file_settings.aims if aim.name == settings.aim]
            candidates.append(self.file_settings.rating)
        return [candidate for candidate in candidates if candidate]

    def _build_rule(self, path: NodePath, settings: IndicatorSettings) -> RatingRule:
        rating_path = (*path, "rating")
        if self.file_settings:  # otherwise the council's outcomes are unknown
            self.problems += cross_checks.check_unknown_outcomes(
                self.document, rating_path, settings.rating, self.outcomes
            )

        def report_fault(message: str) -> None:
            self.add_problem(rating_path, "E131", message)

        return rating_rules.build_rule(
            self._list_rating_settings(settings),
            self.outcomes,
            settings.polarity,
            report_fault,
            percent=settings.is_percentage,
        )

    def _list_missing(self, settings: IndicatorSettings) -> Iterator[str]:
        """Yield the missing settings that are needed to rate an indicator or to fill a column of its section."""
        form = next((candidate for candidate in self._list_rating_settings(settings) if candidate.forms), None)
        has_no_rule = bool(form and (form.always or form.judged))
        required = self.required - (
            cross_checks.RULE_SETTINGS if has_no_rule or (form and not self.file_settings) else set()
        )
        given = {
            "measure": settings.measure is not None,
            "polarity": settings.polarity is not None,
            "decimals": settings.decimals is not None,
            "code": bool(settings.code),
            "aim": bool(settings.aim),
            "managers": bool(settings.managers),
            "committee": bool(settings.committee),
            **{key: bool(names) for key, names in settings.owners.items()},
        }
        rule_settings = required & cross_checks.RULE_SETTINGS
        yield from sorted(name for name in (rule_settings if settings.group else required) if not given.get(name))
