"""What every controller of a window is given."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject

from app.checking import Checking
from app.commands import Commands
from app.events import Events
from app.identity import Identity
from app.live import Live
from app.messages import Messages
from app.navigator import Navigator
from app.places import Place
from app.preferences import Preferences
from app.readings import Readings
from app.service_link import ServiceLink
from app.tasks import Tasks
from app.workspace import Workspace


class Desktop(Protocol):
    """What a page may ask of the window around it."""

    def toast(self, text: str, deed: str = "", key: str = "") -> None:
        """Say that something is done, with at most one deed to offer."""

    def set_badge(self, room: str, badge: str, *, is_alarm: bool = False) -> None:
        """Say how much waits in a room, "" for nothing."""

    def set_status(self, source: str, icon: str, text: str) -> None:
        """Say something on the right of the status bar, "" to say it no more."""


@dataclass(frozen=True, slots=True)
class Context:
    """One window over one workspace.

    Attributes:
        owner: The QObject that controllers belong to.
    """

    owner: QObject
    workspace: Workspace
    tasks: Tasks
    events: Events
    messages: Messages
    readings: Readings
    checking: Checking
    live: Live
    identity: Identity
    navigator: Navigator
    service: ServiceLink
    commands: Commands
    preferences: Preferences
    desktop: Desktop


class Page(Protocol):
    """A room, its controller."""

    def widget(self) -> QObject:
        """Return the room's view, a ``PageView``."""

    def come(self, place: Place) -> None:
        """Show ``place``, which is one of this room's."""
