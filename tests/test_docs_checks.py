"""docs/checks.md is up to date with the code."""

from pathlib import Path

from mpr.rules.catalogue import list_checks
from tests.scripts import load_script

PAGE = Path(__file__).parents[1] / "docs" / "checks.md"


def test_page_is_what_the_tool_writes() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert load_script("tools/checks.py").page() == text, "docs/checks.md is not what the code says: run make docs"
    assert len(list_checks()) >= 75
    assert all(f"### {check.code}\n" in text or f"| {check.code} |" in text for check in list_checks())
