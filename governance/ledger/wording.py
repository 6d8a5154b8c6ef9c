"""Entries in plain words: what somebody did, to what, and why.

One case a kind; a test writes one of each and finds that none is without words.
"""

from governance.ledger.entry import Entry
from governance.ledger.kinds import AboutChange, HoldRelease, HoldSet, Recall, Rollback
from governance.ledger.told import Family, Known, Wording
from governance.ledger.told_changes import of_change
from governance.ledger.told_people import of_people
from governance.names import Role
from governance.texts import _


def wording(entry: Entry, known: Known) -> Wording:
    """Say ``entry`` in words."""
    match entry:
        case AboutChange():
            return of_change(entry, known)
        case Rollback() | Recall() | HoldSet() | HoldRelease():
            return _of_subject(entry, known)
        case _:
            return of_people(entry, known)


def _of_subject(
    entry: Rollback | Recall | HoldSet | HoldRelease, known: Known
) -> Wording:
    title, subjects = known.title(entry.subject), (entry.subject,)
    match entry:
        case Rollback():
            role = known.state.policy.rollback.role if known.state.policy else Role("")
            return Wording(
                Family.ROLLBACKS,
                "clock-counter-clockwise",
                _("Rolled {title} back to version {number}").format(
                    title=title, number=entry.to_version
                ),
                entry.reason,
                role=known.role(role),
                subjects=subjects,
                facts=(
                    (
                        _("Now live as"),
                        _("version {number}").format(number=entry.version),
                    ),
                ),
            )
        case Recall():
            return Wording(
                Family.ROLLBACKS,
                "prohibit",
                _("Withdrew version {number} of {title} for good").format(
                    number=entry.version, title=title
                ),
                entry.reason,
                subjects=subjects,
            )
        case HoldSet():
            return Wording(
                Family.HOLDS,
                "pause-circle",
                _("Held {title} back").format(title=title),
                entry.reason,
                role=known.role(entry.role),
                subjects=subjects,
            )
        case HoldRelease():
            first = known.earlier.get(entry.hold)
            acted = known.role(first.role) if isinstance(first, HoldSet) else ""
            return Wording(
                Family.HOLDS,
                "play-circle",
                _("Ended the hold on {title}").format(title=title),
                entry.reason,
                role=acted,
                subjects=subjects,
            )
