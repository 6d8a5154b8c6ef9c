"""What a person types in the studio, and takes back."""

from PySide6.QtCore import QObject, Slot

from app.commands import Command
from app.context import Context
from app.controllers.studio.desk import Desk
from app.controllers.studio.details import with_detail
from app.controllers.studio.document import Change
from app.places import Place, Room
from governance.texts import _
from widgets.studio.state import DETAILS
from widgets.studio.view import StudioView


class Writing(QObject):
    """Carries every key into the document, which has the one history of them."""

    def __init__(self, view: StudioView, desk: Desk, context: Context) -> None:
        super().__init__(view)
        self._desk = desk
        self._context = context
        view.subject_edited.connect(self._on_subject_edited)
        view.preheader_edited.connect(self._on_preheader_edited)
        view.detail_edited.connect(self._on_detail_edited)
        view.editor.edited.connect(self._on_edited)
        view.editor.edited_elsewhere.connect(self._on_edited_elsewhere)
        view.editor.opened.connect(self._on_opened)
        view.editor.undo_requested.connect(self.undo)
        view.editor.redo_requested.connect(self.redo)
        context.commands.offer(
            Command("take-back", _("Take the last step back"), _("Studio"), self.undo,
                    "arrow-u-up-left", "Ctrl+Z", is_local=True),
        )  # fmt: skip

    @Slot()
    def undo(self) -> None:
        """Take the last step back, in whatever part it was."""
        self._show_change(self._desk.document.undo())

    @Slot()
    def redo(self) -> None:
        """Do it again."""
        self._show_change(self._desk.document.redo())

    def _show_change(self, change: Change | None) -> None:
        if change is None:
            return
        self._desk.go_to_file(change.path)
        self._desk.show(change.start)
        self._desk.after_edit()

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._desk.type(self._desk.in_editor, text)

    @Slot(str, str)
    def _on_edited_elsewhere(self, path: str, text: str) -> None:
        """Keep the last keys of the part that was shown before."""
        self._desk.type(path, text)

    @Slot(str)
    def _on_opened(self, path: str) -> None:
        self._context.navigator.open(Place(Room.STUDIO, path))

    @Slot(str)
    def _on_subject_edited(self, text: str) -> None:
        self._type_line("subject.txt", text)

    @Slot(str)
    def _on_preheader_edited(self, text: str) -> None:
        self._type_line("preheader.txt", text)

    def _type_line(self, name: str, text: str) -> None:
        desk = self._desk
        if desk.template is not None:
            desk.type(f"{desk.folder}/{desk.locale}/{name}", f"{text}\n")

    @Slot(str, str)
    def _on_detail_edited(self, name: str, text: str) -> None:
        path = self._desk.path_of(DETAILS)
        source = with_detail(self._desk.document.text(path), name, text)
        self._desk.type(path, source)
