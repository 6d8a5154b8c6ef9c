"""``template.merge-conflict``: marks that a merge left behind."""

import re
from collections.abc import Iterator
from typing import Final

from governance.markup.mapped import Place
from governance.names import Span
from governance.standards.checked import Checked
from governance.standards.finding import Finding, Severity
from governance.texts import _

_MARK: Final = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)


def merge_conflicts(checked: Checked) -> Iterator[Finding]:
    """Find both versions of a text standing one after the other."""
    for part in checked.parts:
        for path in part.files:
            for mark in _MARK.finditer(checked.sources.texts.get(path, "")):
                yield checked.at(
                    "template.merge-conflict",
                    Severity.ERROR,
                    _("A merge left both versions here: keep one, without the marks."),
                    Place(path, Span(*mark.span())),
                    part,
                )
