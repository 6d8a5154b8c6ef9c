"""A template without its words: whoever types words waits for no new code.

Jinja takes longer to make code of a mail than to render it a hundred times, and most of
what is typed are words. So they are taken out first, the code is made of what is left
and kept, and each text that it prints gets its words back. A recipient's values are not
looked at: only what a template wrote can hold a mark, which nobody can guess.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Final

from governance.errors import MarkupError
from governance.markup.lex import Kind, lex

_OPEN: Final = f"\ufdd0{token_hex(8)}:"
_CLOSE: Final = "\ufdd1"
_MARK: Final = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Outline:
    """What Jinja makes code of, and the words that it never sees.

    Attributes:
        shape: The template with a mark for each text in it; white space around texts
            stays, since Jinja may take it away.
    """

    shape: str
    words: Sequence[str]
    _filled: dict[str, str] = field(default_factory=dict, repr=False)

    def filled(self, piece: str) -> str:
        """Give a piece that the template wrote its words back."""
        if _OPEN not in piece:
            return piece
        found = self._filled.get(piece)
        if found is None:
            found = _MARK.sub(lambda mark: self.words[int(mark[1])], piece)
            self._filled[piece] = found
        return found


def outlined(source: str) -> Outline:
    """Take the words out of a template; what cannot be read keeps them."""
    try:
        tokens = lex(source)
    except MarkupError:  # Jinja says what is wrong with it
        return Outline(source, ())
    shape: list[str] = []
    words: list[str] = []
    for token in tokens:
        text = token.text
        core = text.strip() if token.kind is Kind.TEXT else ""
        if not core:
            shape.append(text)
            continue
        begin = text.index(core[0])
        shape += [
            text[:begin],
            f"{_OPEN}{len(words)}{_CLOSE}",
            text[begin + len(core) :],
        ]
        words.append(core)
    return Outline("".join(shape), tuple(words))
