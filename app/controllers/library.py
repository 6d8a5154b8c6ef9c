"""The library: what is listed, what is selected, what opens."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Slot

from app.commands import Command, Target
from app.context import Context
from app.controllers.library_files import library_files
from app.controllers.library_picture import Picture, picture
from app.identity import name_of
from app.places import Place, Room
from app.snapshot import Snapshot
from app.tasks import Lane, Task
from governance.changes.library import LibraryRow, Standing, subject_of
from governance.content.template import find_template
from governance.errors import ExpectedError
from governance.ledger.state import LedgerState, Version
from governance.names import TemplateId
from governance.texts import _
from widgets.kit.values import Deed, Fact, Mark, Tone
from widgets.library.state import (
    Filter,
    InspectorState,
    LibraryFile,
    Shelf,
    library_state,
    standing_mark,
)
from widgets.library.view import LibraryView

_NO_SHELF: Final = Shelf((), (), {}, is_loading=True)


class LibraryController(QObject):
    """Remembers what is asked for and what is selected."""

    def __init__(self, view: LibraryView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._snapshot: Snapshot | None = context.readings.current
        self._files: tuple[LibraryFile, ...] = ()
        self._filter = Filter()
        self._selected = ""
        self._pictures: dict[str, Picture] = {}
        self._task: Task | None = None
        view.section_chosen.connect(self._on_section_chosen)
        view.words_changed.connect(self._on_words_changed)
        view.filter_chosen.connect(self._on_filter_chosen)
        view.selected.connect(self._on_selected)
        view.opened.connect(self._on_opened)
        view.linked.connect(self._on_linked)
        view.deed_chosen.connect(self._on_deed_chosen)
        context.events.reading_changed.connect(self._on_reading_changed)
        context.checking.changed.connect(self._draw)
        context.commands.offer(
            Command(
                "find",
                _("Filter the library"),
                _("Library"),
                self._on_find,
                "magnifying-glass",
            )
        )
        context.commands.offer_targets("templates", self._targets)
        if self._snapshot is not None:
            self._on_reading_changed(self._snapshot)

    def widget(self) -> LibraryView:
        """Return the room's view."""
        return self._view

    def come(self, place: Place) -> None:
        """Show the library, with ``place.key`` selected."""
        if place.key:
            self._selected = place.key
        if place.part:
            self._filter = replace(self._filter, section=place.part)
        self._draw()
        self._ask_picture()

    @Slot(object)
    def _on_reading_changed(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._files = library_files(snapshot.sources)
        if not self._selected and snapshot.rows:
            pressing = (
                row for row in snapshot.rows if row.standing is not Standing.LIVE
            )
            self._selected = next(pressing, snapshot.rows[0]).id
        self._draw()
        self._ask_picture()

    @Slot(str)
    def _on_section_chosen(self, key: str) -> None:
        if key != self._filter.section:
            self._filter = replace(self._filter, section=key)
            self._draw()

    @Slot(str)
    def _on_words_changed(self, words: str) -> None:
        if words != self._filter.words:
            self._filter = replace(self._filter, words=words)
            self._draw()

    @Slot(str, str)
    def _on_filter_chosen(self, name: str, key: str) -> None:
        self._filter = _with(self._filter, name, key)
        self._draw()

    @Slot(str)
    def _on_selected(self, key: str) -> None:
        self._selected = key
        self._draw()
        self._ask_picture()

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        self._context.navigator.open(Place(Room.STUDIO, key))

    @Slot(str)
    def _on_linked(self, link: str) -> None:
        kind, _colon, key = link.partition(":")
        if kind == "change":
            self._context.navigator.open(Place(Room.CHANGE, key))

    @Slot(str)
    def _on_deed_chosen(self, key: str) -> None:
        match key:
            case "clear":
                self._filter = Filter(grouping=self._filter.grouping)
                self._draw()
            case "open":
                self._on_opened(self._selected)
            case "review":
                row = self._row(self._selected)
                if row is not None and row.change:
                    self._context.navigator.open(Place(Room.CHANGE, row.change))
            case "versions":
                self._context.navigator.open(
                    Place(Room.HISTORY, str(subject_of(TemplateId(self._selected))))
                )
            case _:
                pass

    @Slot()
    def _on_find(self) -> None:
        self._view.focus_filter()

    def _targets(self) -> tuple[Target, ...]:
        rows = self._snapshot.rows if self._snapshot else ()
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

    def _row(self, key: str) -> LibraryRow | None:
        rows = self._snapshot.rows if self._snapshot else ()
        return next((row for row in rows if row.id == key), None)

    @Slot()
    def _draw(self) -> None:
        self._view.render_state(
            library_state(
                self._shelf(), self._filter, self._selected, self._inspector()
            )
        )

    def _shelf(self) -> Shelf:
        if self._snapshot is None:
            return _NO_SHELF
        return Shelf(
            self._snapshot.rows,
            self._files,
            self._snapshot.reading.changes,
            self._context.checking.findings,
        )

    def _ask_picture(self) -> None:
        """Have the selected template rendered, unless it is at hand or under way."""
        row, snapshot = self._row(self._selected), self._snapshot
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

    def _inspector(self) -> InspectorState:
        row, snapshot = self._row(self._selected), self._snapshot
        if row is None or snapshot is None:
            return InspectorState(note=self._file_note())
        state = snapshot.reading.state
        made = self._pictures.get(row.closure)
        live = state.current(subject_of(row.id))
        marks = [standing_mark(row, snapshot.reading.changes)]
        if live is not None and row.standing is not Standing.LIVE:
            words = _("Version {number} live").format(number=live.number)
            marks.append(Mark(words, "broadcast", Tone.OK))
        return InspectorState(
            row.title,
            tuple(marks),
            made.html if made else "",
            is_waiting=made is None and not row.problem,
            facts=_facts(row, snapshot, live),
            deeds=_deeds(row),
            note=row.problem or (made.problem if made else ""),
        )

    def _file_note(self) -> str:
        found = next((one for one in self._files if one.key == self._selected), None)
        return found.what if found else ""


def make(context: Context) -> LibraryController:
    """Return the room."""
    return LibraryController(LibraryView(), context)


def _facts(
    row: LibraryRow, snapshot: Snapshot, live: Version | None
) -> tuple[Fact, ...]:
    state = snapshot.reading.state
    try:
        template = find_template(snapshot.sources, row.id)
    except ExpectedError:
        return ()
    facts = [Fact(_("Owner"), name_of(state, row.owner))]
    if template.record.goal:
        facts.append(Fact(_("Purpose"), template.record.goal))
    if template.record.helps:
        facts.append(Fact(_("Sent when"), template.record.helps))
    if live is not None:
        facts.append(Fact(_("Signed by"), _signers(state, live)))
    if row.change:
        title = snapshot.reading.changes[row.change].change.title
        facts.append(Fact(_("Under review"), title, link=f"change:{row.change}"))
    if template.record.review is not None:
        day = template.record.review.strftime("%-d %B %Y")
        facts.append(Fact(_("Look again"), day))
    return tuple(facts)


def _signers(state: LedgerState, live: Version) -> str:
    change = state.changes.get(live.change)
    signed = change.approvals if change else ()
    people = dict.fromkeys(name_of(state, one.person) for one in signed)
    day = live.at.astimezone().strftime("%-d %B")
    return _("{people} on {day}").format(people=", ".join(people) or "–", day=day)


def _deeds(row: LibraryRow) -> tuple[Deed, ...]:
    is_begun = row.standing in {Standing.EDITED, Standing.DRAFT}
    words = _("Continue draft") if is_begun else _("Open")
    deeds = [Deed("open", words, "primary", "pencil-simple")]
    if row.change:
        deeds.append(Deed("review", _("Review"), icon="eye"))
    deeds.append(Deed("versions", _("Versions"), icon="clock-counter-clockwise"))
    return tuple(deeds)


def _with(wanted: Filter, name: str, key: str) -> Filter:
    changed: Mapping[str, str] = {name: key}
    return replace(wanted, **changed)
