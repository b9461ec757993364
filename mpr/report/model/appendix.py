"""The frozen appendix of a report, as its pages announce it."""

from dataclasses import dataclass


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
