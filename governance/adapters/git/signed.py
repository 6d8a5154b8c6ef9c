"""Commits and tags with a person's SSH signature, as stock git makes and checks them.

The signature is made in the namespace ``git``, so a commit's can never pass for an
approval's. git itself does not compare who signed with who is named as the author:
``signature_of`` returns both, and ``BadSignatureError`` ends whatever is not exactly in
our form.
"""

import re
from base64 import b64decode
from dataclasses import dataclass
from typing import Final

from governance.adapters.git.objects import GitObject, Kind
from governance.errors import BadSignatureError
from governance.names import PersonId, Tip
from governance.texts import _
from governance.trust import sshsig
from governance.trust.keys import PublicKey
from governance.trust.signer import Signer

NAMESPACE: Final = "git"

_KEY_AT: Final = slice(33, 65)  # in an SSHSIG: magic, version, lengths, algorithm, key
_PERSON: Final = re.compile(rb"(?P<name>[^<>\n]*) <(?P<email>[^<>\n]+)> \d+ \+0000")
_BEGIN: Final = b"-----BEGIN SSH SIGNATURE-----"
_END: Final = b"-----END SSH SIGNATURE-----"


@dataclass(frozen=True, slots=True)
class CommitSignature:
    """Whose key signed a commit, and whom the commit names.

    Attributes:
        key: The signature holds for this key; whether it is the person's is not said.
    """

    commit: Tip
    key: PublicKey
    person: PersonId


def signed_commit(
    tree: str, parents: tuple[Tip, ...], message: str, signer: Signer
) -> GitObject:
    """Make a commit of which ``signer`` is author, committer and signer."""
    who = _who(signer)
    head = [f"tree {tree}", *(f"parent {parent}" for parent in parents)]
    head += [f"author {who}", f"committer {who}"]
    body = f"\n\n{_paragraph(message)}"
    signature = _sign(("\n".join(head) + body).encode(), signer)
    folded = signature.rstrip("\n").replace("\n", "\n ")
    text = "\n".join([*head, f"gpgsig {folded}"]) + body
    return GitObject.of(Kind.COMMIT, text.encode())


def signed_tag(name: str, target: Tip, message: str, signer: Signer) -> GitObject:
    """Make an annotated tag on the commit ``target``."""
    head = f"object {target}\ntype commit\ntag {name}\ntagger {_who(signer)}\n\n"
    text = head + _paragraph(message)
    return GitObject.of(Kind.TAG, (text + _sign(text.encode(), signer)).encode())


def signature_of(commit: Tip, content: bytes) -> CommitSignature:
    """Return who signed a commit.

    Raises:
        BadSignatureError: Nobody, not over these bytes, or not in our form.
    """
    head, blank, message = content.partition(b"\n\n")
    lines, armoured = _unfold(head.split(b"\n"))
    named = {
        found["email"]
        for line in lines
        if line.startswith((b"author ", b"committer "))
        if (found := _PERSON.fullmatch(line.partition(b" ")[2]))
    }
    if armoured is None or len(named) != 1 or len(lines) != _expected(lines):
        raise _unsigned(commit)
    signature = _dearmour(armoured, commit)
    key = PublicKey(signature[_KEY_AT])
    payload = b"\n".join(lines) + blank + message
    sshsig.check(signature, payload, key, namespace=NAMESPACE)
    return CommitSignature(commit, key, PersonId(named.pop().decode(errors="replace")))


def message_of(content: bytes) -> str:
    """Return what a commit says."""
    return content.partition(b"\n\n")[2].decode(errors="replace")


def _unfold(lines: list[bytes]) -> tuple[list[bytes], bytes | None]:
    """Take the signature out of a commit's head; a second one leaves none."""
    starts = [n for n, line in enumerate(lines) if line.startswith(b"gpgsig")]
    if len(starts) != 1 or not lines[starts[0]].startswith(b"gpgsig -"):
        return lines, None
    first = starts[0]
    last = first + 1
    while last < len(lines) and lines[last].startswith(b" "):
        last += 1
    folded = [lines[first][7:], *(line[1:] for line in lines[first + 1 : last])]
    return lines[:first] + lines[last:], b"\n".join(folded)


def _expected(lines: list[bytes]) -> int:
    """Count the lines that a commit of ours has: tree, parents, author, committer."""
    return 3 + sum(line.startswith(b"parent ") for line in lines)


def _dearmour(armoured: bytes, commit: Tip) -> bytes:
    inside = armoured.removeprefix(_BEGIN).removesuffix(_END)
    try:
        signature = b64decode(inside.replace(b"\n", b""), validate=True)
    except ValueError as error:
        raise _unsigned(commit) from error
    if sshsig.armour(signature).rstrip("\n").encode() != armoured:
        raise _unsigned(commit)
    return signature


def _unsigned(commit: Tip) -> BadSignatureError:
    return BadSignatureError(
        _("The commit {commit} carries no signature of ours.").format(
            commit=commit[:12]
        )
    )


def _sign(message: bytes, signer: Signer) -> str:
    return sshsig.armour(sshsig.sign(message, signer.key, namespace=NAMESPACE))


def _who(signer: Signer) -> str:
    name = re.sub(r"[<>\x00-\x1f]+", " ", signer.name).strip(" .,:;\"'") or "?"
    return f"{name} <{signer.person}> {int(signer.at.timestamp())} +0000"


def _paragraph(message: str) -> str:
    """End with one line feed; git calls a message without one unusual."""
    return message.replace("\0", " ").strip() + "\n"
