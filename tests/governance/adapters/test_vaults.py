import os
import stat
from pathlib import Path

import pytest

from governance.adapters.keyring_vault import KeyringVault
from governance.adapters.vaults import FileVault, write_whole
from governance.errors import UnknownFormatError, VaultUnavailableError
from governance.names import PersonId
from tests.fakes.keyring import InMemoryKeyring, LockedKeyring

ANA = PersonId("ana@example.com")


def test_only_its_owner_can_read_a_key_and_no_half_is_left(tmp_path: Path) -> None:
    FileVault(tmp_path / "keys").create(ANA, "open sesame")

    files = list((tmp_path / "keys").iterdir())

    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600]
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert files[0].read_bytes().startswith(b"countersign-key/v1 ")


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


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_key_that_others_can_read_is_not_used(tmp_path: Path, mode: int) -> None:
    vault = FileVault(tmp_path)
    vault.create(ANA, "open sesame")
    (file,) = tmp_path.iterdir()
    file.chmod(mode)

    with pytest.raises(VaultUnavailableError, match="chmod 600"):
        vault.unlock(ANA, "open sesame")


@pytest.mark.parametrize("kept", [0, 1, 40, -1])
def test_a_key_that_was_cut_off_is_said_to_be_damaged(
    tmp_path: Path, kept: int
) -> None:
    vault = FileVault(tmp_path)
    vault.create(ANA, "open sesame")
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:kept])

    with pytest.raises(UnknownFormatError, match="damaged"):
        vault.unlock(ANA, "open sesame")


def test_a_pipe_in_the_place_of_a_key_is_not_waited_for(tmp_path: Path) -> None:
    vault = FileVault(tmp_path)
    vault.create(ANA, "open sesame")
    (file,) = tmp_path.iterdir()
    file.unlink()
    os.mkfifo(file, 0o600)

    with pytest.raises(VaultUnavailableError, match="plain file"):
        vault.unlock(ANA, "open sesame")
