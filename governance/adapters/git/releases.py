"""Releases: the ledger's entry, ``main``, the tags and the compiled parts, at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from governance.adapters.git.ledger import MOVES, NOWHERE, append_with
from governance.adapters.git.signed import message_of, signed_tag
from governance.adapters.git.store import LEDGER, MAIN, RELEASES, GitStore, Move
from governance.adapters.git.trouble import damaged
from governance.changes.ports import Publication, References
from governance.content.sources import decoded
from governance.errors import StaleTipError
from governance.names import Commit, SubjectName, Tip
from governance.texts import _
from governance.trust.signer import Signer

_FOLDER: Final = "compiled"
_LOOK_BACK: Final = 50  # entries; what was interrupted is nearly always the last


@dataclass(frozen=True, slots=True)
class GitReleases:
    """Keeps the promises of ``governance.changes.ports.Releases`` in git."""

    store: GitStore

    def publish(
        self, entry: bytes, publication: Publication, *, after: Tip, sign: Signer
    ) -> Tip:
        """Write all objects, then move all references in one transaction."""
        target = Tip(publication.main)
        tags = {
            f"refs/tags/{tag.name}": signed_tag(tag.name, target, tag.message, sign)
            for tag in publication.tags
        }
        self._require_new(frozenset(tags))
        self.store.keep(list(tags.values()))
        moves = [Move(ref, tag.oid, "") for ref, tag in tags.items()]
        if publication.before != publication.main:
            moves.insert(0, Move(MAIN, publication.main, publication.before))
        beside = {
            f"{_folder(subject, version)}/{name}": text.encode()
            for (subject, version), parts in publication.compiled.items()
            for name, text in parts.items()
        }
        return append_with(
            self.store, entry, after=after, sign=sign, beside=beside, moves=moves
        )

    def compiled(
        self, tip: Tip, subject: SubjectName, version: int
    ) -> Mapping[str, str]:
        """Return the parts that the release's own commit wrote."""
        folder = f"{_folder(subject, version)}/"
        files = self.store.read(tip, folder)
        if not files:
            raise damaged(folder)
        return {
            path.removeprefix(folder): decoded(path, content)
            for path, content in files.items()
        }

    def seen(self) -> References:
        """Return where ``main`` and the tags stand."""
        form = "--format=%(objectname) %(*objectname) %(refname)"
        lines = self.store.git.run("for-each-ref", form, MAIN, RELEASES)
        found = [line.split(" ", 2) for line in lines.decode().splitlines()]
        mains = [oid for oid, _leads, ref in found if ref == MAIN]
        return References(
            Commit(mains[0] if mains else ""),
            {
                ref.removeprefix("refs/tags/"): Commit(leads)  # "": signed by nobody
                for _oid, leads, ref in found
                if ref.startswith(RELEASES)
            },
        )

    def settle(self) -> None:
        """Move what the last release's commit says, if it still stands where it was."""
        refs = self.store.refs(LEDGER, MAIN, RELEASES)
        if LEDGER not in refs:
            return
        commits = self.store.commits(refs[LEDGER])[:_LOOK_BACK]
        for content in self.store.blobs(commits):
            lines = message_of(content).splitlines()
            if told := [line.split(" ") for line in lines if line.startswith(MOVES)]:
                moves = [
                    Move(ref, new, "" if old == NOWHERE else old)
                    for _moves, ref, new, old in told
                ]
                self.store.settle(
                    [move for move in moves if refs.get(move.ref, "") == move.old]
                )
                return

    def _require_new(self, tags: frozenset[str]) -> None:
        if taken := tags & self.store.refs(*tags).keys():
            raise StaleTipError(
                _("The version {tag} is there already.").format(
                    tag=", ".join(sorted(taken))
                )
            )


def _folder(subject: SubjectName, version: int) -> str:
    return f"{_FOLDER}/{subject}/v{version}"
