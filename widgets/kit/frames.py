"""Frames around facts: banners, cards, empty states, lists of facts."""

from html import escape
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from widgets.kit.controls import Button
from widgets.kit.icons import pixmap
from widgets.kit.look import look, set_shown
from widgets.kit.marks import StateText, Text
from widgets.kit.values import Deed, Empty, Fact, Notice, Tone

_ICONS: Final = {
    Tone.INFO: "info",
    Tone.OK: "check-circle",
    Tone.WARN: "warning",
    Tone.ERROR: "warning-octagon",
    Tone.DOUBT: "question",
}


class Icon(QLabel):
    """An icon that follows the look; nothing is read of it."""

    def __init__(
        self, name: str = "", tone: Tone | str = Tone.QUIET, size: int = 16
    ) -> None:
        super().__init__()
        self._name, self._tone, self._size = name, str(tone), size
        self.setFixedSize(QSize(size + 2, size + 2))
        look().changed.connect(self._dress)
        self._dress()

    def render_icon(self, name: str, tone: Tone | str = Tone.QUIET) -> None:
        """Show another one."""
        self._name, self._tone = name, str(tone)
        self._dress()

    @Slot()
    def _dress(self) -> None:
        self.setStyleSheet("background: transparent;")
        if self._name:
            ratio = self.devicePixelRatioF()
            self.setPixmap(pixmap(self._name, self._tone, self._size, ratio))


class Banner(QFrame):
    """A bold sentence, a plain one, at most one action.

    Signals:
        acted: The key of the notice.
    """

    acted = Signal(str)

    def __init__(self, *, rounded: bool = False) -> None:
        super().__init__()
        self._notice: Notice | None = None
        self._icon = Icon()
        self._bold, self._plain = Text("", "strong", wraps=False), Text(wraps=True)
        self._action = Button(Deed("act", ""))
        self._action.setProperty("size", "small")
        self.setProperty("rounded", rounded)
        texts: QLayout
        texts = QVBoxLayout() if rounded else QHBoxLayout()
        texts.setSpacing(2 if rounded else 8)
        if rounded:
            self._bold.setWordWrap(True)
        texts.addWidget(self._bold)
        if isinstance(texts, QHBoxLayout):
            self._bold.setSizePolicy(
                QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred
            )
            texts.addWidget(self._plain, 1)
        else:
            texts.addWidget(self._plain)
        row = QHBoxLayout(self)
        row.setContentsMargins(16 if rounded else 20, 10, 16, 10)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        row.addWidget(self._action)
        self._action.clicked.connect(self._on_clicked)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.render_notice(None)

    def render_notice(self, notice: Notice | None) -> None:
        """Show ``notice``, or nothing."""
        self._notice = notice
        set_shown(self, is_shown=notice is not None)
        if notice is None:
            return
        self.setProperty("tone", str(notice.tone))
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(f"{notice.bold} {notice.plain}".strip())
        name = notice.icon or _ICONS.get(notice.tone, "info")
        self._icon.render_icon(name, notice.tone)
        self._bold.render_text(notice.bold, notice.tone)
        self._plain.render_text(notice.plain)
        shown = bool(notice.action)
        self._action.render_deed(Deed("act", notice.action, is_shown=shown))

    @Slot()
    def _on_clicked(self) -> None:
        if self._notice is not None:
            self.acted.emit(self._notice.key)


class EmptyView(QWidget):
    """What stands where there is nothing: icon, two sentences, one button.

    Signals:
        acted: The key of what is shown.
    """

    acted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon("", Tone.FAINT, 40)
        self._bold = Text("", "strong", wraps=True)
        self._plain = Text("", "body", Tone.QUIET, wraps=True)
        for text in (self._bold, self._plain):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            text.setFixedWidth(360)
        self._action = Button(Deed("act", ""))
        self._key = ""
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        for part in (self._icon, self._bold, self._plain, self._action):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._action.clicked.connect(self._on_clicked)

    def render_empty(self, empty: Empty | None) -> None:
        """Show ``empty``, or nothing."""
        set_shown(self, is_shown=empty is not None)
        if empty is None:
            return
        self._key = empty.key
        self._icon.render_icon(empty.icon, Tone.FAINT)
        self._bold.render_text(empty.bold)
        self._plain.render_text(empty.plain)
        for text in (self._bold, self._plain):  # centred, Qt cuts what wraps
            text.setMinimumHeight(max(0, text.heightForWidth(text.width())))
        self._action.render_deed(Deed("act", empty.action, is_shown=bool(empty.action)))

    @Slot()
    def _on_clicked(self) -> None:
        self.acted.emit(self._key)


class Facts(QWidget):
    """Labels and what they stand for.

    Signals:
        linked: The link of a fact that was clicked.
    """

    linked = Signal(str)

    def __init__(self, *, label_width: int = 104) -> None:
        super().__init__()
        self._width = label_width
        self._facts: tuple[Fact, ...] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, label_width)
        self._grid.setColumnStretch(1, 1)

    def render_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show ``facts``, in their order."""
        if facts == self._facts:
            return
        self._facts = facts
        cleared(self._grid)
        for number, fact in enumerate(facts):
            label = Text(fact.label, "body", Tone.FAINT, wraps=True)
            label.setFixedWidth(self._width)
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(label, number, 0, top)
            self._grid.addWidget(self._value(fact), number, 1)

    def _value(self, fact: Fact) -> QWidget:
        if fact.mark is not None:
            return StateText(fact.mark, wraps=True)
        if fact.link:
            link = LinkText(fact.value, fact.link)
            link.linkActivated.connect(self.linked)
            return link
        value = Text(fact.value, wraps=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(f"{fact.label}: {fact.value}")
        return value


class LinkText(QLabel):
    """Words that lead somewhere; they wrap, and Enter follows them."""

    def __init__(self, text: str, link: str) -> None:
        super().__init__()
        self._words, self._link = text, link
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(80)
        self.setAccessibleName(text)
        look().changed.connect(self._dress)
        self._dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Follow the link with Enter or Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.linkActivated.emit(self._link)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _dress(self) -> None:
        ink = look().tokens.colors["accent-text"]
        self.setText(
            f'<a href="{escape(self._link, quote=True)}" '
            f'style="color:{ink};text-decoration:none">{escape(self._words)}</a>'
        )


class Card(QFrame):
    """A titled group of facts; never inside of another."""

    def __init__(self, title: str = "", *, sunken: bool = False) -> None:
        super().__init__()
        self.setObjectName("sunken-card" if sunken else "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 14, 16, 14)
        self.column.setSpacing(8)
        if title:
            self.column.addWidget(Text(title, "small", Tone.FAINT))


class Rule(QFrame):
    """A line between two parts."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rule")
        self.setFixedHeight(1)


def cleared(layout: QLayout) -> None:
    """Take everything out of ``layout``."""
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        if inner is not None:
            cleared(inner)
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
