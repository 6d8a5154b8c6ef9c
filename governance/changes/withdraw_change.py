"""Withdrawing: an author gives a change up, a reviewer takes an approval back."""

from datetime import datetime

from governance.changes.credentials import Credentials
from governance.changes.desk import Desk, change_in, require_open
from governance.changes.reading import Reading
from governance.ledger.kinds import ApprovalWithdrawal, ChangeWithdrawal
from governance.ledger.state import LedgerState
from governance.names import ChangeId


def withdraw_change(
    desk: Desk, change: ChangeId, reason: str, who: Credentials
) -> Reading:
    """Give ``change`` up; its branch stays, as does what was said about it.

    Raises:
        StaleChangeError: The change is no longer there, or no longer open.
        NotEntitledError: The person is neither an author nor an administrator.
        WrongPassphraseError: The key cannot be unlocked.
        LedgerUnavailableError: The repository cannot be written.
    """

    def compose(state: LedgerState, now: datetime) -> ChangeWithdrawal:
        require_open(change_in(state, change))
        return ChangeWithdrawal(at=now, change=change, reason=reason)

    return desk.write(compose, desk.unlock(who))


def withdraw_approval(
    desk: Desk, change: ChangeId, reason: str, who: Credentials
) -> Reading:
    """Take back what the person signed for ``change``, in every role.

    Raises:
        StaleChangeError: The change is no longer there, or no longer open.
        NotEntitledError: The person signed nothing there.
        WrongPassphraseError: The key cannot be unlocked.
        LedgerUnavailableError: The repository cannot be written.
    """

    def compose(state: LedgerState, now: datetime) -> ApprovalWithdrawal:
        require_open(change_in(state, change))
        return ApprovalWithdrawal(at=now, change=change, reason=reason)

    return desk.write(compose, desk.unlock(who))
