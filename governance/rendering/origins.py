"""What an expression can print: which fields' values, and which texts of the author's.

Names that a template sets or loops over are followed to what they stand for, through
every branch and whatever the order: a name means all that it is given anywhere. What
cannot be followed counts as a value of anyone's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from unicodedata import normalize

from jinja2 import nodes

from governance.content.fields import Fields
from governance.content.shapes import FieldType
from governance.markup.expression import Tag, read_construct
from governance.names import FieldName

# A letter from here stands for the value of a field, by the number of its name; from
# the second one on, for that of a field of type url.
_VALUES: Final = 0xF0000
_ADDRESSES: Final = 0x100000
MOST_WAYS: Final = 64
_NUMBER: Final = frozenset({"0"})
# Filters that change a text's letters, and neither its words nor what begins it.
_SPELLING: Final = frozenset({"capitalize", "lower", "title", "trim", "upper"})


@dataclass(frozen=True, slots=True)
class _Binding:
    """What a name is given: an expression, or each item of one."""

    expression: nodes.Node | None
    is_item: bool = False


@dataclass(slots=True)
class Origins:
    """What the names of one text stand for."""

    fields: Fields
    bindings: Mapping[str, list[_Binding]]
    names: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, constructs: Iterable[str], fields: Fields) -> "Origins":
        """Read what the constructs of a text set and loop over."""
        bindings: dict[str, list[_Binding]] = {}
        for text in constructs:
            if not text.startswith("{%"):
                continue
            said = read_construct(text)
            is_single = len(said.targets) == 1
            for target in map(_as_python, said.targets):
                given = said.expression if is_single else None
                binding = _Binding(given, is_item=said.tag is Tag.FOR)
                bindings.setdefault(target, []).append(binding)
        return cls(fields, bindings)

    def name(self, letter: str) -> str:
        """Return the name of the field whose value ``letter`` stands for."""
        return self.names[ord(letter) % (_ADDRESSES - _VALUES)]

    def printed(self, expression: nodes.Node | None) -> frozenset[str]:
        """Return all that ``expression`` can print, a letter for each value."""
        return self._printed(expression, frozenset())

    def _printed(  # noqa: PLR0911 -- one case a kind of node
        self, node: nodes.Node | None, within: frozenset[str]
    ) -> frozenset[str]:
        match node:
            case nodes.Const():
                return frozenset({_without_letters(str(node.value))})
            case nodes.CondExpr():
                other = self._printed(node.expr2, within) if node.expr2 else {""}
                return self._few(self._printed(node.expr1, within) | other, node)
            case nodes.And() | nodes.Or():
                both = (node.left, node.right)
                return self._few(_all(self._printed(n, within) for n in both), node)
            case nodes.Concat():
                made = frozenset({""})
                for part in node.nodes:
                    ends = self._printed(part, within)
                    made = self._few({m + e for m in made for e in ends}, node)
                return made
            case nodes.Filter():
                return self._filtered(node, within)
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                return self._chained(node, within)
            case nodes.Not() | nodes.Compare() | nodes.Test():
                return frozenset({"True", "False"})
            case nodes.BinExpr() | nodes.UnaryExpr():
                return _NUMBER
            case _:
                return self._unknown(node)

    def _filtered(self, node: nodes.Filter, within: frozenset[str]) -> frozenset[str]:
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            return self._unknown(node)
        if node.name in {"count", "length"}:
            return _NUMBER
        if node.name in _SPELLING and not node.args and not node.kwargs:
            return self._printed(node.node, within)
        if node.name in {"d", "default"}:
            given = [node.node, *node.args, *(pair.value for pair in node.kwargs)]
            given += [] if len(given) > 1 else [nodes.Const("")]
            return self._few(_all(self._printed(n, within) for n in given), node)
        if node.name in {"first", "last"} and node.node is not None:
            return self._item(node.node, within)
        return self._unknown(node)

    def _item(self, node: nodes.Node, within: frozenset[str]) -> frozenset[str]:
        """Return what one item of ``node`` can print."""
        if isinstance(node, nodes.List | nodes.Tuple):
            return self._few(_all(self._printed(n, within) for n in node.items), node)
        return self._unknown(node)

    def _chained(self, node: nodes.Node, within: frozenset[str]) -> frozenset[str]:
        chain = _chain(node)
        root, _dot, rest = chain.partition(".")
        if not root:
            inside = node.node if isinstance(node, nodes.Getitem) else node
            return self._unknown(inside)
        found: frozenset[str] = frozenset()
        for binding in self.bindings.get(root, ()):
            given = binding.expression
            if root in within or given is None:
                found |= self._value(chain)
            elif rest:
                base = "" if binding.is_item else _chain(given)
                found |= (
                    self._followed(f"{base}.{rest}", within | {root})
                    if base
                    else self._unknown(given)
                )
            elif binding.is_item:
                found |= self._item(given, within | {root})
            else:
                found |= self._printed(given, within | {root})
        if root == "loop":
            return self._few(found | {"0", "True", "False"}, node)
        known = self.fields.get(FieldName(chain))
        if known is not None and known.type is FieldType.URL:
            found |= self._value(chain, _ADDRESSES)
        elif known is not None or root not in self.bindings:
            found |= self._value(chain)
        return self._few(found, node)

    def _followed(self, chain: str, within: frozenset[str]) -> frozenset[str]:
        root, *rest = chain.split(".")
        node: nodes.Expr = nodes.Name(root, "load")
        for attribute in rest:
            node = nodes.Getattr(node, attribute, "load")
        return self._chained(node, within)

    def _unknown(self, node: nodes.Node | None) -> frozenset[str]:
        """Return a value of whatever ``node`` names first."""
        return self._value(_first_name(node))

    def _value(self, name: str, first: int = _VALUES) -> frozenset[str]:
        if name not in self.names:
            self.names.append(name)
        return frozenset({chr(first + self.names.index(name))})

    def _few(self, found: Iterable[str], node: nodes.Node | None) -> frozenset[str]:
        ways = frozenset(found)
        return ways if len(ways) <= MOST_WAYS else self._unknown(node)


def is_value(letter: str) -> bool:
    """Tell whether a letter stands for a value."""
    return ord(letter) >= _VALUES


def is_address(letter: str) -> bool:
    """Tell whether a letter stands for the value of a field of type url."""
    return ord(letter) >= _ADDRESSES


def _without_letters(text: str) -> str:
    """Keep the author's own text from looking like a value."""
    return "".join("?" if is_value(letter) else letter for letter in text)


def _all(found: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*found)


def _chain(node: nodes.Node | None) -> str:
    """Return "a.b.c" for names joined by dots or by ["…"], else ""."""
    attributes: list[str] = []
    while node is not None:
        match node:
            case nodes.Name():
                return ".".join([_as_python(node.name), *reversed(attributes)])
            case nodes.Getattr():
                attributes.append(node.attr)
            case nodes.Getitem(arg=nodes.Const(value=str() as key)):
                attributes.append(key)
            case _:
                return ""
        node = node.node
    return ""


def _as_python(name: str) -> str:
    """Return a name as Python reads it: wide letters are the narrow ones to it."""
    return name if name.isascii() else normalize("NFKC", name)


def _first_name(node: nodes.Node | None) -> str:
    if node is None:
        return "…"
    if chain := _chain(node):
        return chain
    inside = (_first_name(child) for child in node.iter_child_nodes())
    return next((name for name in inside if name != "…"), "…")
