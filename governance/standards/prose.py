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

from governance.kept import kept_texts
from governance.markup.mapped import MappedText
from governance.names import Span
from governance.standards.block import SPEAKS, Block, Silence
from governance.standards.reading import BETWEEN, Joined, Piece, Reading, whole
from governance.standards.vale.sentences import sentences

_PIECE: Final = re.compile(
    r"<!--(?P<comment>.*?)-->"
    r"|<!\[CDATA\[|\]\]>|<[!?][^>]*>"
    r"|<(?P<end>/?)(?P<name>[A-Za-z][\w:-]*)"
    r"(?P<rest>(?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*)>"
    r"|(?P<entity>&(?:\#\d+|\#x[0-9A-Fa-f]+|\w+);)"
    r"|(?P<space>[ \t\n\r\f]+)"
    r"|(?P<text>[^<&\s]+(?: [^<&\s]+)*|.)",
    re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(
    r"(?<![\w-])(?P<name>alt|title|aria-label)\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')"
)
_ENTITY: Final = re.compile(
    r"(?P<entity>&(?:#\d+|#x[0-9A-Fa-f]+|\w+);)|(?P<space>[ \t\n\r\f]+)"
    r"|(?P<text>[^&\s]+(?: [^&\s]+)*|.)",
    re.DOTALL,
)
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
_TAGS: Final = {
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
_SECTIONS: Final = {name: frozenset(sections) for name, sections in _TAGS.items()}
_PARAGRAPH: Final = frozenset(["text"])
_LIST: Final = frozenset(["text", "list"])
_PARAGRAPHS: Final = frozenset(["paragraph"])
_SENTENCES: Final = frozenset(["sentence"])
_SUMMARY: Final = frozenset(["summary"])
_LINK_TEXT: Final = frozenset(["link-text"])
_LEFT_OUT: Final = frozenset(["title", "attr"])
# Whose sentences are looked at one by one, and which count as paragraphs.
_WITHOUT_SENTENCES: Final = frozenset(["heading", "cta", "title", "subject", "alt"])
_PARTS: Final = {
    "subject.txt": ("text", "subject"),
    "preheader.txt": ("text", "preheader"),
    "sms.txt": ("text", "sms"),
    "chat.txt": ("text", "chat"),
}


@kept_texts(800_000)
def blocks_of(form: MappedText, part: str) -> tuple[Block, ...]:
    """Return the blocks of a part, in order, and the whole as ``summary``."""
    is_markup = part.endswith((".mjml", ".html"))
    found = list(_Reader(form).read() if is_markup else _plain(form, part))
    return (*found, *_summary(found))


def _plain(form: MappedText, part: str) -> Iterator[Block]:
    text = form.text
    if part in _PARTS:
        yield from _blocks(_stripped(form, 0, len(text)), frozenset(_PARTS[part]))
        return
    at = 0
    for gap in [*_BLANK_LINE.finditer(text), None]:
        end = gap.start() if gap else len(text)
        reading = _stripped(form, at, end)
        is_item = _LIST_ITEM.match(reading.text) is not None
        yield from _blocks(reading, _LIST if is_item else _PARAGRAPH)
        at = gap.end() if gap else end


def _stripped(form: MappedText, start: int, end: int) -> Reading:
    piece = form.text[start:end]
    begin = start + len(piece) - len(piece.lstrip())
    return whole(form, begin, max(begin, start + len(piece.rstrip())))


def _blocks(
    reading: Reading, sections: frozenset[str], silence: Silence = SPEAKS
) -> Iterator[Block]:
    text = reading.text
    if not text:
        return
    yield Block(text, reading, 0, sections, sections, silence)
    if sections & _WITHOUT_SENTENCES:
        return
    if "table" not in sections:
        yield Block(text, reading, 0, _PARAGRAPHS, sections, silence)
    for span in _sentences(text):
        sentence = text[span.start : span.end]
        yield Block(sentence, reading, span.start, _SENTENCES, sections, silence)


@lru_cache(maxsize=8192)
def _sentences(text: str) -> tuple[Span, ...]:
    return tuple(sentences(text))


def _summary(blocks: list[Block]) -> Iterator[Block]:
    texts = [
        block
        for block in blocks
        if "text" in block.sections and not block.sections & _LEFT_OUT
    ]
    if texts:
        text = BETWEEN.join(block.text for block in texts)
        readings = [block.reading for block in texts]
        joined = Joined(
            text, tuple(one for one in readings if isinstance(one, Reading))
        )
        yield Block(text, joined, 0, _SUMMARY, _SUMMARY, texts[0].silence)


@dataclass(slots=True)
class _Gathered:
    """What is read so far of one block."""

    texts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    length: int = 0

    def add(self, start: int, end: int, text: str, *, stands: bool) -> None:
        """Add what is read of the form from ``start`` to ``end``."""
        if not text:
            return
        self.pieces.append(Piece(self.length, start, end, text if stands else None))
        self.texts.append(text)
        self.length += len(text)

    def take(self, found: re.Match[str]) -> None:
        """Add a piece of text, an entity, or white space as one space."""
        start, end = found.span()
        kind = found.lastgroup
        if kind == "entity":
            self.add(start, end, unescape(found.group()), stands=True)
        elif kind == "text":
            self.add(start, end, found.group(), stands=False)
        elif self.texts and not self.texts[-1].endswith((" ", "\n")):
            self.add(start, end, " ", stands=found.group() != " ")

    def reading(self, form: MappedText, first: int = 0) -> Reading:
        """Return what was read from the piece ``first`` on, without ends of space."""
        texts, pieces = self.texts[first:], self.pieces[first:]
        while texts and not texts[-1].strip():
            texts, pieces = texts[:-1], pieces[:-1]
        while texts and not texts[0].strip():
            texts, pieces = texts[1:], pieces[1:]
        if not texts:
            return Reading("", form, ())
        origin = pieces[0].at
        return Reading(
            "".join(texts),
            form,
            tuple(
                Piece(piece.at - origin, piece.start, piece.end, piece.stands)
                for piece in pieces
            ),
        )


@dataclass(slots=True)
class _Reader:
    """Walks over markup and gathers blocks."""

    form: MappedText
    open: list[str] = field(default_factory=list)
    gathered: _Gathered = field(default_factory=_Gathered)
    links: list[int] = field(default_factory=list)
    silence: Silence = SPEAKS

    def read(self) -> Iterator[Block]:
        """Return the blocks of the whole form."""
        source, at = self.form.text, 0
        while found := _PIECE.match(source, at):
            at = found.end()
            name = found["name"]
            if name is None:
                self._leaf(found)
            elif (name := name.lower()) in _SILENT:
                yield from self._flush()
                at = self._after(found, name)
            elif name in _CODE:
                # As Vale does: code is a word that no rule knows.
                at = self._after(found, name)
                self.gathered.add(found.start(), at, "*", stands=True)
            else:
                yield from self._tag(found, name)
        yield from self._flush()

    def _leaf(self, found: re.Match[str]) -> None:
        if found["comment"] is not None:
            self.silence = self.silence.after(found["comment"])
        elif found.lastgroup is not None:
            self.gathered.take(found)

    def _after(self, found: re.Match[str], name: str) -> int:
        """Return where the text goes on after an element that is not read."""
        if found["end"] or found["rest"].endswith("/"):
            return found.end()
        closing = re.compile(rf"</{name}\s*>", re.IGNORECASE)
        end = closing.search(self.form.text, found.end())
        return end.end() if end else len(self.form.text)

    def _tag(self, found: re.Match[str], name: str) -> Iterator[Block]:
        ends, rest = bool(found["end"]), found["rest"]
        if rest and not ends and _ATTRIBUTE.search(rest):
            yield from self._attributes(found)
        if name == "br":
            self.gathered.add(found.start(), found.end(), "\n", stands=True)
        elif name == "a":
            yield from self._link(ends=ends)
        elif name not in _INLINE:
            yield from self._flush()
            self._nest(name, rest, ends=ends)

    def _nest(self, name: str, rest: str, *, ends: bool) -> None:
        if not ends and name not in _VOID and not rest.endswith("/"):
            self.open.append(name)
        elif ends and name in self.open:
            while self.open.pop() != name:
                pass

    def _attributes(self, found: re.Match[str]) -> Iterator[Block]:
        for attribute in _ATTRIBUTE.finditer(found["rest"]):
            group = "double" if attribute["double"] is not None else "single"
            start = found.start("rest") + attribute.start(group)
            end = found.start("rest") + attribute.end(group)
            value = _Gathered()
            for piece in _ENTITY.finditer(self.form.text, start, end):
                value.take(piece)
            reading = value.reading(self.form)
            if reading.text:
                sections = frozenset(["text", "attr", attribute["name"]])
                yield Block(reading.text, reading, 0, sections, sections, self.silence)

    def _link(self, *, ends: bool) -> Iterator[Block]:
        if not ends:
            self.links.append(len(self.gathered.pieces))
        elif self.links:
            reading = self.gathered.reading(self.form, self.links.pop())
            if reading.text:
                yield Block(
                    reading.text,
                    reading,
                    0,
                    _LINK_TEXT,
                    self._sections(),
                    self.silence,
                )

    def _sections(self) -> frozenset[str]:
        for name in reversed(self.open):
            if name in _SECTIONS:
                return _SECTIONS[name]
        return _PARAGRAPH

    def _flush(self) -> Iterator[Block]:
        if not self.gathered.pieces:
            return
        reading = self.gathered.reading(self.form)
        self.gathered, self.links = _Gathered(), []
        yield from _blocks(reading, self._sections(), self.silence)
