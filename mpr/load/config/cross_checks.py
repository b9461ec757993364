"""Checks across `indicators.yaml`: names listed twice, and words that are not in the file's own vocabularies."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from mpr.load.config import rating_rules
from mpr.load.config.schema import HEADINGS, Settings
from mpr.load.config.sections import COLUMNS, MODEL_REPORT_SECTIONS, SectionSettings
from mpr.load.config.vocabulary import RatingSettings
from mpr.load.config.yaml_nodes import NodePath, YamlDocument
from mpr.measure.formatting import slugify
from mpr.measure.outcome import Outcome, find_outcome
from mpr.problem import Place, Problem, Severity, quote, suggest_nearest

NAMED_LISTS = {
    "aims": "name", "departments": "", "committees": "", "partnership_groups": "name", "benchmarks": "",
    "outcomes": "name", "indicators": "code",
}  # fmt: skip


def check_repeated_names(document: YamlDocument, value: dict[str, Any]) -> Iterable[Problem]:
    """Yield a problem for every code or name that its list has already; capitals and punctuation do not matter."""
    for key, name_key in NAMED_LISTS.items():
        first: dict[str, int] = {}
        for index, item in enumerate(_as_list(value.get(key))):
            word = item.get(name_key) or item.get("alias") if isinstance(item, dict) else item
            if not isinstance(word, str):
                continue
            noun = key.removesuffix("s").replace("_", " ")
            normalised = rating_rules.make_outcome_key(word) if key == "outcomes" else slugify(word)
            if not normalised:
                message = f"{noun} {quote(word)} has neither a letter nor a digit"
                yield Problem(document.locate((key, index, name_key)), "E125", message, "write a name")
            elif first.setdefault(normalised, index) != index:
                line = document.locate((key, first[normalised], name_key)).line
                message = f"{noun} {quote(word)} is listed twice: here and on line {line}"
                yield Problem(document.locate((key, index, name_key)), "E125", message, f"list each {noun} once")


VOCABULARIES = {
    "aim": "aims", "group": "partnership_groups", "committee": "committees", "departments": "departments",
}  # fmt: skip


def check_unknown_words(document: YamlDocument, value: dict[str, Any], raw_indicators: list[Any]) -> Iterable[Problem]:
    """Yield a problem for every aim, group, department and committee of an indicator that the file does not list.

    Words are not checked against a malformed list, which is a problem of its own.
    """
    for key, vocabulary in VOCABULARIES.items():
        words = _list_words(value.get(vocabulary, []))
        for index, item in enumerate(raw_indicators):
            entry = item.get(key) if isinstance(item, dict) else None
            for position, word in enumerate(_as_list(entry) if key == "departments" else [entry]):
                if words is not None and isinstance(word, str) and word not in words:
                    title = vocabulary.replace("_", " ")
                    place = document.locate(("indicators", index, key, position))
                    yield _make_unknown_word_problem(place, key.removesuffix("s"), word, title, words)


def check_unknown_owners(document: YamlDocument, value: dict[str, Any], raw_indicators: list[Any]) -> Iterator[Problem]:
    """Yield a problem for every owner of an indicator that the file's `owners` do not list."""
    owners = value.get("owners") or {}
    for index, item in enumerate(raw_indicators):
        indicator_owners = item.get("owners") if isinstance(item, dict) else None
        if not isinstance(indicator_owners, dict) or not isinstance(owners, dict):
            continue
        for key, names in indicator_owners.items():
            path = ("indicators", index, "owners", key)
            vocabulary = owners.get(key)
            words = _list_words(vocabulary.get("names")) if isinstance(vocabulary, dict) else None
            if not vocabulary:
                yield _make_unknown_word_problem(document.locate(path), "owner", key, "owners", list(owners))
            for position, word in enumerate([names] if isinstance(names, str) else _as_list(names)):
                if words is not None and isinstance(word, str) and word not in words:
                    yield _make_unknown_word_problem(
                        document.locate((*path, position)), key.replace("_", " "), word, "names", words
                    )


def list_required_settings(value: dict[str, Any], raw_indicators: list[Any]) -> frozenset[str]:
    """Return the settings that every corporate indicator must have because of the rest of the file.

    These are a code if any indicator has one, an aim if the file has aims, the owners shown in a column, and the
    settings that a rating rule needs.
    """
    sections, owners = (value.get(key) or {} for key in ("sections", "owners"))
    columns: set[str] = set()
    for name, section in sections.items() if isinstance(sections, dict) else ():
        section_columns = (
            section.get("columns", MODEL_REPORT_SECTIONS.get(name, {}).get("columns"))
            if isinstance(section, dict)
            else ()
        )
        for column in _as_list(section_columns):
            columns.update([column] if isinstance(column, str) else column if isinstance(column, dict) else [])
    owner_columns = {"managers", "committee", *(owners if isinstance(owners, dict) else ())}
    coded = any(isinstance(item, dict) and "code" in item for item in raw_indicators)
    rating_value = value.get("rating")
    rule_settings = (
        set() if isinstance(rating_value, dict) and {"judged", "always"} & set(rating_value) else RULE_SETTINGS
    )
    others = {"aim": bool(value.get("aims")), "code": coded}
    return frozenset((owner_columns & columns) | rule_settings | {name for name, is_used in others.items() if is_used})


def _list_words(vocabulary: object) -> list[str] | None:
    """Return the words of a vocabulary, None if it is malformed."""
    if not isinstance(vocabulary, list):
        return None
    names = [item.get("name") if isinstance(item, dict) else item for item in vocabulary]
    words = [name for name in names if isinstance(name, str)]
    return words if len(words) == len(vocabulary) else None


RULE_SETTINGS = {"measure", "polarity", "decimals"}


def _make_unknown_word_problem(place: Place, noun: str, word: str, title: str, known: Sequence[str]) -> Problem:
    hint = suggest_nearest(word, known) or (f"choose from {', '.join(known)}" if known else "that list is empty")
    return Problem(place, "E126", f"{noun} {quote(word)} is not in the list of {title}", hint)


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


GROUPINGS = ("outcome", "aim", "group", "department", "committee", "manager")


def check_settings(document: YamlDocument, settings: Settings, outcomes: Sequence[Outcome]) -> Iterator[Problem]:
    """Yield the problems between settings and vocabularies: outcomes, ratings, reserved names, sections."""
    for index, name, message, hint in rating_rules.check_outcomes(settings.outcomes):
        yield Problem(document.locate(("outcomes", index, name)), "E129", message, hint)
    for word in rating_rules.iter_implied_outcomes(settings.rating):
        if not find_outcome(word, outcomes):
            yield _make_unknown_word_problem(
                document.locate(("rating",)), "outcome", word, "outcomes", [outcome.word for outcome in outcomes]
            )
    if not any(outcome.off_track for outcome in outcomes):
        message = "no outcome is off track, so no indicator is an exception"
        hint = "write off_track: yes for those that are"
        place = document.locate(("outcomes",))
        yield Problem(place, "W130", message, hint, Severity.WARNING, subject="off track")
    yield from _check_reserved_names(document, settings)
    ratings: list[tuple[NodePath, RatingSettings | None]] = [(("rating",), settings.rating)]
    ratings += [(("aims", index, "rating"), aim.rating) for index, aim in enumerate(settings.aims)]
    groups = enumerate(settings.partnership_groups)
    ratings += [(("partnership_groups", index, "rating"), group.rating) for index, group in groups]
    for path, rating_settings in ratings:
        yield from check_unknown_outcomes(document, path, rating_settings, outcomes)
    for name, section in settings.sections.items():
        yield from _check_section(document, ("sections", name), section, settings, outcomes)


def _check_reserved_names(document: YamlDocument, settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each kind of owner and each benchmark with a name that `mpr` uses itself."""
    reserved = {*COLUMNS, *GROUPINGS}
    for key in settings.owners:
        if key in reserved:
            message, hint = f"'{key}' is a name that mpr uses itself", "give this kind of owner another name"
            yield Problem(document.locate(("owners", key)), "E125", message, hint)
    for index, name in enumerate(settings.benchmarks):
        if name.casefold() in HEADINGS:
            message, hint = f"'{name}' is another column of the data files", "give this comparison another name"
            yield Problem(document.locate(("benchmarks", index)), "E125", message, hint)


def _check_section(
    document: YamlDocument, path: NodePath, section: SectionSettings, settings: Settings, outcomes: Sequence[Outcome]
) -> Iterator[Problem]:
    """Yield a problem for every column, grouping and name of a section that does not exist."""
    columns = [*COLUMNS, *settings.owners]
    for index, key in enumerate(section.column_keys):
        if key not in columns:
            yield _make_unknown_word_problem(
                document.locate((*path, "columns", index)), "column", key, "columns", columns
            )
    manager_values = [
        item.get("managers") for item in _as_list(document.value.get("indicators")) if isinstance(item, dict)
    ]
    managers = [name for value in manager_values for name in ([value] if isinstance(value, str) else _as_list(value))]
    vocabularies = {
        **settings.groupings,
        "outcome": tuple(outcome.word for outcome in outcomes),
        "manager": tuple(dict.fromkeys(name for name in managers if isinstance(name, str))),
    }
    for subpath, key in [
        *((("group_by",), grouping) for grouping in section.group_by),
        *((("only", grouping), grouping) for grouping in section.only),
    ]:
        if key not in vocabularies:
            yield _make_unknown_word_problem(
                document.locate((*path, *subpath)), "grouping", key, "groupings", list(vocabularies)
            )
    for key, names in section.only.items():
        known = vocabularies.get(key)
        for position, word in enumerate(names if known else ()):
            if known and word not in known:
                yield _make_unknown_word_problem(
                    document.locate((*path, "only", key, position)), key.replace("_", " "), word, f"{key}s", known
                )


def check_unknown_outcomes(
    document: YamlDocument, path: NodePath, settings: RatingSettings | None, outcomes: Sequence[Outcome]
) -> Iterator[Problem]:
    """Yield a problem for every outcome in a rating that the council does not list."""
    if not settings:
        return
    rated_outcomes = [outcome for outcome in outcomes if outcome.is_rated]
    named_outcomes = [(subpath, word, rated_outcomes) for subpath, word in rating_rules.iter_named_outcomes(settings)]
    named_outcomes += [(("always",), settings.always, list(outcomes))] if settings.always else []
    for subpath, word, allowed in named_outcomes:
        known = {outcome.word.casefold(): outcome.word for outcome in allowed}
        if word.casefold() not in known:
            yield _make_unknown_word_problem(
                document.locate((*path, *subpath)), "outcome", word, "outcomes", list(known.values())
            )
