"""Dialogs: the title is the deed, the focus starts in the first empty field."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from governance.texts import _
from widgets.kit.controls import Button, Field
from widgets.kit.frames import Icon
from widgets.kit.look import look, set_shown
from widgets.kit.marks import Text
from widgets.kit.values import Deed, Tone

_STRIKES: Final = 3  # wrong passphrases before one waits
_WAIT: Final = 30  # seconds


class Dialog(QDialog):
    """A question with a head, a body and a foot.

    Signals:
        deed_chosen: The key of a button of the foot; Cancel closes by itself.
        cancelled: The person wants work under way to stop.
    """

    deed_chosen = Signal(str)
    cancelled = Signal()

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        *,
        under: str = "",
        icon: str = "",
        size: str = "dialog",
        tone: Tone = Tone.ACCENT,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setFixedWidth(look().px(look().tokens.size[size]))
        self._is_busy = False
        self._buttons: dict[str, Button] = {}
        self._deeds: tuple[Deed, ...] = ()
        head = QHBoxLayout()
        head.setSpacing(14)
        if icon:
            head.addWidget(Icon(icon, tone, 24), 0, Qt.AlignmentFlag.AlignTop)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(Text(title, "title", wraps=True))
        self._under = Text(under, "body", Tone.FAINT, wraps=True)
        set_shown(self._under, is_shown=bool(under))
        titles.addWidget(self._under)
        head.addLayout(titles, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(14)
        self._problem = Text("", "body", Tone.ERROR, wraps=True)
        self._problem.hide()
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.hide()
        top = QVBoxLayout()
        top.setContentsMargins(24, 22, 24, 18)
        top.setSpacing(16)
        top.addLayout(head)
        top.addLayout(self.body)
        top.addWidget(self._problem)
        top.addWidget(self._progress)
        self._foot = QFrame()
        self._foot.setObjectName("dialog-foot")
        self.foot = QHBoxLayout(self._foot)
        self.foot.setContentsMargins(24, 12, 24, 12)
        self.foot.setSpacing(8)
        self.left = QHBoxLayout()
        self.foot.addLayout(self.left)
        self.foot.addStretch(1)
        self._cancel = Button(Deed("cancel", _("Cancel")))
        self._cancel.clicked.connect(self._on_cancel)
        self.foot.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top, 1)
        column.addWidget(self._foot)

    def render_deeds(self, deeds: tuple[Deed, ...]) -> None:
        """Offer ``deeds`` right of Cancel; the last one is the deed of the title."""
        self._deeds = deeds
        for deed in deeds:
            button = self._buttons.get(deed.key)
            if button is None:
                button = self._buttons[deed.key] = Button(deed)
                button.deed_chosen.connect(self.deed_chosen)
                self.foot.addWidget(button)
            button.render_deed(deed)
            button.setEnabled(not deed.why_not and not self._is_busy)

    def render_problem(self, problem: str) -> None:
        """Say what went wrong, in place; nothing that was typed is lost."""
        self._problem.render_text(problem)

    def render_busy(self, label: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done, "" for nothing; Cancel then stops it."""
        self._is_busy = bool(label)
        self._progress.setVisible(self._is_busy)
        self._progress.setRange(0, max(total, 0))
        self._progress.setValue(done)
        self._progress.setAccessibleName(label)
        if label:
            self._problem.render_text(label, Tone.QUIET)
        else:
            self._problem.render_text("", Tone.ERROR)
        self.render_deeds(self._deeds)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the words need at this width; Qt's own guess cuts them."""
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """Take the height that everything needs now."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do the deed with Enter unless it destroys; Ctrl+Enter always does it."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and self._deeds:
            main = self._deeds[-1]
            is_forced = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            is_writing = isinstance(self.focusWidget(), QPlainTextEdit)
            if is_forced or not (main.kind == "danger" or is_writing):
                self._buttons[main.key].click()
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        """Close, or stop the work first."""
        if self._is_busy:
            self.cancelled.emit()
        else:
            super().reject()

    @Slot()
    def _on_cancel(self) -> None:
        self.reject()


class PassphraseField(Field):
    """Asks for the passphrase of a key; three wrong ones wait half a minute.

    Signals:
        ready_changed: Whether there is something to try.
    """

    ready_changed = Signal(bool)

    def __init__(self, help_: str = "") -> None:
        super().__init__(_("Passphrase of your key"), help_, secret=True)
        self.edit.setObjectName("passphrase")
        self._strikes = 0
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._on_second)
        self.edit.textChanged.connect(self._on_changed)

    @property
    def is_ready(self) -> bool:
        """Whether it may be tried now."""
        return bool(self.edit.text()) and not self._left

    def take(self) -> str:
        """Return what was typed; the field keeps nothing."""
        text = self.edit.text()
        self.edit.clear()
        return text

    def refuse(self, problem: str) -> None:
        """Say that it was wrong; the field stays, to be typed anew."""
        self._strikes += 1
        if self._strikes >= _STRIKES:
            self._strikes = 0
            self._left = _WAIT
            self.edit.setEnabled(False)
            self._timer.start()
            self._on_second()
            return
        self.render_problem(problem)
        self.edit.setFocus()

    @Slot()
    def _on_second(self) -> None:
        if self._left <= 0:
            self._timer.stop()
            self.edit.setEnabled(True)
            self.edit.setFocus()
            self.render_problem("")
        else:
            self.render_problem(
                _("Three wrong passphrases. Try again in {count} seconds.").format(
                    count=self._left
                )
            )
            self._left -= 1
        self.ready_changed.emit(self.is_ready)

    @Slot()
    def _on_changed(self) -> None:
        self.ready_changed.emit(self.is_ready)


def first_empty(parts: tuple[QLineEdit | QPlainTextEdit, ...]) -> None:
    """Put the focus into the first field that is empty."""
    for part in parts:
        text = part.text() if isinstance(part, QLineEdit) else part.toPlainText()
        if not text:
            part.setFocus()
            return
