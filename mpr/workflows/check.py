"""`mpr check`: all the reading and judging, without rendering."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mpr.load.editions.acceptances import AcceptedFinding
from mpr.load.editions.published import list_manifests
from mpr.load.scorecard import Scorecard, load_scorecard
from mpr.memo import NO_CACHE, NoCache
from mpr.problem import InputError, Place, Problem, Severity, sort_problems
from mpr.project import Project
from mpr.report.printed_figures import build_record
from mpr.rules.runner import run_rules

UNREADABLE_CODES = {f"E10{number}" for number in range(1, 8)}  # a file with one of these could not be read


@dataclass(frozen=True)
class CheckResult:
    """The outcome of a check: a scorecard that can be printed, the open warnings, and those that officers accepted."""

    scorecard: Scorecard
    warnings: tuple[Problem, ...]
    accepted: tuple[Problem, ...] = ()

    @property
    def accepted_count(self) -> int:
        """How many findings officers have accepted."""
        return len(self.accepted)


def check_period(project: Project, period: str, memo: NoCache = NO_CACHE) -> CheckResult:
    """Read and judge a period, given by its name.

    A warning that officers have accepted is left out until one of the figures or words that it was made from changes;
    then W518 says that the acceptance has ended. Raises InputError with every problem if the report cannot be printed.
    """
    scorecard, problems = load_scorecard(project, period, memo)
    if not scorecard:
        raise InputError(problems)
    problems += _check_rules(scorecard, problems)
    scorecard = _count_appendix_pages(scorecard, problems)
    acceptances = scorecard.accepted_findings
    warnings = [problem for problem in problems if problem.severity is Severity.WARNING]
    accepted = [warning for warning in warnings if any(acceptance.covers(warning) for acceptance in acceptances)]
    remaining = [problem for problem in problems if problem not in accepted]
    if len(warnings) < len(problems):
        raise InputError(remaining)
    remaining += [
        _build_ended_acceptance(acceptance, period)
        for acceptance in acceptances
        if not any(map(acceptance.covers, accepted))
    ]
    remaining += _check_published_version(project, scorecard)
    return CheckResult(scorecard, tuple(sort_problems(remaining)), tuple(accepted))


def _check_published_version(project: Project, scorecard: Scorecard) -> Iterator[Problem]:
    """Yield a warning if this version is published already and its figures have changed since."""
    version = scorecard.edition.version
    for manifest in list_manifests(project, scorecard.period):
        if manifest.record.version == version and manifest.record != build_record(scorecard):
            message = f"version {version} is published already, with other figures than these"
            hint = (
                "put the files back as they were, or make a correction: a higher version, and a sentence for the cover"
            )
            place = Place(project.display_path(project.get_edition_path(scorecard.period)))
            yield Problem(place, "W611", message, hint, Severity.WARNING)


def _check_rules(scorecard: Scorecard, problems: Sequence[Problem]) -> list[Problem]:
    """Return the findings of the rules, without those that only follow from an error.

    Left out are findings on a line that has an error, findings on the whole of a file that has one, and all findings if
    the period's values could not be read.
    """
    if any(problem.place.file == scorecard.place.file and problem.code in UNREADABLE_CODES for problem in problems):
        return []
    faulty_lines = {
        place for problem in problems for place in ((problem.place.file, problem.place.line), (problem.place.file, 0))
    }
    return [finding for finding in run_rules(scorecard) if (finding.place.file, finding.place.line) not in faulty_lines]


def _count_appendix_pages(scorecard: Scorecard, problems: list[Problem]) -> Scorecard:
    """Return the scorecard with the pages of its appendices counted, noting the problems of their PDFs."""
    if not scorecard.appendices:
        return scorecard
    from mpr.render.attachments import appendices  # noqa: PLC0415 - only appendices pay for what reads PDFs

    return replace(scorecard, appendices=appendices.inspect_appendices(scorecard.appendices, problems))


def _build_ended_acceptance(acceptance: AcceptedFinding, period: str) -> Problem:
    """Return the warning on an acceptance whose finding is gone, or has another basis."""
    message = f"you accepted {acceptance}, but mpr check no longer finds it"
    hint = f"delete this entry; if the figures have changed, mpr check {period} --accept prints the new one"
    return Problem(acceptance.place, "W518", message, hint, Severity.WARNING)
