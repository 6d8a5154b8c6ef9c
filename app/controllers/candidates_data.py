"""A candidate's own rights: what is kept of them as a file, and its end."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.context import Context
from app.controllers.candidates_access import access_of, archive_of
from app.controllers.help_files import write_private
from app.controllers.signing import Signing
from app.identity import name_of
from app.tasks import Lane
from governance.changes.credentials import Credentials
from governance.errors import FolderUnavailableError
from governance.ports import Progress
from governance.texts import N_, _
from sync.api.accesses import Access
from sync.api.erasures import PRIVACY
from sync.client import ServiceClient
from widgets.candidates.data_state import erase_question, export_question
from widgets.kit.files import FileAsker
from widgets.kit.page import PageView

_REMEDY = N_("Choose another place, or make room there.")


class CandidateData(QObject):
    """Asks a privacy officer, and does it.

    Signals:
        erased: The key of a candidate of whom nothing is kept any more.
    """

    erased = Signal(str)

    def __init__(self, view: PageView, context: Context) -> None:
        super().__init__(view)
        self._context = context
        self._access: Access | None = None
        self._key = ""
        self.files = FileAsker(view)
        self.files.chosen.connect(self._on_file_chosen)
        self.exporting = Signing(view, context, Lane.NETWORK)
        self.exporting.succeeded.connect(self._on_collected)
        self.erasing = Signing(view, context, Lane.NETWORK)
        self.erasing.succeeded.connect(self._on_erased)

    @property
    def why_not(self) -> str:
        """Why the person here may do neither, "" if they may."""
        snapshot = self._context.readings.current
        if snapshot is None or snapshot.reading.state.policy is None:
            return _("The workspace is being read.")
        state = snapshot.reading.state
        may = {PRIVACY, snapshot.reading.state.policy.admin}
        if may & self._context.identity.roles(state):
            return ""
        who = ", ".join(
            sorted(
                name_of(state, person)
                for person, member in state.members.items()
                if may & member.roles and not member.is_service
            )
        )
        words = _("Only who looks after the candidates' data may do this: {names}.")
        return words.format(names=who)

    def ask_export(self, key: str, name: str) -> None:
        """Ask before all that is kept of a candidate is collected."""
        if not self.why_not:
            state = export_question(name, self._context.identity.passphrase)
            self.exporting.ask(state, self._acted(partial(access_of, key)))

    def ask_erase(self, key: str, name: str, to_come: int, sent: int) -> None:
        """Ask before a candidate is erased; say what goes, and what stays and why."""
        if not self.why_not:
            passphrase = self._context.identity.passphrase
            state = erase_question(name, passphrase, to_come=to_come, sent=sent)
            self._key = key
            self.erasing.ask(state, self._acted(partial(_erased, key)))

    def _acted(
        self, deed: Callable[[ServiceClient, Progress], object]
    ) -> Callable[[Credentials, str, Progress], object]:
        def work(who: Credentials, _written: str, progress: Progress) -> object:
            return self._context.service.acted(deed, who, progress)

        return work

    @Slot(object)
    def _on_collected(self, access: Access) -> None:
        self._access = access
        name = f"{access.candidate}.zip"
        kinds = _("Archive (*.zip)")
        self.files.ask_where("access", _("Save what is kept"), name, kinds)

    @Slot(str, str)
    def _on_file_chosen(self, _what: str, path: str) -> None:
        access, self._access = self._access, None
        if access is None:
            return
        now = self._context.workspace.clock()
        data = archive_of(access, now)
        task = self._context.tasks.start(Lane.READ, partial(_written, Path(path), data))
        task.succeeded.connect(self._on_written)
        task.failed.connect(self._context.messages.tell)

    @Slot(object)
    def _on_written(self, file: Path) -> None:
        words = _("“{name}” is written. Only you can read it on this computer.")
        self._context.desktop.toast(words.format(name=file.name))

    @Slot(object)
    def _on_erased(self, _candidate: object) -> None:
        self._context.desktop.toast(_("Erased. The proofs of what was sent stay."))
        self.erased.emit(self._key)


def _erased(key: str, service: ServiceClient, progress: Progress) -> str:
    progress.step(_("Erasing"), done=0, total=0)
    return service.erase(key)


def _written(file: Path, data: bytes, _progress: Progress) -> Path:
    """Write ``data`` so that nobody else on this computer can read it.

    Raises:
        FolderUnavailableError: It cannot be written.
    """
    try:
        write_private(file, data)
    except OSError as error:
        problem = _("“{name}” cannot be written: {reason}")
        raise FolderUnavailableError(
            problem.format(name=file.name, reason=error.strerror or error),
            remedy=_(_REMEDY),
        ) from error
    return file
