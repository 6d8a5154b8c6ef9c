"""The native editor: Qt's own, quick, and read by screen readers."""

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QVBoxLayout

from widgets.kit.look import color, look
from widgets.source_editor.edits import difference, moved
from widgets.source_editor.highlight import Highlighter
from widgets.source_editor.native_text import KEEP, MOVE, NativeText
from widgets.source_editor.port import Offer, SourceEditor, Squiggle
from widgets.source_editor.positions import points, units, well_formed
from widgets.source_editor.words import found, meaning_at, path_at


class NativeEditor(SourceEditor):
    """Keeps the promises of ``SourceEditor`` with a ``QPlainTextEdit``."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.edit = NativeText(self.said_at)
        self.edit.setAccessibleName(name)
        self.setFocusProxy(self.edit)
        self._highlighter = Highlighter(self.edit.document())
        self._is_set = False
        self._text = ""
        self._name = ""
        self._offers: tuple[Offer, ...] = ()
        self._squiggles: tuple[Squiggle, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.edit)
        self.edit.undo_wanted.connect(self.undo_requested)
        self.edit.redo_wanted.connect(self.redo_requested)
        self.edit.open_wanted.connect(self._on_open_wanted)
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.cursorPositionChanged.connect(self._on_caret_moved)
        look().changed.connect(self._on_look_changed)

    def text(self) -> str:
        """Return the text as it is now."""
        return self._text

    def set_text(
        self, text: str, caret: int | None = None, name: str | None = None
    ) -> None:
        """Show ``text``, without telling; the caret stays near where it was."""
        if name is not None and name != self._name:
            self._name, caret = name, caret or 0
            self.set_squiggles(())
        old, text = self._text, well_formed(text)
        edit = difference(old, text)
        if edit is not None:
            cursor = QTextCursor(self.edit.document())
            cursor.setPosition(units(old, edit.start), MOVE)
            cursor.setPosition(units(old, edit.end), KEEP)
            self._is_set = True
            cursor.insertText(edit.text)
            self._is_set = False
        if caret is not None:
            self.go_to(min(caret, len(text)), min(caret, len(text)))

    def set_squiggles(self, squiggles: tuple[Squiggle, ...]) -> None:
        """Underline these stretches, and no others."""
        self._squiggles = squiggles
        self._paint_squiggles()

    def set_offers(self, offers: tuple[Offer, ...]) -> None:
        """Complete words with these."""
        self._offers = offers
        self.edit.offers = offers

    def set_read_only(self, *, is_read_only: bool) -> None:
        """Let nobody type, or somebody again."""
        self.edit.setReadOnly(is_read_only)

    def go_to(self, start: int, end: int) -> None:
        """Select a stretch and bring it into view."""
        cursor = self.edit.textCursor()
        cursor.setPosition(units(self._text, start), MOVE)
        cursor.setPosition(units(self._text, end), KEEP)
        self.edit.setTextCursor(cursor)
        self.edit.centerCursor()

    def search(self, words: str, *, backwards: bool = False) -> bool:
        """Select the next place of ``words``; say whether there is one."""
        cursor = self.edit.textCursor()
        start = points(self._text, cursor.selectionStart())
        end = points(self._text, cursor.selectionEnd())
        place = found(self._text, words, start, end, is_backwards=backwards)
        if place is not None:
            self.go_to(*place)
        return place is not None

    def insert(self, text: str) -> None:
        """Write ``text`` at the caret, as a person would."""
        self.edit.insertPlainText(well_formed(text))

    def caret(self) -> int:
        """Return the caret's code point."""
        return points(self._text, self.edit.textCursor().position())

    def said_at(self, unit: int) -> str:
        """Return what is found at a UTF-16 unit, or what the word there means."""
        at = points(self._text, unit)
        for one in self._squiggles:
            if one.start <= at <= one.end:
                return one.message
        return meaning_at(self._offers, self._text, at)[2]

    @property
    def squiggles(self) -> tuple[Squiggle, ...]:
        """What is underlined, where it is by now."""
        return self._squiggles

    @Slot(int)
    def _on_open_wanted(self, unit: int) -> None:
        if path := path_at(self._offers, self._text, points(self._text, unit)):
            self.opened.emit(path)

    @Slot()
    def _on_text_changed(self) -> None:
        text = self.edit.whole()
        edit = difference(self._text, text)
        if edit is None:
            return  # its colours changed
        self._text = text
        self._squiggles = tuple(
            replace(
                one,
                start=moved(one.start, (edit,)),
                end=max(
                    moved(one.start, (edit,)), moved(one.end, (edit,), is_end=True)
                ),
            )
            for one in self._squiggles
        )
        self._paint_squiggles()
        if not self._is_set:
            self.edited.emit(text)

    @Slot()
    def _on_caret_moved(self) -> None:
        text = self.edit.whole()
        at = points(text, self.edit.textCursor().position())
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        self.caret_moved.emit(line, column, at)
        self._paint_squiggles()

    @Slot()
    def _on_look_changed(self) -> None:
        self.edit.dress()
        self._paint_squiggles()

    def _paint_squiggles(self) -> None:
        text = self._text
        marks = [self.edit.current_line()]
        for one in self._squiggles:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.edit.document())
            last = self.edit.document().characterCount() - 1
            end = units(text, max(one.end, one.start + 1))
            cursor.setPosition(min(units(text, one.start), last), MOVE)
            cursor.setPosition(min(end, last), KEEP)
            made = QTextCharFormat()
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            made.setUnderlineColor(color(one.tone))
            mark.cursor, mark.format = cursor, made
            marks.append(mark)
        self.edit.setExtraSelections(marks)
        self.edit.show_signs(text, self._squiggles)
