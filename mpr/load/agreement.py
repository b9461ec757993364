"""What of `indicators.yaml` does not agree with its own vocabularies: names that stand twice, words not listed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from mpr.load import rating
from mpr.load.nodes import Document, Path
from mpr.load.schema import HEADINGS, Settings
from mpr.load.sections import COLUMNS, MPR, SectionSettings
from mpr.load.vocabulary import RatingSettings
from mpr.measure.outcome import Outcome, named
from mpr.measure.words import slug
from mpr.problem import Place, Problem, Severity, nearest, quoted

NAMED = {
    "aims": "name", "departments": "", "committees": "", "partnership_groups": "name", "benchmarks": "",
    "outcomes": "name", "indicators": "code",
}  # fmt: skip


def repeated(document: Document, value: dict[str, Any]) -> Iterable[Problem]:
    """Yield a problem for every code and every name that stood before in its list, whatever its capitals and signs."""
    for key, naming in NAMED.items():
        first: dict[str, int] = {}
        for index, item in enumerate(_items(value.get(key))):
            word = item.get(naming) or item.get("alias") if isinstance(item, dict) else item
            if not isinstance(word, str):
                continue
            noun = key.removesuffix("s").replace("_", " ")
            same = rating.key(word) if key == "outcomes" else slug(word)
            if not same:
                message = f"{noun} {quoted(word)} has neither a letter nor a digit"
                yield Problem(document.place((key, index, naming)), "E125", message, "write a name")
            elif first.setdefault(same, index) != index:
                line = document.place((key, first[same], naming)).line
                message = f"{noun} {quoted(word)} stands here a second time; it is on line {line} too"
                yield Problem(document.place((key, index, naming)), "E125", message, f"each {noun} stands here once")


VOCABULARIES = {
    "aim": "aims", "group": "partnership_groups", "committee": "committees", "departments": "departments",
}  # fmt: skip


def unknown_words(document: Document, value: dict[str, Any], raw: list[Any]) -> Iterable[Problem]:
    """Yield a problem for every aim, group, department, committee and owner that the file does not list.

    Where a list itself is not as it must be, that is a problem already, and its words are left alone.
    """
    for key, vocabulary in VOCABULARIES.items():
        words = _vocabulary(value.get(vocabulary, []))
        for index, item in enumerate(raw):
            said = item.get(key) if isinstance(item, dict) else None
            for at, word in enumerate(_items(said) if key == "departments" else [said]):
                if words is not None and isinstance(word, str) and word not in words:
                    title = vocabulary.replace("_", " ")
                    place = document.place(("indicators", index, key, at))
                    yield _unknown(place, key.removesuffix("s"), word, title, words)


def unknown_owners(document: Document, value: dict[str, Any], raw: list[Any]) -> Iterator[Problem]:
    """Yield a problem for every owner of an indicator that the council's own vocabularies do not list."""
    owners = value.get("owners") or {}
    for index, item in enumerate(raw):
        said = item.get("owners") if isinstance(item, dict) else None
        if not isinstance(said, dict) or not isinstance(owners, dict):
            continue
        for key, names in said.items():
            path = ("indicators", index, "owners", key)
            listed = owners.get(key)
            words = _vocabulary(listed.get("names")) if isinstance(listed, dict) else None
            if not listed:
                yield _unknown(document.place(path), "owner", key, "owners", list(owners))
            for at, word in enumerate([names] if isinstance(names, str) else _items(names)):
                if words is not None and isinstance(word, str) and word not in words:
                    yield _unknown(document.place((*path, at)), key.replace("_", " "), word, "names", words)


def wanted(value: dict[str, Any], raw: list[Any]) -> frozenset[str]:
    """Return what each corporate indicator must say, as far as the file's other parts tell.

    A code or an aim where others have one, the owners that a column shows, and what a rule needs to rate it.
    """
    sections, owners = (value.get(key) or {} for key in ("sections", "owners"))
    columns: set[str] = set()
    for name, section in sections.items() if isinstance(sections, dict) else ():
        said = section.get("columns", MPR.get(name, {}).get("columns")) if isinstance(section, dict) else ()
        for each in _items(said):
            columns.update([each] if isinstance(each, str) else each if isinstance(each, dict) else [])
    owned = {"managers", "committee", *(owners if isinstance(owners, dict) else ())}
    coded = any(isinstance(item, dict) and "code" in item for item in raw)
    ruled = value.get("rating")
    figures = set() if isinstance(ruled, dict) and {"judged", "always"} & set(ruled) else FIGURES
    others = {"aim": bool(value.get("aims")), "code": coded}
    return frozenset((owned & columns) | figures | {name for name, there in others.items() if there})


def _vocabulary(known: object) -> list[str] | None:
    """Return the words of a vocabulary, None where it is not as it must be."""
    if not isinstance(known, list):
        return None
    named = [each.get("name") if isinstance(each, dict) else each for each in known]
    words = [each for each in named if isinstance(each, str)]
    return words if len(words) == len(known) else None


FIGURES = {"measure", "polarity", "decimals"}


def _unknown(place: Place, noun: str, word: str, title: str, known: Sequence[str]) -> Problem:
    hint = nearest(word, known) or f"known are {', '.join(known) or 'none'}"
    return Problem(place, "E126", f"{noun} {quoted(word)} is not in the list of {title}", hint)


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


GROUPINGS = ("outcome", "aim", "group", "department", "committee", "manager")


def disagreements(document: Document, settings: Settings, outcomes: Sequence[Outcome]) -> Iterator[Problem]:
    """Yield what of the settings does not agree with the vocabularies: outcomes, ratings, columns, groupings."""
    for index, name, message, hint in rating.faults(settings.outcomes):
        yield Problem(document.place(("outcomes", index, name)), "E129", message, hint)
    for word in rating.implied(settings.rating):
        if not named(word, outcomes):
            yield _unknown(document.place(("rating",)), "outcome", word, "outcomes", [each.word for each in outcomes])
    if not any(each.off_track for each in outcomes):
        message = "no outcome is off track, so no indicator is an exception"
        hint = "write off_track: yes at those that are"
        yield Problem(document.place(("outcomes",)), "W130", message, hint, Severity.WARNING)
    yield from _taken(document, settings)
    rated: list[tuple[Path, RatingSettings | None]] = [(("rating",), settings.rating)]
    rated += [(("aims", index, "rating"), aim.rating) for index, aim in enumerate(settings.aims)]
    groups = enumerate(settings.partnership_groups)
    rated += [(("partnership_groups", index, "rating"), group.rating) for index, group in groups]
    for path, each in rated:
        yield from unknown_outcomes(document, path, each, outcomes)
    for name, section in settings.sections.items():
        yield from _section_words(document, ("sections", name), section, settings, outcomes)


def _taken(document: Document, settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each owner and benchmark that has a name of mpr's own."""
    taken = {*COLUMNS, *GROUPINGS}
    for key in settings.owners:
        if key in taken:
            message, hint = f"'{key}' is a name that is there already", "give this kind of owner another"
            yield Problem(document.place(("owners", key)), "E125", message, hint)
    for index, name in enumerate(settings.benchmarks):
        if name.casefold() in HEADINGS:
            message, hint = f"'{name}' heads another column of the data files", "name this comparison otherwise"
            yield Problem(document.place(("benchmarks", index)), "E125", message, hint)


def _section_words(
    document: Document, path: Path, section: SectionSettings, settings: Settings, outcomes: Sequence[Outcome]
) -> Iterator[Problem]:
    """Yield a problem for every column, grouping and name of a section that there is not."""
    columns = [*COLUMNS, *settings.owners]
    for index, key in enumerate(section.keys):
        if key not in columns:
            yield _unknown(document.place((*path, "columns", index)), "column", key, "columns", columns)
    named = [each.get("managers") for each in _items(document.value.get("indicators")) if isinstance(each, dict)]
    managers = [name for each in named for name in ([each] if isinstance(each, str) else _items(each))]
    vocabularies = {
        **settings.groupings,
        "outcome": tuple(each.word for each in outcomes),
        "manager": tuple(dict.fromkeys(each for each in managers if isinstance(each, str))),
    }
    for place, key in [
        *((("group_by",), each) for each in section.group_by),
        *((("only", each), each) for each in section.only),
    ]:
        if key not in vocabularies:
            yield _unknown(document.place((*path, *place)), "grouping", key, "groupings", list(vocabularies))
    for key, names in section.only.items():
        known = vocabularies.get(key)
        for at, word in enumerate(names if known else ()):
            if known and word not in known:
                yield _unknown(document.place((*path, "only", key, at)), key.replace("_", " "), word, f"{key}s", known)


def unknown_outcomes(
    document: Document, path: Path, settings: RatingSettings | None, outcomes: Sequence[Outcome]
) -> Iterator[Problem]:
    """Yield a problem for every outcome that a rating names and the council does not list."""
    if not settings:
        return
    rated = [each for each in outcomes if each.rated]
    said = [(where, word, rated) for where, word in rating.words(settings)]
    said += [(("always",), settings.always, list(outcomes))] if settings.always else []
    for where, word, allowed in said:
        known = {each.word.casefold(): each.word for each in allowed}
        if word.casefold() not in known:
            yield _unknown(document.place((*path, *where)), "outcome", word, "outcomes", list(known.values()))
