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


def with_language(text: MappedText, path: str, where: Locale) -> MappedText:
    """Name the language and its direction in the root of an e-mail."""
    root = _first(text, "mjml") or _first(text, "html")
    if root is None:
        return text
    masked = _masked(text.text)
    names = {attribute.name for attribute in attributes(masked, root)}
    wanted = {"lang": where, "dir": direction(where)}
    missing = "".join(
        f' {name}="{value}"' for name, value in wanted.items() if name not in names
    )
    return _inserted(text, path, root.start + 1 + len(root.name), missing)


def with_preview(text: MappedText, path: str, preheader: MappedText) -> MappedText:
    """Put the preheader where inboxes look for it, unless the author did."""
    preheader = _stripped(preheader)
    if not preheader.text or _first(text, "mj-preview"):
        return text
    shown = MappedText.joined(_escaped(preheader))
    if head := _first(text, "mj-head"):
        return _around(text, path, head.end, ("<mj-preview>", shown, "</mj-preview>"))
    if root := _first(text, "mjml"):
        opening, closing = "<mj-head><mj-preview>", "</mj-preview></mj-head>"
        return _around(text, path, root.end, (opening, shown, closing))
    body = _first(text, "body")
    at = body.end if body else 0
    return _around(text, path, at, (f'<div style="{_HIDDEN}">', shown, "</div>"))


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


def _inserted(text: MappedText, path: str, at: int, what: str) -> MappedText:
    return MappedText.joined((text[:at], _literal(path, what), text[at:]))


def _around(
    text: MappedText, path: str, at: int, what: tuple[str, MappedText, str]
) -> MappedText:
    """Put what an author wrote at ``at``, between an opening and a closing of ours."""
    opening, inner, closing = what
    ours = (_literal(path, opening), inner, _literal(path, closing))
    return MappedText.joined((text[:at], *ours, text[at:]))
