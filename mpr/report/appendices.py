"""The appendices of a report, and the notice where it has none."""

from collections.abc import Iterator
from dataclasses import dataclass

from mpr.load.schema import NEXT
from mpr.load.scorecard import Scorecard
from mpr.measure.words import plural
from mpr.problem import letters
from mpr.project import file_name

KILO, MEGA = 1_000, 1_000_000


@dataclass(frozen=True)
class Appendix:
    """A PDF that follows the report: `file` is its name beside the report, `link` the words that lead there.

    `follows` says on the printed page what comes after it; `letter` stands before the numbers of its pages.
    """

    anchor: str
    label: str
    title: str
    description: str
    letter: str
    file: str
    link: str
    follows: str


def appendices(scorecard: Scorecard) -> tuple[Appendix, ...]:
    """Put the appendices into words."""
    return tuple(_appendices(scorecard))


def _appendices(scorecard: Scorecard) -> Iterator[Appendix]:
    for number, each in enumerate(scorecard.appendices, 1):
        letter = letters(number)
        anchor = f"appendix-{letter.lower()}"
        file = file_name(scorecard.period, f"{anchor}.pdf")
        yield Appendix(
            anchor=anchor,
            label=f"Appendix {letter}",
            title=each.title,
            description=each.description,
            letter=letter,
            file=file,
            link=f"{each.title} (PDF, {_size(len(each.data))}, {plural(each.pages, 'page')})",
            follows=f"{_follow(each.pages)} in this report’s page numbers. It is also a file of its own: {file}",
        )


def _follow(count: int) -> str:
    return (
        "Its one page follows; it is not counted" if count == 1 else f"Its {count:,} pages follow; they are not counted"
    )


def _size(data: int) -> str:
    """Print the size of a file as those who fetch it know it: `64 KB`, `1.2 MB`."""
    return f"{data / MEGA:.1f} MB" if data >= MEGA else f"{max(1, round(data / KILO))} KB"


def notice(scorecard: Scorecard) -> tuple[str, ...]:
    """Return the notice that there are no appendices, where the edition says when the next are due."""
    following = scorecard.next_appendices
    return (scorecard.settings.report.no_appendices.replace(NEXT, following.name),) if following else ()
