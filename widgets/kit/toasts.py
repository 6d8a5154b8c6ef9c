"""Toasts: a finished job or an undo, never an error."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from widgets.kit.controls import Button
from widgets.kit.marks import Text
from widgets.kit.values import Deed

_STAYS: Final = 6000  # milliseconds
_MARGIN: Final = 16
_WIDTH: Final = 340


class Toast(QFrame):
    """One sentence and at most one deed, at the bottom right of its window.

    Signals:
        acted: The key of the deed.
    """

    acted = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("toast")
        self.setFixedWidth(_WIDTH)
        self._text = Text(wraps=True)
        self._deed = Button(Deed("undo", "", "link"))
        self._key = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.addWidget(self._text, 1)
        row.addWidget(self._deed)
        self._deed.clicked.connect(self._on_clicked)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def show_toast(self, text: str, deed: str = "", key: str = "") -> None:
        """Say ``text`` for six seconds; longer while the pointer is on it."""
        self._key = key
        self._text.render_text(text)
        self._deed.render_deed(Deed(key, deed, "link", is_shown=bool(deed)))
        self.setAccessibleName(text)
        self._fit()
        self._place()
        self.show()
        self.raise_()
        self._timer.start(_STAYS)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while somebody reads."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go after a while again."""
        self._timer.start(_STAYS)
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the corner when the window is resized."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Be as high as the words need at this width; Qt's own guess is too high."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))

    def _place(self) -> None:
        window = self.parentWidget()
        if window is not None:
            corner = window.rect().bottomRight()
            self.move(corner - QPoint(_WIDTH + _MARGIN, self.height() + _MARGIN + 26))

    @Slot()
    def _on_clicked(self) -> None:
        self.hide()
        self.acted.emit(self._key)
