"""One entry, drawn: what it means, its facts, its proof; details one click deeper."""

from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from governance.texts import _
from widgets.history.inspected import Inspected
from widgets.kit.checks import Checks, Disclosure
from widgets.kit.controls import Button
from widgets.kit.frames import Banner, Facts
from widgets.kit.marks import Text
from widgets.kit.values import Deed, Tone

_SHORT: Final = 24  # characters that stand behind their label


class EntryPanel(QWidget):
    """Shows an entry."""

    def __init__(self) -> None:
        super().__init__()
        self._copied = ""
        self._title = Text("", "title", wraps=True)
        self._entry = Text("", "small", Tone.FAINT)
        self._when = Text("", "small", Tone.QUIET, wraps=True)
        self._notice = Banner(rounded=True)
        self._statement = QFrame()
        self._statement.setObjectName("statement")
        self._quote = Text("", "body", wraps=True)
        inner = QVBoxLayout(self._statement)
        inner.setContentsMargins(12, 2, 0, 2)
        inner.addWidget(self._quote)
        self._facts = Facts()
        self._proof = Text(_("Proof"), "micro", Tone.QUIET)
        self._checks = Checks()
        self.details = Disclosure(_("Technical details"))
        copy = Button(Deed("copy", _("Copy"), "link"))
        copy.clicked.connect(self._on_copy)
        self.details.corner.addWidget(copy)
        self._figures = _Figures()
        self.details.column.addWidget(self._figures)
        head = QHBoxLayout()
        head.addWidget(self._entry)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        top = QVBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._title)
        top.addLayout(head)
        top.addWidget(self._when)
        column.addLayout(top)
        column.addWidget(self._notice)
        column.addWidget(self._statement)
        column.addWidget(self._facts)
        column.addSpacing(4)
        column.addWidget(self._proof)
        column.addWidget(self._checks)
        column.addWidget(self.details)

    def render_entry(self, entry: Inspected) -> None:
        """Draw ``entry``, or nothing."""
        is_there = bool(entry.title)
        self._copied = entry.copied
        self._title.render_text(entry.title)
        self._entry.render_text(entry.entry)
        self._when.render_text(entry.when)
        self._notice.render_notice(entry.notice)
        self._statement.setVisible(bool(entry.quote))
        self._quote.render_text(entry.quote)
        self._facts.render_facts(entry.facts)
        self._proof.setVisible(is_there)
        self._checks.render_checks(entry.checks)
        self.details.setVisible(is_there)
        self._figures.render_figures(
            tuple((one.label, one.value) for one in entry.details)
        )

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._copied)


class _Figures(QWidget):
    """Long numbers under their names; they break where they must."""

    def __init__(self) -> None:
        super().__init__()
        self._text = Text("", "code", Tone.QUIET, wraps=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._text)

    def render_figures(self, figures: tuple[tuple[str, str], ...]) -> None:
        """Write each under its name."""
        lines = [
            f"{label}\n{_broken(value)}" if len(value) > _SHORT else f"{label}: {value}"
            for label, value in figures
        ]
        self._text.render_text("\n".join(lines))


def _broken(value: str) -> str:
    """Let a long number break, since Qt breaks only at spaces."""
    return "\u200b".join(value[at : at + 8] for at in range(0, len(value), 8))
