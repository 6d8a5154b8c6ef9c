"""From a text to its tree; what is broken is a fault with its place, not an exception.

Jinja's constructs are hidden behind NUL characters, which no source may hold, while
tags are looked for: a quotation mark or a ``>`` in an expression means nothing to HTML.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from governance.kept import kept_texts
from governance.markup.expression import Tag, read_construct
from governance.markup.faults import Fault
from governance.markup.lex import Kind, Token, lex
from governance.markup.nesting import Nest
from governance.markup.tags import StartTag, bare_tag, odd_names, read_tag
from governance.markup.tree import (
    Comment,
    Declaration,
    Dialect,
    Document,
    Output,
    Remark,
    Statement,
    Stray,
    Text,
)
from governance.names import Span
from governance.texts import _

HIDDEN: Final = "\0"

MOST_FAULTS: Final = 100  # nobody reads on; the rest is told when these are mended

# Text, a tag that begins without attributes, a tag that ends; none with Jinja in it.
_SIMPLE: Final = re.compile(
    r"(?P<text>[^<\0]+)"
    r"|<(?P<name>[a-zA-Z][^\s<>/\0\"'=]*)(?P<tail>\s*/?>)"
    r"|</(?P<end>[a-zA-Z][^\s<>/\0]*)[^<>\0]*>"
)
_RAW_TEXT: Final = re.compile(r"(?:[^<\0]+|<(?!/))+")
# What ends a piece that begins so; the first that fits.
_PIECES: Final = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">"))
_CLOSING: Final = re.compile(r"</([a-zA-Z][^\s<>/\0]*)[^<>\0]*>")

# Elements whose content is text for a browser or for MJML, whatever it looks like.
_RAW_NAMES: Final = frozenset(
    {"style", "script", "title", "textarea", "mj-style", "mj-title"}
)


def parse(source: str, dialect: Dialect) -> Document:
    """Return the tree of ``source``; its spans are in ``source``.

    Raises:
        MarkupError: A construct of Jinja's is not closed, or is none.
    """
    lex(source)
    return _parsed(source, dialect)


@kept_texts(1_000_000)
def _parsed(source: str, dialect: Dialect) -> Document:
    scan = _Scan(source, dialect, lex(source), Nest(dialect, len(source)))
    scan.run()
    if scan.at < len(source):
        rest = Span(scan.at, len(source))
        scan.nest.add(Stray(source[scan.at :], rest))
    nodes = scan.nest.ended()
    faults = sorted([*scan.faults, *scan.nest.faults], key=_start_of)
    return Document(dialect, nodes, tuple(faults[:MOST_FAULTS]))


def hidden(tokens: tuple[Token, ...]) -> str:
    """Return the source of ``tokens`` with its Jinja hidden, letter by letter."""
    return "".join(
        HIDDEN * len(token.text) if token.kind is Kind.JINJA else token.text
        for token in tokens
    )


def _start_of(fault: Fault) -> Span:
    return fault.span


@dataclass(slots=True)
class _Scan:
    source: str
    dialect: Dialect
    tokens: tuple[Token, ...]
    nest: Nest
    at: int = 0
    faults: list[Fault] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)
    visible: str = field(init=False)
    code: dict[int, Token] = field(init=False)

    def __post_init__(self) -> None:
        self.visible = hidden(self.tokens)
        self.code = {
            token.span.start: token for token in self.tokens if token.kind is Kind.JINJA
        }

    def run(self) -> None:
        """Take one piece of the text after the other; most of them are simple."""
        nest, visible, length = self.nest, self.visible, len(self.source)
        while self.at < length and not nest.is_full:
            if nest.name in _RAW_NAMES:
                self._take_raw(nest.name)
                continue
            found = _SIMPLE.match(visible, self.at)
            if found is None:
                self._take_other()
                continue
            span = Span(*found.span())
            self.at = span.end
            match found.lastgroup:
                case "text":
                    nest.add(Text(found[0], span))
                case "tail":
                    self._open(bare_tag(found["name"], found["tail"], span))
                case _:
                    nest.close(found["end"], found[0], span)

    def _take_raw(self, name: str) -> None:
        """Take a piece of an element whose content is text whatever it looks like."""
        if token := self.code.get(self.at):
            self._take_code(token)
        elif found := _RAW_TEXT.match(self.visible, self.at):
            self._take_text(Text(found.group(), self._span(found.end())))
        elif self._closes(name):
            self._take_markup()
        else:
            self._take_text(Text("<", self._span(self.at + 1)))

    def _take_other(self) -> None:
        if token := self.code.get(self.at):
            self._take_code(token)
        else:
            self._take_markup()

    def _take(self, node: Text | Comment | Declaration | Stray) -> None:
        self.nest.add(node)
        self.at = node.span.end

    def _take_text(self, text: Text) -> None:
        """Take a text; a browser may read "<" in a style sheet, MJML does not."""
        if self.dialect is Dialect.MJML and (sign := text.text.find("<")) >= 0:
            reason = _("MJML cannot read the sign “<” here")
            at = self.at + sign
            self.faults.append(Fault("sign-in-text", reason, Span(at, at + 1)))
        self._take(text)

    def _take_markup(self) -> None:
        sign = self.visible[self.at + 1 : self.at + 2]
        if sign == "/" and (found := _CLOSING.match(self.visible, self.at)):
            span = Span(*found.span())
            self.nest.close(found[1], self._text(span), span)
            self.at = span.end
        elif sign.isascii() and sign.isalpha():
            self._take_tag()
        elif sign in {"!", "?"}:
            self._take_piece()
        else:
            self._take_sign()

    def _take_piece(self) -> None:
        """Take a comment or a declaration, which end where their own marks say."""
        for mark, ending in _PIECES:
            if self.visible.startswith(mark, self.at):
                end = self._find(ending, self.at + len(mark))
                if end < 0:
                    break
                span = self._span(end + len(ending))
                self._require_balance(span)
                kind = Comment if mark == "<!--" else Declaration
                self._take(kind(self._text(span), span))
                return
        self._take_sign()

    def _find(self, ending: str, at: int) -> int:
        """Find ``ending``; what was not found once is not looked for again."""
        if ending in self.missing:
            return -1
        found = self.visible.find(ending, at)
        if found < 0:
            self.missing.add(ending)
        return found

    def _take_tag(self) -> None:
        tag, end, faults = read_tag(self.source, self.visible, self.code, self.at)
        self.faults += faults
        if tag is None:
            self._take(Stray(self.source[self.at : end], self._span(end)))
            return
        if self.visible.find(HIDDEN, self.at, end) >= 0:
            for attribute in tag.attributes:
                if attribute.has_code:
                    start, stop = attribute.value_span
                    self._require_balance(Span(self.at + start, self.at + stop))
        self._open(tag)
        self.at = end

    def _open(self, tag: StartTag) -> None:
        if self.dialect is Dialect.MJML and not tag.is_plain:
            self.faults += odd_names(tag)
        self.nest.open(tag)

    def _take_sign(self) -> None:
        """Take a "<" that begins nothing."""
        span = self._span(self.at + 1)
        if self.visible.startswith("<!--", self.at):
            code, reason = "comment-unclosed", _("this comment is never closed")
        elif self.visible.startswith("</", self.at):
            code, reason = "tag-broken", _("this end tag is not finished")
        else:
            code, reason = "sign-in-text", _("write “&lt;” for the sign “<” in a text")
        self.faults.append(Fault(code, reason, span))
        self._take(Stray("<", span))

    def _take_code(self, token: Token) -> None:
        self.at = token.span.end
        said = read_construct(token.text)
        match said.tag:
            case Tag.OUTPUT:
                self.nest.add(Output(token.text, token.span))
            case Tag.COMMENT:
                self.nest.add(Remark(token.text, token.span))
            case Tag.IF | Tag.FOR:
                self.nest.open_block(said.tag, token.text, token.span)
            case Tag.ELIF | Tag.ELSE:
                self.nest.next_arm(said.tag, token.text, token.span)
            case Tag.END_IF | Tag.END_FOR:
                self.nest.close_block(said.tag, token.text, token.span)
            case _:
                self.nest.add(Statement(token.text, token.span))

    def _require_balance(self, span: Span) -> None:
        """Refuse a block that begins in an attribute or comment and ends elsewhere."""
        open_blocks: list[Tag] = []
        for token in self._code_in(span):
            tag = read_construct(token.text).tag
            if tag in {Tag.IF, Tag.FOR}:
                open_blocks.append(tag)
            elif tag in {Tag.ELIF, Tag.ELSE, Tag.END_IF, Tag.END_FOR}:
                if not open_blocks:
                    self._refuse_split(token)
                elif tag in {Tag.END_IF, Tag.END_FOR}:
                    open_blocks.pop()
        if open_blocks:
            self._refuse_split(self._code_in(span)[0])

    def _refuse_split(self, token: Token) -> None:
        reason = _("the block has to begin and end in the same attribute or comment")
        self.faults.append(Fault("block-split", reason, token.span))

    def _code_in(self, span: Span) -> list[Token]:
        found: list[Token] = []
        at = self.visible.find(HIDDEN, span.start, span.end)
        while at >= 0:
            found.append(self.code[at])
            at = self.visible.find(HIDDEN, found[-1].span.end, span.end)
        return found

    def _closes(self, name: str) -> bool:
        end = self.at + 2 + len(name)
        return self.source[self.at : end].lower() == f"</{name}"

    def _span(self, end: int) -> Span:
        return Span(self.at, end)

    def _text(self, span: Span) -> str:
        return self.source[span.start : span.end]
