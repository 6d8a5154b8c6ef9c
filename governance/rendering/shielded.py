"""A text without Jinja, with the way back to where its author wrote it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from governance.kept import kept_texts
from governance.markup.expression import Tag, read_construct
from governance.markup.lex import Kind as Lexeme
from governance.markup.lex import Token, lex
from governance.markup.mapped import MappedText
from governance.names import Span
from governance.rendering.stand_ins import StandIns


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a text cannot be compiled.

    Attributes:
        message: A sentence with the placeholder ``name``, not yet translated.
        span: Where it stands in the source of the shield.
    """

    code: str
    message: str
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Shielded:
    """A text without Jinja, and the way back.

    Attributes:
        starts: Where each stretch of ``text`` begins, and where in the source it does.
    """

    text: str
    stand_ins: StandIns
    source: MappedText
    starts: Sequence[tuple[int, int]]
    flaws: tuple[Flaw, ...]

    def origin(self, at: int) -> int:
        """Return which code point of the source the one at ``at`` came from."""
        found = bisect_right(self.starts, at, key=itemgetter(0)) - 1
        if found < 0:
            return 0
        begin, origin = self.starts[found]
        following = self.starts[found + 1 : found + 2]
        end = following[0][1] if following else len(self.source)
        return min(origin + at - begin, end)


@kept_texts(1_000_000)
def constructs(text: str) -> tuple[Token, ...]:
    """Return the constructs; a raw block is one, with all that it holds."""
    found: list[Token] = []
    raw: Token | None = None
    for token in lex(text):
        if token.kind is not Lexeme.JINJA:
            continue
        tag = read_construct(token.text).tag
        if tag is Tag.RAW:
            raw = token
        elif tag is Tag.END_RAW and raw is not None:
            span = Span(raw.span.start, token.span.end)
            found.append(Token(Lexeme.JINJA, text[span.start : span.end], span))
            raw = None
        elif raw is None:
            found.append(token)
    return tuple(found)
