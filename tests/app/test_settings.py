"""What this computer keeps of a workspace, and where a workspace is found."""

from pathlib import Path

import pytest

from app.paths import NoWorkspaceError, Paths
from app.settings import Settings, VaultKind
from governance.errors import ContentError
from governance.names import PersonId


def test_settings_come_back_as_they_were_written_and_comments_stay(
    tmp_path: Path,
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('# mine\nremote = "ssh://old/place"\n')
    settings = Settings(id="a1", me=PersonId("a@b.example"), vault=VaultKind.KEYRING)

    settings.write(file)

    assert Settings.read(file) == settings
    assert file.read_text().startswith("# mine\n")
    assert "remote" not in file.read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


def test_without_a_file_everything_is_as_at_first(tmp_path: Path) -> None:
    assert Settings.read(tmp_path / "settings.toml") == Settings()


@pytest.mark.parametrize(
    "text",
    [
        'me = "nobody"',
        'vault = "pocket"',
        'colour = "red"',
        "remote = 3",
        "no toml",
        "\udcff",
    ],
)
def test_settings_that_cannot_be_used_name_their_file(
    tmp_path: Path, text: str
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text, errors="surrogateescape")

    with pytest.raises(ContentError, match=r"settings\.toml cannot be used"):
        Settings.read(file)


def test_a_workspace_is_found_from_any_folder_inside(tmp_path: Path) -> None:
    (tmp_path / "desk" / ".countersign").mkdir(parents=True)
    inside = tmp_path / "desk" / "templates" / "offer"
    inside.mkdir(parents=True)

    assert Paths.find(inside) == Paths(tmp_path / "desk")


def test_all_that_is_ours_lies_in_one_folder(tmp_path: Path) -> None:
    paths = Paths(tmp_path)

    for path in (
        *(paths.repository, paths.keys, paths.settings, paths.base, paths.service),
        *(paths.allowed_signers, paths.last_seen, paths.sandbox),
    ):
        assert path.parent == paths.ours


@pytest.mark.parametrize(
    ("folder", "told"),
    [("nowhere", "does not exist"), ("bare", "is no Countersign"), ("half", "holds t")],
)
def test_where_there_is_no_workspace_it_says_what_is_there(
    tmp_path: Path, folder: str, told: str
) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "countersign.toml").touch()

    with pytest.raises(NoWorkspaceError, match=told):
        Paths.find(tmp_path / folder)
