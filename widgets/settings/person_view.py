"""The person who is selected, drawn into the inspector."""

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from governance.texts import _
from widgets.kit.controls import Button
from widgets.kit.frames import Card, Facts, Icon, Rule, cleared
from widgets.kit.marks import Avatar, StateText, Text
from widgets.kit.page import Inspector
from widgets.kit.values import Tone
from widgets.settings.person_state import KeyCard, PersonDetail, RoleLine

_HEAD: Final = 15  # characters of a fingerprint that is shown in short
_TAIL: Final = 6


class PersonView(QObject):
    """Draws a ``PersonDetail``.

    Signals:
        deed_chosen: The key of a button.
        role_toggled: The role that was ticked or unticked.
    """

    deed_chosen = Signal(str)
    role_toggled = Signal(str)

    def __init__(self, inspector: Inspector) -> None:
        super().__init__(inspector)
        self._inspector = inspector
        self._detail: PersonDetail | None = None
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        inspector.body.addLayout(self._column)
        inspector.body.addStretch(1)

    @property
    def detail(self) -> PersonDetail:
        """What is shown."""
        return self._detail or PersonDetail()

    def render_detail(self, detail: PersonDetail) -> None:
        """Draw ``detail``; anew only where something differs."""
        if detail == self._detail:
            return
        self._detail = detail
        cleared(self._column)
        cleared(self._inspector.foot)
        self._inspector.show_foot(is_shown=bool(detail.deeds))
        if not detail.name:
            return
        self._column.addLayout(_head(detail))
        if detail.facts:
            facts = Facts(label_width=112)
            facts.render_facts(detail.facts)
            self._column.addWidget(facts)
        if detail.roles:
            self._column.addWidget(Rule())
            self._column.addWidget(Text(_("Roles"), "title"))
            for line in detail.roles:
                self._column.addWidget(self._role(line))
        if detail.keys:
            self._column.addWidget(Rule())
            self._column.addWidget(Text(_("Keys"), "title"))
            for card in detail.keys:
                self._column.addWidget(self._card(card))
        if detail.note:
            self._column.addWidget(Text(detail.note, "body", Tone.QUIET, wraps=True))
        for deed in detail.deeds:
            button = Button(deed)
            button.deed_chosen.connect(self.deed_chosen)
            self._inspector.foot.addWidget(button)
        self._inspector.foot.addStretch(1)

    def _role(self, line: RoleLine) -> QWidget:
        """Return a tick with what the role is for, and why it stays as it is."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        tick = QCheckBox(line.title)
        tick.setObjectName(line.key)
        tick.setChecked(line.is_on)
        tick.setEnabled(not line.why_not)
        tick.setToolTip(line.why_not or line.words)
        tick.setAccessibleName(f"{line.title}: {line.words}")
        tick.setAccessibleDescription(line.why_not)
        tick.clicked.connect(self._on_ticked)
        under = Text(line.words, "small", Tone.FAINT, wraps=True)
        under.setContentsMargins(24, 0, 0, 0)
        column.addWidget(tick)
        column.addWidget(under)
        if line.why_not:
            why = Text(line.why_not, "small", Tone.WARN if line.is_on else Tone.FAINT)
            why.setWordWrap(True)
            why.setContentsMargins(24, 0, 0, 0)
            column.addWidget(why)
        return box

    def _card(self, card: KeyCard) -> QFrame:
        frame = Card()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon("key", Tone.QUIET))
        head.addWidget(Text(card.title, "strong"), 1)
        head.addWidget(StateText(card.mark))
        frame.column.addLayout(head)
        if card.under:
            frame.column.addWidget(Text(card.under, "body", Tone.QUIET, wraps=True))
        words = Text(card.words, "strong", wraps=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        frame.column.addWidget(words)
        short = f"{card.fingerprint[:_HEAD]}…{card.fingerprint[-_TAIL:]}"
        name = Text(short, "code", Tone.QUIET)
        name.setToolTip(card.fingerprint)
        name.setAccessibleName(card.fingerprint)
        frame.column.addWidget(name)
        if card.deeds:
            row = QHBoxLayout()
            for deed in card.deeds:
                button = Button(deed)
                button.deed_chosen.connect(self.deed_chosen)
                row.addWidget(button)
            row.addStretch(1)
            frame.column.addLayout(row)
        return frame

    @Slot()
    def _on_ticked(self) -> None:
        """Let the tick stand as it is until it is signed."""
        tick = self.sender()
        if isinstance(tick, QCheckBox):
            tick.setChecked(not tick.isChecked())
            self.role_toggled.emit(tick.objectName())


def _head(detail: PersonDetail) -> QHBoxLayout:
    head = QHBoxLayout()
    head.setSpacing(12)
    head.addWidget(Avatar(detail.name, 40))
    texts = QVBoxLayout()
    texts.setSpacing(1)
    texts.addWidget(Text(detail.name, "title", wraps=True))
    if detail.under:
        texts.addWidget(Text(detail.under, "small", Tone.FAINT, wraps=True))
    head.addLayout(texts, 1)
    return head
