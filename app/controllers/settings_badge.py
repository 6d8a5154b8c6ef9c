"""How much waits in settings for the person here, before the room is ever opened."""

from PySide6.QtCore import QObject, Slot

from app.context import Context
from app.places import Room
from widgets.settings.people import People, why_no_confirming


class SettingsBadge(QObject):
    """Counts what waits for the second signature of who acts here."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.owner)
        self._context = context
        context.events.reading_changed.connect(self._count)
        context.events.identity_changed.connect(self._count)

    @Slot()
    def _count(self) -> None:
        context = self._context
        snapshot = context.readings.current
        if snapshot is None:
            return
        state, now = snapshot.reading.state, context.workspace.clock()
        people = People(state, context.identity.person, now)
        mine = sum(not why_no_confirming(people, one) for one in state.waiting.values())
        context.desktop.set_badge(Room.SETTINGS, str(mine) if mine else "")
