"""The window, wired."""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from app.checking import Checking
from app.commands import Command, Commands
from app.context import Context
from app.controllers.deliveries_outgoing import Outgoing
from app.controllers.deliveries_sending import Sending
from app.controllers.help_commands import HelpCommands
from app.demo import DEMO_PASSPHRASE, demo_people, is_demo
from app.events import Events
from app.identity import Identity
from app.language import choose_language
from app.live import Live
from app.logs import log_to
from app.main_window import WindowController
from app.messages import Messages
from app.navigator import Navigator
from app.paths import Paths
from app.places import Room
from app.preferences import Preferences, Recent, preferences_file
from app.readings import Readings
from app.service_link import ServiceLink
from app.tasks import Tasks
from app.welcome import WelcomeController
from app.workspace import ProcessRenderer, Workspace, make_renderer
from governance.texts import _, ngettext
from sync.api.deliveries import State
from widgets.kit.letters import choose_letters
from widgets.kit.look import Appearance, Look
from widgets.shell.main_window import MainWindow
from widgets.web.engine import prepare_engine
from widgets.welcome.view import WelcomeView


@dataclass(frozen=True, slots=True, weakref_slot=True)  # a signal calls it
class Desktop:
    """One window over one workspace; who holds it keeps all of it alive."""

    window: MainWindow
    controller: WindowController
    context: Context
    checker: ProcessRenderer

    def open(self) -> None:
        """Show the window, read the workspace, start the service."""
        context = self.context
        self.window.show()
        context.readings.refresh()
        context.readings.watch()
        context.service.start()
        context.navigator.open_room(Room.LIBRARY)

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


def make_application(arguments: list[str] | None = None) -> QApplication:
    """Return the application, dressed; made once a process."""
    prepare_engine()
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication(arguments or sys.argv[:1])
    application.setApplicationName("Countersign")
    application.setQuitOnLastWindowClosed(True)
    return application


class Program(QObject):
    """The running program: welcome, then a window over a workspace."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.preferences = Preferences.read(preferences_file())
        self.look = Look(application)
        values = self.preferences.values
        self.look.choose(Appearance(values.appearance), values.percent)
        choose_letters(are_keys=values.has_letters)
        self.desktop: Desktop | None = None
        self.welcome: WelcomeView | None = None

    def show_welcome(self) -> WelcomeView:
        """Show where everything begins."""
        view = self.welcome = WelcomeView()
        controller = WelcomeController(view, self.preferences)
        controller.ready.connect(self._on_ready)
        view.show()
        view.focus_first()
        return view

    @Slot(str)
    def _on_ready(self, folder: str) -> None:
        desktop = self.open_workspace(Path(folder))
        desktop.context.commands.offer(
            Command(
                "switch",
                _("Switch workspace…"),
                _("Window"),
                self._switch,
                "arrows-left-right",
            )
        )
        if self.welcome is not None:
            self.welcome.close()
            self.welcome = None

    @Slot()
    def _switch(self) -> None:
        """Show the welcome window again, then close the workspace’s."""
        desktop = self.desktop
        self.show_welcome()
        if desktop is not None:
            desktop.window.close()

    def open_workspace(self, folder: Path) -> Desktop:
        """Open the workspace in ``folder``.

        Raises:
            ExpectedError: It is none, or cannot be read.
        """
        paths = Paths.find(folder)
        log_to(paths.ours / "logs" / "window.log")
        workspace = Workspace.at(paths)
        self.preferences.opened(
            Recent(
                folder=str(paths.root),
                name=workspace.state().workspace,
                at=datetime.now(UTC),
                remote=workspace.settings.remote,
                is_demo=is_demo(paths),
            )
        )
        desktop = self.desktop = build_desktop(workspace, self.preferences)
        desktop.window.closed.connect(desktop.close)
        desktop.open()
        return desktop


def open_window(arguments: list[str]) -> int:
    """Show the window until it is closed, and return the exit code."""
    choose_language(Preferences.read(preferences_file()).values.language)
    application = make_application()
    program = Program(application)
    if arguments:
        program.open_workspace(Path(arguments[0]))
    else:
        program.show_welcome()
    return application.exec()
