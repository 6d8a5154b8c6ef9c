"""Help without a workspace, in a window of its own."""

from PySide6.QtCore import QObject, Signal, Slot

from app.controllers.help_texts import read_pages
from widgets.help.state import FIRST, help_state
from widgets.help.window import HelpWindow


class HelpAlone(QObject):
    """Remembers the page and the words.

    Signals:
        closed: The window is closed, and this may be forgotten.
    """

    closed = Signal()

    def __init__(self, window: HelpWindow) -> None:
        super().__init__(window)
        self.window = window
        self._pages = read_pages()
        self._key = FIRST
        self._words = ""
        view = window.view
        view.section_chosen.connect(self._on_page)
        view.page_requested.connect(self._on_page)
        view.words_changed.connect(self._on_words)
        view.deed_chosen.connect(self._on_deed)
        window.closed.connect(self.closed)
        self._draw()

    @Slot(str)
    def _on_page(self, key: str) -> None:
        if key in self._pages and key != self._key:
            self._key = key
            self._draw()

    @Slot(str)
    def _on_words(self, words: str) -> None:
        if words != self._words:
            self._words = words
            self._draw()

    @Slot(str)
    def _on_deed(self, key: str) -> None:
        if key == "clear":
            self.window.view.search.clear()

    def _draw(self) -> None:
        state = help_state(self._pages, self._key, self._words)
        self.window.view.render_state(state)
