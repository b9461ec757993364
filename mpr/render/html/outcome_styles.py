"""The stylesheet of the council's outcomes, built from the shapes and colours in its vocabulary."""

from collections.abc import Iterable
from urllib.parse import quote

from mpr.measure.colour import DARK_PAGE, WHITE
from mpr.measure.outcome import Outcome

# Each is 16 by 16 pixels; `colour` is the outcome's, `page` that of the page. No two have the same silhouette.
SHAPES = {
    "cross": "<path d='M5 0h6l5 5v6l-5 5H5l-5-5V5z' fill='{colour}'/>"
    "<path d='M5 5l6 6M11 5l-6 6' stroke='{page}' stroke-width='2.2' stroke-linecap='round'/>",
    "warning": "<path d='M8 .6L15.8 15H.2z' fill='{colour}'/>"
    "<path d='M8 5.6v4.6' stroke='{page}' stroke-width='2' stroke-linecap='round'/>"
    "<circle cx='8' cy='12.6' r='1.15' fill='{page}'/>",
    "tick": "<circle cx='8' cy='8' r='8' fill='{colour}'/>"
    "<path d='M4.4 8.3l2.6 2.6 4.7-5' fill='none' stroke='{page}' stroke-width='2.1' stroke-linecap='round'"
    " stroke-linejoin='round'/>",
    "star": "<path d='M8 0l2.3 5.3 5.7.5-4.3 3.8 1.3 5.7L8 12.3l-5 3 1.3-5.7L0 5.8l5.7-.5z' fill='{colour}'/>",
    "diamond": "<path d='M8 0l8 8-8 8-8-8z' fill='{colour}'/>"
    "<path d='M5 8h6' stroke='{page}' stroke-width='2.2' stroke-linecap='round'/>",
    "square": "<path d='M1 1h14v14H1z' fill='{colour}'/>"
    "<path d='M4.6 8h6.8' stroke='{page}' stroke-width='2.2' stroke-linecap='round'/>",
    "note": "<path d='M1 1h14v10H8l-4 4v-4H1z' fill='{colour}'/>"
    "<path d='M4 4.4h8M4 7.4h5' stroke='{page}' stroke-width='1.5' stroke-linecap='round'/>",
    "ring": "<circle cx='8' cy='8' r='6.6' fill='none' stroke='{colour}' stroke-width='2.2'/>",
    "dash": "<path d='M2 8h12' stroke='{colour}' stroke-width='2.6' stroke-linecap='round'/>",
    "clock": "<circle cx='8' cy='8' r='6.8' fill='none' stroke='{colour}' stroke-width='1.8'/>"
    "<path d='M8 4.2V8l2.6 2' fill='none' stroke='{colour}' stroke-width='1.8' stroke-linecap='round'/>",
    "pause": "<path d='M5 2.5v11M11 2.5v11' stroke='{colour}' stroke-width='3' stroke-linecap='round'/>",
}


def build_stylesheet(outcomes: Iterable[Outcome], *, screen: bool) -> str:
    """Return the styles of words and marks of outcomes; `screen` adds those of dark mode."""
    outcomes = tuple(outcomes)
    lines = [_build_properties(outcomes, WHITE)]
    for outcome in outcomes:
        lines.append(f".mark-{outcome.key} {{ background-image: var(--mark-outcome-{outcome.key}); }}")
        lines.append(f".rating-{outcome.key} {{ color: var(--outcome-{outcome.key}); }}")
    if screen:
        tints = [
            f'svg [fill="{outcome.tint}"] {{ fill: {outcome.dark_tint}; }}' for outcome in outcomes if outcome.tint
        ]
        dark_rules = "\n".join([_build_properties(outcomes, DARK_PAGE), *tints])
        lines.append(f"@media screen and (prefers-color-scheme: dark) {{\n{dark_rules}\n}}")
    return "\n".join(lines) + "\n"


def _build_properties(outcomes: Iterable[Outcome], page: str) -> str:
    """Return the custom properties for each outcome's colour and mark on a page of some colour."""
    properties = []
    for outcome in outcomes:
        colour = outcome.colour if page == WHITE else outcome.dark
        properties.append(f"  --outcome-{outcome.key}: {colour};")
        properties.append(f'  --mark-outcome-{outcome.key}: url("{build_mark_url(outcome.shape, colour, page)}");')
    return "\n".join([":root {", *properties, "}"])


def build_mark_url(shape: str, colour: str, page: str) -> str:
    """Return the `data:` address of a mark as an SVG."""
    shapes = SHAPES[shape].format(colour=colour, page="white" if page == WHITE else page)
    body = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>{shapes}</svg>"
    return f"data:image/svg+xml,{quote(body, safe=_URL_SAFE)}"


_URL_SAFE = " '/:=.()-"
