"""Make docs/security.md, what is refused where, from the caps and from the table of hostile texts.

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
CAP = re.compile(r"^([A-Z_, ]+) = [\d_, ]+?(?:  # (.+))?$", re.MULTILINE)
SHORT = 60


def page() -> str:
    """Return the page: the head, the caps, the places for a text, and what is tried in each of them."""
    fields = {
        f"`{INDICATORS}`": sum(each.file == INDICATORS for each in yaml_fields()),
        f"`{EDITION}`": sum(each.file == EDITION for each in yaml_fields()),
        f"`{VALUES}`": len(csv_fields()),
        "a returned workbook": len(CELLS),
        f"`{RECORD}`": len(record_fields()),
    }
    yaml = len(yaml_fields())
    cases = sum(fields.values()) * len(KINDS) + yaml * len(YAML_KINDS)
    places = "".join(f"| {name} | {number} |\n" for name, number in fields.items())
    tried = "".join(_row(each) for each in (*KINDS, *YAML_KINDS))
    return HEAD.read_text(encoding="utf-8").format(
        caps="".join(_caps()), places=places, total=sum(fields.values()), tried=tried, cases=f"{cases:,}",
        kinds=len(KINDS), yaml_kinds=len(YAML_KINDS), yaml=yaml,
    )  # fmt: skip


def _caps() -> list[str]:
    source = Path(limits.__file__).read_text(encoding="utf-8")
    rows = []
    for line in CAP.finditer(source):
        for name in line[1].split(", "):
            words = name.replace("_", " ").lower()
            rows.append(f"| {words.capitalize()} | {getattr(limits, name):,} | {line[2] or ''} |\n")
    return rows


def _row(kind: Kind) -> str:
    text = kind.text if len(kind.text) <= SHORT else f"{kind.text[:SHORT]}…"
    shown = ascii(text)[1:-1].replace("|", "\\|").replace("`", "'")
    return f"| {kind.name} | `{shown}` | {'stops' if kind.stops else 'text'} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
