"""One's own key: copy it, change its passphrase, keep it on paper."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.context import Context
from app.controllers.help_files import write_private
from app.founding import require_passphrase
from app.settings import VaultKind
from app.tasks import Lane, Task
from governance.errors import ExpectedError, WrongPassphraseError
from governance.ledger.kinds import Enrolment
from governance.names import PersonId
from governance.people.own_key import (
    Holder,
    change_passphrase,
    recover_key,
    recovery_sheet,
)
from governance.ports import Progress
from governance.texts import _
from governance.trust.keys import PublicKey
from widgets.settings.key_dialogs import OpenDialog, PassphraseDialog
from widgets.settings.key_state import MyKey, Standing
from widgets.settings.people import People
from widgets.settings.view import SettingsView

_LARGEST = 100_000  # bytes of a sheet


class KeyDeeds(QObject):
    """Opens the dialogs about one's own key.

    Signals:
        changed: Something about the key is otherwise now.
    """

    changed = Signal()

    def __init__(self, view: SettingsView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._dialog: PassphraseDialog | OpenDialog | None = None
        self._task: Task | None = None
        self._done = ""

    @property
    def dialog(self) -> PassphraseDialog | OpenDialog | None:
        """The dialog that is open."""
        return self._dialog

    def mine(self, people: People) -> MyKey:
        """Return whose key this is and how it stands."""
        person = self._context.identity.person
        in_keyring = self._context.workspace.settings.vault is VaultKind.KEYRING
        is_demo = self._context.identity.is_demo
        if person is None:
            return MyKey("", "", None, Standing.NOBODY, in_keyring, is_demo)
        member = people.state.members.get(person)
        key = member.key if member else None
        standing = Standing.IN_USE if key else Standing.STRANGER
        if member is not None and key is None:
            standing = Standing.WITHDRAWN
        for waiting in people.state.waiting.values():
            entry = waiting.entry
            if isinstance(entry, Enrolment) and entry.person == person and key is None:
                standing, key = Standing.WAITING, PublicKey.from_openssh(entry.key)
        name = people.name(person)
        return MyKey(name, str(person), key, standing, in_keyring, is_demo)

    def act(self, deed: str, people: People) -> None:
        """Do ``deed``."""
        mine = self.mine(people)
        if mine.standing is Standing.NOBODY:
            return
        match deed:
            case "copy-key" if mine.key is not None:
                self._view.copy(mine.key.openssh)
                self._context.desktop.toast(_("The public key is copied."))
            case "passphrase":
                changing = PassphraseDialog(self._view)
                changing.wished.connect(self._on_change_wished)
                self._open(changing)
            case "sheet":
                saving = OpenDialog(
                    self._view,
                    _("Save a recovery sheet"),
                    _("The sheet holds your key, locked with this passphrase."),
                    _("Save…"),
                    "file-arrow-down",
                )
                saving.wished.connect(self._on_sheet_wished)
                self._open(saving)
            case "recover":
                recovering = OpenDialog(
                    self._view,
                    _("Recover from a sheet"),
                    _("The passphrase is the one that the key had on that day."),
                    _("Choose the sheet…"),
                    "file-arrow-up",
                )
                recovering.wished.connect(self._on_recover_wished)
                self._open(recovering)
            case _:
                pass

    def _open(self, dialog: PassphraseDialog | OpenDialog) -> None:
        self._dialog = dialog
        dialog.finished.connect(self._on_finished)
        dialog.open()

    @Slot()
    def _on_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    @Slot(str, str)
    def _on_change_wished(self, old: str, new: str) -> None:
        person, vault = self._context.identity.person, self._context.workspace.vault
        if person is not None:

            def change(_progress: Progress) -> None:
                require_passphrase(new)
                change_passphrase(vault, person, old, new)

            self._start(change, _("The passphrase is changed."))

    @Slot(str)
    def _on_sheet_wished(self, passphrase: str) -> None:
        person = self._context.identity.person
        snapshot = self._context.readings.current
        if person is None or snapshot is None:
            return
        state = snapshot.reading.state
        member = state.members.get(person)
        name = member.name if member else str(person)
        words = _("Save a recovery sheet")
        file = self._view.ask_where(words, "countersign-recovery-sheet.txt")
        if file is None:
            return
        workspace = self._context.workspace
        holder = Holder(person, name, state.workspace)

        def save(_progress: Progress) -> None:
            now = workspace.clock()
            sheet = recovery_sheet(workspace.vault, holder, passphrase, now=now)
            write_private(file, sheet.encode())

        done = _("The sheet is saved. Print it, lock it away, and delete the file.")
        self._start(save, done)

    @Slot(str)
    def _on_recover_wished(self, passphrase: str) -> None:
        person = self._context.identity.person
        file = self._view.ask_which(_("Recover from a sheet"))
        if person is None or file is None:
            return
        snapshot = self._context.readings.current
        members = snapshot.reading.state.members if snapshot else {}
        wanted = members[person].key if person in members else None
        work = partial(self._recovered, person, file, passphrase, wanted)
        self._start(work, _("The key is here again."))

    def _recovered(
        self,
        person: PersonId,
        file: Path,
        passphrase: str,
        wanted: PublicKey | None,
        _progress: Progress,
    ) -> None:
        with file.open("rb") as sheet:
            text = sheet.read(_LARGEST).decode("utf-8", "replace")
        vault = self._context.workspace.vault
        recover_key(vault, person, text, passphrase, wanted=wanted)

    def _start(self, work: object, done: str) -> None:
        assert callable(work), "something to do"
        if self._dialog is not None:
            self._dialog.render_busy(_("One moment …"))
        self._done = done
        task = self._task = self._context.tasks.start(Lane.WRITE, work)
        task.succeeded.connect(self._on_succeeded)
        task.failed.connect(self._on_failed)
        task.settled.connect(self._on_settled)

    @Slot(object)
    def _on_succeeded(self, _result: object) -> None:
        if self._dialog is not None:
            self._dialog.render_busy("")
            self._dialog.accept()
        self._context.desktop.toast(self._done)
        self.changed.emit()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        dialog = self._dialog
        if dialog is None:
            self._context.messages.tell(error)
            return
        dialog.render_busy("")
        if isinstance(error, WrongPassphraseError):
            dialog.refuse(_("The passphrase is not right. Nothing was changed."))
        elif isinstance(error, ExpectedError):
            dialog.render_problem(f"{error} {_(error.remedy)}")
        elif isinstance(error, OSError):
            dialog.render_problem(_("The file cannot be read or written."))
        else:
            dialog.render_problem(_("That did not work. Nothing was changed."))
            self._context.messages.log(error)

    @Slot()
    def _on_settled(self) -> None:
        self._task = None
