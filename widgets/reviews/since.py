"""What a person saw of a change, and whether it is another one now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from governance.ledger.state import Change
from governance.names import ChangeId, Commit, PersonId


@dataclass(frozen=True, slots=True)
class Since:
    """The text of a change that somebody saw before.

    Attributes:
        signed_at: When they signed it; None where they only read it.
    """

    commit: Commit
    signed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Snooze:
    """A change that is to come back later.

    Attributes:
        latest: How far it was; it comes back at once when it goes on.
    """

    until: datetime
    latest: int


@dataclass(frozen=True, slots=True)
class Notes:
    """What one person noted for themselves, on this computer.

    Attributes:
        read: How far each change was when it was read.
    """

    read: Mapping[ChangeId, int] = field(default_factory=dict)
    snoozed: Mapping[ChangeId, Snooze] = field(default_factory=dict)

    def is_unread(self, change: Change, me: PersonId | None) -> bool:
        """Whether something was proposed or said since it was read."""
        return latest_of(change, me) > self.read.get(change.id, -1)

    def snooze_of(
        self, change: Change, me: PersonId | None, now: datetime
    ) -> Snooze | None:
        """Return the snooze that still holds, None for none."""
        snooze = self.snoozed.get(change.id)
        if snooze is None or snooze.until <= now:
            return None
        return snooze if latest_of(change, me) <= snooze.latest else None


def latest_of(change: Change, me: PersonId | None) -> int:
    """Return where others last proposed or said something."""
    said = (one.position for one in change.comments if one.person != me)
    proposed = (position for position, _commit in change.commits)
    return max((change.position, *proposed, *said))


def since_of(change: Change, me: PersonId | None, notes: Notes) -> Since | None:
    """Return what ``me`` saw of ``change`` before, None where all or nothing is new."""
    mine = [one for one in change.approvals if one.person == me]
    at = mine[-1].position if mine else notes.read.get(change.id, -1)
    seen = [commit for position, commit in change.commits if position <= at]
    if not seen or seen[-1] == change.proposal.commit:
        return None
    return Since(seen[-1], mine[-1].approval.at if mine else None)


def is_named(change: Change, name: str, me: PersonId | None) -> bool:
    """Whether somebody else mentions the person called ``name`` in a comment."""
    said = [one.comment.text.casefold() for one in change.comments if one.person != me]
    first = name.partition(" ")[0]
    calls = {f"@{one}".casefold() for one in (name, first, str(me or "")) if one}
    return any(_calls(text, call) for text in said for call in calls)


def _calls(text: str, call: str) -> bool:
    at = text.find(call)
    while at >= 0:
        after = text[at + len(call) : at + len(call) + 1]
        if not after.isalnum():
            return True
        at = text.find(call, at + 1)
    return False
