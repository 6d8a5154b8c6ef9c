import stat
from pathlib import Path

import pytest

from governance.adapters.keyring_vault import KeyringVault
from governance.adapters.vaults import FileVault, write_whole
from governance.errors import VaultUnavailableError
from governance.names import PersonId
from tests.fakes.keyring import InMemoryKeyring, LockedKeyring

ANA = PersonId("ana@example.com")


def test_only_its_owner_can_read_a_key_and_no_half_is_left(tmp_path: Path) -> None:
    FileVault(tmp_path / "keys").create(ANA, "open sesame")

    files = list((tmp_path / "keys").iterdir())

    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600]
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert b"ENCRYPTED PRIVATE KEY" in files[0].read_bytes()


def test_a_key_that_cannot_be_kept_is_said_and_the_old_one_stays(
    tmp_path: Path,
) -> None:
    vault = FileVault(tmp_path / "keys")
    public = vault.create(ANA, "old")
    in_the_way = FileVault(tmp_path / "file" / "keys")
    (tmp_path / "file").write_text("x")

    with pytest.raises(VaultUnavailableError, match="cannot be kept"):
        in_the_way.create(ANA, "new")

    assert vault.unlock(ANA, "old").public == public


def test_what_cannot_be_written_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()

    with pytest.raises(OSError, match="folder"):
        write_whole(tmp_path / "folder", b"x")

    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_locked_keyring_is_said_to_be(tmp_path: Path) -> None:
    vault = KeyringVault("Test", LockedKeyring())

    with pytest.raises(VaultUnavailableError, match="keyring"):
        vault.create(ANA, "x")
    with pytest.raises(VaultUnavailableError, match="keyring"):
        vault.unlock(ANA, "x")


def test_two_workspaces_keep_their_keys_apart() -> None:
    backend = InMemoryKeyring()
    one, other = KeyringVault("One", backend), KeyringVault("Other", backend)
    first = one.create(ANA, "x")
    other.create(ANA, "x")

    assert one.unlock(ANA, "x").public == first
