"""The pictures of a report's charts: kept from before, or else drawn.

What goes into a picture is what the chart shows, the code that draws it, the versions of the libraries. (Not the fonts:
the page sets the words.)
Where all is found, neither Altair nor vl_convert is loaded.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from mpr.project import Project
from mpr.render import cache
from mpr.report.picture import Chart

Pictures = Mapping[Chart, str]
NONE: Pictures = MappingProxyType({})
LIBRARIES = ("altair", "vl-convert-python")


def of(charts: Iterable[Chart], project: Project, drawn: Pictures = NONE) -> dict[str, str]:
    """Return the SVG of each chart by its anchor; `drawn` are pictures that are at hand."""
    charts = tuple(charts)
    found = {chart.anchor: drawn.get(chart, "") for chart in charts}
    names = {each.anchor: cache.named(repr(each), ".svg", LIBRARIES) for each in charts if not found[each.anchor]}
    files = {anchor: project.cache / name for anchor, name in names.items()}
    found |= {anchor: (cache.read(path) or b"").decode() for anchor, path in files.items()}
    if missing := [chart for chart in charts if not found[chart.anchor]]:
        new = _drawn(missing)
        cache.keep(project.cache, {files[anchor]: svg.encode() for anchor, svg in new.items()})
        found |= new
    return found


def warm(charts: Iterable[Chart]) -> None:
    """Draw one of some charts for nothing, so that the next one does not wait for what draws it to be loaded."""
    _drawn(tuple(charts)[:1])


def _drawn(charts: Iterable[Chart]) -> dict[str, str]:
    from mpr.render import chart  # noqa: PLC0415 - only what has to be drawn pays for Altair and vl_convert

    return chart.draw(charts)
