"""Text in a shown message that is hard to read against what it stands on."""

from dataclasses import dataclass
from typing import Final

from governance.clients.colour import (
    READABLE,
    contrast,
    first_colour,
    over,
    read_colour,
)
from governance.clients.mail import Mail, Place, parsed
from governance.clients.profile import Canvas
from governance.clients.tree import Element
from governance.rendering.sheets import read_declarations

_LARGE: Final = 24.0  # CSS pixels, WCAG 2.2 1.4.3
_ENOUGH_LARGE: Final = 3.0
_HIDDEN: Final = ("none", "hidden")


@dataclass(frozen=True, slots=True)
class Contrast:
    """Text that is hard to read.

    Attributes:
        ratio: 1 to 21, as WCAG 2.2 counts.
        needed: 4.5, or 3 for large text.
    """

    text: str
    background: str
    ratio: float
    needed: float
    place: Place


@dataclass(frozen=True, slots=True)
class _Around:
    text: str
    background: str
    size: float


def low_contrasts(html: str, canvas: Canvas) -> tuple[Contrast, ...]:
    """Return the elements of a shown message whose own text is hard to read.

    Colours are read from style attributes and the attributes of old; style sheets and
    images are not looked at, so what stands on an image is judged by the colour below.
    """
    mail = parsed(html)
    found: list[Contrast] = []
    indexes = {id(element): index for index, element in enumerate(mail.elements)}
    body = mail.root.find("body")
    if body is not None:
        _walk(body, _Around(canvas.text, canvas.background, 16.0), mail, indexes, found)
    return tuple(found)


def _walk(
    element: Element,
    around: _Around,
    mail: Mail,
    indexes: dict[int, int],
    found: list[Contrast],
) -> None:
    """Judge an element and what is in it; the stack is ours, since mails are deep."""
    waiting = [(element, around)]
    while waiting:
        element, around = waiting.pop()
        style = {
            one.name: one.value for one in read_declarations(element.get("style", ""))
        }
        if style.get("display") in _HIDDEN or style.get("visibility") in _HIDDEN:
            continue
        around = _inside(element, style, around)
        words = [element.text, *(child.tail for child in element)]
        if element.tag not in {"style", "img"} and any(
            text and text.strip("\u00a0 \n\t\r\u200c\u034f") for text in words
        ):
            ratio = contrast(around.text, around.background)
            needed = _ENOUGH_LARGE if around.size >= _LARGE else READABLE
            if ratio < needed and around.size > 1:
                place = mail.place(indexes[id(element)])
                found.append(
                    Contrast(around.text, around.background, ratio, needed, place)
                )
        waiting += [(child, around) for child in reversed(list(element))]


def _inside(element: Element, style: dict[str, str], around: _Around) -> _Around:
    ground = (
        first_colour(style.get("background-color", ""))
        or first_colour(style.get("background", ""))
        or element.get("bgcolor", "")
    )
    background = over(ground, around.background) if read_colour(ground) else ""
    text = first_colour(style.get("color", "")) or element.get("color", "")
    shown = background or around.background
    size = style.get("font-size", "")
    return _Around(
        over(text, shown) if read_colour(text) else around.text,
        shown,
        _pixels(size, around.size),
    )


def _pixels(size: str, around: float) -> float:
    for unit, factor in (
        ("px", 1.0),
        ("pt", 4 / 3),
        ("em", around),
        ("%", around / 100),
    ):
        number = size.removesuffix(unit)
        if number != size and number.replace(".", "", 1).isdecimal():
            return float(number) * factor
    return around
