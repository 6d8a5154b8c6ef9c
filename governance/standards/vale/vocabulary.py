"""Words that an organisation accepts or rejects, from Vale's ``accept`` and ``reject``.

A line is a word or a regular expression; a line that begins with ``#`` and a space is a
comment.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from governance.standards.vale.patterns import (
    IGNORE_CASE,
    WORD,
    Pattern,
    compiled,
    found,
    is_found,
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lists of the vocabularies in use, one after the other."""

    accepted: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()


NO_WORDS: Final = Vocabulary()


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What a rule lets pass.

    Attributes:
        anywhere: A match that holds one of these is no finding.
        phrases: Nor is a match that lies within one of these.
    """

    anywhere: Pattern | None = None
    phrases: Pattern | None = None

    def cover(self, text: str, start: int, end: int) -> bool:
        """Tell whether the match from ``start`` to ``end`` passes.

        Raises:
            PatternTooSlowError: It takes too long to say.
        """
        if is_found(self.anywhere, text[start:end].strip()):
            return True
        if self.phrases is None:
            return False
        return any(
            phrase.start() <= start and end <= phrase.end()
            for phrase in found(self.phrases, text)
        )


def read_words(text: str) -> tuple[str, ...]:
    """Return the entries of a list."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("# "))


def exceptions(own: Iterable[str], words: Iterable[str]) -> Exceptions:
    """Return what a rule lets pass: its ``own`` exceptions and accepted ``words``.

    Raises:
        ContentError: One of them is no regular expression.
    """
    # The longest first, so that the alternation is greedy.
    terms = sorted((*own, *words), key=len, reverse=True)
    if not terms:
        return Exceptions()
    phrases = [term for term in terms if " " in term or "\t" in term or r"\s" in term]
    return Exceptions(
        compiled(WORD % "|".join(terms)),
        compiled(rf"{IGNORE_CASE}\b(?:{'|'.join(phrases)})\b") if phrases else None,
    )
