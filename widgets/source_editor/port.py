"""What any source editor promises; all positions are code points, from 0."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from widgets.kit.values import Tone


@dataclass(frozen=True, slots=True)
class Squiggle:
    """A stretch of the text that something is said about.

    Attributes:
        start: Of its first code point.
        end: Behind its last.
    """

    start: int
    end: int
    tone: Tone
    message: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be written at the caret.

    Attributes:
        text: What is written, from the beginning of the word at the caret.
        meaning: What it is, in a sentence.
    """

    text: str
    meaning: str


class SourceEditor(QWidget):
    """A text with squiggles, completion and a caret.

    The text that ``text`` returns is Python's own: asking never waits for a screen. Its
    line ends are LF. Undo and redo, Ctrl+Enter, Ctrl+D, Ctrl+K, Ctrl+. and F8 are left
    to others; Tab goes on to the next control, Ctrl+] and Ctrl+[ indent.

    Signals:
        edited: The whole text after a person changed it; never by ``set_text``.
        edited_elsewhere: The name and whole text of what was shown before, if a key was
            still on its way when another text was shown.
        caret_moved: Line and column of the caret, from 1, and its code point.
        undo_requested: Take back; there is one history over all parts.
        redo_requested: Do again.
        opened: A file that was asked for where it is named: by F12, or with Ctrl and
            the mouse.
    """

    edited = Signal(str)
    edited_elsewhere = Signal(str, str)
    caret_moved = Signal(int, int, int)
    undo_requested = Signal()
    redo_requested = Signal()
    opened = Signal(str)

    def text(self) -> str:
        """Return the text as it is now."""
        raise NotImplementedError

    def set_text(
        self, text: str, caret: int | None = None, name: str | None = None
    ) -> None:
        """Show ``text``, without telling; the caret stays near where it was.

        Of another ``name`` it is another text altogether, and the caret at its start;
        without one it is the same text, changed.
        """
        raise NotImplementedError

    def set_squiggles(self, squiggles: tuple[Squiggle, ...]) -> None:
        """Underline these stretches, and no others."""
        raise NotImplementedError

    def set_offers(self, offers: tuple[Offer, ...]) -> None:
        """Complete words with these."""
        raise NotImplementedError

    def set_read_only(self, *, is_read_only: bool) -> None:
        """Let nobody type, or somebody again."""
        raise NotImplementedError

    def go_to(self, start: int, end: int) -> None:
        """Select a stretch and bring it into view."""
        raise NotImplementedError

    def search(self, words: str, *, backwards: bool = False) -> bool:
        """Select the next place of ``words``; say whether there is one."""
        raise NotImplementedError

    def insert(self, text: str) -> None:
        """Write ``text`` at the caret, as a person would."""
        raise NotImplementedError

    def caret(self) -> int:
        """Return the caret's code point."""
        raise NotImplementedError
