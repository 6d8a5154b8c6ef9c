"""The plain text of a message as a page."""

import re
from html import escape
from typing import Final

from governance.clients.profile import Canvas

_LINK: Final = re.compile(r"(?:https?://|mailto:)[^\s<>\"'&]+")


def text_page(text: str, canvas: Canvas) -> str:
    """Return ``text`` as a whole document, lines as they are; links can be seen."""
    shown = _LINK.sub(r"<u>\g<0></u>", escape(text, quote=True))
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><style>'
        f"html{{background:{canvas.background};color:{canvas.text}}}"
        "body{margin:16px;font:14px/20px 'JetBrains Mono',monospace}"
        "pre{margin:0;font:inherit;white-space:pre-wrap;overflow-wrap:anywhere}"
        f"</style></head><body><pre>\n{shown}</pre></body></html>"
    )
