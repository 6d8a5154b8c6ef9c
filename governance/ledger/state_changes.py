"""What the ledger says of a change: what was proposed, and what people said to it."""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Final

from governance.ledger.entry import SubjectEntry
from governance.ledger.kinds import (
    Approval,
    Comment,
    Proposal,
    Rejection,
    Waiver,
)
from governance.names import (
    ChangeId,
    Commit,
    Digest,
    Fingerprint,
    PersonId,
)

_NONE: Final = Digest("")
_NOWHERE: Final = Commit("")


@dataclass(frozen=True, slots=True)
class Signed:
    """An approval with its signer, who held the role where the entry stands.

    Later grants and revocations change nothing about it.

    Attributes:
        envelope: The SHA-256 of the entry as stored; attestations name it.
    """

    person: PersonId
    approval: Approval
    position: int
    key: Fingerprint
    envelope: Digest


@dataclass(frozen=True, slots=True)
class Refused:
    """A rejection with its signer."""

    person: PersonId
    rejection: Rejection
    position: int


@dataclass(frozen=True, slots=True)
class Said:
    """A comment with its author."""

    person: PersonId
    comment: Comment
    position: int


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver with its signer."""

    person: PersonId
    waiver: Waiver
    position: int


@dataclass(frozen=True, slots=True)
class Urgent:
    """An emergency that somebody asked for, with the key that signed it."""

    person: PersonId
    key: Fingerprint
    reason: str
    incident: str
    at: datetime
    position: int


class Stage(StrEnum):
    """How far a change is."""

    OPEN = "open"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EMERGENCY = "emergency"  # released by two people, to be reviewed in full
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Change:
    """A change as the ledger knows it.

    Attributes:
        author: Who opened it.
        authors: Everyone who wrote any of it; none of them can approve it.
        position: Where it was opened.
        proposal: The bytes under review now.
        approvals: Those that still stand: neither taken back nor ended by a no.
        rejection: The no that waits for a revision.
        urgent: The emergency that was asked for.
        commits: The position of each proposal, and the end of its branch.
    """

    id: ChangeId
    author: PersonId
    authors: frozenset[PersonId]
    opened_at: datetime
    position: int
    proposal: Proposal
    revisions: int = 0
    stage: Stage = Stage.OPEN
    approvals: tuple[Signed, ...] = ()
    rejection: Refused | None = None
    comments: tuple[Said, ...] = ()
    waivers: tuple[Waived, ...] = ()
    urgent: Urgent | None = None
    commits: tuple[tuple[int, Commit], ...] = ()

    def but(
        self,
        *,
        stage: Stage | None = None,
        approvals: tuple[Signed, ...] | None = None,
        comments: tuple[Said, ...] | None = None,
    ) -> "Change":
        """Return it with another of these; ``replace`` takes twice as long."""
        values = dict(zip(_FIELDS, _VALUES(self), strict=True))
        if stage is not None:
            values["stage"] = stage
        if approvals is not None:
            values["approvals"] = approvals
        if comments is not None:
            values["comments"] = comments
        return Change(**values)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.proposal.title

    @property
    def subjects(self) -> tuple[SubjectEntry, ...]:
        """What it alters."""
        return self.proposal.subjects

    @property
    def unanswered(self) -> tuple[Said, ...]:
        """The comments that still ask for an answer."""
        return self.open_questions()

    def open_questions(
        self, *, asked_before: int | None = None, answered_before: int | None = None
    ) -> tuple[Said, ...]:
        """Return the comments that asked for an answer and had none at a position."""
        asked = [
            said
            for said in self.comments
            if said.comment.must_answer
            and (asked_before is None or said.position < asked_before)
        ]
        if not asked:
            return ()
        answered = {
            said.comment.answers
            for said in self.comments
            if answered_before is None or said.position < answered_before
        }
        return tuple(said for said in asked if said.position not in answered)


_FIELDS: Final = tuple(one.name for one in fields(Change))
_VALUES: Final = attrgetter(*_FIELDS)
