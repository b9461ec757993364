"""`python -m bench`: measure the sizes that are asked for, and write the page about them."""

import argparse
from itertools import chain, repeat
from pathlib import Path

from bench.machine import machine, versions
from bench.measure import size
from bench.page import page
from bench.project import ROOT
from bench.results import Results

TIMES = {32: 1, 320: 10, 3200: 100}  # the real project, which has 31 indicators


def main() -> None:
    """Read the command line, measure, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", choices=TIMES, default=list(TIMES), help="indicators")
    parser.add_argument("--rounds", type=int, nargs="+", default=[5, 3, 1], help="of each size; the last for the rest")
    parser.add_argument("--saves", type=int, default=10, help="in the preview, in each round")
    parser.add_argument("--out", default=str(ROOT / "docs" / "performance.md"), help="the page; - prints it")
    wanted = parser.parse_args()
    on, rounds = tuple(machine()), chain(wanted.rounds, repeat(wanted.rounds[-1]))
    sizes = {
        TIMES[each]: size(TIMES[each], max(1, turns), max(2, wanted.saves))
        for each, turns in zip(sorted(set(wanted.sizes)), rounds, strict=False)
    }
    made = page(Results(sizes, on, versions()))
    if wanted.out == "-":
        print(made)
    else:
        Path(wanted.out).write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
