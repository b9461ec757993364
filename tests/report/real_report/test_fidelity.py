"""The built report compared with the council's own document, cell by cell, if that document is available."""

import subprocess
import sys

import pytest

from mpr.project import Project
from tests.conftest import ROOT

SHARED = ROOT.parent / "shared"
FIDELITY = SHARED / "fidelity.py"
SEED = SHARED / "seeds" / "002_125bf1454f46b147.txt"


@pytest.mark.skipif(
    not (FIDELITY.exists() and SEED.exists()),
    reason="the report against the model document (it is not at ../shared)",
)
def test_report_has_every_cell_of_the_model(built: Project) -> None:
    page = built.get_report_path("2018-05", "html")
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(FIDELITY), str(page)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.stdout.rstrip().endswith(" 0 missing"), done.stdout
    found, _, rest = done.stdout.splitlines()[-1].partition(" of ")
    assert int(found) > 600, "the script has to find the cells of the model"
    assert rest.startswith(f"{found} cells")
