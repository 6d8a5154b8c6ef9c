"""Kinds of entry about changes: what is put up for review, and what is said of it."""

from collections.abc import Mapping

from governance.ledger.entry import (
    CommitName,
    Count,
    Entry,
    KeyName,
    Line,
    MaybeCommitName,
    Moment,
    Position,
    RoleName,
    Sha256,
    Subjects,
    Text,
    Ulid,
    Word,
    bytes_of,
)
from governance.names import Digest, Locale
from governance.trust.canonical import digest, spelled


class AboutChange(Entry, frozen=True, kw_only=True):
    """What entries about a change say."""

    change: Ulid


class AboutBytes(AboutChange, frozen=True, kw_only=True):
    """What entries about a change's bytes say."""

    subjects: Subjects
    base: MaybeCommitName

    @property
    def about(self) -> Mapping[str, Digest]:
        """The bytes, as written and as compiled."""
        return bytes_of(self.subjects)


class Words(Word, frozen=True, kw_only=True):
    """What a change says of itself; who approves it signs this too."""

    title: str
    reason: str

    @property
    def digest(self) -> Digest:
        """The SHA-256 of their one spelling."""
        return digest(spelled(self))


class Proposal(AboutBytes, frozen=True, kw_only=True):
    """What is put up for review.

    Attributes:
        title: In a line, for lists.
        reason: Why.
        base: The commit of ``main`` that it starts from, "" for an empty one.
        commit: The end of the branch ``cr/<change>``.
        authors: The keys that signed its commits, besides the entry's own signer.
        compiler: The program that made the compiled parts.
        checks: The digest of the record of its checks.
        errors: How many of their findings are errors.
    """

    title: Line
    reason: Text
    commit: CommitName
    compiler: Line
    checks: Sha256
    errors: Count
    authors: tuple[KeyName, ...] = ()

    @property
    def words(self) -> Digest:
        """The digest of title and reason, which an approval names."""
        return Words(title=self.title, reason=self.reason).digest


class Opening(Proposal, frozen=True, kw_only=True):
    """A change is put up for review, as its author compiled it."""

    kind = "opening/v1"


class Revision(Proposal, frozen=True, kw_only=True):
    """A change is put up again, with other bytes."""

    kind = "revision/v1"


class Approval(AboutBytes, frozen=True, kw_only=True):
    """One person's yes, in one role, to exactly these bytes.

    Attributes:
        meaning: What the signature means.
        policy: The digest of the policy in force.
        checks: The digest of the record of checks that was shown.
        words: The digest of the title and the reason that were shown.
        locales_seen: The languages that the person had before their eyes.
    """

    kind = "approval/v1"

    role: RoleName
    meaning: Text
    policy: Sha256
    checks: Sha256
    words: Sha256
    locales_seen: tuple[Locale, ...] = ()


class ApprovalWithdrawal(AboutChange, frozen=True, kw_only=True):
    """A person takes back what they signed for a change, in every role."""

    kind = "approval-withdrawal/v1"

    reason: Text


class Rejection(AboutChange, frozen=True, kw_only=True):
    """One person's no, in one role: nothing goes on before a revision."""

    kind = "rejection/v1"

    role: RoleName
    reason: Text


class ChangeWithdrawal(AboutChange, frozen=True, kw_only=True):
    """An author, or an administrator, gives a change up."""

    kind = "change-withdrawal/v1"

    reason: Text


class Comment(AboutChange, frozen=True, kw_only=True):
    """Something said about a change.

    Attributes:
        must_answer: Whether it asks for an answer.
        answers: The position of the comment that this one answers.
        place: Where: a path, with a line after a colon; "" for the whole.
    """

    kind = "comment/v1"

    text: Text
    must_answer: bool = False
    answers: Position | None = None
    place: Line = ""


class Waiver(AboutChange, frozen=True, kw_only=True):
    """A finding is let pass, by a reviewer, until a moment.

    Attributes:
        rule: The rule that found it.
        match: The digest of the text that it found.
    """

    kind = "waiver/v1"

    role: RoleName
    rule: Line
    match: Sha256
    reason: Text
    until: Moment
