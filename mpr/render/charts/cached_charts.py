"""The pictures of a report's charts: kept from before, or else drawn.

What goes into a picture is what the chart shows, the code that draws it, the versions of the libraries. (Not the fonts:
the page sets the words.)
Where all is found, neither Altair nor vl_convert is loaded.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from mpr.project import Project
from mpr.render import cache
from mpr.report.model.chart import Chart

ChartSvgs = Mapping[Chart, str]
NO_SVGS: ChartSvgs = MappingProxyType({})
LIBRARIES = ("altair", "vl-convert-python")


def load_or_draw(charts: Iterable[Chart], project: Project, at_hand: ChartSvgs = NO_SVGS) -> dict[str, str]:
    """Return the SVG of each chart by its anchor; `drawn` are pictures that are at hand."""
    charts = tuple(charts)
    svgs = {chart.anchor: at_hand.get(chart, "") for chart in charts}
    file_names = {
        chart.anchor: cache.make_file_name(repr(chart), ".svg", LIBRARIES) for chart in charts if not svgs[chart.anchor]
    }
    paths = {anchor: project.cache / name for anchor, name in file_names.items()}
    svgs |= {anchor: (cache.read_entry(path) or b"").decode() for anchor, path in paths.items()}
    if missing_charts := [chart for chart in charts if not svgs[chart.anchor]]:
        new_svgs = _draw_charts(missing_charts)
        cache.write_entries(project.cache, {paths[anchor]: svg.encode() for anchor, svg in new_svgs.items()})
        svgs |= new_svgs
    return svgs


def warm_up(charts: Iterable[Chart]) -> None:
    """Draw one of some charts for nothing, so that the next one does not wait for what draws it to be loaded."""
    _draw_charts(tuple(charts)[:1])


def _draw_charts(charts: Iterable[Chart]) -> dict[str, str]:
    from mpr.render.charts import svg as chart  # noqa: PLC0415 - only what has to be drawn pays for Altair and vl_convert

    return chart.draw_charts(charts)
