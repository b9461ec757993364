"""Renders the Report as HTML: one body, in a frame for the screen and in a frame for print.

The page for the screen contains everything it needs: fonts, styles, charts. The print page contains only the styles
of outcomes; the layout engine adds `print.css` and reads fonts from their files.
"""

import base64
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mpr.memo import NO_CACHE, IdentityKey, NoCache
from mpr.problem import InputError, Place, Problem
from mpr.project import Fingerprint, Project, fingerprint
from mpr.render.html import outcome_styles
from mpr.render.html.chunking import remove_cut_marks
from mpr.report.model.chart import Chart, Sparkline
from mpr.report.model.report import Block, Column, Report, Row

SCREEN_STYLES = ("theme.css", "dark.css", "marks.css", "screen.css")
PRINT_STYLES = ("theme.css", "marks.css", "print.css")
MARGIN_STYLE = "running.css"
NO_FILES: Mapping[str, str] = {}
BODY_PLACEHOLDER = "\0body\0"  # replaced at the end: a template would copy a body of megabytes several times

AnchoredSvgs = tuple[tuple[str, str], ...]  # pairs of an anchor and an SVG


class _Templates(ImmutableSandboxedEnvironment):
    """Sandboxed templates: a project may come from somebody else, and its templates are programs too."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - as in Jinja
        """Return an attribute; fields of the report skip the sandbox's check, because they hold only data."""
        if attribute in getattr(type(obj), "__dataclass_fields__", ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


class _FragmentRenderer:
    """Renders a row or a block on its own, or returns it from the memo. The templates call it `fragments`."""

    def __init__(self, templates: Environment, charts: Mapping[str, str], memo: NoCache) -> None:
        """Render with these templates; `charts` are SVGs by anchor."""
        self._templates, self._charts, self._memo = templates, charts, memo

    def render_row(self, row: Row, columns: tuple[Column, ...]) -> str:
        """Return the HTML of an indicator's row in a table with these columns."""
        sparks = self._select_svgs(cell for cell in row.cells if isinstance(cell, Sparkline))
        return self._memo.get(_render_row, self._templates, IdentityKey(row), IdentityKey(columns), sparks)

    def render_block(self, block: Block) -> str:
        """Return the HTML of an indicator's block."""
        return self._memo.get(
            _render_block, self._templates, IdentityKey(block), self._select_svgs((block.bullet, block.trend))
        )

    def _select_svgs(self, charts: Iterable[Chart | None]) -> AnchoredSvgs:
        return tuple((chart.anchor, self._charts[chart.anchor]) for chart in charts if chart)


def _render_row(
    templates: Environment, row: IdentityKey[Row], columns: IdentityKey[tuple[Column, ...]], svgs: AnchoredSvgs
) -> str:
    template = templates.get_template("row.html")
    return template.render(row=row.value, columns=columns.value, charts=dict(svgs))


def _render_block(templates: Environment, block: IdentityKey[Block], svgs: AnchoredSvgs) -> str:
    return templates.get_template("block.html").render(block=block.value, charts=dict(svgs))


def load_templates(project: Project) -> Environment:
    """Return the templates, the council's own before those of `mpr`; they escape everything not marked as safe."""
    return _compile_templates(project.templates, fingerprint(project.templates))


@lru_cache(maxsize=2)
def _compile_templates(folders: tuple[Path, ...], _: Fingerprint) -> Environment:
    """Return the templates of some folders; they are compiled again only if a file in these has changed."""
    loader = FileSystemLoader(folders)
    return _Templates(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def render_report(
    report: Report,
    charts: Mapping[str, str],
    project: Project,
    data_files: Mapping[str, str] = NO_FILES,
    memo: NoCache = NO_CACHE,
) -> tuple[str, str]:
    """Return the report's page for the screen and its page for print.

    `charts` are SVGs by anchor; `data_files` are the titles, by file name, of the data files beside the page; `memo`
    holds rows and blocks rendered before. Raises InputError if a template of the council's own does not work.
    """
    templates = load_templates(project)
    styles = "".join(read_asset(project, name) for name in SCREEN_STYLES)
    screen_style = outcome_styles.build_stylesheet(report.outcomes, screen=True) + _embed_fonts(styles, project)
    script = read_asset(project, "screen.js")
    try:
        fragments = _FragmentRenderer(templates, charts, memo)
        body = templates.get_template("report.html").render(
            report=report, charts=charts, data=data_files, fragments=fragments
        )
        frame = templates.get_template("frame.html").render(
            report=report, body=BODY_PLACEHOLDER, style=screen_style, script=script
        )
        print_frame = _render_print_frame(templates, report)
        return frame.replace(BODY_PLACEHOLDER, remove_cut_marks(body)), print_frame.replace(BODY_PLACEHOLDER, body)
    except TemplateError as error:
        place = Place(f"templates/{getattr(error, 'name', None) or ''}", getattr(error, "lineno", None) or 0)
        raise InputError([Problem(place, "E603", f"this template does not work: {error.message}")]) from error


def render_print_frame_and_styles(report: Report, project: Project) -> str:
    """Return what the PDF depends on besides the body: its frame and its styles."""
    return _render_print_frame(load_templates(project), report) + read_print_style(project) + read_margin_style(project)


def _render_print_frame(templates: Environment, report: Report) -> str:
    style = outcome_styles.build_stylesheet(report.outcomes, screen=False)
    margins = templates.get_template("running.html").render(report=report)
    return templates.get_template("frame.html").render(
        report=report, body=margins + BODY_PLACEHOLDER, style=style, script=""
    )


def read_print_style(project: Project) -> str:
    """Return the style of the print page; its links to fonts are relative to the templates' folder."""
    return "".join(read_asset(project, name) for name in PRINT_STYLES)


def read_margin_style(project: Project) -> str:
    """Return the style of the margins of the print page."""
    return read_asset(project, MARGIN_STYLE)


def read_asset(project: Project, name: str) -> str:
    """Return the text of a style or a script."""
    return "".join(path.read_text(encoding="utf-8") for path in list_asset_files(project, name))


def list_asset_files(project: Project, name: str) -> list[Path]:
    """Return the files of a style or a script; a council's own theme follows the shipped one, which it overrides."""
    path = project.get_template_path(name)
    shipped = project.templates[-1] / name
    return [path] if name != "theme.css" or path.samefile(shipped) else [shipped, path]


def _embed_fonts(style: str, project: Project) -> str:
    """Return a style with the fonts that it links to embedded in it."""

    def embed_font(match: re.Match[str]) -> str:
        font = project.get_template_path(match[1]).read_bytes()
        return f'url("data:font/woff2;base64,{base64.b64encode(font).decode()}")'

    return re.sub(r'url\("(fonts/[^"]+\.woff2)"\)', embed_font, style)
