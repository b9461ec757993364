"""A workbook as managers send it back: filled in and saved, as Excel would do it."""

import re
import shutil
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mpr.project import Project
from mpr.workflows.new import create_period_files

ROOT = Path(__file__).parents[1]
JUNE = "2018-06"


@cache
def _make_workbook_of_june() -> dict[str, bytes]:
    """Return what `mpr new --xlsx` writes for June 2018 in the real project, by path; made once."""
    with TemporaryDirectory() as folder:
        project = Project(Path(folder))
        shutil.copy(ROOT / "indicators.yaml", project.root)
        shutil.copytree(ROOT / "data", project.data)
        return {
            project.display_path(path): path.read_bytes() for path in create_period_files(project, JUNE, workbook=True)
        }


def send_workbook(project: Project) -> Workbook:
    """Return the workbook of June 2018 as sent to managers, of a project with the settings of the real one."""
    if not project.get_workbook_path(JUNE).exists():
        for name, data in _make_workbook_of_june().items():
            (project.root / name).parent.mkdir(exist_ok=True)
            (project.root / name).write_bytes(data)
    return load_workbook(project.get_workbook_path(JUNE))


def find_columns(sheet: Worksheet) -> dict[str, int]:
    """Return the columns of a sheet by their headings."""
    return {str(cell.value): at for at, cell in enumerate(sheet[1], 1)}


def fill(sheet: Worksheet, code: str, heading: str, value: object, shape: str = "") -> str:
    """Fill a cell in and return its name, such as `F2`; `shape` is its number format."""
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == code)
    cell = sheet.cell(row, find_columns(sheet)[heading])
    cell.value = value  # type: ignore[assignment] # an officer may put anything there
    if shape:
        cell.number_format = shape
    return str(cell.coordinate)


def parse_as_excel(value: str) -> tuple[object, str]:
    """Return the number that Excel makes of a typed figure, and its number format."""
    if re.fullmatch(r"[\d,.]+%", value):
        bare = value.removesuffix("%")
        return float(Decimal(bare).scaleb(-2)), "0.00%" if "." in bare else "0%"
    if re.fullmatch(r"[\d,.]+", value):
        return float(value.replace(",", "")), "#,##0" if "," in value else "General"
    return value, "General"


def fill_text(sheet: Worksheet, code: str, heading: str, value: str) -> str:
    """Fill in a text that stays text whatever it begins with, and return the cell's name."""
    name = fill(sheet, code, heading, value)
    sheet[name].data_type = "s"
    return name


def return_workbook(project: Project, book: Workbook, name: str = "Robinson.xlsx") -> Path:
    """Save a workbook as one that a manager sent back, and return the folder."""
    folder = project.root / "returned"
    folder.mkdir(exist_ok=True)
    book.save(folder / name)
    return folder


def set_results(path: Path, results: Mapping[str, str]) -> None:
    """Add the results of formulas, as Excel does when it saves; openpyxl leaves them out."""
    with zipfile.ZipFile(path) as parts:
        data = {name: parts.read(name) for name in parts.namelist()}
    for formula, result in results.items():
        empty = f"><f>{formula}</f><v></v>".encode()
        kind = "e" if result.startswith("#") else "n"
        full = f' t="{kind}"><f>{formula}</f><v>{result}</v>'.encode()
        assert any(empty in content for content in data.values())
        data = {name: content.replace(empty, full) for name, content in data.items()}
    with zipfile.ZipFile(path, "w") as parts:
        for name, content in data.items():
            parts.writestr(name, content)
