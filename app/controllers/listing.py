"""What a person chose of a list: the part, the words, the row, the ticked rows.

Views say it by signals, and controllers hear it here: each of these slots remembers,
and tells once when something is another than before.
"""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal, Slot


class Listing(QObject):
    """Remembers what is chosen of one list.

    Signals:
        changed: A person chose something else.
    """

    changed = Signal()

    def __init__(self, parent: QObject, *, part: str = "") -> None:
        super().__init__(parent)
        self.part = part
        self.words = ""
        self.selected = ""
        self.ticked: frozenset[str] = frozenset()

    @Slot(str)
    def choose_part(self, part: str) -> None:
        """Show another part."""
        if part != self.part:
            self.part = part
            self.changed.emit()

    @Slot(str)
    def choose_words(self, words: str) -> None:
        """Filter by other words."""
        if words != self.words:
            self.words = words
            self.changed.emit()

    @Slot(str)
    def come_to(self, key: str) -> None:
        """Come to a row."""
        if key != self.selected:
            self.selected = key
            self.changed.emit()

    @Slot(str)
    def tick(self, key: str) -> None:
        """Tick a row, or take its tick away."""
        self.tick_only(self.ticked ^ {key})

    def tick_only(self, keys: Iterable[str]) -> None:
        """Tick these rows and no others."""
        wanted = frozenset(keys)
        if wanted != self.ticked:
            self.ticked = wanted
            self.changed.emit()

    def settle(self, selected: str, ticked: Iterable[str] | None = None) -> None:
        """Take what the state made of it, and tell nobody: they are drawing it."""
        self.selected = selected
        if ticked is not None:
            self.ticked = frozenset(ticked)
