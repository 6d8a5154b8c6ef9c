"""Proposing another signing policy, as an entry that administrators sign."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from app.context import Context
from app.controllers.settings_people import PeopleDeeds
from app.controllers.settings_people_signed import policy_proposed
from governance.ledger.policy import Comparison, Policy, compare
from governance.texts import _
from widgets.kit.page import PageView
from widgets.kit.sign_dialog import SignState
from widgets.settings.policy_dialog import PolicyDialog
from widgets.settings.policy_draft import changes_of, draft_state, signing_roles


class PolicyDeeds(QObject):
    """Opens the dialog, and has it signed."""

    def __init__(self, view: PageView, context: Context, people: PeopleDeeds) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._people = people
        self.dialog: PolicyDialog | None = None

    def open(self) -> None:
        """Ask for another policy, beginning with the one in force."""
        people = self._people.people()
        policy = people.state.policy
        if policy is None:
            return
        titles = {role: people.title(role) for role in signing_roles(policy)}
        dialog = self.dialog = PolicyDialog(self._view, policy, titles)
        dialog.changed.connect(self._on_changed)
        dialog.wished.connect(self._on_wished)
        dialog.finished.connect(self._on_finished)
        dialog.render_state(draft_state(people, dialog.draft))
        dialog.open()

    @Slot(object)
    def _on_changed(self, draft: Policy) -> None:
        if self.dialog is not None:
            self.dialog.render_state(draft_state(self._people.people(), draft))

    @Slot(object)
    def _on_wished(self, draft: Policy) -> None:
        people = self._people.people()
        policy = people.state.policy
        if policy is None or draft_state(people, draft).why_not:
            return
        if self.dialog is not None:
            self.dialog.accept()
        is_weaker = compare(draft, policy) is Comparison.WEAKER
        waits = people.state.is_shared or is_weaker
        words = _("Propose another signing policy")
        state = SignState(
            words,
            _("It judges every signature from then on."),
            _("Propose"),
            icon="scales",
            facts=changes_of(people, draft),
            facts_title=_("What changes"),
            asks=_("Why? It stays in the history."),
            consequence=_("It counts once a second administrator has confirmed it.")
            if waits
            else _("It counts at once, since there is no second administrator."),
            demo_passphrase=self._context.identity.passphrase,
        )
        workspace = self._context.workspace
        work = partial(policy_proposed, workspace, draft)
        self._people.signing.ask(state, work)

    @Slot()
    def _on_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
