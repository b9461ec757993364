"""Colours as `#rrggbb`: their contrast, and tones of them that carry on a page.

Contrast and relative luminance are those of WCAG 2.2; text needs 4.5:1, graphics 3:1.
"""

from fractions import Fraction

WHITE, NIGHT = "#ffffff", "#14181c"  # the page by day, and in the dark (`templates/dark.css`)
TEXT = 4.5  # the least contrast of words with their page
FINENESS = 64  # tones between two colours
DARKEST = 0.04045  # below this a channel counts as linear (sRGB)


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue, each from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Return the relative luminance, from 0 for black to 1 for white."""
    red, green, blue = (_linear(channel / 255) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= DARKEST else float(((channel + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(colour: str, other: str, share: Fraction) -> str:
    """Return the colour with a share (0 to 1) of another in it."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def readable(colour: str, page: str) -> str:
    """Return the colour, or the tone of it nearest to it, whose words can be read on a page."""
    towards = WHITE if luminance(page) < luminance(WHITE) / 2 else "#000000"
    tones = (mix(colour, towards, Fraction(step, FINENESS)) for step in range(FINENESS + 1))
    return next(tone for tone in tones if contrast(tone, page) >= TEXT)


def tint(colour: str, page: str, wanted: float) -> str:
    """Return the colour mixed with the page, or with its opposite, to about a wanted luminance."""
    ends = (page, WHITE if page == NIGHT else "#000000")
    tones = [mix(colour, end, Fraction(step, FINENESS)) for end in ends for step in range(FINENESS + 1)]
    return min(tones, key=lambda tone: abs(luminance(tone) - wanted))
