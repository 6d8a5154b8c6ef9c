"""From a text to its tree; what is broken is a fault with its place, not an exception.

Jinja's constructs are hidden behind NUL characters, which no source may hold, while
tags are looked for: a quotation mark or a ``>`` in an expression means nothing to HTML.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from governance.markup.expression import Tag, read_construct
from governance.markup.faults import Fault
from governance.markup.lex import Kind, Token, lex
from governance.markup.nesting import Nest
from governance.markup.tags import odd_names, read_tag
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

_TEXT: Final = re.compile(r"[^<\0]+")
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


@lru_cache(maxsize=256)
def _parsed(source: str, dialect: Dialect) -> Document:
    scan = _Scan(source, dialect, lex(source), Nest(dialect, len(source)))
    while scan.at < len(source) and not scan.nest.is_full:
        scan.step()
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

    def step(self) -> None:
        """Take the next piece of the text."""
        raw_name = self.nest.raw_name(_RAW_NAMES)
        found = (_RAW_TEXT if raw_name else _TEXT).match(self.visible, self.at)
        if found is not None:
            self._take_text(Text(found.group(), Span(*found.span())))
        elif token := self.code.get(self.at):
            self._take_code(token)
        elif raw_name and not self._closes(raw_name):
            self._take_text(Text("<", self._span(self.at + 1)))
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
        if tag is not None and self.dialect is Dialect.MJML:
            self.faults += odd_names(tag)
        if tag is None:
            self._take(Stray(self.source[self.at : end], self._span(end)))
            return
        for attribute in tag.attributes:
            if attribute.has_code:
                self._require_balance(attribute.value_span)
        self.nest.open(tag)
        self.at = end

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
