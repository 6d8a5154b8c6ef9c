"""Confirming what another administrator signed, which takes effect by it."""

from datetime import datetime

from governance.errors import NotEntitledError
from governance.ledger.book import Book, Page
from governance.ledger.kinds import Enrolment, RoleGrant, Second
from governance.ledger.state import LedgerState, Waiting
from governance.names import PersonId
from governance.texts import _
from governance.trust.keys import SigningKey


def confirm(
    book: Book, waiting: Waiting, reason: str, *, key: SigningKey, now: datetime
) -> Page:
    """Agree with ``waiting``, exactly as it was shown.

    Raises:
        NotEntitledError: ``key`` is no administrator's or the first one's, or it waits
            no longer: it was confirmed, or has become void.
        LedgerUnavailableError: The repository cannot be written.
    """

    def compose(state: LedgerState) -> Second:
        if state.waiting.get(waiting.position) != waiting:
            raise NotEntitledError(_("Nothing waits there for a second administrator."))
        return Second(
            at=now,
            entry=waiting.position,
            envelope=waiting.envelope,
            reason=reason,
        )

    return book.write(compose, key)


def just_signed(page: Page) -> Waiting | None:
    """Return the last entry of ``page`` if it waits; None if it is in force."""
    return page.state.waiting.get(page.state.length - 1)


def waiting_for(state: LedgerState, person: PersonId) -> tuple[Waiting, ...]:
    """Return what waits about ``person``, the oldest first."""
    return tuple(
        waiting
        for _position, waiting in sorted(state.waiting.items())
        if isinstance(waiting.entry, Enrolment | RoleGrant)
        and waiting.entry.person == person
    )
