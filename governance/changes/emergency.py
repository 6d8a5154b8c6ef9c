"""An emergency: two people publish a change of one subject before its full review."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from governance.approval.agreement import SKEW
from governance.approval.emergencies import stands_in_the_way, unreviewed
from governance.approval.verdict import require_verified
from governance.changes.build import Build
from governance.changes.credentials import Credentials
from governance.changes.desk import Desk, change_in, require_open
from governance.changes.publishing import Publishing
from governance.changes.reading import Reading
from governance.changes.waivers import require_waived
from governance.errors import NotVerifiedError, StaleChangeError
from governance.ledger.kinds import Emergency, EmergencySecond, Release
from governance.ledger.state import Change, LedgerState
from governance.names import ChangeId, Role
from governance.ports import Progress
from governance.texts import _


def ask_for_emergency(
    desk: Desk, change: ChangeId, reason: str, who: Credentials, *, incident: str = ""
) -> Reading:
    """Ask that ``change`` be published without its full quorum; a second must join.

    Raises:
        StaleChangeError: The change is no longer there, or no longer open.
        NotVerifiedError: An earlier emergency still waits for its full review.
        NotEntitledError: The person may not, or the change has several subjects.
        WrongPassphraseError: The key cannot be unlocked.
        LedgerUnavailableError: The repository cannot be written.
    """

    def compose(state: LedgerState, now: datetime) -> Emergency:
        found = change_in(state, change)
        require_open(found)
        _require_reviewed(state, found)
        return Emergency(at=now, change=change, reason=reason, incident=incident)

    return desk.write(compose, desk.unlock(who))


@dataclass(frozen=True, slots=True)
class JoinEmergency:
    """Be the second person of an emergency: the change is published."""

    desk: Desk

    def __call__(
        self, change: ChangeId, role: Role, who: Credentials, progress: Progress
    ) -> Reading:
        """Publish ``change``; its full review is due within the policy's time.

        Raises:
            StaleChangeError: Nobody asked for it, or it is no longer open.
            NotVerifiedError: It was asked for too long ago, the bytes differ, or an
                earlier emergency still waits for its full review.
            NotEntitledError: The person is the first one, an author, or lacks the role.
            ConflictError: What was released meanwhile changed the same files.
            ChecksFailedError: The checks found errors that nobody waived.
            WrongPassphraseError: The key cannot be unlocked.
            LedgerUnavailableError: The repository cannot be read or written.
            OperationCancelledError: The person stopped before signing.
        """

        def gate(
            state: LedgerState, change: Change, build: Build, now: datetime
        ) -> None:
            progress.step(_("Verifying the emergency"), done=1, total=3)
            _require_in_time(state, change, now)
            _require_reviewed(state, change)
            require_waived(change, self.desk.reader.builder.check(build), now)
            progress.step(_("Publishing"), done=2, total=3)

        def finish(state: LedgerState, entry: Release) -> EmergencySecond:
            urgent = state.changes[entry.change].urgent
            assert urgent is not None, "the gate looked"
            return EmergencySecond(
                at=entry.at,
                change=entry.change,
                main=entry.main,
                releases=entry.releases,
                request=urgent.position,
                role=role,
            )

        progress.step(_("Unlocking your key"), done=0, total=3)
        key = self.desk.unlock(who)
        return Publishing(self.desk, change, key, gate, finish).write()


def _require_reviewed(state: LedgerState, change: Change) -> None:
    for subject in change.subjects:
        if version := unreviewed(state, subject.name):
            require_verified(stands_in_the_way(version))


def _require_in_time(state: LedgerState, change: Change, now: datetime) -> None:
    if change.urgent is None:
        raise StaleChangeError(_("Nobody asked for an emergency."))
    assert state.policy is not None, "there is a change"
    lasts = timedelta(seconds=state.policy.emergency.lasts)
    if now - change.urgent.at > lasts or change.urgent.at > now + SKEW:
        raise NotVerifiedError(
            _("The emergency was asked for at another time; ask for it again."),
            code="EMERGENCY_OVERDUE",
        )
