"""What stands around a room: computed without Qt from what the window knows."""

from typing import Final

from app.places import Room
from app.service_link import ServiceStage
from app.shell_notices import Around, notices_of
from app.snapshot import Snapshot
from governance.ledger.state import LedgerState
from governance.names import Role
from governance.texts import _
from governance.trust.words import four_words
from widgets.kit.values import Tone
from widgets.publishing.shelf import is_ready
from widgets.reviews.inbox_values import is_open, open_roles
from widgets.shell.state import RoomSign, ShellState, StatusPart

# Who only reviews sees what is reviewed; the other rooms are other people's work.
_REVIEWERS: Final = frozenset({Role("legal"), Role("hr")})
_FOR_ALL: Final = frozenset({Room.LIBRARY, Room.REVIEWS, Room.HISTORY, Room.SETTINGS})


def shell_state(around: Around) -> ShellState:
    """Describe rail, status bar and banners."""
    state = around.snapshot.reading.state if around.snapshot else LedgerState()
    member = state.members.get(around.person) if around.person else None
    roles = frozenset(member.roles) if member else frozenset()
    rooms = tuple(
        _sign(room, title, icon, around)
        for room, title, icon in _rooms()
        if room in _FOR_ALL or not roles or roles - _REVIEWERS
    )
    name = member.name if member else str(around.person or "")
    return ShellState(
        rooms=rooms,
        chosen=around.room,
        me=name,
        is_reachable=around.service.stage is not ServiceStage.AWAY,
        left=_left(around),
        right=_right(around),
        notices=notices_of(around),
    )


def _rooms() -> tuple[tuple[Room, str, str], ...]:
    return (
        (Room.LIBRARY, _("Library"), "books"),
        (Room.REVIEWS, _("Reviews"), "tray"),
        (Room.PUBLISHING, _("Publishing"), "broadcast"),
        (Room.DELIVERIES, _("Deliveries"), "paper-plane-tilt"),
        (Room.CANDIDATES, _("Candidates"), "user-focus"),
        (Room.HISTORY, _("History"), "clock-counter-clockwise"),
        (Room.SETTINGS, _("Settings"), "gear-six"),
    )


def _sign(room: Room, title: str, icon: str, around: Around) -> RoomSign:
    badge, is_alarm = around.badges.get(room, ("", False))
    if around.snapshot is not None:
        badge = _waiting(room, around, around.snapshot) or badge
    if room is Room.HISTORY and around.snapshot and around.snapshot.reading.alarm:
        badge, is_alarm = "!", True
    order = [one for one, _title, _icon in _rooms()]
    number = order.index(room) + 1
    keys = "Ctrl+," if room is Room.SETTINGS else f"Ctrl+{number}"
    return RoomSign(room, title, icon, keys, badge, is_alarm)


def _waiting(room: Room, around: Around, snapshot: Snapshot) -> str:
    """Return what waits in a room for the person here, "" for nothing."""
    reading = snapshot.reading
    rows = reading.changes.values()
    if room is Room.REVIEWS:
        count = sum(
            bool(open_roles(row, reading.state, around.person))
            and row.change.id not in around.snoozed
            for row in rows
        )
    elif room is Room.PUBLISHING:
        count = sum(map(is_ready, rows))
    elif room is Room.LIBRARY:
        count = sum(
            is_open(row.change)
            and row.change.rejection is not None
            and around.person in row.change.authors
            for row in rows
        )
    else:
        count = 0
    return str(count) if count else ""


def _left(around: Around) -> tuple[StatusPart, ...]:
    if around.snapshot is None:
        return (StatusPart("circle-dashed", _("Reading the workspace …")),)
    reading = around.snapshot.reading
    checked = around.snapshot.at.astimezone().strftime("%H:%M")
    up_to_date = StatusPart(
        "cloud-check", _("Up to date · checked {time}").format(time=checked)
    )
    if reading.alarm:
        return (
            up_to_date,
            StatusPart("shield-warning", _("History is not verified"), Tone.ERROR),
        )
    words = " ".join(four_words(bytes.fromhex(reading.state.head)).split()[:3])
    return (
        up_to_date,
        StatusPart("shield-check", _("History verified · {words}").format(words=words)),
    )


def _right(around: Around) -> tuple[StatusPart, ...]:
    said = [StatusPart(icon, text) for icon, text in around.status.values() if text]
    match around.service.stage:
        case ServiceStage.STARTING:
            sending = StatusPart("circle-dashed", _("The service is starting"))
        case ServiceStage.AWAY:
            sending = StatusPart(
                "wifi-slash", _("The service cannot be reached"), Tone.WARN
            )
        case _:
            sending = (
                StatusPart("paper-plane-tilt", _("Sending on"))
                if around.service.is_sending
                else StatusPart("hand", _("Sending stopped"), Tone.ERROR)
            )
    demo = (StatusPart("flask", _("Demo")),) if around.is_demo else ()
    return (*said, *demo, sending)
