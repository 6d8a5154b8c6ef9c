"""Where a link leads: which beginnings are safe, at compile time and when rendering.

Browsers pass over tabs, line ends and leading control characters in an address, and
read entities; so does what stands here.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from typing import Final

# What a link may begin with when a recipient's value stands at its beginning.
SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})

# Attributes that hold one address.
LINKS: Final = frozenset(
    {
        *("href", "src", "action", "background", "formaction", "poster"),
        *("xlink:href", "cite", "data", "longdesc", "lowsrc", "dynsrc", "usemap"),
    }
)

_USUAL: Final = ("https://", "mailto:", "tel:")
_PASSED_OVER: Final = re.compile(r"[\t\r\n]")
_LEADING: Final = re.compile(r"^[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+")
_SCHEME: Final = re.compile(r"[^:/?#\\]*:")
_ENTITY_BEGUN: Final = re.compile(r"&#?[0-9A-Za-z]*\Z")  # a value could end it
# From here on, a value can change neither the scheme nor the host.
_SETTLED: Final = re.compile(
    r"https?://[^/?#\\:@]+(?::[0-9]+)?[/?#]|mailto:|tel:|[#?]|/[^/\\\s]"
    r"|[^:/?#\\]+[/?#]",
    re.IGNORECASE,
)
# An attribute that is open at the end of what a template wrote.
_OPEN: Final = re.compile(
    rf"""[\s"'/](?:{"|".join(sorted(LINKS))})\s*=\s*(["'])([^"'<>]*)\Z""",
    re.IGNORECASE,
)
_LONGEST: Final = 80  # its name, and what it may hold without being settled


def plain(address: str) -> str:
    """Return an address as a browser reads it."""
    return _LEADING.sub("", _PASSED_OVER.sub("", unescape(address)))


def is_settled(beginning: str) -> bool:
    """Tell whether what follows ``beginning`` can no longer turn the link."""
    return _SETTLED.match(plain(_ENTITY_BEGUN.sub("", beginning))) is not None


def may_begin(address: str) -> bool:
    """Tell whether a rendered link may begin like this; it may also be empty."""
    if address.startswith(_USUAL):
        return True
    read = plain(address)
    if found := _SCHEME.match(read):
        return found[0][:-1].lower() in SCHEMES
    return not read or (
        read[0] in "#?/" and not read.replace("\\", "/").startswith("//")
    )


def leads_well(pieces: Iterable[str]) -> bool:
    """Tell whether every link of a rendered text begins as it may.

    Whatever was compiled: this is the last wall. Jinja gives what the template wrote
    as ``str`` and each value as ``Markup``, in which quotes are written as entities, so
    the first quote ends the attribute.
    """
    quote = ""
    begun: list[str] = []
    for piece in pieces:
        is_written = type(piece) is str
        if quote:
            end = piece.find(quote) if is_written else -1
            begun.append(piece if end < 0 else piece[:end])
            if end < 0:
                continue
            if not may_begin("".join(begun)):
                return False
            quote = ""
        if is_written and (found := _left_open(piece)):
            quote, first = found
            begun = [first]
    return True


@lru_cache(maxsize=65_536)  # the same few hundred for every recipient of a message
def _left_open(written: str) -> tuple[str, str] | None:
    """Return quote and beginning of the link that is open where the text ends."""
    end = written[-_LONGEST:]
    at = max(end.rfind('"'), end.rfind("'"))
    if not end[:at].rstrip().endswith("="):
        return None  # nearly every time
    found = _OPEN.search(end)
    return (found[1], found[2]) if found else None
