"""``template.unknown-field``, ``template.unknown-brand-value``: nothing declares it."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from governance.content.brand import BRAND
from governance.markup.reading import Use
from governance.standards.checked import Checked, Part
from governance.standards.finding import Finding, Fix, Severity, replacement
from governance.texts import _

_SUGGESTIONS = 3


def unknown_names(checked: Checked) -> Iterator[Finding]:
    """Find names that neither fields.toml nor brand.toml has."""
    if checked.broken:  # nothing can be said while the lists cannot be read
        return
    for part in checked.parts:
        for use in part.usage.names if part.usage else ():
            if finding := _judged(checked, part, use):
                yield finding


def _judged(checked: Checked, part: Part, use: Use) -> Finding | None:
    name = use.name
    if name in checked.fields or name.isupper():  # capitals: another system's token
        return None
    first, _dot, key = name.partition(".")
    if first == BRAND and key in checked.brand.values:
        return None
    rule, known = "template.unknown-field", [*checked.fields]
    message = _("There is no merge field “{name}”: “fields.toml” does not have it.")
    if first == BRAND:
        rule = "template.unknown-brand-value"
        known = [f"{BRAND}.{value}" for value in checked.brand.values]
        message = _("“brand.toml” has no value “{name}”.")
    elif inside := checked.fields.within(name):
        message = _("“{name}” is a group of merge fields: name one of them.")
        return checked.at(
            rule,
            Severity.ERROR,
            message.format(name=name),
            part.place(use.span),
            part,
            fixes=_fixes(part, use, inside[:_SUGGESTIONS]),
        )
    near = get_close_matches(name, known, n=_SUGGESTIONS, cutoff=0.6) or [
        one for one in known if one.rpartition(".")[2] == name.rpartition(".")[2]
    ]
    if near:
        message = _("{message} Did you mean “{near}”?").format(
            message=message, near=near[0]
        )
    return checked.at(
        rule,
        Severity.ERROR,
        message.format(name=name),
        part.place(use.span),
        part,
        fixes=_fixes(part, use, near[:_SUGGESTIONS]),
    )


def _fixes(part: Part, use: Use, names: Iterable[str]) -> Iterator[Fix]:
    place = part.verbatim(use.span)
    if place is None:
        return
    for name in names:
        yield replacement(place, name, _("Write “{name}”").format(name=name))
