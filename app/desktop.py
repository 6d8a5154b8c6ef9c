"""One window over one workspace, wired."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QByteArray

from app.afterwards import Afterwards
from app.checking import Checking
from app.commands import Commands
from app.context import Context
from app.controllers.deliveries_outgoing import Outgoing
from app.controllers.deliveries_sending import Sending
from app.controllers.help_commands import HelpCommands
from app.controllers.search_commands import SearchCommands
from app.controllers.studio.sitting import left_open
from app.demo_people import DEMO_PASSPHRASE, demo_people, is_demo
from app.events import Events
from app.identity import Identity
from app.live import Live
from app.main_window import WindowController
from app.messages import Messages
from app.navigator import Navigator
from app.places import Room
from app.preferences import Preferences
from app.readings import Readings
from app.service_link import ServiceLink
from app.tasks import Tasks
from app.workspace import LateRenderer, Workspace, make_renderer
from governance.texts import ngettext
from sync.api.deliveries import State
from widgets.shell.main_window import MainWindow


@dataclass(frozen=True, slots=True, weakref_slot=True)  # a signal calls it
class Desktop:
    """One window over one workspace; who holds it keeps all of it alive."""

    window: MainWindow
    controller: WindowController
    context: Context
    checker: LateRenderer

    def open(self) -> None:
        """Show the window, and read the workspace; what can wait comes after that."""
        context = self.context
        context.readings.refresh()
        context.navigator.open_room(Room.LIBRARY)
        self.window.show()
        self.controller.folder.start()
        left = left_open(context.workspace.paths)
        again = (partial(context.navigator.open, left),) if left else ()
        Afterwards(
            context.owner,
            context.events.reading_changed,
            (*again, context.readings.watch, context.service.start),
        )

    def close(self) -> None:
        """End all work, keep what must be kept, stop what was started."""
        context = self.context
        folder = str(context.workspace.paths.root)
        geometry = bytes(self.window.saveGeometry().toBase64().data()).decode()
        windows = {**context.preferences.values.windows, folder: geometry}
        context.preferences.keep(windows=windows)
        context.tasks.shut_down()
        context.service.close()
        context.workspace.close()
        self.checker.close()
        context.live.close()


class _Late:
    """What pages ask of the window, before there is one."""

    controller: WindowController

    def toast(self, text: str, deed: str = "", key: str = "") -> None:
        """Say that something is done."""
        self.controller.toast(text, deed, key)

    def set_badge(self, room: str, badge: str, *, is_alarm: bool = False) -> None:
        """Say how much waits in a room."""
        self.controller.set_badge(room, badge, is_alarm=is_alarm)

    def set_status(self, source: str, icon: str, text: str) -> None:
        """Say something on the right of the status bar."""
        self.controller.set_status(source, icon, text)


def build_desktop(workspace: Workspace, preferences: Preferences) -> Desktop:
    """Assemble the window over ``workspace``; nothing is read or started yet."""
    window = MainWindow()
    tasks, events = Tasks(window), Events(window)
    messages = Messages(window, window)
    is_play = is_demo(workspace.paths)
    people = demo_people() if is_play else ()
    me = people[0].person if people else workspace.settings.me
    late = _Late()
    checker = make_renderer()
    checking = Checking(checker, tasks, messages, window)
    events.reading_changed.connect(checking.on_reading_changed)
    context = Context(
        window,
        workspace,
        tasks,
        events,
        messages,
        Readings(workspace, tasks, events, messages, window),
        checking,
        Live(make_renderer(), tasks, messages, window),
        Identity(me, events, people, DEMO_PASSPHRASE if is_play else ""),
        Navigator(events),
        ServiceLink(workspace, tasks, events),
        Commands(window),
        preferences,
        late,
    )
    late.controller = WindowController(window, context)
    HelpCommands(context)
    SearchCommands(context)
    Sending.of(context)  # one stops from any room, whether it was opened or not
    late.controller.ask_before_closing(partial(_due_soon, Outgoing.of(context)))
    packed = preferences.values.windows.get(str(workspace.paths.root), "")
    if packed:
        window.restoreGeometry(QByteArray.fromBase64(packed.encode()))
    return Desktop(window, late.controller, context, checker)


def _due_soon(outgoing: Outgoing) -> str:
    """Say how many messages wait for a service that ends with the window."""
    box = outgoing.box
    soon = box.now + timedelta(hours=1)
    due = sum(
        row.state in {State.PLANNED, State.READY, State.SENDING} and row.due_at < soon
        for row in box.rows or ()
    )
    if not due:
        return ""
    return ngettext(
        "{count} message is due in the next hour. It is sent when Countersign runs "
        "again.",
        "{count} messages are due in the next hour. They are sent when Countersign "
        "runs again.",
        due,
    ).format(count=due)
