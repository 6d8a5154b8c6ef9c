"""Keeping what is typed, beside what others do to the same files."""

from PySide6.QtCore import QObject, Signal, Slot

from app.commands import Command
from app.context import Context
from app.controllers.studio.desk import Desk
from app.controllers.studio.saving import Saving
from app.snapshot import Snapshot
from governance.errors import ExpectedError, FolderUnavailableError
from governance.texts import _
from widgets.kit.values import Notice, Tone
from widgets.studio.view import StudioView


class Keeping(QObject):
    """Saves the document, and takes over what is on the disk.

    Signals:
        taken: Somebody else's texts were taken over.
        saved: Everything is on the disk.
    """

    taken = Signal()
    saved = Signal()

    def __init__(self, view: StudioView, desk: Desk, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._desk = desk
        self._context = context
        self._saving = Saving(desk.document, context.workspace, context.tasks, self)
        self._clash = ""
        self._is_warned = False
        self._saved_at = ""
        self._saving.saved.connect(self._on_saved)
        self._saving.failed.connect(self._on_failed)
        desk.edited.connect(self._on_edited)
        context.events.reading_changed.connect(self._on_reading_changed)
        closing = getattr(context.owner, "closing", None)
        if closing is not None:
            closing.connect(self._on_closing)
        context.commands.offer(
            Command("save", _("Save now"), _("Studio"), self.save, "check", "Ctrl+S",
                    is_local=True),
        )  # fmt: skip

    @property
    def saved_at(self) -> str:
        """When everything was on the disk: "12:41"; "" while something is not."""
        if self._saved_at:
            return self._saved_at
        snapshot = self._context.readings.current
        if self._desk.document.unsaved or snapshot is None:
            return ""
        return snapshot.at.astimezone().strftime("%H:%M")

    def notices(self) -> tuple[Notice, ...]:
        """Return what stands in the way of saving."""
        if not self._clash:
            return ()
        return (
            Notice(
                "clash",
                _("Your version is kept here; it is not on the disk yet."),
                self._clash,
                Tone.WARN,
                "warning",
            ),
        )

    def catch_up(self) -> None:
        """Take over what is known of the disk, before something is opened."""
        snapshot = self._context.readings.current
        if snapshot is not None and not self._saving.is_newer(snapshot.at):
            self._desk.document.reload(snapshot.sources)

    @Slot()
    def save(self) -> None:
        """Write what is not on the disk yet, without waiting for a pause."""
        self._saving.at_once()

    @Slot()
    def _on_edited(self) -> None:
        self._saved_at = ""
        self._saving.soon()

    @Slot()
    def _on_closing(self) -> None:
        """Save what was typed last; where that cannot be, say so once and stay."""
        try:
            self._saving.now()
        except ExpectedError as error:
            hold = getattr(self._context.owner, "hold", None)
            if self._is_warned or hold is None:
                return
            self._is_warned = True
            hold()
            words = _("What you typed last is not on the disk: {reason}")
            remedy = _("Copy it, or close once more and lose it.")
            self._context.messages.tell(
                FolderUnavailableError(words.format(reason=error), remedy=remedy)
            )

    @Slot()
    def _on_saved(self) -> None:
        self._clash, self._is_warned = "", False
        self._saved_at = self._desk.now.astimezone().strftime("%H:%M")
        self._context.readings.refresh()
        self.saved.emit()
        self._desk.changed.emit()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, ExpectedError):
            self._clash = f"{error} {_(error.remedy)}"
            self._context.readings.refresh()
            self._saving.again()
        else:
            self._context.messages.tell(error)
        self._desk.changed.emit()

    @Slot(object)
    def _on_reading_changed(self, snapshot: Snapshot) -> None:
        desk = self._desk
        if self._saving.is_newer(snapshot.at):
            return  # it was read before the last save; another one is on its way
        before = desk.document.revision
        clashes = desk.document.reload(snapshot.sources)
        if clashes:
            self._clash = _("Another program changed {files} too.").format(
                files=", ".join(clashes)
            )
            self._saving.soon()
        elif desk.document.revision != before:
            self._clash = ""
            desk.read_again()
            desk.show(self._view.editor.caret())
            self.taken.emit()
        desk.changed.emit()
