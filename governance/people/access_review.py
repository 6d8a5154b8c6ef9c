"""The access review: who may do what, and since when, for those who must look at it."""

from dataclasses import dataclass

from governance.ledger.state import LedgerState
from governance.names import Fingerprint, PersonId, Role


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One person's or program's access.

    Attributes:
        key: The fingerprint of the key in use, None for somebody who cannot sign.
        words: The same in four words that can be spoken.
        key_since: The position of the entry that brought the key.
        old_keys: What they signed with before.
        last_position: Where they last approved or released something, None for never.
    """

    person: PersonId
    name: str
    roles: tuple[Role, ...]
    is_service: bool
    key: Fingerprint | None
    words: str
    key_since: int | None
    old_keys: tuple[Fingerprint, ...]
    last_position: int | None


def access_review(state: LedgerState) -> tuple[AccessRow, ...]:
    """List everyone who takes or took part, by address."""
    last = _last_positions(state)
    rows = []
    for person, member in sorted(state.members.items()):
        current = member.key.fingerprint if member.key else None
        rows.append(
            AccessRow(
                person=person,
                name=member.name,
                roles=tuple(sorted(member.roles)),
                is_service=member.is_service,
                key=current,
                words=member.key.words if member.key else "",
                key_since=state.keys[current].since if current else None,
                old_keys=tuple(
                    name
                    for name, held in state.keys.items()
                    if held.person == person and name != current
                ),
                last_position=last.get(person),
            )
        )
    return tuple(rows)


def _last_positions(state: LedgerState) -> dict[PersonId, int]:
    last: dict[PersonId, int] = {}
    signed = [
        *(
            (one.person, one.position)
            for change in state.changes.values()
            for one in change.approvals
        ),
        *(
            (one.person, one.position)
            for versions in state.versions.values()
            for one in versions
        ),
    ]
    for person, position in signed:
        last[person] = max(position, last.get(person, 0))
    return last
