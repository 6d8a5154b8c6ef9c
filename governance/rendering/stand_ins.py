"""Stand-ins for Jinja: what HTML libraries see in its place, and the way back.

A stand-in is lower-case letters and digits, so that it can be text, a value or a bare
attribute; between elements it is a comment, in a style sheet a comment of CSS. Its
first letters are chosen so that the author's own text has nothing like it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


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
        return self.pattern.sub(self._jinja, text)

    @property
    def pattern(self) -> re.Pattern[str]:
        """What finds a stand-in, in whatever form."""
        word = rf"{self.prefix}(\d+)qz"
        return re.compile(rf"<!--{word}-->|/\*{word}\*/|{word}")

    def _jinja(self, found: re.Match[str]) -> str:
        return self.hidden[self.number(found)].text

    def number(self, found: re.Match[str]) -> int:
        """Return the number of a stand-in that ``pattern`` found."""
        return int(found[1] or found[2] or found[3])


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
    while re.search(rf"{prefix}\d", text, re.IGNORECASE):
        prefix += "q"
    return prefix
