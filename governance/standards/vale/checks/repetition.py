"""``repetition``: the same word twice in a row."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from governance.standards.vale.checks.check import Hit, Memory, Options
from governance.standards.vale.keys import Keys
from governance.standards.vale.patterns import IGNORE_CASE, Pattern, compiled, found
from governance.standards.vale.sentences import sentences
from governance.standards.vale.vocabulary import Exceptions, exceptions


@dataclass(frozen=True, slots=True)
class Repetition:
    """Two matches that follow each other and are equal are a hit.

    Not where a sentence ends between them: “I forgot that. That is important.”

    Attributes:
        most: How many such pairs are let pass first.
    """

    pattern: Pattern
    exceptions: Exceptions
    most: int
    is_case_ignored: bool
    is_alphabetic: bool
    remembers: ClassVar[bool] = False
    judges_blocks: ClassVar[bool] = False

    def hits(self, text: str, memory: Memory) -> Iterator[Hit]:  # noqa: ARG002 -- port
        """Find the pairs in ``text``.

        Raises:
            PatternTooSlowError: The pattern takes too long.
        """
        before, start, pairs = "", 0, 0
        for match in found(self.pattern, text):
            word = match.group().strip()
            if self._is_same(word, before):
                pairs += 1
                if pairs > self.most and self._counts(text, start, match.end()):
                    yield Hit(start, match.end(), (word,))
                    pairs = 0
            before, start = word, match.start()

    def _is_same(self, word: str, before: str) -> bool:
        if not word or (self.is_alphabetic and not word.isalpha()):
            return False
        if self.is_case_ignored:
            return word.casefold() == before.casefold()
        return word == before

    def _counts(self, text: str, start: int, end: int) -> bool:
        return len(list(sentences(text[start:end]))) == 1 and not self.exceptions.cover(
            text, start, end
        )


def read_repetition(keys: Keys, options: Options) -> Repetition:
    """Read the keys of the check.

    Raises:
        ContentError: A key does not fit, or is no regular expression.
    """
    is_case_ignored = keys.flag("ignorecase")
    flags = IGNORE_CASE if is_case_ignored else ""
    words = options.vocabulary.accepted if keys.flag("vocab", default=True) else ()
    return Repetition(
        compiled(f"{flags}({'|'.join(keys.texts('tokens'))})"),
        exceptions(keys.texts("exceptions"), words),
        int(keys.number("max")),
        is_case_ignored,
        keys.flag("alpha"),
    )
