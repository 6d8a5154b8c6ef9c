"""The message that arrived: its head as sent, and its bodies."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from governance.texts import _
from widgets.kit.controls import Segments
from widgets.kit.frames import EmptyView
from widgets.kit.look import font, look
from widgets.kit.marks import Text
from widgets.kit.values import Tone
from widgets.proof.state import PLAIN, RAW, SHOWN, ProofState
from widgets.web.mail_view import MailView


class MessagePane(QWidget):
    """Shows a mail; nothing in it runs or loads.

    Signals:
        tab_chosen: "shown", "plain" or "raw".
        deed_chosen: The key of the button where there is no mail.
    """

    tab_chosen = Signal(str)
    deed_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._tabs = Segments(_("How the message is shown"))
        self._tabs.chosen.connect(self.tab_chosen)
        self._subject = Text("", "title", wraps=True)
        self._from, self._to = Text("", wraps=True), Text("", wraps=True)
        self._date = Text("", "body", Tone.FAINT, wraps=True)
        head = QFrame()
        head.setObjectName("foot")
        grid = QGridLayout(head)
        grid.setContentsMargins(20, 14, 20, 14)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._subject, 0, 0, 1, 2)
        for number, (words, part) in enumerate(
            (
                (_("From"), self._from),
                (_("To"), self._to),
                (_("Date"), self._date),
            ),
            start=1,
        ):
            label = Text(words, "body", Tone.FAINT)
            grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(part, number, 1)
        self.mail = MailView(_("The message as its reader sees it"))
        self._text = QPlainTextEdit(readOnly=True)
        self._text.setAccessibleName(_("The message as text"))
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._text.setStyleSheet("border: none; border-radius: 0; padding: 12px 16px;")
        self._text.setAcceptDrops(False)
        self._bodies = QStackedWidget()
        self._bodies.addWidget(self.mail)
        self._bodies.addWidget(self._text)
        whole = QWidget()
        inner = QVBoxLayout(whole)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(head)
        inner.addWidget(self._bodies, 1)
        self._whole = whole
        self._missing = EmptyView()
        self._missing.acted.connect(self.deed_chosen)
        self._stack = QStackedWidget()
        self._stack.setObjectName("content")
        self._stack.addWidget(whole)
        self._stack.addWidget(self._missing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        column.addWidget(self._stack, 1)

    def _bar(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("toolbar")
        bar.setFixedHeight(look().tokens.size["toolbar"])
        row = QHBoxLayout(bar)
        row.setContentsMargins(20, 0, 12, 0)
        row.addWidget(Text(_("The message that arrived"), "strong"))
        row.addStretch(1)
        row.addWidget(self._tabs)
        return bar

    def render_state(self, state: ProofState) -> None:
        """Draw the message of ``state``, or say that there is none."""
        self._tabs.setVisible(bool(state.tabs))
        self._tabs.render_choices(state.tabs, state.tab)
        self._missing.render_empty(state.missing)
        self._stack.setCurrentWidget(self._missing if state.missing else self._whole)
        arrived = state.arrived
        self._subject.render_text(arrived.subject or _("Without a subject"))
        self._from.render_text(arrived.sender or "–")
        self._to.render_text(arrived.to or "–")
        self._date.render_text(arrived.date or "–")
        if state.missing is not None:
            return
        if state.tab == SHOWN:
            self.mail.render_html(arrived.html)
            self._bodies.setCurrentWidget(self.mail)
            return
        text = {PLAIN: arrived.plain, RAW: arrived.raw}[state.tab]
        step = "code" if state.tab == RAW else "body"
        self._text.document().setDefaultFont(font(step))
        if self._text.toPlainText() != text:
            self._text.setPlainText(text)
        self._bodies.setCurrentWidget(self._text)
