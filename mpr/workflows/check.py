"""`mpr check`: all the reading and judging, without rendering."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mpr.load.editions.edition import AcceptedFinding
from mpr.load.editions.published import list_manifests
from mpr.load.scorecard import Scorecard, load_scorecard
from mpr.memo import NO_CACHE, NoCache
from mpr.problem import InputError, Place, Problem, Severity, quote, sort_problems
from mpr.project import Project
from mpr.report.printed_figures import build_record
from mpr.rules.runner import run_rules

UNREADABLE_CODES = {
    f"E10{number}" for number in range(1, 8)
}  # that a file could not be read, so that nothing of it is known


@dataclass(frozen=True)
class CheckResult:
    """A scorecard that can be printed, what there is to say of it, and how many findings officers have accepted."""

    scorecard: Scorecard
    warnings: tuple[Problem, ...]
    accepted_count: int


def check_period(project: Project, period: str, memo: NoCache = NO_CACHE) -> CheckResult:
    """Read and judge a period, by its name; raise InputError with every problem where it cannot be printed.

    A warning that officers have accepted is quiet as long as it says the same: its sentence holds the figures and
    words that it was made from.
    """
    scorecard, problems = load_scorecard(project, period, memo)
    if not scorecard:
        raise InputError(problems)
    problems += _check_rules(scorecard, problems)
    scorecard = _count_appendix_pages(scorecard, problems)
    findings = {acceptance: _normalise(acceptance.finding) for acceptance in scorecard.accepted_findings}
    warnings = [problem for problem in problems if problem.severity is Severity.WARNING]
    accepted_warnings = [
        warning for warning in warnings if any(_format_finding(warning) in finding for finding in findings.values())
    ]
    remaining = [problem for problem in problems if problem not in accepted_warnings]
    if len(warnings) < len(problems):
        raise InputError(remaining)
    remaining += [
        _build_stale_acceptance(acceptance)
        for acceptance in findings
        if not any(_format_finding(warning) in findings[acceptance] for warning in accepted_warnings)
    ]
    remaining += _check_published_version(project, scorecard)
    return CheckResult(scorecard, tuple(sort_problems(remaining)), len(accepted_warnings))


def _check_published_version(project: Project, scorecard: Scorecard) -> Iterator[Problem]:
    """Yield a warning where this version is published already, with other figures than it has now."""
    version = scorecard.edition.version
    for manifest in list_manifests(project, scorecard.period):
        if manifest.record.version == version and manifest.record != build_record(scorecard):
            message = f"version {version} is published already, with other figures than these"
            hint = (
                "put the files back as they were, or make a correction: a higher version, and a sentence for the cover"
            )
            yield Problem(
                Place(project.display_path(project.get_edition_path(scorecard.period))),
                "W611",
                message,
                hint,
                Severity.WARNING,
            )


def _check_rules(scorecard: Scorecard, problems: Sequence[Problem]) -> list[Problem]:
    """Return what the rules say, without what only follows from an error.

    That is whatever they say of a line with an error on it, of a row that an erroneous file does not show, and of
    everything where the period's values could not be read.
    """
    if any(problem.place.file == scorecard.place.file and problem.code in UNREADABLE_CODES for problem in problems):
        return []
    faulty_lines = {
        place for problem in problems for place in ((problem.place.file, problem.place.line), (problem.place.file, 0))
    }
    return [finding for finding in run_rules(scorecard) if (finding.place.file, finding.place.line) not in faulty_lines]


def _count_appendix_pages(scorecard: Scorecard, problems: list[Problem]) -> Scorecard:
    """Return the scorecard with the pages of its appendices counted, noting what is wrong with these."""
    if not scorecard.appendices:
        return scorecard
    from mpr.render.attachments import appendices  # noqa: PLC0415 - only appendices pay for what reads PDFs

    return replace(scorecard, appendices=appendices.inspect_appendices(scorecard.appendices, problems))


def _format_finding(problem: Problem) -> str:
    """Return a finding as it is accepted: its code and sentence, without its place and hint."""
    return _normalise(f"{problem.code} {problem.message}")


def _normalise(text: str) -> str:
    """Return a text without what an editor or a spreadsheet may have changed in it."""
    return " ".join(text.translate({ord(quote_mark): "'" for quote_mark in "‘’`"}).split())


def _build_stale_acceptance(accepted: AcceptedFinding) -> Problem:
    """Return the warning on a finding that was accepted and is not found, or not in the same words, any more."""
    message = f"{quote(accepted.finding)} was accepted, but is not found any more"
    hint = "take it out; if its figures have changed, accept what is found now"
    return Problem(accepted.place, "W518", message, hint, Severity.WARNING)
