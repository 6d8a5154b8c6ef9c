"""Help: which page is shown, and what one looks for in all of them."""

from PySide6.QtCore import QObject, Slot

from app.context import Context
from app.controllers.help_texts import read_pages
from app.places import Place, Room
from widgets.help.state import FIRST, help_state
from widgets.help.view import HelpView


class HelpController(QObject):
    """Remembers the page and the words."""

    def __init__(self, view: HelpView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._pages = read_pages()
        self._key = FIRST
        self._words = ""
        view.section_chosen.connect(self._on_page_chosen)
        view.page_requested.connect(self._on_link)
        view.words_changed.connect(self._on_words_changed)
        view.deed_chosen.connect(self._on_deed_chosen)
        self._draw()

    def widget(self) -> HelpView:
        """Return the view."""
        return self._view

    def come(self, place: Place) -> None:
        """Show the page that ``place`` names."""
        if place.key in self._pages:
            self._view.search.clear()
            self._words, self._key = "", place.key
        self._draw()

    @Slot(str)
    def _on_page_chosen(self, key: str) -> None:
        if key in self._pages and key != self._key:
            self._key = key
            self._draw()

    @Slot(str)
    def _on_link(self, key: str) -> None:
        if key in self._pages:
            self._context.navigator.open(Place(Room.HELP, key))

    @Slot(str)
    def _on_words_changed(self, words: str) -> None:
        if words != self._words:
            self._words = words
            self._draw()

    @Slot(str)
    def _on_deed_chosen(self, key: str) -> None:
        if key == "clear":
            self._view.search.clear()

    def _draw(self) -> None:
        state = help_state(self._pages, self._key, self._words)
        self._view.render_state(state)


def make(context: Context) -> HelpController:
    """Return help."""
    return HelpController(HelpView(), context)
