"""docs/checks.md is what the code says."""

import importlib.util
from pathlib import Path

from mpr.rules.catalogue import entries

ROOT = Path(__file__).parents[1]


def test_the_page_is_what_the_tool_makes() -> None:
    spec = importlib.util.spec_from_file_location("checks", ROOT / "tools" / "checks.py")
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    text = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    assert tool.page() == text, "docs/checks.md is not what the code says: run make docs"
    assert len(entries()) >= 75
    assert all(f"### {each.code}\n" in text or f"| {each.code} |" in text for each in entries())
