"""The Report as HTML: one body, in a frame for the screen and in one for the printed page.

The screen's file holds everything in itself: fonts, styles, charts. The printed page takes its styles from
`print.css` and its fonts from their files.
"""

import base64
import re
from collections.abc import Mapping

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mpr.project import Project
from mpr.report.model import Report

SCREEN_STYLES = ("theme.css", "dark.css", "screen.css")
PRINT_STYLES = ("theme.css", "print.css")


def environment(project: Project) -> Environment:
    """Return the templates, the council's own before those of `mpr`; all that is not markup is escaped."""
    loader = ChoiceLoader([FileSystemLoader(folder) for folder in project.templates])
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["markup"] = Markup  # for what this package made itself: charts and rendered commentary
    return made


def render(report: Report, charts: Mapping[str, str], project: Project) -> tuple[str, str]:
    """Return the report's page for the screen and for print; `charts` holds the SVG of each chart by its anchor."""
    templates = environment(project)
    body = Markup(templates.get_template("report.html").render(report=report, charts=charts))  # noqa: S704 - escaped within
    frame = templates.get_template("frame.html")
    screen = _embedded("".join(_style(project, name) for name in SCREEN_STYLES), project)
    script = project.template("screen.js").read_text(encoding="utf-8")
    return (
        frame.render(report=report, body=body, style=Markup(screen), script=Markup(script)),  # noqa: S704 - own files
        frame.render(report=report, body=body, style="", script=""),
    )


def print_style(project: Project) -> str:
    """Return the style of the printed page; its links to fonts count from the templates' folder."""
    return "".join(_style(project, name) for name in PRINT_STYLES)


def _style(project: Project, name: str) -> str:
    return project.template(name).read_text(encoding="utf-8")


def _embedded(style: str, project: Project) -> str:
    """Return a style with the fonts that it links to inside it."""

    def data(match: re.Match[str]) -> str:
        font = project.template(match[1]).read_bytes()
        return f'url("data:font/woff2;base64,{base64.b64encode(font).decode()}")'

    return re.sub(r'url\("(fonts/[^"]+\.woff2)"\)', data, style)
