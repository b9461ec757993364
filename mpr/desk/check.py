"""`mpr check`: all the reading and judging, without rendering."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mpr.kept import ANEW, Anew
from mpr.load.edition import Accepted
from mpr.load.published import published_of
from mpr.load.scorecard import Scorecard, load
from mpr.problem import InputError, Place, Problem, Severity, in_order, quoted
from mpr.project import Project
from mpr.report.figures import record
from mpr.rules.judge import judge

UNREAD = {f"E10{number}" for number in range(1, 8)}  # that a file could not be read, so that nothing of it is known


@dataclass(frozen=True)
class Checked:
    """A scorecard that can be printed, what there is to say of it, and how many findings officers have accepted."""

    scorecard: Scorecard
    warnings: tuple[Problem, ...]
    accepted: int


def check(project: Project, period: str, kept: Anew = ANEW) -> Checked:
    """Read and judge a period, by its name; raise InputError with every problem where it cannot be printed.

    A warning that officers have accepted is quiet as long as it says the same: its sentence holds the figures and
    words that it was made from.
    """
    scorecard, problems = load(project, period, kept)
    if not scorecard:
        raise InputError(problems)
    problems += _found(scorecard, problems)
    scorecard = _counted(scorecard, problems)
    accepted = {each: _plain(each.finding) for each in scorecard.accepted}
    warnings = [each for each in problems if each.severity is Severity.WARNING]
    quiet = [each for each in warnings if any(_said(each) in finding for finding in accepted.values())]
    left = [each for each in problems if each not in quiet]
    if len(warnings) < len(problems):
        raise InputError(left)
    left += [_gone(each) for each in accepted if not any(_said(one) in accepted[each] for one in quiet)]
    left += _published_otherwise(project, scorecard)
    return Checked(scorecard, tuple(in_order(left)), len(quiet))


def _published_otherwise(project: Project, scorecard: Scorecard) -> Iterator[Problem]:
    """Yield a warning where this version is published already, with other figures than it has now."""
    own = scorecard.edition.version
    for manifest in published_of(project, scorecard.period):
        if manifest.record.version == own and manifest.record != record(scorecard):
            message = f"version {own} is published already, with other figures than these"
            hint = (
                "put the files back as they were, or make a correction: a higher version, and a sentence for the cover"
            )
            yield Problem(
                Place(project.shown(project.edition(scorecard.period))), "W611", message, hint, Severity.WARNING
            )


def _found(scorecard: Scorecard, problems: Sequence[Problem]) -> list[Problem]:
    """Return what the rules say, without what only follows from an error.

    That is whatever they say of a line with an error on it, of a row that an erroneous file does not show, and of
    everything where the period's values could not be read.
    """
    if any(each.place.file == scorecard.place.file and each.code in UNREAD for each in problems):
        return []
    wrong = {place for each in problems for place in ((each.place.file, each.place.line), (each.place.file, 0))}
    return [each for each in judge(scorecard) if (each.place.file, each.place.line) not in wrong]


def _counted(scorecard: Scorecard, problems: list[Problem]) -> Scorecard:
    """Return the scorecard with the pages of its appendices counted, noting what is wrong with these."""
    if not scorecard.appendices:
        return scorecard
    from mpr.render import appendix  # noqa: PLC0415 - only appendices pay for what reads PDFs

    return replace(scorecard, appendices=appendix.counted(scorecard.appendices, problems))


def _said(problem: Problem) -> str:
    """Return a finding as it is accepted: its code and sentence, without its place and hint."""
    return _plain(f"{problem.code} {problem.message}")


def _plain(text: str) -> str:
    """Return a text without what an editor or a spreadsheet may have changed in it."""
    return " ".join(text.translate({ord(each): "'" for each in "‘’`"}).split())


def _gone(accepted: Accepted) -> Problem:
    """Return the warning on a finding that was accepted and is not found, or not in the same words, any more."""
    message = f"{quoted(accepted.finding)} was accepted, but is not found any more"
    hint = "take it out; if its figures have changed, accept what is found now"
    return Problem(accepted.place, "W518", message, hint, Severity.WARNING)
