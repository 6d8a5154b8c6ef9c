"""What a reviewer has to read: since the release, or since their own approval."""

from dataclasses import dataclass

from governance.changes.reading import Look, Reader
from governance.content.sources import Sources, changed
from governance.ledger.state import LedgerState
from governance.names import ChangeId, Commit, Digest, PersonId, SubjectName


@dataclass(frozen=True, slots=True)
class Delta:
    """Two states of the sources, and where they differ.

    Attributes:
        since: The commit that the person has read, "" for nothing at all.
        paths: The files that are new, gone or different.
        subjects: Those whose bytes are not the ones that the person approved.
    """

    since: Commit
    before: Sources
    after: Sources
    paths: tuple[str, ...]
    subjects: tuple[SubjectName, ...]


def delta(
    reader: Reader, state: LedgerState, name: ChangeId, person: PersonId
) -> Delta:
    """Say what ``person`` has not read yet of a change.

    Who approved an earlier state of it sees what came since; everybody else sees all
    that it alters.

    Raises:
        StaleChangeError: There is no such change.
        ExpectedError: As ``Reader.look``.
    """
    return delta_of(reader, reader.look_at(state, name), person)


def delta_of(reader: Reader, look: Look, person: PersonId) -> Delta:
    """Say what ``person`` has not read yet of what is looked at.

    Raises:
        LedgerUnavailableError: The repository cannot be read.
    """
    change, after = look.change, look.build.sources
    known: dict[SubjectName, Digest] = {}
    since, before = change.proposal.base, look.before
    for signed in change.approvals:
        if signed.person == person:
            known = {one.name: one.closure for one in signed.approval.subjects}
            earlier = [c for at, c in change.commits if at < signed.position]
            since = earlier[-1]
    if since != change.proposal.base:
        before = reader.sources(since)
    return Delta(
        since,
        before,
        after,
        changed(before, after),
        tuple(
            one.name
            for one in look.proposed.subjects
            if known.get(one.name) != one.closure
        ),
    )
