"""Whether an element's attributes are MJML: unknown ones, ones that say nothing."""

from collections.abc import Iterator
from functools import lru_cache

from governance.markup import grammar
from governance.markup.expression import read_construct
from governance.markup.faults import Fault
from governance.markup.lex import Kind, lex
from governance.markup.tree import Attribute, Element
from governance.texts import _, quoted


def attribute_faults(element: Element, *, is_default: bool) -> Iterator[Fault]:
    """Return what is wrong with the attributes of an element that MJML has.

    ``is_default`` is for one in the list of defaults, which says no more than it wants.
    """
    for item in element.inside:
        if isinstance(item, Attribute):
            yield from _attribute(element, item)
        elif item.is_code:
            reason = _("put the condition inside of an attribute's value")
            yield Fault("mjml-code-in-tag", reason, element.here(item.span))
    if is_default:
        return
    for name in grammar.required(element.name):
        if element.attribute(name) is None:
            reason = _("“<{element}>” needs “{name}”").format(
                element=element.name, name=name
            )
            yield Fault("mjml-missing-attribute", reason, element.tag_span)


def _attribute(within: Element, attribute: Attribute) -> Iterator[Fault]:
    element, name = within.name, attribute.name
    kind = grammar.kind(element, name)
    if kind is None:
        close = grammar.closest(name, grammar.attributes(element))
        reason = _("“<{element}>” has no attribute “{name}”")
        if close:
            reason = _("“<{element}>” has no attribute “{name}”; is “{other}” meant?")
        told = reason.format(element=element, name=name, other=close)
        span = within.here(attribute.name_span)
        yield Fault("mjml-unknown-attribute", told, span)
    elif attribute.has_code:
        if not (kind.is_free or _is_brand_only(attribute.value)):
            reason = _(
                "“{name}” has to be the same for everyone: MJML lays out the message "
                "before anyone's values are known"
            ).format(name=name)
            span = within.here(attribute.value_span)
            yield Fault("mjml-computed-attribute", reason, span)
    elif not (attribute.equals and kind.fits(attribute.value)):
        reason = _("“{name}” has to be {kind}").format(name=name, kind=_described(kind))
        span = attribute.value_span if attribute.value else attribute.name_span
        yield Fault("mjml-bad-value", reason, within.here(span))


def _described(kind: grammar.Kind) -> str:
    if kind.choices:
        choices = ", ".join(quoted(choice) for choice in kind.choices if choice)
        return _("one of {choices}").format(choices=choices)
    words = {
        "color": _("a colour such as #0b5cad"),
        "integer": _("a whole number"),
        "boolean": _("true or false"),
    }
    if kind.name in words:
        return words[kind.name]
    if kind.name.endswith("}"):
        return _("one to four sizes such as “10px 25px”")
    return _("a size such as “10px”")


@lru_cache(maxsize=1024)
def _is_brand_only(value: str) -> bool:
    """Tell whether the value holds no Jinja but the brand's, known at compile time."""
    return all(
        token.is_output
        and all(
            use.name.startswith("brand.") for use in read_construct(token.text).names
        )
        for token in lex(value)
        if token.kind is Kind.JINJA
    )
