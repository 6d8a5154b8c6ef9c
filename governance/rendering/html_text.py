"""Where an HTML document begins and ends, and what a person reads of it."""

import re
from html import unescape
from typing import Final

# Each finds comments too, so that what stands in one is passed over.
INSIDE: Final = r"<!--[^-]*+(?:-(?!->)[^-]*+)*+"  # a comment up to its end
_OPENING: Final = re.compile(rf"{INSIDE}-->|<html(?=[\s>])", re.IGNORECASE)
_HEAD_END: Final = re.compile(rf"{INSIDE}-->|</head\s*>", re.IGNORECASE)
_UNSEEN: Final = re.compile(rf"{INSIDE}-->|<[^>]*>")


def root_of(html: str) -> tuple[int, int]:
    """Return where the html element begins and ends; the rest lxml would move."""
    begin, end = 0, len(html)
    for found in _OPENING.finditer(html):
        if not found[0].startswith("<!--"):
            begin = found.start()
            break
    closing = html.lower().rfind("</html")
    if closing > begin and (stop := html.find(">", closing)) > 0:
        end = stop + 1
    return begin, end


def with_sheet(html: str, sheet: str) -> str:
    """Put ``sheet`` at the end of the head, or where lxml makes one."""
    for found in _HEAD_END.finditer(html):
        if not found[0].startswith("<!--"):
            return html[: found.start()] + sheet + html[found.start() :]
    opening = re.match(r"<html[^>]*>", html, re.IGNORECASE)
    at = opening.end() if opening else 0
    return f"{html[:at]}<head>{sheet}</head>{html[at:]}"


def words_of(html: str) -> str:
    """Return what a person reads, and every stand-in for Jinja between it."""
    begin, end = root_of(html)
    return "".join(unescape(_UNSEEN.sub("", html[begin:end])).split())
