"""What is decided before a message is parsed: conditional comments, and two heads."""

import re
from collections.abc import Callable, Mapping, Sequence
from operator import eq, ge, gt, le, lt
from typing import Final

from governance.clients.mail import HIDDEN, SHOWN
from governance.clients.rule import (
    BUGS,
    WORD,
    Confidence,
    OnSource,
    Rule,
    Told,
)
from governance.texts import N_

_CONDITION: Final = re.compile(
    r"<!--\[if\s+(?P<open>[^\]]*)\]><!--\s*-*>(?P<shown>.*?)<!--\s*<!\[endif\]-->"
    r"|<!--\[if\s+(?P<only>[^\]]*)\]>(?P<hidden>.*?)<!\[endif\]-->"
    r"|<!\[if\s+(?P<bare>[^\]]*)\]>(?P<plain>.*?)<!\[endif\]>",
    re.DOTALL | re.IGNORECASE,
)
_WORDS: Final = re.compile(
    r"[!&|()]|(?:gte?|lte?)\b|[a-z]+|\d+(?:\.\d+)?", re.IGNORECASE
)
_START: Final = re.compile(r"<([a-zA-Z][\w:.-]*)")
_TAG: Final = re.compile(r"<[^>]*>")
_SETTINGS: Final = re.compile(r"<xml\b.*?</xml\s*>", re.DOTALL | re.IGNORECASE)
_STYLE: Final = re.compile(r"<style\b.*?</style\s*>", re.DOTALL | re.IGNORECASE)
_HEAD: Final = re.compile(r"<head(?=[\s>])", re.IGNORECASE)
_HEAD_END: Final = re.compile(r"</head\s*>|<body(?=[\s>])", re.IGNORECASE)
_COMPARED: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "": eq,
    "gt": gt,
    "gte": ge,
    "lt": lt,
    "lte": le,
}
_VERSION: Final = 16.0  # what Outlook calls itself since 2016
_EXCERPT: Final = 60


def is_for_word(condition: str) -> bool:
    """Tell whether Outlook for Windows reads what stands under ``condition``.

    A condition that cannot be read is false, as in Word.
    """
    words = [word.lower() for word in _WORDS.findall(condition)]
    value, rest = _either(words)
    return value and not rest


def _either(words: list[str]) -> tuple[bool, list[str]]:
    value, rest = _both(words)
    while rest and rest[0] == "|":
        other, rest = _both(rest[1:])
        value = value or other
    return value, rest


def _both(words: list[str]) -> tuple[bool, list[str]]:
    value, rest = _one(words)
    while rest and rest[0] == "&":
        other, rest = _one(rest[1:])
        value = value and other
    return value, rest


def _one(words: list[str]) -> tuple[bool, list[str]]:
    turned = False
    while words and words[0] == "!":
        turned, words = not turned, words[1:]
    if not words:
        return False, []
    if words[0] == "(":
        value, rest = _either(words[1:])
        if not rest or rest[0] != ")":
            return False, ["?"]
        return value is not turned, rest[1:]
    compared = ""
    if words[0] in {"gt", "gte", "lt", "lte"}:
        compared, words = words[0], words[1:]
    if not words or not words[0].isalpha():
        return False, ["?"]
    name, rest = words[0], words[1:]
    version = None
    if rest and rest[0][0].isdigit():
        version, rest = float(rest[0]), rest[1:]
    return _fits(name, compared, version) is not turned, rest


def _fits(name: str, compared: str, version: float | None) -> bool:
    if name != "mso" or version is None:
        return name in {"mso", "vml", "true"}
    return _COMPARED[compared](_VERSION, version)


def _conditions(html: str) -> tuple[str, Sequence[Told]]:
    """Show what is for Word, and hide what is not."""
    told: list[Told] = []

    def resolved(found: re.Match[str]) -> str:
        only = found["only"]
        condition = only or found["open"] or found["bare"] or ""
        inside = found["hidden"] or found["shown"] or found["plain"] or ""
        words = " ".join(_TAG.sub(" ", _SETTINGS.sub("", inside)).split())
        if only is None:
            if is_for_word(condition):
                return inside
            count = len(_START.findall(inside))
            told.append(Told(f"[if {condition}]", "", words[:_EXCERPT]))
            return f"<!--{HIDDEN}{count}-->"
        if not is_for_word(condition):
            return ""
        inside = _SETTINGS.sub("", inside)
        if inside.strip():
            told.append(Told("", f"[if {condition}]", words[:_EXCERPT]))
        return _START.sub(rf"<\1 {SHOWN}", inside)

    return _CONDITION.sub(resolved, html), told


def _first_head(html: str) -> tuple[str, Sequence[Told]]:
    """Take the styles out of the first head."""
    head = _HEAD.search(html)
    end = _HEAD_END.search(html, head.end()) if head else None
    if head is None or end is None:
        return html, ()
    inside = html[head.end() : end.start()]
    sheets = _STYLE.findall(inside)
    if not sheets:
        return html, ()
    kept = _STYLE.sub(f"<!--{HIDDEN}1-->", inside)
    told = [Told(sheet[:_EXCERPT], "", "") for sheet in sheets]
    return html[: head.end()] + kept + html[end.start() :], told


RULES: Final = (
    Rule(
        "W1",
        N_("Blocks written for Outlook are shown"),
        N_(
            "This client reads conditional comments: it shows what is for mso and "
            "hides what is for all others."
        ),
        WORD,
        "https://github.com/hteumeuleu/email-guidelines",
        "2026",
        Confidence.TESTED,
        OnSource(_conditions),
    ),
    Rule(
        "Y6",
        N_("Style sheets in the first head are lost"),
        N_("This client drops the first head: styles must stand in a second one."),
        frozenset({"yahoo-android"}),
        BUGS.format(28),
        "2017",
        Confidence.TESTED,
        OnSource(_first_head),
    ),
)
