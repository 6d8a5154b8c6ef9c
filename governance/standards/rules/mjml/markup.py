"""What is broken in the markup: each fault of markup's own grammar, with a way out.

The rule's name is what markup calls the fault, less its prefix: "mjml.unknown-tag".
"""

import re
from collections.abc import Iterator
from typing import Final

from governance.errors import as_sentence
from governance.markup import grammar
from governance.markup.elements import ATTRIBUTES
from governance.markup.faults import Fault
from governance.markup.validate import faults_of
from governance.names import Span
from governance.standards.checked import Checked, Part
from governance.standards.finding import Finding, Fix, Severity, replacement
from governance.texts import _

_TAG: Final = re.compile(r"<([A-Za-z][\w-]*)")
# Ugly, and harmless to every candidate.
_WARNINGS: Final = frozenset(["attribute-unquoted"])


def markup_faults(checked: Checked) -> Iterator[Finding]:
    """Tell what is broken in each e-mail."""
    for part in checked.parts:
        if part.dialect is None or part.expanded is None:
            continue
        for fault in faults_of(part.expanded.text, part.dialect):
            yield checked.at(
                f"mjml.{fault.code.removeprefix('mjml-')}",
                Severity.WARNING if fault.code in _WARNINGS else Severity.ERROR,
                as_sentence(fault.reason),
                part.place(fault.span),
                part,
                fixes=_fixes(part, fault),
            )


def _fixes(part: Part, fault: Fault) -> Iterator[Fix]:
    assert part.expanded is not None, "it has a fault"
    text = part.expanded.text
    if fault.code == "sign-in-text" and (place := part.verbatim(fault.span)):
        yield replacement(place, "&lt;", _("Write “&lt;”"))
    if fault.code == "mjml-unknown-tag":
        yield from _renamed_tag(part, text, fault.span)
    if fault.code == "mjml-unknown-attribute" and (place := part.verbatim(fault.span)):
        tag = _TAG.search(text, text.rfind("<", 0, fault.span.start))
        element = tag[1] if tag else ""
        name = text[fault.span.start : fault.span.end]
        known = grammar.attributes(element) if grammar.is_known(element) else ()
        if close := grammar.closest(name, known):
            yield replacement(place, close, _("Write “{name}”").format(name=close))


def _renamed_tag(part: Part, text: str, span: Span) -> Iterator[Fix]:
    tag = _TAG.match(text, span.start)
    close = grammar.closest(tag[1].lower(), ATTRIBUTES) if tag else ""
    if tag is None or not close:
        return
    opening = part.verbatim(Span(*tag.span(1)))
    if opening is None:
        return
    fix = replacement(opening, close, _("Write “<{name}>”").format(name=close))
    at = text.find(f"</{tag[1]}", span.end)
    closing = part.verbatim(Span(at + 2, at + 2 + len(tag[1]))) if at >= 0 else None
    if closing is not None:
        ending = replacement(closing, close, fix.title)
        fix = Fix(fix.title, (*fix.edits, *ending.edits))
    yield fix
