"""Creating a workspace: what it is called, who begins it, and their key."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QWidget

from governance.texts import _
from widgets.kit.controls import Button, Field
from widgets.kit.dialog import Dialog
from widgets.kit.values import Deed

_SHORTEST = 8


class CreateDialog(Dialog):
    """Asks what a new workspace, or a member who joins, needs.

    Signals:
        wished: Folder, name, e-mail address, own name, passphrase, with starter or not.
    """

    wished = Signal(str, str, str, str, str, bool)

    def __init__(
        self, parent: QWidget | None, *, folder: str, address: str = ""
    ) -> None:
        is_joining = bool(address)
        super().__init__(
            parent,
            _("Join your team") if is_joining else _("Create a workspace"),
            under=address
            or _("You become its first administrator, and can invite others at once."),
            icon="users-three" if is_joining else "plus",
        )
        self._is_joining = is_joining
        self.name = Field(
            _("Name of the organisation"), _("Candidates never see it; your team does.")
        )
        self.mail = Field(_("Your e-mail address"), _("Your signatures bear it."))
        self.person = Field(_("Your name"), _("As others read it."))
        self.folder = Field(_("Folder on this computer"))
        self.folder.edit.setText(folder)
        self.first = Field(
            _("Passphrase for your key"),
            _("At least 8 characters. Nobody can restore it; write it down safely."),
            secret=True,
        )
        self.second = Field(_("The passphrase again"), secret=True)
        self.starter = QCheckBox(
            _("Begin with 33 well-written templates and a style guide")
        )
        self.starter.setChecked(True)
        choose = Button(Deed("choose", _("Choose…")))
        choose.clicked.connect(self._on_choose)
        if not is_joining:
            self.body.addWidget(self.name)
        row = QHBoxLayout()
        row.addWidget(self.mail)
        row.addWidget(self.person)
        self.body.addLayout(row)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(choose, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(place)
        if not is_joining:
            self.body.addWidget(self.starter)
        secrets = QHBoxLayout()
        secrets.addWidget(self.first, 1, Qt.AlignmentFlag.AlignTop)
        secrets.addWidget(self.second, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(secrets)
        for field in (self.name, self.mail, self.person, self.first, self.second):
            field.edit.textChanged.connect(self._on_changed)
        self.deed_chosen.connect(self._on_deed)
        self._on_changed()
        (self.mail if is_joining else self.name).edit.setFocus()

    @Slot()
    def _on_changed(self) -> None:
        if (
            self.second.edit.text()
            and self.first.edit.text() != self.second.edit.text()
        ):
            self.second.render_problem(_("The two passphrases differ."))
        else:
            self.second.render_problem("")
        title = _("Join") if self._is_joining else _("Create the workspace")
        self.render_deeds((Deed("go", title, "primary", why_not=self._why_not()),))

    def _why_not(self) -> str:
        if not self._is_joining and not self.name.edit.text().strip():
            return _("The name of the organisation is missing.")
        if "@" not in self.mail.edit.text():
            return _("Your e-mail address is missing.")
        if not self.person.edit.text().strip() and not self._is_joining:
            return _("Your name is missing.")
        if len(self.first.edit.text()) < _SHORTEST:
            return _("The passphrase has less than 8 characters.")
        if self.first.edit.text() != self.second.edit.text():
            return _("The two passphrases differ.")
        return ""

    @Slot()
    def _on_choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Folder on this computer"))
        if folder:
            self.folder.edit.setText(folder)

    @Slot(str)
    def _on_deed(self, _key: str) -> None:
        self.wished.emit(
            self.folder.edit.text(),
            self.name.edit.text().strip(),
            self.mail.edit.text().strip(),
            self.person.edit.text().strip(),
            self.first.edit.text(),
            self.starter.isChecked(),
        )
