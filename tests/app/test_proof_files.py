"""A proof as a file: written, checked by stock tools, read back by a stranger."""

import subprocess
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from app.controllers import proof_archive
from app.controllers.proof_archive import read_archive, write_archive
from app.controllers.proof_case import Ground, found_here, found_in_file
from app.controllers.proof_files import export_proof, proof_files, steps
from app.founding import Wish, found_workspace
from app.settings import VaultKind
from governance.errors import FolderUnavailableError, UnknownFormatError
from governance.ledger.replay import replay
from governance.names import PersonId
from governance.trust.dsse import seal
from governance.trust.keys import SigningKey
from sync.api.deliveries import AttestationAnswer, DeliveryRow
from sync.api.proofs import judge
from sync.errors import UnknownMessageError
from tests.fakes.make import NOON
from tests.fakes.progress import Noted
from tests.sync.test_proof import a_case, flipped
from widgets.proof.case import Case, Origin
from widgets.proof.state import verdict

NOBODY = Ground()


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Case:
    made = a_case(tmp_path_factory.mktemp("service"))
    chain = tuple(
        AttestationAnswer("", "email/fake", number, data)
        for number, data in enumerate(made.evidence.chain)
    )
    case = Case(
        NOON,
        "one",
        made.evidence.message,
        row=DeliveryRow.of(made.delivery),
        attestation=made.evidence.envelope,
        chain=chain,
        entries=made.evidence.entries,
        state=replay(made.evidence.entries),
    )
    proof = judge(case.attestation, chain, case.entries, message=case.message)
    return replace(case, proof=proof)


@pytest.fixture
def file(sent: Case, tmp_path: Path) -> Path:
    return export_proof(sent, tmp_path / "proof.zip", Noted())


def read(file: Path) -> Case:
    return found_in_file(NOBODY, file, Noted())


def changed(file: Path, name: str, data: bytes) -> Path:
    """Write the same archive with one of its files changed."""
    files = dict(read_archive(file))
    assert name in files
    files[name] = data
    other = file.with_name("changed.zip")
    write_archive(other, files)
    return other


def test_a_proof_file_proves_without_a_workspace(file: Path, sent: Case) -> None:
    case = read(file)

    assert case.proof is not None
    assert case.proof.is_proven
    assert case.origin is Origin.FILE
    assert case.message == sent.message


def test_a_changed_mail_in_a_proof_file_is_not_proven(file: Path, sent: Case) -> None:
    assert sent.message is not None
    other = changed(file, "message.eml", flipped(sent.message, 50))

    assert verdict(read(other)).bold == "Not proven"


def test_a_changed_entry_in_a_proof_file_is_not_proven(file: Path, sent: Case) -> None:
    other = changed(file, "entries/000003.json", flipped(sent.entries[3], 90))

    assert verdict(read(other)).bold == "Not proven"


def test_a_changed_attestation_in_a_proof_file_is_not_proven(
    file: Path, sent: Case
) -> None:
    forged = flipped(sent.attestation, len(sent.attestation) // 2)
    other = changed(file, "proof/attestation.json", forged)

    assert verdict(read(other)).bold == "Not proven"


def test_what_is_shown_is_what_was_judged(file: Path, sent: Case) -> None:
    assert sent.message is not None
    other = changed(file, "message.eml", b"X-Hop: yes\r\n" + sent.message)

    case = read(other)

    assert case.message == sent.message
    assert case.travelled
    assert case.arrived is not None
    assert "X-Hop" not in case.arrived.raw


def test_stock_ssh_keygen_follows_the_steps(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "unpacked"
    with ZipFile(file) as archive:
        archive.extractall(folder)
    lines = (folder / "VERIFY.txt").read_text().splitlines()
    commands = [line for line in lines if line.startswith(("ssh-keygen", "grep "))]

    said = [
        subprocess.run(
            ["sh", "-c", command], cwd=folder, capture_output=True, check=False
        ).returncode
        for command in commands
    ]

    assert said == [0] * len(commands)
    assert (
        len(commands) == 2 + 4
    )  # the service; the number; founder, two roles, release


def test_the_steps_name_the_number_of_the_message(sent: Case) -> None:
    assert sent.proof is not None
    assert sent.proof.attestation is not None

    assert f"This must say {sent.proof.attestation.sha256}:" in steps(sent)


def test_a_proof_without_the_mail_has_none_in_its_file(sent: Case) -> None:
    assert "message.eml" not in proof_files(replace(sent, message=None))


def test_a_mail_alone_cannot_be_checked_without_signatures(tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_bytes(b"From: a@b.example\r\nMessage-ID: <one@b>\r\n\r\nHi\r\n")

    case = read(mail)

    assert (case.proof, case.why) == (None, "The signatures are not on this computer.")


@pytest.mark.parametrize(
    "data", [b"", b"no mail at all", b"PK\x05\x06" + bytes(18), b"PK\x03\x04broken"]
)
def test_any_other_file_is_refused(data: bytes, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(data)

    with pytest.raises(UnknownFormatError):
        read(other)


def test_a_damaged_proof_file_is_refused(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[60:90] = bytes(30)
    file.write_bytes(data)

    with pytest.raises(UnknownFormatError):
        read(file)


def test_a_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = tmp_path / "bomb.zip"
    with ZipFile(bomb, "w", ZIP_DEFLATED) as archive:
        archive.writestr("proof/attestation.json", bytes(2_000_000))
    monkeypatch.setattr(proof_archive, "LARGEST", 1_000_000)

    with pytest.raises(UnknownFormatError, match="more than any"):
        read(bomb)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(FolderUnavailableError):
        read(tmp_path / "gone.eml")


def test_a_workspace_that_sent_nothing_knows_no_message(tmp_path: Path) -> None:
    ana = PersonId("ana@example.com")
    wish = Wish(tmp_path / "desk", "empty", "Test", ana, "Ana", VaultKind.FILE)
    workspace = found_workspace(wish, lambda: "correct horse battery")

    with pytest.raises(UnknownMessageError):
        found_here(Ground(workspace), "01M87C0SBN0B05SP44CYZHDBY1", Noted())
    workspace.close()


def test_what_is_saved_follows_no_link_and_is_its_owners_alone(tmp_path: Path) -> None:
    file, other = tmp_path / "proof.zip", tmp_path / "theirs"
    other.write_text("theirs")
    for name in (".proof.zip.part", "proof.zip"):
        (tmp_path / name).symlink_to(other)

    write_archive(file, {"a": b"a candidate's mail"})

    assert other.read_text() == "theirs"
    assert not file.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o600
    assert read_archive(file) == {"a": b"a candidate's mail"}


def test_what_cannot_be_saved_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "proof.zip"
    file.mkdir()

    with pytest.raises(FolderUnavailableError):
        write_archive(file, {"a": b"b"})

    assert [one.name for one in tmp_path.iterdir()] == ["proof.zip"]


@pytest.mark.parametrize("payload", [b"[" * 200_000, b'{"a":' * 200_000, b""])
def test_an_attestation_that_is_nothing_but_brackets_is_not_proven(
    file: Path, payload: bytes
) -> None:
    forged = seal(payload, SigningKey.generate()).to_bytes()
    other = changed(file, "proof/attestation.json", forged)

    assert verdict(read(other)).bold == "Not proven"
