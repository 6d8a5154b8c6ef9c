"""Where the tags of an HTML or MJML text stand.

A scanner and no parser: it changes nothing, repairs nothing and never fails, so that a
transform can look into a text and give the rest of it back letter by letter. It sees no
Jinja: constructs are masked by single characters before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from governance.names import Span


class Kind(StrEnum):
    """What a piece of markup is."""

    TEXT = "text"
    START = "start"
    END = "end"
    COMMENT = "comment"
    DECLARATION = "declaration"  # <!doctype …>, <?xml …?>
    RAW = "raw"  # the inside of <style>, <script> and their like


# Stands for a construct of Jinja: private use, so that no author types it.
MASK: Final = "\ue000"

# An element whose inside is no markup, in HTML and in MJML.
_RAW: Final = frozenset(
    {"style", "script", "title", "textarea", "mj-style", "mj-title", "mj-preview"}
)

_TAGS: Final = (Kind.START, Kind.END, Kind.COMMENT, Kind.DECLARATION)

# One alternative a kind; quoted values may hold ">".
_MARKUP: Final = re.compile(
    r"""(?P<comment><!--.*?(?:-->|\Z))
    |(?P<declaration><[!?][^>]*(?:>|\Z))
    |(?P<end></[A-Za-z][^>]*(?:>|\Z))
    |(?P<start><(?P<name>[A-Za-z][^\s/>\ue000]*)(?:[^>"']|"[^"]*"|'[^']*')*(?:>|\Z))""",
    re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE: Final = re.compile(
    r"""(?P<name>[^\s/>"'=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'
    |(?P<bare>[^\s>"']+)))?""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of markup; the pieces joined are the text again.

    Attributes:
        name: The element's name in lower case, "" where there is none.
    """

    kind: Kind
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute as it is written.

    Attributes:
        name: Its name in lower case.
        whole: Name, equals sign, quotes and value.
        value: The value between the quotes; empty at the end of a bare name.
    """

    name: str
    whole: Span
    value: Span


def pieces(text: str) -> Iterator[Piece]:
    """Cut ``text`` into its tags, comments and what stands between."""
    at = 0
    while at < len(text):
        found = _MARKUP.search(text, at)
        if found is None:
            yield Piece(Kind.TEXT, "", at, len(text))
            return
        if found.start() > at:
            yield Piece(Kind.TEXT, "", at, found.start())
        at = found.end()
        kind = next(kind for kind in _TAGS if found[kind] is not None)
        name = (found["name"] or found["end"] or "").strip("</> \n\t").lower()
        yield Piece(kind, name, found.start(), at)
        if kind is Kind.START and name in _RAW and text[at - 2 : at] != "/>":
            close = _closing(text, name, at)
            if close > at:
                yield Piece(Kind.RAW, name, at, close)
            at = close


def attributes(text: str, piece: Piece, after: int = 0) -> Iterator[Attribute]:
    """Read the attributes of a start tag that begin at ``after`` or later."""
    begin = max(after, piece.start + 1 + len(piece.name))
    for found in _ATTRIBUTE.finditer(text, begin, piece.end):
        group = found.lastgroup or "name"
        start, end = found.span(group)
        value = Span(end, end) if group == "name" else Span(start, end)
        yield Attribute(found["name"].lower(), Span(*found.span()), value)


def is_void(name: str) -> bool:
    """Tell whether an HTML element of that name has no end tag."""
    return name in _VOID


_VOID: Final = frozenset(
    # the HTML standard, 13.1.2
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link"),
        *("meta", "source", "track", "wbr"),
    }
)


def _closing(text: str, name: str, at: int) -> int:
    found = re.compile(f"</{re.escape(name)}(?=[\\s>])", re.IGNORECASE).search(text, at)
    return found.start() if found else len(text)
