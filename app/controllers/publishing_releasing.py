"""Releasing what everyone signed, and rolling back what is released."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot

from app.context import Context
from app.controllers.deliveries_sending import Sending
from app.controllers.earlier import earlier_versions
from app.controllers.signing import Signing
from app.tasks import Lane
from governance.changes.credentials import Credentials
from governance.names import ChangeId, SubjectName
from governance.ports import Progress
from governance.texts import _
from widgets.kit.page import PageView
from widgets.kit.sign_dialog import SignState
from widgets.kit.values import Fact
from widgets.publishing.effects_state import rollback_effects
from widgets.publishing.rollback_dialog import Earlier, RollbackDialog
from widgets.publishing.shelf import Shelf


class Releasing(QObject):
    """Asks for a signature, and writes the release."""

    def __init__(
        self, view: PageView, context: Context, shelf: Callable[[], Shelf]
    ) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._shelf = shelf
        self._sending = Sending.of(context)
        self.rollback: RollbackDialog | None = None
        self.signing = Signing(view, context)
        self.signing.succeeded.connect(self._on_signed)

    def ask_release(self, change: ChangeId) -> None:
        """Ask before a change becomes the next version."""
        row = self._shelf().changes.get(change)
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
        self.signing.ask(state, partial(self._release, change))

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

    def ask_rollback(self, subject: SubjectName) -> None:
        """Ask which version comes back."""
        if self.rollback is not None or subject not in self._shelf().current:
            return
        work = partial(earlier_versions, self._context.workspace, subject)
        task = self._context.tasks.start(Lane.READ, work)
        task.succeeded.connect(self._on_earlier)
        task.failed.connect(self._context.messages.tell)

    @Slot(object)
    def _on_earlier(self, found: tuple[SubjectName, int, tuple[Earlier, ...]]) -> None:
        subject, live, earlier = found
        title = self._shelf().titles.get(subject, str(subject))
        dialog = self.rollback = RollbackDialog(
            self._view, title, live, earlier, rollback_effects(self._shelf(), subject)
        )
        dialog.setProperty("subject", str(subject))
        dialog.version_chosen.connect(self._on_version_chosen)
        dialog.stop_wanted.connect(self._sending.ask_stop)
        dialog.finished.connect(self._on_rollback_finished)
        dialog.open()

    @Slot()
    def _on_rollback_finished(self) -> None:
        if self.rollback is not None:
            self.rollback.deleteLater()
            self.rollback = None

    @Slot(int)
    def _on_version_chosen(self, number: int) -> None:
        if self.rollback is None:
            return
        subject = SubjectName(str(self.rollback.property("subject")))
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
        self.signing.ask(state, partial(self._roll_back, subject, number))

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
