"""Withdrawing a key, asked before it is signed."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from governance.texts import _
from widgets.kit.controls import DropDown
from widgets.kit.dialog import Dialog
from widgets.kit.marks import StateText, Text
from widgets.kit.values import Deed, Mark, Tone
from widgets.settings.withdraw_state import NOW, WithdrawState

_SHOWN = 6


class WithdrawDialog(Dialog):
    """Asks from when on the key signs nothing.

    Signals:
        since_chosen: What was chosen: NOW, or a position.
        wished: The same, when it is to be signed.
    """

    since_chosen = Signal(str)
    wished = Signal(str)

    def __init__(self, parent: QWidget | None, name: str) -> None:
        super().__init__(
            parent,
            _("Withdraw the key of {name}").format(name=name),
            under=_("It counts at once, and cannot be taken back."),
            icon="prohibit",
            tone=Tone.ERROR,
        )
        self._chosen = NOW
        self.body.addWidget(Text(_("From when on does it sign nothing?"), "strong"))
        self.since = DropDown(_("From when on"))
        self.since.setMaximumWidth(540)
        self.since.chosen.connect(self.since_chosen)
        self.body.addWidget(self.since)
        self._void = [StateText(None, wraps=True) for _number in range(_SHOWN)]
        self._void_title = Text(_("This becomes void"), "micro", Tone.QUIET)
        self.body.addWidget(self._void_title)
        for line in self._void:
            self.body.addWidget(line)
        self._stays = Text("", "body", Tone.QUIET, wraps=True)
        self._why_not = Text("", "body", Tone.WARN, wraps=True)
        self.body.addWidget(self._stays)
        self.body.addWidget(self._why_not)
        self.deed_chosen.connect(self._on_deed)
        self.since.setFocus()

    def render_state(self, state: WithdrawState) -> None:
        """Draw ``state``."""
        self._chosen = state.chosen
        self.since.render_choices(state.choices, state.chosen)
        self._void_title.setVisible(bool(state.void))
        more = len(state.void) - _SHOWN + 1
        for number, line in enumerate(self._void):
            words = state.void[number] if number < len(state.void) else ""
            if number == _SHOWN - 1 and more > 1:
                words = _("and {count} more").format(count=more)
            line.render_mark(Mark(words, "x-circle", Tone.ERROR) if words else None)
        self._stays.render_text(state.stays)
        self._why_not.render_text(state.why_not)
        deed = Deed("go", _("Withdraw…"), "danger", "prohibit", why_not=state.why_not)
        self.render_deeds((deed,))
        if self.isVisible():
            self.fit()

    @Slot(str)
    def _on_deed(self, _key: str) -> None:
        self.wished.emit(self._chosen)
