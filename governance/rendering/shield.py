"""Jinja out of a text before HTML libraries see it, each piece by where it stands.

A construct in a value or in a text becomes a word, a tag between elements a comment, a
condition among attributes one bare attribute. What could not be put back into place,
or would let a recipient's value become code, is refused.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

from governance.markup.expression import Tag, read_construct
from governance.markup.lex import Token
from governance.markup.mapped import MappedText
from governance.names import Span
from governance.rendering.brand_values import Branded, BrandValues, branded
from governance.rendering.safety import SCRIPT
from governance.rendering.shielded import Flaw, Shielded, constructs
from governance.rendering.stand_ins import Form, Hidden, StandIns, free_prefix, stand_in
from governance.rendering.tags import (
    MASK,
    Attribute,
    Kind,
    Piece,
    attributes,
    busy_pieces,
)
from governance.texts import N_

_BEGINS: Final = frozenset({Tag.IF, Tag.FOR})
_ENDS: Final = frozenset({Tag.END_IF, Tag.END_FOR})

MASKED: Final = N_("the character U+E000 cannot be used")
IN_TAG: Final = N_("a merge field stands in a tag only inside the quotes of a value")
IN_END_TAG: Final = N_("an end tag cannot hold Jinja")
IN_MJML_TAG: Final = N_(
    "a condition cannot stand among the attributes of “<{name}>”; put it around the "
    "element, or into a value"
)
UNQUOTED: Final = N_("the value of “{name}” has to stand in quotes")


def shield(source: MappedText, brand: BrandValues, *, is_mjml: bool) -> Shielded:
    """Hide the Jinja of ``source``; the brand's values become text.

    Raises:
        MarkupError: A construct is not closed, or is no Jinja; anything else that is
            wrong is one of the ``flaws``.
    """
    work = _Work(source, tuple(constructs(source.text)), brand, is_mjml)
    work.run()
    stand_ins = StandIns(work.prefix, tuple(work.hidden))
    flaws = sorted(work.flaws, key=lambda flaw: flaw.span)
    return Shielded("".join(work.out), stand_ins, source, work.starts, tuple(flaws))


@dataclass(slots=True)
class _Work:
    """One walk through a text; ``at`` is where it is in the source."""

    source: MappedText
    constructs: Sequence[Token]
    brand: BrandValues
    is_mjml: bool
    prefix: str = ""
    masked: str = ""
    out: list[str] = field(default_factory=list)
    length: int = 0
    starts: list[tuple[int, int]] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    at: int = 0
    taken: int = 0

    def run(self) -> None:
        text = self.source.text
        self.prefix = free_prefix(text + "".join(value for _key, value in self.brand))
        if (mark := text.find(MASK)) >= 0:
            self._tell("mask", MASKED, span=Span(mark, mark + 1))
            return
        at, masked = 0, []
        for token in self.constructs:
            masked += [text[at : token.span.start], MASK]
            at = token.span.end
        self.masked = "".join([*masked, text[at:]])
        plain = 0  # from where there is nothing to hide and nothing to drop
        for piece in busy_pieces(self.masked):
            if self._is_plain(piece):
                continue
            self._write_run(self.masked[plain : piece.start])
            self._take(piece)
            plain = piece.end
        self._write_run(self.masked[plain:])

    def _is_plain(self, piece: Piece) -> bool:
        if piece.kind is Kind.COMMENT:
            return False
        # mrml writes each value in double quotes, whatever is in it.
        is_quoted = piece.kind is Kind.START and self.is_mjml
        return self.masked.find(MASK, piece.start, piece.end) < 0 and not (
            is_quoted and self.masked.find("'", piece.start, piece.end) >= 0
        )

    def _take(self, piece: Piece) -> None:
        match piece.kind:
            case Kind.TEXT:
                self._text(piece)
            case Kind.START:
                self._tag(piece)
            case Kind.COMMENT if not _is_for_clients(self.masked, piece):
                self._note(piece)
            case Kind.COMMENT | Kind.DECLARATION:
                self._value(piece.start, piece.end)
            case Kind.END:
                self._value(piece.start, piece.end, refuses=IN_END_TAG)
            case Kind.RAW:
                self._raw_text(piece)

    # -- where Jinja can stand

    def _text(self, piece: Piece) -> None:
        for run in self._runs(piece.start, piece.end):
            if run != MASK:
                self._write(run, len(run))
                continue
            token, said = self._construct()
            tag = read_construct(token.text).tag
            is_word = tag in {Tag.OUTPUT, Tag.RAW}
            self._put(token, said, Form.WORD if is_word else Form.COMMENT)

    def _tag(self, piece: Piece) -> None:
        at = piece.start
        while attribute := next(attributes(self.masked, piece, at), None):
            self._write_run(self.masked[at : attribute.start])
            if MASK in attribute.name:
                at = self._condition(piece, attribute.start)
            else:
                self._attribute(attribute)
                at = attribute.end
        self._write_run(self.masked[at : piece.end])

    def _attribute(self, attribute: Attribute) -> None:
        begin, end = attribute.value_start, attribute.value_end
        written, value = (
            self.masked[attribute.start : begin],
            self.masked[begin:end],
        )
        quote = written[-1] if written[-1] in {'"', "'"} else ""
        if not quote and MASK in value:
            here = Span(self.at, self.at + len(written))
            self._tell("unquoted-value", UNQUOTED, attribute.name, span=here)
        is_turned = self.is_mjml and quote == "'" and '"' in value
        self._write(f'{written[:-1]}"' if is_turned else written, len(written))
        self._value(begin, end, is_turned=is_turned)
        if end < attribute.end:
            self._write('"' if is_turned else quote, 1)

    def _condition(self, piece: Piece, start: int) -> int:
        """Hide a condition among attributes whole; return where it ends."""
        at = self.masked.index(MASK, start, piece.end)
        self._write_run(self.masked[start:at])
        first = self.constructs[self.taken]
        if read_construct(first.text).tag not in _BEGINS:
            self._tell("jinja-in-tag", IN_TAG, span=first.span)
        elif piece.name.startswith("mj"):
            self._tell("jinja-in-tag", IN_MJML_TAG, piece.name, span=first.span)
        begun, text, depth = self.at, "", 0
        while at < piece.end:
            run = self.masked[at]
            at += 1
            if run != MASK:
                text += run
                self.at += 1
                continue
            token, said = self._construct()
            depth += _step(token)
            text += said.jinja if said.literal is None else escape(said.literal)
            self.at += len(token.text)
            if depth <= 0:
                break
        self._write(" ", 0)
        self._hide(text, Form.WORD, Span(begun, self.at), is_block=True)
        self._write(" ", 0)
        return at

    def _value(
        self, begin: int, end: int, *, is_turned: bool = False, refuses: str = ""
    ) -> None:
        """Hide the Jinja of a value, where every stand-in is a word."""
        for run in self._runs(begin, end):
            if run != MASK:
                text = run.replace('"', "&quot;") if is_turned else run
                self._write(text, len(run))
                continue
            token, said = self._construct()
            if refuses:
                self._tell("jinja-in-tag", refuses, span=token.span)
            self._put(token, said, Form.WORD)

    def _note(self, piece: Piece) -> None:
        """Drop a comment: no candidate should receive an author's notes."""
        for run in self._runs(piece.start, piece.end):
            taken = len(self._construct()[0].text) if run == MASK else len(run)
            self._write("", taken)

    def _raw_text(self, piece: Piece) -> None:
        is_style = piece.name in {"style", "mj-style"}
        for run in self._runs(piece.start, piece.end):
            if run != MASK:
                self._write(run, len(run))
                continue
            token, said = self._construct()
            if piece.name == "script":
                self._tell("script-field", SCRIPT, span=token.span)
            is_css = is_style and token.is_block
            if is_style and said.literal is not None:
                self._write(said.literal, len(token.text))
            else:
                self._put(token, said, Form.CSS if is_css else Form.WORD)

    # -- writing, and keeping the way back

    def _runs(self, begin: int, end: int) -> Iterator[str]:
        at = begin
        while at < end:
            mask = self.masked.find(MASK, at, end)
            if mask < 0:
                yield self.masked[at:end]
                return
            if mask > at:
                yield self.masked[at:mask]
            yield MASK
            at = mask + 1

    def _construct(self) -> tuple[Token, Branded]:
        token = self.constructs[self.taken]
        self.taken += 1
        said = branded(token.text, self.brand)
        if said.fault:
            self.flaws.append(Flaw("brand-name", said.fault, "", token.span))
        return token, said

    def _put(self, token: Token, said: Branded, form: Form) -> None:
        is_silent = token.is_comment and not (token.trims_before or token.trims_after)
        if is_silent:
            self._write("", len(token.text))
        elif said.literal is not None:
            self._write(escape(said.literal), len(token.text))
        else:
            self._hide(said.jinja, form, token.span, is_block=token.is_block)
            self.at = token.span.end

    def _hide(self, text: str, form: Form, span: Span, *, is_block: bool) -> None:
        self.hidden.append(Hidden(text, form, is_block))
        written = stand_in(self.prefix, len(self.hidden) - 1, form)
        self.starts.append((self.length, span.start))
        self.out.append(written)
        self.length += len(written)

    def _write_run(self, run: str) -> None:
        self._write(run, len(run))

    def _write(self, text: str, taken: int) -> None:
        if text:
            self.starts.append((self.length, self.at))
            self.out.append(text)
            self.length += len(text)
        self.at += taken

    def _tell(self, code: str, message: str, name: str = "", *, span: Span) -> None:
        self.flaws.append(Flaw(code, message, name, span))


def _is_for_clients(text: str, piece: Piece) -> bool:
    """Tell a condition for Outlook from a note."""
    return text.startswith(("<!--[if", "<!--<!"), piece.start)


def _step(token: Token) -> int:
    tag = read_construct(token.text).tag
    return (tag in _BEGINS) - (tag in _ENDS)
