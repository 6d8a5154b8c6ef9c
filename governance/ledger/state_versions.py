"""What the ledger says of what candidates get: versions, and what stops them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from governance.names import (
    ChangeId,
    Commit,
    Digest,
    Fingerprint,
    PersonId,
    Role,
    SubjectName,
)

_NONE: Final = Digest("")
_NOWHERE: Final = Commit("")


class Means(StrEnum):
    """How a version came to be."""

    RELEASE = "release"
    ROLLBACK = "rollback"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Recalled:
    """A version was withdrawn for cause."""

    person: PersonId
    reason: str
    at: datetime
    position: int


@dataclass(frozen=True, slots=True)
class Version:
    """What candidates got, or get.

    Attributes:
        number: The N of vN.
        main: The commit of ``main`` with its sources.
        change: Whose bytes they are; for a rollback that of the version that came back.
        policy: The digest of the policy that was in force.
        of: The number of the version that a rollback brought back.
        key: The fingerprint of the key that signed it.
    """

    subject: SubjectName
    number: int
    closure: Digest
    compiled: Digest
    main: Commit
    change: ChangeId
    means: Means
    person: PersonId
    key: Fingerprint
    reason: str
    at: datetime
    position: int
    policy: Digest
    of: int | None = None
    recalled: Recalled | None = None

    @property
    def tag(self) -> str:
        """The git tag that it bears."""
        return version_tag(self.subject, self.number)


@dataclass(frozen=True, slots=True)
class Hold:
    """Nothing of a subject goes out."""

    person: PersonId
    role: Role
    reason: str
    at: datetime
    position: int


def version_tag(subject: SubjectName, number: int) -> str:
    """Name the git tag of a version.

    Names of templates have no underscore, so nothing else can be taken for one.
    """
    name = subject.removeprefix("templates/")
    name = name if name != subject else f"_{subject}"
    return f"release/{name}/v{number}"
