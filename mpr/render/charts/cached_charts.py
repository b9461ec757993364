"""The SVGs of a report's charts: read from the cache, or drawn.

An SVG depends on what the chart shows, on the code that draws it and on the versions of the libraries. (Not on fonts:
the page sets the words.) If every chart is cached, neither Altair nor vl_convert is loaded.
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
    """Return the SVG of each chart by its anchor; those `at_hand` are neither read nor drawn."""
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
    """Draw the first chart and discard it, so that the libraries are loaded when the next one is needed."""
    _draw_charts(tuple(charts)[:1])


def _draw_charts(charts: Iterable[Chart]) -> dict[str, str]:
    from mpr.render.charts import svg  # noqa: PLC0415 - loads Altair and vl_convert

    return svg.draw_charts(charts)
