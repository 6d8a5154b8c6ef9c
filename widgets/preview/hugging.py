"""A frame whose height follows from its width: wrapped texts are never cut."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame


class Hugging(QFrame):
    """As high as its texts are at its width, no less and no more."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that goes with the width."""
        super().resizeEvent(event)
        self._hug()

    def event(self, event: QEvent) -> bool:
        """Take another height when a text is another one."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._hug()
        return done

    def _hug(self) -> None:
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            height = layout.totalHeightForWidth(self.width())
            if height != self.minimumHeight():
                self.setFixedHeight(height)
