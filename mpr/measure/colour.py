"""Colours as `#rrggbb`: their contrast, and tones that can be read on a page.

Contrast and relative luminance are defined as in WCAG 2.2, which asks for 4.5:1 for text and 3:1 for graphics.
"""

from fractions import Fraction

WHITE, DARK_PAGE = "#ffffff", "#14181c"  # the page's background, and the one for dark screens (`templates/dark.css`)
MIN_TEXT_CONTRAST = 4.5  # of text with its background
TONE_STEPS = 64  # tones between two colours
LINEAR_BELOW = 0.04045  # up to this value an sRGB channel is linear


def parse_rgb(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue, each from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def compute_luminance(colour: str) -> float:
    """Return the relative luminance, from 0 for black to 1 for white."""
    red, green, blue = (_linearise(channel / 255) for channel in parse_rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linearise(channel: float) -> float:
    return channel / 12.92 if channel <= LINEAR_BELOW else float(((channel + 0.055) / 1.055) ** 2.4)


def compute_contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((compute_luminance(colour), compute_luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(colour: str, other: str, share: Fraction) -> str:
    """Return a mix of two colours; `share` is the part of the other one, from 0 to 1."""
    pairs = zip(parse_rgb(colour), parse_rgb(other), strict=True)
    return "#" + "".join(f"{round(start + (end - start) * share):02x}" for start, end in pairs)


def make_readable(colour: str, page: str) -> str:
    """Return the tone nearest to a colour whose contrast with the page is enough for text."""
    extreme = WHITE if compute_luminance(page) < compute_luminance(WHITE) / 2 else "#000000"
    tones = (mix(colour, extreme, Fraction(step, TONE_STEPS)) for step in range(TONE_STEPS + 1))
    return next(tone for tone in tones if compute_contrast(tone, page) >= MIN_TEXT_CONTRAST)


def mix_to_luminance(colour: str, page: str, target_luminance: float) -> str:
    """Return the mix of a colour with the page, or with its opposite, that is nearest to a luminance (0 to 1)."""
    ends = (page, WHITE if page == DARK_PAGE else "#000000")
    tones = [mix(colour, end, Fraction(step, TONE_STEPS)) for end in ends for step in range(TONE_STEPS + 1)]
    return min(tones, key=lambda tone: abs(compute_luminance(tone) - target_luminance))
