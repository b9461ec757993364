"""The Report as HTML: one body, in a frame for the screen and in one for the printed page.

The screen's file holds everything in itself: fonts, styles, charts. The printed page takes its styles from
`print.css` and its fonts from their files.
"""

import base64
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mpr.kept import ANEW, Anew, Same
from mpr.problem import InputError, Place, Problem
from mpr.project import Project, Stamp, stamp
from mpr.render import outcomes
from mpr.render.paper.cut import uncut
from mpr.report.model import Block, Column, Report, Row
from mpr.report.picture import Chart, Spark

SCREEN_STYLES = ("theme.css", "dark.css", "marks.css", "screen.css")
PRINT_STYLES = ("theme.css", "marks.css", "print.css")
MARGIN_STYLE = "running.css"
NONE: Mapping[str, str] = {}
BODY = "\0body\0"  # stands in a frame for the body, which may be of megabytes: a template would copy it several times

Pictures = tuple[tuple[str, str], ...]  # the anchor and the SVG of each


class _Templates(ImmutableSandboxedEnvironment):
    """Templates that may do no harm: a project may come from elsewhere, and its templates are programs too."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - whatever a template asks for
        """Return an attribute; a field of the report needs no looking at, as it holds words."""
        if attribute in getattr(type(obj), "__dataclass_fields__", ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


class _Alone:
    """Prints a row or a block by itself, of nothing but what it is given, or else takes what was printed of it before.

    It stands in the templates as `alone`.
    """

    def __init__(self, templates: Environment, charts: Mapping[str, str], kept: Anew) -> None:
        """Print with some templates, and with charts by their anchors."""
        self._templates, self._charts, self._kept = templates, charts, kept

    def row(self, row: Row, columns: tuple[Column, ...]) -> str:
        """Return an indicator's row in a table with some columns."""
        sparks = self._pictures(cell for cell in row.cells if isinstance(cell, Spark))
        return self._kept.of(_row, self._templates, Same(row), Same(columns), sparks)

    def block(self, block: Block) -> str:
        """Return an indicator's block."""
        return self._kept.of(_block, self._templates, Same(block), self._pictures((block.bullet, block.trend)))

    def _pictures(self, charts: Iterable[Chart | None]) -> Pictures:
        return tuple((each.anchor, self._charts[each.anchor]) for each in charts if each)


def _row(templates: Environment, row: Same[Row], columns: Same[tuple[Column, ...]], charts: Pictures) -> str:
    template = templates.get_template("row.html")
    return template.render(row=row.it, columns=columns.it, charts=dict(charts))


def _block(templates: Environment, block: Same[Block], charts: Pictures) -> str:
    return templates.get_template("block.html").render(block=block.it, charts=dict(charts))


def environment(project: Project) -> Environment:
    """Return the templates, the council's own before those of `mpr`; all that is not marked as safe is escaped."""
    return _environment(project.templates, stamp(project.templates))


@lru_cache(maxsize=2)
def _environment(folders: tuple[Path, ...], _: Stamp) -> Environment:
    """Return the templates of some folders, compiled once as long as nothing in these changes."""
    loader = FileSystemLoader(folders)
    return _Templates(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def render(
    report: Report, charts: Mapping[str, str], project: Project, data: Mapping[str, str] = NONE, kept: Anew = ANEW
) -> tuple[str, str]:
    """Return the report's page for the screen and for print; `charts` holds the SVG of each chart by its anchor.

    `data` are the files beside the page that hold its figures as data, by name, and what they are called; `kept` is
    what was printed before.
    Raises InputError where a template of the council's own does not work.
    """
    templates = environment(project)
    styles = "".join(asset(project, name) for name in SCREEN_STYLES)
    screen = outcomes.style(report.outcomes, screen=True) + _embedded(styles, project)
    script = asset(project, "screen.js")
    try:
        alone = _Alone(templates, charts, kept)
        body = templates.get_template("report.html").render(report=report, charts=charts, data=data, alone=alone)
        frame = templates.get_template("frame.html").render(report=report, body=BODY, style=screen, script=script)
        return frame.replace(BODY, uncut(body)), _for_print(templates, report).replace(BODY, body)
    except TemplateError as error:
        place = Place(f"templates/{getattr(error, 'name', None) or ''}", getattr(error, "lineno", None) or 0)
        raise InputError([Problem(place, "E603", f"this template does not work: {error.message}")]) from error


def around_print(report: Report, project: Project) -> str:
    """Return what a PDF is made of beside the body that the page for the screen has too: frame and style."""
    return _for_print(environment(project), report) + print_style(project) + margin_style(project)


def _for_print(templates: Environment, report: Report) -> str:
    style = outcomes.style(report.outcomes, screen=False)
    margins = templates.get_template("running.html").render(report=report)
    return templates.get_template("frame.html").render(report=report, body=margins + BODY, style=style, script="")


def print_style(project: Project) -> str:
    """Return the style of the printed page; its links to fonts count from the templates' folder."""
    return "".join(asset(project, name) for name in PRINT_STYLES)


def margin_style(project: Project) -> str:
    """Return the style of what stands in the margins of the printed page."""
    return asset(project, MARGIN_STYLE)


def asset(project: Project, name: str) -> str:
    """Return a style or a script."""
    return "".join(path.read_text(encoding="utf-8") for path in asset_files(project, name))


def asset_files(project: Project, name: str) -> list[Path]:
    """Return the files of a style or a script; a council's own theme follows the shipped one, to say what differs."""
    path = project.template(name)
    shipped = project.templates[-1] / name
    return [path] if name != "theme.css" or path.samefile(shipped) else [shipped, path]


def _embedded(style: str, project: Project) -> str:
    """Return a style with the fonts that it links to inside it."""

    def data(match: re.Match[str]) -> str:
        font = project.template(match[1]).read_bytes()
        return f'url("data:font/woff2;base64,{base64.b64encode(font).decode()}")'

    return re.sub(r'url\("(fonts/[^"]+\.woff2)"\)', data, style)
