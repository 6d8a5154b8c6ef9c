"""What an e-mail should not be without: alternative texts, targets, content."""

from collections.abc import Iterable, Iterator
from typing import Final

from governance.markup import grammar
from governance.markup.parse import parse
from governance.markup.tree import Element, Node, Output, Statement, Text, children_of
from governance.names import Span
from governance.standards.checked import Checked, Part
from governance.standards.finding import Finding, Severity
from governance.texts import _

_TEXTS: Final = frozenset(["mj-text", "mj-button", "h1", "h2", "h3", "a", "li"])
_PICTURES: Final = frozenset(["img", "mj-image", "mj-carousel-image"])


def wanted(checked: Checked) -> Iterator[Finding]:
    """Find pictures without words, buttons without a target, texts without text."""
    for part in checked.parts:
        if part.dialect is None or part.expanded is None:
            continue
        for element in shown_elements(parse(part.expanded.text, part.dialect).nodes):
            yield from _pictures(checked, part, element)
            yield from _targets(checked, part, element)
            yield from _empty(checked, part, element)


def shown_elements(nodes: Iterable[Node]) -> Iterator[Element]:
    """Return the elements that a candidate sees: lists of defaults are none."""
    waiting = [*nodes][::-1]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Element):
            if node.name == "mj-attributes":
                continue
            yield node
        waiting.extend(reversed(children_of(node)))


def _pictures(checked: Checked, part: Part, element: Element) -> Iterator[Finding]:
    if element.name in _PICTURES and element.attribute("alt") is None:
        message = _(
            "The picture has no “alt”: people who cannot see it, or whose mail program "
            'hides it, read nothing. Write alt="" if it only decorates.'
        )
        yield checked.at(
            "mjml.image-alt",
            Severity.ERROR,
            message,
            part.place(head_of(element)),
            part,
        )


def _targets(checked: Checked, part: Part, element: Element) -> Iterator[Finding]:
    names = (
        {"a"} if element.name == "a" else set(grammar.wanted(element.name)) - {"alt"}
    )
    if element.name == "a":
        names = {"href"} if element.attribute("name") is None else set()
    for name in sorted(names):
        attribute = element.attribute(name)
        if attribute is not None and attribute.value.strip() not in {"", "#"}:
            continue
        message = _("“<{element}>” leads nowhere: give it “{name}”.")
        yield checked.at(
            "mjml.no-target",
            Severity.ERROR,
            message.format(element=element.name, name=name),
            part.place(
                element.here(attribute.name_span) if attribute else head_of(element)
            ),
            part,
        )


def _empty(checked: Checked, part: Part, element: Element) -> Iterator[Finding]:
    if element.name not in _TEXTS or _has_content(element):
        return
    if element.name == "a" and element.attribute("name") is not None:
        return
    message = _("“<{element}>” is empty: write its text, or take it out.")
    yield checked.at(
        "mjml.empty-text",
        Severity.WARNING,
        message.format(element=element.name),
        part.place(head_of(element)),
        part,
    )


def _has_content(element: Element) -> bool:
    waiting: list[Node] = list(element.children)
    while waiting:
        node = waiting.pop()
        match node:
            case Text() if node.text.strip():
                return True
            case Output() | Statement():
                return True
            case Element() if node.name in _PICTURES:
                return True
            case _:
                waiting.extend(children_of(node))
    return False


def head_of(element: Element) -> Span:
    """Return where the element's name stands in its tag."""
    start = element.tag_span.start
    return Span(start, start + 1 + len(element.name))
