"""``capitalization``: a block in title, sentence, lower or upper case."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from governance.standards.vale.checks.check import Hit, Memory, Options
from governance.standards.vale.keys import Keys
from governance.standards.vale.patterns import Pattern, compiled, found, is_found
from governance.standards.vale.vocabulary import Exceptions, exceptions

_WORD: Final = r"[\p{N}\p{L}*]+[^\s]*"
_DEFAULT_SHARE: Final = 0.8

# What stays small within a title, by style.
_AP: Final = frozenset(
    [
        *("a", "an", "and", "as", "at", "but", "by", "en", "for", "if", "in", "nor"),
        *("of", "on", "or", "so", "the", "to", "up", "v", "v.", "via", "vs", "vs."),
        "yet",
    ]
)
_CHICAGO: Final = _AP | frozenset(
    [
        *("about", "above", "across", "after", "against", "along", "among", "around"),
        *("before", "behind", "below", "beneath", "beside", "between", "beyond"),
        *("despite", "down", "during", "from", "inside", "into", "like", "near"),
        *("off", "onto", "out", "outside", "over", "past", "since", "through"),
        *("throughout", "toward", "under", "until", "upon", "with", "within"),
        "without",
    ]
)


@dataclass(frozen=True, slots=True)
class Capitalization:
    """The whole block is the hit where too few of its words are as they should be."""

    match: str
    exceptions: Exceptions
    words: Pattern
    small: frozenset[str]
    indicators: tuple[str, ...]
    share: float
    prefix: Pattern | None
    remembers: ClassVar[bool] = False
    judges_blocks: ClassVar[bool] = True

    def hits(self, text: str, memory: Memory) -> Iterator[Hit]:  # noqa: ARG002 -- port
        """Judge ``text``.

        Raises:
            PatternTooSlowError: A pattern takes too long.
        """
        judged = text
        if self.prefix is not None and (begin := next(found(self.prefix, text), None)):
            judged = text[begin.end() :]
        if text.strip() and not self._is_right(judged):
            yield Hit(0, len(text), (text,))

    def _is_right(self, text: str) -> bool:
        judge = _JUDGES.get(self.match)
        if judge is not None:
            return judge(self, text)
        return is_found(compiled(self.match), text) or self._is_excepted(text)

    def _is_excepted(self, text: str) -> bool:
        return is_found(self.exceptions.anywhere, text)

    def _found(self, text: str) -> list[str]:
        return [match.group() for match in found(self.words, text)]

    def is_lower(self, text: str) -> bool:
        """Tell whether nothing is a capital."""
        return text == text.lower() or self._is_excepted(text)

    def is_upper(self, text: str) -> bool:
        """Tell whether everything is a capital."""
        return text == text.upper() or self._is_excepted(text)

    def is_title(self, text: str) -> bool:
        """Tell whether enough words are as in a title; WORDS IN CAPITALS pass."""
        words = self._found(text)
        right = sum(
            word == wanted or word == word.upper() or self._is_excepted(word)
            for word, wanted in zip(words, self._titled(words), strict=True)
        )
        return not words or right / len(words) >= self.share

    def is_sentence(self, text: str) -> bool:
        """Tell whether enough words are as in a sentence; the first one must be."""
        words = self._found(text.rstrip("?!.:"))
        right, before = 0, ""
        for number, whole in enumerate(words):
            word = _stem(whole)
            follows = bool(before) and before.endswith(self.indicators)
            if word == word.upper() or follows or self._is_excepted(word):
                right += 1
            elif number == 0 and word != word[:1].upper() + word[1:].lower():
                return False
            elif number == 0 or word == word.lower():
                right += 1
            before = whole
        return not words or right / len(words) >= self.share

    def _titled(self, words: list[str]) -> Iterator[str]:
        for number, word in enumerate(words):
            if 0 < number < len(words) - 1 and word.lower() in self.small:
                yield word.lower()
            else:
                yield "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


_JUDGES: Final[Mapping[str, Callable[[Capitalization, str], bool]]] = {
    "$title": Capitalization.is_title,
    "$sentence": Capitalization.is_sentence,
    "$lower": Capitalization.is_lower,
    "$upper": Capitalization.is_upper,
}
_STEM_END: Final = re.compile(r"[-'’]")


def read_capitalization(keys: Keys, options: Options) -> Capitalization:
    """Read the keys of the check.

    Raises:
        ContentError: A key does not fit, or is no regular expression.
    """
    match = keys.text("match")
    if match not in _JUDGES:
        compiled(match)
    words = options.vocabulary.accepted if keys.flag("vocab", default=True) else ()
    passing = exceptions(keys.texts("exceptions"), words)
    excepted = f"{passing.anywhere.pattern}|" if passing.anywhere else ""
    prefix = keys.text("prefix")
    return Capitalization(
        match,
        passing,
        compiled(excepted + _WORD),
        _CHICAGO if keys.text("style") == "Chicago" else _AP,
        tuple(keys.texts("indicators")),
        keys.number("threshold") or _DEFAULT_SHARE,
        compiled(f"^(?:{prefix})") if prefix else None,
    )


def _stem(word: str) -> str:
    """Return what of “Top-level” and “Client’s” is judged."""
    return _STEM_END.split(word, maxsplit=1)[0] or word
