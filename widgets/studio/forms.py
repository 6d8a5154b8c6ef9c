"""The parts of a message that are forms: subject and preheader, details."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from governance.texts import _
from widgets.kit.controls import Field
from widgets.kit.marks import Text
from widgets.kit.values import Tone
from widgets.preview.inbox import InboxLines

_CONTROL: Final = Qt.KeyboardModifier.ControlModifier


class SubjectForm(QWidget):
    """Subject and preheader, with how an inbox shows them.

    Signals:
        subject_edited: Another subject.
        preheader_edited: Another preheader.
        undo_requested: Take back.
        redo_requested: Do again.
    """

    undo_requested = Signal()
    redo_requested = Signal()
    subject_edited = Signal(str)
    preheader_edited = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("content")
        self._subject = Field(
            _("Subject"), _("Mail clients on phones show the first 35 characters.")
        )
        self._preheader = Field(
            _("Preheader"), _("The line after the subject, in the inbox.")
        )
        self._subject.edit.textEdited.connect(self.subject_edited)
        self._preheader.edit.textEdited.connect(self.preheader_edited)
        for field in (self._subject, self._preheader):
            field.edit.installEventFilter(self)
        self._title = Text(_("In the inbox"), "micro", Tone.QUIET)
        self._lines = InboxLines()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        for part in (self._subject, self._preheader, self._title, self._lines):
            column.addWidget(part)
        column.addStretch(1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave undo to the one history over all parts."""
        return _left_to_history(self, event) or super().eventFilter(watched, event)

    def render_texts(self, subject: str, preheader: str) -> None:
        """Show both; the caret stays."""
        for field, text in ((self._subject, subject), (self._preheader, preheader)):
            if field.edit.text() != text:
                field.edit.setText(text)

    def render_inbox(
        self, subject: str, preheader: str, clients: tuple[str, ...]
    ) -> None:
        """Show how the inboxes of ``clients`` have them, for the sample person."""
        self._lines.render_lines(subject, preheader, clients)


class DetailsForm(QWidget):
    """What is said about the message, as a form.

    Signals:
        edited: The name of a detail, and its text.
        undo_requested: Take back.
        redo_requested: Do again.
    """

    undo_requested = Signal()
    redo_requested = Signal()

    edited = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("content")
        self._fields: dict[str, Field] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        for key, label, help_ in (
            ("record.title", _("Title"), _("What your team calls it.")),
            (
                "record.owner",
                _("Owner"),
                _("The e-mail address of who looks after it."),
            ),
            ("record.goal", _("What it is for"), ""),
            ("record.helps", _("When the candidate gets it"), ""),
            ("message.tone", _("Tone"), _("warm, plain, formal …")),
            ("record.retention", _("Kept for"), _("“12 months”")),
        ):
            field = self._fields[key] = Field(label, help_)
            field.edit.setObjectName(key)
            field.edit.textEdited.connect(self._on_edited)
            field.edit.installEventFilter(self)
            column.addWidget(field)
        column.addStretch(1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave undo to the one history over all parts."""
        return _left_to_history(self, event) or super().eventFilter(watched, event)

    def render_texts(self, texts: dict[str, str]) -> None:
        """Show the details; the caret stays."""
        for key, field in self._fields.items():
            text = texts.get(key, "")
            if field.edit.text() != text and not field.edit.hasFocus():
                field.edit.setText(text)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self.edited.emit(self.sender().objectName(), text)


def _left_to_history(form: SubjectForm | DetailsForm, event: QEvent) -> bool:
    """Ask for what Ctrl+Z and Ctrl+Y mean; a field would take back by itself."""
    kinds = {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}
    if not isinstance(event, QKeyEvent) or event.type() not in kinds:
        return False
    is_undo = event.matches(QKeySequence.StandardKey.Undo)
    is_redo = event.matches(QKeySequence.StandardKey.Redo)
    keys = event.keyCombination()
    is_redo |= keys.key() == Qt.Key.Key_Y and keys.keyboardModifiers() == _CONTROL
    if not is_undo and not is_redo:
        return False
    event.accept()
    if event.type() is QEvent.Type.KeyPress:
        (form.undo_requested if is_undo else form.redo_requested).emit()
    return True
