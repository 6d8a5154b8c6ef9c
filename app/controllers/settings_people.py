"""What is signed about people: adding, confirming, roles, withdrawing."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from app.context import Context
from app.controllers.settings_people_signed import (
    RoleWish,
    Withdrawal,
    confirmed,
    enrolled,
    role_given,
    role_taken,
    withdrawn,
)
from app.controllers.signing import Signing
from app.snapshot import Snapshot
from governance.ledger.kinds import Enrolment
from governance.ledger.state import EMPTY, Member, Waiting
from governance.names import Role
from governance.texts import _
from governance.trust.keys import PublicKey
from widgets.kit.page import PageView
from widgets.kit.sign_dialog import SignState
from widgets.kit.values import Choice, Fact
from widgets.settings.enrol_dialog import EnrolDialog
from widgets.settings.enrol_state import Newcomer, enrol_state
from widgets.settings.people import People, nobody_left, waiting_words
from widgets.settings.withdraw_dialog import WithdrawDialog
from widgets.settings.withdraw_state import NOW, since_of, withdraw_state


class PeopleDeeds(QObject):
    """Opens the dialogs and signs; remembers only the one that is open."""

    def __init__(self, view: PageView, context: Context) -> None:
        super().__init__(view)
        self._view = view
        self._context = context
        self._enrolling: EnrolDialog | None = None
        self._withdrawing: WithdrawDialog | None = None
        self._member: Member | None = None
        self.signing = Signing(view, context)
        self.signing.succeeded.connect(self._on_signed)

    def people(self) -> People:
        """Return who takes part, as it is now."""
        context = self._context
        now, me = context.workspace.clock(), context.identity.person
        snapshot: Snapshot | None = context.readings.current
        if snapshot is None:
            return People(EMPTY, me, now, is_loading=True)
        alarm = snapshot.reading.alarm
        return People(snapshot.reading.state, me, now, alarm.reason if alarm else "")

    def act(self, deed: str, key: str) -> None:
        """Do ``deed`` about the row ``key``."""
        people = self.people()
        waiting, member = people.waiting(key), people.member(key)
        match deed:
            case "enrol":
                self._open_enrolling(Newcomer())
            case "confirm" if waiting is not None:
                self._ask_confirm(people, waiting)
            case "new-key" if member is not None:
                self._open_enrolling(
                    Newcomer(
                        str(member.person),
                        member.name,
                        roles=tuple(map(str, sorted(member.roles))),
                        old_mail=str(member.person),
                    )
                )
            case "withdraw" if member is not None:
                self._open_withdrawing(people, member)
            case _:
                pass

    # Adding --------------------------------------------------------------------------

    def _open_enrolling(self, start: Newcomer) -> None:
        people = self.people()
        policy = people.state.policy
        roles = tuple(
            Choice(str(role), people.title(role))
            for role in (policy.roles if policy else ())
        )
        dialog = self._enrolling = EnrolDialog(self._view, roles, start)
        dialog.changed.connect(self._on_newcomer_changed)
        dialog.wished.connect(self._on_newcomer_wished)
        dialog.finished.connect(self._on_enrolling_finished)
        dialog.render_state(enrol_state(people, dialog.newcomer))
        dialog.open()

    @property
    def enrolling(self) -> EnrolDialog | None:
        """The dialog for adding somebody, if it is open."""
        return self._enrolling

    @property
    def withdrawing(self) -> WithdrawDialog | None:
        """The dialog for withdrawing a key, if it is open."""
        return self._withdrawing

    @Slot(object)
    def _on_newcomer_changed(self, one: Newcomer) -> None:
        if self._enrolling is not None:
            self._enrolling.render_state(enrol_state(self.people(), one))

    @Slot()
    def _on_enrolling_finished(self) -> None:
        if self._enrolling is not None:
            self._enrolling.deleteLater()
            self._enrolling = None

    @Slot(object)
    def _on_newcomer_wished(self, one: Newcomer) -> None:
        people = self.people()
        if enrol_state(people, one).why_not:
            return
        key = PublicKey.from_file(one.line)
        roles = tuple(map(Role, one.roles))
        words = _("Give a new key") if one.old_mail else _("Add a person")
        state = SignState(
            words,
            one.name,
            words,
            icon="user-plus",
            facts=(
                Fact(_("Person"), f"{one.name}, {one.mail}"),
                Fact(_("Roles"), ", ".join(map(people.title, roles))),
                Fact(_("Four words"), key.words),
            ),
            consequence=_consequence(people),
            technical=(Fact(_("Fingerprint"), key.fingerprint),),
            demo_passphrase=self._context.identity.passphrase,
        )
        if self._enrolling is not None:
            self._enrolling.accept()
        workspace = self._context.workspace
        self.signing.ask(state, partial(enrolled, workspace, one, key))

    # Confirming ----------------------------------------------------------------------

    def _ask_confirm(self, people: People, waiting: Waiting) -> None:
        entry = waiting.entry
        facts = [
            Fact(_("Asks for"), waiting_words(people, waiting)),
            Fact(_("Signed first by"), people.name(waiting.person)),
        ]
        who = _("Signing policy")
        if isinstance(entry, Enrolment):
            who = f"{entry.name}, {entry.person}"
            facts.append(Fact(_("Four words"), PublicKey.from_openssh(entry.key).words))
        elif hasattr(entry, "person"):
            who = people.name(entry.person)
        state = SignState(
            _("Confirm"),
            who,
            _("Confirm"),
            icon="check",
            facts=tuple(facts),
            asks=_("Why do you agree? It stays in the history."),
            consequence=_("It is in force at once."),
            demo_passphrase=self._context.identity.passphrase,
        )
        self.signing.ask(state, partial(confirmed, self._context.workspace, waiting))

    # Roles ---------------------------------------------------------------------------

    def toggle_role(self, key: str, role: Role) -> None:
        """Give a role, or take it."""
        people = self.people()
        member = people.member(key)
        if member is None:
            return
        has, title = role in member.roles, people.title(role)
        words = _("Take a role away") if has else _("Give a role")
        state = SignState(
            words,
            f"{people.name(member.person)} · {title}",
            words,
            icon="identification-badge",
            asks=_("Why? It stays in the history."),
            consequence=_("It counts at once. What they signed in it stays valid.")
            if has
            else _consequence(people),
            kind="danger" if has else "primary",
            demo_passphrase=self._context.identity.passphrase,
        )
        work = role_taken if has else role_given
        wish = RoleWish(member.person, role, title)
        self.signing.ask(state, partial(work, self._context.workspace, wish))

    # Withdrawing ---------------------------------------------------------------------

    def _open_withdrawing(self, people: People, member: Member) -> None:
        self._member = member
        name = people.name(member.person)
        dialog = self._withdrawing = WithdrawDialog(self._view, name)
        dialog.since_chosen.connect(self._on_since_chosen)
        dialog.wished.connect(self._on_withdraw_wished)
        dialog.finished.connect(self._on_withdrawing_finished)
        dialog.render_state(withdraw_state(people, member, NOW))
        dialog.open()

    @Slot(str)
    def _on_since_chosen(self, chosen: str) -> None:
        if self._withdrawing is not None and self._member is not None:
            state = withdraw_state(self.people(), self._member, chosen)
            self._withdrawing.render_state(state)

    @Slot()
    def _on_withdrawing_finished(self) -> None:
        if self._withdrawing is not None:
            self._withdrawing.deleteLater()
            self._withdrawing = None

    @Slot(str)
    def _on_withdraw_wished(self, chosen: str) -> None:
        member = self._member
        if member is None or member.key is None:
            return
        people = self.people()
        shown = withdraw_state(people, member, chosen)
        if shown.why_not:
            return
        if self._withdrawing is not None:
            self._withdrawing.accept()
        left = tuple(role for role in sorted(member.roles) if chosen != NOW)
        alone = tuple(
            role
            for role in left
            if not any(
                other.key and other.person != member.person and role in other.roles
                for other in people.state.members.values()
            )
        )
        choice = next(one.title for one in shown.choices if one.key == chosen)
        state = SignState(
            _("Withdraw the key"),
            shown.name,
            _("Withdraw the key"),
            icon="prohibit",
            facts=(
                Fact(_("When"), choice),
                Fact(_("Becomes void"), "; ".join(shown.void) or _("nothing")),
            ),
            asks=_("Why? It stays in the history."),
            consequence=" ".join(
                filter(None, (shown.stays, nobody_left(people, alone)))
            ),
            kind="danger",
            demo_passphrase=self._context.identity.passphrase,
        )
        wish = Withdrawal(member.person, member.key.fingerprint, since_of(chosen))
        self.signing.ask(state, partial(withdrawn, self._context.workspace, wish))

    @Slot(object)
    def _on_signed(self, said: object) -> None:
        self._context.desktop.toast(str(said))


def _consequence(people: People) -> str:
    if people.state.is_shared:
        return _("It counts once a second administrator has confirmed it.")
    return _("It counts at once, since there is no second administrator.")
