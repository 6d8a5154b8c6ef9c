"""Checks of a proof, drawn: what passed, what failed, what nobody could look at."""

from typing import Final

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from governance.texts import _
from widgets.kit.controls import Button
from widgets.kit.frames import Icon, cleared
from widgets.kit.look import color, look
from widgets.kit.marks import Avatar, Text, soft
from widgets.kit.values import Check, Deed, Outcome, Tone

_ICONS: Final = {
    Outcome.PASSED: ("check-circle-fill", "check", Tone.OK),
    Outcome.FAILED: ("x-circle-fill", "x", Tone.ERROR),
    Outcome.UNCHECKED: ("minus-circle", "minus", Tone.FAINT),
}
_NODE: Final = 24


def outcome_word(outcome: Outcome) -> str:
    """Say how a check ended; a colour alone says nothing."""
    return {
        Outcome.PASSED: _("passed"),
        Outcome.FAILED: _("failed"),
        Outcome.UNCHECKED: _("not checked"),
    }[outcome]


class Checks(QWidget):
    """Checks under one another: plain, or as the links of a chain."""

    def __init__(self, *, is_chain: bool = False) -> None:
        super().__init__()
        self._is_chain = is_chain
        self._shown: tuple[Check, ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0 if is_chain else 12)

    def render_checks(self, checks: tuple[Check, ...]) -> None:
        """Show ``checks``, in their order."""
        if checks == self._shown:
            return
        self._shown = checks
        cleared(self._column)
        for number, check in enumerate(checks, start=1):
            line = _Line(check, is_chain=self._is_chain, is_last=number == len(checks))
            line.setAccessibleName(
                _("Check {number} of {count} {outcome}: {what}").format(
                    number=number,
                    count=len(checks),
                    outcome=outcome_word(check.outcome),
                    what=check.bold,
                )
            )
            line.setAccessibleDescription(check.plain)
            self._column.addWidget(line)


class _Line(QWidget):
    def __init__(self, check: Check, *, is_chain: bool, is_last: bool) -> None:
        super().__init__()
        self._is_chain, self._is_last = is_chain, is_last
        filled, thin, tone = _ICONS[check.outcome]
        self._tone = tone
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(outcome_word(check.outcome))
        texts = QVBoxLayout()
        texts.setContentsMargins(0, 3 if is_chain else 0, 0, 12 if is_chain else 0)
        texts.setSpacing(2)
        is_faint = check.outcome is Outcome.UNCHECKED
        bold_tone = {Outcome.FAILED: Tone.ERROR}.get(
            check.outcome, Tone.FAINT if is_faint else Tone.PLAIN
        )
        texts.addWidget(Text(check.bold, "strong", bold_tone, wraps=True))
        if check.plain:
            plain = Text(check.plain, "body", Tone.QUIET, wraps=True)
            plain.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            texts.addWidget(plain)
        if check.code:
            code = Text(check.code, "code", Tone.FAINT, wraps=True)
            code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            texts.addWidget(code)
        if check.people:
            texts.addSpacing(4)
            texts.addWidget(_people(check))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14 if is_chain else 10)
        if is_chain:
            icon = Icon(thin, tone, 13)
            icon.setFixedSize(_NODE, _NODE)
            icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        else:
            icon = Icon(filled, tone, 16)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        look().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the link to the next one, and where the focus is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_chain:
            middle = QPoint(_NODE // 2, _NODE // 2)
            if not self._is_last:
                painter.setPen(QPen(color(soft(self._tone)), 2))
                painter.drawLine(middle, QPoint(middle.x(), self.height()))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(soft(self._tone)))
            painter.drawEllipse(middle, _NODE // 2 - 1, _NODE // 2 - 1)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("focus"), 2))
            left = _NODE + 8 if self._is_chain else 22
            box = self.rect().adjusted(left, 1, -1, -6 if self._is_chain else -1)
            painter.drawRoundedRect(box, 5, 5)


def _people(check: Check) -> QFrame:
    frame = QFrame()
    frame.setObjectName("card")
    grid = QGridLayout(frame)
    grid.setContentsMargins(12, 8, 12, 8)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(3, 1)
    for number, one in enumerate(check.people):
        grid.addWidget(Avatar(one.name, 20), number, 0)
        grid.addWidget(Text(one.name, "strong"), number, 1)
        grid.addWidget(Text(one.role, "body", Tone.QUIET), number, 2)
        when = Text(one.when, "body", Tone.FAINT)
        grid.addWidget(when, number, 3, Qt.AlignmentFlag.AlignRight)
    return frame


class Disclosure(QFrame):
    """Technical details: always there, always closed at first."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._title = title
        self._head = Button(Deed("disclose", title, "ghost", "caret-right"))
        self._head.clicked.connect(self._on_clicked)
        self.corner = QHBoxLayout()
        self.inside = QWidget()
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(14, 4, 14, 12)
        self.column.setSpacing(8)
        self.inside.hide()
        head = QHBoxLayout()
        head.setContentsMargins(2, 2, 12, 2)
        head.addWidget(self._head)
        head.addStretch(1)
        head.addLayout(self.corner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.inside)

    @property
    def is_open(self) -> bool:
        """Whether one sees what is inside."""
        return not self.inside.isHidden()

    @Slot()
    def _on_clicked(self) -> None:
        self.inside.setVisible(not self.is_open)
        icon = "caret-down" if self.is_open else "caret-right"
        self._head.render_deed(Deed("disclose", self._title, "ghost", icon))
