"""Another mail server: where mail goes out, tried before it is saved."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from governance.texts import _
from widgets.kit.controls import Button, DropDown, Field, Segments
from widgets.kit.dialog import Dialog
from widgets.kit.marks import StateText, Text
from widgets.kit.values import Choice, Deed, Mark
from widgets.settings.mail_state import MailWish


class MailDialog(Dialog):
    """Asks for sender, server, port, encryption, user and password.

    Signals:
        tried: What is filled in, a ``MailWish``: ask the server now.
        wished: The same, to be saved.
    """

    tried = Signal(object)
    wished = Signal(object)

    def __init__(self, parent: QWidget | None, now: MailWish, kept: str) -> None:
        super().__init__(
            parent,
            _("Change how mail goes out"),
            under=_("The service reads it, and is started again for it."),
            icon="paper-plane-tilt",
        )
        self._is_practice = now.is_practice
        self._said = ""
        self.who = Field(_("Sender"), _("Who candidates see: Name <address>"))
        self.way = Segments(_("Where mail goes"))
        self.way.chosen.connect(self._on_way)
        self.host = Field(_("Mail server"))
        self.port = Field(_("Port"))
        self.tls = DropDown(_("Encryption"))
        self.tls.render_choices(
            (
                Choice("starttls", "STARTTLS"),
                Choice("tls", "TLS"),
                Choice("none", _("none (this computer only)")),
            ),
            now.tls,
        )
        self.tls.chosen.connect(self._on_changed)
        self.user = Field(_("User"), _("Empty where the server asks for none."))
        self.password = Field(_("Password"), kept, secret=True)
        self.check = Button(Deed("try", _("Check now"), icon="arrows-clockwise"))
        self.check.clicked.connect(self._on_try)
        self._answer = StateText(None, wraps=True)
        for field, text in (
            (self.who, now.sender),
            (self.host, now.host),
            (self.port, now.port),
            (self.user, now.user),
        ):
            field.edit.setText(text)
        self.body.addWidget(self.who)
        self.body.addWidget(self.way)
        self._server = QWidget()
        self._lay_out()
        self.body.addWidget(self._server)
        row = QHBoxLayout()
        row.addWidget(self.check)
        row.addWidget(self._answer, 1)
        self.body.addLayout(row)
        fields = (self.who, self.host, self.port, self.user, self.password)
        for field in fields:
            field.edit.textChanged.connect(self._on_changed)
        self.deed_chosen.connect(self._on_deed)
        self._draw()
        self.who.edit.setFocus()

    @property
    def wish(self) -> MailWish:
        """What is filled in."""
        return MailWish(
            self.who.edit.text().strip(),
            self._is_practice,
            self.host.edit.text().strip(),
            self.port.edit.text().strip(),
            self.tls.key,
            self.user.edit.text().strip(),
            self.password.edit.text(),
        )

    @property
    def answer(self) -> str:
        """What the server answered, "" for nothing yet."""
        return self._said

    def render_answer(self, mark: Mark | None) -> None:
        """Say what the server answered."""
        self._said = mark.word if mark else ""
        self._answer.render_mark(mark)
        if self.isVisible():
            self.fit()

    def _lay_out(self) -> None:
        grid = QGridLayout(self._server)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.host, 0, 0)
        grid.addWidget(self.port, 0, 1)
        grid.addWidget(Text(_("Encryption"), "strong"), 1, 0)
        grid.addWidget(self.tls, 2, 0)
        grid.addWidget(self.user, 3, 0)
        grid.addWidget(self.password, 4, 0, 1, 2)

    def _draw(self) -> None:
        wish = self.wish
        self.way.render_choices(
            (
                Choice("practice", _("Practice mailbox")),
                Choice("server", _("Mail server")),
            ),
            "practice" if self._is_practice else "server",
        )
        self._server.setVisible(not self._is_practice)
        self.check.setVisible(not self._is_practice)
        self.check.render_deed(
            Deed("try", _("Check now"), icon="arrows-clockwise", why_not=wish.why_not)
        )
        title = _("Save, and start the service again")
        self.render_deeds((Deed("save", title, "primary", why_not=wish.why_not),))
        if self.isVisible():
            self.fit()

    @Slot()
    def _on_changed(self) -> None:
        self.render_answer(None)
        self._draw()

    @Slot(str)
    def _on_way(self, key: str) -> None:
        self._is_practice = key == "practice"
        self._on_changed()

    @Slot()
    def _on_try(self) -> None:
        self.tried.emit(self.wish)

    @Slot(str)
    def _on_deed(self, _key: str) -> None:
        self.wished.emit(self.wish)
