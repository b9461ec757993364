"""`mpr check --accept` and `--rewrite-accepted`: the entries by which officers accept findings."""

from dataclasses import dataclass

from mpr.load.editions.acceptances import AcceptedFinding, format_acceptance, rewrite_accepted
from mpr.problem import Problem
from mpr.project import Project
from mpr.workflows.check import CheckResult, check_period
from mpr.workflows.transaction import write_transaction

BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class RewriteResult:
    """The older acceptances in a month's file: those rewritten, each with its finding, and those that stayed."""

    file: str
    rewritten: tuple[tuple[AcceptedFinding, Problem], ...]
    unmatched: tuple[AcceptedFinding, ...]


def format_open_findings(checked: CheckResult) -> str:
    """Return the YAML entries that accept every open finding, ready to paste into the month's file.

    They begin with the heading `accepted:` if the file has none yet.
    """
    acceptances = checked.scorecard.accepted_findings
    column = min((acceptance.place.column for acceptance in acceptances), default=len("  - ") + 1)
    indent = " " * max(column - len("- ") - 1, 0)
    entries = "".join(format_acceptance(problem, indent) for problem in checked.warnings if problem.subject)
    return entries if acceptances or not entries else f"accepted:\n{entries}"


def rewrite_acceptances(project: Project, period: str) -> RewriteResult:
    """Rewrite the older acceptances of a period in its file, in the new form.

    One that covers no finding, or several, stays as it is. Raises InputError if the period has errors, or if the file
    cannot be written.
    """
    with write_transaction(project) as write:
        checked = check_period(project, period)
        older = [acceptance for acceptance in checked.scorecard.accepted_findings if not acceptance.check]
        covered = {acceptance: _find_covered(acceptance, checked) for acceptance in older}
        findings = {acceptance: problem for acceptance, problem in covered.items() if problem}
        path = project.get_edition_path(checked.scorecard.period)
        if findings:
            text = path.read_bytes().decode("utf-8")
            mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
            by_index = {acceptance.index: problem for acceptance, problem in findings.items()}
            write({path: (mark + rewrite_accepted(text.removeprefix(mark), by_index)).encode()})
    unmatched = tuple(acceptance for acceptance in older if acceptance not in findings)
    return RewriteResult(project.display_path(path), tuple(findings.items()), unmatched)


def _find_covered(acceptance: AcceptedFinding, checked: CheckResult) -> Problem | None:
    """Return the one finding that an acceptance covers, None if there is none or more than one."""
    problems = [problem for problem in checked.accepted if acceptance.covers(problem)]
    distinct = {(problem.subject, problem.basis) for problem in problems}
    return problems[0] if len(distinct) == 1 else None
