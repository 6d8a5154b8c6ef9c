"""Adding a person, or giving somebody a new key."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from governance.texts import _
from widgets.kit.controls import Field
from widgets.kit.dialog import Dialog, first_empty
from widgets.kit.frames import Banner
from widgets.kit.marks import Text
from widgets.kit.values import Choice, Deed, Notice, Tone
from widgets.settings.enrol_state import EnrolState, Newcomer


class EnrolDialog(Dialog):
    """Asks who it is, with which key, for what.

    Signals:
        changed: What is filled in now, a ``Newcomer``.
        wished: The same, when it is to be signed.
    """

    changed = Signal(object)
    wished = Signal(object)

    def __init__(
        self, parent: QWidget | None, roles: tuple[Choice, ...], start: Newcomer
    ) -> None:
        title = _("Give a new key") if start.old_mail else _("Add a person")
        super().__init__(
            parent,
            title,
            under=_("Their key is made on their own computer; here it is confirmed."),
            icon="user-plus",
        )
        self._old_mail = start.old_mail
        self.mail = Field(_("E-mail address"), _("Their signatures bear it."))
        self.name = Field(_("Name"), _("As others read it."))
        self.line = Field(
            _("Their public key"),
            _("They copy it in Settings, My key, or “countersign join” prints it."),
        )
        self.mail.edit.setText(start.mail)
        self.mail.edit.setEnabled(not start.old_mail)
        self.name.edit.setText(start.name)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.mail)
        row.addWidget(self.name)
        self.body.addLayout(row)
        self.body.addWidget(Text(_("Roles"), "strong"))
        grid = QGridLayout()
        self.roles: dict[str, QCheckBox] = {}
        for number, role in enumerate(roles):
            tick = self.roles[role.key] = QCheckBox(role.title)
            tick.setChecked(role.key in start.roles)
            tick.setMinimumHeight(22)
            tick.toggled.connect(self._on_changed)
            grid.addWidget(tick, number // 2, number % 2)
        self.body.addLayout(grid)
        self.body.addWidget(self.line)
        self._words = Banner(rounded=True)
        self.body.addWidget(self._words)
        self.compared = QCheckBox(_("We compared the four words by phone"))
        self.compared.toggled.connect(self._on_changed)
        self.body.addWidget(self.compared)
        for field in (self.mail, self.name, self.line):
            field.edit.textChanged.connect(self._on_changed)
        self.deed_chosen.connect(self._on_deed)
        first_empty((self.mail.edit, self.name.edit, self.line.edit))

    @property
    def newcomer(self) -> Newcomer:
        """What is filled in."""
        return Newcomer(
            self.mail.edit.text().strip(),
            self.name.edit.text().strip(),
            self.line.edit.text().strip(),
            tuple(key for key, tick in self.roles.items() if tick.isChecked()),
            self.compared.isChecked(),
            self._old_mail,
        )

    def render_state(self, state: EnrolState) -> None:
        """Say what is wrong or missing, and which words to compare."""
        self.mail.render_problem(state.mail_problem)
        self.line.render_problem(state.problem)
        notice = None
        if state.words:
            notice = Notice("words", state.words, state.fingerprint, Tone.INFO, "phone")
        self._words.render_notice(notice)
        self.compared.setVisible(bool(state.words))
        title = _("Add…") if not self._old_mail else _("Give…")
        self.render_deeds((Deed("go", title, "primary", why_not=state.why_not),))
        if self.isVisible():
            self.fit()

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit(self.newcomer)

    @Slot(str)
    def _on_deed(self, _key: str) -> None:
        self.wished.emit(self.newcomer)
