"""How many text messages a text becomes on the network, and which characters cost.

GSM-7 holds 160 septets, 153 in each of several; characters of its extension table take
two and are not cut apart. Anything else makes the whole text UCS-2: 70 UTF-16 units, 67
in each of several, and a surrogate pair is not cut apart (3GPP TS 23.038 and 23.040).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from governance.names import Span

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION: Final = frozenset("^{}\\[~]|€\f")

# What a person would type on a telephone instead; "" leaves the character out.
_PLAIN: Final = {
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{SINGLE LOW-9 QUOTATION MARK}": "'",
    "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}": "'",
    "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{DOUBLE LOW-9 QUOTATION MARK}": '"',
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}": '"',
    "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}": '"',
    "\N{HYPHEN}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{MINUS SIGN}": "-",
    "\N{HORIZONTAL ELLIPSIS}": "...",
    "\N{BULLET}": "-",
    "\N{MIDDLE DOT}": "-",
    "\N{MULTIPLICATION SIGN}": "x",
    "\N{RIGHTWARDS ARROW}": "->",
    "\N{NO-BREAK SPACE}": " ",
    "\N{NARROW NO-BREAK SPACE}": " ",
    "\N{THIN SPACE}": " ",
    "\N{ZERO WIDTH SPACE}": "",
    "\N{SOFT HYPHEN}": "",
    "\N{ZERO WIDTH NO-BREAK SPACE}": "",
    "\t": " ",
    "`": "'",
    "\N{ACUTE ACCENT}": "'",
    "\N{LATIN SMALL LETTER C WITH CEDILLA}": "\N{LATIN CAPITAL LETTER C WITH CEDILLA}",
}


class SmsEncoding(StrEnum):
    """The alphabet that a text needs."""

    GSM7 = "GSM-7"
    UCS2 = "UCS-2"


_SINGLE: Final = {SmsEncoding.GSM7: 160, SmsEncoding.UCS2: 70}
_MULTIPLE: Final = {SmsEncoding.GSM7: 153, SmsEncoding.UCS2: 67}


@dataclass(frozen=True, slots=True)
class CostlyCharacter:
    """A character that costs more than one of its place.

    Attributes:
        span: Where it stands, in code points of the text.
        replacement: What says the same for less; None where nothing does.
        forces_ucs2: Whether it makes the whole text UCS-2; else it takes two septets.
    """

    character: str
    span: Span
    replacement: str | None
    forces_ucs2: bool


@dataclass(frozen=True, slots=True)
class SmsSegments:
    """What a text costs on the network.

    Attributes:
        count: How many messages are paid for; 0 for an empty text.
        units: Septets or UTF-16 units in all.
        room: How many more units fit into the last message.
        costly: The characters that cost more, as they stand.
    """

    encoding: SmsEncoding
    count: int
    units: int
    room: int
    costly: tuple[CostlyCharacter, ...]


def segments(text: str) -> SmsSegments:
    """Count the messages that ``text``, as rendered, becomes."""
    is_gsm = _BASIC.union(_EXTENSION).issuperset(text)
    encoding = SmsEncoding.GSM7 if is_gsm else SmsEncoding.UCS2
    widths = [_width(character, encoding) for character in text]
    units = sum(widths)
    single, multiple = _SINGLE[encoding], _MULTIPLE[encoding]
    if units <= single:
        count, room = min(units, 1), single - units
    else:
        count, room = 1, multiple
        for width in widths:
            if width > room:
                count, room = count + 1, multiple
            room -= width
    return SmsSegments(encoding, count, units, room, costly_characters(text))


def costly_characters(text: str) -> tuple[CostlyCharacter, ...]:
    """Name the characters of ``text`` that make it dearer, in its order.

    One of the extension table counts only where nothing else forces UCS-2.
    """
    is_gsm = _BASIC.union(_EXTENSION).issuperset(text)
    return tuple(
        CostlyCharacter(
            character,
            Span(place, place + 1),
            _PLAIN.get(character),
            forces_ucs2=character not in _EXTENSION,
        )
        for place, character in enumerate(text)
        if character not in _BASIC and (is_gsm or character not in _EXTENSION)
    )


def _width(character: str, encoding: SmsEncoding) -> int:
    if encoding is SmsEncoding.GSM7:
        return 2 if character in _EXTENSION else 1
    return 2 if ord(character) > 0xFFFF else 1  # noqa: PLR2004 -- a surrogate pair
