"""docs/checks.md is what the code says."""

from pathlib import Path

from mpr.rules.catalogue import list_checks
from tests.scripts import script

PAGE = Path(__file__).parents[1] / "docs" / "checks.md"


def test_the_page_is_what_the_tool_makes() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert script("tools/checks.py").page() == text, "docs/checks.md is not what the code says: run make docs"
    assert len(list_checks()) >= 75
    assert all(f"### {each.code}\n" in text or f"| {each.code} |" in text for each in list_checks())
