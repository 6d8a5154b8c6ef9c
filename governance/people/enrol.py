"""Enrolling a person, or a program: a key and roles, given by an administrator."""

from datetime import datetime

from governance.ledger.book import Book, Page
from governance.ledger.kinds import Enrolment
from governance.ledger.policy import SERVICE
from governance.names import PersonId, Role
from governance.trust.keys import PublicKey, SigningKey


def enrol(
    book: Book,
    person: PersonId,
    name: str,
    public: PublicKey,
    *roles: Role,
    key: SigningKey,
    now: datetime,
) -> Page:
    """Let ``person`` take part in ``roles``; replaces what held for them before.

    ``key`` is the administrator's. Once there are two of them, it waits for the other.

    Raises:
        NotEntitledError: ``key`` is no administrator's, a role is unknown, or
            ``public`` is or was another's.
        LedgerUnavailableError: The repository cannot be written.
    """
    enrolment = Enrolment(
        at=now, person=person, name=name, key=public.openssh, roles=roles
    )
    return book.write(lambda _state: enrolment, key)


def enrol_service(
    book: Book,
    service: PersonId,
    name: str,
    public: PublicKey,
    *,
    key: SigningKey,
    now: datetime,
) -> Page:
    """Let a program attest what it sends; it agrees to nothing and writes no entry.

    Raises:
        NotEntitledError: ``key`` is no administrator's, ``public`` is or was another's,
            or ``service`` is a person's address.
        LedgerUnavailableError: The repository cannot be written.
    """
    return enrol(book, service, name, public, SERVICE, key=key, now=now)
