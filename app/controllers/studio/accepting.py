"""Letting a finding pass in a review: signed, for a reason and a time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Slot

from app.commands import Command
from app.context import Context
from app.controllers.signing import Signing
from app.controllers.studio.desk import Desk
from app.controllers.studio.findings import Findings
from app.workspace import Workspace
from governance.changes.credentials import Credentials
from governance.changes.reading import ChangeRow, Reading
from governance.changes.waivers import waive_finding
from governance.errors import ExpectedError
from governance.ledger.role_titles import role_title
from governance.names import ChangeId, Role
from governance.ports import Progress
from governance.standards.finding import Finding, Severity
from governance.texts import N_, _
from widgets.kit.sign_dialog import SignState
from widgets.kit.values import Fact
from widgets.studio.view import StudioView

_DAYS: Final = 90


class NoDayError(ExpectedError):
    """What was written as a day is none, or is over."""

    remedy = N_("Write it as year, month, day: 2027-03-01.")


class Accepting(QObject):
    """Offers to accept the finding that is selected, and says why it cannot be."""

    def __init__(
        self, view: StudioView, desk: Desk, findings: Findings, context: Context
    ) -> None:
        super().__init__(view)
        self._desk = desk
        self._findings = findings
        self._context = context
        self.signing = Signing(view, context)
        self.signing.succeeded.connect(self._on_accepted)
        view.problems.accept_requested.connect(self._on_requested)
        context.commands.offer(
            Command("accept", _("Accept the finding…"), _("Studio"), self.ask,
                    "check-circle", "", self.why_not),
        )  # fmt: skip

    def why_not(self) -> str:
        """Return why it cannot be accepted, "" if it can."""
        finding = self._findings.chosen
        if finding is None:
            return _("Choose a finding first.")
        if finding.severity is Severity.SUGGESTION:
            return _("A suggestion stops nothing, so nobody need accept it.")
        row, me = self._row(), self._context.identity.person
        if row is None:
            return _("It is accepted in a review. Submit the message first.")
        if me in row.change.authors:
            return _("You wrote this change, so somebody else accepts its findings.")
        return "" if self._roles(row) else _("You do not review this change.")

    @Slot()
    def ask(self) -> None:
        """Ask for the reason and the end, and for the signature."""
        finding, row = self._findings.chosen, self._row()
        said = self.why_not()
        if said or finding is None or row is None:
            self._context.desktop.toast(said)
            return
        role = self._roles(row)[0]
        policy = self._context.readings.current
        title = role_title(policy.reading.state.policy if policy else None, role)
        until = (self._desk.now + timedelta(days=_DAYS)).date()
        state = SignState(
            _("Accept a finding"),
            self._desk.title,
            _("Accept"),
            icon="check-circle",
            facts=(
                Fact(_("Finding"), finding.message),
                Fact(_("Place"), f"{finding.file}:{finding.line}"),
                Fact(_("Decided as"), title),
            ),
            facts_title=_("What you accept"),
            headline=_("Until this day"),
            headline_text=until.isoformat(),
            asks=_("Why may it pass? Everyone can read this in the history."),
            consequence=_(
                "It holds for this text in this change. Other words are judged anew."
            ),
            demo_passphrase=self._context.identity.passphrase,
        )
        one = Acceptance(row.change.id, finding, role)
        work = partial(accepted, self._context.workspace, one)
        self.signing.ask(state, work)

    def _row(self) -> ChangeRow | None:
        row, snapshot = self._desk.row, self._context.readings.current
        if row is None or row.change is None or snapshot is None:
            return None
        return snapshot.reading.changes.get(row.change)

    def _roles(self, row: ChangeRow) -> tuple[Role, ...]:
        snapshot, me = self._context.readings.current, self._context.identity.person
        members = snapshot.reading.state.members if snapshot else {}
        member = members.get(me) if me else None
        roles = member.roles if member else frozenset()
        return tuple(sorted(role for role in row.tally.quorum if role in roles))

    @Slot(str)
    def _on_requested(self, key: str) -> None:
        self._findings.selected = key
        self.ask()

    @Slot(object)
    def _on_accepted(self, _reading: Reading) -> None:
        said = _("Accepted. The review names you and your reason.")
        self._context.desktop.toast(said)
        self._context.readings.refresh()


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What is accepted, where, and as what."""

    change: ChangeId
    finding: Finding
    role: Role


def accepted(
    workspace: Workspace,
    one: Acceptance,
    who: Credentials,
    written: str,
    _progress: Progress,
) -> Reading:
    """Accept a finding; ``written`` is the last day, and the reason below it.

    Raises:
        NoDayError: The first line is no day to come.
        ExpectedError: As ``waive_finding``.
    """
    day, _line, reason = written.partition("\n")
    try:
        until = date.fromisoformat(day.strip())
    except ValueError:
        raise NoDayError(_("“{day}” is no day.").format(day=day)) from None
    end = datetime(until.year, until.month, until.day, tzinfo=UTC) + timedelta(days=1)
    if end <= workspace.clock():
        raise NoDayError(_("{day} is over.").format(day=until.isoformat()))
    return waive_finding(
        workspace.desk,
        one.change,
        one.finding,
        reason.strip(),
        end,
        role=one.role,
        who=who,
    )
