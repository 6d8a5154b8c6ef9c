"""What a person types in the studio, and takes back."""

from PySide6.QtCore import QObject, Slot

from app.controllers.studio.desk import Desk
from app.controllers.studio.details import with_detail
from app.controllers.studio.document import Change
from widgets.studio.state import DETAILS
from widgets.studio.view import StudioView


class Writing(QObject):
    """Carries every key into the document, which has the one history of them."""

    def __init__(self, view: StudioView, desk: Desk) -> None:
        super().__init__(view)
        self._desk = desk
        view.subject_edited.connect(self._on_subject_edited)
        view.preheader_edited.connect(self._on_preheader_edited)
        view.detail_edited.connect(self._on_detail_edited)
        view.editor.edited.connect(self._on_edited)
        view.editor.undo_requested.connect(self.undo)
        view.editor.redo_requested.connect(self.redo)

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
        self._desk.type(self._desk.path, text)

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
