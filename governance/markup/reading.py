"""What an expression reads, by walking through Jinja's own tree of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from jinja2 import Environment, nodes

from governance.markup.faults import Fault
from governance.names import Span
from governance.texts import _

DEEPEST_EXPRESSION: Final = 40

# Only its lexer is used: nothing is compiled or run here.
_JINJA: Final = Environment(autoescape=True)


class Use(NamedTuple):
    """A name, filter or test where it is used; a tuple, since a mail has hundreds.

    Attributes:
        name: "candidate.first_name"; a filter's or a test's own name.
        span: In the construct's text, its brackets included.
    """

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Word:
    """A chain of names as written: "candidate.first_name", or a filter's name."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the chains of names in a construct, in order; strings are none."""
    words: list[Word] = []
    at = 0
    before = ""
    for _line, name, piece in _JINJA.lex(text):
        start = text.index(piece, at)
        at = start + len(piece)
        if name == "whitespace":
            continue
        if name == "name" and before == "name.":
            last = words.pop()
            words.append(Word(f"{last.text}.{piece}", last.start, at))
        elif name == "name":
            words.append(Word(piece, start, at))
        before = "name." if (before, piece) == ("name", ".") else name
    return tuple(words)


@dataclass(slots=True)
class Reading:
    """Walks an expression without recursion and gathers what it uses."""

    text: str
    filters: list[Use] = field(default_factory=list)
    tests: list[Use] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def read(self, roots: Iterable[nodes.Node]) -> tuple[Use, ...]:
        """Return the names that ``roots`` read, and note the rest."""
        names: list[Use] = []
        waiting = [(root, 0) for root in roots]
        while waiting:
            node, depth = waiting.pop()
            if depth > DEEPEST_EXPRESSION:
                self.fault("jinja-syntax", _("this is too complicated"))
                break
            if chain := self._chain(node):
                names.append(Use(chain, self._find(chain)))
                continue
            match node:
                case nodes.Filter():
                    self.filters.append(Use(node.name, self._find(node.name)))
                case nodes.Test():
                    self.tests.append(Use(node.name, self._find(node.name)))
                case nodes.Call():
                    reason = _("nothing can be called in a message; use a filter")
                    self.fault("jinja-call", reason)
                case nodes.Getattr():
                    self._check_attribute(node.attr)
                case nodes.Getitem(arg=nodes.Const(value=str() as key)):
                    self._check_attribute(key)
                case _:
                    pass
            children = [(child, depth + 1) for child in node.iter_child_nodes()]
            waiting.extend(reversed(children))
        return tuple(names)

    def fault(self, code: str, reason: str) -> None:
        """Note that the construct cannot be used."""
        self.faults.append(Fault(code, reason, Span(0, len(self.text))))

    def _chain(self, node: nodes.Node) -> str:
        """Return "a.b.c" for names joined by dots or by ["…"], else ""."""
        attributes: list[str] = []
        while True:
            match node:
                case nodes.Name():
                    self._check_attribute(node.name)
                    for attribute in attributes:
                        self._check_attribute(attribute)
                    return ".".join([node.name, *reversed(attributes)])
                case nodes.Getattr():
                    attributes.append(node.attr)
                    node = node.node
                case nodes.Getitem(arg=nodes.Const(value=str() as key)):
                    attributes.append(key)
                    node = node.node
                case nodes.Getitem():
                    self._check_subscript(node.arg)
                    return ""
                case _:
                    return ""

    def _check_attribute(self, name: str) -> None:
        if name.startswith("_"):
            reason = _("“{name}” is private to the program").format(name=name)
            self.fault("jinja-private", reason)

    def _check_subscript(self, key: nodes.Node) -> None:
        match key:
            case nodes.Const(value=int()):
                return
            case _:
                reason = _("name the merge field itself instead of computing it")
                self.fault("jinja-computed-name", reason)

    def _find(self, name: str) -> Span:
        """Return where ``name`` stands: its first place that is not taken yet."""
        words = words_of(self.text)
        for exact in (True, False):
            for number, word in enumerate(words):
                is_it = word.text == name if exact else _is_part(word.text, name)
                if is_it and number not in self.used:
                    self.used.add(number)
                    return Span(word.start, word.end)
        return Span(0, len(self.text))


def _is_part(word: str, name: str) -> bool:
    return name.startswith(f"{word}.") or word.startswith(f"{name}.")
