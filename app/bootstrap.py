"""The program: welcome, then a window over a workspace; each loads when it is shown."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from app.commands import Command
from app.language import choose_language
from app.preferences import Preferences, Recent, preferences_file
from app.presence import AlreadyOpenError, Presence, Stand, taken_words
from app.qt_words import speak_as
from governance.errors import ExpectedError
from governance.texts import _
from widgets.kit.letters import choose_letters
from widgets.kit.look import Appearance, Look
from widgets.web.engine import prepare_engine

_TURN: Final = 0.0005  # seconds that the window waits for its turn beside other work

if TYPE_CHECKING:
    from app.desktop import Desktop
    from app.snapshot import Snapshot
    from app.welcome import WelcomeController
    from widgets.welcome.view import WelcomeView


def make_application(arguments: list[str] | None = None) -> QApplication:
    """Return the application, dressed; made once a process."""
    prepare_engine()
    sys.setswitchinterval(_TURN)
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
        self._controller: WelcomeController | None = None
        self.welcome: WelcomeView | None = None

    def show_welcome(self) -> "WelcomeView":
        """Show where everything begins."""
        from app.welcome import WelcomeController
        from widgets.welcome.view import WelcomeView

        view = self.welcome = WelcomeView()
        controller = self._controller = WelcomeController(view, self.preferences)
        controller.ready.connect(self._on_ready)
        view.show()
        view.focus_first()
        return view

    @Slot(str)
    def _on_ready(self, folder: str) -> None:
        try:
            desktop = self.open_workspace(Path(folder))
        except ExpectedError as error:
            if self._controller is not None:
                self._controller.tell(error)
            return
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

    def open_workspace(self, folder: Path) -> "Desktop":
        """Open the workspace in ``folder``; what it holds is read in the background.

        Raises:
            AlreadyOpenError: It is open in another window, which is in front now.
            ExpectedError: It is none, or cannot be read.
        """
        from app.demo_people import is_demo
        from app.desktop import build_desktop
        from app.logs import log_to
        from app.paths import Paths
        from app.workspace import Workspace, utc_now

        paths = Paths.find(folder)
        presence = Presence(paths, self)
        claim = presence.claim()
        if claim.place is Stand.RAISED:
            raise AlreadyOpenError(_("The workspace is open already."))
        log_to(paths.ours / "logs" / "window.log")
        workspace = Workspace.at(paths)
        before = self.preferences.recent(str(paths.root))
        self.preferences.opened(
            Recent(
                folder=str(paths.root),
                name=before.name if before else paths.root.name,
                at=utc_now(),
                remote=workspace.settings.remote,
                is_demo=is_demo(paths),
            )
        )
        desktop = self.desktop = build_desktop(workspace, self.preferences)
        desktop.context.events.reading_changed.connect(self._on_reading_changed)
        desktop.window.closed.connect(desktop.close)
        desktop.window.closed.connect(presence.release)
        presence.called.connect(desktop.controller.come_forward)
        if claim.place is Stand.TAKEN:
            desktop.controller.folder.only_read(taken_words(claim))
        desktop.open()
        return desktop

    @Slot(object)
    def _on_reading_changed(self, snapshot: "Snapshot") -> None:
        """Remember what the workspace is called, which its ledger says."""
        desktop, name = self.desktop, snapshot.reading.state.workspace
        if desktop is None or not name:
            return
        folder = str(desktop.context.workspace.paths.root)
        before = self.preferences.recent(folder)
        if before is not None and before.name != name:
            self.preferences.opened(replace(before, name=name))


def open_window(arguments: list[str]) -> int:
    """Show the window until it is closed, and return the exit code."""
    code = choose_language(Preferences.read(preferences_file()).values.language)
    application = make_application()
    speak_as(application, code)
    program = Program(application)
    if arguments:
        try:
            program.open_workspace(Path(arguments[0]))
        except AlreadyOpenError as error:
            sys.stderr.write(f"{error} {_(error.remedy)}\n")
            return 0
    else:
        program.show_welcome()
    return application.exec()
