"""What we write is proved to everyone with a clone, by stock git and ssh-keygen."""

import json
import subprocess
from base64 import b64decode
from pathlib import Path

import pytest

from governance.adapters.git.repository import GitRepository
from governance.adapters.git.signed import signature_of, signed_commit
from governance.adapters.git.store import MAIN
from governance.errors import BadSignatureError
from governance.names import Commit, Tip
from governance.people.allowed_signers import allowed_signers
from governance.trust import sshsig
from governance.trust.dsse import NAMESPACE, pae
from governance.trust.signer import Signer
from tests.fakes.git import a_signer, stock_git
from tests.fakes.library import OFFER_TEXT, a_library
from tests.fakes.make import ANA, BEN, DAN, NOON
from tests.fakes.workplace import Workplace, in_git


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    place = in_git(tmp_path_factory.mktemp("workspace"))
    place.agree_and_release(a_library().with_text(OFFER_TEXT, "Hi!\n"))
    return place


@pytest.fixture
def clone(place: Workplace, tmp_path: Path) -> Path:
    """Anybody's copy, made without us."""
    path = tmp_path / "clone.git"
    stock_git(tmp_path, "clone", "-q", "--mirror", str(path_of(place)), str(path))
    return path


@pytest.fixture
def allowed(place: Workplace, tmp_path: Path) -> Path:
    path = tmp_path / "allowed_signers"
    path.write_text(allowed_signers(place.read().state))
    return path


def path_of(place: Workplace) -> Path:
    assert isinstance(place.repository, GitRepository)
    return place.repository.store.git.path


def test_git_accepts_every_commit_of_every_branch(clone: Path, allowed: Path) -> None:
    listed = stock_git(clone, "rev-list", "--branches", "--tags").stdout.split()

    said = stock_git(
        clone, "log", "--branches", "--tags", "--format=%G? %GS %ae", allowed=allowed
    ).stdout.splitlines()

    assert len(said) == len(listed) > 8
    assert all(line.split()[0] == "G" for line in said)
    assert all(line.split()[1] == line.split()[2] for line in said)
    for commit in listed[:3]:
        assert not stock_git(clone, "verify-commit", commit, allowed=allowed).returncode


def test_git_accepts_the_release_tag(clone: Path, allowed: Path) -> None:
    told = stock_git(clone, "verify-tag", "release/offer-accepted/v1", allowed=allowed)

    assert f'Good "git" signature for {DAN}' in told.stderr
    peeled = stock_git(clone, "rev-parse", "release/offer-accepted/v1^{commit}")
    assert peeled.stdout == stock_git(clone, "rev-parse", "main").stdout


def test_git_finds_nothing_wrong(clone: Path) -> None:
    told = stock_git(clone, "fsck", "--full", "--strict", check=False)

    assert (told.returncode, told.stdout) == (0, "")


def test_git_does_not_accept_them_from_a_stranger(clone: Path, tmp_path: Path) -> None:
    nobody = tmp_path / "nobody"
    nobody.write_text("")

    told = stock_git(clone, "verify-commit", "main", allowed=nobody, check=False)

    assert told.returncode != 0


def test_ssh_keygen_accepts_every_entry(
    clone: Path, allowed: Path, tmp_path: Path
) -> None:
    listing = stock_git(clone, "ls-tree", "-r", "--name-only", "ledger", "entries/")

    for path in listing.stdout.split():
        envelope = json.loads(stock_git(clone, "show", f"ledger:{path}").stdout)
        payload = b64decode(envelope["payload"])
        raw = b64decode(envelope["signatures"][0]["sig"])
        signature = tmp_path / "signature"
        signature.write_text(sshsig.armour(raw))
        message = pae(payload, envelope["payloadType"])
        assert ssh_keygen(allowed, signature, message) == 0
        assert ssh_keygen(allowed, signature, message + b" ") != 0
        assert ssh_keygen(allowed, signature, message, namespace="git") != 0


def ssh_keygen(
    allowed: Path, signature: Path, message: bytes, *, namespace: str = NAMESPACE
) -> int:
    find = ["ssh-keygen", "-Y", "find-principals", "-f", str(allowed)]
    found = subprocess.run(
        [*find, "-s", str(signature)], capture_output=True, text=True, check=True
    )
    verify = ["ssh-keygen", "-Y", "verify", "-f", str(allowed)]
    verify += ["-I", found.stdout.strip(), "-n", namespace, "-s", str(signature)]
    return subprocess.run(
        verify, input=message, capture_output=True, check=False
    ).returncode


def test_a_spoofed_author_is_good_to_git_and_refused_by_us(
    place: Workplace, allowed: Path
) -> None:
    assert isinstance(place.repository, GitRepository)
    store = place.repository.store
    key = place.vault.unlock(BEN, "ben")
    tree = stock_git(path_of(place), "rev-parse", "main^{tree}").stdout.strip()
    main = store.tip(MAIN)
    spoofed = signed_commit(tree, (main,), "x", Signer(ANA, "Ana", key, NOON))
    store.keep([spoofed])
    told = stock_git(path_of(place), "verify-commit", spoofed.oid, allowed=allowed)

    (signer,) = place.repository.signers(Commit(spoofed.oid), base=Commit(main))

    assert f"for {BEN}" in told.stderr
    assert signer.person == ANA
    assert signer.key == key.public.fingerprint
    held = place.read().state.keys[signer.key]
    assert held.person != signer.person


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Ana", b"Eva"),
        (b"\n\nx\n", b"\n\ny\n"),
        (b"gpgsig -----BEGIN", b"gpgsig  -----BEGIN"),
        (b"gpgsig ", b"gpgsig-sha256 "),
        (b"committer ", b"encoding x\ncommitter "),
    ],
)
def test_a_commit_with_a_changed_byte_is_refused(old: bytes, new: bytes) -> None:
    commit = signed_commit("4" * 40, (), "x", a_signer())
    assert signature_of(Tip("x"), commit.content).person == "ana@example.com"
    assert old in commit.content

    with pytest.raises(BadSignatureError):
        signature_of(Tip("x"), commit.content.replace(old, new))
