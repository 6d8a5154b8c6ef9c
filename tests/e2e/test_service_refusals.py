"""What the service and the sandbox say when they cannot begin."""

import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from governance.errors import ExpectedError
from sync.__main__ import run
from sync.errors import (
    PortInUseError,
    StoreBrokenError,
    StoreTooNewError,
    StoreUnavailableError,
    WrongStoreKeyError,
)
from sync.sandbox.__main__ import sandbox
from sync.sandbox.records import RecordsUnusableError
from sync.settings.files import write_private
from sync.settings.sandbox import SandboxFile
from sync.settings.secrets import SecretsError
from sync.settings.service import SettingsError, read_settings
from sync.store.opened import open_store
from sync.store.sealing import Sealer
from tests.fakes.make import NOON
from tests.fakes.processes import ROOT, SETTINGS
from tests.fakes.workplace import in_git

BOX = b"""{"http": "http://127.0.0.1:1", "token": "t", "smtp_host": "127.0.0.1",
"smtp_port": 1, "pid": 1}"""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    in_git(tmp_path)
    write_private(tmp_path / "sandbox" / "sandbox.json", BOX)
    path = tmp_path / "service" / "service.toml"
    path.parent.mkdir()
    path.write_text(SETTINGS)
    return path


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def refusal(settings: Path) -> ExpectedError:
    with pytest.raises(ExpectedError) as caught:
        run(read_settings(settings))
    assert not (settings.parent / "service.json").exists()
    return caught.value


def database(settings: Path) -> Path:
    """Make the service's database, as it is after a first start."""
    path = settings.parent / "service.sqlite"
    kek = b"k" * 32
    write_private(settings.parent / "secrets" / "kek", kek)
    store = open_store(
        f"sqlite:///{path}", Sealer(kek), domain="x.example", worker="w", now=NOON
    )
    store.close()
    return path


def test_a_port_in_use_is_said(settings: Path, taken: int) -> None:
    settings.write_text(SETTINGS.replace("patience", f"port = {taken}\npatience"))

    assert isinstance(refusal(settings), PortInUseError)


def test_a_repository_that_is_not_there_is_said(settings: Path) -> None:
    settings.write_text(SETTINGS.replace("repository.git", "nowhere.git"))

    assert "nowhere.git" in str(refusal(settings))


def test_a_sandbox_that_does_not_run_is_said(settings: Path) -> None:
    (settings.parents[1] / "sandbox" / "sandbox.json").unlink()

    assert isinstance(refusal(settings), SettingsError)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[service]", "[servce]"),
        ('workspace = "test"', "workspace = 7"),
        ('workspace = "test"', 'workspace = ""'),
        ("poll_every = 5", "poll_every = 0"),
        ("poll_every = 5", "poll_evry = 5"),
        ("rate = 500.0", "rate = 0.0"),
        ("[mail]", "[mail"),
        ('sandbox = "../sandbox"\nrate', "rate"),
        ("talent@northwind.example", "talent"),
    ],
)
def test_settings_that_cannot_be_used_are_said(
    settings: Path, old: str, new: str
) -> None:
    settings.write_text(SETTINGS.replace(old, new))

    assert isinstance(refusal(settings), SettingsError)


def test_a_password_that_nobody_gave_is_asked_for(settings: Path) -> None:
    own = 'host = "127.0.0.1"\nuser = "talent"\nrate'
    settings.write_text(SETTINGS.replace('sandbox = "../sandbox"\nrate', own))

    assert "smtp" in str(refusal(settings))
    assert not (settings.parent / "secrets" / "smtp").exists()


def test_a_database_of_a_newer_program_is_left_alone(settings: Path) -> None:
    path = database(settings)
    with closing(sqlite3.connect(path)) as file:
        with file:
            file.execute("UPDATE schema_version SET version_num = '9999'")
        before = list(file.iterdump())

        assert isinstance(refusal(settings), StoreTooNewError)
        assert list(file.iterdump()) == before


def test_a_database_that_another_program_holds_is_said(settings: Path) -> None:
    settings.write_text(SETTINGS.replace("patience = 10.0", "patience = 0.2"))
    with closing(sqlite3.connect(database(settings))) as file:
        file.execute("BEGIN EXCLUSIVE")

        assert isinstance(refusal(settings), StoreUnavailableError)


def test_a_database_that_is_damaged_is_said(settings: Path) -> None:
    path = database(settings)
    path.write_bytes(b"no database at all, and long enough to be read as one" * 99)
    for beside in path.parent.glob("service.sqlite-*"):
        beside.unlink()

    assert isinstance(refusal(settings), StoreBrokenError)


def test_a_database_of_another_key_is_said(settings: Path) -> None:
    database(settings)
    write_private(settings.parent / "secrets" / "kek", b"o" * 32)

    assert isinstance(refusal(settings), WrongStoreKeyError)


def test_a_secret_that_others_can_read_is_not_used(settings: Path) -> None:
    secret = settings.parent / "secrets" / "key"
    write_private(secret, b"x")
    secret.chmod(0o644)

    assert isinstance(refusal(settings), SecretsError)


def test_a_sandbox_that_others_hold_is_said(tmp_path: Path) -> None:
    (tmp_path / "sandbox.sqlite").write_bytes(b"no database" * 999)

    with pytest.raises(RecordsUnusableError), sandbox(tmp_path):
        pass


@pytest.mark.parametrize("option", ["--http", "--smtp"])
def test_a_port_of_the_sandbox_in_use_ends_with_a_sentence(
    tmp_path: Path, taken: int, option: str
) -> None:
    said = subprocess.run(
        [
            *(sys.executable, "-m", "sync", "sandbox"),
            *("--folder", str(tmp_path), option, str(taken)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert said.returncode == 3
    assert said.stderr.startswith(f"Port {taken} cannot be used")
    assert "Traceback" not in said.stderr
    assert not (tmp_path / "sandbox.json").exists()


def test_a_service_that_cannot_begin_ends_with_a_sentence(tmp_path: Path) -> None:
    said = subprocess.run(
        [
            *(sys.executable, "-m", "sync", "serve"),
            *("--settings", str(tmp_path / "none.toml")),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert said.returncode == 3
    assert "none.toml cannot be read" in said.stderr
    assert "Traceback" not in said.stderr


def test_what_a_running_sandbox_says_hides_its_token() -> None:
    assert "secret" not in repr(SandboxFile("http://x", "secret", "h", 1, 1))
