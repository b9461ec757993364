"""What all commands share: the two consoles, the exit codes, progress, and how problems are printed.

Exit codes: 0 done; 1 the input is at fault; 2 the command is at fault; 3 the machine lacks something; 70 `mpr` itself
is at fault.
"""

import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from mpr.measure.formatting import format_count, join_words
from mpr.problem import Problem, Severity

BAD_INPUT, BAD_MACHINE, BAD_SOFTWARE = 1, 3, 70
CRASH_LOG = "mpr-error.log"

out = Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)


@contextmanager
def show_progress() -> Iterator[Callable[[str], None]]:
    """Yield a function that shows the current stage on a terminal, and does nothing elsewhere."""
    if not err.is_terminal:
        yield lambda _: None
        return
    with err.status("starting") as status:
        yield status.update


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems and their number by severity, errors last, so that they are just above the prompt."""
    problems = sorted(problems, key=lambda problem: problem.severity is Severity.ERROR)
    for problem in problems:
        err.print(str(problem))
    counts = [
        format_count(count, severity.value)
        for severity in Severity
        if (count := sum(problem.severity is severity for problem in problems))
    ]
    if counts:
        err.print(join_words(counts))


def write_crash_log(error: BaseException) -> str:
    """Write the stack trace to a file, and return the end of a sentence that names it (empty if it is not written)."""
    try:
        Path(CRASH_LOG).write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return ""
    return f"; the details are in {CRASH_LOG}: please send this file to the people who look after mpr"
