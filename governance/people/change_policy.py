"""Changing the policy: by two administrators, or by the only one if it is stricter."""

from datetime import datetime

from governance.ledger.book import Book, Page
from governance.ledger.kinds import PolicyChange
from governance.ledger.policy import Policy
from governance.trust.keys import SigningKey


def change_policy(
    book: Book, policy: Policy, reason: str, *, key: SigningKey, now: datetime
) -> Page:
    """Put ``policy`` in force, or up for a second administrator (``confirm``).

    Raises:
        NotEntitledError: ``key`` is no administrator's, or the policy is unusable or in
            force already.
        LedgerUnavailableError: The repository cannot be written.
    """
    change = PolicyChange(at=now, policy=policy, reason=reason)
    return book.write(lambda _state: change, key)
