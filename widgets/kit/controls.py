"""Fields and switches, as the tokens have them; with the buttons."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from widgets.kit.buttons import Button, IconButton, escaped, native
from widgets.kit.icons import icon
from widgets.kit.look import font, look
from widgets.kit.tips import plain_tip
from widgets.kit.values import Choice

__all__ = [
    "Button",
    "DropDown",
    "Field",
    "IconButton",
    "SearchField",
    "Segments",
    "escaped",
    "native",
]


class SearchField(QLineEdit):
    """A field that filters as one types; Esc empties it."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setClearButtonEnabled(True)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        look().changed.connect(self._dress)
        self._dress()

    @Slot()
    def _dress(self) -> None:
        self._glass.setIcon(icon("magnifying-glass", "text-3"))


class DropDown(QComboBox):
    """A choice of one, by keys.

    Signals:
        chosen: The key of what a person chose; not sent when code sets it.
    """

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(4)
        self._choices: tuple[Choice, ...] = ()
        self.activated.connect(self._on_activated)

    def sizeHint(self) -> QSize:
        """Return the room that the longest choice needs, and no more."""
        return self._room(*(one.title for one in self._choices))

    def minimumSizeHint(self) -> QSize:
        """Do with room for what is chosen."""
        hint = self._room(self.currentText())
        return QSize(hint.width() - 1, hint.height())

    def _room(self, *titles: str) -> QSize:
        metrics = self.fontMetrics()
        texts = [metrics.horizontalAdvance(one) for one in titles]
        icons = 22 if any(one.icon for one in self._choices) else 0
        return QSize(max(texts, default=40) + icons + 60, super().sizeHint().height())

    def render_choices(self, choices: Iterable[Choice], chosen: str) -> None:
        """Offer ``choices``, with one of them chosen."""
        wanted = tuple(choices)
        if wanted != self._choices:
            self._choices = wanted
            self.updateGeometry()
            self.clear()
            for one in wanted:
                if one.icon:
                    self.addItem(icon(one.icon), one.title, one.key)
                else:
                    self.addItem(one.title, one.key)
        index = self.findData(chosen)
        if index != self.currentIndex():
            self.setCurrentIndex(index)
            self.updateGeometry()

    @property
    def key(self) -> str:
        """What is chosen, "" for nothing."""
        return str(self.currentData() or "")

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        self.updateGeometry()
        self.chosen.emit(str(self.itemData(index)))


class Segments(QFrame):
    """A switch of two or three; arrow keys move.

    Signals:
        chosen: The key of what a person chose.
    """

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("segments")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._on_clicked)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2, 2, 2, 2)
        self._row.setSpacing(2)
        self._choices: tuple[Choice, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        look().changed.connect(self._dress)

    def render_choices(self, choices: Iterable[Choice], chosen: str) -> None:
        """Offer ``choices``, with one of them chosen."""
        wanted = tuple(choices)
        if wanted != self._choices:
            self._choices = wanted
            for button in self._group.buttons():
                self._group.removeButton(button)
                button.deleteLater()
            for one in wanted:
                self._row.addWidget(self._made(one))
            self._dress()
        for button in self._group.buttons():
            if button.objectName() == chosen:
                button.setChecked(True)

    def _made(self, choice: Choice) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(choice.key)
        button.setCheckable(True)
        button.setAccessibleName(choice.title)
        button.setToolTip(plain_tip(choice.why_not or choice.title))
        button.setEnabled(not choice.why_not)
        if choice.icon:
            button.setIconSize(QSize(16, 16))
        else:
            button.setText(choice.title)
        self._group.addButton(button)
        return button

    @Slot()
    def _dress(self) -> None:
        icons = {one.key: one.icon for one in self._choices}
        for button in self._group.buttons():
            if name := icons.get(button.objectName()):
                button.setIcon(icon(name))

    @Slot(QToolButton)
    def _on_clicked(self, button: QToolButton) -> None:
        self.chosen.emit(button.objectName())


class Field(QWidget):
    """A labelled line to write in, with help or what is wrong under it."""

    def __init__(self, label: str, help_: str = "", *, secret: bool = False) -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.edit.setAccessibleName(label)
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._help = help_
        self._label = QLabel(label)
        self._label.setFont(font("strong"))
        self._label.setBuddy(self.edit)
        self._under = QLabel(wordWrap=True)
        self._under.setFont(font("small"))
        self._under.setTextFormat(Qt.TextFormat.PlainText)  # it may quote others
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._label)
        column.addWidget(self.edit)
        column.addWidget(self._under)
        self.render_problem("")

    def render_problem(self, problem: str) -> None:
        """Say under the field what is wrong, or how it helps."""
        self._under.setText(problem or self._help)
        self._under.setVisible(bool(problem or self._help))
        tone = "error" if problem else "text-3"
        self._under.setStyleSheet(f"color: {look().tokens.colors[tone]}")
        self.edit.setProperty("wrong", bool(problem))
        self.edit.setAccessibleDescription(problem or self._help)
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)
