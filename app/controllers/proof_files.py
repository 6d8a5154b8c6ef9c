"""A proof as one file, with the steps that check it by stock tools alone."""

from collections.abc import Mapping
from pathlib import Path

from app.controllers.proof_archive import write_archive
from app.controllers.proof_case import ATTESTATION, CHAIN, ENTRIES, MESSAGE
from governance.people.evidence_files import (
    SIGNERS,
    STEPS,
    evidence_files,
    signed_files,
    verify_command,
)
from governance.ports import Progress
from governance.texts import _
from widgets.proof.case import Case


def export_proof(case: Case, file: Path, progress: Progress) -> Path:
    """Write everything that proves a message as one file.

    Raises:
        FolderUnavailableError: It cannot be written.
    """
    progress.step(_("Writing the file"), done=0, total=1)
    write_archive(file, proof_files(case))
    return file


def proof_files(case: Case) -> Mapping[str, bytes]:
    """Return what proves ``case``, by the names of the files."""
    files = dict(evidence_files(case.state, case.entries, _positions(case)))
    files |= signed_files(ATTESTATION, case.attestation)
    for number, link in enumerate(case.chain):
        files[f"{CHAIN}{number:06}.json"] = link.envelope
    if case.message is not None:
        files[MESSAGE] = case.message
    files[STEPS] = f"{steps(case)}\n".encode()
    return files


def steps(case: Case) -> str:
    """Say how to check ``case`` with stock tools, in the folder of its files."""
    told = case.proof.attestation if case.proof else None
    digest = told.sha256 if told else ""
    commands = [
        verify_command(f"signed/{position:06}", case.entries[position], case.state)
        for position in _positions(case)
    ]
    git = (
        "git -C REPOSITORY -c gpg.format=ssh -c "
        f"gpg.ssh.allowedSignersFile=$PWD/{SIGNERS} log --show-signature ledger"
    )
    same = (
        f"git -C REPOSITORY show ledger:{ENTRIES}000/000000.json | "
        f"cmp - {ENTRIES}000000.json"
    )
    lines = [
        _("How to check this proof without Countersign, with OpenSSH 8.2 or later."),
        _(
            "Unpack the proof file and go to its folder; “{name}” names the keys."
        ).format(name=SIGNERS),
        "",
        _("1. The message is the one that was sent. This must say {digest}:").format(
            digest=digest
        ),
        f"sha256sum {MESSAGE}",
        "",
        _("2. The service signed that it sent it. This must say “Good signature”:"),
        verify_command(ATTESTATION, case.attestation, case.state),
        _("and the number must stand in what it signed:"),
        f"grep -o {digest or '–'} {ATTESTATION}.statement.json",
        "",
        _("3. These people signed the text, and released it:"),
        *(command for command in commands if command),
        _("What each signed is in “signed/…statement.json”."),
        "",
        _("4. With a copy of the team's repository, git finds the same entries:"),
        git,
        same,
    ]
    return "\n".join(lines)


def _positions(case: Case) -> tuple[int, ...]:
    """Name the entries that a message rests on: founding, key, approvals, release."""
    told = case.proof.attestation if case.proof else None
    if told is None:
        return ()
    wanted = set(told.template.approvals) | set(told.journey.approvals)
    found = {0} if case.entries else set()
    for change in case.state.changes.values():
        found |= {one.position for one in change.approvals if one.envelope in wanted}
    lines = {(told.template.subject, told.template.version)}
    lines.add((told.journey.subject, told.journey.version))
    for versions in case.state.versions.values():
        found |= {
            one.position for one in versions if (one.subject, one.number) in lines
        }
    return tuple(sorted(found))
