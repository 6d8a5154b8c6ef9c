"""A team's remote: its answer to a push decides, and one that went back is an alarm."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from governance.adapters.git.ledger import GitLedger
from governance.adapters.git.releases import GitReleases
from governance.adapters.git.remote import Remote
from governance.adapters.git.repository import GitRepository
from governance.adapters.git.shared import fetch
from governance.adapters.git.store import LEDGER, MAIN, GitStore
from governance.changes.ports import Publication, Tag
from governance.content.sources import Sources
from governance.errors import (
    BadNameError,
    LedgerBrokenError,
    LedgerUnavailableError,
    RemoteUnavailableError,
    StaleTipError,
)
from governance.ledger.state import Stage
from governance.names import ChangeId, Commit, SubjectName, Tip
from tests.fakes.git import a_signer, allowed_signers, key_named, stock_git
from tests.fakes.library import INVITE_TEXT, OFFER_TEXT, a_library
from tests.fakes.make import BEN as BEN_ID
from tests.fakes.make import CARA, HR, LEGAL
from tests.fakes.workplace import Workplace, over_git

ANA, BEN = a_signer("ana"), a_signer("ben")
CHANGE = ChangeId("01KE6N2G000000000000000000")
HOOK = Path(__file__).parents[2] / "resources" / "hooks" / "update"
NOWHERE = Commit("")
OFFER = SubjectName("templates/offer")


@dataclass
class Desk:
    """One person's own repository, which follows the team's."""

    store: GitStore

    @classmethod
    def beside(cls, remote: Path, name: str) -> "Desk":
        address = Remote.parse(f"file://{remote}")
        return cls(GitStore.make(remote.parent / f"{name}.git", address))

    @property
    def ledger(self) -> GitLedger:
        return GitLedger(self.store)

    def write(self, entry: bytes, *, after: Tip | None = None) -> Tip:
        tip = self.ledger.tip() if after is None else after
        return self.ledger.append(entry, after=tip, sign=ANA)

    def propose(self, text: str = "1\n", *, after: Commit = NOWHERE) -> Commit:
        return GitRepository(self.store).propose(
            CHANGE,
            Sources({"a": text}),
            base=NOWHERE,
            after=after,
            message="Propose",
            sign=ANA,
        )

    def publish(self) -> Tip:
        main = GitRepository(self.store).keep(
            Sources({"a": "1\n"}), parents=(), message="Release", sign=ANA
        )
        publication = Publication(
            NOWHERE,
            main,
            {(OFFER, 1): {"en/sms.txt": "Ja"}},
            (Tag("release/offer/v1", "v1"),),
        )
        return GitReleases(self.store).publish(
            b"release", publication, after=self.ledger.tip(), sign=ANA
        )


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    path = tmp_path / "team.git"
    GitStore.make(path)
    return path


def refs(path: Path) -> dict[str, str]:
    return dict(GitStore.at(path).refs("refs/heads/", "refs/tags/"))


def test_what_one_writes_the_other_fetches(remote: Path) -> None:
    ana, ben = Desk.beside(remote, "ana"), Desk.beside(remote, "ben")
    ana.propose()
    tip = ana.publish()

    news = fetch(ben.store)

    assert refs(ben.store.git.path) == refs(remote) == refs(ana.store.git.path)
    assert set(news.moved) == set(refs(remote))
    assert news.odd == ()
    assert ben.ledger.entries(tip) == (b"release",)
    assert GitReleases(ben.store).compiled(tip, OFFER, 1) == {"en/sms.txt": "Ja"}


def test_the_slower_one_is_refused_and_brought_up_to_date(remote: Path) -> None:
    ana, ben = Desk.beside(remote, "ana"), Desk.beside(remote, "ben")
    tip = ana.write(b"faster")

    with pytest.raises(StaleTipError):
        ben.publish()

    assert refs(remote) == refs(ben.store.git.path) == {LEDGER: tip}
    second = ben.publish()
    assert ben.ledger.entries(second) == (b"faster", b"release")
    assert refs(remote)[LEDGER] == second


def test_with_a_remote_too_a_lost_race_is_run_again(
    remote: Path, tmp_path: Path
) -> None:
    address = Remote.parse(f"file://{remote}")
    ana = over_git(GitStore.make(tmp_path / "ana.git", address)).found()
    ben = over_git(GitStore.make(tmp_path / "ben.git", address))
    ben.vault = ana.vault
    ben.__post_init__()
    fetch(ben_store := store_of(ben))
    one = ana.open(a_library().with_text(OFFER_TEXT, "Hi!\n")).change
    other = ben.open(a_library().with_text(INVITE_TEXT, "Hi!\n")).change

    fetch(store_of(ana))
    for place, change in ((ana, other), (ben, one)):
        place.approve(change, BEN_ID, LEGAL)
        place.approve(change, CARA, HR)
    fetch(store_of(ana))
    ana.release(one)
    reading = ben.release(other)  # of a main that ben has not seen yet

    assert refs(remote) == refs(ben_store.git.path)
    assert reading.alarm is None
    assert len(reading.refs.tags) == 2
    assert {row.change.stage for row in reading.changes.values()} == {Stage.RELEASED}


def store_of(place: Workplace) -> GitStore:
    assert isinstance(place.repository, GitRepository)
    return place.repository.store


def test_a_remote_that_is_gone_is_said_to_be_and_nothing_moves(remote: Path) -> None:
    ana = Desk.beside(remote, "ana")
    ana.write(b"one")
    before = ana.store.refs()
    shutil.rmtree(remote)

    with pytest.raises(RemoteUnavailableError, match="cannot be reached"):
        ana.write(b"two")
    with pytest.raises(RemoteUnavailableError, match="cannot be reached"):
        fetch(ana.store)

    assert ana.store.refs() == before


@pytest.mark.parametrize(
    ("ref", "code"), [(LEDGER, "LEDGER_REWOUND"), (MAIN, "REF_MOVED")]
)
def test_a_remote_that_went_back_is_an_alarm(remote: Path, ref: str, code: str) -> None:
    ana = Desk.beside(remote, "ana")
    first = ana.write(b"one")
    ana.publish()
    before = ana.store.refs("refs/heads/")
    if ref == LEDGER:
        stock_git(remote, "update-ref", ref, first)
    else:
        stock_git(remote, "update-ref", "-d", ref)

    with pytest.raises(LedgerBrokenError) as caught:
        fetch(ana.store)

    assert caught.value.code == code
    assert ana.store.refs("refs/heads/") == before


def test_a_remote_that_forked_is_an_alarm(remote: Path) -> None:
    ana, ben = Desk.beside(remote, "ana"), Desk.beside(remote, "ben")
    first = ana.write(b"one")
    ana.write(b"two")
    stock_git(remote, "update-ref", LEDGER, first)
    fetch(ben.store)
    ben.write(b"another two")

    with pytest.raises(LedgerBrokenError) as caught:
        fetch(ana.store)

    assert caught.value.code == "LEDGER_FORKED"
    assert ana.ledger.entries(ana.ledger.tip()) == (b"one", b"two")


def test_a_change_or_tag_that_went_back_is_named_and_not_followed(
    remote: Path,
) -> None:
    ana = Desk.beside(remote, "ana")
    first = ana.propose()
    ana.propose("2\n", after=first)
    ana.publish()
    before = ana.store.refs("refs/heads/", "refs/tags/")
    stock_git(remote, "update-ref", f"refs/heads/cr/{CHANGE}", first)
    stock_git(remote, "update-ref", "-d", "refs/tags/release/offer/v1")

    news = fetch(ana.store)

    assert news.odd == (f"refs/heads/cr/{CHANGE}", "refs/tags/release/offer/v1")
    assert ana.store.refs("refs/heads/", "refs/tags/") == before


def test_broken_objects_are_not_taken_in(remote: Path, tmp_path: Path) -> None:
    ana = Desk.beside(remote, "ana")
    ana.write(b"one")
    before = ana.store.refs("refs/heads/")
    line = ["git", "-C", str(remote), "hash-object", "-t", "commit", "-w", "--stdin"]
    nonsense = f"tree {'0' * 40}\nauthor x\n\nx\n".encode()
    made = subprocess.run(
        [*line, "--literally"], input=nonsense, capture_output=True, check=True
    )
    bad = made.stdout.decode().strip()
    (remote / "refs" / "heads" / "cr").mkdir(parents=True)
    (remote / "refs" / "heads" / "cr" / CHANGE).write_text(f"{bad}\n")

    with pytest.raises(LedgerUnavailableError):
        fetch(ana.store)

    assert ana.store.refs("refs/heads/") == before


@pytest.mark.parametrize(
    "address",
    [
        "ext::sh -c touch% /tmp/x",
        "--upload-pack=evil",
        "http://example.com/x",
        "git://example.com/x",
        "/srv/x.git",
        "ssh://-oProxyCommand=evil/x",
        "ssh://user@-evil/x",
        "file:///x\n--evil",
        "file://host/x",
        "user@host:-evil",
        "",
    ],
)
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(BadNameError, match="no address of a remote"):
        Remote.parse(address)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("file:///srv/team.git", "file:///srv/team.git"),
        ("ssh://git@host:2222/srv/x.git", "ssh://git@host:2222/srv/x.git"),
        ("git@host:team/x.git", "ssh://git@host/~/team/x.git"),
    ],
)
def test_files_and_ssh_are_addresses(text: str, address: str) -> None:
    assert Remote.parse(text).address == address


def test_ssh_is_spoken_through_the_given_command(remote: Path, tmp_path: Path) -> None:
    # Stands in for a server: runs on this computer what it is asked to run there.
    ssh = tmp_path / "ssh"
    ssh.write_text('#!/bin/sh\nfor last; do :; done\nexec sh -c "$last"\n')
    ssh.chmod(0o755)
    address = Remote(Remote.parse(f"ssh://git@far{remote}").address, str(ssh))
    ana = Desk(GitStore.make(tmp_path / "ana.git", address))

    tip = ana.write(b"one")
    fetch(ana.store)

    assert refs(remote) == {LEDGER: tip}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("url.file:///elsewhere.insteadOf", "file://"),
        ("remote.x.url", "file:///elsewhere"),
    ],
)
def test_settings_that_lead_elsewhere_are_refused(
    remote: Path, key: str, value: str
) -> None:
    ana = Desk.beside(remote, "ana")
    stock_git(ana.store.git.path, "config", key, value)

    with pytest.raises(LedgerUnavailableError, match="lead the remote's address"):
        ana.write(b"one")

    assert refs(remote) == {}


@pytest.fixture
def guarded(remote: Path, tmp_path: Path) -> Path:
    (remote / "hooks").mkdir()
    shutil.copy(HOOK, remote / "hooks" / "update")
    stock_git(remote, "config", "receive.denyDeleteCurrent", "ignore")
    signers = allowed_signers(tmp_path / "allowed", "ana")
    stock_git(remote, "config", "countersign.allowedSigners", str(signers))
    return remote


def test_the_hook_lets_through_what_we_write(guarded: Path) -> None:
    ana = Desk.beside(guarded, "ana")

    ana.propose()
    ana.publish()
    ana.write(b"two")

    assert refs(guarded) == refs(ana.store.git.path)


@pytest.mark.parametrize(
    "spec",
    [
        f":{LEDGER}",
        f"+main:{LEDGER}",
        ":refs/heads/main",
        ":refs/tags/release/offer/v1",
        "+ledger:refs/tags/release/offer/v1",
    ],
)
def test_the_hook_refuses_rewinds_and_deletes(guarded: Path, spec: str) -> None:
    ana = Desk.beside(guarded, "ana")
    ana.publish()
    before = refs(guarded)

    told = stock_git(ana.store.git.path, "push", str(guarded), spec, check=False)

    assert told.returncode != 0
    assert "countersign:" in told.stderr
    assert refs(guarded) == before


def test_the_hook_refuses_what_strangers_or_nobody_signed(guarded: Path) -> None:
    ana = Desk.beside(guarded, "ana")
    ana.write(b"one")
    before = refs(guarded)
    with pytest.raises(RemoteUnavailableError, match="signed by nobody we know"):
        ana.ledger.append(b"two", after=ana.ledger.tip(), sign=BEN)
    path = ana.store.git.path
    unsigned = stock_git(
        path, "commit-tree", f"{LEDGER}^{{tree}}", "-p", LEDGER, "-m", "x"
    )

    spec = f"{unsigned.stdout.strip()}:{LEDGER}"
    told = stock_git(path, "push", str(guarded), spec, check=False)

    assert "signed by nobody we know" in told.stderr
    assert refs(guarded) == before
    assert key_named("ben").public != key_named("ana").public
