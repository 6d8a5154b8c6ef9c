"""``template.may-be-missing``: an optional field is printed without a way out."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from jinja2 import nodes

from governance.markup.expression import Tag
from governance.names import FieldName, Span
from governance.standards.checked import Checked, Code, Part
from governance.standards.expressions import (
    NOTHING,
    Names,
    chain_of,
    printed,
    there_if_false,
    there_if_true,
)
from governance.standards.finding import Finding, Severity
from governance.texts import _


def may_be_missing(checked: Checked) -> Iterator[Finding]:
    """Find what would stop a message to somebody whose value is missing."""
    for part in checked.parts:
        walk = _Walk(checked, part)
        for code in part.code():
            yield from walk.take(code)


@dataclass(slots=True)
class _Frame:
    """An open block: what is there within, and within its next arm."""

    there: Names
    otherwise: Names


@dataclass(slots=True)
class _Walk:
    checked: Checked
    part: Part
    frames: list[_Frame] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)

    def take(self, code: Code) -> Iterator[Finding]:
        """Go on by one construct."""
        expression = code.said.expression
        match code.said.tag:
            case Tag.IF if expression is not None:
                self._open(there_if_true(expression), there_if_false(expression))
            case Tag.FOR if expression is not None:
                self._open(frozenset([chain_of(expression)]), NOTHING)
            case Tag.ELIF if expression is not None and self.frames:
                before = self.frames.pop().otherwise
                self._open(
                    before | there_if_true(expression),
                    before | there_if_false(expression),
                )
            case Tag.ELSE if self.frames:
                before = self.frames.pop().otherwise
                self._open(before, NOTHING)
            case Tag.END_IF | Tag.END_FOR if self.frames:
                self.frames.pop()
            case Tag.SET if expression is not None:
                named = chain_of(expression)
                self.aliases |= dict.fromkeys(code.said.targets, named)
            case Tag.OUTPUT if expression is not None:
                yield from self._output(code, expression)
            case _:
                pass

    def _output(self, code: Code, expression: nodes.Node) -> Iterator[Finding]:
        for chain in dict.fromkeys(printed(expression, self._there())):
            if self._is_missing(chain):
                yield self._finding(code, chain)

    def _open(self, there: Names, otherwise: Names) -> None:
        self.frames.append(_Frame(there, otherwise))

    def _there(self) -> Names:
        there = NOTHING.union(*(frame.there for frame in self.frames))
        # A variable that holds a field is there when the field is, and the other way.
        named = {self.aliases[name] for name in there if name in self.aliases}
        return there | named

    def _is_missing(self, chain: str) -> bool:
        name = FieldName(self.aliases.get(chain, chain))
        declared = self.checked.fields.get(name)
        return (
            declared is not None
            and declared.optional
            and name not in self._there()
            and declared.fallback_in(self.part.locale) is None
        )

    def _finding(self, code: Code, chain: str) -> Finding:
        use = next((use for use in code.said.names if use.name == chain), None)
        start = code.span.start
        span = code.span
        if use is not None:
            span = Span(start + use.span.start, start + use.span.end)
        message = _(
            "“{name}” may be missing: ask for it with an “if” around it, or give it a "
            "fallback in “fields.toml”."
        )
        return self.checked.at(
            "template.may-be-missing",
            Severity.ERROR,
            message.format(name=self.aliases.get(chain, chain)),
            self.part.place(span),
            self.part,
        )
