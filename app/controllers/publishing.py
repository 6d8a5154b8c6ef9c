"""Publishing: release what everyone signed, publish it, roll it back."""

from functools import partial
from time import sleep

from PySide6.QtCore import QObject, Slot

from app.commands import Command
from app.context import Context
from app.controllers.earlier import earlier_versions
from app.controllers.signing import Signing
from app.places import Place, Room
from app.service_link import ServiceStage
from app.snapshot import Snapshot
from app.tasks import Lane
from governance.changes.credentials import Credentials
from governance.changes.library import subject_of
from governance.errors import NotVerifiedError
from governance.ledger.state import LedgerState
from governance.names import ChangeId, SubjectName, TemplateId
from governance.ports import Progress
from governance.texts import _
from sync.api.publications import PublicationRow
from sync.api.service import OperationState
from sync.client import ServiceClient
from sync.errors import ServiceRefusedError
from widgets.kit.sign_dialog import SignState
from widgets.kit.values import Fact
from widgets.publishing.rollback_dialog import Earlier, RollbackDialog
from widgets.publishing.state import (
    BY_TEMPLATE,
    READY,
    Shelf,
    publishing_state,
)
from widgets.publishing.view import PublishingView


class PublishingController(QObject):
    """Remembers what is listed, and what the service last found."""

    def __init__(self, view: PublishingView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._snapshot: Snapshot | None = context.readings.current
        self._publications: tuple[PublicationRow, ...] | None = None
        self._is_asking = False
        self._checked = ""
        self._view_key = BY_TEMPLATE
        self._words = ""
        self._selected = ""
        self._rollback: RollbackDialog | None = None
        self._signing = Signing(view, context)
        self._signing.succeeded.connect(self._on_signed)
        self._publishing = Signing(view, context, Lane.NETWORK)
        self._publishing.succeeded.connect(self._on_published)
        view.view_chosen.connect(self._on_view_chosen)
        view.words_changed.connect(self._on_words_changed)
        view.selected.connect(self._on_selected)
        view.deed_chosen.connect(self._on_deed_chosen)
        events = context.events
        events.reading_changed.connect(self._on_reading_changed)
        events.identity_changed.connect(self._draw)
        events.service_changed.connect(self._on_service_changed)
        events.news_arrived.connect(self._ask)
        context.commands.offer(
            Command(
                "check-destinations",
                _("Check destinations now"),
                _("Publishing"),
                self._ask,
                "arrows-clockwise",
            )
        )

    def widget(self) -> PublishingView:
        """Return the room's view."""
        return self._view

    def come(self, place: Place) -> None:
        """Show the room, with ``place.key`` selected."""
        if place.key:
            self._selected = place.key
        self._ask()
        self._draw()

    @Slot(object)
    def _on_reading_changed(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._draw()

    @Slot(object)
    def _on_service_changed(self, _state: object) -> None:
        if self._publications is None:
            self._ask()
        self._draw()

    @Slot()
    def _ask(self) -> None:
        """Ask the service what is where."""
        if self._is_asking or self._context.service.state.stage is not ServiceStage.ON:
            return
        self._is_asking = True
        task = self._context.service.ask(_publications)
        task.succeeded.connect(self._on_publications)
        task.failed.connect(self._context.messages.log)
        task.settled.connect(self._on_asked)

    @Slot(object)
    def _on_publications(self, rows: tuple[PublicationRow, ...]) -> None:
        self._publications = rows
        now = self._context.workspace.clock().astimezone()
        self._checked = _("Checked at {time}").format(time=now.strftime("%H:%M"))
        self._draw()

    @Slot()
    def _on_asked(self) -> None:
        self._is_asking = False

    @Slot(str)
    def _on_view_chosen(self, key: str) -> None:
        self._view_key = key
        self._draw()

    @Slot(str)
    def _on_words_changed(self, words: str) -> None:
        self._words = words
        self._draw()

    @Slot(str)
    def _on_selected(self, key: str) -> None:
        self._selected = key
        self._draw()

    @Slot(str)
    def _on_deed_chosen(self, key: str) -> None:
        chosen = self._view.table.key
        match key:
            case "check":
                self._ask()
            case "release":
                self._ask_release(ChangeId(chosen.removeprefix(READY)))
            case "review":
                change = chosen.removeprefix(READY)
                self._context.navigator.open(Place(Room.CHANGE, change))
            case "publish":
                self._ask_publish(SubjectName(chosen.partition("@")[0]))
            case "rollback":
                self._ask_rollback(SubjectName(chosen.partition("@")[0]))
            case _:
                pass

    # Release -------------------------------------------------------------------------

    def _ask_release(self, change: ChangeId) -> None:
        row = self._snapshot.reading.changes.get(change) if self._snapshot else None
        if row is None:
            return
        state = SignState(
            _("Release"),
            row.change.title,
            _("Release"),
            icon="tag",
            facts=(
                Fact(_("Alters"), ", ".join(self._titles(row.change.subjects))),
                Fact(_("Why"), row.change.proposal.reason),
            ),
            facts_title=_("What is released"),
            consequence=_(
                "From now on candidates get this version. It can be rolled back at any "
                "time."
            ),
            demo_passphrase=self._context.identity.passphrase,
        )
        self._signing.ask(state, partial(self._release, change))

    def _release(
        self, change: ChangeId, who: Credentials, _written: str, progress: Progress
    ) -> object:
        workspace = self._context.workspace
        workspace.release_change(change, who, progress)
        workspace.bring_up()
        return _("Released. It can be published now.")

    def _titles(self, subjects: tuple[object, ...]) -> list[str]:
        titles = self._shelf().titles
        names = [str(getattr(one, "name", "")) for one in subjects]
        return [titles.get(SubjectName(name), name) for name in names]

    # Publish -------------------------------------------------------------------------

    def _ask_publish(self, subject: SubjectName) -> None:
        title = self._shelf().titles.get(subject, str(subject))
        state = SignState(
            _("Publish"),
            title,
            _("Publish"),
            icon="broadcast",
            facts=(
                Fact(_("Practice ATS"), _("is replaced, read back and compared")),
                Fact(_("Own mail and SMS"), _("use it for all that is planned")),
            ),
            facts_title=_("What will happen"),
            consequence=_(
                "The service verifies the signatures itself before it starts."
            ),
            demo_passphrase=self._context.identity.passphrase,
        )
        name = TemplateId(subject.partition("/")[2])
        self._publishing.ask(state, partial(self._publish, name))

    def _publish(
        self, name: TemplateId, who: Credentials, _written: str, progress: Progress
    ) -> object:
        return self._context.service.acted(partial(_published, name), who, progress)

    @Slot(object)
    def _on_published(self, rows: tuple[PublicationRow, ...]) -> None:
        self._on_publications(rows)
        self._context.desktop.toast(
            _("Published, read back, and equal to what was signed.")
        )

    # Roll back -----------------------------------------------------------------------

    def _ask_rollback(self, subject: SubjectName) -> None:
        if self._snapshot is None or self._rollback is not None:
            return
        work = partial(earlier_versions, self._context.workspace, subject)
        task = self._context.tasks.start(Lane.READ, work)
        task.succeeded.connect(self._on_earlier)
        task.failed.connect(self._context.messages.tell)

    @Slot(object)
    def _on_earlier(self, found: tuple[SubjectName, int, tuple[Earlier, ...]]) -> None:
        subject, live, earlier = found
        title = self._shelf().titles.get(subject, str(subject))
        dialog = self._rollback = RollbackDialog(self._view, title, live, earlier)
        dialog.setProperty("subject", str(subject))
        dialog.version_chosen.connect(self._on_version_chosen)
        dialog.finished.connect(self._on_rollback_finished)
        dialog.open()

    @Slot()
    def _on_rollback_finished(self) -> None:
        if self._rollback is not None:
            self._rollback.deleteLater()
            self._rollback = None

    @Slot(int)
    def _on_version_chosen(self, number: int) -> None:
        if self._rollback is None:
            return
        subject = SubjectName(str(self._rollback.property("subject")))
        title = self._shelf().titles.get(subject, str(subject))
        words = _("Roll back to version {number}").format(number=number)
        state = SignState(
            words,
            title,
            words,
            icon="clock-counter-clockwise",
            asks=_("Why? Everyone who signed reads it."),
            consequence=_(
                "It is live at once. Your drafts stay, and messages already sent do "
                "not change."
            ),
            demo_passphrase=self._context.identity.passphrase,
        )
        self._signing.ask(state, partial(self._roll_back, subject, number))

    def _roll_back(
        self,
        subject: SubjectName,
        number: int,
        who: Credentials,
        written: str,
        progress: Progress,
    ) -> object:
        workspace = self._context.workspace
        workspace.roll_back(subject, number, written, who, progress)
        workspace.bring_up()
        return _("The wording of version {number} is live again.").format(number=number)

    @Slot(object)
    def _on_signed(self, said: object) -> None:
        self._context.desktop.toast(str(said))

    # Drawing -------------------------------------------------------------------------

    def _shelf(self) -> Shelf:
        context = self._context
        if self._snapshot is None:
            return Shelf(LedgerState(), {}, {})
        reading = self._snapshot.reading
        titles = {subject_of(row.id): row.title for row in self._snapshot.rows}
        return Shelf(
            reading.state,
            reading.changes,
            titles,
            self._publications,
            context.identity.person,
            context.workspace.clock(),
            context.service.state.stage is not ServiceStage.AWAY,
        )

    @Slot()
    def _draw(self) -> None:
        shelf = self._shelf()
        state = publishing_state(shelf, self._view_key, self._words, self._selected)
        self._view.render_state(state, self._checked)


def make(context: Context) -> PublishingController:
    """Return the room."""
    return PublishingController(PublishingView(), context)


def _publications(
    service: ServiceClient, _progress: Progress
) -> tuple[PublicationRow, ...]:
    return service.publications()


def _published(
    name: TemplateId, service: ServiceClient, progress: Progress
) -> tuple[PublicationRow, ...]:
    """Have the service publish, and wait until it has."""
    work = service.publish(name)
    while work.state is OperationState.RUNNING:
        progress.step(work.label or _("Publishing"), done=work.done, total=work.total)
        sleep(0.1)
        work = service.operation(work.id)
    if work.state is OperationState.FAILED:
        if work.code:
            raise NotVerifiedError(work.problem, code=work.code)
        raise ServiceRefusedError(work.problem)
    return service.publications()
