"""What the library has in stock: read, listed, checked, published, as it arrives."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from app.context import Context
from app.controllers.library_files import Listing, listing
from app.service_link import ServiceStage, ServiceState
from app.snapshot import Snapshot
from app.tasks import Lane, Task
from governance.changes.library import LibraryRow
from governance.names import TemplateId
from governance.ports import Progress
from sync.api.publications import PublicationRow
from sync.client import ServiceClient
from widgets.library.lines_state import Lines, lines
from widgets.library.shelf_state import Filter, GoneTemplate, LibraryFile, Shelf

_NO_SHELF: Final = Shelf((), (), {}, is_loading=True)
_MANY: Final = 500  # rows; so many are made in the background


class LibraryStock(QObject):
    """Gathers what lies on the shelf, and makes the lines of it.

    Signals:
        changed: There are other lines now.

    Attributes:
        rows: Each template by its id.
        drifted: Template → where something else stands than was published.
    """

    changed = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.snapshot: Snapshot | None = None
        self.rows: Mapping[str, LibraryRow] = {}
        self.listing = Listing()
        self.drifted: Mapping[TemplateId, str] = {}
        self.shelf = _NO_SHELF
        self.lines = lines(_NO_SHELF, "")
        self._grouping = Filter().grouping
        self._listed: Task | None = None
        self._making: Task | None = None
        self._made_of = (self.shelf, "")
        context.events.service_changed.connect(self._on_service_changed)
        context.events.news_arrived.connect(self._ask_publications)
        context.checking.changed.connect(self._stock)

    def take(self, snapshot: Snapshot) -> None:
        """Take over the workspace as it is now."""
        self.snapshot = snapshot
        self.rows = {str(row.id): row for row in snapshot.rows}
        self._stock()
        if self._making is None:  # or once the templates are there to be seen
            self._ask_listing()

    def group(self, grouping: str) -> None:
        """Have the lines in other groups."""
        self._grouping = grouping
        self._make_lines()

    def file(self, key: str) -> LibraryFile | None:
        """Return what is no template and is called ``key``."""
        return next((one for one in self.listing.files if one.key == key), None)

    def gone(self, name: str) -> GoneTemplate | None:
        """Return the archived template ``name``."""
        return next((one for one in self.listing.gone if one.id == name), None)

    # What is listed ------------------------------------------------------------------

    def _ask_listing(self) -> None:
        """Have everything else listed, in the background; the latest files win."""
        snapshot = self.snapshot
        if snapshot is None or self._listed is not None:
            return
        if snapshot.digest == self.listing.digest:
            return
        titles = {row.id: row.title for row in snapshot.rows}
        work = partial(
            listing, self._context.workspace, snapshot.sources, snapshot.base, titles
        )
        self._listed = self._context.tasks.start(Lane.READ, work)
        self._listed.succeeded.connect(self._on_listed)
        self._listed.failed.connect(self._context.messages.log)
        self._listed.settled.connect(self._on_listing_settled)

    @Slot(object)
    def _on_listed(self, made: Listing) -> None:
        self.listing = made
        self._stock()

    @Slot()
    def _on_listing_settled(self) -> None:
        self._listed = None
        if self.listing.digest:
            self._ask_listing()

    # What is published ---------------------------------------------------------------

    @Slot(object)
    def _on_service_changed(self, state: ServiceState) -> None:
        if state.stage is ServiceStage.ON:
            self._ask_publications()

    @Slot()
    def _ask_publications(self) -> None:
        task = self._context.service.ask(_publications)
        task.succeeded.connect(self._on_publications)
        task.failed.connect(self._context.messages.log)

    @Slot(object)
    def _on_publications(self, rows: tuple[PublicationRow, ...]) -> None:
        drifted = {
            TemplateId(row.key.partition("/")[0]): row.ats.replace("_", " ").title()
            for row in rows
            if row.state == "drifted"
        }
        if drifted != self.drifted:
            self.drifted = drifted
            self._stock()

    # What is made of it --------------------------------------------------------------

    @Slot()
    def _stock(self) -> None:
        """Lay everything that is known on the shelf, and make its lines."""
        snapshot = self.snapshot
        if snapshot is None:
            return
        members = snapshot.reading.state.members
        self.shelf = Shelf(
            snapshot.rows,
            self.listing.files,
            snapshot.reading.changes,
            self._context.checking.findings,
            gone=self.listing.gone,
            moments=self.listing.moments,
            drifted=self.drifted,
            names={str(who): one.name for who, one in members.items() if one.name},
            today=snapshot.at.date(),
            problem=snapshot.problem,
            is_listed=bool(self.listing.digest),
        )
        self._make_lines()

    def _make_lines(self) -> None:
        """Make the lines, in the background where there are very many."""
        if len(self.shelf.rows) < _MANY:
            self.lines = lines(self.shelf, self._grouping, self.lines)
            self.changed.emit()
        elif self._making is None:
            self._made_of = self.shelf, self._grouping
            work = partial(_lines, *self._made_of, self.lines)
            self._making = self._context.tasks.start(Lane.READ, work)
            self._making.succeeded.connect(self._on_lines)
            self._making.failed.connect(self._context.messages.log)
            self._making.settled.connect(self._on_making_settled)

    @Slot(object)
    def _on_lines(self, made: Lines) -> None:
        self.lines = made
        self.changed.emit()

    @Slot()
    def _on_making_settled(self) -> None:
        self._making = None
        shelf, grouping = self._made_of
        if shelf is not self.shelf or grouping != self._grouping:
            self._make_lines()
        self._ask_listing()


def _lines(shelf: Shelf, grouping: str, before: Lines, _progress: Progress) -> Lines:
    return lines(shelf, grouping, before)


def _publications(
    service: ServiceClient, _progress: Progress
) -> tuple[PublicationRow, ...]:
    return service.publications()
