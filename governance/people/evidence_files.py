"""Evidence as files: with them, stock ssh-keygen checks what was signed, without us."""

from collections.abc import Mapping, Sequence
from typing import Final

from governance.errors import UnknownFormatError
from governance.ledger.state import LedgerState
from governance.people.allowed_signers import allowed_signers
from governance.texts import _
from governance.trust.dsse import NAMESPACE, Envelope, pae
from governance.trust.sshsig import armour
from governance.trust.words import four_words

SIGNERS: Final = "allowed_signers"
STEPS: Final = "VERIFY.txt"


def signed_files(stem: str, stored: bytes) -> Mapping[str, bytes]:
    """Return the files of one signed thing: as stored, what was signed, the signature.

    What is no envelope is returned as it is stored: there is nothing to take apart.
    """
    files = {f"{stem}.json": stored}
    try:
        envelope = Envelope.from_bytes(stored)
    except UnknownFormatError:
        return files
    files[f"{stem}.statement.json"] = envelope.payload
    files[f"{stem}.signed"] = pae(envelope.payload, envelope.payload_type)
    files[f"{stem}.sig"] = armour(envelope.signatures[0].sig).encode()
    return files


def evidence_files(
    state: LedgerState, entries: Sequence[bytes], positions: Sequence[int]
) -> Mapping[str, bytes]:
    """Return what proves the entries at ``positions``, by the names of the files.

    Args:
        state: The replay of ``entries``.
        entries: All of them, since only all of them show the place of one.
        positions: Those that are taken apart for ssh-keygen.
    """
    files: dict[str, bytes] = {
        f"entries/{position:06}.json": stored for position, stored in enumerate(entries)
    }
    lines = []
    for position in positions:
        stem = f"signed/{position:06}"
        files |= signed_files(stem, entries[position])
        if command := verify_command(stem, entries[position], state):
            lines.append(command)
    files[SIGNERS] = allowed_signers(state).encode()
    files[STEPS] = _steps(state, lines).encode()
    return files


def verify_command(stem: str, stored: bytes, state: LedgerState) -> str:
    """Return the command that checks a signature, "" where nobody known has signed."""
    try:
        held = state.keys.get(Envelope.from_bytes(stored).keyid)
    except UnknownFormatError:
        return ""
    if held is None or held.stolen_at is not None:
        return ""
    return (
        f"ssh-keygen -Y verify -f {SIGNERS} -I {held.person} -n {NAMESPACE} "
        f"-s {stem}.sig < {stem}.signed"
    )


def _steps(state: LedgerState, commands: Sequence[str]) -> str:
    words = four_words(bytes.fromhex(state.head)) if state.head else ""
    return "\n".join(
        [
            _("What this shows, and how to check it without Countersign"),
            "",
            _(
                "The history of “{workspace}”: {count} entries, as they are stored."
            ).format(workspace=state.workspace, count=state.length),
            _("Its fingerprint: {head}").format(head=state.head),
            _("The same in words, to compare: {words}").format(words=words),
            "",
            _(
                "The fingerprint is the SHA-256 of the one before it, in hexadecimal, "
                "and the bytes of the next file of “entries”, from the first to the "
                "last:"
            ),
            "",
            *_CHAIN.splitlines(),
            "",
            _(
                "Each signature is checked with OpenSSH 8.2 or later, in the folder of "
                "this file:"
            ),
            "",
            *commands,
            "",
            _(
                "“Good signature” means that nothing was changed since, and that the "
                "key is that person's. Whether they might sign it, by the rules of "
                "then, Countersign replays from the entries."
            ),
            "",
        ]
    )


_CHAIN: Final = """\
head=
for file in entries/*.json; do
  head=$( (printf %s "$head"; cat "$file") | sha256sum | cut -c1-64)
done
echo $head
"""
