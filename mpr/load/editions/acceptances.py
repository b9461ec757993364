"""Findings of `mpr check` that officers accept: how they are read, matched and written.

An acceptance names its finding by the code of the check, by what the finding is about and by its basis: the figures,
periods or quoted words that it was made from. So it survives a better wording and ends when the data change. Files
from before this form quote the finding's sentence instead; both forms are read.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from mpr.load.config.yaml_nodes import YamlDocument
from mpr.problem import Place, Problem, quote

CODE = re.compile(r"\b[EW]\d{3}\b")
PLAIN_SCALAR = re.compile(r"(?!null\b)[\w£][\w £%.,;()/–−…’-]*[\w%)…’]|\w")  # YAML that needs no quotation marks
BLOCK_HEADER = re.compile(r"[|>][-+\d]*[ \t]*(#.*)?")
APOSTROPHES = str.maketrans(dict.fromkeys("‘’`", "'"))


@dataclass(frozen=True)
class AcceptedFinding:
    """A finding that officers let stand: its check, subject and basis, or its whole sentence in the older form.

    `index` is its number in the file's list, from 0; `place` is where it begins.
    """

    index: int
    place: Place
    check: str = ""
    about: str = ""
    basis: str = ""
    sentence: str = ""

    def __str__(self) -> str:
        """Write the acceptance as an officer knows it: `W512 on CP 3.6 (578,468; 733,333)`, or the quoted sentence."""
        if not self.check:
            return quote(self.sentence)
        return f"{self.check} on {self.about}" + (f" ({self.basis})" if self.basis else "")

    def covers(self, problem: Problem) -> bool:
        """Whether a problem is the one accepted: the same check, subject and basis.

        An older sentence covers a problem if it has its code and names its subject and, in order, all of its basis.
        """
        if not self.check:
            return _describes(_normalise(self.sentence), problem)
        return (self.check.upper(), _normalise(self.about), _normalise(self.basis)) == (
            problem.code,
            _normalise(problem.subject),
            _normalise(join_basis(problem)),
        )


def iter_accepted_findings(document: YamlDocument) -> Iterator[AcceptedFinding]:
    """Yield the acceptances in a month's file, passing over those that cannot be read."""
    entries = document.value.get("accepted") if isinstance(document.value, dict) else None
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if not isinstance(entry, dict):
            continue
        check, about, basis, sentence = (_get_text(entry, key) for key in ("check", "about", "basis", "finding"))
        if check or sentence:
            place = document.locate(("accepted", index, "check" if check else "finding"))
            yield AcceptedFinding(index, place, check, about, basis, sentence)


def join_basis(problem: Problem) -> str:
    """Return a problem's basis as one text, as an officer writes it: `578,468; 733,333`."""
    return " ".join("; ".join(problem.basis).split())


def format_acceptance(problem: Problem, indent: str = "  ") -> str:
    """Return the YAML entry that accepts a problem, to be pasted into the month's file; its reason is empty."""
    comment = f"# {' '.join(problem.message.split())}"
    first, *others = [*_list_settings(problem), "reason:"]
    lines = (comment, f"- {first}", *(f"  {line}" for line in others))
    return "".join(f"{indent}{line}\n" for line in lines)


def rewrite_accepted(text: str, findings: Mapping[int, Problem]) -> str:
    """Return the text of a month's file with some acceptances in the new form, and everything else as it was.

    `findings` are the accepted problems by the index of the entry. The text must be valid YAML; only the setting
    `finding` of these entries is replaced, so comments, other settings and their order stay.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    line_end = "\r\n" if "\r\n" in text else "\n"
    for index, entry in reversed([*enumerate(_get_node(root, "accepted").value)]):
        if index in findings:
            text = _rewrite_entry(text, entry, findings[index], line_end)
    return text


def _rewrite_entry(text: str, entry: Any, problem: Problem, line_end: str) -> str:  # noqa: ANN401 - a node of PyYAML
    [(key, value)] = [(key, value) for key, value in entry.value if key.value == "finding"]
    start = key.start_mark.index
    end = start + len(text[start : value.end_mark.index].rstrip())
    if entry.flow_style:
        settings = ", ".join(_list_settings(problem, always_quote=True))
    else:
        first, *others = _list_settings(problem)
        comment = _find_comment(text, key, value)
        lines = [f"{first}  {comment}" if comment else first, *others]
        settings = (line_end + " " * key.start_mark.column).join(lines)
    return text[:start] + settings + text[end:]


def _find_comment(text: str, key: yaml.Node, value: yaml.Node) -> str:
    """Return the comment between a key and its value, or in the first line of a block value."""
    between = text[key.end_mark.index : value.start_mark.index].partition("#")
    header = BLOCK_HEADER.match(text, value.start_mark.index)
    return ("".join(between[1:]) or (header and header[1]) or "").strip()


def _list_settings(problem: Problem, *, always_quote: bool = False) -> list[str]:
    """Return the lines of an entry that name a problem: check, about and, if it has one, basis."""
    settings = {"check": problem.code, "about": " ".join(problem.subject.split()), "basis": join_basis(problem)}
    return [f"{name}: {_format_scalar(text, always_quote=always_quote)}" for name, text in settings.items() if text]


def _format_scalar(text: str, *, always_quote: bool) -> str:
    is_plain = PLAIN_SCALAR.fullmatch(text) and not always_quote
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def _get_node(mapping: Any, name: str) -> Any:  # noqa: ANN401 - nodes of PyYAML
    return next(value for key, value in mapping.value if key.value == name)


def _get_text(entry: Mapping[str, Any], key: str) -> str:
    text = entry.get(key)
    return text if isinstance(text, str) else ""


def _normalise(text: str) -> str:
    """Return a text without what an editor or a terminal may have changed in it: apostrophes and spaces."""
    return " ".join(text.translate(APOSTROPHES).split())


def _describes(sentence: str, problem: Problem) -> bool:
    """Whether an older acceptance's sentence, already normalised, describes a problem."""
    code = CODE.search(sentence)
    if not code or code[0] != problem.code:
        return False
    subject = _build_pattern(problem.subject).search(sentence, code.end())
    if not subject:
        return False
    rest, position = sentence[code.end() : subject.start()] + " " + sentence[subject.end() :], 0
    for text in problem.basis:
        match = _build_pattern(text).search(rest, position)
        if not match:
            return False
        position = match.end()
    return True


def _build_pattern(text: str) -> re.Pattern[str]:
    """Return a pattern for a text on its own: 550 is not found in 1,550, 550.5 or 550%."""
    return re.compile(rf"(?<![\w−])(?<!\d[.,]){re.escape(_normalise(text))}(?![\w%])(?![.,]\d)")
