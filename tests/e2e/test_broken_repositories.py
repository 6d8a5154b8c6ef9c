"""Repositories that somebody broke, cut short, or set a trap in; with real git."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE, Popen
from time import monotonic

import pytest

from governance.adapters.git.ledger import GitLedger
from governance.adapters.git.repository import GitRepository
from governance.adapters.git.store import LEDGER, MAIN, GitStore
from governance.adapters.git.told import told
from governance.content.measure import LARGEST_FILE
from governance.content.sources import Sources
from governance.errors import (
    BadPathError,
    BadSignatureError,
    BadTextError,
    ContentError,
    DiskFullError,
    LedgerUnavailableError,
    NotARepositoryError,
    RepositoryDamagedError,
    RepositoryLockedError,
)
from governance.names import NOTHING_YET, Commit
from tests.fakes.git import a_signer, stock_git

ANA = a_signer("ana")
NOWHERE = Commit("")


@pytest.fixture
def store(tmp_path: Path) -> GitStore:
    store = GitStore.make(tmp_path / "repository.git")
    repository = GitRepository(store)
    sources = Sources({"a.txt": "1\n", "b/c.txt": "2\n"})
    repository.establish(
        repository.keep(sources, parents=(), message="Begin", sign=ANA)
    )
    ledger = GitLedger(store)
    tip = ledger.append(b"one", after=NOTHING_YET, sign=ANA)
    ledger.append(b"two", after=tip, sign=ANA)
    return store


def plant(store: GitStore, *lines: str) -> Commit:
    """Put a commit of any tree on ``cr``, as somebody with git could."""
    path = store.git.path
    made = subprocess.run(
        ["git", "-C", str(path), "mktree", "--missing"],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        check=True,
    )
    commit = stock_git(path, "commit-tree", made.stdout.strip(), "-m", "x")
    return Commit(commit.stdout.strip())


def blob(store: GitStore, content: bytes) -> str:
    line = ["git", "-C", str(store.git.path), "hash-object", "-w", "--stdin"]
    made = subprocess.run(line, input=content, capture_output=True, check=True)
    return made.stdout.decode().strip()


@pytest.mark.parametrize("kind", ["nothing", "empty folder", "file", "text folder"])
def test_another_folder_is_not_taken_for_a_repository(
    tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "somewhere"
    if kind == "file":
        path.write_text("x")
    elif kind != "nothing":
        path.mkdir()
    if kind == "text folder":
        (path / "notes.txt").write_text("x")

    with pytest.raises(NotARepositoryError, match="no template repository"):
        GitStore.at(path)


def test_a_repository_is_not_made_where_something_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")

    with pytest.raises(LedgerUnavailableError, match="not empty"):
        GitStore.make(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_head_without_the_rest_is_no_repository(tmp_path: Path) -> None:
    half = tmp_path / "half.git"
    (half / "objects").mkdir(parents=True)
    (half / "HEAD").write_text("")

    with pytest.raises(LedgerUnavailableError):
        GitStore.at(half).tip(MAIN)


def test_missing_objects_are_said_to_be_missing(store: GitStore) -> None:
    shutil.rmtree(store.git.path / "objects")
    (store.git.path / "objects").mkdir()
    fresh = GitStore.at(store.git.path)

    with pytest.raises(RepositoryDamagedError, match="incomplete or damaged"):
        GitRepository(fresh).sources(GitRepository(fresh).main())
    with pytest.raises(LedgerUnavailableError):
        GitLedger(fresh).entries(GitLedger(fresh).tip())


def test_one_missing_file_is_said_to_be_missing(store: GitStore) -> None:
    oid = store.files(store.tip(LEDGER))["entries/000/000000.json"].oid
    (store.git.path / "objects" / oid[:2] / oid[2:]).unlink()

    with pytest.raises(RepositoryDamagedError, match=oid):
        GitLedger(store).entries(store.tip(LEDGER))


def test_a_broken_object_is_said_to_be_broken(store: GitStore) -> None:
    oid = store.files(store.tip(MAIN))["a.txt"].oid
    path = store.git.path / "objects" / oid[:2] / oid[2:]
    path.chmod(0o600)
    path.write_bytes(b"nonsense")

    with pytest.raises(LedgerUnavailableError):
        GitRepository(store).sources(Commit(store.tip(MAIN)))


@pytest.mark.parametrize(
    "stray", ["000007.json", "notes.txt", "000002.json.bak", "000002.jso"]
)
def test_what_is_no_entry_is_not_read_and_closes_nothing(
    store: GitStore, stray: str
) -> None:
    ledger = GitLedger(store)
    path, before = str(store.git.path), store.tip(LEDGER)
    index = {**os.environ, "GIT_INDEX_FILE": f"{path}/index"}
    entry = f"100644,{blob(store, b'x')},entries/000/{stray}"
    for line in (
        ["read-tree", before],
        ["update-index", "--add", "--cacheinfo", entry],
    ):
        subprocess.run(["git", "-C", path, *line], check=True, env=index)
    tree = subprocess.run(
        ["git", "-C", path, "write-tree"],
        check=True,
        env=index,
        capture_output=True,
        text=True,
    ).stdout.strip()
    commit = stock_git(store.git.path, "commit-tree", tree, "-p", before, "-m", "x")
    stock_git(store.git.path, "update-ref", LEDGER, commit.stdout.strip())

    tip = ledger.append(b"three", after=ledger.tip(), sign=ANA)

    assert ledger.entries(tip) == (b"one", b"two", b"three")


def test_a_stale_lock_is_named(store: GitStore) -> None:
    lock = store.git.path / f"{LEDGER}.lock"
    lock.write_text("")
    before = store.tip(LEDGER)

    with pytest.raises(RepositoryLockedError, match=r"ledger\.lock"):
        GitLedger(store).append(b"three", after=before, sign=ANA)

    assert store.tip(LEDGER) == before
    lock.unlink()
    GitLedger(store).append(b"three", after=before, sign=ANA)


def test_who_dies_before_the_references_move_changed_nothing(store: GitStore) -> None:
    repository, before = GitRepository(store), store.refs()

    repository.keep(Sources({"new": "1\n"}), parents=(), message="New", sign=ANA)

    assert store.refs() == before
    assert stock_git(store.git.path, "fsck", "--strict").returncode == 0


def test_a_full_disk_changes_nothing_and_is_named(store: GitStore) -> None:
    before = store.refs()

    told = subprocess.run(
        [sys.executable, "-c", _WRITE_UNDER_A_LIMIT, str(store.git.path)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip() == DiskFullError.__name__
    assert store.refs() == before
    assert stock_git(store.git.path, "fsck", "--strict").returncode == 0


_WRITE_UNDER_A_LIMIT = """
import os, resource, sys
from pathlib import Path
from governance.adapters.git.ledger import GitLedger
from governance.adapters.git.store import GitStore
from governance.errors import ExpectedError
from tests.fakes.git import a_signer
ledger = GitLedger(GitStore.at(Path(sys.argv[1])))
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    ledger.append(os.urandom(100_000), after=ledger.tip(), sign=a_signer())
except ExpectedError as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("120000 blob {blob}\tlink", BadPathError),
        ("100755 blob {blob}\tprogram", BadPathError),
        ("160000 commit {commit}\tmodule", BadPathError),
        ("100644 blob {blob}\ta\n100644 blob {blob}\tA", BadPathError),
        ("100644 blob {blob}\ta:b", BadPathError),
        ('100644 blob {blob}\t"a\\377"', BadPathError),
        ('100644 blob {blob}\t"a\\nb"', BadPathError),
        ('100644 blob {blob}\t"a\\\\b"', BadPathError),
        ('100644 blob {blob}\t"a\\342\\200\\214b"', BadPathError),
        ("100644 blob {blob}\t.git", BadPathError),
        ("100644 blob {blob}\t.GIT", BadPathError),
        ("100644 blob {blob}\tgit~1", BadPathError),
        ("100644 blob {blob}\tCOUNTE~1", BadPathError),
        ("100644 blob {blob}\t..", BadPathError),
        ("100644 blob {blob}\tcon", BadPathError),
        ("100644 blob {large}\ta", ContentError),
        ("100644 blob {large}\tassets", ContentError),
        ("100644 blob {crlf}\ta", BadTextError),
        ("100644 blob {latin}\ta", BadTextError),
    ],
)
def test_what_we_would_not_write_is_not_read(
    store: GitStore, line: str, refusal: type[Exception]
) -> None:
    named = line.format(
        blob=blob(store, b"x\n"),
        crlf=blob(store, b"x\r\n"),
        latin=blob(store, b"\xe4\n"),
        large=blob(store, b"x" * (LARGEST_FILE + 1)),
        commit=store.tip(MAIN),
    )
    commit = plant(store, *named.split("\n"))

    with pytest.raises(refusal):
        GitRepository(store).sources(commit)


def test_a_commit_that_nobody_signed_is_refused(store: GitStore) -> None:
    commit = plant(store, f"100644 blob {blob(store, b'x')}\ta")

    with pytest.raises(BadSignatureError, match="no signature of ours"):
        GitRepository(store).signers(commit, base=NOWHERE)


def test_replaced_and_grafted_objects_are_not_believed(store: GitStore) -> None:
    path, main = store.git.path, store.tip(MAIN)
    honest = GitRepository(store).sources(Commit(main))
    other = plant(store, f"100644 blob {blob(store, b'evil')}\ta.txt")
    stock_git(path, "replace", main, other)
    (path / "info").mkdir(exist_ok=True)
    (path / "info" / "grafts").write_text(f"{store.tip(LEDGER)}\n")
    (path / "shallow").write_text(f"{store.tip(LEDGER)}\n")

    fresh = GitStore.at(path)

    assert GitRepository(fresh).sources(Commit(main)) == honest
    assert len(fresh.commits(fresh.tip(LEDGER))) == 2


def test_traps_in_a_repository_do_not_spring(
    store: GitStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, sprung = store.git.path, tmp_path / "sprung"
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {sprung}\nexit 1\n")
    trap.chmod(0o755)
    (path / "hooks").mkdir(exist_ok=True)
    for hook in ("reference-transaction", "post-index-change", "pre-push"):
        shutil.copy(trap, path / "hooks" / hook)
    for key in ("core.fsmonitor", "core.sshCommand", "gpg.program", "filter.x.clean"):
        stock_git(path, "config", key, str(trap))
    stock_git(path, "config", "core.hooksPath", str(path / "hooks"))
    stock_git(path, "config", "core.autocrlf", "true")
    (path / "info").mkdir(exist_ok=True)
    (path / "info" / "attributes").write_text("* filter=x text eol=crlf\n")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path / "elsewhere"))
    fresh = GitStore.at(path)
    repository, sources = GitRepository(fresh), Sources({"x": "1\n"})

    commit = repository.keep(sources, parents=(), message="X", sign=ANA)
    GitLedger(fresh).append(b"three", after=fresh.tip(LEDGER), sign=ANA)

    assert repository.sources(commit) == sources
    assert not sprung.exists()


def test_packing_changes_nothing_that_is_read(store: GitStore) -> None:
    ledger = GitLedger(store)
    before, entries = store.refs(), ledger.entries(ledger.tip())

    store.maintain()

    assert store.refs() == before
    assert ledger.entries(ledger.tip()) == entries
    assert not any((store.git.path / "objects").glob("[0-9a-f][0-9a-f]/*"))


def test_a_few_objects_that_list_a_billion_files_are_refused(store: GitStore) -> None:
    line, commit = f"100644 blob {blob(store, b'x')}\t", NOWHERE
    for _level in range(9):
        commit = plant(store, *(f"{line}{name}" for name in "abcdefghij"))
        tree = stock_git(store.git.path, "rev-parse", f"{commit}^{{tree}}")
        line = f"040000 tree {tree.stdout.strip()}\t"
    began = monotonic()

    with pytest.raises(RepositoryDamagedError, match="more than 50 MB"):
        GitRepository(store).sources(commit)

    assert monotonic() - began < 30


def test_a_very_deep_folder_is_refused(store: GitStore) -> None:
    commit = plant(store, f"100644 blob {blob(store, b'x')}\ta")
    for _level in range(130):
        tree = stock_git(store.git.path, "rev-parse", f"{commit}^{{tree}}")
        commit = plant(store, f"040000 tree {tree.stdout.strip()}\ta")

    with pytest.raises(BadPathError, match="too long"):
        GitRepository(store).sources(commit)


def test_a_name_that_stands_twice_in_a_folder_is_refused(store: GitStore) -> None:
    one, other = blob(store, b"one"), blob(store, b"other")
    commit = plant(store, f"100644 blob {one}\ta", f"100644 blob {other}\ta")

    with pytest.raises(RepositoryDamagedError, match="twice"):
        GitRepository(store).sources(commit)


def test_what_another_repository_lends_changes_nothing_that_is_signed(
    store: GitStore, tmp_path: Path
) -> None:
    honest = GitRepository(store).sources(Commit(store.tip(MAIN)))
    other = GitStore.make(tmp_path / "other.git")
    GitRepository(other).keep(
        Sources({"a.txt": "evil\n"}), parents=(), message="x", sign=ANA
    )
    info = store.git.path / "objects" / "info"
    info.mkdir(exist_ok=True)
    (info / "alternates").write_text(
        f"{other.git.path / 'objects'}\n/nowhere/objects\n"
    )
    fresh = GitStore.at(store.git.path)

    assert GitRepository(fresh).sources(Commit(fresh.tip(MAIN))) == honest
    assert len(GitLedger(fresh).entries(fresh.tip(LEDGER))) == 2


def test_one_that_never_answers_is_ended(tmp_path: Path) -> None:
    slow = Popen(["sleep", "60"], stdin=PIPE, stdout=PIPE, stderr=PIPE)

    with pytest.raises(TimeoutError):
        told(slow, b"", most=10, seconds=0.2)

    assert slow.poll() is not None


def test_one_that_never_stops_talking_is_ended() -> None:
    yes = Popen(["yes"], stdin=PIPE, stdout=PIPE, stderr=PIPE)

    with pytest.raises(OverflowError):
        told(yes, b"", most=5_000_000, seconds=20)

    assert yes.poll() is not None


def test_complaints_without_end_do_not_stand_in_the_way() -> None:
    line = "head -c 3000000 /dev/zero >&2; cat"
    talker = Popen(["sh", "-c", line], stdin=PIPE, stdout=PIPE, stderr=PIPE)

    output, complaint = told(talker, b"x" * 2_000_000, most=3_000_000, seconds=20)

    assert output == b"x" * 2_000_000
    assert len(complaint) < 2_000_000
