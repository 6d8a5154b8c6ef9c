"""Revoking a key: from the entry on, or from where it fell into other hands."""

from datetime import datetime

from governance.ledger.book import Book, Page
from governance.ledger.kinds import KeyRevocation
from governance.names import Fingerprint, PersonId
from governance.trust.keys import SigningKey


def revoke_key(
    book: Book,
    person: PersonId,
    revoked: Fingerprint,
    reason: str,
    *,
    key: SigningKey,
    now: datetime,
    since: int | None = None,
) -> Page:
    """Let the key ``revoked`` of ``person`` sign nothing any more.

    With ``since``, what it signed from that position on counts no longer. A clock
    decides nothing here: a thief sets it as they like.

    Raises:
        NotEntitledError: ``key`` is neither an administrator's nor ``person``'s,
            ``revoked`` is unknown, or nobody would be left to administer.
        LedgerUnavailableError: The repository cannot be written.
    """
    revocation = KeyRevocation(
        at=now, person=person, key=revoked, reason=reason, since=since
    )
    return book.write(lambda _state: revocation, key)
