"""Prove: from a mail back to three signatures, and what a changed byte does."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from app.embedded import service_settings
from app.evidence import judged, read_evidence
from app.paths import Paths
from app.tour.cast import REVIEWERS
from app.tour.sending import Message
from app.tour.telling import Telling
from app.workspace import Workspace
from governance.texts import _
from sync.api.proofs import Proof, judge


@dataclass(frozen=True, slots=True)
class Proving:
    """The tenth step."""

    telling: Telling
    workspace: Workspace
    message: Message

    def prove(self) -> None:
        """Prove Maya's message, then change a byte in copies of everything."""
        telling, row = self.telling, self.message.row
        raw = self.message.eml.read_bytes()
        settings = service_settings(self.workspace.paths, "")
        evidence = read_evidence(settings, row.id)
        proof = judged(self.workspace, evidence, raw)
        assert proof.attestation is not None, "the service attested it"
        line = proof.attestation.template
        telling.prove(proof.reason, holds=proof.is_proven)
        telling.tell(_("closure  {digest}").format(digest=line.closure))
        telling.tell(
            _("compiled {digest}, v{number}").format(
                digest=line.compiled, number=line.version
            )
        )
        telling.tell(_("policy   {digest}").format(digest=line.policy))
        telling.prove(
            _("Signed by {people}; {count} gates let it pass.").format(
                people=", ".join(f"{one.person} ({one.role})" for one in proof.signers),
                count=len(proof.attestation.gates),
            ),
            holds={one.person for one in proof.signers}
            == {player.person for player, _role in REVIEWERS},
        )
        self._refuse(
            _("A byte of the captured mail is changed"),
            judged(self.workspace, evidence, _flipped(raw, len(raw) // 2)),
            "BYTES_DIFFER",
        )
        ledger = self.workspace.ledger
        entries = list(ledger.entries(ledger.tip()))
        middle = len(entries) // 2
        entries[middle] = _flipped(entries[middle], len(entries[middle]) // 2)
        self._refuse(
            _("A byte of the ledger is changed"),
            judge(
                evidence.attestation,
                evidence.chain,
                entries,
                message=raw,
                row=evidence.row,
            ),
            "LEDGER_BROKEN",
        )
        self._change_database(raw)

    def _change_database(self, raw: bytes) -> None:
        row, paths = self.message.row, self.workspace.paths
        settings = service_settings(paths, "")
        with TemporaryDirectory() as folder:
            copy = Paths(Path(folder))
            copy.service.mkdir(parents=True)
            other = copy.service / settings.name
            other.write_bytes(settings.read_bytes())
            _changed_copy(
                paths.service / _DATABASE, copy.service / _DATABASE, row.sha256
            )
            proof = judged(self.workspace, read_evidence(other, row.id), raw)
        self._refuse(_("A byte of the database is changed"), proof, "RECORD_DIFFERS")

    def _refuse(self, attempt: str, proof: Proof, code: str) -> None:
        self.telling.note_refusal(attempt, proof.code, proof.reason, code)


_DATABASE = "service.sqlite"


def _changed_copy(database: Path, copy: Path, digest: str) -> None:
    """Copy a database, and change one byte of it: where it keeps ``digest``."""
    with (
        closing(sqlite3.connect(database)) as here,
        closing(sqlite3.connect(copy)) as to,
    ):
        here.backup(to)
    data = copy.read_bytes()
    other = digest[:-1] + ("0" if digest[-1] != "0" else "1")
    copy.write_bytes(data.replace(digest.encode(), other.encode()))


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
