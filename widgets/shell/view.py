"""The shell, drawn: rail, stack of rooms, status bar, toast."""

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from governance.texts import _
from widgets.kit.brand import AppMark
from widgets.kit.controls import Button
from widgets.kit.frames import Banner, Icon
from widgets.kit.icons import draw_icon
from widgets.kit.look import color, font, look
from widgets.kit.marks import Text, draw_avatar
from widgets.kit.values import Deed, Notice, Tone
from widgets.shell.state import RoomSign, ShellState, StatusPart

_SIGN: Final = 54
_EDGE: Final = 4  # what a word of the rail leaves free beside it
_BOTTOM: Final = frozenset({"settings"})


class ShellView(QWidget):
    """The window's inside.

    Signals:
        room_chosen: The key of a room.
        menu_requested: A person wants the workspace menu.
        me_requested: A person wants the menu about themselves.
        deed_chosen: The key of a banner or a toast.
        cancel_requested: Stop what is being done in the background.
    """

    room_chosen = Signal(str)
    menu_requested = Signal()
    me_requested = Signal()
    deed_chosen = Signal(str)
    cancel_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rail = Rail()
        self.rail.room_chosen.connect(self.room_chosen)
        self.rail.mark.clicked.connect(self.menu_requested)
        self.rail.me.clicked.connect(self.me_requested)
        self.rooms = QStackedWidget()
        self.status = StatusBar()
        self.status.cancel_requested.connect(self.cancel_requested)
        self._banners = QVBoxLayout()
        self._banners.setSpacing(0)
        self._shown: list[Banner] = []
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(self._banners)
        right.addWidget(self.rooms, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self.status)

    def render_state(self, state: ShellState) -> None:
        """Draw ``state``."""
        self.rail.render_rooms(state.rooms, state.chosen)
        self.rail.me.render_me(state.me, is_reachable=state.is_reachable)
        self.status.render_parts(state.left, state.right)
        self.status.render_job(state.job, state.done, state.total)
        self._render_notices(state.notices)

    def _render_notices(self, notices: tuple[Notice, ...]) -> None:
        while len(self._shown) < len(notices):
            banner = Banner()
            banner.acted.connect(self.deed_chosen)
            self._shown.append(banner)
            self._banners.addWidget(banner)
        for number, banner in enumerate(self._shown):
            banner.render_notice(notices[number] if number < len(notices) else None)


class Rail(QFrame):
    """The rooms, in the order in which a message lives.

    Signals:
        room_chosen: The key of a room.
    """

    room_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName(_("Rooms"))
        self._fit()
        look().changed.connect(self._fit)
        self.mark = AppMark()
        self.me = MeButton()
        self._signs: dict[str, RoomButton] = {}
        self._upper, self._lower = QVBoxLayout(), QVBoxLayout()
        for part in (self._upper, self._lower):
            part.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(8)
        column.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        column.addLayout(self._upper)
        column.addStretch(1)
        column.addLayout(self._lower)
        column.addWidget(self.me, 0, Qt.AlignmentFlag.AlignHCenter)

    @Slot()
    def _fit(self) -> None:
        self.setFixedWidth(look().px(look().tokens.size["rail"]))

    def render_rooms(self, rooms: tuple[RoomSign, ...], chosen: str) -> None:
        """Show ``rooms``; a room that one may not read is not among them."""
        for key in set(self._signs) - {room.key for room in rooms}:
            self._signs[key].hide()
        for room in rooms:
            button = self._signs.get(room.key)
            if button is None:
                button = self._signs[room.key] = RoomButton(room)
                button.chosen.connect(self.room_chosen)
                place = self._lower if room.key in _BOTTOM else self._upper
                place.addWidget(button)
            button.show()
            button.render_room(room, is_chosen=room.key == chosen)


class RoomButton(QToolButton):
    """One room: icon, word, and what waits there.

    Signals:
        chosen: Its key.
    """

    chosen = Signal(str)

    def __init__(self, room: RoomSign) -> None:
        super().__init__()
        self._room = room
        self._is_chosen = False
        self._fit()
        look().changed.connect(self._fit)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._on_clicked)
        look().changed.connect(self.update)

    @Slot()
    def _fit(self) -> None:
        self.setFixedSize(look().px(look().tokens.size["rail"]), _SIGN)

    def render_room(self, room: RoomSign, *, is_chosen: bool) -> None:
        """Show ``room``."""
        self._room, self._is_chosen = room, is_chosen
        waiting = f", {room.badge}" if room.badge else ""
        self.setAccessibleName(f"{room.title}{waiting}")
        self.setToolTip(f"{room.title}  {room.shortcut}".strip())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.width() / 2
        shape = QRectF(middle - 20, 4, 40, 26)
        if self._is_chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("selected" if self._is_chosen else "pressed"))
            painter.drawRoundedRect(shape, 8, 8)
        if self.hasFocus():
            painter.setPen(color("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(6, 1, self.width() - 12, _SIGN - 3), 8, 8)
        tone = "accent-text" if self._is_chosen else "text-2"
        name = f"{self._room.icon}-fill" if self._is_chosen else self._room.icon
        box = shape.toRect().adjusted(10, 3, -10, -3)
        draw_icon(painter, name, tone, box)
        painter.setPen(color(tone))
        one = font("micro")
        if self._is_chosen:
            one.setWeight(font("strong").weight())
        wide = QFontMetrics(one).horizontalAdvance(self._room.title)
        if wide > self.width() - _EDGE:  # some languages have long words
            one.setStretch(100 * (self.width() - _EDGE) // wide)
        painter.setFont(one)
        words = QRectF(0, 31, self.width(), 18)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self._room.title)
        if self._room.badge:
            self._badge(painter, shape)

    def _badge(self, painter: QPainter, shape: QRectF) -> None:
        painter.setFont(font("micro"))
        width = max(16, painter.fontMetrics().horizontalAdvance(self._room.badge) + 8)
        place = QRectF(shape.right() - 12, 0, width, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("danger" if self._room.is_alarm else "accent"))
        painter.drawRoundedRect(place, 8, 8)
        painter.setPen(color("on-accent"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._room.badge)

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self._room.key)


class MeButton(QToolButton):
    """Who acts here; a dot says whether the service can be reached."""

    def __init__(self) -> None:
        super().__init__()
        self._name, self._is_reachable = "", True
        self.setFixedSize(34, 34)
        look().changed.connect(self.update)

    def render_me(self, name: str, *, is_reachable: bool) -> None:
        """Show another person, or another state of the service."""
        self._name, self._is_reachable = name, is_reachable
        there = (
            _("the service is reachable")
            if is_reachable
            else _("the service cannot be reached")
        )
        self.setAccessibleName(f"{name}, {there}")
        self.setToolTip(f"{name} – {there}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the avatar and its dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_avatar(painter, self._name or "?", QRectF(2, 2, 30, 30))
        painter.setPen(color("window"))
        painter.setBrush(color("ok" if self._is_reachable else "line-contrast"))
        painter.drawEllipse(QRectF(23, 23, 10, 10))
        if self.hasFocus():
            painter.setPen(color("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(1, 1, 32, 32))


class StatusBar(QFrame):
    """Quiet sentences about the workspace, and what is being done.

    Signals:
        cancel_requested: Stop it.
    """

    cancel_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self._fit()
        look().changed.connect(self._fit)
        self._left, self._right = QHBoxLayout(), QHBoxLayout()
        for side in (self._left, self._right):
            side.setSpacing(16)
        self._parts: dict[int, tuple[StatusPart, ...]] = {}
        self._job = Text("", "small", Tone.QUIET)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(120)
        self._cancel = Button(Deed("cancel-job", _("Cancel"), "link"))
        self._cancel.clicked.connect(self.cancel_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        row.addLayout(self._left)
        row.addStretch(1)
        for part in (self._job, self._progress, self._cancel):
            row.addWidget(part)
        row.addLayout(self._right)
        self.render_job("")

    @Slot()
    def _fit(self) -> None:
        self.setFixedHeight(look().px(look().tokens.size["status"]))

    def render_parts(
        self, left: tuple[StatusPart, ...], right: tuple[StatusPart, ...]
    ) -> None:
        """Say these sentences."""
        for number, (side, parts) in enumerate(
            ((self._left, left), (self._right, right))
        ):
            if self._parts.get(number) != parts:
                self._parts[number] = parts
                self._fill(side, parts)

    def render_job(self, label: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done, "" for nothing."""
        self._job.render_text(label)
        self._progress.setVisible(bool(label))
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._cancel.setVisible(bool(label))

    def _fill(self, side: QHBoxLayout, parts: tuple[StatusPart, ...]) -> None:
        while (item := side.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for part in parts:
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
            row.addWidget(Icon(part.icon, part.tone, 14))
            row.addWidget(Text(part.text, "small", part.tone))
            side.addWidget(holder)
