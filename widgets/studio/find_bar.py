"""The bar that finds and replaces in the text."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout

from governance.texts import _
from widgets.kit.controls import IconButton, SearchField
from widgets.kit.marks import Text
from widgets.kit.values import Deed, Tone


class FindBar(QFrame):
    """Search in the text, and replace.

    Signals:
        find_requested: The words, and whether backwards.
        replace_requested: The words, and what comes instead, everywhere in this text.
        closed: It is no longer wanted.
    """

    find_requested = Signal(str, bool)
    replace_requested = Signal(str, str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        self.words = SearchField(_("Find in this text"))
        self.instead = SearchField(_("Replace with"))
        self.words.returnPressed.connect(self._on_next)
        self._note = Text("", "small", Tone.FAINT)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(self.words, 2)
        row.addWidget(self.instead, 2)
        for key, title, icon, slot in (
            ("find-before", _("Find before"), "caret-up", self._on_before),
            ("find-next", _("Find next"), "caret-down", self._on_next),
            ("replace-all", _("Replace all here"), "swap", self._on_replace),
            ("close-find", _("Close"), "x", self.closed.emit),
        ):
            button = IconButton(Deed(key, title, icon=icon))
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addWidget(self._note)

    def render_note(self, note: str) -> None:
        """Say how it went."""
        self._note.render_text(note)

    @Slot()
    def _on_next(self) -> None:
        if self.words.text():
            self.find_requested.emit(self.words.text(), False)  # noqa: FBT003

    @Slot()
    def _on_before(self) -> None:
        if self.words.text():
            self.find_requested.emit(self.words.text(), True)  # noqa: FBT003

    @Slot()
    def _on_replace(self) -> None:
        if self.words.text():
            self.replace_requested.emit(self.words.text(), self.instead.text())
