"""docs/security.md agrees with the code and the tests."""

from pathlib import Path

from tests.hostile.kinds import KINDS
from tests.scripts import load_script

PAGE = Path(__file__).parents[1] / "docs" / "security.md"


def test_security_page_is_up_to_date() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert load_script("tools/security.py").format_page() == text, (
        "docs/security.md differs from the code: run make docs"
    )
    assert len(KINDS) >= 25
    assert all(f"| {kind.name} |" in text for kind in KINDS)
    assert "| Most rows | 2,000 |" in text
