"""Rejecting a change: one no, with a reason; nothing goes on before a revision."""

from datetime import datetime

from governance.changes.credentials import Credentials
from governance.changes.desk import Desk, change_in, require_open
from governance.changes.reading import Reading
from governance.ledger.kinds import Rejection
from governance.ledger.state import LedgerState
from governance.names import ChangeId, Role


def reject_change(
    desk: Desk, change: ChangeId, role: Role, reason: str, who: Credentials
) -> Reading:
    """Say no to ``change`` in ``role``.

    Raises:
        StaleChangeError: The change is no longer there, or no longer open.
        NotEntitledError: The person is an author, or does not review in ``role``.
        WrongPassphraseError: The key cannot be unlocked.
        LedgerUnavailableError: The repository cannot be written.
    """

    def compose(state: LedgerState, now: datetime) -> Rejection:
        require_open(change_in(state, change))
        return Rejection(at=now, change=change, role=role, reason=reason)

    return desk.write(compose, desk.unlock(who))
