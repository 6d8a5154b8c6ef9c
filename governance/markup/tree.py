"""The tree of an MJML or HTML file with its Jinja, in which every byte has its node.

A condition or loop is a node around what stands in it, so that no form of the message
can have broken nesting. Nodes are tuples: a mail has a thousand, and a tuple is made in
half the time of a frozen dataclass. Ask for a node's class; equality does not see it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from governance.markup.faults import Fault
from governance.names import Span


class Dialect(StrEnum):
    """What a file is written in."""

    MJML = "mjml"
    HTML = "html"


class Text(NamedTuple):
    """Text between tags."""

    text: str
    span: Span


class Comment(NamedTuple):
    """A comment of HTML, with whatever it hides: ``<!-- … -->``."""

    text: str
    span: Span


class Declaration(NamedTuple):
    """A doctype, a processing instruction or a CDATA section."""

    text: str
    span: Span


class Output(NamedTuple):
    """A printed value: ``{{ … }}``."""

    text: str
    span: Span


class Statement(NamedTuple):
    """A tag that has no end: ``{% set … %}``, an include, raw's halves."""

    text: str
    span: Span


class Remark(NamedTuple):
    """A comment of Jinja's: ``{# … #}``."""

    text: str
    span: Span


class Stray(NamedTuple):
    """What fits nowhere; each has a fault."""

    text: str
    span: Span


class Attribute(NamedTuple):
    """An attribute of an element; its places are counted from where its tag begins.

    Attributes:
        before: The white space in front of it.
        equals: "=" with the white space around it, "" for a bare name.
        quote: The quotation mark, "" for none.
        value: What stands between the marks, as written; it may hold Jinja.
        name_span: Where its name stands.
        value_span: Where its value stands.
        has_code: Whether its value holds Jinja.
    """

    before: str
    name: str
    equals: str
    quote: str
    value: str
    name_span: Span
    value_span: Span
    has_code: bool


class Loose(NamedTuple):
    """What stands in a tag and is no attribute: Jinja, or a mistake.

    Attributes:
        span: Where, counted from where the tag begins.
    """

    text: str
    span: Span
    is_code: bool


class Element(NamedTuple):
    """An element with its attributes and all that it holds.

    Attributes:
        name: As written.
        inside: Its attributes, and what else stands in its tag.
        tail: How its tag ends: ">", " />".
        closing: Its end tag as written; "" if it has none.
        span: From its first to its last character.
        tag_span: The tag that begins it.
    """

    name: str
    inside: "tuple[Attribute | Loose, ...]"
    tail: str
    children: "tuple[Node, ...]"
    closing: str
    span: Span
    tag_span: Span

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """Its attributes, in order."""
        return tuple(item for item in self.inside if isinstance(item, Attribute))

    def here(self, span: Span) -> Span:
        """Return where a stretch of its tag stands in the text."""
        begin = self.tag_span.start
        return Span(begin + span.start, begin + span.end)

    def attribute(self, name: str) -> Attribute | None:
        """Return the attribute ``name``, or None."""
        return next((item for item in self.attributes if item.name == name), None)


class Arm(NamedTuple):
    """One way through a block.

    Attributes:
        tag: The tag that begins it: ``{% if … %}``, ``{% else %}``.
        span: Where that tag stands.
    """

    tag: str
    span: Span
    children: "tuple[Node, ...]"


class Condition(NamedTuple):
    """An ``{% if %}`` with all its ways.

    Attributes:
        closing: Its end as written; "" if it has none.
    """

    arms: tuple[Arm, ...]
    closing: str
    span: Span


class Loop(NamedTuple):
    """A ``{% for %}``: its body, and the ``{% else %}`` if it has one.

    Attributes:
        closing: Its end as written; "" if it has none.
    """

    arms: tuple[Arm, ...]
    closing: str
    span: Span


Leaf: TypeAlias = Text | Comment | Declaration | Output | Statement | Remark | Stray
Node: TypeAlias = Leaf | Element | Condition | Loop


@dataclass(frozen=True, slots=True)
class Document:
    """A whole file, or a part with all that it includes.

    Attributes:
        faults: What is wrong with its nesting and spelling, in order.
    """

    dialect: Dialect
    nodes: tuple[Node, ...]
    faults: tuple[Fault, ...]

    def elements(self) -> Iterator[Element]:
        """Return every element, in the order of the text."""
        waiting = list(reversed(self.nodes))
        while waiting:
            node = waiting.pop()
            if isinstance(node, Element):
                yield node
            waiting.extend(reversed(children_of(node)))


def children_of(node: Node) -> tuple[Node, ...]:
    """Return what stands in ``node``: of a block, what stands in all its ways."""
    if isinstance(node, Element):
        return node.children
    if isinstance(node, Condition | Loop):
        return tuple(child for arm in node.arms for child in arm.children)
    return ()
