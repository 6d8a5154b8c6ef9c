"""MJML to HTML by mrml, with each of its complaints where the author can find it."""

import re
from functools import lru_cache
from html import unescape
from typing import Final

from mjml import mjml2html

from governance.texts import N_

REFUSED: Final = N_("this is no MJML: {name}")

_POSITION: Final = re.compile(r" in root template(?: at position (\d+):(\d+))?$")
_PANIC: Final = "PanicException"  # of Rust; a BaseException that cannot be imported
_SHEET: Final = re.compile(r"<style type=\"text/css\">(.*?)</style>", re.DOTALL)


class MjmlRefusedError(Exception):
    """mrml cannot read the text.

    Attributes:
        start: The code point that it stopped at; -1 where it says none.
        end: The code point after it.
    """

    def __init__(self, reason: str, start: int, end: int) -> None:
        super().__init__(reason)
        self.start = start
        self.end = end


def to_html(mjml: str) -> str:
    """Return the HTML of a whole MJML document.

    Fonts of the web are never asked for: a mail that loads them tells their host who
    reads it.

    Raises:
        MjmlRefusedError: mrml cannot read it.
    """
    try:
        return mjml2html(mjml, fonts={})
    except BaseException as error:
        if type(error).__name__ == _PANIC:  # a mistake of mrml's, without a place
            raise MjmlRefusedError(_panic(error), -1, -1) from error
        if not isinstance(error, ValueError):
            raise
        message = str(error)
        found = _POSITION.search(message)
        reason = _POSITION.sub("", message)
        if found is None or found[1] is None:
            raise MjmlRefusedError(reason, -1, -1) from error
        data = mjml.encode()  # mrml counts bytes
        start = len(data[: int(found[1])].decode(errors="ignore"))
        end = len(data[: int(found[2])].decode(errors="ignore"))
        raise MjmlRefusedError(reason, start, end) from error


def _panic(error: BaseException) -> str:
    return f"the MJML library fails at it ({error})"


@lru_cache(maxsize=1)
def own_sheets() -> frozenset[str]:
    """Return the sheets that mrml puts into every mail: resets that help no one inline.

    On every cell they would only bring the mail nearer to where Gmail cuts it off.
    """
    html = to_html("<mjml><mj-body></mj-body></mjml>")
    return frozenset(unescape(text) for text in _SHEET.findall(html))
