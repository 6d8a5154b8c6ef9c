"""The welcome window, drawn: what this is on the left, where to begin on the right."""

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from governance.texts import _
from widgets.kit.brand import AppMark, window_icon
from widgets.kit.controls import Button
from widgets.kit.frames import Banner, Icon
from widgets.kit.look import color, look
from widgets.kit.marks import Text
from widgets.kit.table_view import TableView
from widgets.kit.values import Cell, Column, Deed, Notice, Row, Table, Tone
from widgets.welcome.state import WelcomeState, demo_words

_LEFT: Final = 500
_OPTIONS: Final = 640


class WelcomeView(QWidget):
    """Offers the demo, a new workspace, a team, a folder, and what was open before.

    Signals:
        chosen: "demo", "create", "folder", "verify", "help", "appearance".
        join_requested: The address of a team.
        recent_chosen: The folder of a workspace.
        cleared: Forget what was open before.
        cancelled: Stop what is being prepared.
        closed: The window is closed.
    """

    chosen = Signal(str)
    join_requested = Signal(str)
    recent_chosen = Signal(str)
    cleared = Signal()
    cancelled = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(_("Countersign"))
        self.setWindowIcon(window_icon())
        self.resize(1440, 900)
        self.setMinimumSize(1024, 640)
        self._version = Text("", "small", Tone.FAINT)
        self._demo = OptionCard(
            "demo", "play-circle", _("Open the demo"), is_recommended=True
        )
        self._create = OptionCard("create", "plus", _("Create a workspace"))
        self._join = OptionCard("join", "users-three", _("Join your team"))
        self._folder = OptionCard("folder", "folder-open", _("Open a folder"))
        self._cards = (self._demo, self._create, self._join, self._folder)
        self._create.render_words(
            _(
                "For your organisation. Starts with a set of well-written templates "
                "and a style guide, and makes your signing key."
            )
        )
        self._join.render_words(
            _(
                "Enter the address that your administrator gave you, for example "
                "ssh://git.example.com/hiring."
            )
        )
        self._folder.render_words(_("A workspace that is already on this computer."))
        self._address = QLineEdit()
        self._address.setPlaceholderText(_("Team address"))
        self._address.setAccessibleName(_("Team address"))
        self._go_on = Button(Deed("continue", _("Continue"), why_not=_("No address.")))
        self._address.textChanged.connect(self._on_address_changed)
        self._address.returnPressed.connect(self._go_on.click)
        self._go_on.clicked.connect(self._on_go_on)
        row = QHBoxLayout()
        row.addWidget(self._address)
        row.addWidget(self._go_on)
        row.addStretch(1)
        self._address.setFixedWidth(340)
        self._join.column.addLayout(row)
        for card in (self._demo, self._create, self._folder):
            card.opened.connect(self.chosen)
        self._join.opened.connect(self._on_join_opened)
        self._problem = Banner(rounded=True)
        self._recent_title = Text(_("Recent"), "micro", Tone.QUIET)
        self._clear = Button(Deed("clear", _("Clear"), "link"))
        self._clear.clicked.connect(self.cleared)
        self._recent = TableView(_("Recent workspaces"), two_lines=True)
        self._recent.opened.connect(self.recent_chosen)
        self._recent.clicked.connect(self._on_recent_clicked)
        self._lay_out()
        look().changed.connect(self.update)

    def render_state(self, state: WelcomeState) -> None:
        """Draw ``state``."""
        self._version.render_text(state.version)
        self._demo.render_words(demo_words(state))
        self._demo.render_busy(state.job, state.done, state.total)
        for card in self._cards[1:]:
            card.setEnabled(not state.job)
        notice = (
            Notice("problem", state.problem, tone=Tone.ERROR) if state.problem else None
        )
        self._problem.render_notice(notice)
        rows = tuple(
            Row(
                one.folder,
                (Cell(one.name, one.when, is_strong=True),),
                lead=one.name,
                tooltip=one.folder,
            )
            for one in state.recent
        )
        self._recent.render_table(Table((Column(""),), rows))
        self._recent.setFixedHeight(52 * min(len(rows), 4))
        for part in (self._recent, self._recent_title, self._clear):
            part.setVisible(bool(rows))

    def focus_first(self) -> None:
        """Put the focus on the demo: Enter opens it."""
        self._demo.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between the cards with the arrows."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        focused = [n for n, card in enumerate(self._cards) if card.hasFocus()]
        if step and focused:
            self._cards[(focused[0] + step) % len(self._cards)].setFocus()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() == Qt.Key.Key_F1:
            self.chosen.emit("help")
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that it is over."""
        event.accept()
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the two grounds."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("surface"))
        painter.fillRect(0, 0, _LEFT, self.height(), color("window"))
        painter.setPen(color("line"))
        painter.drawLine(_LEFT, 0, _LEFT, self.height())

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        scroll.setWidget(self._options())
        holder = QWidget()
        holder.setFixedWidth(_LEFT)
        holder.setLayout(self._left())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(holder)
        row.addWidget(scroll, 1)

    def _left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setContentsMargins(64, 72, 40, 40)
        left.setSpacing(14)
        brand = QHBoxLayout()
        brand.setSpacing(14)
        mark = AppMark(48)
        mark.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        brand.addWidget(mark)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Text(_("Countersign"), "heading"))
        names.addWidget(self._version)
        brand.addLayout(names)
        brand.addStretch(1)
        left.addLayout(brand)
        left.addSpacing(36)
        left.addWidget(
            Text(
                _("What a candidate reads is what your people signed."),
                "display",
                wraps=True,
            )
        )
        left.addWidget(
            Text(
                _(
                    "Write every automated hiring message in one place, see it in the "
                    "mail clients candidates use, have it signed by legal, HR and "
                    "communications, and prove later what was sent."
                ),
                "body",
                Tone.QUIET,
                wraps=True,
            )
        )
        left.addSpacing(16)
        for name, bold, words in (
            ("pencil-simple", _("Write"), _("with findings and previews as you type")),
            ("checks", _("Agree"), _("each role signs exactly the text it has read")),
            ("broadcast", _("Publish"), _("to your applicant tracking system")),
            ("shield-check", _("Prove"), _("what was sent, to whom and why")),
        ):
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(Icon(name, Tone.ACCENT, 16))
            line.addSpacing(4)
            line.addWidget(Text(bold, "strong"))
            line.addWidget(Text(words, "body", Tone.QUIET))
            line.addStretch(1)
            left.addLayout(line)
        left.addStretch(1)
        foot = QHBoxLayout()
        for key, words, name in (
            ("help", _("Getting started"), "book-open"),
            ("verify", _("Verify a message…"), "shield-check"),
            ("appearance", _("Light or dark"), "moon"),
        ):
            button = Button(Deed(key, words, "ghost", name))
            button.deed_chosen.connect(self.chosen)
            foot.addWidget(button)
        foot.addStretch(1)
        left.addLayout(foot)
        return left

    def _options(self) -> QWidget:
        options = QVBoxLayout()
        options.setContentsMargins(0, 64, 0, 24)
        options.setSpacing(10)
        options.addWidget(Text(_("Start"), "heading"))
        options.addWidget(
            Text(
                _(
                    "You can change your mind later. Nothing is sent to anyone until "
                    "you connect a real system."
                ),
                "body",
                Tone.QUIET,
                wraps=True,
            )
        )
        options.addWidget(self._problem)
        for card in self._cards:
            options.addWidget(card)
        options.addSpacing(12)
        head = QHBoxLayout()
        head.addWidget(self._recent_title)
        head.addStretch(1)
        head.addWidget(self._clear)
        options.addLayout(head)
        options.addWidget(self._recent)
        options.addStretch(1)
        inner = QWidget()
        inner.setObjectName("welcome-options")
        inner.setFixedWidth(_OPTIONS)
        inner.setLayout(options)
        return inner

    @Slot(str)
    def _on_address_changed(self, text: str) -> None:
        why_not = "" if text.strip() else _("No address.")
        self._go_on.render_deed(Deed("continue", _("Continue"), why_not=why_not))

    @Slot()
    def _on_go_on(self) -> None:
        if self._address.text().strip():
            self.join_requested.emit(self._address.text().strip())

    @Slot(str)
    def _on_join_opened(self, _key: str) -> None:
        self._address.setFocus()

    @Slot()
    def _on_recent_clicked(self) -> None:
        self.recent_chosen.emit(self._recent.key)


class OptionCard(QFrame):
    """One way to begin.

    Signals:
        opened: Its key.
    """

    opened = Signal(str)

    def __init__(
        self, key: str, icon: str, title: str, *, is_recommended: bool = False
    ) -> None:
        super().__init__()
        self._key = key
        self._title = title
        self._is_recommended = is_recommended
        self.setObjectName(f"card-{key}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        tone = "on-accent" if is_recommended else Tone.QUIET
        self._tile = QWidget()
        self._tile.setFixedSize(38, 38)
        tile = QHBoxLayout(self._tile)
        tile.setContentsMargins(0, 0, 0, 0)
        tile.addWidget(Icon(icon, tone, 18), 0, Qt.AlignmentFlag.AlignCenter)
        self._words = Text("", "body", Tone.QUIET, wraps=True)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.hide()
        self.column = QVBoxLayout()
        self.column.setSpacing(4)
        self.column.addWidget(Text(title, "strong"))
        self.column.addWidget(self._words)
        self.column.addWidget(self._progress)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 16, 18, 16)
        row.setSpacing(16)
        row.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self.column, 1)
        row.addWidget(Icon("caret-right", Tone.FAINT, 16))

    def render_words(self, words: str) -> None:
        """Say what it leads to."""
        self._words.render_text(words)
        said = f"{self._title}. {words}"
        more = _("recommended") if self._is_recommended else ""
        self.setAccessibleName(f"{said} {more}".strip())

    def render_busy(self, job: str, done: int, total: int) -> None:
        """Show how far it is, or nothing."""
        self._progress.setVisible(bool(job))
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter or Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit(self._key)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Open with a click."""
        self.opened.emit(self._key)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card and its tile."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(color("focus" if self.hasFocus() else "line"))
        painter.setBrush(color("hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(box, 8, 8)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 7, 7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent" if self._is_recommended else "neutral-soft"))
        painter.drawRoundedRect(QRectF(self._tile.geometry()), 8, 8)
