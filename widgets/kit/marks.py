"""Small things that say a state: chips, tags, labels, avatars."""

from hashlib import sha256
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from widgets.kit.icons import draw_icon, pixmap
from widgets.kit.look import color, font, look, set_shown
from widgets.kit.values import Mark, Tone

_AVATARS: Final = ("#7B4FA0", "#1F6F8B", "#9A5B16", "#3B7A43", "#9B3A56", "#4F5DA8")
_SOFT: Final = {
    Tone.ACCENT: "accent-soft",
    Tone.OK: "ok-soft",
    Tone.INFO: "info-soft",
    Tone.WARN: "warn-soft",
    Tone.ERROR: "error-soft",
    Tone.DOUBT: "doubt-soft",
}


def soft(tone: Tone) -> str:
    """Name the ground that ``tone`` stands on."""
    return _SOFT.get(tone, "neutral-soft")


class Text(QLabel):
    """Words in one of the sizes and tones; it follows the look."""

    def __init__(
        self,
        text: str = "",
        step: str = "body",
        tone: Tone = Tone.PLAIN,
        *,
        wraps: bool = False,
    ) -> None:
        super().__init__(text)
        self._step, self._tone = step, tone
        self.setWordWrap(wraps)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if wraps:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self.setMinimumWidth(80)
        look().changed.connect(self._dress)
        self._dress()

    def render_text(self, text: str, tone: Tone | None = None) -> None:
        """Say ``text``; nothing is hidden."""
        if tone is not None and tone is not self._tone:
            self._tone = tone
            self._dress()
        self.setText(text)
        set_shown(self, is_shown=bool(text))

    @Slot()
    def _dress(self) -> None:
        one = font(self._step)  # its own, asked back, is the sheet's before
        self.setFont(one)
        self.setStyleSheet(
            f"color: {color(self._tone).name()}; background: transparent;"
            f"font-size: {one.pixelSize()}px; font-weight: {int(one.weight())};"
            f'font-family: "{one.family()}";'
        )


class Chip(QWidget):
    """A state in a filled shape: icon and word."""

    def __init__(self, mark: Mark | None = None) -> None:
        super().__init__()
        self._mark = mark or Mark("")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look().changed.connect(self._on_look_changed)
        self.render_mark(self._mark)

    def render_mark(self, mark: Mark | None) -> None:
        """Show ``mark``, or nothing."""
        self._mark = mark or Mark("")
        set_shown(self, is_shown=bool(self._mark.word))
        self.setAccessibleName(self._mark.word)
        self.setToolTip(self._mark.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room that icon and word need."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self._mark.word) + 16
        return QSize(width + (19 if self._mark.icon else 0), look().px(22))

    def minimumSizeHint(self) -> QSize:
        """Return the same: a state is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw shape, icon and word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(soft(self._mark.tone)))
        painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        box = self.rect().adjusted(8, 0, -8, 0)
        if self._mark.icon:
            place = box.adjusted(0, (box.height() - 14) // 2, 0, 0)
            place.setSize(QSize(14, 14))
            draw_icon(painter, self._mark.icon, self._mark.tone, place)
            box.setLeft(box.left() + 19)
        painter.setPen(color(self._mark.tone))
        painter.setFont(self.font())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._mark.word)

    @Slot()
    def _on_look_changed(self) -> None:
        one = font("small")
        one.setWeight(font("micro").weight())
        self.setFont(one)
        self.updateGeometry()
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the type of now."""
        self._on_look_changed()
        super().showEvent(event)


class StateText(QWidget):
    """A state as plain coloured words behind its icon."""

    def __init__(self, mark: Mark | None = None, *, wraps: bool = False) -> None:
        super().__init__()
        self._icon = QLabel()
        self._icon.setFixedSize(16, 18)
        self._text = Text(wraps=wraps)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        self._mark = mark
        look().changed.connect(self._dress)
        self.render_mark(mark)

    def render_mark(self, mark: Mark | None) -> None:
        """Show ``mark``, or nothing."""
        self._mark = mark
        set_shown(self, is_shown=mark is not None and bool(mark.word))
        if mark is not None:
            self._text.render_text(mark.word, mark.tone)
            self._icon.setVisible(bool(mark.icon))
            self._dress()

    @Slot()
    def _dress(self) -> None:
        if self._mark is not None and self._mark.icon:
            ratio = self.devicePixelRatioF()
            self._icon.setPixmap(pixmap(self._mark.icon, self._mark.tone, 14, ratio))


class Tag(QLabel):
    """A grey fact that is no state: a stage, a role, a rule."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        look().changed.connect(self._dress)
        self._dress()

    def render_text(self, text: str) -> None:
        """Say ``text``; nothing is hidden."""
        self.setText(text)
        set_shown(self, is_shown=bool(text))

    @Slot()
    def _dress(self) -> None:
        colors = look().tokens.colors
        self.setStyleSheet(
            f"background: {colors['neutral-soft']}; color: {colors['text-2']};"
            "border-radius: 5px; padding: 2px 7px; font-weight: 500;"
            f"font-size: {font('micro').pixelSize()}px;"
        )


class Avatar(QWidget):
    """The initials of a person on a colour that stays the same for them."""

    def __init__(self, name: str = "", size: int = 28) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(size, size)
        self.setAccessibleName(name)

    def render_name(self, name: str) -> None:
        """Show another person."""
        self._name = name
        self.setAccessibleName(name)
        self.setToolTip(name)
        set_shown(self, is_shown=bool(name))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the circle and the initials."""
        painter = QPainter(self)
        draw_avatar(painter, self._name, QRectF(self.rect()))


def draw_avatar(painter: QPainter, name: str, box: QRectF) -> None:
    """Paint a person's initials into ``box``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(avatar_color(name))
    painter.drawEllipse(box)
    one = font("micro")
    one.setPixelSize(max(9, round(box.height() * 0.38)))
    one.setWeight(font("strong").weight())
    painter.setFont(one)
    painter.setPen(QColor("#FFFFFF"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, initials(name))
    painter.restore()


def avatar_color(name: str) -> QColor:
    """Return a person's colour; white on each is read well."""
    return QColor(_AVATARS[sha256(name.encode()).digest()[0] % len(_AVATARS)])


def initials(name: str) -> str:
    """Return at most two letters for ``name``."""
    words = name.split("@", maxsplit=1)[0].replace(".", " ").split()
    letters = [word[0] for word in words if word[0].isalnum()]
    return "".join(
        (letters[:1] + letters[-1:]) if len(letters) > 1 else letters
    ).upper()
