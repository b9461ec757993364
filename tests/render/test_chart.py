"""Charts: named, the same in every run, legible, and honest about gaps."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import vl_convert
import weasyprint
from fontTools.ttLib import TTFont

from mpr.measure.outcome import AMBER, GREEN, RED
from mpr.render.charts import bullet, palette, trend
from mpr.render.charts.label_placement import spread_apart
from mpr.render.charts.plot import estimate_width
from mpr.render.charts.svg import add_title_and_unique_ids, compose_drawing, draw_charts
from mpr.render.charts.vega_marks import compose_layers
from mpr.report.model.chart import AxisTick, BulletChart, ChartLine, ChartPoint, ChartZone, RatingZone, TrendChart

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "templates" / "fonts"
MONTHS = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
FACES = {"normal": "Regular", "bold": "Bold"}
SVG = "{http://www.w3.org/2000/svg}"
TINTS = {outcome.key: outcome.tint for outcome in (RED, AMBER, GREEN)}


def _make_points(values: str) -> tuple[ChartPoint, ...]:
    return tuple(ChartPoint(at, Decimal(value)) for at, value in enumerate(values.split()) if value != "-")


def _make_ticks(numbers: str) -> tuple[AxisTick, ...]:
    return tuple(AxisTick(Decimal(number.replace(",", "").rstrip("%")), number) for number in numbers.split())


def _make_trend(
    anchor: str, periods: int, scale: tuple[AxisTick, ...], *lines: ChartLine, **more: object
) -> TrendChart:
    named = range(periods) if periods == len(MONTHS) else range(0, periods, 6)
    latest = next((line.points[-1] for line in lines if line.role == "current"), None)
    empty = TrendChart(
        anchor=anchor,
        title="",
        unit="",
        description=f"{anchor}: rate < 38 & falling",
        periods=periods,
        ticks=tuple(AxisTick(Decimal(at), MONTHS[at % 12]) for at in named),
        scale=scale,
        low=scale[0].at,
        high=scale[-1].at,
        lines=lines,
        bands=(),
        boundary=None,
        latest=latest,
        latest_label=str(latest.value) if latest else "",
    )
    return replace(empty, **more)


def _make_bullet(
    anchor: str, scale: tuple[AxisTick, ...], value: str, thresholds: dict[str, str], *kinds: str
) -> BulletChart:
    at = [Decimal(place) for place in thresholds]
    ends = [scale[0].at, *sorted(at), scale[-1].at]
    return BulletChart(
        anchor=anchor,
        title="",
        description="29.2% against 33%",
        low=scale[0].at,
        high=scale[-1].at,
        scale=scale,
        zones=tuple(RatingZone(kind, TINTS[kind], *pair) for kind, pair in zip(kinds, pairwise(ends), strict=True)),
        thresholds=tuple(AxisTick(place, label) for place, label in zip(at, thresholds.values(), strict=True)),
        value=Decimal(value),
        value_label=value,
    )


PLANS = _make_trend(
    "cp-1-1",
    24,
    _make_ticks("20 30 40 50 60"),
    ChartLine("current", "", _make_points("54.5 51.9 45.7 42.9 41.3 38.2 36.7 36.1 33.6 31.2 31.8 30 28.92 29.44")),
    ChartLine("target", "Target 55.7", _make_points("55.7 " * 12), stepped=True),
    bands=(ChartZone("Target range 38 to 48", 12, 23, Decimal(38), Decimal(48)),),
    boundary=12,
)
CHECKS = _make_trend(
    "cp-3-9",
    12,
    _make_ticks("0 1,000 2,000 3,000 4,000 5,000"),
    ChartLine("current", "2018/19", _make_points("280 550")),
    ChartLine("earlier", "2017/18", _make_points("379 710 1087 1444 1826 2205 2545 2842 3212 3648 4410 4553")),
    ChartLine("target", "Target", _make_points("458 916")),
)
PROFILE = "0.51 1.10 1.65 2.21 2.61 3.01 3.51 4.27 4.99 5.82 6.49 7.20"
SICKNESS = _make_trend(
    "cp-5-4",
    12,
    _make_ticks("0 2 4 6 8"),
    ChartLine("current", "2018/19", _make_points("0.58 1.19 1.7 2.2 2.8 3.3 4.0 4.6 5.3 6.1 6.7 7.17")),
    ChartLine("earlier", "2017/18", _make_points("0.50 1.11 1.63 2.15 2.74 3.30 3.95 4.60 5.28 6.08 6.66 7.14")),
    ChartLine("target", "Target", _make_points(PROFILE)),
)
CONFERENCES = _make_trend(
    "cp-3-10",
    12,
    _make_ticks("0% 20% 40% 60% 80% 100%"),
    ChartLine("current", "2018/19", _make_points("83.3 38.2")),
    ChartLine("earlier", "2017/18", _make_points("27.3 26.5 33.3 54.5 59.3 58.7 46.3 53.7 49.1 53.5 56.8 55.5")),
    ChartLine("target", "Target", _make_points("90 " * 12), stepped=True),
)
ALONE = _make_trend("cp-3-4", 12, _make_ticks("24% 29% 34%"), ChartLine("current", "2018/19", _make_points("29.2")))
EMPTY = _make_trend("cp-2-3", 12, _make_ticks("0% 50%"))
PAYMENTS = _make_bullet(
    "cp-3-4-now",
    _make_ticks("10% 20% 30% 40% 50% 60%"),
    "29.2",
    {"28.05": "Red below 28.05%", "33": "Target 33.0%"},
    "red",
    "amber",
    "green",
)
RANGE = _make_bullet(
    "cp-1-1-now", _make_ticks("20 40 60"), "29.44", {"38": "", "48": "Target range 38 to 48"}, "red", "green", "red"
)
SHORT = _make_bullet(
    "short", _make_ticks("0 50 100"), "3", {"8": "Target 8", "10": "Red above 10"}, "green", "amber", "red"
)
NIL = _make_bullet("nil", _make_ticks("0 50 100"), "0", {"8": "Target 8"}, "green", "red")
FULL = _make_bullet(
    "full", _make_ticks("0% 50% 100%"), "100", {"95": "Target 95%", "90": "Red below 90%"}, "red", "amber", "green"
)
ALL = (PLANS, CHECKS, SICKNESS, CONFERENCES, ALONE, EMPTY, PAYMENTS, RANGE, SHORT, NIL, FULL)
ALL_CHARTS = pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.anchor)


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    return draw_charts(ALL)


def _parse_svg(svg: str) -> ET.Element:
    return ET.fromstring(  # noqa: S314 (our own picture)
        svg.replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1)
    )


def _measure_texts(svg: str) -> list[tuple[str, float, float, float, float]]:
    """Return every text with the left, top, right and bottom of its box, measured with the fonts themselves."""
    faces = {weight: TTFont(FONTS / f"MPRSans-{name}.ttf") for weight, name in FACES.items()}
    root = _parse_svg(svg)
    x0, y0 = (float(number) for number in re.findall(r"[\d.]+", root[-1].get("transform")))
    boxes = []
    for text in root.iter(f"{SVG}text"):
        face = faces[text.get("font-weight", "normal")]
        cmap, advance = face.getBestCmap(), face["hmtx"]
        width = sum(advance[cmap[ord(letter)]][0] for letter in text.text) / face["head"].unitsPerEm * palette.FONT_SIZE
        x, y = (float(number) for number in re.findall(r"-?[\d.]+", text.get("transform")))
        left = x0 + x - {"start": 0, "middle": width / 2, "end": width}[text.get("text-anchor", "start")]
        boxes.append((text.text, left, y0 + y - 9, left + width, y0 + y))
    return boxes


@ALL_CHARTS
def test_title_is_the_first_child_and_escaped(chart: TrendChart | BulletChart, drawn: dict[str, str]) -> None:
    root = _parse_svg(drawn[chart.anchor])
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == chart.description
    assert root[0].get("id") == root.get("aria-labelledby") == f"{chart.anchor}-title"
    assert root.get("role") == "img"
    assert drawn[chart.anchor].count("aria-") == drawn[chart.anchor].count("role=") == 1


@ALL_CHARTS
def test_altair_accepts_the_specification(chart: TrendChart | BulletChart) -> None:
    kinds = [layer.kind for layer in compose_drawing(chart).layers]
    assert len(compose_layers(kinds).to_dict(validate=True)["layer"]) == len(kinds) >= 2


@ALL_CHARTS
def test_words_fit_into_the_chart(chart: TrendChart | BulletChart, drawn: dict[str, str]) -> None:
    height = trend.CHART_HEIGHT if isinstance(chart, TrendChart) else bullet.CHART_HEIGHT
    boxes = _measure_texts(drawn[chart.anchor])
    assert boxes
    assert f'viewBox="0 0 {palette.CHART_WIDTH} {height}"' in drawn[chart.anchor]
    for words, left, top, right, bottom in boxes:
        assert left >= 0, words
        assert top >= 0, words
        assert right <= palette.CHART_WIDTH, words
        assert bottom <= height, words


@ALL_CHARTS
def test_words_never_overlap(chart: TrendChart | BulletChart, drawn: dict[str, str]) -> None:
    for one, other in combinations(_measure_texts(drawn[chart.anchor]), 2):
        apart = one[3] <= other[1] or other[3] <= one[1] or one[4] <= other[2] or other[4] <= one[2]
        assert apart, (one, other)


@ALL_CHARTS
def test_colours_are_few_and_opaque(chart: TrendChart | BulletChart, drawn: dict[str, str]) -> None:
    svg = drawn[chart.anchor]
    known = {value for value in vars(palette).values() if str(value).startswith("#")}
    used = set(re.findall(r'(?:fill|stroke)="(#[^"]+)"', svg))
    assert used
    assert used <= known | set(TINTS.values())
    assert "opacity" not in svg
    assert "rgb" not in svg


def _compute_luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)) + 0.05


def test_words_are_dark_enough_and_zones_differ_in_grey() -> None:
    for ink in (*palette.LABEL_COLOURS.values(), palette.GREY, palette.INK):
        assert _compute_luminance("#FFFFFF") / _compute_luminance(ink) >= 4.5
    red, amber, green = (_compute_luminance(TINTS[kind]) for kind in ("red", "amber", "green"))
    assert green / amber > 1.2
    assert amber / red > 1.2
    assert red / _compute_luminance(palette.NAVY) > 4.5


def test_charts_have_the_same_bytes_in_every_process(drawn: dict[str, str]) -> None:
    code = "import sys; from tests.render import test_chart as t; print(*sorted(t.draw_charts(t.ALL[::-1]).values()))"
    runs = [
        subprocess.run(  # noqa: S603 (our own code)
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "America/New_York"))
    ]
    assert runs == [" ".join(sorted(drawn.values())) + "\n"] * 2


def test_ids_are_unique_in_a_page(drawn: dict[str, str]) -> None:
    ids = re.findall(r' id="([^"]+)"', "".join(drawn.values()))
    assert len(ids) >= len(ALL)
    assert len(ids) == len(set(ids))


def test_ids_of_the_drawing_program_are_renamed() -> None:
    raw = '<svg width="1"><clipPath id="clip7"><path d="" fill="x"/></clipPath><g clip-path="url(#clip7)"/></svg>'
    svg = add_title_and_unique_ids(raw, "cp-1-1", "")
    assert 'id="cp-1-1-0"' in svg
    assert "url(#cp-1-1-0)" in svg
    assert "clip7" not in svg


def test_latest_figure_is_written_in_bold(drawn: dict[str, str]) -> None:
    bold = [text.text for text in _parse_svg(drawn["cp-1-1"]).iter(f"{SVG}text") if text.get("font-weight") == "bold"]
    assert bold == ["29.44"]


def _find_paths(chart: TrendChart, ink: str) -> list[str]:
    return re.findall(rf'<path d="([^"]+)" stroke="{ink}"', draw_charts([chart])[chart.anchor])


def test_missing_month_is_a_gap_in_the_line() -> None:
    whole = _make_trend("gap", 12, _make_ticks("0 10"), ChartLine("current", "", _make_points("1 2 3 4 5")))
    broken = replace(whole, lines=(ChartLine("current", "", _make_points("1 2 - 4 5")),))
    assert [path.count("L") for path in _find_paths(whole, palette.NAVY)] == [4]
    assert [path.count("L") for path in _find_paths(broken, palette.NAVY)] == [1, 1]


def test_step_is_as_wide_as_its_months() -> None:
    line = ChartLine("target", "", _make_points("2 8"), stepped=True)
    (path,) = _find_paths(_make_trend("step", 12, _make_ticks("0 10"), line), palette.ORANGE)
    xs = [float(x) for x in re.findall(r"[ML](-?[\d.]+),", path)]
    assert len(xs) == 4
    assert xs[0] == 0
    assert xs[1] == xs[2]
    assert xs[3] == pytest.approx(2 * xs[1], abs=0.02)


def test_chart_is_drawn_once_without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    vega_to_svg = vl_convert.vega_to_svg

    def count(*args: object, **options: object) -> str:
        calls.append(options["allowed_base_urls"])
        return vega_to_svg(*args, **options)

    monkeypatch.setattr(vl_convert, "vega_to_svg", count)
    draw_charts((PLANS, PAYMENTS))
    assert calls == [[], []]


def test_widths_are_never_underestimated() -> None:
    for name in ("Regular", "Bold"):
        face = TTFont(FONTS / f"MPRSans-{name}.ttf")
        cmap, advance = face.getBestCmap(), face["hmtx"]
        for words in (
            "83.0%",
            "2018/19",
            "7,240",
            "Target range 38 \u2013 48",
            "Red below 28.05%",
            "Mwmbwls",
            "\u22123.1",
        ):
            exact = sum(advance[cmap[ord(letter)]][0] for letter in words) / face["head"].unitsPerEm * palette.FONT_SIZE
            assert exact <= estimate_width(words) <= exact * 1.2 + 1


@pytest.mark.parametrize(
    "wanted",
    [[], [50.0], [5.0, 4.0, 3.0], [0.0, 0.0, 99.0, 100.0], [50.0, 50.5, 10.0, 51.0], [100.0] * 6, [-40.0, 400.0]],
)
def test_spread_keeps_things_apart_in_order_and_in_bounds(wanted: list[float]) -> None:
    moved = spread_apart(wanted, [15.0] * len(wanted), 0, 100)
    assert all(7.5 - 1e-9 <= middle <= 92.5 + 1e-9 for middle in moved)
    assert all(later - earlier >= 15 - 1e-9 for earlier, later in pairwise(sorted(moved)))
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    assert [moved[index] for index in order] == sorted(moved)


def test_spread_moves_nothing_that_has_room_and_shares_what_is_short() -> None:
    assert spread_apart([20.0, 80.0], [15.0, 15.0], 0, 100) == [20.0, 80.0]
    assert spread_apart([50.0, 50.0], [10.0, 10.0], 0, 100) == [45.0, 55.0]
    assert spread_apart([5.0, 5.0], [15.0, 15.0], 0, 20) == [5.0, 15.0]


def test_weasyprint_lays_charts_out_without_a_warning(drawn: dict[str, str], caplog: pytest.LogCaptureFixture) -> None:
    folder = FONTS.as_uri()
    faces = "".join(
        f"@font-face {{ font-family: 'MPR Sans'; font-weight: {weight}; src: url({folder}/MPRSans-{name}.ttf) }}"
        for weight, name in FACES.items()
    )
    style = f"<style>{faces} body {{ font-family: 'MPR Sans' }}</style>"
    page = f"<!doctype html><html lang=en><title>Charts</title>{style}<h1>Charts</h1>"
    pdf = weasyprint.HTML(string=page + "".join(drawn.values())).write_pdf(pdf_variant="pdf/ua-1")
    assert pdf.startswith(b"%PDF")
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []
