"""Where a link leads: which beginnings are safe, at compile time and when rendering.

Browsers pass over tabs, line ends and leading control characters in an address, and
read entities; so does what stands here.
"""

import re
from dataclasses import dataclass, field
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

_PASSED_OVER: Final = re.compile(r"[\t\r\n]")
_LEADING: Final = re.compile(r"^[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+")
_SCHEME: Final = re.compile(r"[^:/?#\\]*:")
# From here on, a value can change neither the scheme nor the host.
_SETTLED: Final = re.compile(
    r"https?://[^/?#\\:@]+(?::[0-9]+)?[/?#]|mailto:|tel:|[#?]|/[^/\\]"
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
    return _SETTLED.match(plain(beginning)) is not None


def may_begin(address: str) -> bool:
    """Tell whether a rendered link may begin like this; it may also be empty."""
    read = plain(address)
    if found := _SCHEME.match(read):
        return found[0][:-1].lower() in SCHEMES
    return not read or (
        read[0] in "#?/" and not read.replace("\\", "/").startswith("//")
    )


@dataclass(slots=True)
class Wall:
    """Watches what is printed at the beginning of each link, whatever was compiled.

    Jinja gives what the template wrote as ``str`` and each value as ``Markup``, in
    which quotes are written as entities: the first quote ends the attribute.
    """

    quote: str = ""
    begun: list[str] = field(default_factory=list)

    def holds(self, piece: str) -> bool:
        """Take the next piece; tell whether every link so far may begin as it does."""
        if self.quote:
            end = piece.find(self.quote)
            self.begun.append(piece if end < 0 else piece[:end])
            if end < 0:
                return True
            self.quote = ""
            if not may_begin("".join(self.begun)):
                return False
        if type(piece) is str and (found := _left_open(piece[-_LONGEST:])):
            self.quote, self.begun = found[1], [found[2]]
        return True


def _left_open(end: str) -> re.Match[str] | None:
    """Return the link that is still open at the ``end`` of what was written."""
    at = max(end.rfind('"'), end.rfind("'"))
    # Looked at before the expression is: nearly every piece ends in a text.
    return _OPEN.search(end) if end[:at].rstrip().endswith("=") else None
