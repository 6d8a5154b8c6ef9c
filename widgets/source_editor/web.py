"""CodeMirror behind the port: folding, tooltips, roomy lines.

The page may be slow, not there yet, or die; the text is the mirror's, and keys that no
page has seen are typed into it here.
"""

from collections import deque
from dataclasses import dataclass
from time import monotonic
from typing import Final

import msgspec
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from governance.texts import _
from widgets.kit.look import color, look
from widgets.source_editor.bridge import Asked, Bridge, EditorPage
from widgets.source_editor.mirror import MIDDLE, Mirror, Told
from widgets.source_editor.port import Offer, SourceEditor, Squiggle
from widgets.source_editor.positions import points, units
from widgets.source_editor.words import fitting, found, meaning_at, path_at, phrases

_FRESH: Final = 2.0  # seconds after which a key was surely seen
_PATIENCE: Final = (0, 200, 1_000, 5_000)  # milliseconds before a page is made again


@dataclass(frozen=True, slots=True)
class _Key:
    """A key on its way to the page."""

    key: int
    text: str
    at: float


class WebEditor(SourceEditor, Asked):
    """Keeps the promises of ``SourceEditor`` with a page of its own."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._mirror = Mirror()
        self._offers: tuple[Offer, ...] = ()
        self._is_read_only = False
        self._view: QWebEngineView | None = None
        self._bridge: Bridge | None = None
        self._is_there = False
        self._keys: deque[_Key] = deque(maxlen=400)
        self._seen = 0
        self._deaths = 0
        self._place = (1, 1, 0)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        look().changed.connect(self._dress)

    # The port ------------------------------------------------------------------------

    def text(self) -> str:
        """Return the text as it is now."""
        return self._mirror.text

    def set_text(
        self, text: str, caret: int | None = None, name: str | None = None
    ) -> None:
        """Show ``text``, without telling; the caret stays near where it was."""
        self._mirror.show(text, self._mirror.name if name is None else name, caret)
        self._flush()

    def set_squiggles(self, squiggles: tuple[Squiggle, ...]) -> None:
        """Underline these stretches, and no others."""
        self._mirror.mark(squiggles)
        self._flush()

    def set_offers(self, offers: tuple[Offer, ...]) -> None:
        """Complete words with these."""
        self._offers = offers

    def set_read_only(self, *, is_read_only: bool) -> None:
        """Let nobody type, or somebody again."""
        self._is_read_only = is_read_only
        self._say({"kind": "lock", "on": is_read_only})

    def go_to(self, start: int, end: int) -> None:
        """Select a stretch and bring it into view."""
        self._mirror.select(start, end, MIDDLE)
        self._flush()

    def search(self, words: str, *, backwards: bool = False) -> bool:
        """Select the next place of ``words``; say whether there is one."""
        mirror = self._mirror
        start, end = sorted((mirror.anchor, mirror.head))
        place = found(mirror.text, words, start, end, is_backwards=backwards)
        if place is not None:
            self.go_to(*place)
        return place is not None

    def insert(self, text: str) -> None:
        """Write ``text`` at the caret, as a person would."""
        start, end = sorted((self._mirror.anchor, self._mirror.head))
        self._mirror.write(text, start, end)
        self.edited.emit(self._mirror.text)
        self._flush()

    def caret(self) -> int:
        """Return the caret's code point."""
        return self._mirror.head

    @property
    def selection(self) -> tuple[int, int]:
        """Where the selection begins and ends."""
        start, end = sorted((self._mirror.anchor, self._mirror.head))
        return start, end

    @property
    def squiggles(self) -> tuple[Squiggle, ...]:
        """What is underlined, where it is by now."""
        return self._mirror.squiggles

    # The page ------------------------------------------------------------------------

    @property
    def page(self) -> QWebEnginePage | None:
        """The page, None before it was ever shown."""
        return self._view.page() if self._view is not None else None

    @property
    def keys(self) -> QWidget:
        """Who gets the keys, for tests."""
        view = self._view
        return (view.focusProxy() or view) if view is not None else self

    @property
    def is_settled(self) -> bool:
        """Whether the page shows all that Python wants; for tests."""
        return self._is_there and self._mirror.is_settled

    @Slot()
    def _start(self) -> None:
        if self._view is not None:
            return
        view = self._view = QWebEngineView(self)
        page = EditorPage(view)
        page.setBackgroundColor(color("surface"))
        channel = QWebChannel(page)
        bridge = self._bridge = Bridge(self, page)
        channel.registerObject("bridge", bridge)
        page.setWebChannel(channel)
        view.setPage(page)
        view.setAcceptDrops(False)
        view.setAccessibleName(self._name)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._on_menu_requested)
        page.renderProcessTerminated.connect(self._on_renderer_gone)
        bridge.started.connect(self._on_started)
        bridge.heard.connect(self._on_heard)
        bridge.undo_wanted.connect(self.undo_requested)
        bridge.redo_wanted.connect(self.redo_requested)
        bridge.left.connect(self._on_left)
        bridge.escaped.connect(self._on_escaped)
        bridge.open_wanted.connect(self._on_open_wanted)
        self._column.addWidget(view)
        page.begin()

    @Slot()
    def _on_started(self) -> None:
        self._is_there, self._seen = True, 0
        self._mirror.forget()
        self._dress()
        self._say({"kind": "words", "label": self._name, "phrases": phrases()})
        self._say({"kind": "lock", "on": self._is_read_only})
        self._flush()
        view = self._view
        target = view.focusProxy() if view is not None else None
        if view is None or target is None:
            return
        target.installEventFilter(self)
        if self.hasFocus():
            view.setFocus()

    @Slot(str)
    def _on_heard(self, text: str) -> None:
        told = msgspec.json.decode(text, type=Told)
        for _number in range(told.n - self._seen):
            if self._keys:
                self._keys.popleft()
        self._seen = told.n
        before = self._mirror.text
        left = self._mirror.take(told)
        if left is not None:
            self.edited_elsewhere.emit(left.name, left.text)
        if self._mirror.text != before:
            self.edited.emit(self._mirror.text)
        self._flush()

    @Slot()
    def _on_renderer_gone(self) -> None:
        """Draw it again in a new process, with the keys that the old one lost."""
        view, self._view, self._bridge = self._view, None, None
        self._is_there = False
        had_focus = view is not None and view.hasFocus()
        self._mirror.forget()
        if view is not None:
            view.hide()
            view.deleteLater()
        lost, now = tuple(self._keys), monotonic()
        self._keys.clear()
        if had_focus:
            self.setFocus()
        for one in lost:
            if now - one.at < _FRESH:
                self._type(one.key, one.text)
        patience = _PATIENCE[min(self._deaths, len(_PATIENCE) - 1)]
        self._deaths += 1
        QTimer.singleShot(patience, self, self._start)

    def _flush(self) -> None:
        if self._is_there and (wish := self._mirror.wish()):
            self._say(wish)
        self._tell_place()

    def _say(self, wish: object) -> None:
        if self._bridge is not None and self._is_there:
            self._bridge.say(wish)

    def _tell_place(self) -> None:
        text, at = self._mirror.text, self._mirror.head
        place = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), at
        if place != self._place:
            self._place = place
            self.caret_moved.emit(*place)

    @Slot()
    def _dress(self) -> None:
        now = look()
        code, small = now.tokens.scale["code"], now.tokens.scale["small"]
        values = {name: value[:7] for name, value in now.tokens.colors.items()}
        values |= {
            "code-size": f"{now.px(code.size)}px",
            "code-line": f"{now.px(code.line)}px",
            "small-size": f"{now.px(small.size)}px",
        }
        if self._view is not None:
            self._view.page().setBackgroundColor(color("surface"))
        self._say({"kind": "dress", "scheme": now.tokens.scheme, "values": values})

    # What the page asks --------------------------------------------------------------

    def completions(self, unit: int, *, is_forced: bool) -> object:
        """Return what can be written there; None for nothing."""
        text = self._mirror.shadow
        at = points(text, unit)
        fit = fitting(self._offers, text, at, is_forced=is_forced)
        if fit is None:
            return None
        options = [
            (one.text, one.meaning, f"{fit.before}{one.text}{fit.after}")
            for one in fit.offers
        ]
        return {"from": units(text, fit.start), "options": options}

    def meaning(self, unit: int) -> object:
        """Return what the word there means; None for nothing."""
        text = self._mirror.shadow
        start, end, said = meaning_at(self._offers, text, points(text, unit))
        if not said:
            return None
        return {"from": units(text, start), "to": units(text, end), "text": said}

    @Slot(int)
    def _on_open_wanted(self, unit: int) -> None:
        text = self._mirror.shadow
        if path := path_at(self._offers, text, points(text, unit)):
            self.opened.emit(path)

    @Slot(bool)
    def _on_left(self, is_back: bool) -> None:  # noqa: FBT001 -- a signal
        """Go on; the page was made last, so Qt's own order has it at the end."""
        one: QWidget = self
        while True:
            next_one = one.previousInFocusChain() if is_back else one.nextInFocusChain()
            if next_one is None or next_one is self:
                return
            one = next_one
            takes = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if takes and one.isVisible() and one.isEnabled() and not self._holds(one):
                reason = Qt.FocusReason
                one.setFocus(
                    reason.BacktabFocusReason if is_back else reason.TabFocusReason
                )
                return

    def _holds(self, one: QWidget) -> bool:
        return self.isAncestorOf(one) or one.window() is not self.window()

    @Slot()
    def _on_escaped(self) -> None:
        """Let whoever holds the editor have the key."""
        self._hand_on(Qt.Key.Key_Escape)

    def _hand_on(self, key: Qt.Key) -> None:
        if (parent := self.parentWidget()) is not None:
            none = Qt.KeyboardModifier.NoModifier
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(parent, QKeyEvent(kind, key, none))

    @Slot(QPoint)
    def _on_menu_requested(self, place: QPoint) -> None:
        page = self.page
        if page is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        actions = QWebEnginePage.WebAction
        for action, title in (
            (actions.Cut, _("Cut")),
            (actions.Copy, _("Copy")),
            (actions.PasteAndMatchStyle, _("Paste")),
            (actions.SelectAll, _("Select all")),
        ):
            menu.addAction(title, page.action(action).trigger)
        menu.popup(self.mapToGlobal(place))

    # Keys that no page has seen ------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember each key until the page has seen it."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            self._keys.append(_Key(event.key(), _typed(event), monotonic()))
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type while there is no page, at first and after a crash."""
        if not self._type(event.key(), _typed(event)):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the focus to the page, if there is one."""
        super().focusInEvent(event)
        if self._is_there and self._view is not None:
            self._view.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the page when it is first seen."""
        super().showEvent(event)
        self._start()

    def _type(self, key: int, typed: str) -> bool:
        """Do what a key does, as far as it writes; say whether it did."""
        if self._is_read_only:
            return False
        start, end = self.selection
        match key:
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                line = self.text()[: self.caret()].rpartition("\n")[2]
                self.insert("\n" + line[: len(line) - len(line.lstrip())])
            case Qt.Key.Key_Backspace | Qt.Key.Key_Delete:
                if start == end and key == Qt.Key.Key_Backspace:
                    start = max(0, start - 1)
                elif start == end:
                    end = min(len(self.text()), end + 1)
                self._mirror.write("", start, end)
                self.edited.emit(self._mirror.text)
                self._flush()
            case _ if typed:
                self.insert(typed)
            case _:
                return False
        return True


def _typed(event: QKeyEvent) -> str:
    """Return what a key writes, "" for one that writes nothing."""
    held = event.modifiers() & (
        Qt.KeyboardModifier.ControlModifier
        | Qt.KeyboardModifier.AltModifier
        | Qt.KeyboardModifier.MetaModifier
    )
    return event.text() if event.text().isprintable() and not held else ""
