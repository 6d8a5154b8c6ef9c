"""Changing the policy: by one administrator, or by two where it becomes weaker."""

from datetime import datetime

from governance.errors import NotEntitledError
from governance.ledger.book import Book, Page
from governance.ledger.kinds import PolicyChange, PolicySecond
from governance.ledger.policy import Policy
from governance.ledger.state import LedgerState
from governance.texts import _
from governance.trust.keys import SigningKey


def change_policy(
    book: Book, policy: Policy, reason: str, *, key: SigningKey, now: datetime
) -> Page:
    """Put ``policy`` in force, or, where it is weaker, up for a second administrator.

    Raises:
        NotEntitledError: ``key`` is no administrator's, or the policy is unusable or in
            force already.
        LedgerUnavailableError: The repository cannot be written.
    """
    change = PolicyChange(at=now, policy=policy, reason=reason)
    return book.write(lambda _state: change, key)


def second_policy(
    book: Book, position: int, reason: str, *, key: SigningKey, now: datetime
) -> Page:
    """Agree with the weaker policy that waits at ``position``, which puts it in force.

    Raises:
        NotEntitledError: ``key`` is no administrator's or the first one's, or no policy
            waits there.
        LedgerUnavailableError: The repository cannot be written.
    """

    def compose(state: LedgerState) -> PolicySecond:
        waiting = state.waiting.get(position)
        if waiting is None:
            raise NotEntitledError(
                _("No such policy waits for a second administrator.")
            )
        return PolicySecond(
            at=now, change=position, policy=waiting.policy.digest, reason=reason
        )

    return book.write(compose, key)
