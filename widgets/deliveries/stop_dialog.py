"""Stopping: what, and why; no passphrase, since it must be fast and does no harm."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from governance.texts import _
from widgets.kit.controls import DropDown
from widgets.kit.dialog import Dialog
from widgets.kit.marks import Text
from widgets.kit.values import Choice, Deed, Tone


@dataclass(frozen=True, slots=True)
class StopQuestion:
    """What can be stopped, and what that would do.

    Attributes:
        what: Scope and subject, as "channel:sms" → title.
        effect: For each of them, what waits and what still finishes.
        until: When it ends, as ISO 8601 → title; "" for when it is turned on.
    """

    what: tuple[Choice, ...]
    effect: dict[str, str]
    until: tuple[Choice, ...] = ()


class StopDialog(Dialog):
    """Asks what to stop and why.

    Signals:
        stopped: What, as "channel:sms", the reason, and until when, "" without an end.
    """

    stopped = Signal(str, str, str)

    def __init__(self, parent: QWidget | None, question: StopQuestion) -> None:
        super().__init__(
            parent,
            _("Stop sending"),
            under=_("It holds from the next message on. It takes no passphrase."),
            icon="hand",
            size="dialog-small",
            tone=Tone.ERROR,
        )
        self._question = question
        self.what = DropDown(_("What is stopped"))
        self.what.render_choices(question.what, question.what[0].key)
        self.what.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.what.chosen.connect(self._on_what_chosen)
        self.until = DropDown(_("Until when"))
        self.until.render_choices(question.until, "")
        self.until.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(_("Why? Everyone reads it in every room."))
        self.reason.setFixedHeight(64)
        self.reason.setTabChangesFocus(True)
        self.reason.textChanged.connect(self._draw)
        self._effect = Text("", "body", Tone.QUIET, wraps=True)
        self.body.addWidget(Text(_("What"), "strong"))
        self.body.addWidget(self.what)
        if question.until:
            self.body.addWidget(Text(_("Until when"), "strong"))
            self.body.addWidget(self.until)
        self.body.addWidget(Text(_("Why? Everyone reads it in every room."), "strong"))
        self.body.addWidget(self.reason)
        self.body.addWidget(self._effect)
        self.deed_chosen.connect(self._on_deed)
        self._draw()
        self.reason.setFocus()

    def fail(self, problem: str) -> None:
        """Say what went wrong; nothing that was typed is lost."""
        self.render_busy("")
        self.render_problem(problem)
        self._draw()
        self.fit()

    @Slot(str)
    def _on_what_chosen(self, _key: str) -> None:
        self._draw()
        self.fit()

    @Slot()
    def _draw(self) -> None:
        self._effect.render_text(self._question.effect.get(self.what.key, ""))
        is_missing = not self.reason.toPlainText().strip()
        self.render_deeds(
            (
                Deed(
                    "stop",
                    _("Stop sending"),
                    "danger",
                    "hand",
                    why_not=_("The reason is missing.") if is_missing else "",
                ),
            )
        )

    @Slot(str)
    def _on_deed(self, _key: str) -> None:
        self.render_busy(_("Stopping…"))
        reason = self.reason.toPlainText().strip()
        self.stopped.emit(self.what.key, reason, self.until.key)
