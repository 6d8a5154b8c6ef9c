"""What the shell shows around every room."""

from dataclasses import dataclass

from widgets.kit.values import Notice, Tone


@dataclass(frozen=True, slots=True)
class RoomSign:
    """One room of the rail.

    Attributes:
        badge: What waits there, "" for nothing.
    """

    key: str
    title: str
    icon: str
    shortcut: str = ""
    badge: str = ""
    is_alarm: bool = False


@dataclass(frozen=True, slots=True)
class StatusPart:
    """One sentence of the status bar."""

    icon: str
    text: str
    tone: Tone = Tone.QUIET


@dataclass(frozen=True, slots=True)
class ShellState:
    """Everything around the room.

    Attributes:
        chosen: The room whose sign is lit.
        me: How the person is called.
        is_reachable: Whether the service answers.
        job: What is being done in the background, "" for nothing.
    """

    rooms: tuple[RoomSign, ...] = ()
    chosen: str = ""
    me: str = ""
    is_reachable: bool = True
    left: tuple[StatusPart, ...] = ()
    right: tuple[StatusPart, ...] = ()
    notices: tuple[Notice, ...] = ()
    job: str = ""
    done: int = 0
    total: int = 0
