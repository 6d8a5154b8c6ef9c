"""Colours: read, written, turned dark by the ways that are known, and compared.

Lab is CIE 1976 under D65, as in CSS Color 4; contrast is that of WCAG 2.2.
"""

import math
import re
from collections.abc import Callable
from colorsys import hls_to_rgb, rgb_to_hls
from functools import lru_cache
from typing import Final

Rgb = tuple[float, float, float]

NAMES: Final = {
    "black": "#000000", "white": "#ffffff", "red": "#ff0000", "green": "#008000",
    "blue": "#0000ff", "yellow": "#ffff00", "gray": "#808080", "grey": "#808080",
    "silver": "#c0c0c0", "maroon": "#800000", "navy": "#000080", "teal": "#008080",
    "olive": "#808000", "purple": "#800080", "aqua": "#00ffff", "cyan": "#00ffff",
    "fuchsia": "#ff00ff", "magenta": "#ff00ff", "lime": "#00ff00",
    "orange": "#ffa500", "whitesmoke": "#f5f5f5", "lightgray": "#d3d3d3",
    "lightgrey": "#d3d3d3", "darkgray": "#a9a9a9", "darkgrey": "#a9a9a9",
    "dimgray": "#696969", "dimgrey": "#696969", "gainsboro": "#dcdcdc",
    "pink": "#ffc0cb", "gold": "#ffd700", "tomato": "#ff6347", "crimson": "#dc143c",
    "indigo": "#4b0082", "ivory": "#fffff0", "snow": "#fffafa", "beige": "#f5f5dc",
    "brown": "#a52a2a", "coral": "#ff7f50", "darkblue": "#00008b",
    "darkgreen": "#006400", "darkred": "#8b0000", "lightblue": "#add8e6",
    "skyblue": "#87ceeb", "steelblue": "#4682b4", "royalblue": "#4169e1",
    "slategray": "#708090", "slategrey": "#708090",
}  # fmt: skip
COLOUR: Final = re.compile(
    r"#[0-9a-f]{3,8}(?![0-9a-z_-])|\brgba?\([^()]*\)|(?<![\w#.-])(?:"
    + "|".join(NAMES)
    + r")(?![\w(-])",
    re.IGNORECASE,
)
_OUTSIDE: Final = re.compile(
    r"""url\([^)]*\)|"[^"]*"|'[^']*'|""" + COLOUR.pattern, re.IGNORECASE
)
_NUMBER: Final = re.compile(r"[\d.]+%?")
READABLE: Final = 4.5  # WCAG 2.2, 1.4.3
_LONGEST: Final = 20_000  # characters of a value in which colours are looked for
_SHORT: Final = frozenset({3, 4})
_HALF: Final = 0.5


@lru_cache(maxsize=4096)
def read_colour(text: str) -> tuple[Rgb, float] | None:
    """Return the parts of a colour from 0 to 1 and how opaque it is."""
    text = NAMES.get(text.lower(), text).strip()
    if text.startswith("#"):
        digits = text[1:]
        if len(digits) in _SHORT:
            digits = "".join(2 * digit for digit in digits)
        if len(digits) not in {6, 8}:
            return None
        try:
            parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
            alpha = int(digits[6:8] or "ff", 16) / 255
        except ValueError:
            return None
    elif text.lower().startswith("rgb"):
        found = _NUMBER.findall(text)
        if len(found) not in {3, 4}:
            return None
        try:
            parts = [_part(one, 255) for one in found[:3]]
            alpha = _part(found[3], 1) if found[3:] else 1.0
        except ValueError:
            return None
    else:
        return None
    return (parts[0], parts[1], parts[2]), alpha


def write_colour(rgb: Rgb, alpha: float = 1.0) -> str:
    """Write a colour: "#333333", or "rgba(…)" where it is not opaque."""
    red, green, blue = (round(255 * min(1.0, max(0.0, part))) for part in rgb)
    if alpha < 1:
        return f"rgba({red},{green},{blue},{alpha:g})"
    return f"#{red:02x}{green:02x}{blue:02x}"


@lru_cache(maxsize=4096)
def lab_dark(text: str) -> str:
    """Turn the lightness round in Lab and keep it above that of #333333.

    Source: roosterjs-color-utils 1.1.0, ``getDarkColor`` (MIT, Microsoft).
    """
    found = read_colour(text)
    if found is None:
        return text
    lightness, a, b = _lab(found[0])
    base = 21.247
    return write_colour(
        _from_lab((100 - lightness) * (100 - base) / 100 + base, a, b), found[1]
    )


@lru_cache(maxsize=4096)
def apple_dark(text: str) -> str:
    """Turn the hue by half, then apply WebKit's matrix of ``apple-invert-lightness``.

    Source: WebKit, ``toDarkModeMatrix``; https://webkit.org/blog/8840.
    """
    found = read_colour(text)
    if found is None:
        return text
    hue, lightness, saturation = rgb_to_hls(*found[0])
    red, green, blue = hls_to_rgb((hue + 0.5) % 1, lightness, saturation)
    return write_colour(
        (
            1 - 0.770 * red + 0.059 * green - 0.089 * blue,
            1 + 0.030 * red - 0.741 * green - 0.089 * blue,
            1 + 0.030 * red + 0.059 * green - 0.890 * blue,
        ),
        found[1],
    )


@lru_cache(maxsize=4096)
def turned(text: str) -> str:
    """Turn the lightness round in HSL; white becomes #1f1f1f. Nobody tells a way."""
    found = read_colour(text)
    if found is None:
        return text
    hue, lightness, saturation = rgb_to_hls(*found[0])
    return write_colour(hls_to_rgb(hue, 1 - 0.88 * lightness, saturation), found[1])


def light_turned(text: str) -> str:
    """Turn a light colour dark, and keep a dark one."""
    found = read_colour(text)
    return turned(text) if found and _lightness(found[0]) >= _HALF else text


def dark_turned(text: str) -> str:
    """Turn a dark colour light, and keep a light one."""
    found = read_colour(text)
    return turned(text) if found and _lightness(found[0]) < _HALF else text


def luminance(rgb: Rgb) -> float:
    """Return the relative luminance of WCAG 2.2."""
    red, green, blue = (_linear(part) for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=4096)
def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21; 21 where one cannot be read."""
    first, second = read_colour(one), read_colour(other)
    if first is None or second is None:
        return 21.0
    dark, light = sorted((luminance(first[0]), luminance(second[0])))
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=4096)
def readable(text: str, background: str) -> str:
    """Make ``text`` lighter, or darker on a light ground, until it can be read."""
    found, ground = read_colour(text), read_colour(background)
    if found is None or ground is None:
        return text
    lightness, a, b = _lab(found[0])
    step = 4 if luminance(ground[0]) < 0.18 else -4  # noqa: PLR2004 -- Lab's middle
    shown = text
    while contrast(shown, background) < READABLE and 0 <= lightness + step <= 100:  # noqa: PLR2004
        lightness += step
        shown = write_colour(_from_lab(lightness, a, b), found[1])
    return shown


def over(colour: str, ground: str) -> str:
    """Return what a colour that lets ``ground`` through looks like on it."""
    found, below = read_colour(colour), read_colour(ground)
    if found is None or below is None or found[1] >= 1:
        return colour
    rgb, alpha = found
    red, green, blue = (
        top * alpha + under * (1 - alpha)
        for top, under in zip(rgb, below[0], strict=True)
    )
    return write_colour((red, green, blue))


def colours_in(value: str) -> list[str]:
    """Return the colours in the value of a property, as written."""
    found = _OUTSIDE.findall(value) if len(value) <= _LONGEST else ()
    return [one for one in found if COLOUR.fullmatch(one)]


def first_colour(value: str) -> str:
    """Return the first colour in the value of a property, "" without one."""
    return next(iter(colours_in(value)), "")


def with_colours(value: str, change: Callable[[str], str]) -> str:
    """Return ``value`` with each colour in it changed; addresses stay as they are."""
    if len(value) > _LONGEST:
        return value

    def one(found: re.Match[str]) -> str:
        text = found.group()
        return change(text) if COLOUR.fullmatch(text) else text

    return _OUTSIDE.sub(one, value)


def _part(text: str, whole: float) -> float:
    if text.endswith("%"):
        return min(float(text[:-1]) / 100, 1.0)
    return min(float(text) / whole, 1.0)


def _lightness(rgb: Rgb) -> float:
    return (max(rgb) + min(rgb)) / 2


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 -- sRGB


def _lab(rgb: Rgb) -> Rgb:
    red, green, blue = (_linear(part) for part in rgb)
    x = _bent((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
    y = _bent(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue)
    z = _bent((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _bent(part: float) -> float:
    return part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116  # noqa: PLR2004 -- CIE


def _from_lab(lightness: float, a: float, b: float) -> Rgb:
    middle = (lightness + 16) / 116
    x, y, z = (_unbent(part) for part in (a / 500 + middle, middle, middle - b / 200))
    x, z = 0.95047 * x, 1.08883 * z
    return (
        _gamma(3.2404542 * x - 1.5371385 * y - 0.4985314 * z),
        _gamma(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z),
        _gamma(0.0556434 * x - 0.2040259 * y + 1.0572252 * z),
    )


def _unbent(part: float) -> float:
    return part**3 if part**3 > 0.008856 else (part - 16 / 116) / 7.787  # noqa: PLR2004 -- CIE


def _gamma(part: float) -> float:
    if part <= 0.0031308:  # noqa: PLR2004 -- sRGB
        return max(0.0, 12.92 * part)
    return min(1.0, 1.055 * math.pow(part, 1 / 2.4) - 0.055)
