"""docs/security.md is what the code and the tests say."""

from pathlib import Path

from tests.hostile.kinds import KINDS
from tests.scripts import script

PAGE = Path(__file__).parents[1] / "docs" / "security.md"


def test_the_page_is_what_the_tool_makes() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert script("tools/security.py").page() == text, "docs/security.md is not what the code says: run make docs"
    assert len(KINDS) >= 25
    assert all(f"| {kind.name} |" in text for kind in KINDS)
    assert "| Most rows | 2,000 |" in text
