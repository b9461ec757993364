"""Make docs/security.md, which says what is refused where, from the limits and the table of hostile texts.

`python tools/security.py`
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from mpr.load import limits  # noqa: E402 - beside the package
from tests.hostile.fields import EDITION, INDICATORS, RECORD, VALUES, csv_fields, record_fields, yaml_fields  # noqa: E402
from tests.hostile.kinds import CELLS, KINDS, YAML_KINDS, Kind  # noqa: E402

PAGE, HEAD = ROOT / "docs" / "security.md", ROOT / "tools" / "security.md"
LIMIT = re.compile(r"^([A-Z_, ]+) = [\d_, ]+?(?:  # (.+))?$", re.MULTILINE)
LONGEST_SHOWN = 60


def format_page() -> str:
    """Return the page in Markdown: the opening, the limits, the places for a text, and the texts that are tried."""
    fields = {
        f"`{INDICATORS}`": sum(field.file == INDICATORS for field in yaml_fields()),
        f"`{EDITION}`": sum(field.file == EDITION for field in yaml_fields()),
        f"`{VALUES}`": len(csv_fields()),
        "a returned workbook": len(CELLS),
        f"`{RECORD}`": len(record_fields()),
    }
    total, yaml = sum(fields.values()), len(yaml_fields())
    return HEAD.read_text(encoding="utf-8").format(
        limits="".join(_format_limits()),
        places="".join(f"| {name} | {number} |\n" for name, number in fields.items()),
        total=total,
        tried="".join(_format_row(kind) for kind in (*KINDS, *YAML_KINDS)),
        cases=f"{total * len(KINDS) + yaml * len(YAML_KINDS):,}",
        kinds=len(KINDS),
        yaml_kinds=len(YAML_KINDS),
        yaml=yaml,
    )


def _format_limits() -> list[str]:
    """Return a row for each number in the module of limits, with the comment beside it."""
    source = Path(limits.__file__).read_text(encoding="utf-8")
    rows = []
    for line in LIMIT.finditer(source):
        for name in line[1].split(", "):
            words = name.replace("_", " ").lower()
            rows.append(f"| {words.capitalize()} | {getattr(limits, name):,} | {line[2] or ''} |\n")
    return rows


def _format_row(kind: Kind) -> str:
    text = kind.text if len(kind.text) <= LONGEST_SHOWN else f"{kind.text[:LONGEST_SHOWN]}…"
    shown = ascii(text)[1:-1].replace("|", "\\|").replace("`", "'")
    return f"| {kind.name} | `{shown}` | {'stops' if kind.stops else 'text'} |\n"


if __name__ == "__main__":
    PAGE.write_text(format_page(), encoding="utf-8")
