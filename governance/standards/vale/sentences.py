"""Cutting prose into sentences, well enough to count their words."""

import re
from collections.abc import Iterator
from typing import Final

from governance.names import Span

_END: Final = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|\Z)|\n[ \t]*\n")
_WORD_BEFORE: Final = re.compile(r"\S+\Z")
_SHORT_FORMS: Final = frozenset(
    [
        *("e.g.", "i.e.", "etc.", "mr.", "mrs.", "ms.", "mx.", "dr.", "prof.", "st."),
        *("vs.", "no.", "approx.", "inc.", "ltd.", "jr.", "sr.", "dept.", "a.m."),
        *("p.m.", "z.", "b.", "d.", "h.", "u.", "a.", "bzw.", "ggf.", "nr.", "inkl."),
        *("ca.", "evtl.", "str.", "usw.", "vgl.", "z.b.", "d.h.", "u.a.", "abs."),
        *("tel.", "hr.", "fr.", "co."),
    ]
)
_ORDINAL: Final = re.compile(r"\(?\d{1,2}\.")
_MONTHS: Final = (
    *("jan", "feb", "mar", "mär", "apr", "may", "mai", "jun", "jul", "aug", "sep"),
    *("oct", "okt", "nov", "dec", "dez"),
)


def sentences(text: str) -> Iterator[Span]:
    """Cut ``text`` into sentences, without the white space around them."""
    start = 0
    for mark in _END.finditer(text):
        if not mark.group().isspace() and _goes_on(text, mark.start(), mark.end()):
            continue
        if span := _trimmed(text, start, mark.end()):
            yield span
        start = mark.end()
    if span := _trimmed(text, start, len(text)):
        yield span


def _goes_on(text: str, mark: int, end: int) -> bool:
    rest = text[end : end + 24].lstrip()
    if not rest:
        return False
    if text[mark] not in ".…":
        return rest[0].islower()
    if rest[0].islower() or (text[mark] == "…" and not rest[0].isupper()):
        return True
    before = _WORD_BEFORE.search(text[max(0, mark - 24) : mark + 1])
    word = before.group().lower().lstrip("(“\"'") if before else ""
    if word in _SHORT_FORMS:
        # "at 9 a.m. We meet …": such a word may well end a sentence.
        return word not in {"a.m.", "p.m.", "etc.", "usw."}
    return bool(_ORDINAL.fullmatch(word)) and rest[:3].lower() in _MONTHS


def _trimmed(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    begin = start + len(piece) - len(piece.lstrip())
    return Span(begin, begin + len(stripped))
