"""F6: from one part of the window to the next, as one reads."""

from typing import Final

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget

from widgets.kit.page import PageView
from widgets.shell.main_window import MainWindow

_TAB: Final = Qt.FocusPolicy.TabFocus


class Regions(QObject):
    """Moves the focus between rail, sidebar, content, inspector and status bar."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    @Slot()
    def after(self) -> None:
        """Go to the next one."""
        self._go(1)

    @Slot()
    def before(self) -> None:
        """Go to the one before."""
        self._go(-1)

    def _go(self, step: int) -> None:
        view = self._window.shell.rooms.currentWidget()
        inner = view.regions() if isinstance(view, PageView) else ()
        regions = (self._window.shell.rail, *inner, self._window.shell.status)
        focus = QApplication.focusWidget()
        at = 0
        for number, region in enumerate(regions):
            if focus is not None and (region is focus or region.isAncestorOf(focus)):
                at = number
        for ahead in range(1, len(regions) + 1):
            region = regions[(at + step * ahead) % len(regions)]
            target = _first_focus(region)
            if target is not None:
                target.setFocus()
                return


def _first_focus(region: QWidget) -> QWidget | None:
    if region.focusPolicy() & _TAB and region.isEnabled():
        return region
    for part in region.findChildren(QWidget):
        if part.isVisible() and part.isEnabled() and part.focusPolicy() & _TAB:
            return part
    return None
