"""What must be known of the ledger before an entry, to say whether it may stand."""

from collections.abc import Mapping
from typing import NoReturn, Protocol

from governance.errors import NotEntitledError
from governance.ledger.policy import Policy
from governance.ledger.state import (
    Change,
    HeldKey,
    Hold,
    IgnoredCode,
    Member,
    Version,
    Waiting,
)
from governance.names import ChangeId, Fingerprint, PersonId, Role, SubjectName
from governance.texts import _


class Sight(Protocol):
    """A state, or one that grows."""

    @property
    def length(self) -> int:
        """How many entries stand before."""

    @property
    def policy(self) -> Policy | None:
        """The policy in force."""

    @property
    def waiting(self) -> Mapping[int, Waiting]:
        """What waits for a second administrator."""

    @property
    def is_shared(self) -> bool:
        """Whether there were ever two administrators."""

    @property
    def members(self) -> Mapping[PersonId, Member]:
        """Who takes part."""

    @property
    def keys(self) -> Mapping[Fingerprint, HeldKey]:
        """Every key that ever was somebody's."""

    @property
    def changes(self) -> Mapping[ChangeId, Change]:
        """The changes."""

    @property
    def versions(self) -> Mapping[SubjectName, tuple[Version, ...]]:
        """The versions of each subject."""

    @property
    def holds(self) -> Mapping[SubjectName, tuple[Hold, ...]]:
        """What is held."""


def require_role(member: Member, role: Role) -> None:
    """Let a member pass who holds ``role``.

    Raises:
        NotEntitledError: They do not.
    """
    if role not in member.roles:
        refuse(
            _("{person} does not hold the role “{role}”.").format(
                person=member.person, role=role
            )
        )


def refuse(reason: str, code: IgnoredCode = IgnoredCode.NOT_ENTITLED) -> NoReturn:
    """Say why an entry may not stand.

    Raises:
        NotEntitledError: Always, with the code that replay names.
    """
    raise NotEntitledError(reason, code=code)
