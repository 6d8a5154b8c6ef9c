"""Rolling back: an earlier version comes back at once, under a new number.

History never moves back: ``main`` gets a new commit in which the subject's sources are
those of the earlier version, to the byte, and nothing else has another meaning than
before. Where a shared file stands in the way the rollback says so: then it takes a
change, which people read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from governance.approval.candidate import Candidate
from governance.approval.verdict import Code, require_verified
from governance.approval.verify import verify
from governance.changes.credentials import Credentials
from governance.changes.desk import Desk
from governance.changes.ports import Publication
from governance.changes.publishing import tag_of
from governance.changes.reading import Reading
from governance.changes.restore import restored
from governance.content.sources import changed
from governance.errors import NotVerifiedError
from governance.ledger.entry import ReleasedSubject
from governance.ledger.kinds import Rollback
from governance.ledger.state import LedgerState, Version
from governance.names import SubjectName, Tip
from governance.ports import Progress
from governance.texts import _
from governance.trust.canonical import canonical, digest
from governance.trust.keys import SigningKey
from governance.trust.signer import Signer


@dataclass(frozen=True, slots=True)
class RollBack:
    """Bring an earlier version back."""

    desk: Desk

    def __call__(
        self,
        subject: SubjectName,
        to: int,
        reason: str,
        who: Credentials,
        progress: Progress,
    ) -> Reading:
        """Let v``to`` of ``subject`` be what candidates get, under a new number.

        Raises:
            NotVerifiedError: That version was never released, was withdrawn, or does
                not verify under the policy in force; the code says which.
            ConflictError: A file that others share too stands in the way.
            NotEntitledError: The person may not roll back.
            WrongPassphraseError: The key cannot be unlocked.
            LedgerUnavailableError: The repository cannot be read or written.
            OperationCancelledError: The person stopped before signing.
        """
        progress.step(_("Unlocking your key"), done=0, total=3)
        key = self.desk.unlock(who)
        return _Return(self.desk, subject, to, reason, key, progress).write()


@dataclass(slots=True)
class _Return:
    """One version on its way back; it may be composed more than once."""

    desk: Desk
    subject: SubjectName
    to: int
    reason: str
    key: SigningKey
    progress: Progress
    publication: Publication | None = field(default=None, init=False)

    def write(self) -> Reading:
        return self.desk.write(self._compose, self.key, append=self._append)

    def _append(self, entry: bytes, *, after: Tip, sign: Signer) -> Tip:
        assert self.publication is not None, "an entry was composed"
        releases = self.desk.reader.releases
        return releases.publish(entry, self.publication, after=after, sign=sign)

    def _compose(self, state: LedgerState, now: datetime) -> Rollback:
        reader = self.desk.reader
        self.progress.step(_("Verifying that version"), done=1, total=3)
        refs = reader.require_unmoved(state)
        target = self._target(state, now)
        released = reader.sources(refs.main)
        then = reader.sources(target.main)
        sources, closure = restored(self.subject, then, released)
        if closure != target.closure:
            raise NotVerifiedError(
                _("The sources of that version are not those released."),
                code=Code.CLOSURE_CHANGED,
            )
        parts = self._parts(target)
        self.progress.step(_("Publishing"), done=2, total=3)
        number = len(state.versions[self.subject]) + 1
        version = ReleasedSubject(
            name=self.subject,
            version=number,
            closure=target.closure,
            compiled=target.compiled,
        )
        title = f"Roll {self.subject} back to v{self.to}"
        main = refs.main
        if changed(released, sources):
            main = reader.repository.keep(
                sources,
                parents=(refs.main,),
                message=f"{title}\n\n{self.reason}",
                sign=self.desk.signer(state, self.key, now),
            )
        self.publication = Publication(
            refs.main,
            main,
            {(self.subject, number): parts},
            (tag_of(version, title),),
        )
        return Rollback(
            at=now,
            subject=self.subject,
            version=number,
            to_version=self.to,
            closure=target.closure,
            compiled=target.compiled,
            main=main,
            reason=self.reason,
        )

    def _target(self, state: LedgerState, now: datetime) -> Version:
        """Return the version to come back, which must still hold; a hold may stay."""
        target = state.version(self.subject, self.to)
        if target is None:
            raise NotVerifiedError(
                _("{subject} has no v{number}.").format(
                    subject=self.subject, number=self.to
                ),
                code=Code.NOT_RELEASED,
            )
        candidate = Candidate(self.subject, target.closure, target.compiled, self.to)
        require_verified(verify(replace(state, holds={}), candidate, now=now))
        return target

    def _parts(self, target: Version) -> Mapping[str, str]:
        """Return the very parts that were released; nothing is compiled anew."""
        reader = self.desk.reader
        parts = reader.releases.compiled(reader.book.open().tip, self.subject, self.to)
        if digest(canonical(parts)) != target.compiled:
            raise NotVerifiedError(
                _("The compiled parts of that version are not those released."),
                code=Code.COMPILED_CHANGED,
            )
        return parts
