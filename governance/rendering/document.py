"""What every e-mail needs and no author should have to write: language and preview."""

from collections.abc import Iterator
from functools import lru_cache
from html import escape
from typing import Final

from governance.markup.lex import Kind as Lexeme
from governance.markup.lex import lex
from governance.markup.mapped import MappedText, Place
from governance.names import Locale, Span
from governance.rendering.tags import MASK, Kind, Piece, attributes, pieces

# Scripts that run from right to left, by language (CLDR); a tag may name the script.
_RIGHT_TO_LEFT: Final = frozenset(
    {"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}
)
_RTL_SCRIPTS: Final = frozenset({"Adlm", "Arab", "Hebr", "Nkoo", "Syrc", "Thaa"})

# Hidden where a message is read, shown beside the subject in the inbox.
_HIDDEN: Final = (
    "display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;"
    "max-width:0px;opacity:0;overflow:hidden;mso-hide:all;"
)


def direction(where: Locale) -> str:
    """Return the direction in which a language is written, "ltr" or "rtl"."""
    language, *rest = where.split("-")
    if any(part in _RTL_SCRIPTS for part in rest):
        return "rtl"
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def dressed(
    text: MappedText, path: str, where: Locale, preheader: MappedText
) -> MappedText:
    """Name the language in the root of an e-mail, and show its preheader in inboxes.

    What the author wrote of either is kept.
    """
    added: list[tuple[int, MappedText]] = []
    if root := _first(text, "mjml") or _first(text, "html"):
        names = {found.name for found in attributes(_masked(text.text), root)}
        wanted = {"lang": where, "dir": direction(where)}
        missing = "".join(
            f' {name}="{value}"' for name, value in wanted.items() if name not in names
        )
        added.append((root.start + 1 + len(root.name), _literal(path, missing)))
    preheader = _stripped(preheader)
    if preheader.text and not _first(text, "mj-preview"):
        shown = MappedText.joined(_escaped(preheader))
        added.append(_preview(text, path, shown))
    parts, at = [], 0
    for place, addition in added:
        parts += [text[at:place], addition]
        at = place
    return MappedText.joined([*parts, text[at:]])


def _preview(text: MappedText, path: str, shown: MappedText) -> tuple[int, MappedText]:
    """Return where the preheader goes, and as what."""
    if head := _first(text, "mj-head"):
        at, opening, closing = head.end, "<mj-preview>", "</mj-preview>"
    elif root := _first(text, "mjml"):
        at = root.end
        opening, closing = "<mj-head><mj-preview>", "</mj-preview></mj-head>"
    else:
        body = _first(text, "body")
        at = body.end if body else 0
        opening, closing = f'<div style="{_HIDDEN}">', "</div>"
    whole = (_literal(path, opening), shown, _literal(path, closing))
    return at, MappedText.joined(whole)


def whole_document(text: MappedText, path: str) -> MappedText:
    """Make an HTML document of what is only the inside of one.

    Without a document type, browsers show it as in 1998.
    """
    if root := _first(text, "html"):
        has_type = "<!doctype" in text.text[: root.start].lower()
        return text if has_type else _literal(path, "<!doctype html>") + text
    opening = (
        '<!doctype html><html><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title></title></head>"
    )
    has_body = _first(text, "body") is not None
    start = _literal(path, opening if has_body else f"{opening}<body>")
    end = _literal(path, "</html>" if has_body else "</body></html>")
    return MappedText.joined((start, text, end))


def _first(text: MappedText, name: str) -> Piece | None:
    """Find the first start tag ``name``, at its places in ``text``."""
    if f"<{name}" not in text.text.lower():
        return None
    for piece in pieces(_masked(text.text)):
        if piece.kind is Kind.START and piece.name == name:
            return piece
    return None


@lru_cache(maxsize=8)
def _masked(text: str) -> str:
    """Hide each construct behind as many marks, so that places stay what they are."""
    return "".join(
        token.text if token.kind is Lexeme.TEXT else MASK * len(token.text)
        for token in lex(text)
    )


def _stripped(text: MappedText) -> MappedText:
    start = len(text.text) - len(text.text.lstrip())
    return text[start : max(start, len(text.text.rstrip()))]


def _escaped(text: MappedText) -> Iterator[MappedText]:
    for token in lex(text.text):
        piece = text[token.span.start : token.span.end]
        written = escape(token.text, quote=False)
        if token.kind is Lexeme.TEXT and written != token.text:
            place = text.place(token.span.start, token.span.end)
            yield MappedText.standing_for(place, written)
        else:
            yield piece


def _literal(path: str, text: str) -> MappedText:
    return MappedText.standing_for(Place(path, Span(0, 0)), text)
