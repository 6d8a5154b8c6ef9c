"""The history: what was signed, whether it holds, and evidence of it for others."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot

from app.commands import Command
from app.context import Context
from app.controllers.history_reading import Verified, export, read, verify
from app.places import Place, Room
from app.snapshot import Snapshot
from app.tasks import Lane, Task
from governance.errors import OperationCancelledError
from governance.ledger.history import Line
from governance.texts import _
from widgets.history.listed import EVERYTHING, IGNORED, Filter, Listed, count
from widgets.history.state import STEP, Verifying, history_state
from widgets.history.view import HistoryView


class HistoryController(QObject):
    """Remembers what is asked for, and the history as it was last read."""

    def __init__(self, view: HistoryView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._snapshot: Snapshot | None = None
        self._listed: Listed | None = None
        self._filter = Filter()
        self._selected = ""
        self._most = STEP
        self._verifying = Verifying()
        self._reading: Task | None = None
        self._verification: Task | None = None
        view.section_chosen.connect(self._on_section_chosen)
        view.words_changed.connect(self._on_words_changed)
        view.filter_chosen.connect(self._on_filter_chosen)
        view.selected.connect(self._on_selected)
        view.opened.connect(self._on_opened)
        view.more_wanted.connect(
            self._on_more_wanted, Qt.ConnectionType.QueuedConnection
        )
        view.deed_chosen.connect(self._on_deed_chosen)
        view.files.chosen.connect(self._on_file_chosen)
        context.events.reading_changed.connect(self._on_reading_changed)
        context.commands.offer(
            Command(
                "verify-history",
                _("Verify the whole history"),
                _("History"),
                self._verify,
                "shield-check",
            ),
            Command(
                "export-history",
                _("Export evidence…"),
                _("History"),
                self._ask_for_all,
                "export",
            ),
        )
        if context.readings.current is not None:
            self._on_reading_changed(context.readings.current)

    def widget(self) -> HistoryView:
        """Return the room's view."""
        return self._view

    def come(self, place: Place) -> None:
        """Show the room, with the entries about ``place.key`` or that entry itself."""
        if place.key.isdecimal():
            self._filter = Filter()
            self._selected = place.key
        elif place.key:
            self._filter = Filter(text=place.key)
        if place.part:
            self._most = STEP
            self._filter = replace(self._filter, section=place.part)
        self._draw()

    # Reading -------------------------------------------------------------------------

    @Slot(object)
    def _on_reading_changed(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._read()

    def _read(self) -> None:
        snapshot = self._snapshot
        if self._reading is not None or snapshot is None:
            return
        self._snapshot = None
        time = snapshot.at.astimezone().strftime("%H:%M")
        checked = _("Checked today at {time}.").format(time=time)
        self._verifying = replace(self._verifying, checked=checked)
        work = partial(read, self._context.workspace, snapshot, self._listed)
        self._reading = self._context.tasks.start(Lane.READ, work)
        self._reading.succeeded.connect(self._on_read)
        self._reading.failed.connect(self._context.messages.tell)
        self._reading.settled.connect(self._on_reading_settled)

    @Slot(object)
    def _on_read(self, made: Listed) -> None:
        before, self._listed = self._listed, made
        alarm = made.history.first_alarm
        is_new = before is None or before.history.first_alarm != alarm
        if alarm is not None and is_new:
            self._selected = str(alarm.position)
        self._draw()

    @Slot()
    def _on_reading_settled(self) -> None:
        self._reading = None
        self._read()

    # Asking --------------------------------------------------------------------------

    @Slot(str)
    def _on_section_chosen(self, key: str) -> None:
        if key != self._filter.section:
            self._most = STEP
            self._filter = replace(self._filter, section=key)
            self._draw()

    @Slot(str)
    def _on_words_changed(self, words: str) -> None:
        if words != self._filter.words:
            self._most = STEP
            self._filter = replace(self._filter, words=words)
            self._draw()

    @Slot(str, str)
    def _on_filter_chosen(self, name: str, key: str) -> None:
        match name:
            case "days":
                self._filter = replace(self._filter, days=key)
            case "text":
                self._filter = replace(self._filter, text=key)
            case _:
                self._filter = replace(self._filter, person=key)
        self._draw()

    @Slot()
    def _on_more_wanted(self) -> None:
        self._most += STEP
        self._draw()

    @Slot(str)
    def _on_selected(self, key: str) -> None:
        self._selected = key
        self._draw()

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        self._selected = key
        line = self._line()
        if line is not None and line.change:
            self._context.navigator.open(Place(Room.CHANGE, line.change))

    @Slot(str)
    def _on_deed_chosen(self, key: str) -> None:
        match key:
            case "verify":
                self._verify()
            case "cancel":
                if self._verification is not None:
                    self._verification.cancel()
            case "open":
                self._on_opened(self._view.table.key)
            case "evidence":
                self._ask_where(self._line())
            case "export":
                self._ask_where(None)
            case "clear" | "ignored":
                section = IGNORED if key == "ignored" else EVERYTHING
                self._filter = Filter(section=section)
                self._draw()
            case _:
                pass

    def _line(self) -> Line | None:
        """Return what is selected."""
        key = self._view.table.key
        if self._listed is None or not key:
            return None
        lines = self._listed.history.lines
        return lines[int(key)] if int(key) < len(lines) else None

    # Verifying -----------------------------------------------------------------------

    @Slot()
    def _verify(self) -> None:
        """Verify every entry anew, in the background."""
        if self._verification is not None:
            return
        work = partial(verify, self._context.workspace)
        self._verification = self._context.tasks.start(Lane.READ, work)
        self._verification.progressed.connect(self._on_progressed)
        self._verification.succeeded.connect(self._on_verified)
        self._verification.failed.connect(self._on_not_verified)
        self._verification.settled.connect(self._on_verification_settled)

    @Slot(str, int, int)
    def _on_progressed(self, label: str, done: int, total: int) -> None:
        self._verifying = replace(self._verifying, label=label, done=done, total=total)
        self._draw()

    @Slot(object)
    def _on_verified(self, found: Verified) -> None:
        time = self._context.workspace.clock().astimezone().strftime("%H:%M")
        if found.problem:
            self._verifying = replace(self._verifying, whole="")
            self._context.readings.refresh()
            return
        words = _("All of it verified anew today at {time}.").format(time=time)
        self._verifying = replace(self._verifying, whole=words)
        self._context.desktop.toast(
            _("{count} entries verified, from the first to the newest.").format(
                count=count(found.entries)
            )
        )

    @Slot(object)
    def _on_not_verified(self, error: Exception) -> None:
        if not isinstance(error, OperationCancelledError):
            self._context.messages.tell(error)

    @Slot()
    def _on_verification_settled(self) -> None:
        self._verification = None
        self._verifying = replace(self._verifying, label="", done=0, total=0)
        self._draw()

    # Evidence ------------------------------------------------------------------------

    @Slot()
    def _ask_for_all(self) -> None:
        self._ask_where(None)

    def _ask_where(self, line: Line | None) -> None:
        """Ask where the evidence of an entry goes, or that of everything."""
        title = _("Export evidence") if line is None else _("Evidence of this entry")
        name = "history.zip" if line is None else f"entry-{line.position}.zip"
        what = "" if line is None else str(line.position)
        self._view.files.ask_where(what, title, name, _("Evidence (*.zip)"))

    @Slot(str, str)
    def _on_file_chosen(self, what: str, path: str) -> None:
        position = int(what) if what else None
        work = partial(export, self._context.workspace, Path(path), position)
        task = self._context.tasks.start(Lane.READ, work)
        task.succeeded.connect(self._on_exported)
        task.failed.connect(self._context.messages.tell)

    @Slot(object)
    def _on_exported(self, file: Path) -> None:
        words = _("“{name}” is written. It says inside how to check it.")
        self._context.desktop.toast(words.format(name=file.name))

    @Slot()
    def _draw(self) -> None:
        now = self._context.workspace.clock()
        self._view.render_state(
            history_state(
                self._listed,
                self._filter,
                self._selected,
                now,
                self._verifying,
                most=self._most,
            )
        )


def make(context: Context) -> HistoryController:
    """Return the room."""
    return HistoryController(HistoryView(), context)
