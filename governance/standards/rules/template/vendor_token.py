"""``template.vendor-token``: a merge token of another system."""

from collections.abc import Iterator

from governance.markup.mapped import Place
from governance.standards.checked import Checked
from governance.standards.finding import Finding, Severity, replacement
from governance.standards.vendor import tokens_in
from governance.texts import _


def vendor_tokens(checked: Checked) -> Iterator[Finding]:
    """Find tokens that a candidate would read as they stand."""
    for part in checked.parts:
        for path in part.files:
            for token in tokens_in(checked.sources.texts[path], checked.fields):
                place = Place(path, token.span)
                fixes = []
                message = _("“{token}” is another system's token and none of ours.")
                if token.means:
                    ours = f"{{{{ {token.means} }}}}"
                    message = _("“{token}” is another system's token: write {ours}.")
                    title = _("Write {ours}").format(ours=ours)
                    fixes = [replacement(place, ours, title)]
                    message = message.format(token=token.text, ours=ours)
                else:
                    message = message.format(token=token.text)
                yield checked.at(
                    "template.vendor-token",
                    Severity.ERROR,
                    message,
                    place,
                    part,
                    fixes=fixes,
                )
