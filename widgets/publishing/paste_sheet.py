"""The paste sheet: copy the parts one by one, then check what lies there."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

from governance.texts import _
from sync.api.publications import PublicationRow
from widgets.kit.controls import Button, DropDown, Segments
from widgets.kit.dialog import Dialog
from widgets.kit.frames import Rule
from widgets.kit.marks import StateText, Text
from widgets.kit.values import Choice, Deed, Mark, Tone
from widgets.publishing.paste_state import (
    PARTS,
    Paste,
    compared,
    not_proven,
    part_name,
    read_back,
)

_LONG = 44  # letters of a part that are shown


class PasteSheet(Dialog):
    """Gives the text of a release, part by part.

    Signals:
        check_wanted: Read back what lies there, and compare.
    """

    check_wanted = Signal()

    def __init__(self, parent: QWidget | None, paste: Paste) -> None:
        super().__init__(
            parent,
            _("Paste by hand: {title}").format(title=paste.title),
            under=_(
                "Version {number}, exactly as it was signed. Merge fields stay as they "
                "are written here."
            ).format(number=paste.version),
            icon="hand-pointing",
        )
        self._paste = paste
        self._rows: tuple[PublicationRow, ...] = ()
        self._copied: set[tuple[str, str]] = set()
        self._code = paste.languages[0].key if paste.languages else ""
        self._languages = Segments(_("Language"))
        self._languages.render_choices(paste.languages, self._code)
        self._languages.chosen.connect(self._on_language)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._lines: dict[str, tuple[Text, Text, Button]] = {}
        for at, part in enumerate(PARTS):
            self._lines[part] = self._line(at, part)
        self._found = StateText(Mark("", "circle-dashed"), wraps=True)
        self.part = DropDown(_("Which part is compared"))
        self.part.chosen.connect(self._draw)
        self.back = QPlainTextEdit()
        self.back.setAccessibleName(
            _("What you copied out of the other system, to compare it")
        )
        self.back.setPlaceholderText(
            _("Copy the part out of the other system and paste it here to compare.")
        )
        self.back.setTabChangesFocus(True)
        self.back.setFixedHeight(64)
        self.back.textChanged.connect(self._draw)
        self._compared = StateText(Mark("", "circle-dashed"), wraps=True)
        self._not_proven = Text("", "small", Tone.FAINT, wraps=True)
        if len(paste.languages) > 1:
            self.body.addWidget(self._languages)
        self.body.addLayout(self._grid)
        self.body.addWidget(Rule())
        for widget in (self._found, self.part, self.back, self._compared):
            self.body.addWidget(widget)
        self.body.addWidget(self._not_proven)
        self.deed_chosen.connect(self._on_deed)
        self._draw()
        first = next((one for one in PARTS if one in self._texts), "")
        if first:
            self._lines[first][2].setFocus()

    def render_found(self, rows: tuple[PublicationRow, ...]) -> None:
        """Say what the service read back."""
        self._rows = rows
        self.render_busy("")
        self._draw()

    def fail(self, problem: str) -> None:
        """Say why it could not be read back."""
        self.render_busy("")
        self.render_problem(problem)
        self.fit()

    @property
    def _texts(self) -> dict[str, str]:
        return dict(self._paste.pieces.get(self._code, {}))

    def _line(self, at: int, part: str) -> tuple[Text, Text, Button]:
        name, text = Text(part_name(part), "strong"), Text("", "body", Tone.QUIET)
        button = Button(Deed(part, _("Copy")))
        button.deed_chosen.connect(self._on_copy)
        self._grid.addWidget(name, at, 0)
        self._grid.addWidget(text, at, 1)
        self._grid.addWidget(button, at, 2)
        return name, text, button

    @Slot()
    def _draw(self) -> None:
        texts = self._texts
        for part, (name, line, button) in self._lines.items():
            text = " ".join(texts.get(part, "").split())
            is_long = len(text) > _LONG
            line.render_text(f"{text[:_LONG]}…" if is_long else text)
            is_copied = (self._code, part) in self._copied
            button.render_deed(
                Deed(
                    part,
                    _("Copied") if is_copied else _("Copy"),
                    icon="check" if is_copied else "copy",
                )
            )
            button.setAccessibleName(_("Copy: {part}").format(part=part_name(part)))
            for widget in (name, line, button):
                widget.setVisible(bool(text))
        there = tuple(Choice(part, part_name(part)) for part in PARTS if part in texts)
        chosen = self.part.key if self.part.key in texts else ""
        self.part.render_choices(there, chosen or (there[0].key if there else ""))
        self._found.render_mark(read_back(self._rows, self._code))
        wanted = texts.get(self.part.key, "")
        self._compared.render_mark(compared(wanted, self.back.toPlainText()))
        self._not_proven.render_text(not_proven(self._rows))
        self.render_deeds(
            (
                Deed(
                    "check",
                    _("Read back and compare"),
                    "primary",
                    "arrows-clockwise",
                    "F5",
                ),
            )
        )
        self.fit()

    @Slot(str)
    def _on_language(self, code: str) -> None:
        self._code = code
        self._draw()

    @Slot(str)
    def _on_copy(self, part: str) -> None:
        QGuiApplication.clipboard().setText(self._texts[part])
        self._copied.add((self._code, part))
        self._draw()

    @Slot(str)
    def _on_deed(self, _key: str) -> None:
        self.render_problem("")
        self.render_busy(_("Reading what lies there…"))
        self.check_wanted.emit()
