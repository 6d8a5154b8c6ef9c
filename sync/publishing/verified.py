"""The service's own verification: fetch, replay, verify. No desktop is asked.

What a tip names never changes, so a ledger is replayed once for each tip, and a release
is verified once for each tip and for as long as its verdict holds. Journeys are few and
read whole.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from time import monotonic, sleep
from typing import Final

from governance.approval.alarms import alarm
from governance.approval.candidate import Candidate
from governance.approval.tally import known_to_write
from governance.approval.verdict import Code, Verdict, require_verified
from governance.approval.verify import approvals_of, verify
from governance.errors import (
    BadSignatureError,
    ExpectedError,
    LedgerBrokenError,
    LedgerUnavailableError,
    NotEntitledError,
)
from governance.journeys.compiled import JOURNEY_PART, journey_from
from governance.ledger.ports import LastSeen
from governance.ledger.replay import replay
from governance.ledger.seen import Seen
from governance.ledger.state import EMPTY, LedgerState, Version
from governance.names import (
    NOTHING_YET,
    ChangeId,
    Commit,
    Digest,
    PersonId,
    SubjectName,
    TemplateId,
    Tip,
)
from governance.ports import Clock
from governance.trust.canonical import canonical, digest
from governance.trust.ports import Helper
from sync.publishing.ports import ReleaseSource
from sync.publishing.releases import Freshness, VerifiedJourney, VerifiedRelease

_log = logging.getLogger(__name__)
_TRIES: Final = 5
# What looks so while somebody writes: git moves references one after the other, and
# another thread may have remembered a ledger that is longer than the one read here.
_PASSING: Final = frozenset({Code.REF_MOVED, Code.LEDGER_REWOUND})
_MOMENT: Final = 0.05  # seconds; git moves references one after the other


@dataclass(frozen=True, slots=True)
class Reading:
    """The ledger as the service read it."""

    tip: Tip
    entries: Sequence[bytes] = field(repr=False)
    state: LedgerState = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Known:
    release: VerifiedRelease
    until: datetime | None

    def holds(self, tip: Tip, now: datetime) -> bool:
        is_young = self.until is None or now < self.until
        return is_young and self.release.tip == tip


class LedgerReleases:
    """Keeps the promises of ``VerifiedReleases`` over a repository; any thread may ask.

    Args:
        source: The repository.
        last: Where the longest ledger that was seen is remembered.
        clock: A yes may become too old; that is judged by it.
        pause: Waits, in seconds; a test need not.
        blink: Seconds for which a tip that was read is not asked for again.
        helper: Checks signatures of a long ledger beside us.
    """

    def __init__(
        self,
        source: ReleaseSource,
        last: LastSeen,
        clock: Clock,
        pause: Callable[[float], None] = sleep,
        *,
        blink: float = 0.0,
        helper: Helper | None = None,
    ) -> None:
        self._source, self._last = source, last
        self._clock, self._pause, self._helper = clock, pause, helper
        self._blink, self._looked_at = blink, 0.0
        self._lock, self._noting = Lock(), Lock()
        self._reading = Reading(NOTHING_YET, (), EMPTY)
        self._known: dict[SubjectName, _Known] = {}
        self._writing: dict[tuple[ChangeId, Commit], Sequence[PersonId]] = {}
        self._closures: dict[tuple[SubjectName, Commit], Digest] = {}
        self._fresh = Freshness(has_remote=source.has_remote)

    def fetch(self) -> None:
        """Get what is new from the shared repository.

        Raises:
            LedgerUnavailableError: It does not answer.
            LedgerBrokenError: It went back, or another way; nothing was taken from it.
        """
        self._source.fetch()
        self._fresh = Freshness(self._source.has_remote, self._clock())

    def freshness(self) -> Freshness:
        """Say when the shared repository was last heard from."""
        return self._fresh

    def reading(self) -> Reading:
        """Return the ledger as it is now.

        Raises:
            LedgerUnavailableError: The repository cannot be read.
        """
        if self._looked_at and monotonic() - self._looked_at < self._blink:
            return self._reading
        tip = self._source.tip()
        with self._lock:
            before = self._reading
            if tip == before.tip:
                self._looked_at = monotonic()
                return before
            entries = self._source.entries(tip) if tip else ()
            known = len(before.entries)
            is_longer = tuple(entries[:known]) == tuple(before.entries)
            is_known = is_longer and not before.state.fault
            state = (
                replay(entries[known:], before.state, helper=self._helper)
                if is_known
                else replay(entries, helper=self._helper)
            )
            self._known = {}
            self._reading = Reading(tip, tuple(entries), state)
            self._looked_at = monotonic()
            return self._reading

    def state(self) -> LedgerState:
        """Return what the ledger says.

        Raises:
            LedgerUnavailableError: The repository cannot be read.
        """
        return self.reading().state

    def believed(self) -> LedgerState:
        """Return the ledger as one that roles may be read from.

        Where the references stand is not looked at: a release moves them one by one,
        and nobody gains or loses a role by them.

        Raises:
            LedgerBrokenError: It went back, another way, or cannot be believed.
            LedgerUnavailableError: The repository cannot be read.
        """
        state = self.state()
        trouble = alarm(state, seen=self._last.last())
        for _attempt in range(_TRIES):
            if trouble is None or trouble.code is not Code.LEDGER_REWOUND:
                break
            # Another thread may have read, and remembered, more than this one.
            self._looked_at = 0.0
            state = self.state()
            trouble = alarm(state, seen=self._last.last())
        if trouble:
            raise LedgerBrokenError(trouble.reason, code=trouble.code)
        self._remember(state)
        return state

    def current(self, template: TemplateId) -> VerifiedRelease:
        """Return the release of ``template`` that is in force.

        Raises:
            NotVerifiedError: The ledger does not prove one; its ``code`` says why.
            LedgerUnavailableError: The repository cannot be read.
        """
        return self._current(SubjectName(f"templates/{template}"))

    def journeys(self) -> Sequence[VerifiedJourney]:
        """Return all journeys in force that verify.

        Raises:
            LedgerUnavailableError: The repository cannot be read.
        """
        found: list[VerifiedJourney] = []
        for subject in sorted(self.state().versions):
            if not subject.startswith("journeys/"):
                continue
            try:
                release = self._current(subject)
                journey = journey_from(release.parts[JOURNEY_PART])
            except LedgerUnavailableError:
                raise
            except (ExpectedError, KeyError) as error:
                code = error.code if isinstance(error, ExpectedError) else "NO_JOURNEY"
                _log.warning("%s does not run: %s", subject, code)
                continue
            found.append(VerifiedJourney(journey, release))
        return tuple(found)

    def _current(self, subject: SubjectName) -> VerifiedRelease:
        now = self._clock()
        reading = self.reading()
        known = self._known.get(subject)
        if known and known.holds(reading.tip, now):
            return known.release
        release, verdict = self._judge(reading, subject, now)
        for _attempt in range(_TRIES):
            if verdict.code not in _PASSING:
                break
            self._pause(_MOMENT)  # somebody may be writing at this moment
            self._looked_at = 0.0
            reading = self.reading()
            release, verdict = self._judge(reading, subject, now)
        require_verified(verdict)
        assert release is not None, "what is verified is there"
        self._remember(reading.state)
        self._known = {**self._known, subject: _Known(release, verdict.until)}
        return release

    def _remember(self, state: LedgerState) -> None:
        with self._noting:  # two threads never put a shorter one last
            self._last.remember(Seen.of(state))

    def _judge(
        self, reading: Reading, subject: SubjectName, now: datetime
    ) -> tuple[VerifiedRelease | None, Verdict]:
        state, version = reading.state, reading.state.current(subject)
        if version is None:
            candidate = Candidate(subject, Digest(""), Digest(""))
            return None, self._verdict(state, candidate, now)
        parts = self._source.compiled(reading.tip, subject, version.number)
        # The digest of what was read, not the one that the ledger names.
        compiled = digest(canonical(dict(parts))) if parts else Digest("")
        try:
            closure = self._closure(version, parts.get(JOURNEY_PART, ""))
        except LedgerUnavailableError:
            raise
        except ExpectedError as error:  # the sources cannot even be read
            return None, Verdict(Code.CLOSURE_CHANGED, str(error))
        try:
            people = self._writers(state, version)
        except BadSignatureError as error:
            return None, Verdict(Code.BAD_SIGNATURE, str(error))
        except NotEntitledError as error:
            return None, Verdict(Code.NOT_ENTITLED, str(error))
        state = known_to_write(state, version.change, people)
        candidate = Candidate(subject, closure, compiled)
        release = _release(reading, version, parts, compiled)
        return release, self._verdict(state, candidate, now)

    def _closure(self, version: Version, journey: str) -> Digest:
        """Compute what the sources come to: once for a commit, which never changes."""
        name = (version.subject, version.main)
        if journey or name not in self._closures:
            self._closures[name] = self._source.closure(version, journey)
        return self._closures[name]

    def _writers(self, state: LedgerState, version: Version) -> Sequence[PersonId]:
        """Ask git who wrote it: once for a commit; entries may leave somebody out."""
        proposal = state.changes[version.change].proposal
        name = (version.change, proposal.commit)
        if name not in self._writing:
            self._writing[name] = self._source.writers(state, version)
        return self._writing[name]

    def _verdict(
        self, state: LedgerState, candidate: Candidate, now: datetime
    ) -> Verdict:
        return verify(
            state, candidate, now=now, seen=self._last.last(), refs=self._source.refs()
        )


def _release(
    reading: Reading, version: Version, parts: Mapping[str, str], compiled: Digest
) -> VerifiedRelease:
    return VerifiedRelease(
        subject=version.subject,
        version=version.number,
        closure=version.closure,
        compiled=compiled,
        parts=parts,
        policy=version.policy,
        approvals=approvals_of(reading.state, version),
        tag=version.tag,
        tip=reading.tip,
        length=reading.state.length,
    )
