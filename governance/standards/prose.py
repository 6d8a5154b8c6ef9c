"""The text of one form of a message that a person reads, block by block.

One pass over the markup: tags, styles and comments are never text; entities and runs
of white space become one character each that knows its place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import Final

from governance.markup.mapped import MappedText
from governance.standards.block import SPEAKS, Block, Silence
from governance.standards.vale.sentences import sentences

_PIECE: Final = re.compile(
    r"<!--(?P<comment>.*?)-->"
    r"|<!\[CDATA\[|\]\]>|<[!?][^>]*>"
    r"|<(?P<end>/?)(?P<name>[A-Za-z][\w:-]*)"
    r"(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>"
    r"|(?P<entity>&(?:\#\d+|\#x[0-9A-Fa-f]+|\w+);)"
    r"|(?P<space>[ \t\n\r\f]+)"
    r"|(?P<text>[^<&\s]+(?: [^<&\s]+)*|.)",
    re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(
    r"(?P<name>alt|title|aria-label|lang)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')"
)
_ENTITY: Final = re.compile(r"&(?:#\d+|#x[0-9A-Fa-f]+|\w+);|[ \t\n\r\f]+")
_BLANK_LINE: Final = re.compile(r"\n[ \t]*\n\s*")
_LIST_ITEM: Final = re.compile(r"[-*•–] |\d{1,2}[.)] ")

# What these hold is no text for anyone.
_SILENT: Final = frozenset(
    [
        *("style", "script", "pre", "figure", "noscript", "iframe", "svg", "mj-style"),
        *("mj-attributes", "mj-font", "mj-breakpoint", "mj-html-attributes"),
    ]
)
_INLINE: Final = frozenset(
    [
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "del", "dfn", "em", "font"),
        *("i", "ins", "label", "mark", "q", "s", "small", "span", "strike", "strong"),
        *("sub", "sup", "time", "u", "var", "wbr", "img", "br"),
    ]
)
_CODE: Final = frozenset(["code", "kbd", "tt", "samp"])
_VOID: Final = frozenset(["br", "img", "hr", "wbr", "meta", "link", "col", "input"])
_SECTIONS: Final = {
    **{f"h{level}": ("text", "heading", f"h{level}") for level in range(1, 7)},
    "li": ("text", "list"),
    "th": ("text", "table", "header"),
    "td": ("text", "table", "cell"),
    "caption": ("text", "table", "caption"),
    "blockquote": ("text", "blockquote"),
    "mj-button": ("text", "cta"),
    "button": ("text", "cta"),
    "mj-preview": ("text", "preheader"),
    "mj-title": ("text", "title"),
    "title": ("text", "title"),
    "mj-accordion-title": ("text", "heading"),
}
_PARAGRAPH: Final = frozenset(["text"])
# Whose sentences are looked at one by one, and which count as paragraphs.
_WITHOUT_SENTENCES: Final = frozenset(["heading", "cta", "title", "subject", "alt"])
_PARTS: Final = {
    "subject.txt": ("text", "subject"),
    "preheader.txt": ("text", "preheader"),
    "sms.txt": ("text", "sms"),
    "chat.txt": ("text", "chat"),
}


@lru_cache(maxsize=1024)
def blocks_of(text: MappedText, part: str) -> tuple[Block, ...]:
    """Return the blocks of a part, in order, and the whole as ``summary``."""
    found = list(
        _Reader(text).read()
        if part.endswith((".mjml", ".html"))
        else _plain(text, part)
    )
    whole = _summary(found)
    return (*found, whole) if whole is not None else tuple(found)


def _plain(text: MappedText, part: str) -> Iterator[Block]:
    if part in _PARTS:
        yield from _blocks(_trimmed(text), frozenset(_PARTS[part]), SPEAKS)
        return
    at = 0
    for gap in [*_BLANK_LINE.finditer(text.text), None]:
        end = gap.start() if gap else len(text)
        piece = _trimmed(text[at:end])
        is_item = _LIST_ITEM.match(piece.text) is not None
        sections = frozenset(("text", "list")) if is_item else _PARAGRAPH
        yield from _blocks(piece, sections, SPEAKS)
        at = gap.end() if gap else end


def _blocks(
    text: MappedText, sections: frozenset[str], silence: Silence
) -> Iterator[Block]:
    if not text.text:
        return
    yield Block(text, sections, sections, silence)
    if sections & _WITHOUT_SENTENCES:
        return
    if "table" not in sections:
        yield Block(text, frozenset(["paragraph"]), sections, silence)
    for span in sentences(text.text):
        sentence = text[span.start : span.end]
        yield Block(sentence, frozenset(["sentence"]), sections, silence)


def _summary(blocks: list[Block]) -> Block | None:
    left_out = frozenset(["title", "attr"])
    texts = [
        block
        for block in blocks
        if "text" in block.sections and not block.sections & left_out
    ]
    if not texts:
        return None
    pieces: list[MappedText] = []
    for block in texts:
        if pieces:
            pieces.append(MappedText.standing_for(block.text.place(0, 0), "\n\n"))
        pieces.append(block.text)
    sections = frozenset(["summary"])
    return Block(MappedText.joined(pieces), sections, sections, texts[0].silence)


def _trimmed(text: MappedText) -> MappedText:
    start = len(text.text) - len(text.text.lstrip())
    return text[start : max(start, len(text.text.rstrip()))]


@dataclass(slots=True)
class _Reader:
    """Walks over markup and gathers blocks."""

    text: MappedText
    open: list[str] = field(default_factory=list)
    pieces: list[MappedText] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    silent: int = 0
    silence: Silence = SPEAKS

    def read(self) -> Iterator[Block]:
        source = self.text.text
        for found in _PIECE.finditer(source):
            if found["name"]:
                yield from self._tag(found)
            elif found["comment"] is not None:
                self.silence = self.silence.after(found["comment"])
            elif not self.silent and found.lastgroup in {"entity", "space", "text"}:
                self._take(found)
        yield from self._flush()

    def _tag(self, found: re.Match[str]) -> Iterator[Block]:
        name, ends = found["name"].lower(), bool(found["end"])
        if name in _SILENT or name in _CODE:
            self._hush(found, name, ends=ends)
            if name in _SILENT:
                yield from self._flush()
            return
        if self.silent:
            return
        if not ends:
            yield from self._attributes(found)
        if name == "br":
            self._add_standing(found.start(), found.end(), "\n")
        elif name == "a":
            yield from self._link(ends=ends)
        elif name not in _INLINE:
            yield from self._flush()
            self._nest(name, found["rest"], ends=ends)

    def _hush(self, found: re.Match[str], name: str, *, ends: bool) -> None:
        if found["rest"].endswith("/"):
            return
        if ends:
            self.silent = max(0, self.silent - 1)
        else:
            if name in _CODE and not self.silent:
                # As Vale does: code is a word that no rule knows.
                self._add_standing(found.start(), found.end(), "*")
            self.silent += 1

    def _nest(self, name: str, rest: str, *, ends: bool) -> None:
        if not ends and name not in _VOID and not rest.endswith("/"):
            self.open.append(name)
        elif ends and name in self.open:
            while self.open.pop() != name:
                pass

    def _attributes(self, found: re.Match[str]) -> Iterator[Block]:
        for attribute in _ATTRIBUTE.finditer(found["rest"]):
            if attribute["name"] == "lang":
                continue
            group = "double" if attribute["double"] is not None else "single"
            start = found.start("rest") + attribute.start(group)
            end = found.start("rest") + attribute.end(group)
            value = _trimmed(_decoded(self.text[start:end]))
            sections = frozenset(["text", "attr", attribute["name"]])
            if value.text:
                yield Block(value, sections, sections, self.silence)

    def _link(self, *, ends: bool) -> Iterator[Block]:
        if not ends:
            self.links.append(len(self.pieces))
        elif self.links:
            pieces = self.pieces[self.links.pop() :]
            text = _trimmed(MappedText.joined(pieces))
            if text.text:
                yield Block(
                    text, frozenset(["link-text"]), self._sections(), self.silence
                )

    def _take(self, found: re.Match[str]) -> None:
        start, end = found.span()
        if found["space"]:
            if self.pieces and not self.pieces[-1].text.endswith((" ", "\n")):
                self._add_space(start, end)
        elif found["entity"]:
            self._add_standing(start, end, unescape(found["entity"]))
        else:
            self.pieces.append(self.text[start:end])

    def _add_space(self, start: int, end: int) -> None:
        if self.text.text[start:end] == " ":
            self.pieces.append(self.text[start:end])
        else:
            self._add_standing(start, end, " ")

    def _add_standing(self, start: int, end: int, text: str) -> None:
        self.pieces.append(MappedText.standing_for(self.text.place(start, end), text))

    def _sections(self) -> frozenset[str]:
        for name in reversed(self.open):
            if name in _SECTIONS:
                return frozenset(_SECTIONS[name])
        return _PARAGRAPH

    def _flush(self) -> Iterator[Block]:
        text = _trimmed(MappedText.joined(self.pieces))
        self.pieces, self.links = [], []
        if text.text:
            yield from _blocks(text, self._sections(), self.silence)


def _decoded(text: MappedText) -> MappedText:
    pieces: list[MappedText] = []
    at = 0
    for found in _ENTITY.finditer(text.text):
        pieces.append(text[at : found.start()])
        decoded = " " if found.group().isspace() else unescape(found.group())
        place = text.place(found.start(), found.end())
        pieces.append(MappedText.standing_for(place, decoded))
        at = found.end()
    return MappedText.joined([*pieces, text[at:]])
