r"""Vale's regular expressions (.NET's engine in its RE2 mode) on the module ``regex``.

Version 0 of ``regex`` scopes flags and classes as .NET does; version 1 folds whole
strings and reads ``[[`` as a set operation. Three anchors mean something else and are
re-spelled: ``$`` outside multi-line mode is the very end, ``\z`` too, and ``\Z`` lets
a last line end follow.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, TypeAlias

import regex

from governance.content.repeats import LARGEST, written_out
from governance.errors import ContentError
from governance.texts import _

Pattern: TypeAlias = regex.Pattern[str]
Match: TypeAlias = regex.Match[str]

# Seconds of processor time for one rule on one block; Vale has no such limit and can be
# held up for ever by one pattern.
TIMEOUT: Final = 0.05

IGNORE_CASE: Final = "(?i)"
WORD: Final = r"(?m)\b(?:%s)\b"
NONWORD: Final = "(?m)(?:%s)"

_FLAGS: Final = frozenset("imsnxUu-")


class PatternTooSlowError(ContentError):
    """A pattern needs too long on a text."""


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> Pattern:
    """Return ``pattern`` of Vale, ready to search with.

    Raises:
        ContentError: It is no regular expression, or one without measure.
    """
    if written_out(pattern) > LARGEST:
        raise ContentError(
            _("“{pattern}” is too large when its repeats are written out.").format(
                pattern=_short(pattern)
            )
        )
    try:
        return regex.compile(respelled(pattern), regex.V0)
    except (regex.error, OverflowError, RecursionError) as error:
        raise ContentError(
            _("“{pattern}” is no regular expression: {reason}.").format(
                pattern=_short(pattern), reason=error
            )
        ) from error


def found(pattern: Pattern, text: str) -> Iterator[Match]:
    """Find ``pattern`` in ``text``, again and again.

    Raises:
        PatternTooSlowError: It takes too long.
    """
    try:
        yield from pattern.finditer(text, timeout=TIMEOUT, concurrent=True)
    except TimeoutError as error:
        raise _too_slow() from error


def is_found(pattern: Pattern | None, text: str) -> bool:
    """Tell whether ``pattern`` is anywhere in ``text``; None is nowhere.

    Raises:
        PatternTooSlowError: It takes too long.
    """
    if pattern is None:
        return False
    try:
        hit = pattern.search(text, timeout=TIMEOUT, concurrent=True)
    except TimeoutError as error:
        raise _too_slow() from error
    return hit is not None


def respelled(pattern: str) -> str:
    """Return ``pattern`` with the anchors that mean something else in Python."""
    pieces: list[str] = []
    at, is_multiline, opened = 0, False, [False]
    while at < len(pattern):
        piece = pattern[at]
        if piece == "\\" and at + 1 < len(pattern):
            piece = pattern[at : at + 2]
            pieces.append(_ESCAPES.get(piece, piece))
        elif piece == "[":
            piece = _character_class(pattern, at)
            pieces.append(piece)
        elif piece == "(":
            flags = _inline_flags(pattern, at)
            if flags is not None and flags.endswith(")"):
                is_multiline = _multiline(flags, before=is_multiline)
                piece = flags
            else:
                opened.append(is_multiline)
                if flags is not None:
                    is_multiline = _multiline(flags, before=is_multiline)
                    piece = flags
            pieces.append(piece)
        elif piece == ")":
            is_multiline = opened.pop() if len(opened) > 1 else is_multiline
            pieces.append(piece)
        else:
            pieces.append(r"\Z" if piece == "$" and not is_multiline else piece)
        at += len(piece)
    return "".join(pieces)


_ESCAPES: Final = {r"\z": r"\Z", r"\Z": r"(?=\n?\Z)"}


def _character_class(pattern: str, start: int) -> str:
    at = start + 1
    if pattern.startswith("^", at):
        at += 1
    at += pattern.startswith("]", at)  # a first bracket is a letter like others
    while at < len(pattern) and pattern[at] != "]":
        if pattern.startswith("[:", at) and (end := pattern.find(":]", at)) > 0:
            at = end + 2
            continue
        at += 2 if pattern[at] == "\\" else 1
    return pattern[start : at + 1]


def _inline_flags(pattern: str, start: int) -> str | None:
    """Return "(?i)" or "(?i:", or None where no flags stand."""
    if not pattern.startswith("(?", start):
        return None
    at = start + 2
    while at < len(pattern) and pattern[at] in _FLAGS:
        at += 1
    if at == start + 2 or at >= len(pattern) or pattern[at] not in "):":
        return None
    return pattern[start : at + 1]


def _multiline(flags: str, *, before: bool) -> bool:
    on, _minus, off = flags.partition("-")
    if "m" in off:
        return False
    return before or "m" in on


def _too_slow() -> PatternTooSlowError:
    return PatternTooSlowError(
        _("The rule's pattern takes too long on this text; make it simpler.")
    )


def _short(pattern: str) -> str:
    limit = 60
    return pattern if len(pattern) <= limit else pattern[: limit - 1] + "…"
