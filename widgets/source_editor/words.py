"""What can be written at the caret, what a word means, and where a word leads."""

import re
from dataclasses import dataclass
from typing import Final

from governance.texts import _
from widgets.source_editor.port import Offer

_SIGNS: Final = frozenset("._-/")
_MOST: Final = 60  # offers at once
_BACK: Final = 4_000  # code points before the caret that decide what fits there
_CLOSING: Final = {"{{": "}}", "{%": "%}", "{#": "#}", "<!--": "-->"}
_OPENING: Final = re.compile(r"\{\{|\{%|\{#|<!--")


@dataclass(frozen=True, slots=True)
class Fitting:
    """What can be written, and from where on it replaces what stands there.

    Attributes:
        start: The code point where the word at the caret begins.
        offers: The best first.
        before: What is written before an offer, and "" for nothing.
        after: What is written behind it.
    """

    start: int
    offers: tuple[Offer, ...]
    before: str = ""
    after: str = ""


def fitting(
    offers: tuple[Offer, ...], text: str, caret: int, *, is_forced: bool
) -> Fitting | None:
    """Return what fits at ``caret``, None if nothing does or nobody asks for it yet.

    In a construct these are fields, in a string there files, after "<" elements, in a
    tag attributes. In prose only who asks gets something: fields, in their braces.
    """
    start = caret
    while start and _is_of_word(text[start - 1]):
        start -= 1
    if start and text[start - 1] == "<":
        start -= 1
    word, head = text[start:caret], text[max(0, start - _BACK) : start]
    opener = _open_construct(head)
    before, after = "", ""
    if opener in {"{#", "<!--"}:
        return None
    if opener:
        inside = head[head.rindex(opener) + 2 :]
        is_path = inside.count('"') % 2 == 1 or inside.count("'") % 2 == 1
        chosen = [one for one in offers if is_path == ("/" in one.text)]
        chosen = [one for one in chosen if is_path or "." in one.text]
        is_wanted = bool(word) or not inside.strip() or is_path
    elif word.startswith("<"):
        chosen = [one for one in offers if one.text.startswith("<")]
        is_wanted = True
    elif tag := _open_tag(head):
        if tag.count('"') % 2 == 1:
            return None
        chosen = [one for one in offers if not set(one.text) & {".", "/", "<"}]
        is_wanted = bool(word)
    else:
        chosen = [one for one in offers if "." in one.text and "/" not in one.text]
        before, after = "{{ ", " }}"
        is_wanted = False
    if not (is_wanted or is_forced):
        return None
    best = _best(chosen, word)
    if not best or (len(best) == 1 and best[0].text == word):
        return None
    return Fitting(start, best, before, after)


def meaning_at(offers: tuple[Offer, ...], text: str, at: int) -> tuple[int, int, str]:
    """Return where the word at a code point is, and what it means, "" for unknown."""
    start, end = _word_at(text, at)
    word = text[start:end]
    known = {one.text: one.meaning for one in offers}
    is_tag = text[max(0, start - 1) : start] == "<" or word.startswith("/")
    if is_tag and (meaning := known.get("<" + word.lstrip("/"))):
        return start, end, meaning
    return start, end, known.get(word, "") if word else ""


def path_at(offers: tuple[Offer, ...], text: str, at: int) -> str:
    """Return the file that the word at a code point names, "" for none."""
    start, end = _word_at(text, at)
    word = text[start:end]
    is_known = any(one.text == word for one in offers)
    return word if "/" in word and is_known else ""


def found(
    text: str, words: str, start: int, end: int, *, is_backwards: bool
) -> tuple[int, int] | None:
    """Return the next place of ``words`` beyond a selection, from either end again.

    Capital letters are as small ones.
    """
    if not words:
        return None
    places = [one.span() for one in re.finditer(re.escape(words), text, re.IGNORECASE)]
    if not places:
        return None
    if is_backwards:
        return next((one for one in reversed(places) if one[1] <= start), places[-1])
    beyond = (one for one in places if one[0] >= end and one != (start, end))
    return next(beyond, places[0])


def phrases() -> dict[str, str]:
    """Return what the page says, in the person's language; its own words first."""
    return {
        "Completions": _("What can be written here"),
        "Diagnostics": _("Findings"),
        "Fold line": _("Fold"),
        "Unfold line": _("Unfold"),
        "Folded lines": _("Folded lines"),
        "Unfolded lines": _("Unfolded lines"),
        "folded code": _("folded lines"),
        "unfold": _("unfold"),
        "to": _("to"),
        "Control character": _("Control character"),
    }


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() or sign in _SIGNS


def _word_at(text: str, at: int) -> tuple[int, int]:
    start = end = min(max(at, 0), len(text))
    while start and _is_of_word(text[start - 1]):
        start -= 1
    while end < len(text) and _is_of_word(text[end]):
        end += 1
    return start, end


def _open_construct(head: str) -> str:
    """Return how the construct that ``head`` ends in begins, "" if in none.

    A look backwards for completion only; what a text means is the compiler's business.
    """
    at = 0
    while match := _OPENING.search(head, at):
        opener = match.group()
        end = head.find(_CLOSING[opener], match.end())
        if end < 0:
            return opener
        at = end + 2
    return ""


def _open_tag(head: str) -> str:
    """Return the tag that ``head`` ends in, as far as it is written, "" for none."""
    at = head.rfind("<")
    tag = head[at:] if at >= 0 else ""
    name = tag[1:2]
    return tag if name.isalpha() and ">" not in tag else ""


def _best(offers: list[Offer], word: str) -> tuple[Offer, ...]:
    """Return those that have ``word`` in them; first those that begin with it."""
    word = word.casefold()
    first = [one for one in offers if one.text.casefold().startswith(word)]
    then = [
        one
        for one in offers
        if word in one.text.casefold() and not one.text.casefold().startswith(word)
    ]
    return tuple((first + then)[:_MOST])
