"""Publishing: verify, plan, write, read back, compare, record."""

from collections.abc import Sequence
from dataclasses import dataclass

from governance.names import TemplateId
from governance.ports import Clock, Progress
from governance.texts import _
from sync.publishing.capabilities import Ability, Mode
from sync.publishing.plan import Deed, Step, plan
from sync.publishing.ports import Publications, RemoteTemplate, TemplateStore
from sync.publishing.publication import Piece, Publication, State, normalised, pieces
from sync.publishing.releases import VerifiedRelease, VerifiedReleases


@dataclass(frozen=True, slots=True)
class Publish:
    """Brings the release in force into the ATS; doing it again changes nothing."""

    releases: VerifiedReleases
    store: TemplateStore
    publications: Publications
    clock: Clock

    def __call__(
        self, template: TemplateId, progress: Progress
    ) -> tuple[Publication, ...]:
        """Publish ``template``, and return how each locale of it came out.

        Raises:
            NotVerifiedError: The service cannot prove the release; nothing is written.
            LedgerUnavailableError: The repository cannot be read.
            DirectoryUnavailableError: The ATS is away, busy, or answers something odd.
            RemoteChangedError: Somebody edits there at this moment.
            AtsRefusedError: The ATS does not take it.
            OperationCancelledError: The person stopped; the steps done stay done.
        """
        progress.step(_("Verifying the release"), done=0, total=3)
        release = self.releases.current(template)
        mode = self.store.capabilities.modes[0]
        progress.step(_("Reading what the ATS has"), done=1, total=3)
        wanted = pieces(release.subject, release.version, release.parts)
        steps = plan(wanted, self._remote(wanted), mode)
        done: list[Publication] = []
        for number, step in enumerate(steps):
            progress.step(
                _("Writing {key}").format(key=step.piece.key),
                done=2 + number,
                total=2 + len(steps),
            )
            publication = self._publication(release, step, mode, self._do(step))
            self.publications.record(publication)
            done.append(publication)
        return tuple(done)

    def look(self, template: TemplateId, progress: Progress) -> tuple[Publication, ...]:
        """Compare what the ATS has with the release in force; nothing is written there.

        Raises:
            NotVerifiedError: The service cannot prove the release.
            LedgerUnavailableError: The repository cannot be read.
            DirectoryUnavailableError: The ATS is away, busy, or answers something odd.
        """
        progress.step(_("Reading what the ATS has"), done=0, total=1)
        release = self.releases.current(template)
        mode = self.store.capabilities.modes[0]
        wanted = pieces(release.subject, release.version, release.parts)
        found = tuple(
            self._publication(release, step, mode, step.remote)
            for step in plan(wanted, self._remote(wanted), mode)
        )
        for publication in found:
            self.publications.record(publication)
        return found

    def _remote(self, wanted: Sequence[Piece]) -> dict[str, RemoteTemplate]:
        if not self.store.capabilities.has(Ability.TEMPLATES_READ):
            return {}
        keys = {piece.key for piece in wanted}
        return {
            remote.key: self.store.read(remote.id)
            for remote in self.store.templates()
            if remote.key in keys
        }

    def _do(self, step: Step) -> RemoteTemplate | None:
        """Do the step, and return what is there now, read anew."""
        piece, before = step.piece, step.remote
        if step.deed is Deed.CREATE:
            written = self.store.create(piece.key, piece.title, piece.parts)
        elif step.deed is Deed.UPDATE:
            assert before is not None, "only what is there is updated"
            written = self.store.update(
                before.id, piece.key, piece.title, piece.parts, seen=before.etag
            )
        else:
            return before
        return self.store.read(written.id)

    def _publication(
        self,
        release: VerifiedRelease,
        step: Step,
        mode: Mode,
        remote: RemoteTemplate | None,
    ) -> Publication:
        found = normalised(remote.parts) if remote and remote.parts is not None else ""
        return Publication(
            ats=self.store.name,
            key=step.piece.key,
            version=release.version,
            tag=release.tag,
            mode=mode,
            state=_state(step, found, mode),
            remote_id=remote.id if remote else "",
            sent=step.piece.digest,
            found=found,
            at=self.clock(),
        )


def _state(step: Step, found: str, mode: Mode) -> State:
    if mode is Mode.OWN_CHANNEL:
        return State.OURS
    if found == step.piece.digest:
        return State.LIVE
    if not found:
        return State.MISSING if mode is Mode.NATIVE else State.BY_HAND
    return State.DRIFTED
