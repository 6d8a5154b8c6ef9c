"""The library: what is listed, what is selected, what opens."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Slot

from app.commands import Command, Target
from app.context import Context
from app.controllers.library_deeds import UNDO, LibraryDeeds
from app.controllers.library_inspector import (
    file_inspector,
    gone_inspector,
    template_inspector,
)
from app.controllers.library_picture import Picture, picture
from app.controllers.library_stock import LibraryStock
from app.places import Place, Room
from app.snapshot import Snapshot
from app.tasks import Lane, Task
from governance.changes.library import LibraryRow, Standing, subject_of
from governance.texts import _
from widgets.library.lines_state import chosen
from widgets.library.shelf_state import (
    GONE,
    TEMPLATES,
    Filter,
    GoneTemplate,
    InspectorState,
)
from widgets.library.state import NEW, library_state
from widgets.library.view import LibraryView

_KINDS: Final = {
    "journeys": "journeys",
    "partials": "partials",
    "fields.toml": "fields",
    "styles": "styles",
    "samples": "samples",
}


class LibraryController(QObject):
    """Remembers what is asked for and what is selected."""

    def __init__(self, view: LibraryView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._filter = Filter()
        self._selected = ""
        self._wanted = ""
        self._pictures: dict[str, Picture] = {}
        self._task: Task | None = None
        self.stock = LibraryStock(context, self)
        self.deeds = LibraryDeeds(view, context)
        self._connect()
        if context.readings.current is not None:
            self._on_reading_changed(context.readings.current)

    def widget(self) -> LibraryView:
        """Return the room's view."""
        return self._view

    def come(self, place: Place) -> None:
        """Show the library, with ``place.key`` selected."""
        if place.key:
            self._come_to(place.key)
        if place.part:
            self._filter = replace(self._filter, section=place.part)
        self._draw()
        self._ask_picture()

    def _connect(self) -> None:
        view, context = self._view, self._context
        view.section_chosen.connect(self._on_section_chosen)
        view.words_changed.connect(self._on_words_changed)
        view.filter_chosen.connect(self._on_filter_chosen)
        view.selected.connect(self._on_selected)
        view.opened.connect(self._on_opened)
        view.linked.connect(self._on_linked)
        view.deed_chosen.connect(self._on_deed_chosen)
        context.events.reading_changed.connect(self._on_reading_changed)
        self.stock.changed.connect(self._draw)
        self.deeds.written.connect(self._on_written)
        group = _("Library")
        context.commands.offer(
            Command(
                "find",
                _("Filter the library"),
                group,
                self._on_find,
                "magnifying-glass",
            ),
            Command(
                "new-template",
                _("New template…"),
                group,
                self.deeds.ask_new,
                "plus",
                "Ctrl+N",
                self.deeds.why_no_new,
            ),
            Command(
                UNDO,
                _("Take back what was done in the library"),
                group,
                self.deeds.undo,
                "arrow-u-up-left",
                why_not=self.deeds.why_no_undo,
            ),
            *(
                Command(
                    f"template-{key}",
                    title,
                    group,
                    partial(self._on_deed_chosen, key),
                    icon,
                    why_not=partial(self._why_not, key),
                )
                for key, title, icon in (
                    ("duplicate", _("Duplicate the template…"), "copy"),
                    ("rename", _("Rename the template…"), "text-aa"),
                    ("move", _("Move the template to another stage…"), "folder"),
                    ("archive", _("Archive the template…"), "archive"),
                )
            ),
        )
        context.commands.offer_targets("templates", self._targets)

    # What arrives --------------------------------------------------------------------

    @Slot(object)
    def _on_reading_changed(self, snapshot: Snapshot) -> None:
        before = self.stock.rows
        self.stock.take(snapshot)
        rows = self.stock.rows
        if self._selected in before and self._selected not in rows:
            self._selected = f"{GONE}{self._selected}"  # it was archived
        if self._wanted in rows:
            self._selected, self._wanted = self._wanted, ""
        if not self._selected and snapshot.rows:
            pressing = (
                row for row in snapshot.rows if row.standing is not Standing.LIVE
            )
            self._selected = next(pressing, snapshot.rows[0]).id
        self._draw()
        self._ask_picture()
        if self.deeds.takes_over(self._selected):
            self._on_opened(self._selected)

    @Slot(str)
    def _on_written(self, key: str) -> None:
        """Come to what was written, once it has been read."""
        self._wanted = key

    # What a person does --------------------------------------------------------------

    @Slot(str)
    def _on_section_chosen(self, key: str) -> None:
        if key != self._filter.section:
            self._filter = replace(self._filter, section=key, words="")
            self._come_to_first()
            self._draw()
            self._ask_picture()

    def _come_to_first(self) -> None:
        """Select the first row where the list no longer holds what was selected."""
        rows = chosen(self.stock.lines, self._filter).rows
        if rows and self._selected not in {row.key for row in rows}:
            self._selected = rows[0].key

    @Slot(str)
    def _on_words_changed(self, words: str) -> None:
        if words != self._filter.words:
            self._filter = replace(self._filter, words=words)
            self._draw()

    @Slot(str, str)
    def _on_filter_chosen(self, name: str, key: str) -> None:
        self._filter = _with(self._filter, name, key)
        if name == "grouping":
            self.stock.group(key)
        self._draw()

    @Slot(str)
    def _on_selected(self, key: str) -> None:
        self._selected = key
        self._draw()
        self._ask_picture()

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        if not key.startswith(GONE):
            self._context.navigator.open(Place(Room.STUDIO, key))

    @Slot(str)
    def _on_linked(self, link: str) -> None:
        kind, _colon, key = link.partition(":")
        if kind == "change":
            self._context.navigator.open(Place(Room.CHANGE, key))
        elif kind == "template":
            self._context.navigator.open(Place(Room.LIBRARY, key, TEMPLATES))

    @Slot(str)
    def _on_deed_chosen(self, key: str) -> None:
        row = self.stock.rows.get(self._selected)
        match key:
            case "clear":
                section, grouping = self._filter.section, self._filter.grouping
                self._filter = Filter(section=section, grouping=grouping)
                self._draw()
            case "all":
                self._filter = Filter(grouping=self._filter.grouping)
                self._draw()
            case "open":
                self._on_opened(self._selected)
            case _ if key == NEW:
                self.deeds.ask_new()
            case "submit-gone" | "put-back":
                self._act_on_gone(key)
            case _ if row is not None:
                self._act(key, row)
            case _:
                pass

    def _act(self, key: str, row: LibraryRow) -> None:
        match key:
            case "review" if row.change:
                self._context.navigator.open(Place(Room.CHANGE, row.change))
            case "versions":
                name = str(subject_of(row.id))
                self._context.navigator.open(Place(Room.HISTORY, name))
            case _ if self._why_not(key):
                pass
            case "duplicate":
                self.deeds.ask_duplicate(row)
            case "rename":
                self.deeds.ask_rename(row)
            case "move":
                self.deeds.ask_move(row)
            case "archive":
                self.deeds.ask_archive(row, self.stock.listing)
            case _:
                pass

    def _act_on_gone(self, key: str) -> None:
        gone, snapshot = self._gone(), self.stock.snapshot
        if gone is None or snapshot is None:
            return
        if key == "put-back":
            self.deeds.put_back(gone)
        else:
            self.deeds.ask_submit(gone, snapshot)

    def _why_not(self, key: str) -> str:
        """Say why a deed cannot be done with what is selected, "" if it can."""
        if self._context.navigator.place.room is not Room.LIBRARY:
            return _("Open the library first.")
        deeds = {deed.key: deed for deed in self._inspector().more}
        return deeds[key].why_not if key in deeds else _("Select a template first.")

    @Slot()
    def _on_find(self) -> None:
        self._view.focus_filter()

    def _targets(self) -> tuple[Target, ...]:
        rows = self.stock.snapshot.rows if self.stock.snapshot else ()
        return tuple(
            Target(
                str(row.id),
                row.title,
                _("Templates"),
                self._on_opened,
                "envelope-simple",
                row.stage,
            )
            for row in rows
        )

    def _come_to(self, key: str) -> None:
        self._selected = key
        kind = key.partition("#")[0].partition("/")[0]
        self._filter = Filter(
            section=_KINDS.get(kind, TEMPLATES), grouping=self._filter.grouping
        )

    # Drawing -------------------------------------------------------------------------

    @Slot()
    def _draw(self) -> None:
        self._view.render_state(
            library_state(
                self.stock.shelf,
                self._filter,
                self._selected,
                self._inspector(),
                self.stock.lines,
            )
        )

    def _inspector(self) -> InspectorState:
        row, snapshot = self.stock.rows.get(self._selected), self.stock.snapshot
        if row is not None and snapshot is not None:
            drifted = self.stock.drifted.get(row.id, "")
            made = self._pictures.get(row.closure)
            return template_inspector(row, snapshot, self.stock.listing, made, drifted)
        if gone := self._gone():
            return gone_inspector(gone)
        found = self.stock.file(self._selected)
        if found is not None:
            return file_inspector(found)
        return InspectorState(note=_("Select something to see what it is."))

    def _gone(self) -> GoneTemplate | None:
        name = self._selected.removeprefix(GONE)
        return None if name == self._selected else self.stock.gone(name)

    def _ask_picture(self) -> None:
        """Have the selected template rendered, unless it is at hand or under way."""
        row, snapshot = self.stock.rows.get(self._selected), self.stock.snapshot
        if row is None or snapshot is None or row.closure in self._pictures:
            return
        if self._task is not None or row.problem:
            return
        work = partial(
            picture, self._context.workspace, snapshot.sources, row.id, row.closure
        )
        self._task = self._context.tasks.start(Lane.READ, work)
        self._task.succeeded.connect(self._on_picture)
        self._task.failed.connect(self._context.messages.log)
        self._task.settled.connect(self._on_picture_settled)

    @Slot(object)
    def _on_picture(self, made: Picture) -> None:
        self._pictures[made.closure] = made
        self._draw()

    @Slot()
    def _on_picture_settled(self) -> None:
        self._task = None
        self._ask_picture()


def make(context: Context) -> LibraryController:
    """Return the room."""
    return LibraryController(LibraryView(), context)


def _with(wanted: Filter, name: str, key: str) -> Filter:
    changed: Mapping[str, str] = {name: key}
    return replace(wanted, **changed)
