"""Hearing what is pasted into the editor and what is dropped on the studio.

The editors stay as they are: the keys and drops are looked at before they get them, and
what is no formatted text or picture goes on to them.
"""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from governance.content.pasted_html import is_source
from widgets.source_editor.port import SourceEditor

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_META = Qt.KeyboardModifier.MetaModifier


class PasteWatch(QObject):
    """Watches the keys of an editor for what is pasted.

    Signals:
        html_pasted: What the clipboard has as HTML, and as plain text.
        plain_pasted: What it has as plain text, where that was asked for.
    """

    html_pasted = Signal(str, str)
    plain_pasted = Signal(str)

    def __init__(self, editor: SourceEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Look at the keys of whatever part of the editor has them now."""
        if new is not None and (new is self._editor or self._editor.isAncestorOf(new)):
            new.removeEventFilter(self)
            new.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take Ctrl+V of formatted text, and Ctrl+Shift+V."""
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_V:
            return False
        keys = event.modifiers() & (_CONTROL | _SHIFT | _ALT | _META)
        is_plain = keys == _CONTROL | _SHIFT
        if keys != _CONTROL and not is_plain:
            return False
        mime = QGuiApplication.clipboard().mimeData()
        if not is_plain and not _is_formatted(mime):
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() is not QEvent.Type.KeyPress:
            return False
        if is_plain:
            self.plain_pasted.emit(mime.text())
        else:
            self.html_pasted.emit(mime.html(), mime.text())
        return True


class DropWatch(QObject):
    """Takes files that are dropped on a page.

    Signals:
        dropped: The paths of the files, in their order.
    """

    dropped = Signal(list)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take what is a file on this computer; everything else is not for us."""
        match event:
            case QDropEvent() if event.type() is QEvent.Type.Drop:
                files = _files(event.mimeData())
                if files:
                    event.acceptProposedAction()
                    self.dropped.emit(files)
                    return True
            case QDragEnterEvent() | QDragMoveEvent():
                if _files(event.mimeData()):
                    event.acceptProposedAction()
                    return True
            case _:
                pass
        return False


def _is_formatted(mime: QMimeData) -> bool:
    return mime.hasHtml() and not is_source(mime.text())


def _files(mime: QMimeData) -> list[str]:
    urls = mime.urls() if mime.hasUrls() else []
    return [str(Path(url.toLocalFile())) for url in urls if url.isLocalFile()]
