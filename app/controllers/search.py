"""Searching all templates, and replacing: what is asked, found, ticked and written."""

from collections.abc import Mapping
from dataclasses import replace as but
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from app.context import Context
from app.controllers.search_replacing import Replacing
from app.controllers.search_work import Searched, Stream, search
from app.identity import name_of
from app.places import Place, Room
from app.snapshot import Snapshot
from app.tasks import Lane, Task
from governance.content.search import Found, Query, Scope
from governance.content.template import template_folders
from governance.errors import ExpectedError, OperationCancelledError
from governance.ledger.state import Stage
from governance.texts import _
from widgets.search.sought import Sought, folder_of, key_of
from widgets.search.state import search_state
from widgets.search.view import SearchView

_PAUSE: Final = 200  # milliseconds after a key before it is looked for


class SearchController(QObject):
    """Remembers what was asked and found; one search and one replacing at a time."""

    def __init__(self, view: SearchView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._sought = Sought()
        self._number = 0
        self._stream = Stream(self)
        self._searching: Task | None = None
        self.replacing = Replacing(context, self)
        self._sources = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._search)
        self._stream.found.connect(self._on_found)
        view.query_changed.connect(self._on_query_changed)
        view.entered.connect(self._on_entered)
        view.instead_changed.connect(self._on_instead_changed)
        view.selected.connect(self._on_selected)
        view.opened.connect(self._on_opened)
        view.ticked.connect(self._on_ticked)
        view.cancelled.connect(self._on_cancelled)
        view.deed_chosen.connect(self._on_deed_chosen)
        context.events.reading_changed.connect(self._on_reading_changed)
        context.events.identity_changed.connect(self._on_identity_changed)
        self.replacing.changed.connect(self._on_replacing)
        self.replacing.progressed.connect(self._on_replace_progressed)
        if context.readings.current is not None:
            self._on_reading_changed(context.readings.current)

    def widget(self) -> SearchView:
        """Return the room's view."""
        return self._view

    @property
    def sought(self) -> Sought:
        """What is asked and known."""
        return self._sought

    def come(self, place: Place) -> None:
        """Show the search as it was left, or with the words ``place.key``."""
        if place.key and place.key != self._sought.query.words:
            self._view.render_query(but(self._sought.query, words=place.key))
        self._draw()
        self._view.focus_words()

    # Asking --------------------------------------------------------------------------

    @Slot(object)
    def _on_query_changed(self, query: Query) -> None:
        if query == self._sought.query:
            return
        self._stop_search()
        self._sought = but(
            self._sought,
            query=query,
            found=(),
            off=frozenset(),
            selected="",
            problem="",
            ended=False,
            is_cut=False,
            slow=0,
            report=None,
        )
        self._timer.start()
        self._draw()

    @Slot()
    def _on_entered(self) -> None:
        """Look at once; go into the list where everything was found already."""
        if self._timer.isActive():
            self._timer.stop()
            self._search()
        elif self._sought.found:
            self._view.table.setFocus()

    @Slot(str)
    def _on_instead_changed(self, instead: str) -> None:
        self._sought = but(self._sought, instead=instead)
        self._draw()

    @Slot()
    def _search(self) -> None:
        """Look for it, as the files are now."""
        snapshot = self._context.readings.current
        self._stop_search()
        if snapshot is None or not self._sought.query.words or self.replacing.is_busy:
            return
        self._sources = snapshot.digest
        self._sought = but(
            self._sought,
            found=(),
            ended=False,
            is_cut=False,
            slow=0,
            problem="",
            label=_("Searching"),
            done=0,
            total=0,
        )
        work = partial(
            search, snapshot.sources, self._sought.query, self._stream, self._number
        )
        self._searching = self._context.tasks.start(Lane.READ, work)
        self._searching.progressed.connect(self._on_progressed)
        self._searching.succeeded.connect(self._on_searched)
        self._searching.failed.connect(self._on_search_failed)

    def _stop_search(self) -> None:
        self._number += 1  # what still arrives of the search before is not ours
        if self._searching is not None:
            self._searching.cancel()
            self._searching = None
            self._sought = but(self._sought, label="")

    @Slot(int, object)
    def _on_found(self, number: int, batch: tuple[Found, ...]) -> None:
        if number == self._number and batch:
            self._sought = but(self._sought, found=(*self._sought.found, *batch))
            self._draw()

    @Slot(str, int, int)
    def _on_progressed(self, label: str, done: int, total: int) -> None:
        if self.sender() is self._searching:
            self._sought = but(self._sought, label=label, done=done, total=total)
            self._view.render_progress(label, done, total)

    @Slot(object)
    def _on_searched(self, end: Searched) -> None:
        if end.number == self._number:
            self._searching = None
            self._sought = but(
                self._sought, label="", ended=True, is_cut=end.is_cut, slow=end.slow
            )
            self._draw()

    @Slot(object)
    def _on_search_failed(self, error: Exception) -> None:
        if self.sender() is not self._searching:
            return
        self._searching = None
        self._sought = but(self._sought, label="", ended=True)
        if isinstance(error, ExpectedError):
            if not isinstance(error, OperationCancelledError):
                self._sought = but(self._sought, problem=str(error))
        else:
            self._context.messages.tell(error)
        self._draw()

    @Slot()
    def _on_cancelled(self) -> None:
        """Stop; what was found stays, what was replaced too."""
        if self.replacing.is_busy:
            self.replacing.cancel()
        elif self._searching is not None:
            self._stop_search()
            self._sought = but(self._sought, ended=True)
            self._draw()

    # What a person does with it ------------------------------------------------------

    @Slot(str)
    def _on_selected(self, key: str) -> None:
        self._sought = but(self._sought, selected=key)
        self._draw()

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        """Open the studio at this place."""
        self._sought = but(self._sought, selected=key)
        path, _colon, start = key.rpartition(":")
        for one in self._sought.found:
            for hit in one.hits:
                if key_of(one.path, hit) == f"{path}:{start}":
                    folder = folder_of(path)
                    template = folder.rpartition("/")[2] if folder != path else path
                    part = f"{path}:{hit.line}"
                    self._context.navigator.open(Place(Room.STUDIO, template, part))
                    return

    @Slot(str)
    def _on_ticked(self, key: str) -> None:
        self._sought = but(
            self._sought, off=self._sought.off ^ {key}, selected=key, report=None
        )
        self._draw()

    @Slot(str)
    def _on_deed_chosen(self, key: str) -> None:
        match key:
            case "replace":
                self.replacing.begin(self._sought)
            case "go":
                self._on_opened(self._view.table.key)
            case "tick":
                self._on_ticked(self._view.table.key)
            case "tick-all":
                self._sought = but(self._sought, off=frozenset())
                self._draw()
            case "tick-none":
                keys = (key_of(one.path, hit) for one in self._sought.found
                        for hit in one.hits)  # fmt: skip
                self._sought = but(self._sought, off=frozenset(keys))
                self._draw()
            case "everything":
                query = but(self._sought.query, scope=Scope.EVERYTHING)
                self._view.render_query(query)
                self._on_query_changed(query)
            case "undo-search":
                self.replacing.undo()
            case _:
                pass

    @Slot()
    def _on_replacing(self) -> None:
        """Say how the replacing goes, and what it did."""
        self._sought = but(
            self._sought,
            label=self.replacing.label,
            is_replacing=self.replacing.is_busy,
            report=self.replacing.report,
        )
        self._draw()

    @Slot(str, int, int)
    def _on_replace_progressed(self, label: str, done: int, total: int) -> None:
        self._sought = but(self._sought, label=label, done=done, total=total)
        self._view.render_progress(label, done, total)

    # What arrives --------------------------------------------------------------------

    @Slot(object)
    def _on_reading_changed(self, snapshot: Snapshot) -> None:
        """Know who else is at work, and look again where a file changed."""
        titles, locked = self._known(snapshot)
        if (titles, locked) != (self._sought.titles, self._sought.locked):
            self._sought = but(self._sought, titles=titles, locked=locked)
            self._draw()
        is_other = bool(self._sources) and snapshot.digest != self._sources
        if is_other and self._sought.query.words and not self.replacing.is_busy:
            self._search()
            self._draw()

    @Slot()
    def _on_identity_changed(self) -> None:
        if self._context.readings.current is not None:
            self._on_reading_changed(self._context.readings.current)

    def _known(self, snapshot: Snapshot) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Return each template's title, and why one is left alone, by folder."""
        try:
            folders = template_folders(snapshot.sources)
        except ExpectedError:
            return {}, {}
        titles: dict[str, str] = {}
        locked: dict[str, str] = {}
        me = self._context.identity.person
        for row in snapshot.rows:
            folder = folders.get(row.id, "")
            titles[folder] = row.title or row.id
            known = snapshot.reading.changes.get(row.change) if row.change else None
            if known is None or known.change.stage is Stage.RELEASED:
                continue
            if me not in known.change.authors:
                name = name_of(snapshot.reading.state, known.change.author)
                words = _("It is in an open change of {name}, so it is left alone.")
                locked[folder] = words.format(name=name)
        return titles, locked

    def _draw(self) -> None:
        self._view.render_state(search_state(self._sought))


def make(context: Context) -> SearchController:
    """Return the room."""
    return SearchController(SearchView(), context)
