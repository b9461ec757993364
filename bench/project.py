"""Projects to measure with: the real one in a temporary folder, its indicators multiplied where more are wanted."""

import csv
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = re.compile(r"\bCP (\d+)(?=\.\d)")
APART = 10  # between the first numbers of codes: CP 1.1, then CP 11.1, CP 21.1


def copied(folder: Path, times: int = 1) -> Path:
    """Put the real project into an empty folder, each indicator with its figures and comments so many times over."""
    shutil.copytree(ROOT / "data", folder / "data")
    text = (ROOT / "indicators.yaml").read_text(encoding="utf-8")
    head, mark, entries = text.partition("\nindicators:\n")
    more = [_coded(entries, number) for number in range(times)]
    (folder / "indicators.yaml").write_text(head + mark + "".join(more), encoding="utf-8")
    for path in (folder / "data").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            heads, *rows = csv.reader(file)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(heads)
            writer.writerows([_coded(code, number), *rest] for number in range(times) for code, *rest in rows)
    return folder


def _coded(text: str, number: int) -> str:
    """Give the codes in a text to the copy with this number."""
    return CODE.sub(lambda found: f"CP {int(found[1]) + APART * number}", text)
