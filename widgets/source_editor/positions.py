"""Code points and UTF-16 units: Qt and the web count the latter."""

from typing import Final

_WIDE: Final = 0xFFFF


def units(text: str, points: int) -> int:
    """Return how many UTF-16 units the first ``points`` code points of a text take."""
    head = text[:points]
    return len(head) + sum(ord(sign) > _WIDE for sign in head)


def points(text: str, unit: int) -> int:
    """Return how many code points the first ``unit`` UTF-16 units of a text are.

    In the middle of a pair, the code point counts as not yet passed.
    """
    if text.isascii():
        return min(unit, len(text))
    passed = 0
    for at, sign in enumerate(text):
        passed += 2 if ord(sign) > _WIDE else 1
        if passed > unit:
            return at
    return len(text)
