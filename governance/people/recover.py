"""Recovering a broken ledger: two administrators say where it was last good."""

from datetime import datetime

from governance.errors import NotEntitledError
from governance.ledger.book import Book, Page
from governance.ledger.kinds import Recover
from governance.ledger.state import LedgerState
from governance.texts import _
from governance.trust.keys import SigningKey


def recover(book: Book, reason: str, *, key: SigningKey, now: datetime) -> Page:
    """Say that all before the fault is good, and what stands since is void.

    Once a second administrator says the same, the ledger can be used again.

    Raises:
        NotEntitledError: The ledger is sound.
        LedgerBrokenError: ``key`` is no administrator's.
        LedgerUnavailableError: The repository cannot be written.
    """

    def compose(state: LedgerState) -> Recover:
        if state.fault is None:
            raise NotEntitledError(_("There is nothing to recover from."))
        return Recover(
            at=now,
            last_good=state.fault.position,
            head=state.fault.head,
            reason=reason,
        )

    return book.write(compose, key)
