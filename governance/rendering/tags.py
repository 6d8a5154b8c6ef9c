"""Where the tags of an HTML or MJML text stand.

A scanner and no parser: it changes nothing, repairs nothing and never fails, so that a
transform can look into a text and give the rest of it back letter by letter. It sees no
Jinja: constructs are masked by single characters before.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple


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

# One alternative a kind; quoted values may hold ">".
_MARKUP: Final = re.compile(
    r"""(?P<comment><!--.*?(?:-->|\Z))
    |(?P<end></([A-Za-z][^\s/>\ue000]*)[^>]*(?:>|\Z))
    |(?P<start><([A-Za-z][^\s/>\ue000]*)(?:[^>"']|"[^"]*"|'[^']*')*(?:>|\Z))
    |(?P<declaration><[!?][^>]*(?:>|\Z))""",
    re.DOTALL | re.VERBOSE,
)
_KINDS: Final = {
    kind.value: kind for kind in (Kind.COMMENT, Kind.END, Kind.START, Kind.DECLARATION)
}
# Text and tags in which nothing is masked, as far as they go; no single quotation mark
# in a tag, and no element whose inside is no markup.
_CALM: Final = rf"""[^<\ue000]++
    |</?(?!(?:{"|".join(sorted(_RAW))})(?![^\s/>\ue000]))[A-Za-z][^<>"'\ue000]*+
        (?:"[^"<>\ue000]*+"[^<>"'\ue000]*+)*+>"""
_COMMENT: Final = r"<!--[^-\ue000]*+(?:-(?!->)[^-\ue000]*+)*+-->"
_QUIET: Final = re.compile(rf"(?:{_CALM})*+", re.VERBOSE | re.IGNORECASE)
_QUIETER: Final = re.compile(rf"(?:{_CALM}|{_COMMENT})*+", re.VERBOSE | re.IGNORECASE)
# The name, then its value in one of three spellings.
_ATTRIBUTE: Final = re.compile(
    r"""([^\s/>"'=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?"""
)


class Piece(NamedTuple):
    """A stretch of markup; the pieces joined are the text again.

    A tuple, since a mail has thousands.

    Attributes:
        name: The element's name in lower case, "" where there is none.
    """

    kind: Kind
    name: str
    start: int
    end: int


class Attribute(NamedTuple):
    """An attribute as it is written: name, equals sign, quotes and value.

    Attributes:
        name: Its name in lower case.
        start: Where it begins.
        end: Where it ends, after a quotation mark.
        value_start: Where its value begins; the end of a bare name.
        value_end: Where its value ends.
    """

    name: str
    start: int
    end: int
    value_start: int
    value_end: int


def pieces(text: str, at: int = 0) -> Iterator[Piece]:
    """Cut ``text`` into its tags, comments and what stands between, from ``at`` on."""
    while at < len(text):
        for found in _MARKUP.finditer(text, at):
            piece = _piece(found)
            if piece.start > at:
                yield Piece(Kind.TEXT, "", at, piece.start)
            yield piece
            at = _end_of_raw(text, piece)
            if at > piece.end:
                yield Piece(Kind.RAW, piece.name, piece.end, at)
                break
        else:
            if at < len(text):
                yield Piece(Kind.TEXT, "", at, len(text))
            return


def busy_pieces(text: str, *, sees_comments: bool = True) -> Iterator[Piece]:
    """Yield the pieces of ``text`` less whatever is quiet: most of a mail.

    What is quiet has nothing masked, and no single quotation mark in a tag. Text may
    come in two pieces where its beginning is quiet. Without ``sees_comments`` those
    with nothing masked are quiet too.
    """
    quiet = _QUIET if sees_comments else _QUIETER
    at = 0
    while (calm := quiet.match(text, at)) and (at := calm.end()) < len(text):
        found = _MARKUP.search(text, max(at, text.find("<", at)))
        if found is None or found.start() > at:
            begin, at = at, found.start() if found else len(text)
            yield Piece(Kind.TEXT, "", begin, at)
            continue
        piece = _piece(found)
        yield piece
        at = _end_of_raw(text, piece)
        if at > piece.end:
            yield Piece(Kind.RAW, piece.name, piece.end, at)


def _piece(found: re.Match[str]) -> Piece:
    kind = _KINDS[found.lastgroup or "start"]
    return Piece(kind, (found[5] or found[3] or "").lower(), *found.span())


def _end_of_raw(text: str, piece: Piece) -> int:
    """Return where what is no markup ends after a tag; mostly where it begins."""
    is_raw = piece.kind is Kind.START and piece.name in _RAW
    if is_raw and text[piece.end - 2] != "/":
        return _closing(text, piece.name, piece.end)
    return piece.end


def attributes(text: str, piece: Piece, after: int = 0) -> Iterator[Attribute]:
    """Read the attributes of a start tag that begin at ``after`` or later."""
    begin = max(after, piece.start + 1 + len(piece.name))
    for found in _ATTRIBUTE.finditer(text, begin, piece.end):
        start, end = found.span()
        group = found.lastindex or 1
        value = (end, end) if group == 1 else found.span(group)
        yield Attribute(found[1].lower(), start, end, *value)


@lru_cache(maxsize=16)
def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(f"</{re.escape(name)}(?=[\\s>])", re.IGNORECASE)


def _closing(text: str, name: str, at: int) -> int:
    found = _end_tag(name).search(text, at)
    return found.start() if found else len(text)
