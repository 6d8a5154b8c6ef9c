"""Two versions of a message that differ in words: what shows one shows the other.

No rule of a client reads the words between two tags. So where a person only typed
words, the pages made before need the same words, and nothing is simulated again.
"""

import re
from typing import Final, NamedTuple

# Words that no parser changes: no markup, no references, nothing that is left out.
_WORDS: Final = re.compile(
    r"[^<>&\x00-\x08\x0b-\x1f\x7f-\xa0\u200e\u200f\ud800-\udfff\ufdd0-\ufdef\ufeff"
    r"\ufffe\uffff]*[^<>&\s\x00-\x20\x7f-\xa0\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_NAME: Final = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]*)")
# What stands in these is no text of the message, or parsed in a way of its own.
_OTHER: Final = frozenset(
    {
        *("style", "script", "title", "textarea", "pre", "listing", "xmp", "plaintext"),
        *("noscript", "noembed", "noframes", "iframe", "template", "object", "svg"),
        *("math", "select", "option", "xml", "head", "html", "frameset", "table"),
        *("tr", "tbody", "thead", "tfoot", "colgroup", "caption"),
    }
)


class Rewording(NamedTuple):
    """The words between two tags, with the signs around them, before and after."""

    before: str
    after: str

    def applied(self, page: str) -> str | None:
        """Return ``page`` with the new words, none where it does not say the old."""
        if page.count(self.before) != 1:
            return None
        return page.replace(self.before, self.after)


def reworded(old: str, new: str) -> Rewording | None:
    """Return what was reworded from ``old`` to ``new``, if nothing else differs."""
    if old == new:
        return None
    start = _alike(old, new)
    end = _alike_at_the_end(old, new, min(len(old), len(new)) - start)
    begin = old.rfind(">", 0, start)
    stop = old.find("<", len(old) - end)
    if begin < 0 or stop < 0:
        return None
    before, after = old[begin + 1 : stop], new[begin + 1 : len(new) - len(old) + stop]
    if not (_are_words(before) and _are_words(after)) or _edges(before) != _edges(
        after
    ):
        return None
    tag = _NAME.match(old, old.rfind("<", 0, begin))
    if tag is None or tag[1].lower() in _OTHER:
        return None
    if old.rfind("<!--", 0, begin) > old.rfind("-->", 0, begin):
        return None
    found = Rewording(f">{before}<", f">{after}<")
    return found if old.count(found.before) == 1 else None


def _alike(one: str, other: str) -> int:
    """Return how many characters from the beginning are the same."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _alike_at_the_end(one: str, other: str, most: int) -> int:
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[-middle : len(one) - low] == other[-middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _are_words(text: str) -> bool:
    return _WORDS.fullmatch(text.rstrip(" \t\n")) is not None


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
