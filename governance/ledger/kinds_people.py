"""Kinds of entry about people, keys, the policy and the ledger itself."""

from collections.abc import Mapping

from governance.ledger.entry import (
    Entry,
    KeyName,
    Line,
    MaybeCommitName,
    Person,
    Position,
    RoleName,
    Sha256,
    Text,
)
from governance.ledger.policy import Policy
from governance.names import Commit, Digest
from governance.trust.canonical import digest


class AboutKey(Entry, frozen=True, kw_only=True):
    """What entries about a person's key say (a line as OpenSSH writes it)."""

    person: Person
    name: Line
    key: str

    @property
    def about(self) -> Mapping[str, Digest]:
        """The key."""
        return {"key": digest(self.key.encode())}


class Genesis(AboutKey, frozen=True, kw_only=True):
    """A workspace begins: its first person, who administers it, and its policy.

    Attributes:
        roles: What else the founder is for, besides administering.
        main: The commit of ``main`` that the workspace was made with, "" for none.
    """

    kind = "genesis/v1"

    workspace: Line
    policy: Policy
    roles: tuple[RoleName, ...] = ()
    main: MaybeCommitName = Commit("")


class Enrolment(AboutKey, frozen=True, kw_only=True):
    """A person takes part, with a key and in roles; replaces what held before.

    The role ``service`` is a program's, and stands alone.
    """

    kind = "enrolment/v1"

    roles: tuple[RoleName, ...]


class RoleGrant(Entry, frozen=True, kw_only=True):
    """A person gets a role."""

    kind = "role-grant/v1"

    person: Person
    role: RoleName
    reason: Text


class RoleRevocation(Entry, frozen=True, kw_only=True):
    """A person loses a role; what they signed in it before still counts."""

    kind = "role-revocation/v1"

    person: Person
    role: RoleName
    reason: Text


class KeyRevocation(Entry, frozen=True, kw_only=True):
    """A key opens nothing any more.

    Attributes:
        since: The position from which on the key was in other hands: what it signed
            there counts no longer. None: it was only put away.
    """

    kind = "key-revocation/v1"

    person: Person
    key: KeyName
    reason: Text
    since: Position | None = None


class PolicyChange(Entry, frozen=True, kw_only=True):
    """Another policy."""

    kind = "policy-change/v1"

    policy: Policy
    reason: Text

    @property
    def about(self) -> Mapping[str, Digest]:
        """The policy."""
        return {"policy": self.policy.digest}


class Second(Entry, frozen=True, kw_only=True):
    """A second administrator agrees with what waits for one: it takes effect.

    Attributes:
        entry: The position of the entry that waits.
        envelope: The digest of that entry as stored.
    """

    kind = "second/v1"

    entry: Position
    envelope: Sha256
    reason: Text

    @property
    def about(self) -> Mapping[str, Digest]:
        """The entry that waits."""
        return {"entry": self.envelope}


class Recover(Entry, frozen=True, kw_only=True):
    """An administrator says where a broken ledger was last good.

    It is read once two of them say the same; what stands between is without effect.

    Attributes:
        last_good: How many entries are good: the position of the fault.
        head: The head of the chain there.
    """

    kind = "recover/v1"

    last_good: Position
    head: Sha256
    reason: Text


class Anchor(Entry, frozen=True, kw_only=True):
    """A digest of the ledger was left with somebody outside.

    Attributes:
        digest: The head of the chain that was left there.
        where: With whom, and how to ask for it.
    """

    kind = "anchor/v1"

    digest: Sha256
    where: Text
