"""What each person noted about changes, on this computer: read, and put off until."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Self

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.context import Context
from governance.ledger.state import Change
from governance.names import ChangeId
from governance.texts import _
from widgets.kit.values import Choice
from widgets.reviews.inbox_values import is_open
from widgets.reviews.since import Notes, Snooze, latest_of

_FILE: Final = "inbox.json"
_MORNING: Final = 9  # o'clock
_LONGEST: Final = 3_600_000  # milliseconds that a timer waits at once
_WEEK: Final = 7


class _Later(msgspec.Struct, frozen=True):
    until: datetime
    latest: int


class _Person(msgspec.Struct, frozen=True):
    read: dict[str, int] = {}
    snoozed: dict[str, _Later] = {}


class InboxNotes(QObject):
    """Keeps the notes of this computer beside the workspace; one for each window.

    A disk that cannot be written forgets them with the window, no more.

    Signals:
        changed: Something is noted, or what was put off is back.
    """

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.owner)
        self._context = context
        self._file = context.workspace.paths.ours / _FILE
        self._people = _read(self._file)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        context.events.identity_changed.connect(self._on_time)
        self._wait()

    @classmethod
    def of(cls, context: Context) -> Self:
        """Return the one of this window, made now if need be."""
        return context.owner.findChild(cls) or cls(context)

    @property
    def now(self) -> Notes:
        """What the person here noted."""
        kept = self._mine()
        return Notes(
            {ChangeId(one): latest for one, latest in kept.read.items()},
            {
                ChangeId(one): Snooze(later.until, later.latest)
                for one, later in kept.snoozed.items()
            },
        )

    def read(self, change: Change) -> None:
        """Note that ``change`` was read as it is."""
        latest = latest_of(change, self._context.identity.person)
        mine = self._mine()
        if mine.read.get(str(change.id)) != latest:
            read = {**mine.read, str(change.id): latest}
            self._keep(_Person(read, mine.snoozed))

    def unread(self, change: Change) -> None:
        """Note that ``change`` was not read, or that it was."""
        mine = self._mine()
        if self.now.is_unread(change, self._context.identity.person):
            self.read(change)
            return
        read = {one: at for one, at in mine.read.items() if one != change.id}
        self._keep(_Person(read, mine.snoozed))

    def snooze(self, change: Change, until: datetime) -> None:
        """Put ``change`` off; it comes back before where somebody goes on with it."""
        mine = self._mine()
        latest = latest_of(change, self._context.identity.person)
        later = _Later(until, latest)
        self._keep(_Person(mine.read, {**mine.snoozed, str(change.id): later}))

    def wake(self, change: ChangeId) -> None:
        """Have ``change`` back."""
        mine = self._mine()
        rest = {one: at for one, at in mine.snoozed.items() if one != change}
        self._keep(_Person(mine.read, rest))

    def _mine(self) -> _Person:
        return self._people.get(str(self._context.identity.person or ""), _Person())

    def _keep(self, mine: _Person) -> None:
        """Have ``mine``, without what is over."""
        snapshot = self._context.readings.current
        changes = snapshot.reading.changes if snapshot else {}
        open_ones = {str(name) for name, row in changes.items() if is_open(row.change)}
        kept = _Person(
            {one: at for one, at in mine.read.items() if one in open_ones},
            {one: at for one, at in mine.snoozed.items() if one in open_ones},
        )
        me = str(self._context.identity.person or "")
        self._people = {**self._people, me: kept}
        half = self._file.with_suffix(".part")
        try:
            half.write_bytes(msgspec.json.encode(self._people))
            half.replace(self._file)
        except OSError as error:
            self._context.messages.log(error)
        self._wait()
        self.changed.emit()

    def _wait(self) -> None:
        """Wake when the next one comes back."""
        now = self._context.workspace.clock()
        ahead = [
            one.until - now for one in self._mine().snoozed.values() if one.until > now
        ]
        if ahead:
            left = round(min(ahead).total_seconds() * 1000) + 500
            self._timer.start(min(left, _LONGEST))

    @Slot()
    def _on_time(self) -> None:
        self._wait()
        self.changed.emit()


def untils(now: datetime) -> tuple[tuple[Choice, datetime], ...]:
    """Return until when a change can be put off; the first is the next morning."""
    local = now.astimezone()
    morning = local.replace(hour=_MORNING, minute=0, second=0, microsecond=0)
    monday = _WEEK - local.weekday()
    days = (
        ("tomorrow", _("Until tomorrow, 09:00"), 1),
        ("monday", _("Until Monday, 09:00"), monday),
        ("week", _("For a week"), _WEEK),
    )
    return tuple(
        (Choice(key, title), morning + timedelta(days=count))
        for key, title, count in days
        if key != "monday" or monday not in {1, _WEEK}
    )


def _read(file: Path) -> Mapping[str, _Person]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[str, _Person])
    except (OSError, msgspec.MsgspecError):
        return {}
