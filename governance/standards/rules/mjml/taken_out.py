"""``mjml.taken-out``: what acts by itself, and what every mail client takes out."""

from collections.abc import Iterator, Mapping
from typing import Final

from governance.markup.parse import parse
from governance.markup.tree import Element
from governance.standards.checked import Checked, Part
from governance.standards.finding import Finding, Severity
from governance.standards.rules.mjml.wanted import head_of, shown_elements
from governance.texts import N_, _

_SCRIPTS: Final = N_(
    "No mail client runs a script; it is taken out, or the mail blocked."
)
_FRAMES: Final = N_("No mail client shows “<{element}>”: what is in it is not seen.")
_FORMS: Final = N_("Most mail clients take forms out; link to a page that has one.")
_LINKS: Final = N_(
    "Mail clients take “<{element}>” out: nothing is loaded or set by it."
)

_SAID: Final[Mapping[str, str]] = {
    "script": _SCRIPTS,
    **dict.fromkeys(
        ("iframe", "frame", "object", "embed", "applet", "portal"), _FRAMES
    ),
    **dict.fromkeys(("form", "input", "select", "textarea"), _FORMS),
    **dict.fromkeys(("link", "base"), _LINKS),
}


def taken_out(checked: Checked) -> Iterator[Finding]:
    """Find what no candidate gets to see, or what makes a mail suspicious."""
    for part in checked.parts:
        if part.dialect is None or part.expanded is None:
            continue
        for element in shown_elements(parse(part.expanded.text, part.dialect).nodes):
            yield from _judged(checked, part, element)


def _judged(checked: Checked, part: Part, element: Element) -> Iterator[Finding]:
    said = _SAID.get(element.name)
    if element.name == "meta" and element.attribute("http-equiv") is not None:
        equivalent = element.attribute("http-equiv")
        is_refresh = equivalent is not None and "refresh" in equivalent.value.lower()
        said = _LINKS if is_refresh else None
    if said is None:
        return
    yield checked.at(
        "mjml.taken-out",
        Severity.WARNING,
        _(said).format(element=element.name),
        part.place(head_of(element)),
        part,
    )
