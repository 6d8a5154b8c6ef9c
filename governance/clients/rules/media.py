"""Which at-rules of a style sheet a client follows."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from governance.clients.css import Block, split
from governance.clients.rule import (
    BUGS,
    CANIEMAIL,
    GMAIL_ALL,
    OUTLOOK,
    WORD,
    YAHOO,
    Circumstance,
    Confidence,
    OnBlock,
    OnSheet,
    Rule,
)
from governance.texts import N_

_YAHOO_MEDIA: Final = re.compile(
    r"\A(?:only\s+|not\s+)?(?:screen|all|\((?:min|max)-(?:width|height)\s*:[^)]*\))"
    r"(?:\s+and\s+(?:screen|all|\((?:min|max)-(?:width|height)\s*:[^)]*\)))*\Z",
    re.IGNORECASE,
)
_SCHEME: Final = "prefers-color-scheme"
_HEIGHT: Final = re.compile(r"\(\s*(?:min-|max-)?height\b", re.IGNORECASE)


def _media(keep: Callable[[str], bool]) -> OnBlock:
    """Keep those queries of a list that the client understands."""

    def change(block: Block, _circumstance: Circumstance) -> Block | None:
        if not block.head.lower().startswith("@media"):
            return block
        queries = split(block.head[len("@media") :], ",")
        kept = [one for one in queries if keep(one)]
        if len(kept) == len(queries):
            return block
        return replace(block, head=f"@media {','.join(kept)}") if kept else None

    return OnBlock(change)


def _no_at_rule(*names: str) -> OnBlock:
    def change(block: Block, _circumstance: Circumstance) -> Block | None:
        head = block.head.lower()
        return None if head.startswith(names) else block

    return OnBlock(change)


def _no_nested_media(block: Block, circumstance: Circumstance) -> Block | None:
    is_media = block.head.lower().startswith("@media")
    return None if is_media and circumstance.around else block


def _until_media_list(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    for place, block in enumerate(blocks):
        if block.head.lower().startswith("@media") and len(split(block.head, ",")) > 1:
            return blocks[:place]
    return blocks


def _tested(  # noqa: PLR0917 -- a row of the table below
    slug: str,
    title: str,
    says: str,
    clients: Iterable[str],
    date: str,
    work: OnBlock,
    id: str = "",  # noqa: A002 -- the word
) -> Rule:
    return Rule(
        id or slug,
        title,
        says,
        frozenset(clients),
        CANIEMAIL.format(slug),
        date,
        Confidence.TESTED,
        work,
    )


_THUNDERBIRD: Final = frozenset({"thunderbird"})

RULES: Final = (
    Rule("Y2", N_("Styles after a list of media queries are lost"),
         N_("This client drops a media query with a comma, and the rest of the sheet."),
         YAHOO, BUGS.format(149), "2025-08-19", Confidence.TESTED,
         OnSheet(_until_media_list)),
    _tested("css-at-import", N_("Imported style sheets are not loaded"),
            N_("This client ignores @import."),
            GMAIL_ALL | OUTLOOK | YAHOO | {"samsung", "thunderbird"}, "2019-02-28",
            _no_at_rule("@import")),
    _tested("css-at-font-face", N_("Web fonts fall back"),
            N_("This client ignores @font-face: text is set in the next font named."),
            GMAIL_ALL | OUTLOOK | YAHOO, "2023-12-19", _no_at_rule("@font-face")),
    _tested("css-at-keyframes", N_("Animations stand still"),
            N_("This client ignores @keyframes."),
            GMAIL_ALL | WORD | OUTLOOK | {"yahoo-android"}, "2021-05-25",
            _no_at_rule("@keyframes", "@-webkit-keyframes", "@-moz-keyframes")),
    _tested("css-at-supports", N_("Styles under a condition are lost"),
            N_("This client ignores @supports with all that is in it."),
            GMAIL_ALL | WORD | OUTLOOK | _THUNDERBIRD, "2020-05-25",
            _no_at_rule("@supports")),
    _tested("css-at-media", N_("Media queries are ignored"),
            N_("This client ignores @media: the layout is the same at every width."),
            WORD | _THUNDERBIRD | {"gmail-mobile-web"}, "2023-12-13",
            _no_at_rule("@media")),
    _tested("css-at-media", N_("A media query inside another is lost"),
            N_("This client removes nested media queries."), OUTLOOK, "2023-12-13",
            OnBlock(_no_nested_media), "O4"),
    _tested("css-at-media-prefers-color-scheme", N_("Your dark styles are not used"),
            N_("This client does not tell a message which scheme its reader chose."),
            GMAIL_ALL | WORD | YAHOO | _THUNDERBIRD, "2023-03-08",
            _media(lambda one: _SCHEME not in one.lower())),
    _tested("css-at-media", N_("Media queries for height are lost"),
            N_("This client ignores media queries that ask for a height."),
            GMAIL_ALL, "2023-12-13", _media(lambda one: not _HEIGHT.search(one)),
            "G11"),
    _tested("css-at-media", N_("Some media queries are lost"),
            N_("This client only knows media queries for screen, width and height."),
            YAHOO, "2023-12-13",
            _media(lambda one: _YAHOO_MEDIA.match(one) is not None), "Y7"),
)  # fmt: skip
