"""Every form that a part can take, as text: something stands for each merge field.

What stands there reads like a value, so that a sentence stays one. Brand values are
what they are, since they are compiled into the message.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from jinja2 import nodes

from governance.content.brand import BRAND, Brand
from governance.content.fields import Fields
from governance.content.shapes import FieldType
from governance.kept import kept_texts
from governance.markup.branches import Branch, Piece, branches
from governance.markup.expression import read_construct
from governance.markup.lex import Kind, lex
from governance.markup.mapped import MappedText, Place
from governance.names import FieldName, Locale
from governance.standards.expressions import chain_of
from governance.standards.finding import NOWHERE

# Every way of every condition is in at least one form: so few are mostly enough for it,
# and where they are not, as many as it takes up to markup's own limit.
FEW_FORMS: Final = 12

_NOUN: Final = "Robin"
_STANDING: Final[Mapping[FieldType, tuple[str, str]]] = {
    FieldType.DATE: ("3 December 2026", "3. Dezember 2026"),
    FieldType.TIME: ("10:00", "10:00"),
    FieldType.MOMENT: ("3 December 2026 at 10:00", "3. Dezember 2026 um 10:00"),
    FieldType.DURATION: ("45 minutes", "45 Minuten"),
    FieldType.MONEY: ("£84,000.00", "84.000,00 €"),
    FieldType.NUMBER: ("12", "12"),
    FieldType.BOOLEAN: ("yes", "ja"),
    FieldType.LIST: ("Robin and Kim", "Robin und Kim"),
}
# What a filter makes of a value, whatever its type is.
_FILTERED: Final[Mapping[str, FieldType]] = {
    "date": FieldType.DATE,
    "time": FieldType.TIME,
    "moment": FieldType.MOMENT,
    "money": FieldType.MONEY,
    "duration": FieldType.DURATION,
    "number": FieldType.NUMBER,
    "list": FieldType.LIST,
}
_ZONE: Final = ("Central European Time", "Mitteleuropäische Zeit")


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a part.

    Attributes:
        text: What a candidate would get, as source of a mail or as plain text.
        conditions: What holds in it, each in words.
    """

    text: MappedText
    conditions: tuple[str, ...]

    def place(self, start: int, end: int, path: str) -> Place:
        """Return where the author finds a stretch of the text; ``path`` if nowhere."""
        return self.text.place(start, end) or Place(path, NOWHERE)


def forms_of(
    expanded: MappedText,
    where: Locale,
    fields: Fields,
    brand: Brand,
    *,
    is_markup: bool,
) -> tuple[Form, ...]:
    """Return the forms of a part with all that it includes.

    Raises:
        MarkupError: A construct of Jinja's is not closed, or is none.
    """
    stand_ins = _StandIns(where, fields, brand, is_markup)
    known: dict[int, MappedText] = {}
    found: list[Form] = []
    for branch in _covering(expanded):
        texts: list[MappedText] = []
        for piece in branch.pieces:
            if id(piece) not in known:
                known[id(piece)] = stand_ins.text(piece)
            texts.append(known[id(piece)])
        found.append(Form(MappedText.joined(texts), branch.conditions))
    return tuple(found)


@kept_texts(800_000)
def _covering(expanded: MappedText) -> tuple[Branch, ...]:
    few = branches(expanded, FEW_FORMS)
    pieces = {id(piece): piece for branch in few for piece in branch.pieces}
    shown = {_begin(piece.text) for piece in pieces.values()}
    for token in lex(expanded.text):
        if token.kind is Kind.TEXT and not token.text.isspace():
            begin = _begin(expanded[token.span.start : token.span.end])
            if begin not in shown:  # not reached yet, or never
                return branches(expanded)
    return few


def _begin(text: MappedText) -> Place | None:
    """Return where the first letter of a text stands."""
    at = len(text.text) - len(text.text.lstrip())
    return text.place(at, at + 1)


@dataclass(frozen=True, slots=True)
class _StandIns:
    where: Locale
    fields: Fields
    brand: Brand
    is_markup: bool

    def text(self, piece: Piece) -> MappedText:
        if piece.kind is Kind.TEXT:
            return piece.text
        said = read_construct(piece.text.text)
        if said.expression is None or not piece.text.text.startswith("{{"):
            return MappedText("", ())
        value = self._value(said.expression)
        place = piece.text.place(0, len(piece.text))
        shown = escape(value) if self.is_markup else value
        return MappedText.standing_for(place, shown)

    def _value(self, node: nodes.Node) -> str:  # noqa: PLR0911 -- one for each kind
        match node:
            case nodes.Filter(name="zone"):
                return _ZONE[self.where.startswith("de")]
            case nodes.Filter() if node.name in _FILTERED:
                return self._typed(_FILTERED[node.name])
            case nodes.Filter() if node.node is not None:
                return self._value(node.node)
            case nodes.CondExpr():
                return self._value(node.expr1)
            case nodes.Or() | nodes.And():
                return self._value(node.left)
            case nodes.Const():
                return str(node.value)
            case _:
                return self._named(chain_of(node))

    def _named(self, chain: str) -> str:
        first, _dot, key = chain.partition(".")
        if first == BRAND:
            return self.brand.values.get(key, _NOUN)
        declared = self.fields.get(FieldName(chain)) if chain else None
        if declared is None:
            return _NOUN
        if declared.type in _STANDING:
            return self._typed(declared.type)
        return str(declared.sample) or _NOUN

    def _typed(self, kind: FieldType) -> str:
        return _STANDING[kind][self.where.startswith("de")]
