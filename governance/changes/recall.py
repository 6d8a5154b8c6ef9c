"""Stopping: a version withdrawn for cause, and holds that end again."""

from datetime import datetime

from governance.changes.credentials import Credentials
from governance.changes.desk import Desk
from governance.changes.reading import Reading
from governance.ledger.kinds import HoldRelease, HoldSet, Recall
from governance.ledger.state import LedgerState
from governance.names import Role, SubjectName


def recall(
    desk: Desk, subject: SubjectName, version: int, reason: str, who: Credentials
) -> Reading:
    """Withdraw a version for cause: it goes out no more, and comes back never.

    Raises:
        NotEntitledError: The person may not stop it, or there is no such version.
        WrongPassphraseError: The key cannot be unlocked.
        LedgerUnavailableError: The repository cannot be written.
    """

    def compose(_state: LedgerState, now: datetime) -> Recall:
        return Recall(at=now, subject=subject, version=version, reason=reason)

    return desk.write(compose, desk.unlock(who))


def set_hold(
    desk: Desk, subject: SubjectName, role: Role, reason: str, who: Credentials
) -> Reading:
    """Let nothing of ``subject`` go out until who holds ``role`` says so.

    Raises:
        NotEntitledError: The person does not hold the role, or it stops nothing.
        WrongPassphraseError: The key cannot be unlocked.
        LedgerUnavailableError: The repository cannot be written.
    """

    def compose(_state: LedgerState, now: datetime) -> HoldSet:
        return HoldSet(at=now, subject=subject, role=role, reason=reason)

    return desk.write(compose, desk.unlock(who))


def release_hold(
    desk: Desk, subject: SubjectName, hold: int, reason: str, who: Credentials
) -> Reading:
    """End the hold that stands at the position ``hold``.

    Raises:
        NotEntitledError: There is none, or it is another role's to end.
        WrongPassphraseError: The key cannot be unlocked.
        LedgerUnavailableError: The repository cannot be written.
    """

    def compose(_state: LedgerState, now: datetime) -> HoldRelease:
        return HoldRelease(at=now, subject=subject, hold=hold, reason=reason)

    return desk.write(compose, desk.unlock(who))
