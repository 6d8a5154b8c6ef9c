"""``template.unused-variable``: something is set and never used."""

from collections.abc import Iterator

from governance.markup.expression import Tag
from governance.names import Span
from governance.standards.checked import Checked, Code, Part
from governance.standards.finding import Finding, Severity
from governance.texts import _


def unused_variables(checked: Checked) -> Iterator[Finding]:
    """Find what is set for nothing: most often a typing mistake."""
    for part in checked.parts:
        codes = list(part.code())
        read = {
            use.name.partition(".")[0]
            for code in codes
            for use in (*code.said.names, *code.said.inner_names)
        }
        for code in codes:
            if code.said.tag is Tag.SET:
                yield from _unused(checked, part, code, read)


def _unused(
    checked: Checked, part: Part, code: Code, read: set[str]
) -> Iterator[Finding]:
    for target in code.said.targets:
        if target in read:
            continue
        start = code.span.start + max(0, code.text.find(target))
        yield checked.at(
            "template.unused-variable",
            Severity.WARNING,
            _("“{name}” is set and never used.").format(name=target),
            part.place(Span(start, start + len(target))),
            part,
        )
