"""The Report as HTML: one body, in a frame for the screen and in one for the printed page.

The screen's file holds everything in itself: fonts, styles, charts. The printed page takes its styles from
`print.css` and its fonts from their files.
"""

import base64
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mpr.problem import InputError, Place, Problem
from mpr.project import Project, Stamp, stamp
from mpr.render import outcomes
from mpr.render.paper.cut import uncut
from mpr.report.model import Report

SCREEN_STYLES = ("theme.css", "dark.css", "marks.css", "screen.css")
PRINT_STYLES = ("theme.css", "marks.css", "print.css")
NONE: Mapping[str, str] = {}


def environment(project: Project) -> Environment:
    """Return the templates, the council's own before those of `mpr`; all that is not marked as safe is escaped."""
    return _environment(project.templates, stamp(project.templates))


@lru_cache(maxsize=2)
def _environment(folders: tuple[Path, ...], _: Stamp) -> Environment:
    """Return the templates of some folders, compiled once as long as nothing in these changes."""
    loader = FileSystemLoader(folders)
    return ImmutableSandboxedEnvironment(  # a project may come from elsewhere, and its templates are programs too
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def render(
    report: Report, charts: Mapping[str, str], project: Project, data: Mapping[str, str] = NONE
) -> tuple[str, str]:
    """Return the report's page for the screen and for print; `charts` holds the SVG of each chart by its anchor.

    `data` are the files beside the page that hold its figures as data, by name, and what they are called.
    Raises InputError where a template of the council's own does not work.
    """
    templates = environment(project)
    styles = "".join(asset(project, name) for name in SCREEN_STYLES)
    screen = outcomes.style(report.outcomes, screen=True) + _embedded(styles, project)
    printed = outcomes.style(report.outcomes, screen=False)
    script = asset(project, "screen.js")
    try:
        body = templates.get_template("report.html").render(report=report, charts=charts, data=data)
        margins = templates.get_template("running.html").render(report=report)
        frame = templates.get_template("frame.html")
        return (
            frame.render(report=report, body=uncut(body), style=screen, script=script),
            frame.render(report=report, body=margins + body, style=printed, script=""),
        )
    except TemplateError as error:
        place = Place(f"templates/{getattr(error, 'name', None) or ''}", getattr(error, "lineno", None) or 0)
        raise InputError([Problem(place, "E603", f"this template does not work: {error.message}")]) from error


def print_style(project: Project) -> str:
    """Return the style of the printed page; its links to fonts count from the templates' folder."""
    return "".join(asset(project, name) for name in PRINT_STYLES)


def asset(project: Project, name: str) -> str:
    """Return a style or a script; a council's own theme comes after the shipped one, to say what differs."""
    path = project.template(name)
    shipped = project.templates[-1] / name
    found = [path] if name != "theme.css" or path.samefile(shipped) else [shipped, path]
    return "".join(each.read_text(encoding="utf-8") for each in found)


def _embedded(style: str, project: Project) -> str:
    """Return a style with the fonts that it links to inside it."""

    def data(match: re.Match[str]) -> str:
        font = project.template(match[1]).read_bytes()
        return f'url("data:font/woff2;base64,{base64.b64encode(font).decode()}")'

    return re.sub(r'url\("(fonts/[^"]+\.woff2)"\)', data, style)
