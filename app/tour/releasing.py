"""Approve, release, roll back: three keys, one transaction, and stock tools."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from app.tour.authoring import SILENT
from app.tour.cast import INVITATION, REVIEWERS, RUTH
from app.tour.telling import Telling
from app.workspace import Workspace
from governance.changes.library import subject_of
from governance.changes.verify_release import verify_release
from governance.ledger.state import Version
from governance.names import ChangeId
from governance.people.allowed_signers import allowed_signers
from governance.texts import _
from governance.trust import sshsig
from governance.trust.dsse import NAMESPACE, Envelope, pae


@dataclass(frozen=True, slots=True)
class Releasing:
    """What people decide."""

    telling: Telling
    workspace: Workspace

    def approve(self, change: ChangeId) -> None:
        """Let three people sign, each with their own key."""
        for player, role in REVIEWERS:
            seen = self.workspace.reader.look(change)
            reading = self.workspace.approve_change(
                seen.proposed, player.consent(role), SILENT
            )
            self.telling.tell(
                _("{name} signs for {role}: “{meaning}”").format(
                    name=player.name,
                    role=role,
                    meaning=reading.changes[change]
                    .change.approvals[-1]
                    .approval.meaning,
                )
            )
        row = self.workspace.reader.read().changes[change]
        keys = {signed.key for signed in row.change.approvals}
        self.telling.prove(
            _("Three people, three Ed25519 keys, and nobody is missing."),
            holds=len(keys) == len(REVIEWERS) and row.verdict.is_verified,
        )

    def release(self, change: ChangeId) -> Version:
        """Publish the change, and let stock tools look at it."""
        workspace = self.workspace
        before = workspace.reader.releases.seen()
        reading = workspace.release_change(change, RUTH.credentials, SILENT)
        workspace.bring_up()
        version = reading.state.current(subject_of(INVITATION))
        assert version is not None, "it was just released"
        after = workspace.reader.releases.seen()
        self.telling.prove(
            _("main, ledger and {tag} moved together.").format(tag=version.tag),
            holds=after.main == version.main != before.main
            and after.tags.get(version.tag) == version.main,
        )
        self._ask_stock_tools(version)
        return version

    def roll_back(self) -> Version:
        """Go back to the version before, at once."""
        workspace = self.workspace
        subject = subject_of(INVITATION)
        number = workspace.version_before(subject)
        reading = workspace.roll_back(
            subject, number, _("The notes confused people."), RUTH.credentials, SILENT
        )
        workspace.bring_up()
        version = reading.state.current(subject)
        assert version is not None, "it was just released"
        first = reading.state.version(subject, number)
        assert first is not None, "it was released before"
        verdict = verify_release(
            workspace.reader, subject, now=workspace.clock()
        ).verdict
        self.telling.prove(
            _("v{number} is live with the bytes of v{old}, and verifies.").format(
                number=version.number, old=number
            ),
            holds=verdict.is_verified
            and (version.closure, version.compiled) == (first.closure, first.compiled),
        )
        return version

    def _ask_stock_tools(self, version: Version) -> None:
        workspace, signers = self.workspace, self.workspace.paths.allowed_signers
        signers.write_text(allowed_signers(workspace.state()), encoding="utf-8")
        trusted = f"gpg.ssh.allowedSignersFile={signers}"
        git = ("git", "-C", str(workspace.paths.repository))
        ssh = (*git, "-c", "gpg.format=ssh", "-c", trusted)
        for deed, what in (
            (("verify-commit", "main"), "git verify-commit main"),
            (("verify-commit", "ledger"), "git verify-commit ledger"),
            (("verify-tag", version.tag), f"git verify-tag {version.tag}"),
        ):
            said = _run(*ssh, *deed)
            self.telling.prove(
                _("Stock {command} accepts it.").format(command=what),
                holds=said.returncode == 0 and b"Good" in said.stderr,
            )
        self._ask_ssh_keygen(signers)

    def _ask_ssh_keygen(self, signers: Path) -> None:
        page = self.workspace.reader.book.open()
        envelope = Envelope.from_bytes(self.workspace.ledger.entries(page.tip)[-1])
        with TemporaryDirectory() as folder:
            signature = Path(folder) / "entry.sig"
            signature.write_text(sshsig.armour(envelope.signatures[0].sig))
            said = _run(
                "ssh-keygen",
                *("-Y", "verify", "-f", str(signers), "-I", RUTH.person),
                *("-n", NAMESPACE, "-s", str(signature)),
                data=pae(envelope.payload, envelope.payload_type),
            )
        self.telling.prove(
            _("Stock ssh-keygen -Y verify accepts the last entry of the ledger."),
            holds=said.returncode == 0,
        )


def _run(*command: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 -- stock tools, with names that we made
        command, input=data, capture_output=True, check=False
    )
