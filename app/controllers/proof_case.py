"""What the proof page has done in the background: find, judge, pack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from app.controllers.proof_archive import is_archive, read_archive
from app.embedded import service_settings
from app.evidence import Evidence, read_evidence
from app.workspace import Workspace, utc_now
from governance.errors import (
    ExpectedError,
    FolderUnavailableError,
    UnknownFormatError,
)
from governance.ledger.replay import replay
from governance.names import SubjectName
from governance.ports import Progress
from governance.texts import N_, _
from governance.trust.dsse import Envelope
from sync.api.deliveries import AttestationAnswer
from sync.api.proofs import judge
from sync.client import ServiceClient
from sync.practice_client import PracticeClient
from widgets.proof.arrived import Arrived, difference, read_mail, sent_part
from widgets.proof.case import Case, Origin

ATTESTATION: Final = "proof/attestation"  # in an archive, before ".json"
CHAIN: Final = "chain/"
ENTRIES: Final = "entries/"
MESSAGE: Final = "message.eml"

_LARGEST: Final = 256 * 1024 * 1024  # bytes of a file that is looked at
_PAGE: Final = 200
_ELSEWHERE: Final = N_(
    "Open the workspace that it came from, or a proof file that its team exports."
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a message is judged on.

    Attributes:
        workspace: None where there is none: then a proof file brings its signatures.
        titles: Subject → what people call it.
    """

    workspace: Workspace | None = None
    titles: Mapping[SubjectName, str] = field(default_factory=dict)

    def now(self) -> datetime:
        """Return the time."""
        return self.workspace.clock() if self.workspace else utc_now()


def found_here(ground: Ground, key: str, progress: Progress) -> Case:
    """Judge a message of the service beside this workspace, as its database lies.

    Raises:
        UnknownMessageError: The database knows no such message.
        ServiceRefusedError: Nothing was sent, so there is nothing to prove.
        ExpectedError: It cannot be read, or the repository cannot.
    """
    assert ground.workspace is not None, "only a workspace has records"
    progress.step(_("Looking for what proves it"), done=0, total=2)
    evidence = _evidence(ground.workspace, key)
    return _judged(ground, key, evidence, None, progress)


def found_there(
    ground: Ground, key: str, client: ServiceClient, progress: Progress
) -> Case:
    """Judge a message of a service on another computer; raises as ``found_here``."""
    progress.step(_("Asking the service what proves it"), done=0, total=2)
    row = client.delivery(key).delivery
    answer = client.attestation(row.id)
    chain: list[AttestationAnswer] = []
    while len(chain) < answer.position + 2:
        after = chain[-1].position if chain else -1
        page = client.chain(answer.route, after=after, limit=_PAGE)
        chain += page
        if len(page) < _PAGE:
            break
    evidence = Evidence(row, answer.envelope, tuple(chain))
    return _judged(ground, key, evidence, None, progress)


def found_in_file(ground: Ground, file: Path, progress: Progress) -> Case:
    """Judge the message in a file: a mail as it was saved, or a proof file.

    Raises:
        UnknownFormatError: It is neither.
        FolderUnavailableError: It cannot be read.
        ExpectedError: The records of the workspace cannot be read.
    """
    progress.step(_("Reading the file"), done=0, total=2)
    _require_small(file)
    if is_archive(file):
        return _from_archive(ground, read_archive(file), progress)
    data = _read(file)
    arrived = read_mail(data)
    if ground.workspace is None:
        return Case(
            ground.now(),
            arrived.message_id,
            data,
            arrived,
            why=_("The signatures are not on this computer."),
            remedy=_(_ELSEWHERE),
        )
    try:
        evidence = _evidence(ground.workspace, arrived.message_id or "–")
    except ExpectedError as error:
        return Case(
            ground.now(),
            arrived.message_id,
            data,
            arrived,
            why=str(error),
            remedy=_(_ELSEWHERE),
        )
    return _judged(ground, arrived.message_id, evidence, data, progress)


def _evidence(workspace: Workspace, key: str) -> Evidence:
    settings = service_settings(workspace.paths, workspace.state().workspace)
    return read_evidence(settings, key)


def _judged(
    ground: Ground,
    key: str,
    evidence: Evidence,
    message: bytes | None,
    progress: Progress,
) -> Case:
    """Judge evidence by one's own copy of the history."""
    assert ground.workspace is not None, "only a workspace has records"
    progress.step(_("Following it back to who signed"), done=1, total=2)
    original = _captured(ground.workspace, evidence.row.message_id)
    page = ground.workspace.reader.book.open()
    bare = Case(
        ground.now(),
        key,
        original if message is None else message,
        row=evidence.row,
        attestation=evidence.attestation,
        chain=evidence.chain,
        entries=ground.workspace.ledger.entries(page.tip),
        state=page.state,
        titles=ground.titles,
    )
    return _with_proof(bare, original)


def _from_archive(
    ground: Ground, files: Mapping[str, bytes], progress: Progress
) -> Case:
    attestation = files.get(f"{ATTESTATION}.json")
    if attestation is None:
        raise UnknownFormatError(_("The file holds no proof of a message."))
    progress.step(_("Following it back to who signed"), done=1, total=2)
    entries: Sequence[bytes] = _numbered(files, ENTRIES)
    own, origin = _own_entries(ground.workspace, entries), Origin.FILE
    if own:
        entries, origin = own, Origin.OWN
    chain = tuple(
        AttestationAnswer("", "", number, data)
        for number, data in enumerate(_numbered(files, CHAIN))
    )
    bare = Case(
        ground.now(),
        "",
        files.get(MESSAGE),
        origin=origin,
        attestation=attestation,
        chain=chain,
        entries=entries,
        state=replay(entries),
        titles=ground.titles if own else {},
    )
    return _with_proof(bare, None)


def _with_proof(case: Case, original: bytes | None) -> Case:
    """Judge ``case``; ``original`` is what was captured as it was sent, if anything."""
    wanted = case.row.sha256 if case.row else _digest_in(case.attestation)
    message, travelled = case.message, ""
    if message is not None:
        message, travelled = sent_part(message, wanted)
    arrived = _readable(message)  # what is judged is what is shown
    proof = judge(
        case.attestation, case.chain, case.entries, message=message, row=case.row
    )
    place = ""
    is_known = original is not None and sha256(original).hexdigest() == wanted
    sent = _readable(original) if is_known else None
    if proof.code == "BYTES_DIFFER" and arrived and sent:
        place = difference(arrived, sent)
    return replace(
        case,
        key=case.key or (proof.attestation.id if proof.attestation else ""),
        message=message,
        arrived=arrived,
        travelled=travelled,
        proof=proof,
        place=place,
    )


def _own_entries(
    workspace: Workspace | None, theirs: Sequence[bytes]
) -> Sequence[bytes]:
    """Return our own history if a file speaks of the same workspace, else nothing."""
    if workspace is None:
        return ()
    own = workspace.ledger.entries(workspace.ledger.tip())
    return own if own[:1] == tuple(theirs[:1]) else ()


def _captured(workspace: Workspace, message_id: str) -> bytes | None:
    """Return a mail as the practice mailbox took it, None where there is none."""
    try:
        client = PracticeClient.of(workspace.paths.sandbox)
    except ExpectedError:
        return None
    try:
        mails = client.messages(message_id=message_id)
        return client.raw(mails[0].id) if mails else None
    except ExpectedError:
        return None
    finally:
        client.close()


def _readable(data: bytes | None) -> Arrived | None:
    if data is None:
        return None
    try:
        return read_mail(data)
    except UnknownFormatError:
        return Arrived(raw=data[:4000].decode("utf-8", "replace"))


def _digest_in(attestation: bytes) -> str:
    """Read which bytes are meant, unverified: only to find them in what arrived."""
    try:
        payload = msgspec.json.decode(Envelope.from_bytes(attestation).payload)
        return str(payload["predicate"]["sha256"])
    except (
        UnknownFormatError,
        msgspec.MsgspecError,
        KeyError,
        RecursionError,  # a hundred thousand brackets
        TypeError,
    ):
        return ""


def _numbered(files: Mapping[str, bytes], folder: str) -> tuple[bytes, ...]:
    names = sorted(name for name in files if name.startswith(folder) and name != folder)
    return tuple(files[name] for name in names)


def _require_small(file: Path) -> None:
    try:
        size = file.stat().st_size
    except OSError as error:
        raise _unreadable(file, error) from error
    if size > _LARGEST:
        raise UnknownFormatError(_("The file is larger than any that we read."))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise _unreadable(file, error) from error


def _unreadable(file: Path, error: OSError) -> FolderUnavailableError:
    words = _("“{name}” cannot be read: {reason}")
    return FolderUnavailableError(
        words.format(name=file.name, reason=error.strerror or error)
    )
