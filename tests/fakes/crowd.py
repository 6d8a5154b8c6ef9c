"""A long ledger, made quickly: changes opened, discussed, approved and released."""

from collections.abc import Iterator
from itertools import count

from msgspec.structs import replace

from governance.approval.candidate import Proposed
from governance.ledger.chain import follow, head_of
from governance.ledger.entry import Entry
from governance.ledger.kinds import Comment
from governance.names import ChangeId, PersonId, SubjectName
from governance.trust.canonical import digest
from tests.fakes.make import (
    ANA,
    BASE,
    BEN,
    CARA,
    COMMS,
    DAN,
    EVE,
    HR,
    LEGAL,
    MANAGER,
    NOON,
    Chain,
    a_policy,
    a_release,
    a_subject,
    an_approval,
    an_opening,
    key_of,
    sealed,
)

TEMPLATES = 200
POLICY = a_policy({LEGAL: 1, HR: 1, COMMS: 1})


def crowd(length: int) -> list[bytes]:
    """Return a ledger of ``length`` entries, six to a change, over 200 templates."""
    chain = Chain.founded(
        policy=POLICY, ben=[LEGAL], cara=[HR], eve=[COMMS], dan=[MANAGER]
    )
    entries, head = chain.entries, head_of(chain.entries)
    for person, entry in _said():
        if len(entries) >= length:
            break
        stored = sealed(replace(entry, previous=head), key_of(person))
        entries.append(stored)
        head = follow(head, stored)
    return entries[:length]


def _said() -> Iterator[tuple[PersonId, Entry]]:
    for number in count():
        subject = a_subject(
            SubjectName(f"templates/template-{number % TEMPLATES}"),
            closure=digest(f"closure {number}".encode()),
            compiled=digest(f"compiled {number}".encode()),
            version_before=number // TEMPLATES,
        )
        change = Proposed(ChangeId(f"{number:026}"), BASE, (subject,))
        yield ANA, an_opening(change)
        yield BEN, Comment(at=NOON, change=change.change, text="Could it be warmer?")
        for person, role in ((BEN, LEGAL), (CARA, HR), (EVE, COMMS)):
            yield person, an_approval(role, of=change, policy=POLICY)
        yield DAN, a_release(change, version=number // TEMPLATES + 1)
