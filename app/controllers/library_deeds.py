"""What is done in the library: begin, duplicate, rename, move, archive, take back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.context import Context
from app.controllers.library_files import Listing
from app.controllers.library_writing import (
    Verb,
    Written,
    begin,
    restore,
    take_back,
    write,
)
from app.controllers.signing import Signing
from app.controllers.studio.submitting import Proposal, submit
from app.places import Place, Room
from app.snapshot import Snapshot
from app.tasks import Lane
from governance.changes.draft import Opened
from governance.changes.library import LibraryRow
from governance.content.arrange import archived, moved, retitled
from governance.content.format import read_format
from governance.content.sources import Sources
from governance.errors import ExpectedError
from governance.names import TemplateId
from governance.ports import Progress
from governance.texts import _
from widgets.kit.dialog import Dialog
from widgets.kit.page import PageView
from widgets.kit.sign_dialog import SignState
from widgets.library.dialogs import ArchiveDialog, NewDialog, StageDialog, TitleDialog
from widgets.library.new_state import Known, NewWish, archive_why_not, archive_words
from widgets.library.shelf_state import GoneTemplate, stage_title

UNDO = "undo-library"


class LibraryDeeds(QObject):
    """Asks, writes the author's folder, and keeps what can be taken back.

    Signals:
        written: The id of the template that was written.
    """

    written = Signal(str)

    def __init__(self, view: PageView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._dialog: Dialog | None = None
        self._row: LibraryRow | None = None
        self._last: Written | None = None
        self._said = ""
        self._opens = False
        self._signing = Signing(view, context)
        self._signing.succeeded.connect(self._on_submitted)

    # Asking --------------------------------------------------------------------------

    @Slot()
    def ask_new(self) -> None:
        """Ask what a new template shall be."""
        self._ask_wish("", "")

    def ask_duplicate(self, row: LibraryRow) -> None:
        """Ask what a copy shall be called."""
        self._ask_wish(row.stage, row.id)

    def ask_rename(self, row: LibraryRow) -> None:
        """Ask for another title."""
        dialog = TitleDialog(self._view, row.title)
        dialog.titled.connect(self._on_titled)
        self._open(dialog, row)

    def ask_move(self, row: LibraryRow) -> None:
        """Ask for another stage."""
        known = self._known(row.stage, "")
        if known is not None:
            dialog = StageDialog(self._view, row.title, known)
            dialog.moved.connect(self._on_moved)
            self._open(dialog, row)

    def ask_archive(self, row: LibraryRow, listing: Listing) -> None:
        """Ask whether a template shall be archived."""
        reason = archive_why_not(listing.journeys.get(row.id, ()))
        words = archive_words(row.title, row.live)
        dialog = ArchiveDialog(self._view, row.title, words, reason)
        dialog.agreed.connect(self._on_archive_agreed)
        self._open(dialog, row)

    def ask_submit(self, gone: GoneTemplate, snapshot: Snapshot) -> None:
        """Ask for the signature under the proposal to archive ``gone``."""
        title = _("Archive “{title}”").format(title=gone.title)
        state = SignState(
            _("Submit for review"),
            gone.title,
            _("Submit"),
            icon="paper-plane-right",
            headline=_("What changed, in a line"),
            headline_text=title,
            asks=_("Why? Those who sign read it first."),
            consequence=_(
                "You sign what you propose, so that everyone knows who wrote it."
            ),
            demo_passphrase=self._context.identity.passphrase,
        )
        proposal = Proposal(snapshot.sources, gone.id)
        self._signing.ask(state, partial(submit, self._context.workspace, proposal))

    def put_back(self, gone: GoneTemplate) -> None:
        """Put an archived template back, as it is released."""
        self._said = _("“{title}” is back.").format(title=gone.title)
        self._opens = False
        self._start(partial(restore, self._context.workspace, gone.id))

    @Slot()
    def undo(self) -> None:
        """Take back what was done last."""
        if self._last is not None:
            done, self._last = self._last, None
            task = self._context.tasks.start(
                Lane.DRAFTS, partial(take_back, self._context.workspace, done)
            )
            task.succeeded.connect(self._on_taken_back)
            task.failed.connect(self._context.messages.tell)

    def why_no_undo(self) -> str:
        """Say why nothing can be taken back, "" if something can."""
        return "" if self._last else _("There is nothing to take back.")

    def why_no_new(self) -> str:
        """Say why no template can be begun, "" if one can."""
        snapshot = self._context.readings.current
        if snapshot is None:
            return _("The workspace is still being read.")
        if self._context.identity.person is None:
            return _("Nobody is named who writes here.")
        return snapshot.problem

    # Answers -------------------------------------------------------------------------

    @Slot(object)
    def _on_wished(self, wish: NewWish) -> None:
        person = self._context.identity.person
        if person is None:
            return
        self._said = _("“{title}” begins as a draft.").format(title=wish.title)
        self._opens = True
        self._start(partial(begin, self._context.workspace, wish, person))

    @Slot(str)
    def _on_titled(self, title: str) -> None:
        if self._row is not None:
            self._said = _("It is called “{title}” now.").format(title=title)
            self._write(self._row, partial(_retitled, self._row.id, title))

    @Slot(str)
    def _on_moved(self, stage: str) -> None:
        if self._row is not None:
            self._said = _("“{title}” is in {stage} now.").format(
                title=self._row.title, stage=stage_title(stage)
            )
            self._write(self._row, partial(_moved, self._row.id, stage))

    @Slot()
    def _on_archive_agreed(self) -> None:
        if self._row is not None:
            self._said = _("“{title}” is archived in your folder.").format(
                title=self._row.title
            )
            self._write(self._row, partial(_archived, self._row.id))

    @Slot(object)
    def _on_written(self, done: Written) -> None:
        self._last = done
        self._context.readings.refresh()
        self._context.desktop.toast(self._said, _("Undo"), UNDO)
        self._context.commands.changed.emit()
        self.written.emit(done.template)

    @Slot(object)
    def _on_taken_back(self, done: Written) -> None:
        self._context.readings.refresh()
        self._context.desktop.toast(_("Taken back."))
        self.written.emit(done.template)

    @Slot(object)
    def _on_submitted(self, opened: Opened) -> None:
        self._context.desktop.toast(_("Submitted. Those who sign are told."))
        self._context.navigator.open(Place(Room.CHANGE, str(opened.change)))

    def takes_over(self, key: str) -> bool:
        """Whether ``key`` was just begun, and is to be opened now; asked once."""
        is_new = self._opens and self._last is not None and self._last.template == key
        if is_new:
            self._opens = False
        return is_new

    # Doing ---------------------------------------------------------------------------

    def _write(self, row: LibraryRow, verb: Verb) -> None:
        self._opens = False
        self._start(partial(write, self._context.workspace, row.id, verb))

    def _start(self, work: Callable[[Progress], Written]) -> None:
        task = self._context.tasks.start(Lane.DRAFTS, work)
        task.succeeded.connect(self._on_written)
        task.failed.connect(self._context.messages.tell)

    def _ask_wish(self, stage: str, source: str) -> None:
        known = self._known(stage, source)
        if known is not None and not self.why_no_new():
            dialog = NewDialog(self._view, known)
            dialog.wished.connect(self._on_wished)
            self._open(dialog, None)

    def _known(self, stage: str, source: str) -> Known | None:
        snapshot = self._context.readings.current
        if snapshot is None:
            return None
        try:
            form = read_format(snapshot.sources)
        except ExpectedError as error:
            self._context.messages.tell(error)
            return None
        rows = snapshot.rows
        return Known(
            tuple((str(row.id), row.title, row.stage) for row in rows),
            tuple(form.locales),
            form.default_locale,
            stage,
            source,
        )

    def _open(self, dialog: Dialog, row: LibraryRow | None) -> None:
        self._dialog, self._row = dialog, row
        dialog.finished.connect(self._on_finished)
        dialog.open()

    @Slot()
    def _on_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None


def _retitled(template: TemplateId, title: str, sources: Sources) -> Sources:
    return retitled(sources, template, title)


def _moved(template: TemplateId, stage: str, sources: Sources) -> Sources:
    return moved(sources, template, stage)


def _archived(template: TemplateId, sources: Sources) -> Sources:
    return archived(sources, template)
