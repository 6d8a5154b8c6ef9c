"""What all entries have in common, and the words that they are made of.

A signed entry is still a stranger's text: its names end in paths, tags and branches, so
each is of one narrow form, and an entry with another form is of no known kind.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Final

import msgspec

from governance.names import (
    ChangeId,
    Commit,
    Digest,
    Fingerprint,
    PersonId,
    Role,
    SubjectName,
)

_SLUG: Final = "[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?"

Ulid = Annotated[ChangeId, msgspec.Meta(pattern=r"\A[0-9A-HJKMNP-TV-Z]{26}\Z")]
Sha256 = Annotated[Digest, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
MaybeSha256 = Annotated[Digest, msgspec.Meta(pattern=r"\A(?:[0-9a-f]{64})?\Z")]
CommitName = Annotated[
    Commit, msgspec.Meta(pattern=r"\A[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
]
MaybeCommitName = Annotated[
    Commit, msgspec.Meta(pattern=r"\A(?:[0-9a-f]{40}(?:[0-9a-f]{24})?)?\Z")
]
KeyName = Annotated[Fingerprint, msgspec.Meta(pattern=r"\ASHA256:[A-Za-z0-9+/]{43}\Z")]
Person = Annotated[
    PersonId,
    msgspec.Meta(pattern=r"\A[a-z0-9._%+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+\Z"),
]
RoleName = Annotated[Role, msgspec.Meta(pattern=r"\A[a-z][a-z0-9_-]{0,63}\Z")]
Subject = Annotated[
    SubjectName,
    msgspec.Meta(pattern=rf"\A(?:(?:templates|journeys)/{_SLUG}|repository)\Z"),
]
# A terminal obeys control characters, and an override makes a line read backwards.
Line = Annotated[
    str,
    msgspec.Meta(pattern=r"\A[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]*\Z"),
]
Text = Annotated[
    str, msgspec.Meta(pattern=r"\A[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*\Z")
]
Position = Annotated[int, msgspec.Meta(ge=0)]
Number = Annotated[int, msgspec.Meta(ge=1)]  # the N of a released vN
Count = Annotated[int, msgspec.Meta(ge=0)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Word(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What entries are made of."""


class Entry(Word, frozen=True, kw_only=True):
    """What all entries say.

    Attributes:
        at: The signer's own clock. Shown, never trusted: order is the chain's.
        previous: The head of the chain before this entry, "" for the first; set on
            writing.
    """

    kind: ClassVar[str]

    at: Moment
    previous: MaybeSha256 = Digest("")

    @property
    def about(self) -> Mapping[str, Digest]:
        """What the entry speaks of, for readers that know only in-toto."""
        return {"ledger": self.previous} if self.previous else {}


class SubjectEntry(Word, frozen=True, kw_only=True):
    """One thing that a change alters, as its author compiled it.

    Attributes:
        name: ``templates/<id>`` or ``journeys/<id>``, with all their locales and
            channels, or ``repository`` for everything that is in no closure.
        classes: The policy's classes that it touches; their quorums add up.
        compiled: "" for what is not compiled (``repository``).
        version_before: The N of the version that it had, 0 for none.
    """

    name: Subject
    classes: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    closure: Sha256
    compiled: MaybeSha256
    version_before: Count


class ReleasedSubject(Word, frozen=True, kw_only=True):
    """One subject as a version is made of it."""

    name: Subject
    version: Number
    closure: Sha256
    compiled: MaybeSha256


Subjects = Annotated[tuple[SubjectEntry, ...], msgspec.Meta(min_length=1)]
Releases = Annotated[tuple[ReleasedSubject, ...], msgspec.Meta(min_length=1)]


def bytes_of(
    subjects: tuple[SubjectEntry, ...] | tuple[ReleasedSubject, ...],
) -> Mapping[str, Digest]:
    """Name the bytes of ``subjects``, as written and as compiled."""
    named: dict[str, Digest] = {}
    for subject in subjects:
        named[subject.name] = subject.closure
        if subject.compiled:
            named[f"{subject.name}#compiled"] = subject.compiled
    return named
