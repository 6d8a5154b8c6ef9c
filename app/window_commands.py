"""What can be done anywhere in the window: commands, their keys, the palette."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence

from app.commands import Command, Target
from app.context import Context
from app.matching import matching
from app.places import Place, Room
from app.window_regions import Regions
from governance.texts import _
from widgets.kit.look import Appearance, look
from widgets.kit.page import PageView
from widgets.shell.command_palette import Offer
from widgets.shell.main_window import MainWindow

_SHORTCUTS: Final = (
    Room.LIBRARY,
    Room.REVIEWS,
    Room.PUBLISHING,
    Room.DELIVERIES,
    Room.CANDIDATES,
    Room.HISTORY,
)


def room_title(room: Room) -> str:
    """Return what a room is called."""
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
    return titles[room]


class WindowCommands(QObject):
    """Offers the commands of the window, and does what is chosen."""

    def __init__(self, window: MainWindow, context: Context) -> None:
        super().__init__(context.owner)
        self._window = window
        self._context = context
        self._offers: dict[str, Command | Target] = {}
        self.actions: dict[str, QAction] = {}
        self._regions = Regions(window)
        palette = window.palette_
        palette.query_changed.connect(self._on_query_changed)
        palette.chosen.connect(self._on_offer_chosen)
        context.commands.changed.connect(self._on_commands_changed)
        self._offer_commands()

    def run(self, key: str) -> None:
        """Do what the command ``key`` does, unless it cannot be done now."""
        for command in self._context.commands.all:
            if command.key == key and not command.reason:
                command.run()

    @Slot()
    def ask(self) -> None:
        """Open the command palette."""
        self._window.palette_.ask()

    def _open_room(self, room: Room) -> None:
        self._context.navigator.open_room(room)

    def _offer_commands(self) -> None:
        titles = {room: room_title(room) for room in _SHORTCUTS}
        self._context.commands.offer(
            *(
                Command(
                    f"room-{room}",
                    titles[room],
                    _("Rooms"),
                    partial(self._open_room, room),
                    "arrow-right",
                    f"Ctrl+{number}",
                )
                for number, room in enumerate(_SHORTCUTS, start=1)
            ),
            Command(
                "settings",
                _("Settings"),
                _("Rooms"),
                partial(self._open_room, Room.SETTINGS),
                "gear",
                "Ctrl+,",
            ),
            Command(
                "history-alarm",
                _("Show the history"),
                _("Rooms"),
                partial(self._open_room, Room.HISTORY),
                "clock-counter-clockwise",
            ),
            Command(
                "verify-message",
                _("Verify a message…"),
                _("Rooms"),
                partial(self._context.navigator.open, Place(Room.PROOF)),
                "shield-check",
            ),
            Command(
                "service-away",
                _("Look for the service again now"),
                _("Window"),
                self._context.service.start,
                "arrows-clockwise",
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
            ("next-region", "F6", self._regions.after),
            ("region-before", "Shift+F6", self._regions.before),
        ):
            action = QAction(key, self._window)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(slot)
            self._window.addAction(action)

    @Slot()
    def _on_commands_changed(self) -> None:
        """Give each command its key in the whole window."""
        for command in self._context.commands.all:
            action = self.actions.get(command.key)
            if action is None:
                action = self.actions[command.key] = QAction(self._window)
                action.setObjectName(command.key)
                action.triggered.connect(self._on_action)
                self._window.addAction(action)
            action.setText(command.title)
            keys = "" if command.is_local else command.shortcut
            action.setShortcut(QKeySequence(keys))

    @Slot()
    def _on_action(self) -> None:
        self.run(self.sender().objectName())

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
