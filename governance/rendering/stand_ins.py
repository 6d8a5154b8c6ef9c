"""Stand-ins for Jinja: what HTML libraries see in its place, and the way back.

A stand-in is lower-case letters and digits, so that it can be text, a value or a bare
attribute; between elements it is a comment, in a style sheet a comment of CSS. Its
first letters are chosen so that the author's own text has nothing like it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from governance.names import Span


class Form(StrEnum):
    """How a stand-in is written where it stands."""

    WORD = "word"
    COMMENT = "comment"
    CSS = "css"


@dataclass(frozen=True, slots=True)
class Hidden:
    """A piece of Jinja that a stand-in stands for.

    Attributes:
        text: The Jinja, letter by letter.
        form: How its stand-in is written.
        is_block: Whether it is a tag ``{% … %}``: losing one would break the message.
    """

    text: str
    form: Form
    is_block: bool


@dataclass(frozen=True, slots=True)
class StandIns:
    """The stand-ins of one text, by their number."""

    prefix: str
    hidden: Sequence[Hidden]

    def write(self, number: int) -> str:
        """Return what stands for the Jinja of that number."""
        return stand_in(self.prefix, number, self.hidden[number].form)

    def restored(self, text: str) -> str:
        """Put each piece of Jinja back, letter by letter."""
        out, at = [], 0
        for number, span in self.found(text):
            out += [text[at : span.start], self.hidden[number].text]
            at = span.end
        return "".join([*out, text[at:]])

    def found(self, text: str) -> tuple[tuple[int, Span], ...]:
        """Return the number and place of each stand-in, in whatever form it is."""
        return _found(self.prefix, text)


@lru_cache(maxsize=8)  # one mail is asked about some times
def _found(prefix: str, text: str) -> tuple[tuple[int, Span], ...]:
    """Look for the first letters, which is quick, and then at their sides."""
    found: list[tuple[int, Span]] = []
    at = 0  # what is before belongs to another one
    for word in re.finditer(rf"{prefix}(\d+)qz", text):
        start, end = word.span()
        if text.startswith("-->", end) and text.endswith("<!--", at, start):
            start, end = start - len("<!--"), end + len("-->")
        elif text.startswith("*/", end) and text.endswith("/*", at, start):
            start, end = start - len("/*"), end + len("*/")
        at = end
        found.append((int(word[1]), Span(start, end)))
    return tuple(found)


def stand_in(prefix: str, number: int, form: Form) -> str:
    """Write the stand-in of a number."""
    match form:
        case Form.WORD:
            return f"{prefix}{number}qz"
        case Form.COMMENT:
            return f"<!--{prefix}{number}qz-->"
        case Form.CSS:
            return f"/*{prefix}{number}qz*/"


def free_prefix(text: str) -> str:
    """Return letters that ``text`` never has before a digit."""
    prefix = "zq"
    if prefix not in text.lower():
        return prefix
    while re.search(rf"{prefix}\d", text, re.IGNORECASE):
        prefix += "q"
    return prefix
