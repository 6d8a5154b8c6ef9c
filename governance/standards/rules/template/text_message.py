"""Text messages: how many are paid for, dear characters, and what is too private."""

from collections.abc import Iterator
from typing import Final

from governance.content.fields import Sensitivity
from governance.content.template import SMS
from governance.markup.expression import Tag
from governance.markup.mapped import Place
from governance.names import FieldName, Span
from governance.rendering.sms import SmsEncoding, segments
from governance.standards.branching import Seen, once_for_each_rule
from governance.standards.checked import Checked, Part
from governance.standards.finding import NOWHERE, Finding, Severity, replacement
from governance.standards.forms import Form
from governance.texts import _

MOST_SEGMENTS: Final = 2
FAR_TOO_MANY: Final = 5


def text_messages(checked: Checked) -> Iterator[Finding]:
    """Judge every form of every text message, with sample values in it."""
    for part in checked.parts:
        if part.name == SMS:
            yield from _dear(checked, part)
            seen = (
                Seen(finding, number, len(form.text))
                for number, form in enumerate(part.forms)
                for finding in _long(checked, part, form)
            )
            yield from once_for_each_rule(part, seen)


def too_private(checked: Checked) -> Iterator[Finding]:
    """Find what must not be read on a lock screen."""
    for part in checked.parts:
        if part.name != SMS:
            continue
        for code in part.code():
            for use in code.said.names if code.said.tag is Tag.OUTPUT else ():
                declared = checked.fields.get(FieldName(use.name))
                if declared and declared.sensitivity is Sensitivity.SENSITIVE:
                    start = code.span.start
                    span = Span(start + use.span.start, start + use.span.end)
                    message = _(
                        "“{name}” is sensitive: text messages are read on lock screens."
                    ).format(name=use.name)
                    yield checked.at(
                        "template.sms-sensitive",
                        Severity.ERROR,
                        message,
                        part.place(span),
                        part,
                    )


def _long(checked: Checked, part: Part, form: Form) -> Iterator[Finding]:
    text = form.text.text.strip()
    cost = segments(text)
    if not text:
        yield checked.at(
            "template.sms-empty",
            Severity.ERROR,
            _("The text message is empty."),
            Place(part.path, NOWHERE),
            part,
        )
    elif cost.count > MOST_SEGMENTS:
        message = _(
            "About {count} text messages are paid for ({encoding}): say it in "
            "{most} at most, the rest by e-mail."
        ).format(count=cost.count, encoding=cost.encoding.value, most=MOST_SEGMENTS)
        start = len(form.text.text) - len(form.text.text.lstrip())
        yield checked.at(
            "template.sms-length",
            Severity.ERROR if cost.count >= FAR_TOO_MANY else Severity.WARNING,
            message,
            form.place(start, start + len(text), part.path),
            part,
            match=text,
        )


def _dear(checked: Checked, part: Part) -> Iterator[Finding]:
    """Find the author's own characters that make the whole text dearer.

    Where the language itself needs such characters, nothing is said: a replacement
    saves money only if all can be replaced.
    """
    if part.expanded is None:
        return
    written = segments(part.expanded.text)
    costly = [one for one in written.costly if one.forces_ucs2]
    if written.encoding is not SmsEncoding.UCS2 or not all(
        one.replacement is not None for one in costly
    ):
        return
    for one in costly:
        place = part.verbatim(one.span)
        if place is None:
            continue
        plain = one.replacement or ""
        message = _(
            "“{character}” makes the whole text dearer: only 70 characters fit into "
            "one message instead of 160."
        ).format(character=one.character)
        title = _("Write “{plain}”").format(plain=plain) if plain else _("Take it out")
        yield checked.at(
            "template.sms-characters",
            Severity.SUGGESTION,
            message,
            place,
            part,
            fixes=[replacement(place, plain, title)],
        )
