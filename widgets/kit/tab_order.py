"""Tab goes as one reads, also to what was made later than what stands behind it."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtWidgets import QToolButton, QWidget

from widgets.kit.controls import Segments


class TabOrder:
    """Keeps an order; where nothing was made anew it costs nothing."""

    def __init__(self) -> None:
        self._before: tuple[int, ...] = ()

    def keep(self, widgets: Iterable[QWidget]) -> None:
        """Put ``widgets`` behind one another; a switch stands for its buttons."""
        found = [part for widget in widgets for part in _parts(widget)]
        now = tuple(map(id, found))
        if now != self._before:
            self._before = now
            for one, after in pairwise(found):
                QWidget.setTabOrder(one, after)


def _parts(widget: QWidget) -> list[QWidget]:
    if isinstance(widget, Segments):
        return list(widget.findChildren(QToolButton))
    return [widget]
