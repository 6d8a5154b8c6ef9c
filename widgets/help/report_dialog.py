"""A report of a problem: everything in it is shown before it is saved."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QWidget

from governance.texts import _
from widgets.kit.dialog import Dialog
from widgets.kit.look import font, look
from widgets.kit.marks import Text
from widgets.kit.table_view import TableView
from widgets.kit.values import Cell, Column, Deed, Row, Table, Tone


@dataclass(frozen=True, slots=True)
class Shown:
    """One file of the report, in words and whole."""

    name: str
    words: str
    text: str


class ReportDialog(Dialog):
    """Lists what is collected, and shows it.

    Signals:
        saved: Where the person wants it.
    """

    saved = Signal(str)

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            _("Report a problem"),
            under=_(
                "This is everything that is in the report. It holds no names, no "
                "addresses, no texts of messages and no passphrases. Nothing is sent: "
                "you save it, and give it to whoever helps you."
            ),
            icon="bug",
            size="dialog-wide",
        )
        self._pieces: tuple[Shown, ...] = ()
        self.list = TableView(_("What is in the report"), two_lines=True)
        self.list.setFixedWidth(look().px(300))
        self.list.selected.connect(self._on_selected)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(font("code"))
        self.text.setAccessibleName(_("What this part says"))
        self.text.setFixedHeight(look().px(340))
        self.list.setFixedHeight(look().px(340))
        self._waiting = Text(_("Collecting …"), "body", Tone.QUIET)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        self.body.addWidget(self._waiting)
        self.body.addLayout(row)
        self.deed_chosen.connect(self._on_deed)
        self._draw()

    def render_pieces(self, pieces: tuple[Shown, ...]) -> None:
        """Show what was collected."""
        self._pieces = pieces
        rows = tuple(Row(one.name, (Cell(one.name, one.words),)) for one in pieces)
        first = pieces[0].name if pieces else ""
        self.list.render_table(Table((Column(""),), rows), first)
        self._waiting.hide()
        self.list.setFocus()
        if self.isVisible():
            self.fit()
        self._on_selected(first)
        self._draw()

    def _draw(self) -> None:
        why_not = "" if self._pieces else _("It is still being collected.")
        deed = Deed("save", _("Save…"), "primary", "download-simple", why_not=why_not)
        self.render_deeds((deed,))

    @Slot(str)
    def _on_selected(self, key: str) -> None:
        for one in self._pieces:
            if one.name == key:
                self.text.setPlainText(one.text or _("(nothing)"))

    @Slot(str)
    def _on_deed(self, _key: str) -> None:
        name = str(Path.home() / "countersign-report.zip")
        file, _kind = QFileDialog.getSaveFileName(self, _("Save the report"), name)
        if file:
            self.saved.emit(file)
