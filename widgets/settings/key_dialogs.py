"""Dialogs about one's own key: another passphrase, and opening it once."""

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from governance.texts import _
from widgets.kit.controls import Field
from widgets.kit.dialog import Dialog, PassphraseField
from widgets.kit.values import Deed

SHORTEST: Final = 8  # characters of a passphrase


class PassphraseDialog(Dialog):
    """Asks for the passphrase that holds, and twice for the next.

    Signals:
        wished: The old one and the new one; the dialog keeps neither.
    """

    wished = Signal(str, str)

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            _("Change the passphrase"),
            under=_(
                "The key and its four words stay the same. A recovery sheet made "
                "before opens with the old passphrase: make a new one."
            ),
            icon="lock-key",
            size="dialog-small",
        )
        self.old = PassphraseField(_("The one that holds now."))
        self.new = Field(
            _("New passphrase"),
            _("At least 8 characters. Nobody can restore it; write it down safely."),
            secret=True,
        )
        self.again = Field(_("The new one again"), secret=True)
        for field in (self.old, self.new, self.again):
            self.body.addWidget(field)
            field.edit.textChanged.connect(self._draw)
        self.old.ready_changed.connect(self._draw)
        self.deed_chosen.connect(self._on_deed)
        self._draw()
        self.old.edit.setFocus()

    def refuse(self, problem: str) -> None:
        """Say that the old one is wrong; nothing was changed."""
        self.render_busy("")
        self.old.refuse(problem)

    @Slot()
    def _draw(self) -> None:
        new, again = self.new.edit.text(), self.again.edit.text()
        differ = bool(again) and new != again
        self.again.render_problem(_("The two differ.") if differ else "")
        missing = (
            (not self.old.is_ready, _("The passphrase is missing.")),
            (len(new) < SHORTEST, _("The new one has less than 8 characters.")),
            (new != again, _("The two differ.")),
        )
        why_not = next((words for is_so, words in missing if is_so), "")
        deed = Deed("go", _("Change passphrase"), "primary", why_not=why_not)
        self.render_deeds((deed,))

    @Slot(str)
    def _on_deed(self, _key: str) -> None:
        self.wished.emit(self.old.edit.text(), self.new.edit.text())


class OpenDialog(Dialog):
    """Asks for a passphrase, once, for a deed that signs nothing.

    Signals:
        wished: The passphrase; the dialog does not keep it.
    """

    wished = Signal(str)

    def __init__(
        self, parent: QWidget | None, title: str, under: str, deed: str, icon: str
    ) -> None:
        super().__init__(parent, title, under=under, icon=icon, size="dialog-small")
        self._deed = deed
        self.passphrase = PassphraseField()
        self.body.addWidget(self.passphrase)
        self.passphrase.edit.textChanged.connect(self._draw)
        self.passphrase.ready_changed.connect(self._draw)
        self.deed_chosen.connect(self._on_deed)
        self._draw()
        self.passphrase.edit.setFocus()

    def refuse(self, problem: str) -> None:
        """Say that it is wrong."""
        self.render_busy("")
        self.passphrase.refuse(problem)

    @Slot()
    def _draw(self) -> None:
        is_ready = self.passphrase.is_ready
        why_not = "" if is_ready else _("The passphrase is missing.")
        self.render_deeds((Deed("go", self._deed, "primary", why_not=why_not),))

    @Slot(str)
    def _on_deed(self, _key: str) -> None:
        self.wished.emit(self.passphrase.edit.text())
