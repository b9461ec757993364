"""`make verify-pdf`: run the deep checks on each PDF of the report; print a line for it, and its faults below."""

import sys
from pathlib import Path

from tools.pdf_checks import CHECKS, count_checked_items, open_report, run_checks

REPORT = Path(__file__).parents[1] / "out" / "2018-05"


def verify(path: Path) -> list[str]:
    """Compare a PDF with the HTML page beside it; return the lines to print, only one if there is no fault."""
    if not path.with_suffix(".html").exists():
        return [f"{path.name}: not checked", f"  there is no {path.stem}.html beside it to compare it with"]
    report = open_report(path)
    faults = [f"  {name}: {fault}" for name, faults in run_checks(report).items() for fault in faults]
    counts = ", ".join(f"{count:,} {name}" for name, count in count_checked_items(report).items())
    result = f"{len(faults)} faults" if faults else f"{len(CHECKS)} checks passed"
    return [f"{path.name}: {result}; {counts}", *faults]


def main(folder: Path) -> int:
    """Verify all PDFs in a folder; return 1 if one has a fault or there is none, else 0."""
    results = [verify(path) for path in sorted(folder.glob("*.pdf"))]
    print("\n".join(line for lines in results for line in lines) or f"no PDF in {folder}; build the report first")
    return int(not results or any(len(lines) > 1 for lines in results))


if __name__ == "__main__":
    sys.exit(main(REPORT))
