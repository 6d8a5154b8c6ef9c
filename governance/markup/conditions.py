"""Conditions as questions with a few answers each, so that forms can be counted.

"interview.mode" that is compared with "video" and "phone" is one question with three
answers: video, phone, something else. So no form of a message has both at once, and
``x`` and ``not x`` never hold together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from jinja2 import nodes

from governance.texts import _

Constant: TypeAlias = str | int | float | bool | None

SOME: Final = "some"  # it is there, or it holds
NONE: Final = "none"  # it is missing, empty or does not hold
OTHER: Final = "other"  # none of what it is compared with
ONE: Final = "one"  # a list of one
TWO: Final = "two"  # a list of two

_SIGNS: Final = {
    "eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">=",
    "in": "in", "notin": "not in",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asks:
    """Whether what ``key`` names is there, or is one of ``constants``."""

    key: str
    constants: tuple[Constant, ...] | None = None


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    part: "Formula"


@dataclass(frozen=True, slots=True)
class Both:
    """Both of two."""

    left: "Formula"
    right: "Formula"


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of two."""

    left: "Formula"
    right: "Formula"


Formula: TypeAlias = Asks | Not | Both | Either | bool


@dataclass(frozen=True, slots=True)
class Undecided:
    """The question that has to be answered first."""

    key: str


@dataclass(slots=True)
class Question:
    """What is asked of one name over a whole text.

    Attributes:
        constants: What it is compared with.
        is_asked: Whether it is asked if it is there at all.
        is_looped: Whether it is looped over.
        is_name: Whether it is a plain name, and not a whole expression.
    """

    constants: dict[Constant, None] = field(default_factory=dict)
    is_asked: bool = False
    is_looped: bool = False
    is_name: bool = True

    def answers(self) -> tuple[str, ...]:
        """Return every answer, the most telling first."""
        if self.is_looped:
            return (ONE, TWO, NONE)
        if not self.constants:
            return (SOME, NONE)
        rest = (OTHER, NONE) if self.is_asked else (OTHER,)
        return (*map(_spelled, self.constants), *rest)


@dataclass(slots=True)
class Questions:
    """Every question of a text; reads conditions as they come.

    Attributes:
        by_key: The questions asked so far.
        aliases: What ``{% set %}`` gave a name to, once and for all.
    """

    by_key: dict[str, Question] = field(default_factory=dict)
    aliases: dict[str, nodes.Node] = field(default_factory=dict)

    def loop(self, node: nodes.Node) -> str:
        """Return the question behind a loop."""
        key = self._key(node)
        self._question(key, node).is_looped = True
        return key

    def formula(  # noqa: PLR0911 -- one for each kind of node
        self, node: nodes.Node
    ) -> Formula:
        """Return what has to hold for ``node`` to be true."""
        node = self._meant(node)
        match node:
            case nodes.Const():
                return bool(node.value)
            case nodes.Not():
                return Not(self.formula(node.node))
            case nodes.And():
                return Both(self.formula(node.left), self.formula(node.right))
            case nodes.Or():
                return Either(self.formula(node.left), self.formula(node.right))
            case nodes.Test(name="defined"):
                return self._asked(node.node)
            case nodes.Test(name="undefined" | "none"):
                return Not(self._asked(node.node))
            case nodes.Compare(ops=[nodes.Operand() as operand]):
                compared = self._compared(node.expr, operand)
                return self._asked(node) if compared is None else compared
            case _:
                return self._asked(node)

    def _asked(self, node: nodes.Node) -> Formula:
        key = self._key(node)
        self._question(key, node).is_asked = True
        return Asks(key)

    def _compared(self, left: nodes.Node, operand: nodes.Operand) -> Formula | None:
        right = operand.expr
        if isinstance(left, nodes.Const) and operand.op in {"eq", "ne"}:
            left, right = right, left
        if (constants := _constants(right, operand.op)) is None:
            return None
        key = self._key(left)
        self._question(key, left).constants.update(dict.fromkeys(constants))
        asks = Asks(key, constants)
        return Not(asks) if operand.op in {"ne", "notin"} else asks

    def _question(self, key: str, node: nodes.Node) -> Question:
        question = self.by_key.setdefault(key, Question())
        question.is_name = isinstance(self._meant(node), nodes.Name | nodes.Getattr)
        return question

    def _key(self, node: nodes.Node) -> str:
        return spelled(self._meant(node))

    def _meant(self, node: nodes.Node) -> nodes.Node:
        for _step in self.aliases:
            if isinstance(node, nodes.Name) and node.name in self.aliases:
                node = self.aliases[node.name]
        return node


def decide(
    formula: Formula,
    answers: Mapping[str, str],
    known: Mapping[str, Constant],
) -> bool | Undecided:
    """Tell whether ``formula`` holds, or which question has to be answered first.

    ``known`` are the values that a loop gives: "loop.first" and its like.
    """
    match formula:
        case bool():
            return formula
        case Asks():
            return _answered(formula, answers, known)
        case Not():
            part = decide(formula.part, answers, known)
            return part if isinstance(part, Undecided) else not part
        case Both() | Either():
            left = decide(formula.left, answers, known)
            if isinstance(left, Undecided) or left is isinstance(formula, Either):
                return left
            return decide(formula.right, answers, known)


def label(key: str, question: Question, answer: str) -> str:
    """Say to people what an answer means."""
    if question.is_looped:
        texts = {
            ONE: _("one of {name}"),
            TWO: _("two of {name}"),
            NONE: _("none of {name}"),
        }
        return texts[answer].format(name=key)
    if answer == OTHER:
        return _("{name} is something else").format(name=key)
    if answer in {SOME, NONE} and question.is_name:
        text = _("{name} is there") if answer == SOME else _("{name} is missing")
        return text.format(name=key)
    if answer in {SOME, NONE}:
        text = _("{condition}") if answer == SOME else _("not {condition}")
        return text.format(condition=key)
    return _("{name} is {value}").format(name=key, value=answer.removeprefix("="))


def keys_of(formula: Formula) -> frozenset[str]:
    """Return the questions that ``formula`` asks."""
    match formula:
        case bool():
            return frozenset()
        case Asks():
            return frozenset({formula.key})
        case Not():
            return keys_of(formula.part)
        case Both() | Either():
            return keys_of(formula.left) | keys_of(formula.right)


def _answered(
    asks: Asks, answers: Mapping[str, str], known: Mapping[str, Constant]
) -> bool | Undecided:
    if asks.key in known:
        value = known[asks.key]
        return bool(value) if asks.constants is None else value in asks.constants
    answer = answers.get(asks.key)
    if answer is None:
        return Undecided(asks.key)
    if asks.constants is not None:
        return answer in map(_spelled, asks.constants)
    return answer != NONE and answer not in {"=", "=0", "=false", "=none"}


def _constants(node: nodes.Node, op: str) -> tuple[Constant, ...] | None:
    match node:
        case nodes.Const() if op in {"eq", "ne"}:
            return (node.value,)
        case nodes.List() | nodes.Tuple() if op in {"in", "notin"}:
            items = [item for item in node.items if isinstance(item, nodes.Const)]
            if len(items) == len(node.items):
                return tuple(item.value for item in items)
            return None
        case _:
            return None


def _spelled(value: Constant) -> str:
    text = str(value).lower() if value is None or isinstance(value, bool) else value
    return f"={text}"


def spelled(node: nodes.Node) -> str:  # noqa: PLR0911 -- one for each kind of node
    """Write an expression again, in one way for all that mean the same."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{spelled(node.node)}.{node.attr}"
        case nodes.Getitem(arg=nodes.Const(value=str() as key)):
            return f"{spelled(node.node)}.{key}"
        case nodes.Const():
            return f"“{node.value}”" if isinstance(node.value, str) else str(node.value)
        case nodes.Not():
            return f"not {spelled(node.node)}"
        case nodes.And() | nodes.Or():
            word = "and" if isinstance(node, nodes.And) else "or"
            return f"{spelled(node.left)} {word} {spelled(node.right)}"
        case nodes.Compare():
            rest = (f" {_SIGNS[each.op]} {spelled(each.expr)}" for each in node.ops)
            return spelled(node.expr) + "".join(rest)
        case nodes.Test() | nodes.Filter():
            sign = " is " if isinstance(node, nodes.Test) else "|"
            inside = ", ".join(spelled(item) for item in node.args or ())
            before = spelled(node.node) if node.node is not None else ""
            return f"{before}{sign}{node.name}" + (f"({inside})" if inside else "")
        case _:
            return repr(node)
