"""Filters: unknown ones, and ones that cannot print what they are given."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from jinja2 import nodes

from governance.content.shapes import FieldType
from governance.markup.reading import Use
from governance.names import FieldName, Span
from governance.rendering.formats import LIST_STYLES, STYLES, ZONE_STYLES
from governance.rendering.sandbox import FILTER_NAMES
from governance.standards.checked import Checked, Code, Part
from governance.standards.expressions import chain_of, filters_of
from governance.standards.finding import Finding, Severity, replacement
from governance.texts import _

_WORDS: Final = frozenset(
    [
        *(FieldType.TEXT, FieldType.PERSON_NAME, FieldType.URL, FieldType.EMAIL),
        FieldType.PHONE,
    ]
)
_LIST: Final = frozenset([FieldType.LIST])
_TAKES: Final[Mapping[str, frozenset[FieldType]]] = {
    "date": frozenset([FieldType.DATE, FieldType.MOMENT]),
    "time": frozenset([FieldType.TIME, FieldType.MOMENT]),
    "moment": frozenset([FieldType.MOMENT]),
    "zone": frozenset([FieldType.MOMENT]),
    "money": frozenset([FieldType.MONEY]),
    "list": _LIST,
    "duration": frozenset([FieldType.DURATION]),
    "number": frozenset([FieldType.NUMBER]),
    "join": _LIST,
    "first": _LIST,
    "last": _LIST,
    "lower": _WORDS,
    "upper": _WORDS,
    "title": _WORDS,
    "capitalize": _WORDS,
    "trim": _WORDS,
}
_STYLES: Final[Mapping[str, tuple[str, ...]]] = {
    "date": STYLES,
    "time": STYLES,
    "moment": STYLES,
    "zone": ZONE_STYLES,
    "list": LIST_STYLES,
}


def filters(checked: Checked) -> Iterator[Finding]:
    """Judge every filter of every part."""
    for part in checked.parts:
        for code in part.code():
            for use in code.said.filters:
                if use.name not in FILTER_NAMES:
                    yield _unknown(checked, part, code, use)
            if code.said.expression is not None:
                yield from _misused(checked, part, code, code.said.expression)


def _unknown(checked: Checked, part: Part, code: Code, use: Use) -> Finding:
    near = get_close_matches(use.name, sorted(FILTER_NAMES), n=1)
    span = _moved(use.span, code)
    place = part.verbatim(span)
    fixes = [
        replacement(place, name, _("Write “{name}”").format(name=name))
        for name in near
        if place is not None
    ]
    message = _("There is no filter “{name}”; there are {names}.").format(
        name=use.name, names=", ".join(sorted(FILTER_NAMES))
    )
    return checked.at(
        "template.unknown-filter",
        Severity.ERROR,
        message,
        part.place(span),
        part,
        fixes=fixes,
    )


def _misused(
    checked: Checked, part: Part, code: Code, expression: nodes.Node
) -> Iterator[Finding]:
    for node in filters_of(expression):
        if node.node is None:
            continue
        declared = checked.fields.get(FieldName(chain_of(node.node)))
        takes = _TAKES.get(node.name)
        if declared is not None and takes is not None and declared.type not in takes:
            message = _(
                "The filter “{filter}” cannot print “{name}”, which is a {type}."
            ).format(filter=node.name, name=declared.name, type=declared.type.value)
            yield checked.at(
                "template.filter-type",
                Severity.ERROR,
                message,
                part.place(_span_of(code, node.name)),
                part,
            )
        yield from _style(checked, part, code, node)


def _style(
    checked: Checked, part: Part, code: Code, node: nodes.Filter
) -> Iterator[Finding]:
    styles = _STYLES.get(node.name)
    argument = node.args[0] if node.args else None
    if styles is None or not isinstance(argument, nodes.Const):
        return
    if argument.value in styles:
        return
    message = _(
        "The filter “{filter}” has no style “{style}”; it has {styles}."
    ).format(filter=node.name, style=argument.value, styles=", ".join(styles))
    yield checked.at(
        "template.filter-style",
        Severity.ERROR,
        message,
        part.place(_span_of(code, node.name)),
        part,
    )


def _span_of(code: Code, name: str) -> Span:
    use = next((use for use in code.said.filters if use.name == name), None)
    return _moved(use.span, code) if use is not None else code.span


def _moved(span: Span, code: Code) -> Span:
    return Span(code.span.start + span.start, code.span.start + span.end)
