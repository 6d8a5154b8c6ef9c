"""How what was copied is written at a place of a part."""

import re
from typing import Final

from governance.content.pasted import Pasted
from governance.content.template import EMAIL_HTML, EMAIL_MJML

# Elements of MJML that hold text with markup, and those that hold words alone.
_TEXT: Final = frozenset({"mj-text", "mj-raw", "mj-table", "mj-accordion-text"})
_WORDS: Final = frozenset(
    {"mj-button", "mj-title", "mj-preview", "mj-navbar-link", "mj-social-element"}
    | {"mj-accordion-title", "mj-style"}
)
_TAG: Final = re.compile(r"<(/?)(mj-[a-z-]+)\b[^>]*?(/?)>")


def written_into(pasted: Pasted, path: str, source: str, at: int) -> str:
    """Return what is written into the part ``path`` at ``at``.

    HTML inside of a text of a mail, an ``<mj-text>`` around it beside others, words
    alone in a tag, a title or a plain text part.
    """
    name = path.rpartition("/")[2]
    if name not in {EMAIL_MJML, EMAIL_HTML}:
        return pasted.plain()
    if _in_construct(source, at):
        return " ".join(pasted.plain().split())
    line = source[source.rfind("\n", 0, at) + 1 : at]
    indent = line[: len(line) - len(line.lstrip())]
    if name == EMAIL_HTML:
        return pasted.markup(indent)
    inside = _element_at(source, at)
    if inside in _WORDS:
        return " ".join(pasted.plain().split())
    if inside in _TEXT:
        return pasted.markup(indent)
    deeper = f"{indent}  "
    return f"<mj-text>\n{deeper}{pasted.markup(deeper)}\n{indent}</mj-text>"


def _in_construct(source: str, at: int) -> bool:
    """Whether a place lies within a tag or within Jinja."""
    before = source[:at]
    return (
        before.rfind("<") > before.rfind(">")
        or before.rfind("{{") > before.rfind("}}")
        or before.rfind("{%") > before.rfind("%}")
    )


def _element_at(source: str, at: int) -> str:
    """Return the MJML element that a place lies in, "" for none."""
    opened: list[str] = []
    for tag in _TAG.finditer(source, 0, at):
        is_end, name, is_empty = tag.groups()
        if is_end:
            if name in opened:
                del opened[len(opened) - 1 - opened[::-1].index(name) :]
        elif not is_empty:
            opened.append(name)
    return opened[-1] if opened else ""
