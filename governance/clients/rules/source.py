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

# "<!--[if mso]>", "<!--[if !mso]><!-->" and "<![if !mso]>", and what ends each.
_OPENING: Final = re.compile(
    r"<!--\[if\s(?P<open>[^\]<>]{0,200})\]><!--\s?-{0,2}>"
    r"|<!--\[if\s(?P<only>[^\]<>]{0,200})\]>"
    r"|<!\[if\s(?P<bare>[^\]<>]{0,200})\]>",
    re.IGNORECASE,
)
_CLOSINGS: Final = {
    "open": re.compile(r"<!--\s?<!\[endif\]-->", re.IGNORECASE),
    "only": re.compile(r"<!\[endif\]-->", re.IGNORECASE),
    "bare": re.compile(r"<!\[endif\]>", re.IGNORECASE),
}
_WORDS: Final = re.compile(
    r"[!&|()]|(?:gte?|lte?)\b|[a-z]+|\d+(?:\.\d+)?", re.IGNORECASE
)
_START: Final = re.compile(r"<([a-zA-Z][\w:.-]*)")
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_SETTINGS: Final = (
    re.compile(r"<xml\b", re.IGNORECASE),
    re.compile(r"</xml\s?>", re.IGNORECASE),
)
_STYLE: Final = (
    re.compile(r"<style\b", re.IGNORECASE),
    re.compile(r"</style\s?>", re.IGNORECASE),
)
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
    """Show what is for Word, and hide what is not; one look at each place."""
    told: list[Told] = []
    parts, at = [], 0
    endless: set[str] = set()  # kinds that nothing ends any more
    for opening in _OPENING.finditer(html):
        kind = str(opening.lastgroup)
        if opening.start() < at or kind in endless:
            continue
        closing = _CLOSINGS[kind].search(html, opening.end())
        if closing is None:
            endless.add(kind)
            continue
        inside = html[opening.end() : closing.start()]
        parts += [html[at : opening.start()]]
        parts += [_resolved(opening[kind], inside, told, is_comment=kind == "only")]
        at = closing.end()
    return "".join((*parts, html[at:])), told


def _resolved(
    condition: str, inside: str, told: list[Told], *, is_comment: bool
) -> str:
    is_read = is_for_word(condition)
    if is_comment and not is_read:
        return ""
    if not is_comment and is_read:
        return inside
    inside, _settings = _cut_out(inside, *_SETTINGS)
    words = " ".join(_TAG.sub(" ", inside).split())[:_EXCERPT]
    if not is_comment:
        told.append(Told(f"[if {condition}]", "", words))
        return f"<!--{HIDDEN}{len(_START.findall(inside))}-->"
    if inside.strip():
        told.append(Told("", f"[if {condition}]", words))
    return _START.sub(rf"<\1 {SHOWN}", inside)


def _cut_out(
    text: str, opening: re.Pattern[str], closing: re.Pattern[str], instead: str = ""
) -> tuple[str, list[str]]:
    """Return ``text`` without what stands between two marks, and what stood there."""
    kept, cut, at = [], [], 0
    while found := opening.search(text, at):
        end = closing.search(text, found.end())
        if end is None:
            break
        kept += [text[at : found.start()], instead]
        cut.append(text[found.start() : end.end()])
        at = end.end()
    return "".join((*kept, text[at:])), cut


def _first_head(html: str) -> tuple[str, Sequence[Told]]:
    """Take the styles out of the first head."""
    head = _HEAD.search(html)
    end = _HEAD_END.search(html, head.end()) if head else None
    if head is None or end is None:
        return html, ()
    inside = html[head.end() : end.start()]
    kept, sheets = _cut_out(inside, *_STYLE, instead=f"<!--{HIDDEN}1-->")
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
