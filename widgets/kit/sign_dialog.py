"""The sign dialog: what it states, what exactly is signed, the passphrase."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from governance.texts import _
from widgets.kit.controls import Button, Field
from widgets.kit.dialog import Dialog, PassphraseField
from widgets.kit.frames import Card, Facts
from widgets.kit.marks import Text
from widgets.kit.values import Deed, Fact, Tone


@dataclass(frozen=True, slots=True)
class SignState:
    """What is signed, in words.

    Attributes:
        deed: What the button says.
        statement: What the signature states; "" for a deed that states nothing.
        unread: What somebody else must have read, "" if all was opened.
        asks: What must be written for it, "" for nothing.
        headline: What else must be written, in a line, before it; "" for nothing. What
            was written then begins with that line.
        technical: What is shown one click deeper.
    """

    title: str
    under: str
    deed: str
    icon: str = "pen-nib"
    statement: str = ""
    facts: tuple[Fact, ...] = ()
    facts_title: str = ""
    unread: str = ""
    asks: str = ""
    headline: str = ""
    headline_text: str = ""
    consequence: str = ""
    technical: tuple[Fact, ...] = ()
    kind: str = "primary"
    demo_passphrase: str = ""


class SignDialog(Dialog):
    """Asks for a signature.

    Signals:
        signed: The passphrase, and what was written; the dialog keeps neither.
    """

    signed = Signal(str, str)

    def __init__(self, parent: QWidget | None, state: SignState) -> None:
        super().__init__(parent, state.title, under=state.under, icon=state.icon)
        self._state = state
        self._is_done = False
        if state.statement:
            self.body.addWidget(_statement(state.statement))
        if state.facts:
            self.body.addWidget(
                Text(
                    state.facts_title or _("What exactly you sign"),
                    "micro",
                    Tone.QUIET,
                )
            )
            card, facts = Card(), Facts(label_width=118)
            facts.render_facts(state.facts)
            card.column.addWidget(facts)
            self.body.addWidget(card)
        self._reason = QPlainTextEdit()
        self._reason.setAccessibleName(state.asks)
        self._reason.setFixedHeight(72)
        self._reason.setTabChangesFocus(True)
        self._reason.textChanged.connect(self._draw)
        self._headline = Field(state.headline)
        self._headline.edit.setText(state.headline_text)
        self._headline.edit.textChanged.connect(self._draw)
        if state.headline:
            self.body.addWidget(self._headline)
        if state.asks:
            self.body.addWidget(Text(state.asks, "strong"))
            self.body.addWidget(self._reason)
        self._unread = QCheckBox(state.unread)
        self._unread.toggled.connect(self._draw)
        if state.unread:
            self.body.addWidget(self._unread)
        help_ = (
            _("In the demo all keys open with: {passphrase}").format(
                passphrase=state.demo_passphrase
            )
            if state.demo_passphrase
            else state.consequence
        )
        self.passphrase = PassphraseField(help_)
        self.passphrase.edit.setText(state.demo_passphrase)
        self.passphrase.ready_changed.connect(self._draw)
        self.body.addWidget(self.passphrase)
        if state.consequence and state.demo_passphrase:
            words = Text(state.consequence, "small", Tone.FAINT, wraps=True)
            self.body.addWidget(words)
        self._technical = Facts(label_width=118)
        self._technical.render_facts(state.technical)
        self._technical.hide()
        self.body.addWidget(self._technical)
        if state.technical:
            details = Button(
                Deed("details", _("Technical details"), "link", "caret-right")
            )
            details.clicked.connect(self._on_details)
            self.left.addWidget(details)
        self.deed_chosen.connect(self._on_deed)
        self._draw()
        first = self._reason if state.asks else self.passphrase.edit
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, problem: str) -> None:
        """Say that the passphrase was wrong; nothing was signed."""
        self._is_done = False
        self.render_busy("")
        self.passphrase.refuse(problem)
        self._draw()

    def fail(self, problem: str) -> None:
        """Say what went wrong; nothing was signed, and nothing typed is lost."""
        self._is_done = False
        self.render_busy("")
        self.render_problem(problem)
        self._draw()

    @Slot()
    def _draw(self) -> None:
        self.render_deeds(
            (
                Deed(
                    "sign",
                    self._state.deed,
                    self._state.kind,
                    self._state.icon,
                    why_not=self._why_not(),
                ),
            )
        )

    def _why_not(self) -> str:
        if self._state.headline and not self._headline.edit.text().strip():
            return _("What changed is missing.")
        if self._state.asks and not self._reason.toPlainText().strip():
            return _("The reason is missing.")
        if self._state.unread and not self._unread.isChecked():
            return _("Say that somebody read the other languages.")
        if not self.passphrase.is_ready:
            return _("The passphrase is missing.")
        return ""

    @Slot()
    def _on_details(self) -> None:
        self._technical.setVisible(not self._technical.isVisible())
        self.fit()

    @Slot(str)
    def _on_deed(self, _key: str) -> None:
        if self._is_done or self._why_not():
            return
        self._is_done = True
        text = self.passphrase.edit.text()
        self.render_busy(_("Signing…"))
        written = self._reason.toPlainText().strip()
        if self._state.headline:
            written = f"{self._headline.edit.text().strip()}\n{written}"
        self.signed.emit(text, written)


def _statement(words: str) -> QFrame:
    frame = QFrame()
    frame.setObjectName("statement")
    column = QVBoxLayout(frame)
    column.setContentsMargins(16, 4, 0, 4)
    column.setSpacing(4)
    column.addWidget(Text(_("By signing, you state"), "small", Tone.FAINT))
    column.addWidget(Text(words, "title", wraps=True))
    return frame
