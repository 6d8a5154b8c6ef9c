"""Whether a tree is MJML: unknown tags, misplaced ones, attributes that say nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from governance.errors import Problem
from governance.kept import kept_texts
from governance.markup import grammar
from governance.markup.attributes import attribute_faults
from governance.markup.elements import ATTRIBUTES, COUNTED
from governance.markup.faults import Fault, located
from governance.markup.lex import lex
from governance.markup.mapped import MappedText
from governance.markup.parse import parse
from governance.markup.tree import (
    Comment,
    Condition,
    Declaration,
    Dialect,
    Document,
    Element,
    Loop,
    Node,
    Output,
    Remark,
    Statement,
    Text,
    children_of,
)
from governance.names import Span
from governance.texts import _

_PREFIX: Final = "mj-"
# What MJML reads once, when it compiles.
_FIXED: Final = frozenset({"", "mjml", "mj-head", "mj-attributes"})
_MJML_BEGINS: Final = frozenset("mM")
# Inside of HTML there is nothing to say of these.
_PLAIN: Final = (Text, Output, Statement, Remark)


@dataclass(frozen=True, slots=True)
class _Where:
    """What a node stands in.

    Attributes:
        parent: MJML's element around it; "" for the file itself; None where a partial
            does not know what it will stand in.
        is_html: Whether it is inside of an element that holds HTML.
        block: Whether a condition or loop stands between it and its parent.
    """

    parent: str | None
    is_html: bool = False
    block: bool = False


def problems_of_part(
    text: MappedText, dialect: Dialect, read: Callable[[str], str]
) -> tuple[Problem, ...]:
    """Return all that is wrong with a whole part, in its authors' own files.

    ``text`` is the part with all that it includes.

    Raises:
        MarkupError: A construct of Jinja's is not closed, or is none.
    """
    return located(faults_of(text.text, dialect), text, read)


def faults_of(
    source: str, dialect: Dialect, *, is_partial: bool = False
) -> tuple[Fault, ...]:
    """Return all that is wrong with the markup of ``source``, in its order.

    Raises:
        MarkupError: A construct of Jinja's is not closed, or is none.
    """
    lex(source)
    return _faults_of(source, dialect, is_partial=is_partial)


@kept_texts(1_000_000)
def _faults_of(source: str, dialect: Dialect, *, is_partial: bool) -> tuple[Fault, ...]:
    document = parse(source, dialect)
    if dialect is Dialect.HTML:
        return document.faults
    return tuple(
        sorted(
            [*document.faults, *validate(document, is_partial=is_partial)], key=_start
        )
    )


def validate(document: Document, *, is_partial: bool = False) -> tuple[Fault, ...]:
    """Return what MJML does not allow in ``document``.

    A partial may begin anywhere, with anything that stands in MJML.
    """
    found: list[Fault] = []
    ours: list[Element] = []
    top = _Where(None if is_partial else "")
    waiting = [(node, top) for node in reversed(document.nodes)]
    while waiting:
        node, where = waiting.pop()
        is_html = where.is_html
        if isinstance(node, Element):
            is_ours = node.name[0] in _MJML_BEGINS
            if is_ours:
                ours.append(node)
            if is_ours or not is_html:
                found += _judged(node, where)
        elif is_html and isinstance(node, _PLAIN):
            continue  # most of a mail: nothing is wrong with it, nothing is below it
        else:
            found += _judged(node, where)
        if inside := children_of(node):
            below = _below(node, where)
            waiting.extend([(child, below) for child in reversed(inside)])
    return tuple(found) if is_partial else (*_whole(document, ours), *found)


def _start(fault: Fault) -> tuple[int, int]:
    return fault.span.start, fault.span.end


def _whole(document: Document, ours: Sequence[Element]) -> Iterator[Fault]:
    """Return what is wrong with the file as a whole; ``ours`` are MJML's elements."""
    seen: set[str] = set()
    for element in ours:
        if element.name in {"mjml", "mj-body", "mj-head"}:
            if element.name in seen:
                reason = _("there is a second “<{name}>”").format(name=element.name)
                yield Fault("mjml-misplaced", reason, element.tag_span)
            seen.add(element.name)
    for name in ("mjml", "mj-body"):
        if name not in seen:
            reason = _("the message has no “<{name}>”").format(name=name)
            end = document.nodes[0].span.end if document.nodes else 0
            yield Fault("mjml-incomplete", reason, Span(0, end))
            return


def _below(node: Node, where: _Where) -> _Where:
    match node:
        case Condition() | Loop():
            return _Where(where.parent, is_html=where.is_html, block=True)
        case Element() if where.is_html and not where.block:
            return where
        case Element() if where.is_html or not grammar.is_known(node.name):
            return _Where(where.parent, is_html=True)
        case Element():
            return _Where(node.name, is_html=grammar.holds_html(node.name))
        case _:
            return where


def _judged(node: Node, where: _Where) -> Iterator[Fault]:
    match node:
        case Element():
            yield from _element(node, where)
        case Text() if node.text.strip() and _is_between_elements(where):
            start = node.span.start + len(node.text) - len(node.text.lstrip())
            end = start + len(node.text.strip())
            yield _text_here(where, Span(start, end))
        case Output() if _is_between_elements(where):
            yield _text_here(where, node.span)
        case Declaration():
            reason = _("MJML cannot read this; leave it out")
            yield Fault("mjml-declaration", reason, node.span)
        case Comment() if "--" in node.text[4:-3]:
            reason = _("MJML cannot read a comment with “--” in it")
            yield Fault("mjml-comment", reason, node.span)
        case _:
            pass


def _is_between_elements(where: _Where) -> bool:
    return not where.is_html and where.parent is not None


def _text_here(where: _Where, span: Span) -> Fault:
    reason = _("text cannot stand here: put it into “<mj-text>”")
    if where.parent == "":
        reason = _("nothing can stand outside of “<mjml>”")
    return Fault("mjml-text-here", reason, span)


def _element(element: Element, where: _Where) -> Iterator[Fault]:
    name, span = element.name, element.tag_span
    is_ours = name[0] in _MJML_BEGINS and (
        name.lower() == "mjml" or name.lower().startswith(_PREFIX)
    )
    if where.is_html:
        if is_ours:
            reason = _("“<{name}>” cannot stand in HTML").format(name=name)
            yield Fault("mjml-misplaced", reason, span)
        return
    if not grammar.is_known(name):
        if is_ours:
            yield Fault("mjml-unknown-tag", _unknown(name), span)
        elif where.parent is not None:
            reason = _(
                "“<{name}>” is HTML and cannot stand here: put it into “<mj-text>” or "
                "“<mj-raw>”"
            )
            yield Fault("mjml-html-here", reason.format(name=name), span)
        return
    if where.parent is not None and name not in grammar.children(where.parent):
        yield Fault("mjml-misplaced", _misplaced(name, where.parent), span)
    elif where.block:
        yield from _conditional(element, where)
    is_default = where.parent == "mj-attributes" and name != "mj-class"
    yield from attribute_faults(element, is_default=is_default)


def _unknown(name: str) -> str:
    if name.lower() == "mj-include":
        return _("include a partial with {% include “partials/…” %}")
    close = grammar.closest(name.lower(), ATTRIBUTES)
    if close:
        return _("MJML has no “<{name}>”; is “<{other}>” meant?").format(
            name=name, other=close
        )
    return _("MJML has no “<{name}>”").format(name=name)


def _misplaced(name: str, parent: str) -> str:
    places = ", ".join(f"“<{place}>”" for place in grammar.parents(name))
    if not parent:
        return _("“<{name}>” cannot stand outside of “<mjml>”").format(name=name)
    return _("“<{name}>” cannot stand in “<{parent}>”; it belongs in {places}").format(
        name=name, parent=parent, places=places or "“<mjml>”"
    )


def _conditional(element: Element, where: _Where) -> Iterator[Fault]:
    if element.name in COUNTED.get(where.parent or "", frozenset()):
        reason = _(
            "“<{name}>” cannot stand in a condition inside of “<{parent}>”: its width "
            "is fixed before anyone's values are known. Put the condition around the "
            "whole “<{parent}>”, or inside of “<{name}>”"
        )
        told = reason.format(name=element.name, parent=where.parent)
        yield Fault("mjml-condition-between-columns", told, element.tag_span)
    elif where.parent in _FIXED:
        reason = _("“<{name}>” cannot stand in a condition here").format(
            name=element.name
        )
        yield Fault("mjml-condition-in-head", reason, element.tag_span)
