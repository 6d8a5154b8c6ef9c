"""What can wait until the first page is there: one thing after the other."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QObject, QTimer, SignalInstance, Slot

LONGEST: Final = 3000  # milliseconds; then nobody waits for the page any more
BREATH: Final = 150  # milliseconds between two things, for what a person does


class Afterwards(QObject):
    """Does things in the window's own thread, with room for people between them.

    It begins when something has ``arrived``, or after a while without it.
    """

    def __init__(
        self,
        parent: QObject,
        arrived: SignalInstance,
        things: Iterable[Callable[[], object]],
        *,
        longest: int = LONGEST,
        breath: int = BREATH,
    ) -> None:
        super().__init__(parent)
        self._things = list(things)
        self._breath = breath
        self._has_begun = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(longest)
        self._timer.timeout.connect(self._on_time)
        self._timer.start()
        arrived.connect(self._on_arrived)

    @Slot()
    def _on_arrived(self) -> None:
        if not self._has_begun:
            self._has_begun = True
            self._timer.start(self._breath)

    @Slot()
    def _on_time(self) -> None:
        self._has_begun = True
        if not self._things:
            return
        self._things.pop(0)()
        self._timer.start(self._breath)
