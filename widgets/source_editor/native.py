"""The native editor: Qt's own, quick, and read by screen readers."""

from typing import Final

from PySide6.QtCore import QRect, QSize, QStringListModel, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QCompleter,
    QPlainTextEdit,
    QTextEdit,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from widgets.kit.icons import draw_icon
from widgets.kit.look import color, font, look
from widgets.kit.values import Tone
from widgets.source_editor.highlight import Highlighter
from widgets.source_editor.port import Offer, SourceEditor, Squiggle
from widgets.source_editor.positions import points, units

_SIGNS: Final = {
    Tone.ERROR: "x-circle-fill",
    Tone.WARN: "warning-fill",
    Tone.INFO: "info-fill",
}
_TOP: Final = 6  # pixels above the first line
_MOVE: Final = QTextCursor.MoveMode.MoveAnchor
_KEEP: Final = QTextCursor.MoveMode.KeepAnchor


class NativeEditor(SourceEditor):
    """Keeps the promises of ``SourceEditor`` with a ``QPlainTextEdit``."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.edit = _Edit(self)
        self.edit.setAccessibleName(name)
        self.setFocusProxy(self.edit)
        self._highlighter = Highlighter(self.edit.document())
        self._is_set = False
        self._squiggles: tuple[Squiggle, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.edit)
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.cursorPositionChanged.connect(self._on_caret_moved)
        look().changed.connect(self._on_look_changed)

    def text(self) -> str:
        """Return the text as it is now."""
        return self.edit.toPlainText()

    def set_text(self, text: str, caret: int | None = None) -> None:
        """Show ``text``, without telling; the caret stays near where it was."""
        old = self.text()
        if text == old:
            if caret is not None:
                self.go_to(caret, caret)
            return
        at = self.caret() if caret is None else caret
        self._is_set = True
        start, gone, come = _difference(old, text)
        cursor = QTextCursor(self.edit.document())
        cursor.setPosition(units(old, start), _MOVE)
        cursor.setPosition(units(old, start + gone), _KEEP)
        cursor.insertText(come)
        self._is_set = False
        if caret is not None:
            self.go_to(min(at, len(text)), min(at, len(text)))

    def set_squiggles(self, squiggles: tuple[Squiggle, ...]) -> None:
        """Underline these stretches, and no others."""
        self._squiggles = squiggles
        self._paint_squiggles()

    def set_offers(self, offers: tuple[Offer, ...]) -> None:
        """Complete words with these."""
        self.edit.set_offers(offers)

    def set_read_only(self, *, is_read_only: bool) -> None:
        """Let nobody type, or somebody again."""
        self.edit.setReadOnly(is_read_only)

    def go_to(self, start: int, end: int) -> None:
        """Select a stretch and bring it into view."""
        text = self.text()
        cursor = self.edit.textCursor()
        cursor.setPosition(units(text, start), _MOVE)
        cursor.setPosition(units(text, end), _KEEP)
        self.edit.setTextCursor(cursor)
        self.edit.centerCursor()

    def search(self, words: str, *, backwards: bool = False) -> bool:
        """Select the next place of ``words``; say whether there is one."""
        flag = QTextDocument.FindFlag.FindBackward if backwards else None
        flags = flag or QTextDocument.FindFlag(0)
        if self.edit.find(words, flags):
            return True
        end = (
            QTextCursor.MoveOperation.End
            if backwards
            else QTextCursor.MoveOperation.Start
        )
        before = self.edit.textCursor()
        self.edit.moveCursor(end)
        if self.edit.find(words, flags):
            return True
        self.edit.setTextCursor(before)
        return False

    def insert(self, text: str) -> None:
        """Write ``text`` at the caret, as a person would."""
        self.edit.insertPlainText(text)

    def caret(self) -> int:
        """Return the caret's code point."""
        return points(self.text(), self.edit.textCursor().position())

    def squiggle_at(self, unit: int) -> Squiggle | None:
        """Return what is said about the place of a UTF-16 unit."""
        at = points(self.text(), unit)
        for one in self._squiggles:
            if one.start <= at <= one.end:
                return one
        return None

    @property
    def squiggles(self) -> tuple[Squiggle, ...]:
        """What is underlined."""
        return self._squiggles

    @Slot()
    def _on_text_changed(self) -> None:
        if not self._is_set:
            self.edited.emit(self.text())

    @Slot()
    def _on_caret_moved(self) -> None:
        cursor = self.edit.textCursor()
        line, column = cursor.blockNumber() + 1, cursor.positionInBlock() + 1
        self.caret_moved.emit(line, column, self.caret())
        self._paint_squiggles()

    @Slot()
    def _on_look_changed(self) -> None:
        self.edit.dress()
        self._paint_squiggles()

    def _paint_squiggles(self) -> None:
        text = self.text()
        marks = [self.edit.current_line()]
        for one in self._squiggles:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.edit.document())
            end = max(one.end, one.start + 1)
            cursor.setPosition(units(text, min(one.start, len(text))), _MOVE)
            cursor.setPosition(units(text, min(end, len(text))), _KEEP)
            made = QTextCharFormat()
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            made.setUnderlineColor(color(one.tone))
            mark.cursor, mark.format = cursor, made
            marks.append(mark)
        self.edit.setExtraSelections(marks)
        self.edit.gutter.update()


class _Edit(QPlainTextEdit):
    """The text itself, with numbers before its lines."""

    def __init__(self, owner: NativeEditor) -> None:
        super().__init__(owner)
        self._owner = owner
        self._offers: tuple[Offer, ...] = ()
        self.setUndoRedoEnabled(False)  # there is one history over all parts
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setMouseTracking(True)
        self.gutter = _Gutter(self)
        self._completer = QCompleter(self)
        self._completer.setWidget(self)
        self._completer.setModel(QStringListModel(self))
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setMaxVisibleItems(10)
        popup = self._completer.popup()
        assert popup is not None, "Qt makes it when it is asked for"
        self._popup = popup
        self._completer.activated.connect(self._on_completed)
        self.blockCountChanged.connect(self._on_count_changed)
        self.updateRequest.connect(self._on_update)
        self.dress()

    def dress(self) -> None:
        """Take type and colours of now."""
        code = font("code")
        self.setFont(code)
        self.setStyleSheet(
            f"QPlainTextEdit {{ border: none; background: {color('surface').name()};"
            f'font-family: "{code.family()}"; font-size: {code.pixelSize()}px; }}'
        )
        self.setTabStopDistance(self.fontMetrics().horizontalAdvance(" ") * 2)
        self._on_count_changed()

    def set_offers(self, offers: tuple[Offer, ...]) -> None:
        """Complete words with these."""
        self._offers = offers
        model = self._completer.model()
        assert isinstance(model, QStringListModel)
        model.setStringList([one.text for one in offers])

    def current_line(self) -> QTextEdit.ExtraSelection:
        """Return the line of the caret as a quiet band."""
        mark = QTextEdit.ExtraSelection()
        made = QTextCharFormat()
        made.setBackground(color("hover"))
        made.setProperty(QTextCharFormat.Property.FullWidthSelection, True)  # noqa: FBT003
        cursor = self.textCursor()
        cursor.clearSelection()
        mark.cursor, mark.format = cursor, made
        return mark

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Complete, indent like the line before, and leave undo to the document."""
        if self._popup.isVisible() and event.key() in {
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Tab,
            Qt.Key.Key_Escape,
        }:
            event.ignore()
            return
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        match event.key():
            case Qt.Key.Key_Z if control:
                signal = (
                    self._owner.redo_requested if shift else self._owner.undo_requested
                )
                signal.emit()
            case Qt.Key.Key_Y if control:
                self._owner.redo_requested.emit()
            case Qt.Key.Key_Space if control:
                self._complete(is_forced=True)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                self._new_line()
            case Qt.Key.Key_Escape:
                event.ignore()
            case _:
                super().keyPressEvent(event)
                if event.text() and not control:
                    self._complete(is_forced=False)

    def mouseMoveEvent(self, event: object) -> None:
        """Say what is wrong under the pointer."""
        position = event.position().toPoint()  # type: ignore[attr-defined]
        place = self.cursorForPosition(position).position()
        squiggle = self._owner.squiggle_at(place)
        where = self.mapToGlobal(position)
        if squiggle is not None:
            QToolTip.showText(where, squiggle.message, self)
        else:
            QToolTip.hideText()
        super().mouseMoveEvent(event)  # type: ignore[arg-type]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the numbers beside the lines."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        width = self.gutter.sizeHint().width()
        self.gutter.setGeometry(
            QRect(inside.left(), inside.top() + _TOP, width, inside.height() - _TOP)
        )

    def paint_numbers(self, painter: QPainter, event: QPaintEvent) -> None:
        """Draw the number of each line, and a sign where something is found."""
        painter.fillRect(event.rect(), color("surface"))
        painter.setFont(self.font())
        text = self.toPlainText()
        signs = _signs(text, self._owner.squiggles)
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        current = self.textCursor().blockNumber()
        while block.isValid() and top <= event.rect().bottom():
            height = self.blockBoundingRect(block).height()
            number = block.blockNumber()
            tone = "text" if number == current else "code-gutter"
            painter.setPen(QColor(color(tone)))
            box = QRect(0, round(top), self.gutter.width() - 14, round(height))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, str(number + 1))
            if number in signs:
                mark = QRect(6, round(top + (height - 13) / 2), 13, 13)
                draw_icon(painter, _SIGNS[signs[number]], signs[number], mark)
            block, top = block.next(), top + height

    def _new_line(self) -> None:
        """Begin a line as deep as the one before."""
        line = self.textCursor().block().text()
        indent = line[: len(line) - len(line.lstrip())]
        self.insertPlainText(f"\n{indent}")

    def _word(self) -> str:
        cursor = self.textCursor()
        line = cursor.block().text()[: cursor.positionInBlock()]
        at = len(line)
        while at and (line[at - 1].isalnum() or line[at - 1] in "._-/<"):
            at -= 1
        return line[at:]

    def _complete(self, *, is_forced: bool) -> None:
        word = self._word()
        popup = self._popup
        if not is_forced and len(word) < 2:  # noqa: PLR2004 -- one letter fits all
            popup.hide()
            return
        self._completer.setCompletionPrefix(word)
        if not self._completer.completionCount() or (
            self._completer.completionCount() == 1
            and self._completer.currentCompletion() == word
        ):
            popup.hide()
            return
        popup.setCurrentIndex(self._completer.completionModel().index(0, 0))
        box = self.cursorRect()
        box.setWidth(340)
        box.translate(self.gutter.width(), 4)
        self._completer.complete(box)

    @Slot(str)
    def _on_completed(self, text: str) -> None:
        cursor = self.textCursor()
        word = self._word()
        cursor.setPosition(cursor.position() - len(word), _KEEP)
        cursor.insertText(text)
        self.setTextCursor(cursor)

    @Slot()
    def _on_count_changed(self) -> None:
        self.setViewportMargins(self.gutter.sizeHint().width(), _TOP, 0, 0)

    @Slot(QRect, int)
    def _on_update(self, box: QRect, moved: int) -> None:
        if moved:
            self.gutter.scroll(0, moved)
        else:
            self.gutter.update(0, box.y(), self.gutter.width(), box.height())


class _Gutter(QWidget):
    """Where the numbers are."""

    def __init__(self, edit: _Edit) -> None:
        super().__init__(edit)
        self._edit = edit

    def sizeHint(self) -> QSize:
        """Return room for the longest number and a sign."""
        digits = max(3, len(str(max(1, self._edit.blockCount()))))
        return QSize(self._edit.fontMetrics().horizontalAdvance("9") * digits + 40, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the numbers."""
        self._edit.paint_numbers(QPainter(self), event)


def _signs(text: str, squiggles: tuple[Squiggle, ...]) -> dict[int, Tone]:
    """Return the worst that is said about each line."""
    order = (Tone.INFO, Tone.WARN, Tone.ERROR)
    found: dict[int, Tone] = {}
    for one in squiggles:
        if one.tone in order:
            line = text.count("\n", 0, one.start)
            known = found.get(line, one.tone)
            found[line] = max(known, one.tone, key=order.index)
    return found


def _difference(old: str, new: str) -> tuple[int, int, str]:
    """Return where two texts part, how much of the old goes, and what comes."""
    start = 0
    most = min(len(old), len(new))
    while start < most and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < most - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return start, len(old) - start - tail, new[start : len(new) - tail]
