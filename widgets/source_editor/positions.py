"""Code points and UTF-16 units: Qt and the web count the latter."""

from typing import Final

_CODING: Final = "utf-16-le"
_LOW: Final = range(0xDC00, 0xE000)
_HIGH: Final = range(0xD800, 0xDC00)


def units(text: str, points: int) -> int:
    """Return how many UTF-16 units the first ``points`` code points of a text take."""
    head = text[:points]
    if head.isascii():
        return len(head)
    return len(head.encode(_CODING, "surrogatepass")) // 2


def points(text: str, unit: int) -> int:
    """Return how many code points the first ``unit`` UTF-16 units of a text are.

    In the middle of a pair, the code point counts as not yet passed.
    """
    unit = max(unit, 0)
    if text.isascii():
        return min(unit, len(text))
    coded = text.encode(_CODING, "surrogatepass")
    if len(coded) == 2 * len(text):  # no pairs
        return min(unit, len(text))
    head = coded[: 2 * unit]
    if len(head) < len(coded) and int.from_bytes(head[-2:], "little") in _HIGH:
        head = head[:-2]
    return len(head.decode(_CODING, "surrogatepass"))


def well_formed(text: str) -> str:
    """Return ``text`` with LF line ends, and U+FFFD for each half of a character.

    No file has such a half, and no editor can hold one; two that meet become whole.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(ord(sign) in _HIGH or ord(sign) in _LOW for sign in set(text)):
        coded = text.encode(_CODING, "surrogatepass")
        return coded.decode(_CODING, "replace")
    return text
