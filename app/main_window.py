"""The window's controller: which room is shown, and what stands around it."""

from typing import Final

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.context import Context, Page
from app.controllers.reviews_notes import InboxNotes
from app.folder_watch import FolderState, FolderWatch
from app.places import HOME, Place, Room
from app.rooms import make_room
from app.service_link import ServiceState
from app.shell_notices import Around
from app.shell_state import shell_state
from app.snapshot import Snapshot
from app.window_closing import Closing
from app.window_commands import WindowCommands, room_title
from governance.names import ChangeId, PersonId
from governance.texts import _
from widgets.kit.page import PageView
from widgets.shell.main_window import MainWindow

_DELETE: Final = Qt.WidgetAttribute.WA_DeleteOnClose


class WindowController(QObject):
    """Holds the rooms that were opened; nothing of what they show."""

    def __init__(self, window: MainWindow, context: Context) -> None:
        super().__init__(context.owner)
        self._window = window
        self._context = context
        self._pages: dict[Room, Page] = {}
        self._badges: dict[str, tuple[str, bool]] = {}
        self._status: dict[str, tuple[str, str]] = {}
        self._snapshot: Snapshot | None = None
        self.commands = WindowCommands(window, context)
        self.folder = FolderWatch(context.workspace.paths, context.tasks, self)
        self._notes = InboxNotes.of(context)
        self._closing = Closing(window, context)
        self.ask_before_closing = self._closing.ask_before
        shell = window.shell
        shell.room_chosen.connect(self._on_room_chosen)
        shell.menu_requested.connect(self._on_menu_requested)
        shell.me_requested.connect(self._on_me_requested)
        shell.deed_chosen.connect(self._on_notice_acted)
        window.toast.acted.connect(self._on_notice_acted)
        events = context.events
        events.place_changed.connect(self._on_place_changed)
        events.reading_changed.connect(self._on_reading_changed)
        events.identity_changed.connect(self._draw)
        events.service_changed.connect(self._on_service_changed)
        self.folder.changed.connect(self._on_folder_changed)
        self._notes.changed.connect(self._draw)

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
        self.commands.ask()

    @Slot()
    def come_forward(self) -> None:
        """Show the window in front: somebody started the program again."""
        self._window.come_forward()

    @Slot(str)
    def _on_room_chosen(self, key: str) -> None:
        self._context.navigator.open_room(Room(key))

    @Slot(object)
    def _on_place_changed(self, place: Place) -> None:
        page = self.page(place.room)
        view = page.widget()
        assert isinstance(view, PageView)
        before = self._context.navigator.before
        view.header.render_back(room_title(before.room) if before else "")
        self._window.shell.rooms.setCurrentWidget(view)
        page.come(place)
        self._draw()

    @Slot(object)
    def _on_reading_changed(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._draw()

    @Slot(object)
    def _on_service_changed(self, _state: ServiceState) -> None:
        self._draw()

    @Slot()
    def _on_folder_changed(self) -> None:
        """Say how the folder is; what it holds is read anew when it is back."""
        is_there = self.folder.state is not FolderState.GONE
        self._window.explain(is_wanted=is_there)
        if is_there and self._snapshot is not None:
            self._context.readings.refresh()
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
            folder=self.folder.state,
            reader_because=self.folder.reader_because,
            snoozed=self._snoozed(),
        )
        self._window.shell.render_state(shell_state(around))
        if self._snapshot is not None:
            name = self._snapshot.reading.state.workspace
            self._window.setWindowTitle(f"{name} – {_('Countersign')}")

    def _snoozed(self) -> frozenset[ChangeId]:
        """Return what the person here put off until later."""
        if self._snapshot is None:
            return frozenset()
        notes, person = self._notes.now, self._context.identity.person
        now = self._context.workspace.clock()
        return frozenset(
            name
            for name, row in self._snapshot.reading.changes.items()
            if notes.snooze_of(row.change, person, now) is not None
        )

    @Slot()
    def _on_menu_requested(self) -> None:
        menu = QMenu(self._window)
        for key in ("switch", "verify-message", "new-window", "demo-anew", "quit"):
            if key in self.commands.actions:
                menu.addAction(self.commands.actions[key])
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
            if key in self.commands.actions:
                menu.addAction(self.commands.actions[key])
        self._pop_up(menu, self._window.shell.rail.me, QPoint(40, -220))

    def _pop_up(self, menu: QMenu, beside: QWidget, offset: QPoint) -> None:
        menu.setAttribute(_DELETE)
        menu.popup(beside.mapToGlobal(offset))

    @Slot()
    def _on_person_chosen(self) -> None:
        self._context.identity.switch(PersonId(self.sender().objectName()))

    @Slot(str)
    def _on_notice_acted(self, key: str) -> None:
        self.commands.run(key)
