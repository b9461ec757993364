"""The built report against the council's own document, cell by cell, where that document is there."""

import subprocess
import sys
from pathlib import Path

import pytest

from mpr.project import Project

SHARED = Path(__file__).parents[2].parent / "shared"
FIDELITY = SHARED / "fidelity.py"
SEED = SHARED / "seeds" / "002_125bf1454f46b147.txt"


@pytest.mark.skipif(
    not (FIDELITY.exists() and SEED.exists()),
    reason="the report against the model document (it is not at ../shared)",
)
def test_nothing_of_the_model_is_missing(built: Project) -> None:
    page = built.get_report_path("2018-05", "html")
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(FIDELITY), str(page)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.stdout.rstrip().endswith(" 0 missing"), done.stdout
    found, _, rest = done.stdout.splitlines()[-1].partition(" of ")
    assert int(found) > 600, "the script has to find cells to compare"
    assert rest.startswith(f"{found} cells")
