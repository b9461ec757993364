"""The appendices of a report, and the notice in a report without any."""

from collections.abc import Iterator

from mpr.load.config.schema import NEXT_PLACEHOLDER
from mpr.load.scorecard import Scorecard
from mpr.measure.formatting import format_count
from mpr.problem import to_column_letters
from mpr.project import format_file_name
from mpr.report.model.appendix import Appendix

KILOBYTE, MEGABYTE = 1_000, 1_000_000


def build_appendices(scorecard: Scorecard) -> tuple[Appendix, ...]:
    """Return the appendices of a report in their order, lettered from A."""
    return tuple(_iter_appendices(scorecard))


def _iter_appendices(scorecard: Scorecard) -> Iterator[Appendix]:
    for number, appendix in enumerate(scorecard.appendices, 1):
        letter = to_column_letters(number)
        anchor = f"appendix-{letter.lower()}"
        file = format_file_name(scorecard.period, f"{anchor}.pdf")
        yield Appendix(
            anchor=anchor,
            label=f"Appendix {letter}",
            title=appendix.title,
            description=appendix.description,
            letter=letter,
            file=file,
            link=f"{appendix.title} (PDF, {_format_size(len(appendix.data))}, {format_count(appendix.pages, 'page')})",
            follows=f"{_describe_following_pages(appendix.pages)} in this report’s page numbers. "
            f"It is also a file of its own: {file}",
        )


def _describe_following_pages(pages: int) -> str:
    return (
        "Its one page follows; it is not counted" if pages == 1 else f"Its {pages:,} pages follow; they are not counted"
    )


def _format_size(byte_count: int) -> str:
    """Return a file size in the units of a download page: `64 KB`, `1.2 MB`."""
    return f"{byte_count / MEGABYTE:.1f} MB" if byte_count >= MEGABYTE else f"{max(1, round(byte_count / KILOBYTE))} KB"


def describe_missing_appendices(scorecard: Scorecard) -> tuple[str, ...]:
    """Return the notice that there are no appendices, if the edition says when the next are due."""
    next_period = scorecard.next_appendices
    return (scorecard.settings.report.no_appendices.replace(NEXT_PLACEHOLDER, next_period.name),) if next_period else ()
