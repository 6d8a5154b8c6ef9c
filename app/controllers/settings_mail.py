"""Another mail server: tried, saved where the service reads it, and taken up."""

import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import tomlkit
from PySide6.QtCore import QObject, Signal, Slot

from app.context import Context
from app.controllers.settings_connections import MailServer, ask_mail, mail_problem
from app.service_secrets import keeper_of
from app.tasks import Lane, Task
from governance.errors import ExpectedError
from governance.ports import Progress
from governance.texts import N_, _
from widgets.kit.values import Mark, Tone
from widgets.settings.connections_state import Connections
from widgets.settings.mail_dialog import MailDialog
from widgets.settings.mail_state import MailWish
from widgets.settings.view import SettingsView

_PRACTICE: Final = "../sandbox"
_SECRET: Final = "smtp"  # noqa: S105 -- its name, as the service asks for it


class MailNotSavedError(ExpectedError):
    """The settings of the service could not be changed."""

    remedy = N_("Look whether the folder can be written, and save again.")


class MailDeeds(QObject):
    """Opens the dialog, asks the server, and saves.

    Signals:
        changed: The settings of the service are others now.
    """

    changed = Signal()

    def __init__(self, view: SettingsView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._now = Connections()
        self._task: Task | None = None
        self.dialog: MailDialog | None = None

    def open(self, now: Connections) -> None:
        """Ask for what ``now`` should become."""
        if not now.file or now.problem:
            return
        self._now = now
        start = MailWish(
            now.sender,
            not now.host,
            now.host,
            str(now.port) if now.host else "587",
            now.tls if now.host else "starttls",
            now.user,
        )
        kept = {
            "keyring": _("It is kept in the keyring of this computer alone."),
            "files": _("It is kept in a file of its own that only you can read."),
        }.get(now.secrets, _("The service takes it from its environment."))
        if now.user:
            kept = _("Leave it empty to keep the one there is. {kept}").format(
                kept=kept
            )
        dialog = self.dialog = MailDialog(self._view, start, kept)
        dialog.tried.connect(self._on_tried)
        dialog.wished.connect(self._on_wished)
        dialog.finished.connect(self._on_finished)
        dialog.open()

    @Slot(object)
    def _on_tried(self, wish: MailWish) -> None:
        if self.dialog is None or self._task is not None:
            return
        self.dialog.render_answer(Mark(_("Asking …"), "circle-dashed"))
        task = self._start(Lane.NETWORK, partial(_tried, wish))
        task.succeeded.connect(self._on_answered)
        task.failed.connect(self._on_refused)

    @Slot(object)
    def _on_answered(self, words: str) -> None:
        if self.dialog is not None:
            self.dialog.render_answer(Mark(words, "check-circle-fill", Tone.OK))

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        if self.dialog is not None:
            words = mail_problem(error)
            self.dialog.render_answer(Mark(words, "x-circle-fill", Tone.ERROR))

    @Slot(object)
    def _on_wished(self, wish: MailWish) -> None:
        if self.dialog is None or self._task is not None or wish.why_not:
            return
        self.dialog.render_busy(_("Saving…"))
        work = partial(_saved, Path(self._now.file), self._now.secrets, wish)
        task = self._start(Lane.WRITE, work)
        task.succeeded.connect(self._on_saved)
        task.failed.connect(self._on_not_saved)

    @Slot(object)
    def _on_saved(self, _nothing: object) -> None:
        if self.dialog is not None:
            self.dialog.render_busy("")
            self.dialog.accept()
        service = self._context.service
        if service.is_ours:
            service.restart()
            words = _("Saved. The service is started again with it.")
        else:
            words = _("Saved. It holds when the service starts the next time.")
        self._context.desktop.toast(words)
        self.changed.emit()

    @Slot(object)
    def _on_not_saved(self, error: Exception) -> None:
        if self.dialog is not None:
            self.dialog.render_busy("")
            words = str(error) if isinstance(error, ExpectedError) else ""
            words = words or _("That did not work. Nothing was changed.")
            self.dialog.render_problem(words)
        self._context.messages.log(error)

    def _start(self, lane: Lane, work: Callable[[Progress], object]) -> Task:
        self._task = self._context.tasks.start(lane, work)
        self._task.settled.connect(self._on_settled)
        return self._task

    @Slot()
    def _on_settled(self) -> None:
        self._task = None

    @Slot()
    def _on_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None


def write_mail(file: Path, wish: MailWish) -> None:
    """Change the table [mail] of the service's settings; all else stays as it is.

    Raises:
        MailNotSavedError: The file cannot be read or written.
    """
    try:
        document = tomlkit.parse(file.read_text("utf-8"))
        mail = document["mail"]
        assert isinstance(mail, tomlkit.items.Table), "the service reads it so"
        mail["sender"] = wish.sender
        address = wish.sender.rpartition("<")[2].rstrip(">")
        mail["domain"] = address.rpartition("@")[2]
        values: dict[str, str | int] = {
            "host": wish.host,
            "port": int(wish.port or 0),
            "tls": wish.tls,
            "user": wish.user,
        }
        if wish.is_practice:
            mail["sandbox"] = _PRACTICE
            for name in values:
                mail.pop(name, None)
        else:
            mail.pop("sandbox", None)
            for name, value in values.items():
                mail[name] = value
        half = file.with_suffix(".part")
        half.write_text(tomlkit.dumps(document), "utf-8")
        half.replace(file)
    except (OSError, ValueError, KeyError) as error:
        raise MailNotSavedError(
            _("The settings of the service cannot be changed.")
        ) from error


def _tried(wish: MailWish, _progress: Progress) -> str:
    server = MailServer(wish.host, int(wish.port), wish.tls, wish.user, wish.password)
    return ask_mail(server)


def _saved(file: Path, kind: str, wish: MailWish, _progress: Progress) -> None:
    """Keep the password first: a service with new settings must find it."""
    if wish.password and not wish.is_practice:
        said = tomllib.loads(file.read_text("utf-8"))
        keeper = keeper_of(kind, file.parent, str(said["service"]["workspace"]))
        keeper.keep(_SECRET, wish.password.encode())
    write_mail(file, wish)
