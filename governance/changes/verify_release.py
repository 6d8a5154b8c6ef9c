"""Verifying what was released: from a clone alone, to the byte."""

from dataclasses import dataclass
from datetime import datetime

from governance.approval.candidate import Candidate
from governance.approval.tally import known_to_write
from governance.approval.verdict import Code, Verdict
from governance.approval.verify import verify
from governance.changes.authors import writers_of
from governance.changes.reading import Reader
from governance.changes.recomputed import recomputed_closure
from governance.errors import BadSignatureError, ExpectedError, NotEntitledError
from governance.journeys.compiled import JOURNEY_PART
from governance.ledger.state import LedgerState, Version
from governance.names import Digest, SubjectName
from governance.trust.canonical import canonical, digest


@dataclass(frozen=True, slots=True)
class Verified:
    """What verification says of one subject.

    Attributes:
        version: The one judged, None where there is none.
    """

    subject: SubjectName
    version: Version | None
    verdict: Verdict


def verify_release(
    reader: Reader, subject: SubjectName, *, now: datetime, number: int | None = None
) -> Verified:
    """Judge a version of ``subject``, without ``number`` the one that candidates get.

    Sources and compiled parts are read from the repository and their digests computed
    anew; nothing that is only said of them counts. Nor do entries alone say who wrote
    it: who signed a commit of its branch is an author, named or not.

    Raises:
        LedgerUnavailableError: The repository cannot be read.
    """
    page = reader.book.open()
    state = page.state
    version = state.version(subject, number) if number else state.current(subject)
    refs, seen = reader.releases.seen(), reader.last_seen.last()
    if version is None:
        nothing = Candidate(subject, Digest(""), Digest(""), number)
        verdict = verify(state, nothing, now=now, seen=seen, refs=refs)
        return Verified(subject, None, verdict)
    parts = (
        reader.releases.compiled(page.tip, subject, version.number)
        if version.compiled
        else {}
    )
    try:
        journey = parts.get(JOURNEY_PART, "")
        closure = recomputed_closure(version, journey, reader.sources)
    except ExpectedError as error:  # the sources cannot even be read
        return Verified(subject, version, Verdict(Code.CLOSURE_CHANGED, str(error)))
    try:
        state = _with_writers(reader, state, version)
    except BadSignatureError as error:
        return Verified(subject, version, Verdict(Code.BAD_SIGNATURE, str(error)))
    except NotEntitledError as error:
        return Verified(subject, version, Verdict(Code.NOT_ENTITLED, str(error)))
    compiled = digest(canonical(parts)) if version.compiled else Digest("")
    candidate = Candidate(subject, closure, compiled, version.number)
    verdict = verify(state, candidate, now=now, seen=seen, refs=refs)
    return Verified(subject, version, verdict)


def released(state: LedgerState) -> tuple[SubjectName, ...]:
    """Return every subject that has a version, in alphabetical order."""
    return tuple(sorted(state.versions))


def _with_writers(reader: Reader, state: LedgerState, version: Version) -> LedgerState:
    people = writers_of(state, reader.repository, version)
    return known_to_write(state, version.change, people)
