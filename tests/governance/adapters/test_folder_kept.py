"""A folder that is read again: as ``Folder`` reads it, whatever happened to it."""

import os
import time
from pathlib import Path

import pytest

from governance.adapters.folder import Folder
from governance.adapters.folder_kept import KeptFolder
from governance.content.sources import Sources
from governance.errors import BadPathError, ExpectedError
from tests.fakes.content import a_repository

OLD = time.time_ns() - 3_600_000_000_000


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "home"
    path.mkdir()
    Folder(path).write(Sources(), a_repository())
    age(path)
    return path


def age(path: Path) -> None:
    """Let everything be an hour old, so that it is believed."""
    for each in (path, *path.rglob("*")):
        if not each.is_symlink():
            os.utime(each, ns=(OLD, OLD))


@pytest.fixture
def kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> KeptFolder:
    # The time of a change cannot be set, so what is fresh is told by the other alone.
    monkeypatch.setattr("governance.adapters.folder_kept._COARSE", -(10**18))
    return KeptFolder(Folder(home))


def test_it_reads_what_a_folder_reads(home: Path) -> None:
    assert KeptFolder(Folder(home)).read() == Folder(home).read()


def test_nothing_new_is_the_same_object(kept: KeptFolder) -> None:
    assert kept.read() is kept.read()


def test_every_kind_of_change_is_seen(kept: KeptFolder, home: Path) -> None:
    first = kept.read()
    (home / "partials" / "more.mjml").write_text("<mj-text />\n")
    added = kept.read()
    (home / "partials" / "more.mjml").write_text("<mj-spacer/>\n")
    edited = kept.read()
    (home / "assets" / "logo.png").write_bytes(b"other")
    drawn = kept.read()
    (home / "partials" / "more.mjml").unlink()
    removed = kept.read()

    assert "partials/more.mjml" in added.texts
    assert edited.read("partials/more.mjml") == "<mj-spacer/>\n"
    assert drawn.assets["assets/logo.png"] == b"other"
    assert removed.texts == first.texts
    assert removed == Folder(home).read()


def test_what_was_just_written_is_read_again_though_it_looks_the_same(
    home: Path,
) -> None:
    kept, file = KeptFolder(Folder(home)), home / "partials" / "unused.mjml"
    file.write_text("<mj-text />\n")
    kept.read()
    before = file.stat()

    file.write_text("<mj-next />\n")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert kept.read().read("partials/unused.mjml") == "<mj-next />\n"


def test_a_link_in_a_files_place_is_refused(kept: KeptFolder, home: Path) -> None:
    kept.read()
    file = home / "partials" / "unused.mjml"
    file.unlink()
    file.symlink_to(home / "brand.toml")

    with pytest.raises(BadPathError):
        kept.read()


def test_a_broken_file_is_told_until_it_is_mended(kept: KeptFolder, home: Path) -> None:
    first = kept.read()
    file = home / "partials" / "unused.mjml"
    text = file.read_bytes()
    for _time in range(2):
        file.write_bytes(b"\xff")
        with pytest.raises(ExpectedError):
            kept.read()
    file.write_bytes(text)

    assert kept.read() == first


def test_a_store_makes_the_next_start_know_what_was_read(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("governance.adapters.folder_kept._COARSE", -(10**18))
    monkeypatch.setattr("governance.adapters.folder_kept._FEW", 0)
    store = home.parent / "cache" / "folder"
    first = KeptFolder(Folder(home), store).read()

    def refuse(self: Folder, name: str) -> str:
        raise AssertionError(name)

    monkeypatch.setattr(Folder, "content", refuse)

    assert KeptFolder(Folder(home), store).read() == first


@pytest.mark.parametrize("data", [b"", b"\x00\xff", b"\x93\x07\x80\x80"])
def test_a_store_that_cannot_be_read_is_none(home: Path, data: bytes) -> None:
    store = home.parent / "folder"
    store.write_bytes(data)

    assert KeptFolder(Folder(home), store).read() == Folder(home).read()
