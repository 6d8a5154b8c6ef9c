import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.adapters.folder import Folder
from governance.content.measure import LARGEST_FILE
from governance.content.sources import Sources, changed
from governance.errors import (
    BadPathError,
    BadTextError,
    ContentError,
    FolderUnavailableError,
    StaleFolderError,
    UnknownFormatError,
    WrongFolderError,
)
from tests.fakes.content import a_repository


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "templates of ours"
    path.mkdir()
    Folder(path).write(Sources(), a_repository())
    return path


def everything(path: Path) -> dict[str, bytes]:
    return {
        file.relative_to(path).as_posix(): file.read_bytes()
        for file in sorted(path.rglob("*"))
        if file.is_file()
    }


def test_a_folder_is_read_as_it_was_written(home: Path) -> None:
    assert Folder(home).read() == a_repository()
    assert everything(home) == dict(sorted(a_repository().files().items()))


NAMES = st.sampled_from(["fields.toml", "a/b.txt", "a/c.txt", "assets/d.png", "d/e/f"])
FILES = st.dictionaries(NAMES, st.text("aä\n", max_size=3).map(str.encode))


@given(FILES, FILES)
def test_a_folder_becomes_what_is_written_and_nothing_is_left_over(
    tmp_path_factory: pytest.TempPathFactory,
    one: dict[str, bytes],
    other: dict[str, bytes],
) -> None:
    path = tmp_path_factory.mktemp("folder")
    before, after = Sources.of_files(one), Sources.of_files(other)
    Folder(path).write(Sources(), before)

    written = Folder(path).write(before, after)

    assert everything(path) == dict(sorted(other.items()))
    assert written == changed(before, after)
    assert {file for file in path.rglob("*") if file.is_dir()} == {
        parent
        for name in other
        for parent in (path / name).parents
        if parent.is_relative_to(path) and parent != path
    }


def test_files_that_did_not_change_are_not_touched(home: Path) -> None:
    file = home / "brand.toml"
    os.utime(file, ns=(1, 1))
    before = a_repository()

    written = Folder(home).write(before, before.with_text("partials/new.txt", "a"))

    assert written == ("partials/new.txt",)
    assert file.stat().st_mtime_ns == 1


def test_a_file_keeps_who_may_read_it(home: Path) -> None:
    file = home / "brand.toml"
    file.chmod(0o640)
    before = a_repository()

    Folder(home).write(before, before.with_text("brand.toml", '[brand]\na = "b"\n'))

    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert file.read_text("utf-8") == '[brand]\na = "b"\n'


def test_a_file_that_somebody_edited_meanwhile_is_not_overwritten(home: Path) -> None:
    before = a_repository()
    (home / "brand.toml").write_text("[brand]\n", "utf-8")
    after = before.with_text("brand.toml", "").with_text("a.txt", "a")
    as_it_was = everything(home)

    with pytest.raises(StaleFolderError, match=r"“brand\.toml” was edited"):
        Folder(home).write(before, after)

    assert everything(home) == as_it_was


def test_what_is_ours_gits_or_an_editors_is_not_read(home: Path) -> None:
    for name in (
        ".git/config",
        ".countersign/repository.git/HEAD",
        ".DS_Store",
        "partials/Thumbs.db",
        "partials/a.mjml~",
        "partials/.a.mjml.swp",
        "partials/.x1.countersign-new",
    ):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(b"\xff\0")

    assert Folder(home).read() == a_repository()


@pytest.mark.parametrize(
    ("name", "data", "line", "problem"),
    [
        ("partials/a.txt", b"a\nb\xff", 2, "no UTF-8"),
        ("partials/a.txt", b"a\nb\r\n", 2, "CR LF"),
        ("partials/a.txt", b"\xef\xbb\xbfa", 1, "byte order mark"),
        ("partials/a.txt", b"a\0", 1, "NUL"),
        ("partials/picture.png", b"\x89PNG\r\n", 1, "Pictures belong in “assets/”"),
    ],
)
def test_a_file_that_is_no_plain_text_is_told_with_its_line(
    home: Path, name: str, data: bytes, line: int, problem: str
) -> None:
    (home / name).write_bytes(data)

    with pytest.raises(BadTextError, match=problem) as caught:
        Folder(home).read()

    (told,) = caught.value.problems
    assert (told.path, told.line) == (name, line)


def test_line_ends_and_marks_can_be_put_right(home: Path) -> None:
    (home / "partials" / "a.txt").write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    (home / "assets" / "a.bin").write_bytes(b"\xef\xbb\xbfa\r\n")

    assert Folder(home).normalise() == ("partials/a.txt",)

    assert Folder(home).read().read("partials/a.txt") == "a\nb\nc\n"
    assert Folder(home).read().assets["assets/a.bin"] == b"\xef\xbb\xbfa\r\n"
    assert Folder(home).normalise() == ()


@pytest.mark.parametrize("target", ["../outside.txt", "brand.toml", "nowhere"])
def test_a_link_is_refused_wherever_it_leads(home: Path, target: str) -> None:
    (home.parent / "outside.txt").write_text("secret", "utf-8")
    (home / "partials" / "link.txt").symlink_to(target)

    with pytest.raises(BadPathError, match=r"“partials/link\.txt” is a link"):
        Folder(home).read()


def test_a_linked_folder_is_refused_on_reading_and_writing(home: Path) -> None:
    outside = home.parent / "outside"
    outside.mkdir()
    (home / "linked").symlink_to(outside)
    before = a_repository()

    with pytest.raises(BadPathError, match="“linked” is a link"):
        Folder(home).read()
    with pytest.raises(BadPathError, match=r"“linked/a\.txt” is a link"):
        Folder(home).write(before, before.with_text("linked/a.txt", "a"))

    assert list(outside.iterdir()) == []


def test_something_that_is_no_file_is_refused(home: Path) -> None:
    os.mkfifo(home / "partials" / "pipe.txt")

    with pytest.raises(BadPathError, match="no plain file"):
        Folder(home).read()


def test_paths_that_collide_on_some_computers_are_refused(home: Path) -> None:
    (home / "partials" / "Header.mjml").write_text("a", "utf-8")
    if len(list((home / "partials").iterdir())) < 3:
        pytest.skip("this file system does not tell them apart")

    with pytest.raises(BadPathError, match="only in upper and lower case"):
        Folder(home).read()


def test_names_whose_letters_are_composed_in_two_ways_are_refused(home: Path) -> None:
    (home / "u\u0308ber.txt").write_text("a", "utf-8")

    with pytest.raises(BadPathError, match="NFD"):
        Folder(home).read()

    (home / "\u00fcber.txt").write_text("a", "utf-8")

    with pytest.raises(BadPathError, match=r"“über\.txt” is there twice"):
        Folder(home).read()


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "||||||| base", ">>>>>>> cr/1"])
def test_a_merge_that_was_left_half_done_is_told_with_its_line(
    home: Path, mark: str
) -> None:
    (home / "partials" / "a.txt").write_text(f"a\n{mark}\nb\n", "utf-8")

    with pytest.raises(ContentError, match=r"partials/a\.txt, line 2: a merge"):
        Folder(home).read()


def test_signs_that_only_look_like_a_merge_are_text(home: Path) -> None:
    (home / "partials" / "a.txt").write_text("a <<<<<<< b\n=======\n", "utf-8")

    assert Folder(home).read().read("partials/a.txt") == "a <<<<<<< b\n=======\n"


def test_a_file_that_no_message_needs_is_refused(home: Path) -> None:
    (home / "assets" / "film.mp4").write_bytes(b"a" * (LARGEST_FILE + 1))

    with pytest.raises(ContentError, match=r"“assets/film\.mp4” is larger than 1 MB"):
        Folder(home).read()


def test_a_folder_that_holds_too_much_is_refused(home: Path) -> None:
    for number in range(11):
        (home / "assets" / f"{number}.bin").write_bytes(b"a" * LARGEST_FILE)

    with pytest.raises(ContentError, match="more than 10 MB"):
        Folder(home).read()


def test_a_newer_format_is_refused(home: Path) -> None:
    (home / "countersign.toml").write_text("format = 99\n", "utf-8")

    with pytest.raises(UnknownFormatError, match="format 99"):
        Folder(home).read()


def test_a_wrong_folder_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(WrongFolderError, match="There is no folder"):
        Folder(tmp_path / "nowhere").read()
    with pytest.raises(WrongFolderError, match="is empty"):
        Folder(tmp_path).read()

    (tmp_path / "letter.txt").write_text("a", "utf-8")

    with pytest.raises(WrongFolderError, match=r"it has no “countersign\.toml”"):
        Folder(tmp_path).read()
    with pytest.raises(WrongFolderError, match="There is no folder"):
        Folder(tmp_path / "letter.txt").read()


def test_a_file_in_the_place_of_a_folder_is_told(home: Path) -> None:
    before = a_repository()
    (home / "new").write_text("a", "utf-8")

    with pytest.raises(FolderUnavailableError, match=r"“new/a\.txt” cannot be"):
        Folder(home).write(before, before.with_text("new/a.txt", "a"))


# What writing meets on a full disk, without one: no file may grow beyond 1000 bytes.
FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from governance.adapters.folder import Folder
from governance.errors import FolderUnavailableError
from governance.content.sources import Sources

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
folder = Folder(Path(sys.argv[1]))
before = folder.read()
try:
    folder.write(before, before.with_text("brand.toml", "#" * 3000))
except FolderUnavailableError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_disk_that_is_full_leaves_everything_as_it_was(home: Path) -> None:
    as_it_was = everything(home)

    done = subprocess.run(
        [sys.executable, "-B", "-c", FULL_DISK, str(home)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )

    assert "“brand.toml” cannot be read or written" in done.stdout, done.stderr
    assert everything(home) == as_it_was


FOREIGN = [".git/config", ".countersign/service.toml", ".vscode/tasks.json"]


@pytest.mark.parametrize("path", FOREIGN)
def test_nothing_is_written_where_other_programs_believe_what_they_find(
    home: Path, path: str
) -> None:
    with pytest.raises(BadPathError, match="another program"):
        Folder(home).write(a_repository(), Sources({**a_repository().texts, path: ""}))

    assert everything(home) == dict(sorted(a_repository().files().items()))


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(home: Path) -> None:
    before = a_repository()
    (home / "fields.toml").unlink()
    os.mkfifo(home / "fields.toml")

    with pytest.raises(BadPathError, match="no plain file"):
        Folder(home).write(before, before.with_text("fields.toml", ""))
    with pytest.raises(BadPathError, match="no plain file"):
        Folder(home).read()
    with pytest.raises(BadPathError, match="no plain file"):
        Folder(home).normalise()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may make a device")
def test_a_device_without_end_is_not_read(home: Path) -> None:
    (home / "assets").mkdir(exist_ok=True)
    os.mknod(home / "assets" / "zero.png", 0o644 | stat.S_IFCHR, os.makedev(1, 5))

    with pytest.raises(BadPathError, match="no plain file"):
        Folder(home).read()


def test_a_hard_link_is_replaced_and_its_other_name_keeps_its_bytes(
    home: Path, tmp_path: Path
) -> None:
    before = a_repository()
    secret = tmp_path / "secret"
    secret.write_bytes(before.files()["fields.toml"])
    (home / "fields.toml").unlink()
    (home / "fields.toml").hardlink_to(secret)

    Folder(home).write(before, before.with_text("fields.toml", "# new\n"))

    assert secret.read_bytes() == before.files()["fields.toml"]
    assert (home / "fields.toml").read_text("utf-8") == "# new\n"


def test_folders_without_end_are_refused(home: Path) -> None:
    deep = home
    for _level in range(130):
        deep /= "a"
    deep.mkdir(parents=True)

    with pytest.raises(BadPathError, match="too long"):
        Folder(home).read()


def test_more_empty_folders_than_anybody_makes_are_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("governance.content.measure.MOST_FILES", 100)
    monkeypatch.setattr("governance.adapters.folder._MOST_ENTRIES", 200)
    for number in range(201):
        (home / "partials" / str(number)).mkdir(parents=True)

    with pytest.raises(ContentError, match="right one"):
        Folder(home).read()
