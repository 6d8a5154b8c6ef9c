"""Qt's plain text with line numbers, completion, and our keys."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip, QWidget

from widgets.kit.icons import draw_icon
from widgets.kit.look import color, font
from widgets.kit.values import Tone
from widgets.source_editor.popup import Popup
from widgets.source_editor.port import Offer, Squiggle
from widgets.source_editor.positions import points, units
from widgets.source_editor.words import Fitting, fitting

MOVE: Final = QTextCursor.MoveMode.MoveAnchor
KEEP: Final = QTextCursor.MoveMode.KeepAnchor
_SIGNS: Final = {
    Tone.ERROR: "x-circle-fill",
    Tone.WARN: "warning-fill",
    Tone.INFO: "info-fill",
}
_TOP: Final = 6  # pixels above the first line
_STEP: Final = "  "
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier


class NativeText(QPlainTextEdit):
    """The text itself.

    Signals:
        undo_wanted: Take back.
        redo_wanted: Do again.
        open_wanted: Go where the word at a UTF-16 unit leads.
    """

    undo_wanted = Signal()
    redo_wanted = Signal()
    open_wanted = Signal(int)

    def __init__(self, said_at: Callable[[int], str]) -> None:
        super().__init__()
        self._said_at = said_at
        self.offers: tuple[Offer, ...] = ()
        self._fitting: Fitting | None = None
        self._signs: dict[int, Tone] = {}
        self.setUndoRedoEnabled(False)  # there is one history over all parts
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setMouseTracking(True)
        self.gutter = _Gutter(self)
        self._popup = Popup(self)
        self._popup.activated.connect(self._on_completed)
        self.blockCountChanged.connect(self._on_count_changed)
        self.updateRequest.connect(self._on_update)
        self.dress()

    def whole(self) -> str:
        """Return the text; Qt's own way would make each hard space a plain one."""
        return self.document().toRawText().replace("\u2029", "\n")

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

    def show_signs(self, text: str, squiggles: tuple[Squiggle, ...]) -> None:
        """Put a sign before each line that something is said about."""
        self._signs = _worst(text, squiggles)
        self.gutter.update()

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

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: C901 -- one case a key
        """Complete, indent like the line before, and leave undo to the document."""
        if self._popup.is_shown and event.key() in {
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Tab,
            Qt.Key.Key_Escape,
        }:
            event.ignore()
            return
        control = event.modifiers() & _CONTROL
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        is_written = not self.isReadOnly()
        match event.key():
            case Qt.Key.Key_Z if control:
                (self.redo_wanted if shift else self.undo_wanted).emit()
            case Qt.Key.Key_Y if control:
                self.redo_wanted.emit()
            case Qt.Key.Key_Space if control and is_written:
                self._complete(is_forced=True)
            case Qt.Key.Key_BracketRight | Qt.Key.Key_BracketLeft if control:
                if is_written:
                    self._indent(is_less=event.key() == Qt.Key.Key_BracketLeft)
            case Qt.Key.Key_F12:
                self.open_wanted.emit(self.textCursor().position())
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not control and is_written:
                self._new_line()
            case Qt.Key.Key_D | Qt.Key.Key_K if control:
                event.ignore()  # the window's
            case Qt.Key.Key_Escape:
                event.ignore()
            case _:
                super().keyPressEvent(event)
                if event.text() and not control and is_written:
                    self._complete(is_forced=False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where a word leads, with Ctrl."""
        super().mousePressEvent(event)
        is_left = event.button() is Qt.MouseButton.LeftButton
        if is_left and event.modifiers() & _CONTROL:
            place = self.cursorForPosition(event.position().toPoint())
            self.open_wanted.emit(place.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is wrong under the pointer, or what the word means."""
        position = event.position().toPoint()
        said = self._said_at(self.cursorForPosition(position).position())
        if said:
            QToolTip.showText(self.mapToGlobal(position), said, self)
        else:
            QToolTip.hideText()
        super().mouseMoveEvent(event)

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
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        current = self.textCursor().blockNumber()
        while block.isValid() and top <= event.rect().bottom():
            height = self.blockBoundingRect(block).height()
            number = block.blockNumber()
            tone = "text" if number == current else "code-gutter"
            painter.setPen(QColor(color(tone)))
            line = self.fontMetrics().lineSpacing()
            box = QRect(0, round(top), self.gutter.width() - 14, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, str(number + 1))
            if sign := self._signs.get(number):
                mark = QRect(6, round(top + (line - 13) / 2), 13, 13)
                draw_icon(painter, _SIGNS[sign], sign, mark)
            block, top = block.next(), top + height

    def _new_line(self) -> None:
        """Begin a line as deep as the one before."""
        line = self.textCursor().block().text()[: self.textCursor().positionInBlock()]
        indent = line[: len(line) - len(line.lstrip())]
        self.insertPlainText(f"\n{indent}")

    def _indent(self, *, is_less: bool) -> None:
        """Move the lines of the selection to the right, or to the left."""
        whole = self.textCursor()
        block = self.document().findBlock(whole.selectionStart())
        last = self.document().findBlock(whole.selectionEnd()).blockNumber()
        whole.beginEditBlock()
        while block.isValid() and block.blockNumber() <= last:
            cursor = QTextCursor(block)
            if not is_less:
                cursor.insertText(_STEP)
            elif block.text().startswith((" ", "\t")):
                step = 2 if block.text().startswith(_STEP) else 1
                cursor.setPosition(block.position() + step, KEEP)
                cursor.removeSelectedText()
            block = block.next()
        whole.endEditBlock()

    def _complete(self, *, is_forced: bool) -> None:
        text, at = self.whole(), self.textCursor().position()
        caret = points(text, at)
        fit = fitting(self.offers, text, caret, is_forced=is_forced)
        self._fitting = fit
        if fit is None:
            self._popup.hide()
            return
        box = self.cursorRect()
        box.translate(self.gutter.width(), 4)
        self._popup.offer(fit.offers, box)

    @Slot(str)
    def _on_completed(self, text: str) -> None:
        fit = self._fitting
        if fit is None:
            return
        cursor = self.textCursor()
        cursor.setPosition(units(self.whole(), fit.start), KEEP)
        cursor.insertText(f"{fit.before}{text}{fit.after}")
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

    def __init__(self, edit: NativeText) -> None:
        super().__init__(edit)
        self._edit = edit

    def sizeHint(self) -> QSize:
        """Return room for the longest number and a sign."""
        digits = max(3, len(str(max(1, self._edit.blockCount()))))
        return QSize(self._edit.fontMetrics().horizontalAdvance("9") * digits + 40, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the numbers."""
        self._edit.paint_numbers(QPainter(self), event)


def _worst(text: str, squiggles: tuple[Squiggle, ...]) -> dict[int, Tone]:
    """Return the worst that is said about each line."""
    order = (Tone.INFO, Tone.WARN, Tone.ERROR)
    worst: dict[int, Tone] = {}
    for one in squiggles:
        if one.tone in order:
            line = text.count("\n", 0, one.start)
            known = worst.get(line, one.tone)
            worst[line] = max(known, one.tone, key=order.index)
    return worst
