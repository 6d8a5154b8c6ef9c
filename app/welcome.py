"""The welcome window's controller: demo, create, join, open, recent."""

from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from app.controllers.help_alone import HelpAlone
from app.controllers.proof_alone import ProofAlone
from app.demo import make_demo
from app.founding import Wish, found_workspace
from app.joining import Invitation, join
from app.paths import Paths
from app.preferences import Preferences, Recent, data_folder
from app.tasks import Lane, Task, Tasks
from governance.errors import ExpectedError, OperationCancelledError
from governance.names import person_id
from governance.ports import Progress
from governance.texts import _, dated
from widgets.help.window import HelpWindow
from widgets.kit.look import Appearance, look
from widgets.proof.window import ProofWindow
from widgets.welcome.create_dialog import CreateDialog
from widgets.welcome.state import RecentRow, WelcomeState
from widgets.welcome.view import WelcomeView


class WelcomeController(QObject):
    """Prepares a workspace, and says which one to open.

    Signals:
        ready: The folder of a workspace to open.
    """

    ready = Signal(str)

    def __init__(self, view: WelcomeView, preferences: Preferences) -> None:
        super().__init__(view)
        self._view = view
        self._preferences = preferences
        self._tasks = Tasks(self)
        self._task: Task | None = None
        self._dialog: CreateDialog | None = None
        self._proof: ProofAlone | None = None
        self._help_window: HelpAlone | None = None
        self._job = ("", 0, 0)
        self._problem = ""
        view.chosen.connect(self._on_chosen)
        view.join_requested.connect(self._on_join_requested)
        view.recent_chosen.connect(self._on_recent_chosen)
        view.cleared.connect(self._on_cleared)
        view.cancelled.connect(self._on_cancelled)
        view.closed.connect(self._tasks.shut_down)
        self._draw()

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        match key:
            case "demo":
                self._start(_demo)
            case "create":
                self._ask(CreateDialog(self._view, folder=str(_new_folder())))
            case "folder":
                folder = QFileDialog.getExistingDirectory(
                    self._view, _("Open a workspace")
                )
                if folder:
                    self._open(folder)
            case "verify":
                self._verify()
            case "appearance":
                self._turn_look()
            case "help":
                self._help()
            case _:
                pass

    @Slot(str)
    def _on_join_requested(self, address: str) -> None:
        dialog = CreateDialog(self._view, folder=str(_new_folder()), address=address)
        dialog.setProperty("address", address)
        self._ask(dialog)

    def _ask(self, dialog: CreateDialog) -> None:
        self._dialog = dialog
        dialog.wished.connect(self._on_wished)
        dialog.cancelled.connect(self._on_cancelled)
        dialog.open()

    @Slot(str, str, str, str, str, bool)
    def _on_wished(  # noqa: PLR0917 -- a signal has no keywords
        self,
        folder: str,
        name: str,
        mail: str,
        person: str,
        passphrase: str,
        has_starter: bool,  # noqa: FBT001 -- as above
    ) -> None:
        dialog = self._dialog
        address = str(dialog.property("address") or "") if dialog else ""
        try:
            who = person_id(mail)
        except ExpectedError as error:
            if dialog is not None:
                dialog.render_problem(str(error))
            return
        if address:
            invitation = Invitation(Path(folder), address, who)
            self._start(partial(_joined, invitation, passphrase))
        else:
            origin = "starter" if has_starter else "empty"
            wish = Wish(Path(folder), origin, name, who, person)
            self._start(partial(_created, wish, passphrase))

    @Slot(str)
    def _on_recent_chosen(self, folder: str) -> None:
        self._open(folder)

    @Slot()
    def _on_cleared(self) -> None:
        self._preferences.keep(recent=())
        self._draw()

    @Slot()
    def _on_cancelled(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _open(self, folder: str) -> None:
        try:
            paths = Paths.find(Path(folder))
        except ExpectedError as error:
            self._problem = str(error)
            self._draw()
            return
        self.ready.emit(str(paths.root))

    def _start(self, work: Callable[[Progress], object]) -> None:
        if self._task is not None:
            return
        self._problem = ""
        self._task = self._tasks.start(Lane.WRITE, work)
        self._task.progressed.connect(self._on_progressed)
        self._task.succeeded.connect(self._on_succeeded)
        self._task.failed.connect(self._on_failed)
        self._task.settled.connect(self._on_settled)

    @Slot(str, int, int)
    def _on_progressed(self, label: str, done: int, total: int) -> None:
        self._job = (label, done, total)
        if self._dialog is not None:
            self._dialog.render_busy(label, done, total)
        self._draw()

    @Slot(object)
    def _on_succeeded(self, folder: object) -> None:
        if self._dialog is not None:
            self._dialog.render_busy("")
            self._dialog.accept()
            self._dialog = None
        self.ready.emit(str(folder))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, OperationCancelledError):
            words = ""
        elif isinstance(error, ExpectedError):
            words = f"{error} {_(error.remedy)}"
        else:
            words = _("That did not work, and we did not foresee why: {error}").format(
                error=error
            )
        if self._dialog is not None:
            self._dialog.render_busy("")
            self._dialog.render_problem(words)
        else:
            self._problem = words

    @Slot()
    def _on_settled(self) -> None:
        self._task = None
        self._job = ("", 0, 0)
        self._draw()

    def tell(self, error: ExpectedError) -> None:
        """Say why a workspace was not opened."""
        self._problem = f"{error} {_(error.remedy)}".strip()
        self._draw()

    def _help(self) -> None:
        """Show the help in a window of its own."""
        if self._help_window is None:
            self._help_window = HelpAlone(HelpWindow(self._view))
            self._help_window.closed.connect(self._on_help_closed)
        self._help_window.window.show()
        self._help_window.window.raise_()

    @Slot()
    def _on_help_closed(self) -> None:
        self._help_window = None

    def _verify(self) -> None:
        """Verify a message without a workspace, in a window of its own."""
        if self._proof is None:
            self._proof = ProofAlone(ProofWindow(self._view), self._tasks)
            self._proof.closed.connect(self._on_proof_closed)
        self._proof.window.show()
        self._proof.window.raise_()

    @Slot()
    def _on_proof_closed(self) -> None:
        self._proof = None

    def _turn_look(self) -> None:
        is_light = look().tokens.scheme == "light"
        chosen = Appearance.DARK if is_light else Appearance.LIGHT
        look().choose(chosen)
        self._preferences.keep(appearance=str(chosen))

    def _draw(self) -> None:
        job, done, total = self._job
        self._view.render_state(
            WelcomeState(
                _("Version {version}").format(version=version("countersign")),
                tuple(map(_row, self._preferences.values.recent)),
                "" if self._dialog else job,
                done,
                total,
                self._problem,
            )
        )


def _row(recent: Recent) -> RecentRow:
    day = dated(recent.at.astimezone(), "%-d %B")
    where = recent.remote or _("This computer")
    if recent.is_demo:
        where = _("The demo, on this computer")
    when = _("{where} · opened {day}").format(where=where, day=day)
    return RecentRow(recent.folder, recent.name, when)


def _demo(progress: Progress) -> Path:
    return make_demo(data_folder() / "demo", progress).root


def _created(wish: Wish, passphrase: str, progress: Progress) -> Path:
    progress.step(_("Making the workspace and your key"), done=0, total=1)
    workspace = found_workspace(wish, lambda: passphrase)
    workspace.close()
    return workspace.paths.root


def _joined(invitation: Invitation, passphrase: str, progress: Progress) -> Path:
    progress.step(_("Fetching the team’s history"), done=0, total=1)
    joined = join(invitation, lambda: passphrase)
    joined.workspace.close()
    return joined.workspace.paths.root


def _new_folder() -> Path:
    """Return a folder that is not there yet."""
    base = Path.home() / "Countersign"
    names = (base, *(base.with_name(f"Countersign {n}") for n in range(2, 100)))
    return next(path for path in names if not path.exists())
