"""Reporting a problem: collected, shown, saved where one says; nothing is sent."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from app.context import Context
from app.controllers.help_bundle import Piece, in_words, packed, report
from app.controllers.help_files import write_private
from app.controllers.help_scrub import Vocabulary
from app.controllers.settings_about import read_about
from app.snapshot import Snapshot
from app.tasks import Lane
from app.workspace import resource
from governance.ports import Progress
from governance.texts import _
from widgets.help.report_dialog import ReportDialog, Shown
from widgets.shell.main_window import MainWindow


class Reporting(QObject):
    """Holds what was collected while the dialog is open."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.owner)
        self._context = context
        self._dialog: ReportDialog | None = None
        self._pieces: tuple[Piece, ...] = ()

    @property
    def dialog(self) -> ReportDialog | None:
        """The dialog that is open."""
        return self._dialog

    @Slot()
    def start(self) -> None:
        """Open the dialog, and collect in the background."""
        if self._dialog is not None:
            return
        owner = self._context.owner
        parent = owner if isinstance(owner, MainWindow) else None
        dialog = self._dialog = ReportDialog(parent)
        dialog.saved.connect(self._on_saved)
        dialog.finished.connect(self._on_finished)
        dialog.open()
        work = partial(_collected, self._context, self._context.readings.current)
        task = self._context.tasks.start(Lane.READ, work)
        task.succeeded.connect(self._on_collected)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_collected(self, pieces: tuple[Piece, ...]) -> None:
        self._pieces = pieces
        if self._dialog is not None:
            self._dialog.render_pieces(
                tuple(Shown(one.name, in_words(one.name), one.text) for one in pieces)
            )

    @Slot(str)
    def _on_saved(self, file: str) -> None:
        work = partial(_saved, Path(file), self._pieces)
        task = self._context.tasks.start(Lane.WRITE, work)
        task.succeeded.connect(self._on_written)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_written(self, file: Path) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self._context.desktop.toast(
            _("Saved as {name}. Nothing was sent.").format(name=file.name)
        )

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self._dialog is not None:
            self._dialog.render_problem(
                _("That did not work. Choose another folder.")
                if isinstance(error, OSError)
                else _("The report could not be collected.")
            )
        self._context.messages.log(error)

    @Slot()
    def _on_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
        self._pieces = ()


def _collected(
    context: Context, snapshot: Snapshot | None, progress: Progress
) -> tuple[Piece, ...]:
    progress.step(_("Collecting"), done=0, total=0)
    about = read_about()
    versions = (("Countersign", about.version), *about.versions)
    counts = {}
    if snapshot is not None:
        counts = {
            "templates": len(snapshot.rows),
            "signed entries": snapshot.reading.state.length,
            "people": len(snapshot.reading.state.members),
        }
    vocabulary = Vocabulary.of(resource("."))
    paths, preferences = context.workspace.paths, context.preferences
    return report(paths, preferences, versions, counts, vocabulary)


def _saved(file: Path, pieces: tuple[Piece, ...], _progress: Progress) -> Path:
    write_private(file, packed(pieces))
    return file
