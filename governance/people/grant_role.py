"""Giving a role, and taking it: by an administrator, for a reason."""

from datetime import datetime

from governance.ledger.book import Book, Page
from governance.ledger.kinds import RoleGrant, RoleRevocation
from governance.names import PersonId, Role
from governance.trust.keys import SigningKey


def grant_role(
    book: Book,
    person: PersonId,
    role: Role,
    reason: str,
    *,
    key: SigningKey,
    now: datetime,
) -> Page:
    """Give ``role`` to ``person``; what they signed before does not count in it.

    Once there are two administrators, it waits for the other.

    Raises:
        NotEntitledError: ``key`` is no administrator's, or the role or the person is
            unknown.
        LedgerUnavailableError: The repository cannot be written.
    """
    grant = RoleGrant(at=now, person=person, role=role, reason=reason)
    return book.write(lambda _state: grant, key)


def revoke_role(
    book: Book,
    person: PersonId,
    role: Role,
    reason: str,
    *,
    key: SigningKey,
    now: datetime,
) -> Page:
    """Take ``role`` from ``person``; what they signed in it before still counts.

    Raises:
        NotEntitledError: ``key`` is no administrator's, the person does not hold the
            role, or nobody would be left to administer the workspace.
        LedgerUnavailableError: The repository cannot be written.
    """
    revocation = RoleRevocation(at=now, person=person, role=role, reason=reason)
    return book.write(lambda _state: revocation, key)
