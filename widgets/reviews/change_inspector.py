"""Beside a change: who must sign it, what was found, what was said."""

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from governance.texts import _
from governance.texts import quoted as quotation
from widgets.kit.controls import Button
from widgets.kit.frames import Rule, cleared
from widgets.kit.look import look
from widgets.kit.marks import Avatar, StateText, Text
from widgets.kit.page import Inspector
from widgets.kit.values import Deed, Mark, Tone
from widgets.reviews.change_values import ChangeState, CommentRow, SeatSign

_FIELD: Final = 64


class ChangeInspector(QObject):
    """Draws the inspector of a change.

    Signals:
        commented: What somebody wants to say, whether it must be answered, and the
            position of the comment that it answers, -1 for none.
        place_chosen: Go to where a comment was made.
    """

    commented = Signal(str, bool, int)
    place_chosen = Signal(str)

    def __init__(self, inspector: Inspector) -> None:
        super().__init__(inspector)
        self._answers = -1
        self._on = ""
        self._name = ""
        body = inspector.body
        self._seats_note = Text("", "small", Tone.FAINT)
        self._seats = QVBoxLayout()
        self._seats.setSpacing(10)
        self._findings = QVBoxLayout()
        self._findings.setSpacing(6)
        self._comments_note = Text("", "small", Tone.FAINT)
        self._comments = QVBoxLayout()
        self._comments.setSpacing(12)
        self._nothing = Text(_("Nobody has said anything yet."), "small", Tone.FAINT)
        self.field = QPlainTextEdit()
        self.field.setTabChangesFocus(True)
        self.field.textChanged.connect(self._on_changed)
        self._must = QCheckBox(_("Must be answered before release"))
        self._must.setToolTip(_("Nothing is released before somebody answers."))
        self._send = Button(Deed("comment", _("Comment")))
        self._send.clicked.connect(self._on_commented)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._send)
        body.addLayout(_head(_("Who must sign"), self._seats_note))
        body.addLayout(self._seats)
        body.addWidget(Rule())
        body.addWidget(Text(_("Findings"), "strong"))
        body.addLayout(self._findings)
        body.addWidget(Rule())
        body.addLayout(_head(_("Comments"), self._comments_note))
        body.addWidget(self._nothing)
        body.addLayout(self._comments)
        body.addStretch(1)
        body.addWidget(self.field)
        body.addWidget(self._must)
        body.addLayout(foot)
        self._on_changed()
        look().changed.connect(self._fit)
        self._fit()

    def render_state(self, state: ChangeState) -> None:
        """Draw ``state``."""
        self._seats_note.render_text(state.seats_note)
        cleared(self._seats)
        for seat in state.seats:
            self._seats.addWidget(_SeatRow(seat))
        cleared(self._findings)
        for mark in state.findings:
            self._findings.addWidget(StateText(mark, wraps=True))
        self._comments_note.render_text(state.comments_note)
        self._nothing.setVisible(not state.comments)
        cleared(self._comments)
        for row in state.comments:
            comment = _Comment(row)
            comment.answered.connect(self._set_answer)
            comment.place_chosen.connect(self.place_chosen)
            self._comments.addWidget(comment)
        self._on = state.comment_on
        self._say_what_for()
        for part in (self.field, self._must, self._send):
            part.setVisible(state.can_comment)

    def ask(self, quoted: str = "") -> None:
        """Put the focus into the comment, with what was selected in it."""
        if quoted and not self.field.toPlainText().strip():
            self.field.setPlainText(quotation(quoted) + "\n")
            self.field.moveCursor(self.field.textCursor().MoveOperation.End)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Empty the field: what was said is in the history."""
        self.field.clear()
        self._must.setChecked(False)
        self._set_answer(-1, "")

    def _say_what_for(self) -> None:
        answer = _("Answer {name}").format(name=self._name) if self._name else ""
        self.field.setPlaceholderText(answer or self._on)
        self.field.setAccessibleName(answer or self._on)

    @Slot()
    def _fit(self) -> None:
        self.field.setFixedHeight(look().px(_FIELD))

    @Slot()
    def _on_changed(self) -> None:
        is_empty = not self.field.toPlainText().strip()
        self._send.render_deed(
            Deed(
                "comment",
                _("Answer") if self._answers >= 0 else _("Comment"),
                why_not=_("Nothing written.") if is_empty else "",
            )
        )

    @Slot()
    def _on_commented(self) -> None:
        text = self.field.toPlainText().strip()
        if text:
            self.commented.emit(text, self._must.isChecked(), self._answers)

    @Slot(int, str)
    def _set_answer(self, position: int, name: str) -> None:
        self._answers, self._name = position, name
        self._say_what_for()
        self._on_changed()
        if name:
            self.field.setFocus()


def _head(title: str, note: Text) -> QHBoxLayout:
    head = QHBoxLayout()
    head.addWidget(Text(title, "strong"))
    head.addStretch(1)
    head.addWidget(note)
    return head


class _SeatRow(QWidget):
    def __init__(self, seat: SeatSign) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        face = Avatar(seat.face or seat.name, 26)
        row.addWidget(face, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(1)
        names = QHBoxLayout()
        names.setSpacing(6)
        names.addWidget(Text(seat.name, "strong", wraps=True), 1)
        role = Text(seat.role, "small", Tone.FAINT)
        names.addWidget(role, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(names)
        column.addWidget(StateText(seat.mark, wraps=True))
        row.addLayout(column, 1)
        self.setAccessibleName(f"{seat.role}, {seat.name}, {seat.mark.word}")


class _Comment(QWidget):
    """What somebody said and where, and a way to answer it.

    Signals:
        answered: The position of the comment, and whose it is.
        place_chosen: Where it was said.
    """

    answered = Signal(int, str)
    place_chosen = Signal(str)

    def __init__(self, row: CommentRow) -> None:
        super().__init__()
        self._row = row
        line = QHBoxLayout(self)
        line.setContentsMargins(24 if row.is_answer else 0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(Avatar(row.name, 26), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(Text(row.name, "strong"))
        head.addWidget(Text(row.when, "small", Tone.FAINT))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(Text(row.text, "body", wraps=True))
        if row.is_open:
            mark = Mark(_("Must be answered before release"), "question", Tone.WARN)
            column.addWidget(StateText(mark, wraps=True))
        deeds = QHBoxLayout()
        deeds.setSpacing(12)
        if row.place:
            place = Button(Deed("place", row.place, "link", "map-pin"))
            place.setToolTip(_("Show where this was said"))
            place.clicked.connect(self._on_place)
            deeds.addWidget(place)
        answer = Button(Deed("answer", _("Answer"), "link"))
        answer.setAccessibleName(_("Answer {name}").format(name=row.name))
        answer.clicked.connect(self._on_answer)
        deeds.addWidget(answer)
        deeds.addStretch(1)
        column.addLayout(deeds)
        line.addLayout(column, 1)
        self.setAccessibleName(f"{row.name}, {row.when}: {row.text}")

    @Slot()
    def _on_answer(self) -> None:
        self.answered.emit(self._row.position, self._row.name)

    @Slot()
    def _on_place(self) -> None:
        self.place_chosen.emit(self._row.link)
