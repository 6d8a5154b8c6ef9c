"""The service's settings and secrets: strict, private, and without surprises."""

import os
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from governance.errors import WrongPassphraseError
from sync.settings.files import write_private
from sync.settings.keys import secrets_of, service_key
from sync.settings.sandbox import read_sandbox
from sync.settings.secrets import (
    EnvironmentSecrets,
    FileSecrets,
    KeyringSecrets,
    SecretsError,
)
from sync.settings.service import (
    ServiceFile,
    SettingsError,
    read_service,
    read_settings,
)
from tests.fakes.keyring import InMemoryKeyring, LockedKeyring
from tests.fakes.processes import SETTINGS


def made() -> bytes:
    return os.urandom(32)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "here" / "service.toml"
    path.parent.mkdir()
    path.write_text(SETTINGS)
    return path


def test_paths_are_relative_to_the_file(file: Path) -> None:
    settings = read_settings(file)

    assert settings.folder == file.parent
    assert settings.path("../repository.git") == file.parents[1] / "repository.git"
    assert settings.database == f"sqlite:///{file.parent / 'service.sqlite'}"


def test_a_database_elsewhere_is_taken_as_it_is(file: Path) -> None:
    file.write_text(SETTINGS.replace("patience", 'database = "sqlite://"\npatience'))

    assert read_settings(file).database == "sqlite://"


def test_a_secret_in_the_settings_is_refused(file: Path) -> None:
    file.write_text(SETTINGS.replace("[mail]", '[mail]\npassword = "x"'))

    with pytest.raises(SettingsError, match="password"):
        read_settings(file)


def test_a_file_secret_is_made_once_and_is_private(tmp_path: Path) -> None:
    secrets = FileSecrets(tmp_path / "secrets")

    first = secrets.get("kek", made)

    assert secrets.get("kek", made) == first
    assert (tmp_path / "secrets" / "kek").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["kek"]


def test_two_that_begin_at_once_have_one_secret(tmp_path: Path) -> None:
    secrets = FileSecrets(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _n: secrets.get("kek", made), range(16)))

    assert len(set(found)) == 1


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    secrets = FileSecrets(tmp_path)
    secrets.get("kek", made)
    (tmp_path / "kek").chmod(0o640)

    with pytest.raises(SecretsError, match="chmod 600"):
        secrets.get("kek", made)


def test_a_keyring_secret_is_made_once_for_each_workspace() -> None:
    backend = InMemoryKeyring()
    one, two = KeyringSecrets("one", backend), KeyringSecrets("two", backend)

    first = one.get("kek", made)

    assert one.get("kek", made) == first
    assert two.get("kek", made) != first


def test_a_locked_keyring_is_said() -> None:
    with pytest.raises(SecretsError):
        KeyringSecrets("one", LockedKeyring()).get("kek", made)


def test_a_secret_of_the_environment_is_read_and_never_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COUNTERSIGN_SECRET_KEK", b64encode(b"k" * 32).decode())

    secrets = EnvironmentSecrets()

    assert [secrets.get("kek", made) for _time in "ab"] == [b"k" * 32] * 2
    with pytest.raises(SecretsError, match="COUNTERSIGN_SECRET_SESSION"):
        secrets.get("session", made)
    # Git and ssh are started by us, and inherit what is in the environment.
    assert "COUNTERSIGN_SECRET_KEK" not in os.environ
    assert b64encode(b"k" * 32).decode() not in repr(secrets)


def test_the_services_key_is_the_same_the_next_time(file: Path) -> None:
    secrets = secrets_of(read_settings(file))

    assert service_key(secrets).public == service_key(secrets).public


def test_a_key_whose_other_half_is_gone_is_not_used(file: Path) -> None:
    secrets = secrets_of(read_settings(file))
    service_key(secrets)
    (file.parent / "secrets" / "passphrase").unlink()

    with pytest.raises(WrongPassphraseError):
        service_key(secrets)


def test_what_is_written_is_whole_or_not_there(tmp_path: Path) -> None:
    write_private(tmp_path / "file", b"one")
    write_private(tmp_path / "file", b"two")

    assert (tmp_path / "file").read_bytes() == b"two"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"http": 1}', b"\xff"])
def test_who_has_not_said_where_it_is_is_nowhere(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "service.json").write_bytes(content)
    (tmp_path / "sandbox.json").write_bytes(content)

    assert read_service(tmp_path) is None
    assert read_sandbox(tmp_path / "sandbox.json") is None
    assert read_sandbox(tmp_path / "none.json") is None


def test_no_repr_shows_a_token() -> None:
    assert "secret" not in repr(ServiceFile("http://x", "secret", 1))
