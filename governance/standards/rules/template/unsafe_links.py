"""``template.unsafe-link``: a link that runs a program or carries a page in itself.

Where a recipient's value begins a link, compiling looks; here is what an author wrote.
It is read as a browser does: entities, tabs and leading signs hide nothing.
"""

import re
from collections.abc import Iterator
from typing import Final

from governance.errors import MarkupError
from governance.markup.lex import Kind, lex
from governance.markup.mapped import Place
from governance.names import Span
from governance.rendering.schemes import LINKS, plain
from governance.standards.checked import Checked
from governance.standards.finding import Finding, Severity
from governance.texts import _

_BAD: Final = re.compile(
    r"(javascript|vbscript|livescript|data|file)\s*:", re.IGNORECASE
)
_PICTURE: Final = re.compile(r"data:image/(?:png|jpe?g|gif|webp)[;,]", re.IGNORECASE)
_PICTURES: Final = frozenset({"src", "background", "poster"})
_LINK: Final = re.compile(
    rf"""(?<![\w:-])({"|".join(sorted(LINKS, key=len, reverse=True))})\s*=\s*"""
    r"""(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""",
    re.IGNORECASE,
)
# What stands for a tag of Jinja: a value may begin after each of them.
_GAP: Final = "\0"
_BEGINNING: Final = re.compile(rf"[^{_GAP}]+")


def unsafe_links(checked: Checked) -> Iterator[Finding]:
    """Find links that no mail client should follow, and that no author needs."""
    for part in checked.parts:
        if part.dialect is None:
            continue
        for path in part.files:
            for scheme, span in _found(checked.sources.texts[path]):
                message = _("A link must not begin with “{scheme}:”.")
                yield checked.at(
                    "template.unsafe-link",
                    Severity.ERROR,
                    message.format(scheme=scheme),
                    Place(path, span),
                    part,
                )


def _found(text: str) -> Iterator[tuple[str, Span]]:
    for link in _LINK.finditer(_without_tags(text)):
        number = next(n for n in (2, 3, 4) if link[n] is not None)
        for begun in _BEGINNING.finditer(link[number]):
            address = plain(begun[0])
            is_picture = link[1].lower() in _PICTURES and _PICTURE.match(address)
            if (bad := _BAD.match(address)) and not is_picture:
                start = link.start(number)
                yield bad[1].lower(), Span(start + begun.start(), start + begun.end())
                break


def _without_tags(text: str) -> str:
    """Blank out Jinja; a text that is broken is told by other rules, and read as is."""
    try:
        tokens = lex(text)
    except MarkupError:
        return text
    return "".join(
        token.text
        if token.kind is Kind.TEXT
        else ("." if token.is_output else _GAP) * len(token.text)
        for token in tokens
    )
