"""Founding a workspace: the first entry, on which all others hang."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from governance.ledger.book import Book, Page
from governance.ledger.kinds import Genesis
from governance.ledger.policy import Policy
from governance.names import Commit, PersonId, Role
from governance.trust.keys import SigningKey


@dataclass(frozen=True, slots=True)
class Founder:
    """Who begins a workspace and administers it.

    Attributes:
        name: As people read it.
        roles: What else they are for, besides administering.
    """

    person: PersonId
    name: str
    roles: Iterable[Role] = ()


def found(
    book: Book,
    workspace: str,
    policy: Policy,
    founder: Founder,
    *,
    key: SigningKey,
    now: datetime,
    main: Commit | None = None,
) -> Page:
    """Begin a ledger that ``founder`` administers with ``key``.

    ``main`` is the commit that the workspace was made with, where there is one.

    Raises:
        NotEntitledError: The workspace was founded before, or the policy is unusable.
        LedgerUnavailableError: The repository cannot be written.
    """
    genesis = Genesis(
        at=now,
        workspace=workspace,
        person=founder.person,
        name=founder.name,
        key=key.public.openssh,
        policy=policy,
        roles=tuple(founder.roles),
        main=main or Commit(""),
    )
    return book.write(lambda _state: genesis, key)
