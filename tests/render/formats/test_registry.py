"""The table of formats: one module and one entry make a format."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mpr.project import Project
from mpr.render.formats.interface import RenderRequest, ReportFormat
from mpr.render.formats.registry import FORMATS
from mpr.report.model.report import Report
from mpr.workflows.build import build_reports

Run = Callable[..., tuple[int, list[str], list[str]]]
MAY = "2018-05"
EXPECTED_FILES = {
    "html": ["mpr-2018-05.html"],
    "pdf": ["mpr-2018-05.pdf"],
    "xlsx": ["mpr-2018-05.xlsx"],
    "csv": ["mpr-2018-05.csv-metadata.json", "mpr-2018-05.csv"],
    "json": ["mpr-2018-05.json"],
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_makes_the_file_that_it_is_named_after(name: str, council: Project, council_report: Report) -> None:
    request = RenderRequest(council_report, council, (), "mpr-2018-05", {}, lambda _: None)
    rendered = FORMATS[name].render(request)
    assert list(rendered.files) == EXPECTED_FILES[name]
    assert all(rendered.files.values())
    assert (rendered.page_count > 0) == (name == "pdf")


TEXT_FORMAT = '''
from mpr.render.formats.interface import RenderedFormat, RenderRequest


def render(request: RenderRequest) -> RenderedFormat:
    """Return the names of the indicators, a line each."""
    names = "\\n".join(item.name for item in request.report.dataset.items)
    return RenderedFormat({request.get_file_name("txt"): names.encode()})
'''
HELP_WITH_TEXT_FORMAT = """
from mpr.render.formats.interface import ReportFormat
from mpr.render.formats.registry import FORMATS
FORMATS["txt"] = ReportFormat("txt", "text_export", link_text="Plain text")
from mpr.cli.main import main
main()
"""


def test_one_entry_is_all_that_a_further_format_needs(
    council: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mpr: Run
) -> None:
    (tmp_path / "text_export.py").write_text(TEXT_FORMAT, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(FORMATS, "txt", ReportFormat("txt", "text_export", link_text="Plain text"))
    code, out, _ = mpr("--project", council.root, "build", MAY, "--format", "txt")
    assert (code, out[0]) == (0, "out/2018-05/mpr-2018-05.txt")
    assert len(council.get_report_path(MAY, "txt").read_text(encoding="utf-8").splitlines()) == 12
    build_reports(council, (MAY,), ("html", "txt", "csv"), lambda _: None)
    page = council.get_report_path(MAY, "html").read_text(encoding="utf-8")
    links = dict(re.findall(r'<a href="mpr-2018-05\.(\w+)"[^>]*>([^<]+)</a>', page))
    assert links == {"csv": "CSV", "txt": "Plain text"}


def test_the_command_line_offers_what_the_table_lists(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HELP_WITH_TEXT_FORMAT, "build", "--help"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60)  # noqa: S603 - ours
    assert "--format <html|pdf|xlsx|csv|json|txt>" in done.stdout
