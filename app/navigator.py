"""Where the window is, and how it got there."""

from typing import Final

from PySide6.QtCore import QObject, Slot

from app.events import Events
from app.places import Place, Room

_MOST: Final = 50


class Navigator(QObject):
    """Opens places and remembers the way back."""

    def __init__(self, events: Events) -> None:
        super().__init__(events)
        self._events = events
        self._way: list[Place] = []
        self.place = Place(Room.LIBRARY)

    def open(self, place: Place) -> None:
        """Show ``place``."""
        if place != self.place:
            self._way = [*self._way[-_MOST:], self.place]
        self.place = place
        self._events.place_changed.emit(place)

    def open_room(self, room: Room) -> None:
        """Show a room as it was left; from the rail, so the way begins anew."""
        self._way = []
        self.place = Place(room)
        self._events.place_changed.emit(self.place)

    @Slot()
    def back(self) -> None:
        """Show what was shown before."""
        if self._way:
            self.place = self._way.pop()
            self._events.place_changed.emit(self.place)

    @property
    def before(self) -> Place | None:
        """Where back leads to."""
        return self._way[-1] if self._way else None
