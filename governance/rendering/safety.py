"""What a recipient's value may become part of: a text and a link, never code or style.

It is looked for in what was made, not in what was written: MJML makes a style of a
colour and a link of a picture, and where a value stands after that is what counts.
"""

import re
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

from governance.content.fields import Fields
from governance.markup.expression import Construct, Tag, read_construct
from governance.markup.lex import Token
from governance.names import Span
from governance.rendering.addresses import Addresses
from governance.rendering.origins import Origins, is_value
from governance.rendering.schemes import LINKS
from governance.rendering.shielded import Flaw, Shielded, constructs
from governance.rendering.tags import (
    MASK,
    Attribute,
    Kind,
    Piece,
    attributes,
    busy_pieces,
)
from governance.texts import N_

SCRIPT: Final = N_("a script cannot hold merge fields, and mail clients run none")
STYLE: Final = N_("“{name}” is a candidate's value; it cannot become part of a style")
PLACE: Final = N_(
    "“{name}” is a candidate's value; it can stand in a text, in a link, and in what "
    "is said of a picture, but not here"
)
IN_TAG: Final = N_("a merge field stands in a tag only inside the quotes of a value")
TANGLED: Final = N_("quotes or tags are open here; write the signs as &lt; and &quot;")
RAW: Final = N_(
    "what stands in “raw” cannot hold tags or quotes; write &lt; and &quot;"
)

# Attributes whose value people read.
_READ: Final = frozenset(
    {
        *("alt", "title", "summary", "abbr", "label", "placeholder"),
        *("datetime", "aria-label", "aria-description", "aria-valuetext"),
    }
)
_BLOCKS: Final = frozenset({Tag.IF, Tag.ELIF, Tag.ELSE, Tag.END_IF})
_LOOPS: Final = frozenset({Tag.FOR, Tag.END_FOR})
_BEGINS: Final = frozenset({Tag.IF, Tag.FOR})
_ENDS: Final = frozenset({Tag.END_IF, Tag.END_FOR})
_TAG_IN_TEXT: Final = re.compile(r"<[A-Za-z/!?]")
_QUOTED: Final = re.compile(r"[ \t\n\f]*=[ \t\n\f]*[\"']")  # other spaces are none
# To a browser each of these is open until its end tag, whatever its tag says.
_NEVER_ENDED: Final = re.compile(
    r"<(?:style|script|title|textarea|xmp|iframe|noembed|noframes)[\s/][^>]*/>"
    r"|<(?:style|script|title|textarea|xmp|iframe|noembed|noframes)/>|<plaintext",
    re.IGNORECASE,
)
_RAW_SIGNS: Final = re.compile(r"[<>\"']")


def unsafe(shielded: Shielded, html: str, fields: Fields) -> tuple[Flaw, ...]:
    """Find the values that stand where they could become code, style or another link.

    Args:
        shielded: What the libraries were given.
        html: What they made of it.
        fields: Which of the values is an address.
    """
    hidden = [piece.text for piece in shielded.stand_ins.hidden]
    tokens = [token for text in hidden for token in constructs(text)]
    origins = Origins.of((token.text for token in tokens), fields)
    walk = _Walk(origins, harmless=_harmless(tokens, fields))
    walk.run(*_masked(shielded, html))
    return tuple(_flaw(*found, shielded) for found in dict.fromkeys(walk.found))


_Judged: TypeAlias = tuple[str, tuple[str, ...]]  # a tag, what its masks stand for
MOST_MAILS: Final = 64
MOST_TAGS: Final = 2_000
_kept: Final[OrderedDict[tuple[int, tuple[str, ...]], tuple[Fields, set[_Judged]]]] = (
    OrderedDict()
)


def _harmless(tokens: Sequence[Token], fields: Fields) -> set[_Judged]:
    """Return the tags found harmless where all blocks, so names, and fields are these.

    The fields are kept too, so that no others get their number.
    """
    key = id(fields), tuple(one.text for one in tokens if one.text.startswith("{%"))
    found = _kept.setdefault(key, (fields, set()))[1]
    if len(found) >= MOST_TAGS:
        found.clear()
    while len(_kept) > MOST_MAILS:
        _kept.popitem(last=False)
    return found


class _Masked(NamedTuple):
    """A construct that one mask stands for, and its stand-in's number."""

    token: Token
    number: int
    said: Construct


def _masked(shielded: Shielded, html: str) -> tuple[str, Sequence[_Masked]]:
    """Put one mask for each construct; what is hidden with it is seen again."""
    out: list[str] = []
    masks: list[_Masked] = []
    at = 0
    for number, span in shielded.stand_ins.found(html):
        text, begun = shielded.stand_ins.hidden[number].text, 0
        out.append(html[at : span.start])
        for token in constructs(text):
            out += [text[begun : token.span.start], MASK]
            begun = token.span.end
            masks.append(_Masked(token, number, read_construct(token.text)))
        out.append(text[begun:])
        at = span.end
    return "".join([*out, html[at:]]), masks


def _flaw(code: str, message: str, name: str, number: int, shielded: Shielded) -> Flaw:
    stand_ins = shielded.stand_ins
    at = shielded.origin(max(shielded.text.find(stand_ins.write(number)), 0))
    span = Span(at, at + len(stand_ins.hidden[number].text))
    return Flaw(code, message, name, span)


@dataclass(slots=True)
class _Walk:
    """Goes through the tags of a text that hold a mask, mask by mask.

    Attributes:
        harmless: Tags without a flaw.
        found: Code, message, field and stand-in of each flaw.
    """

    origins: Origins
    harmless: set[_Judged]
    text: str = ""
    masks: Sequence[_Masked] = ()
    places: Sequence[int] = ()
    has_raw: bool = False
    found: list[tuple[str, str, str, int]] = field(default_factory=list)

    def run(self, text: str, masks: Sequence[_Masked]) -> None:
        self.text, self.masks = text, masks
        self.has_raw = any(map(_is_raw, masks))
        self.places = [one.start() for one in re.finditer(MASK, text)]
        if not self.places:
            return
        for open_element in _NEVER_ENDED.finditer(text):
            self._tell_near("tag-tangled", TANGLED, open_element.start())
        self._inside(text, 0)

    def _inside(self, text: str, offset: int) -> None:
        """Walk through ``text``, which begins at ``offset`` of the whole."""
        for piece in busy_pieces(text, sees_comments=False):
            if text.find(MASK, piece.start, piece.end) >= 0:
                self._piece(text, offset, piece)

    def _piece(self, text: str, offset: int, piece: Piece) -> None:
        span = Span(offset + piece.start, offset + piece.end)
        inside = text[piece.start : piece.end]
        for mask in self._masks(span) if self.has_raw else ():
            if _is_raw(mask) and _RAW_SIGNS.search(mask.token.text):
                self._tell("raw-markup", RAW, mask)
        match piece.kind:
            case Kind.TEXT:
                if _TAG_IN_TEXT.search(inside):
                    self._tell_first("tag-tangled", TANGLED, span)
            case Kind.START:
                self._start(text, offset, piece, inside)
            case Kind.END:
                self._tell_first("jinja-in-tag", IN_TAG, span)
            case Kind.DECLARATION:
                self._tell_values(span, "place-field", PLACE)
            case Kind.COMMENT:  # some clients read what stands in a condition
                self._inside(inside[4:], span.start + 4)
            case Kind.RAW:
                self._raw_text(piece.name, inside, span)

    def _raw_text(self, element: str, inside: str, span: Span) -> None:
        if element == "script":
            self._tell_first("script-field", SCRIPT, span)
        elif element in {"style", "mj-style"}:
            self._tell_values(span, "style-field", STYLE)
        else:  # inside of a picture it is read as tags
            self._inside(inside, span.start)

    def _start(self, text: str, offset: int, piece: Piece, inside: str) -> None:
        span = Span(offset + piece.start, offset + piece.end)
        judged = inside, tuple(mask.token.text for mask in self._masks(span))
        if judged not in self.harmless:
            told = len(self.found)
            self._tag(text, offset, piece)
            if len(self.found) == told:
                self.harmless.add(judged)

    def _tag(self, text: str, offset: int, piece: Piece) -> None:
        at = piece.start + 1 + len(piece.name)
        for attribute in attributes(text, piece):
            self._between(text, offset, Span(at, attribute.start))
            if text.find(MASK, attribute.start, attribute.end) >= 0:
                self._attribute(text, offset, attribute)
            at = attribute.end
        self._between(text, offset, Span(at, piece.end - 1))

    def _between(self, text: str, offset: int, span: Span) -> None:
        if text[span.start : span.end].strip(" \t\n\f/"):
            self._tell_near("tag-tangled", TANGLED, offset + span.start)

    def _attribute(self, text: str, offset: int, attribute: Attribute) -> None:
        named = Span(
            offset + attribute.start, offset + attribute.start + len(attribute.name)
        )
        for mask in self._masks(named):
            if mask.said.tag not in _BLOCKS:
                self._tell("jinja-in-tag", IN_TAG, mask)
        name = attribute.name.strip(MASK)
        if MASK in name:
            self._tell_first("jinja-in-tag", IN_TAG, named)
        value = text[attribute.value_start : attribute.value_end]
        if MASK not in value:
            return
        span = Span(offset + attribute.value_start, offset + attribute.value_end)
        before = text[attribute.start + len(attribute.name) : attribute.value_start]
        if not _QUOTED.fullmatch(before):
            self._tell_first("jinja-in-tag", IN_TAG, span)
        if "<" in value or not _is_whole(self._masks(span)):
            self._tell_first("tag-tangled", TANGLED, span)
            return
        self._value(name, value, span)

    def _value(self, name: str, value: str, span: Span) -> None:
        if name.startswith("on"):
            self._tell_first("script-field", SCRIPT, span)
        elif name == "style":
            self._tell_values(span, "style-field", STYLE)
        elif name in LINKS:
            addresses = Addresses(self.origins)
            masks = list(self._masks(span))
            said = [mask.said for mask in masks]
            for number, message, field_name in addresses.flaws(value, said):
                self._tell("link-field", message, masks[number], field_name)
        elif name not in _READ:
            self._tell_values(span, "place-field", PLACE)

    # -- masks and flaws

    def _masks(self, span: Span) -> Iterator[_Masked]:
        first = bisect_left(self.places, span.start)
        last = bisect_left(self.places, span.end)
        yield from self.masks[first:last]

    def _tell_values(self, span: Span, code: str, message: str) -> None:
        """Tell each value that is printed in ``span``, whatever its type."""
        for mask in self._masks(span):
            for text in self._printed(mask.said):
                for letter in filter(is_value, text):
                    self._tell(code, message, mask, self.origins.name(letter))

    def _printed(self, said: Construct) -> frozenset[str]:
        """Return what a construct can print."""
        if said.tag is not Tag.OUTPUT:
            return frozenset()
        return self.origins.printed(said.expression)

    def _tell_first(self, code: str, message: str, span: Span) -> None:
        self._tell(code, message, next(self._masks(span)))

    def _tell_near(self, code: str, message: str, at: int) -> None:
        near = min(range(len(self.places)), key=lambda n: abs(self.places[n] - at))
        self._tell(code, message, self.masks[near])

    def _tell(self, code: str, message: str, mask: _Masked, name: str = "") -> None:
        self.found.append((code, message, name, mask.number))


def _is_raw(mask: _Masked) -> bool:
    return mask.said.tag is Tag.REFUSED and mask.token.is_block


def _is_whole(masks: Iterator[_Masked]) -> bool:
    """Tell whether each block that begins in a value ends in it."""
    depth = 0
    for mask in masks:
        tag = mask.said.tag
        depth += (tag in _BEGINS) - (tag in _ENDS)
        if depth < 0 or (not depth and tag in {Tag.ELIF, Tag.ELSE}):
            return False
    return not depth
