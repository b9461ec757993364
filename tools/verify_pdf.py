"""`make verify-pdf`: the deep checks of every PDF of a report, a line for each, and below it what is wrong with it."""

import sys
from pathlib import Path

from tools.pdf_checks import CHECKS, count_checked_items, open_report, run_checks

REPORT = Path(__file__).parents[1] / "out" / "2018-05"


def verify(path: Path) -> list[str]:
    """Check a PDF by the page beside it; return what to print, in one line where it is sound."""
    if not path.with_suffix(".html").exists():
        return [f"{path.name}: not checked", f"  there is no {path.stem}.html beside it to hold it to"]
    case = open_report(path)
    found = [f"  {name}: {fault}" for name, each in run_checks(case).items() for fault in each]
    counts = ", ".join(f"{count:,} {name}" for name, count in count_checked_items(case).items())
    return [f"{path.name}: {f'{len(found)} faults' if found else f'{len(CHECKS)} checks passed'}; {counts}", *found]


def main(folder: Path) -> int:
    """Check all PDFs in a folder; return 1 where one is not sound, or none is there."""
    printed = [verify(path) for path in sorted(folder.glob("*.pdf"))]
    print("\n".join(line for lines in printed for line in lines) or f"no PDF in {folder}; build the report first")
    return int(not printed or any(len(lines) > 1 for lines in printed))


if __name__ == "__main__":
    sys.exit(main(REPORT))
