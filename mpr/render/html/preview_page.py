"""What the preview adds to the report's page, and the page that it shows instead when there are problems.

Neither is part of a report. Their templates are always those that `mpr` ships, so that a council's broken template
cannot break the page that reports it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mpr.load.excerpt import ExcerptRow
from mpr.project import Project
from mpr.render.html.page import load_templates, read_asset

SHIPPED_PROJECT = Project(Project(Path()).templates[-1].parent)
VERSION_PLACEHOLDER = 'data-version=""'  # filled in last, because the version is a hash of the page
MAX_PROBLEMS = 50  # on one page


@dataclass(frozen=True)
class PreviewProblem:
    """A problem as the preview shows it: `kind` is error or warning, `rows` an excerpt of its file."""

    kind: str
    place: str
    code: str
    message: str
    hint: str
    rows: Sequence[ExcerptRow] = ()


def add_bar(page: str, pdf: str, title: str, warnings: Sequence[PreviewProblem]) -> str:
    """Return the report's page with a bar on top: a link to its PDF, and a title with its warnings, if any."""
    bar = _render_template("preview.html", pdf=pdf, title=title, troubles=warnings)
    body_tag = re.search(r"<body[^>]*>", page)
    position = body_tag.end() if body_tag else len(page)
    return page[:position] + bar + page[position:]


def render_problem_page(title: str, text: str, problems: Sequence[PreviewProblem]) -> str:
    """Return the page that is shown instead of the report: what is wrong, and the first MAX_PROBLEMS problems."""
    remaining = len(problems) - MAX_PROBLEMS
    more = f"and {remaining:,} more" if remaining > 0 else ""
    return _render_template("problems.html", title=title, text=text, troubles=problems[:MAX_PROBLEMS], more=more)


def add_version(page: str, version: str) -> str:
    """Return the page with its version filled in."""
    return page.replace(VERSION_PLACEHOLDER, f'data-version="{version}"', 1)


def _render_template(template: str, **values: object) -> str:
    theme_styles = ("theme.css", "dark.css") if template == "problems.html" else ()
    style = "".join(read_asset(SHIPPED_PROJECT, name) for name in (*theme_styles, "preview.css"))
    return (
        load_templates(SHIPPED_PROJECT)
        .get_template(template)
        .render(style=style, script=read_asset(SHIPPED_PROJECT, "preview.js"), **values)
    )
