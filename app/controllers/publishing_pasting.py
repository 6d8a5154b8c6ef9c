"""Pasting by hand: the text of a release, and reading back what lies there."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.context import Context
from app.controllers.publishing_publishing import looked
from app.tasks import Lane
from app.workspace import Workspace
from governance.errors import ExpectedError
from governance.names import SubjectName, TemplateId
from governance.ports import Progress
from governance.texts import _
from sync.api.publications import PublicationRow, pieces
from widgets.kit.page import PageView
from widgets.publishing.paste_sheet import PasteSheet
from widgets.publishing.paste_state import Paste
from widgets.publishing.shelf import TEMPLATES, Shelf


class Pasting(QObject):
    """Reads the released text, and has the service compare what was pasted.

    Signals:
        looked: The service has read something back.
    """

    looked = Signal()

    def __init__(
        self, view: PageView, context: Context, shelf: Callable[[], Shelf]
    ) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._shelf = shelf
        self._subject = SubjectName("")
        self.sheet: PasteSheet | None = None

    def open(self, subject: SubjectName) -> None:
        """Show the sheet of a message."""
        shelf = self._shelf()
        if self.sheet is not None or subject not in shelf.current:
            return
        self._subject = subject
        number, title = shelf.current[subject].number, shelf.title(subject)
        work = partial(paste_of, self._context.workspace, subject, number, title)
        task = self._context.tasks.start(Lane.READ, work)
        task.succeeded.connect(self._on_read)
        task.failed.connect(self._context.messages.tell)

    @Slot(object)
    def _on_read(self, paste: Paste) -> None:
        sheet = self.sheet = PasteSheet(self._view, paste)
        sheet.render_found(self._shelf().there(self._subject))
        sheet.check_wanted.connect(self._on_check)
        sheet.finished.connect(self._on_finished)
        sheet.open()

    @Slot()
    def _on_check(self) -> None:
        name = TemplateId(self._subject.removeprefix(TEMPLATES))
        task = self._context.service.ask(partial(looked, (name,)))
        task.succeeded.connect(self._on_looked)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_looked(self, rows: tuple[PublicationRow, ...]) -> None:
        name = self._subject.removeprefix(TEMPLATES)
        if self.sheet is not None:
            found = tuple(row for row in rows if row.key.startswith(f"{name}/"))
            self.sheet.render_found(found)
        self.looked.emit()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self.sheet is None:
            self._context.messages.tell(error)
        elif isinstance(error, ExpectedError):
            self.sheet.fail(f"{error} {_(error.remedy)}")
        else:
            self.sheet.fail(_("It could not be read back."))
            self._context.messages.log(error)

    @Slot()
    def _on_finished(self) -> None:
        if self.sheet is not None:
            self.sheet.deleteLater()
            self.sheet = None


def paste_of(
    workspace: Workspace,
    subject: SubjectName,
    number: int,
    title: str,
    _progress: Progress,
) -> Paste:
    """Read the released text of a message, cut as another system is to have it.

    Raises:
        LedgerUnavailableError: The repository cannot be read.
    """
    reader = workspace.reader
    page = reader.book.open()
    parts = reader.releases.compiled(page.tip, subject, number)
    cut = pieces(str(subject), number, parts)
    found = {piece.key.rpartition("/")[2]: dict(piece.parts) for piece in cut}
    return Paste(title, number, found)
