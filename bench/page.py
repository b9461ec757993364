"""The page `docs/performance.md`, made of what was measured."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median

from bench.results import COLD, PRINTED, SEEN, Results, Size
from bench.targets import Target, targets

OPENING = """# How fast `mpr` is

`make bench` wrote this page. It multiplies the real project of May 2018, with its comments, histories and charts, and
runs all that is compared in turn, round after round, each in a process of its own. Seconds are those of the machine
below and of what else it did; a ratio is the median of the rounds, in each of which both sides met the same machine, so
trust the ratios.

The ready page is the one that `mpr` cuts into pieces and lays out on all cores, with its styles and charts in it.
WeasyPrint alone lays it out whole, with page numbers and running heads, and writes it as PDF/UA-1. Typst sets a
document of the same texts, tables, headings and pictures, as PDF/UA-1 too. Chromium prints the ready page; processor
and memory leave out those of its processes that it does not wait for. Typst and Chromium are left out where they are
not installed.

A long comment stands in the exceptions and in its indicator's detail. A history has two years at most, or ten of annual
figures, so 400 more rows are those of 25 more red indicators, with the quarters between the months.
"""
REPEATED = """## How to repeat it

    make bench                                               # this page; the machine should do nothing else meanwhile
    .venv/bin/python -m bench --sizes 32 --rounds 3 --out -  # a short run, printed
    .venv/bin/mpr build 2018-05 --timings                    # the stages of one build

A size is the real project so many times over, once, ten or a hundred times: 32 stands for its 31 indicators. Of the
largest one there is one cold build.
"""


def page(results: Results) -> str:
    """Return the page."""
    found = tuple(targets(results))
    pieces = [
        OPENING,
        "## Targets\n",
        _table(["", "Target", "At most", "Measured", ""], map(_target, found)),
        *(f"{each.sentence}: {each.why}\n" for each in found if each.missed and each.why),
        *(piece for size in results.sizes.values() for piece in _size(size)),
        "## Machine and versions\n",
        "\n".join(f"- {line}" for line in results.machine),
        "- " + ", ".join(f"{name} {version}" for name, version in results.versions.items()) + "\n",
        REPEATED,
    ]
    return "\n".join(pieces)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown, all columns but the first two set to the right."""
    rules = ["---" if at < 2 else "---:" for at in range(len(heads))]  # noqa: PLR2004 - said above
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, rules, *rows]) + "\n"


def _target(target: Target) -> Sequence[str]:
    figure = "" if target.figure is None else target.form.format(target.figure)
    return str(target.number), target.sentence, target.form.format(target.limit), figure, target.verdict


def _size(size: Size) -> Iterator[str]:
    """Yield the piece on one size: what took how long, the stages of a build, and the preview."""
    rounds = len(size.runs[COLD])
    yield f"## {size.indicators:,} indicators, {size.pages[COLD]:,} pages\n"
    yield f"{rounds} {'round' if rounds == 1 else 'rounds'}. Seconds are medians; those of the processor are of all"
    yield "cores together. Memory is the most that the largest process had.\n"
    heads = ["", "Least to most", "Seconds", "Of the cold build", "Processor", "Pages", "PDF, KB", "Memory, MB"]
    yield _table(heads, (_run(size, name) for name in size.runs))
    yield "Stages of the cold build, with what each of them loads:\n"
    whole = median(size.stages["together"])
    shares = ((name, f"{median(each):.2f} s", f"{median(each) / whole:.0%}") for name, each in size.stages.items())
    yield _table(["Stage", "Median", "Share"], shares)
    if size.preview:
        yield from _preview({name: median(each) for name, each in size.preview.items()}, len(size.preview[SEEN]))


def _preview(medians: Mapping[str, float], saves: int) -> Iterator[str]:
    """Yield the piece on the preview: what a save takes, and what of that its stages."""
    within = {name: each for name, each in medians.items() if name not in {SEEN, PRINTED}}
    rest = medians[SEEN] - sum(within.values())
    lines = {SEEN: medians[SEEN]} | {f"– to {name}": each for name, each in within.items()}
    lines |= {"– to see, send and put in place": rest, PRINTED: medians[PRINTED]}
    yield f"Preview, {saves} saves, medians in milliseconds:\n"
    yield _table(["", "", "Median"], (("", name, f"{each:,.0f}") for name, each in lines.items()))


def _run(size: Size, name: str) -> Sequence[str]:
    seconds = [run.seconds for run in size.runs[name]]
    return (
        name,
        f"{min(seconds):.2f} – {max(seconds):.2f}",
        f"{size.seconds(name):.2f}",
        f"{size.ratio(name, COLD):.2f}",
        f"{median(run.processor for run in size.runs[name]):.2f}",
        str(size.pages.get(name, "")),
        f"{size.sizes[name] / 1000:,.0f}" if name in size.sizes else "",
        f"{size.memory(name) / 1e6:,.0f}",
    )
