"""What the window knows, and the banners that follow from it in every room."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.folder_watch import FolderState
from app.places import Room
from app.service_link import ServiceStage, ServiceState
from app.snapshot import Snapshot
from governance.names import ChangeId, PersonId
from governance.texts import _
from widgets.kit.values import Notice, Tone


@dataclass(frozen=True, slots=True)
class Around:
    """What the window knows.

    Attributes:
        badges: Room → what waits there, and whether it is an alarm.
        status: Who says it → icon and words.
        folder: Whether the workspace's folder is there and can be written.
        reader_because: Why this window only reads, "" where it writes too.
        snoozed: The changes that the person here put off until later.
    """

    snapshot: Snapshot | None
    service: ServiceState
    person: PersonId | None
    room: Room
    badges: Mapping[str, tuple[str, bool]]
    status: Mapping[str, tuple[str, str]]
    is_demo: bool = False
    folder: FolderState = FolderState.THERE
    reader_because: str = ""
    snoozed: frozenset[ChangeId] = frozenset()


def notices_of(around: Around) -> tuple[Notice, ...]:
    """Return the banners of every room: stopped, alarm, offline, read only."""
    found: list[Notice] = []
    if around.service.stops:
        found.append(
            Notice(
                "turn-on",
                _("Sending is stopped in part.")
                if around.service.is_sending
                else _("Sending is stopped."),
                "; ".join(around.service.stops),
                Tone.ERROR,
                "hand",
                _("Turn on…"),
            )
        )
    alarm = around.snapshot.reading.alarm if around.snapshot else None
    if alarm is not None:
        found.append(
            Notice(
                "history-alarm",
                _("Do not sign or publish anything now."),
                _(
                    "{reason} Nothing is published or sent until this is explained. "
                    "Call your administrator first."
                ).format(reason=alarm.reason),
                Tone.ERROR,
                "shield-warning",
                _("Show the history"),
            )
        )
    if around.service.stage is ServiceStage.AWAY:
        found.append(
            Notice(
                "service-away",
                _("The service cannot be reached."),
                _(
                    "You can write and read; publishing and sending wait. We try again "
                    "by ourselves."
                ),
                Tone.WARN,
                "wifi-slash",
                _("Try now"),
            )
        )
    found += _folder(around)
    is_there = around.folder is not FolderState.GONE
    if is_there and around.snapshot and around.snapshot.problem:
        found.append(
            Notice(
                "files",
                _("Your files cannot be read."),
                around.snapshot.problem,
                Tone.ERROR,
                "warning-octagon",
            )
        )
    return tuple(found)


def _folder(around: Around) -> tuple[Notice, ...]:
    """Say that nothing can be written, and what still can be done."""
    if around.folder is FolderState.GONE:
        return (
            Notice(
                "folder-gone",
                _("The folder of this workspace is gone."),
                _(
                    "It was moved or removed, or its disk was taken out. You see what "
                    "was read last, and what you type stays in this window; nothing is "
                    "saved or signed until the folder is back."
                ),
                Tone.ERROR,
                "warning-octagon",
            ),
        )
    if around.folder is FolderState.READ_ONLY:
        return (
            Notice(
                "folder-read-only",
                _("This disk cannot be written."),
                _(
                    "You can read, preview and verify everything. Drafts are not "
                    "saved, and nothing is signed or sent, until it can be written "
                    "again."
                ),
                Tone.WARN,
                "lock",
            ),
        )
    if around.reader_because:
        words = _("You can read. What you type here is not saved.")
        return (Notice("reader", around.reader_because, words, Tone.WARN, "lock"),)
    return ()
