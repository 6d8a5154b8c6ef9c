"""The window's controller: which room is shown, and what stands around it."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QWidget

from app.commands import Command, Target
from app.context import Context, Page
from app.matching import matching
from app.places import HOME, Place, Room
from app.rooms import make_room
from app.service_link import ServiceState
from app.shell_state import Around, shell_state
from app.snapshot import Snapshot
from app.tasks import Lane
from governance.names import PersonId
from governance.texts import _
from widgets.kit.look import Appearance, look
from widgets.kit.page import PageView
from widgets.shell.command_palette import Offer
from widgets.shell.main_window import MainWindow

_DELETE: Final = Qt.WidgetAttribute.WA_DeleteOnClose
_TAB: Final = Qt.FocusPolicy.TabFocus
_SHORTCUTS: Final = (
    Room.LIBRARY,
    Room.REVIEWS,
    Room.PUBLISHING,
    Room.DELIVERIES,
    Room.CANDIDATES,
    Room.HISTORY,
)


class WindowController(QObject):
    """Holds the rooms that were opened; nothing of what they show."""

    def __init__(self, window: MainWindow, context: Context) -> None:
        super().__init__(context.owner)
        self._window = window
        self._context = context
        self._pages: dict[Room, Page] = {}
        self._badges: dict[str, tuple[str, bool]] = {}
        self._status: dict[str, tuple[str, str]] = {}
        self._offers: dict[str, Command | Target] = {}
        self._actions: dict[str, QAction] = {}
        self._snapshot: Snapshot | None = None
        shell, palette = window.shell, window.palette_
        shell.room_chosen.connect(self._on_room_chosen)
        shell.menu_requested.connect(self._on_menu_requested)
        shell.me_requested.connect(self._on_me_requested)
        shell.deed_chosen.connect(self._on_notice_acted)
        window.toast.acted.connect(self._on_notice_acted)
        palette.query_changed.connect(self._on_query_changed)
        palette.chosen.connect(self._on_offer_chosen)
        events = context.events
        events.place_changed.connect(self._on_place_changed)
        events.reading_changed.connect(self._on_reading_changed)
        events.identity_changed.connect(self._draw)
        events.service_changed.connect(self._on_service_changed)
        context.commands.changed.connect(self._on_commands_changed)
        window.closing.connect(self._on_closing)
        self._waiting: list[Callable[[], str]] = [self._what_is_signed]
        self._is_agreed = False
        self._offer_commands()

    def set_badge(self, room: str, badge: str, *, is_alarm: bool = False) -> None:
        """Say how much waits in a room, "" for nothing."""
        self._badges[room] = (badge, is_alarm)
        self._draw()

    def set_status(self, source: str, icon: str, text: str) -> None:
        """Say something on the right of the status bar, "" to say it no more."""
        self._status[source] = (icon, text)
        self._draw()

    def toast(self, text: str, deed: str = "", key: str = "") -> None:
        """Say that something is done."""
        self._window.toast.show_toast(text, deed, key)

    def page(self, room: Room) -> Page:
        """Return a room's controller, made now if need be."""
        if room not in self._pages:
            page = self._pages[room] = make_room(room, self._context)
            view = page.widget()
            assert isinstance(view, PageView)
            view.search_requested.connect(self.ask)
            view.back_requested.connect(self._context.navigator.back)
            self._window.shell.rooms.addWidget(view)
        return self._pages[room]

    @Slot()
    def ask(self) -> None:
        """Open the command palette."""
        self._window.palette_.ask()

    @Slot(str)
    def _on_room_chosen(self, key: str) -> None:
        self._context.navigator.open_room(Room(key))

    @Slot(object)
    def _on_place_changed(self, place: Place) -> None:
        page = self.page(place.room)
        view = page.widget()
        assert isinstance(view, PageView)
        before = self._context.navigator.before
        view.header.render_back(self._title(before) if before else "")
        self._window.shell.rooms.setCurrentWidget(view)
        page.come(place)
        self._draw()

    def _title(self, place: Place) -> str:
        titles = {
            Room.LIBRARY: _("Library"),
            Room.REVIEWS: _("Reviews"),
            Room.PUBLISHING: _("Publishing"),
            Room.DELIVERIES: _("Deliveries"),
            Room.CANDIDATES: _("Candidates"),
            Room.HISTORY: _("History"),
            Room.SETTINGS: _("Settings"),
            Room.STUDIO: _("Studio"),
            Room.SEARCH: _("Search"),
            Room.CHANGE: _("Review"),
            Room.PROOF: _("Proof"),
            Room.HELP: _("Help"),
        }
        return titles[place.room]

    @Slot(object)
    def _on_reading_changed(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._draw()

    @Slot(object)
    def _on_service_changed(self, _state: ServiceState) -> None:
        self._draw()

    @Slot()
    def _draw(self) -> None:
        context = self._context
        room = context.navigator.place.room
        around = Around(
            self._snapshot,
            context.service.state,
            context.identity.person,
            HOME.get(room, room),
            dict(self._badges),
            dict(self._status),
            is_demo=context.identity.is_demo,
        )
        self._window.shell.render_state(shell_state(around))
        if self._snapshot is not None:
            name = self._snapshot.reading.state.workspace
            self._window.setWindowTitle(f"{name} – {_('Countersign')}")

    # What is offered -----------------------------------------------------------------

    def _offer_commands(self) -> None:
        titles = {room: self._title(Place(room)) for room in _SHORTCUTS}
        self._context.commands.offer(
            *(
                Command(
                    f"room-{room}",
                    titles[room],
                    _("Rooms"),
                    partial(self._on_room_chosen, room),
                    "arrow-right",
                    f"Ctrl+{number}",
                )
                for number, room in enumerate(_SHORTCUTS, start=1)
            ),
            Command(
                "settings",
                _("Settings"),
                _("Rooms"),
                partial(self._on_room_chosen, Room.SETTINGS),
                "gear",
                "Ctrl+,",
            ),
            Command(
                "history-alarm",
                _("Show the history"),
                _("Rooms"),
                partial(self._on_room_chosen, Room.HISTORY),
                "clock-counter-clockwise",
            ),
            Command(
                "verify-message",
                _("Verify a message…"),
                _("Rooms"),
                partial(self._context.navigator.open, Place(Room.PROOF)),
                "shield-check",
            ),
            Command("back", _("Back"), _("Window"), self._context.navigator.back),
            Command(
                "inspector",
                _("Show or hide the inspector"),
                _("Window"),
                self._toggle_inspector,
                "columns",
                "Ctrl+Alt+I",
            ),
            *(
                Command(
                    f"look-{one}",
                    words,
                    _("Appearance"),
                    partial(self._choose_look, one),
                    icon,
                )
                for one, words, icon in (
                    (Appearance.LIGHT, _("Appearance: light"), "sun"),
                    (Appearance.DARK, _("Appearance: dark"), "moon"),
                    (Appearance.SYSTEM, _("Appearance: like the system"), "monitor"),
                )
            ),
            Command(
                "larger",
                _("Text size: larger"),
                _("Appearance"),
                partial(self._resize_text, 10),
                "text-aa",
                "Ctrl++",
            ),
            Command(
                "smaller",
                _("Text size: smaller"),
                _("Appearance"),
                partial(self._resize_text, -10),
                "text-aa",
                "Ctrl+-",
            ),
            Command(
                "quit",
                _("Close the window"),
                _("Window"),
                self._window_close,
                "x",
                "Ctrl+Q",
            ),
        )
        for key, keys, slot in (
            ("palette", "Ctrl+K", self.ask),
            ("next-region", "F6", self._next_region),
            ("region-before", "Shift+F6", self._region_before),
        ):
            action = QAction(key, self._window)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(slot)
            self._window.addAction(action)

    @Slot()
    def _on_commands_changed(self) -> None:
        """Give each command its key in the whole window."""
        for command in self._context.commands.all:
            action = self._actions.get(command.key)
            if action is None:
                action = self._actions[command.key] = QAction(self._window)
                action.setObjectName(command.key)
                action.triggered.connect(self._on_action)
                self._window.addAction(action)
            action.setText(command.title)
            action.setShortcut(QKeySequence(command.shortcut))

    @Slot()
    def _on_action(self) -> None:
        key = self.sender().objectName()
        for command in self._context.commands.all:
            if command.key == key and not command.reason:
                command.run()

    @Slot(str)
    def _on_query_changed(self, query: str) -> None:
        found = matching(
            query, self._context.commands.all, self._context.commands.targets
        )
        self._offers = {f"{number}": one for number, one in enumerate(found)}
        self._window.palette_.render_offers(
            tuple(
                Offer(
                    key,
                    one.title,
                    one.group,
                    one.icon,
                    "" if isinstance(one, Command) else one.second,
                    one.shortcut if isinstance(one, Command) else "",
                    one.reason if isinstance(one, Command) else "",
                )
                for key, one in self._offers.items()
            )
        )

    @Slot(str)
    def _on_offer_chosen(self, key: str) -> None:
        one = self._offers.get(key)
        match one:
            case Command():
                one.run()
            case Target():
                one.open(one.key)
            case None:
                pass

    @Slot()
    def _on_menu_requested(self) -> None:
        menu = QMenu(self._window)
        for key in ("switch", "verify-message", "new-window", "demo-anew", "quit"):
            if key in self._actions:
                menu.addAction(self._actions[key])
        self._pop_up(menu, self._window.shell.rail.mark, QPoint(0, 40))

    @Slot()
    def _on_me_requested(self) -> None:
        identity = self._context.identity
        menu = QMenu(self._window)
        if identity.is_demo:
            menu.addSection(_("Demo: act as"))
            for one in identity.people:
                action = QAction(f"{one.name} – {one.what}", menu)
                action.setCheckable(True)
                action.setChecked(one.person == identity.person)
                action.setObjectName(one.person)
                action.triggered.connect(self._on_person_chosen)
                menu.addAction(action)
            menu.addSeparator()
        keys = ("my-key", "look-light", "look-dark", "look-system", "settings")
        for key in keys:
            if key in self._actions:
                menu.addAction(self._actions[key])
        self._pop_up(menu, self._window.shell.rail.me, QPoint(40, -220))

    def _pop_up(self, menu: QMenu, beside: QWidget, offset: QPoint) -> None:
        menu.setAttribute(_DELETE)
        menu.popup(beside.mapToGlobal(offset))

    @Slot()
    def _on_person_chosen(self) -> None:
        self._context.identity.switch(PersonId(self.sender().objectName()))

    @Slot(str)
    def _on_notice_acted(self, key: str) -> None:
        for command in self._context.commands.all:
            if command.key == key:
                command.run()

    # Window --------------------------------------------------------------------------

    def _choose_look(self, appearance: Appearance) -> None:
        look().choose(appearance)
        self._context.preferences.keep(appearance=str(appearance))

    def _resize_text(self, by: int) -> None:
        look().choose(look().appearance, look().percent + by)
        self._context.preferences.keep(percent=look().percent)

    @Slot()
    def _window_close(self) -> None:
        self._window.close()

    @Slot()
    def _toggle_inspector(self) -> None:
        view = self._window.shell.rooms.currentWidget()
        if isinstance(view, PageView):
            view.toggle_inspector()

    @Slot()
    def _next_region(self) -> None:
        self._go_region(1)

    @Slot()
    def _region_before(self) -> None:
        self._go_region(-1)

    def _go_region(self, step: int) -> None:
        view = self._window.shell.rooms.currentWidget()
        inner = view.regions() if isinstance(view, PageView) else ()
        regions = (self._window.shell.rail, *inner, self._window.shell.status)
        focus = QApplication.focusWidget()
        at = 0
        for number, region in enumerate(regions):
            if focus is not None and (region is focus or region.isAncestorOf(focus)):
                at = number
        for ahead in range(1, len(regions) + 1):
            region = regions[(at + step * ahead) % len(regions)]
            target = _first_focus(region)
            if target is not None:
                target.setFocus()
                return

    def ask_before_closing(self, what: Callable[[], str]) -> None:
        """Say what ``what`` returns when the window closes, "" for nothing."""
        self._waiting.append(what)

    def _what_is_signed(self) -> str:
        if self._context.tasks.is_busy(Lane.WRITE):
            return _("Something is being signed; it is stopped where that is safe.")
        return ""

    @Slot()
    def _on_closing(self) -> None:
        """Say once what waits, and keep the window open until that is agreed to."""
        waits = [words for what in self._waiting if (words := what())]
        if not waits or self._is_agreed:
            return
        self._window.hold()
        box = QMessageBox(self._window)
        box.setAttribute(_DELETE)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(_("Close Countersign"))
        box.setText(_("Close Countersign now?"))
        box.setInformativeText("\n".join(waits))
        close = box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole)
        close.clicked.connect(self._on_close_agreed)
        box.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
        box.open()

    @Slot()
    def _on_close_agreed(self) -> None:
        self._is_agreed = True
        self._window.close()


def _first_focus(region: QWidget) -> QWidget | None:
    if region.focusPolicy() & _TAB and region.isEnabled():
        return region
    for part in region.findChildren(QWidget):
        if part.isVisible() and part.isEnabled() and part.focusPolicy() & _TAB:
            return part
    return None
