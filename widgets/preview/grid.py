"""The grid of previews, one card for each mail client."""

from collections.abc import Mapping
from typing import Final

import msgspec
from PySide6.QtCore import Signal, Slot

from governance.clients.rewording import reworded
from governance.names import Digest
from governance.texts import _
from widgets.kit.icons import glyph
from widgets.preview.state import Card
from widgets.preview.web_page import LivePage

_FINE: Final = "check-circle-fill"


class _CardJson(msgspec.Struct):
    key: str
    title: str
    device: str
    scheme: str
    note: str
    count: str
    is_mark: bool
    said: str
    width: int
    digest: str
    is_dark: bool


class _Words(msgspec.Struct):
    """A page that is another one with other words between two tags."""

    base: str
    before: str
    after: str


class _Answer(msgspec.Struct):
    cards: list[_CardJson]
    pages: dict[str, str]
    words: dict[str, _Words]


class PreviewGrid(LivePage):
    """Shows cards; a picture that is the same stays untouched.

    Signals:
        card_opened: The key of a card: double click or Enter.
        words_clicked: What the mail says where it was clicked.
    """

    card_opened = Signal(str)
    words_clicked = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Previews in mail clients"), "preview.html", "Grid")
        self._cards: tuple[Card, ...] = ()
        self._pages: Mapping[Digest, bytes] = {}
        self._told: dict[str, tuple[Digest, str]] = {}
        self._is_stale = False
        self._is_waiting = False
        self.told.connect(self._on_told)

    def render_cards(
        self, cards: tuple[Card, ...], pages: Mapping[Digest, bytes]
    ) -> None:
        """Show ``cards``, whose mails are in ``pages``."""
        is_same = (cards, pages) == (self._cards, self._pages)
        self._cards, self._pages = cards, pages
        if is_same:
            self.painted.emit(self.revision)
        else:
            self.refresh()

    def render_marks(self, *, is_stale: bool, is_waiting: bool) -> None:
        """Say that the pictures are old, or that newer ones are on their way."""
        if (is_stale, is_waiting) != (self._is_stale, self._is_waiting):
            self._is_stale, self._is_waiting = is_stale, is_waiting
            self.on_ready()

    def on_ready(self) -> None:
        """Mark the cards as they are."""
        marks = f"{self._is_stale}, {self._is_waiting}".lower()
        self.run(f"Grid.mark({marks})")

    def answer(self, known: frozenset[str]) -> bytes:
        """Return the cards, and the mails that the page does not have."""
        cards = [
            _CardJson(
                one.key,
                one.title,
                glyph(one.device),
                glyph(one.scheme),
                one.note or glyph(_FINE),
                one.count,
                not one.note,
                one.said,
                one.width,
                one.digest,
                one.is_dark,
            )
            for one in self._cards
        ]
        pages: dict[str, str] = {}
        words: dict[str, _Words] = {}
        told: dict[str, tuple[Digest, str]] = {}
        for one in self._cards:
            page = self._page(one)
            if page is None:
                continue
            told[one.key] = (one.digest, page)
            if one.digest[:16] in known or one.digest in words or one.digest in pages:
                continue
            base, before = self._told.get(one.key, (one.digest, ""))
            found = reworded(before, page) if base[:16] in known else None
            if found is None:
                pages[one.digest] = page
            else:
                words[one.digest] = _Words(base, *found)
        self._told = told
        return msgspec.json.encode(_Answer(cards, pages, words))

    def _page(self, card: Card) -> str | None:
        digest, page = self._told.get(card.key, (None, ""))
        if digest == card.digest:
            return page
        found = self._pages.get(card.digest)
        return None if found is None else found.decode("utf-8", "replace")

    @Slot(str, str)
    def _on_told(self, what: str, about: str) -> None:
        if what == "open":
            self.card_opened.emit(about)
        elif what == "words":
            self.words_clicked.emit(about)
