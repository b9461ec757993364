"""What the preview adds to the report's page, and the page that stands in its place.

These are no part of a report: their templates are always those that `mpr` ships, so that a council's broken template
cannot break the page that says so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mpr.load.excerpt import Row
from mpr.project import Project
from mpr.render.html import asset, environment

SHIPPED = Project(Project(Path()).templates[-1].parent)
PLACE = 'data-version=""'  # for the version of a page, which is made of the page
MOST = 50  # problems in one page


@dataclass(frozen=True)
class Trouble:
    """A problem as the preview shows it: `kind` is error or warning, `rows` what stands around it in its file."""

    kind: str
    place: str
    code: str
    message: str
    hint: str
    rows: Sequence[Row] = ()


def with_bar(page: str, pdf: str, title: str, warnings: Sequence[Trouble]) -> str:
    """Return the report's page with a bar on top: a link to its PDF, and its warnings under their title, if any."""
    bar = _print("preview.html", pdf=pdf, title=title, troubles=warnings)
    start = re.search(r"<body[^>]*>", page)
    at = start.end() if start else len(page)
    return page[:at] + bar + page[at:]


def in_its_place(title: str, text: str, troubles: Sequence[Trouble]) -> str:
    """Return the page that stands in the place of the report: what is the matter, and all problems."""
    rest = len(troubles) - MOST
    more = f"and {rest:,} more" if rest > 0 else ""
    return _print("problems.html", title=title, text=text, troubles=troubles[:MOST], more=more)


def of_version(page: str, version: str) -> str:
    """Return a page that knows its version."""
    return page.replace(PLACE, f'data-version="{version}"', 1)


def _print(template: str, **values: object) -> str:
    names = ("theme.css", "dark.css") if template == "problems.html" else ()
    style = "".join(asset(SHIPPED, name) for name in (*names, "preview.css"))
    return (
        environment(SHIPPED).get_template(template).render(style=style, script=asset(SHIPPED, "preview.js"), **values)
    )
