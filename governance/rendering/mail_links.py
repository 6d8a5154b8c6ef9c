"""Values in ``mailto:`` links: a value is a part of a header, never another header.

RFC 6068 separates headers by "&" and ends lines by "%0D%0A", so what a value holds of
these, and of anything that is no letter or digit, is written as "%" and its number.
"""

import re
from collections.abc import Sequence
from html import unescape
from typing import Final
from urllib.parse import quote

from markupsafe import Markup

from governance.rendering.schemes import plain

_SCHEME: Final = "mailto:"
_OPEN: Final = re.compile(
    r"""[\s"'/]href\s*=\s*(?:"([^"<>]*)|'([^'<>]*))\Z""", re.IGNORECASE
)
_LONGEST: Final = 8_000  # characters of an address before a value
_LINE_END: Final = re.compile(r"<br ?/?>\n?|\r\n?|\n")


def is_mailing(pieces: Sequence[str]) -> bool:
    """Whether such a link may be there at all; most messages have none."""
    return any(_SCHEME in piece.lower() for piece in pieces)


def mail_links(pieces: Sequence[str]) -> list[str]:
    """Return a rendered text with the values in its ``mailto:`` links encoded.

    Args:
        pieces: ``str`` is what the template wrote, ``Markup`` a value.
    """
    out: list[str] = []
    mark, begun = "", ""  # the quote that ends the link, and the link as far as it is
    for piece in pieces:
        if type(piece) is str:
            end = piece.find(mark) if mark else -1
            if mark and end < 0:
                begun += piece
            elif found := _OPEN.search(piece[-_LONGEST:]):
                mark = '"' if found[1] is not None else "'"
                begun = found[1] if found[1] is not None else found[2]
            else:
                mark, begun = "", ""
            out.append(piece)
            continue
        if mark and plain(begun).lower().startswith(_SCHEME):
            piece = _encoded(piece, is_header="?" in begun)  # noqa: PLW2901 -- as said
        if mark:
            begun += piece
        out.append(piece)
    return out


def _encoded(value: str, *, is_header: bool) -> Markup:
    text = unescape(_LINE_END.sub("\r\n", str(value)))
    return Markup(quote(text, safe="" if is_header else "@"))  # noqa: S704 -- encoded
