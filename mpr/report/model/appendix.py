"""An appendix of a report, as its pages announce it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Appendix:
    """A PDF that follows the report: `file` is its name beside the report, `link` the text of the link to it.

    `follows` tells readers of the printed page what comes after that page; `letter` precedes the appendix's page
    numbers.
    """

    anchor: str
    label: str
    title: str
    description: str
    letter: str
    file: str
    link: str
    follows: str
