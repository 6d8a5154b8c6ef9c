"""A form, drawn: labels in a column of their own, changes at once."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from widgets.kit.controls import Button, DropDown, Segments
from widgets.kit.frames import Rule, cleared
from widgets.kit.look import look
from widgets.kit.marks import StateText, Text
from widgets.kit.values import Tone
from widgets.settings.form import Form, Group, Pick, Said, Switch

_LABELS: Final = 200
_WIDEST: Final = 760
_TOP: Final = Qt.AlignmentFlag.AlignTop


class FormView(QScrollArea):
    """Shows a ``Form``; where only values changed, the focus stays.

    Signals:
        deed_chosen: The key of a button.
        picked: The key of a choice, and what was chosen.
        switched: The key of a switch, and whether it is on.
    """

    deed_chosen = Signal(str)
    picked = Signal(str, str)
    switched = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("content")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._form: Form | None = None
        self._lines: list[_Line] = []
        inside = QWidget()
        inside.setObjectName("content")
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        row = QHBoxLayout(inside)
        row.setContentsMargins(24, 20, 24, 24)
        self._holder = QWidget()
        self._holder.setMaximumWidth(look().px(_WIDEST))
        self._holder.setLayout(self._column)
        row.addWidget(self._holder, 1)
        row.addStretch(0)
        row.setAlignment(self._holder, _TOP)
        self.setWidget(inside)
        look().changed.connect(self._on_look_changed)

    def render_form(self, form: Form) -> None:
        """Draw ``form``."""
        if form == self._form:
            return
        before, self._form = self._form, form
        if before is None or before.shape != form.shape:
            self._build(form)
        lines = [line for group in form.groups for line in group.lines]
        for view, line in zip(self._lines, lines, strict=True):
            view.render_line(line)

    def _build(self, form: Form) -> None:
        cleared(self._column)
        self._lines = []
        self._column.addWidget(Text(form.title, "heading"))
        if form.intro:
            self._column.addWidget(Text(form.intro, "body", Tone.QUIET, wraps=True))
        for group in form.groups:
            self._column.addSpacing(4)
            self._column.addWidget(Rule())
            if group.title:
                self._column.addWidget(Text(group.title, "title"))
            self._column.addLayout(self._grid(group))
        self._column.addStretch(1)

    def _grid(self, group: Group) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(14)
        grid.setColumnMinimumWidth(0, look().px(_LABELS))
        grid.setColumnStretch(1, 1)
        for number, line in enumerate(group.lines):
            label = Text(line.label, "strong", wraps=True)
            label.setFixedWidth(look().px(_LABELS))
            label.setContentsMargins(0, 5, 0, 0)
            view = _Line(line)
            view.deed_chosen.connect(self.deed_chosen)
            view.picked.connect(self.picked)
            view.switched.connect(self.switched)
            grid.addWidget(label, number, 0, _TOP)
            grid.addWidget(view, number, 1)
            self._lines.append(view)
        return grid

    @Slot()
    def _on_look_changed(self) -> None:
        self._holder.setMaximumWidth(look().px(_WIDEST))


class _Line(QFrame):
    """One value, choice or switch, with its help and its buttons."""

    deed_chosen = Signal(str)
    picked = Signal(str, str)
    switched = Signal(str, bool)

    def __init__(self, line: Said | Pick | Switch) -> None:
        super().__init__()
        self._key = "" if isinstance(line, Said) else line.key
        self._help = Text("", "small", Tone.FAINT, wraps=True)
        self._buttons: dict[str, Button] = {}
        self._deeds = QHBoxLayout()
        self._deeds.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._made(line), 0, _TOP)
        column.addWidget(self._help)
        column.addLayout(self._deeds)

    def render_line(self, line: Said | Pick | Switch) -> None:
        """Show what it is now."""
        self._help.render_text(line.help)
        match line:
            case Said():
                self._render_said(line)
            case Pick():
                control = self._segments if line.is_wide else self._drop
                control.render_choices(line.choices, line.chosen)
            case Switch():
                self._check.setChecked(line.is_on)
                self._check.setText(line.words)

    def _made(self, line: Said | Pick | Switch) -> QWidget:
        holder = QWidget()
        row = QVBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        match line:
            case Said():
                self._mark = StateText(None, wraps=True)
                self._mark.setContentsMargins(0, 3, 0, 0)
                step = "code" if line.is_code else "body"
                self._value = Text("", step, wraps=True)
                self._value.setTextInteractionFlags(
                    Qt.TextInteractionFlag.TextSelectableByMouse
                )
                self._value.setContentsMargins(0, 3, 0, 0)
                row.addWidget(self._mark)
                row.addWidget(self._value)
            case Pick() if line.is_wide:
                self._segments = Segments(line.label)
                self._segments.chosen.connect(self._on_chosen)
                row.addWidget(self._segments)
            case Pick():
                self._drop = DropDown(line.label)
                self._drop.setObjectName(line.key)
                self._drop.chosen.connect(self._on_chosen)
                row.addWidget(self._drop)
            case Switch():
                self._check = QCheckBox(line.words)
                self._check.setObjectName(line.key)
                self._check.setAccessibleName(f"{line.label}: {line.words}")
                self._check.clicked.connect(self._on_clicked)
                row.addWidget(self._check)
        return holder

    def _render_said(self, line: Said) -> None:
        self._mark.render_mark(line.mark)
        self._value.render_text(line.value)
        self._value.setAccessibleName(f"{line.label}: {line.value}")
        if [deed.key for deed in line.deeds] != list(self._buttons):
            cleared(self._deeds)
            self._buttons = {}
            for deed in line.deeds:
                button = self._buttons[deed.key] = Button(deed)
                button.deed_chosen.connect(self.deed_chosen)
                self._deeds.addWidget(button)
            self._deeds.addStretch(1)
        for deed in line.deeds:
            self._buttons[deed.key].render_deed(deed)

    @Slot(str)
    def _on_chosen(self, value: str) -> None:
        self.picked.emit(self._key, value)

    @Slot(bool)
    def _on_clicked(self, is_on: bool) -> None:  # noqa: FBT001 -- Qt's signal
        self.switched.emit(self._key, is_on)
