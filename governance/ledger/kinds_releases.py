"""Kinds of entry about what candidates get: releases, going back, stopping."""

from collections.abc import Mapping

from governance.ledger.entry import (
    CommitName,
    Entry,
    Line,
    Number,
    Position,
    Releases,
    RoleName,
    Sha256,
    Subject,
    Text,
    bytes_of,
)
from governance.ledger.kinds_changes import AboutChange
from governance.names import Digest


class Release(AboutChange, frozen=True, kw_only=True):
    """What was agreed to becomes the version that candidates get.

    Attributes:
        main: The commit that ``main`` ends at with it.
    """

    kind = "release/v1"

    main: CommitName
    releases: Releases

    @property
    def about(self) -> Mapping[str, Digest]:
        """The bytes, as written and as compiled."""
        return bytes_of(self.releases)


class Rollback(Entry, frozen=True, kw_only=True):
    """An earlier version comes back at once, under a new number."""

    kind = "rollback/v1"

    subject: Subject
    version: Number
    to_version: Number
    closure: Sha256
    compiled: Digest
    main: CommitName
    reason: Text

    @property
    def about(self) -> Mapping[str, Digest]:
        """The bytes, as written and as compiled."""
        named = {str(self.subject): self.closure}
        return named | (
            {f"{self.subject}#compiled": self.compiled} if self.compiled else {}
        )


class Emergency(AboutChange, frozen=True, kw_only=True):
    """A change of one subject is asked to be published without its full quorum.

    Attributes:
        incident: The name of what happened, where such names are kept.
    """

    kind = "emergency/v1"

    reason: Text
    incident: Line = ""


class EmergencySecond(Release, frozen=True, kw_only=True):
    """A second person joins an emergency: it becomes the version that candidates get.

    The full review is the usual one: approvals of the same change.

    Attributes:
        request: The position of the ``Emergency``.
    """

    kind = "emergency-second/v1"

    request: Position
    role: RoleName


class Recall(Entry, frozen=True, kw_only=True):
    """A version is withdrawn for cause, and comes back never."""

    kind = "recall/v1"

    subject: Subject
    version: Number
    reason: Text


class HoldSet(Entry, frozen=True, kw_only=True):
    """Nothing of a subject goes out until those who hold the role say so."""

    kind = "hold-set/v1"

    subject: Subject
    role: RoleName
    reason: Text


class HoldRelease(Entry, frozen=True, kw_only=True):
    """A hold ends.

    Attributes:
        hold: The position of the ``HoldSet``.
    """

    kind = "hold-release/v1"

    subject: Subject
    hold: Position
    reason: Text
