"""What commands make of the author's files, and what they tell programs of it."""

import json
from pathlib import Path

import pytest

from app.cli.main import main
from tests.fakes.command_line import FOUNDER, INVITATION, PASSPHRASE, CommandLine


def test_line_ends_of_another_system_are_mended_where_the_remedy_says(
    desk: CommandLine,
) -> None:
    before = (desk.folder / INVITATION).read_bytes()
    desk.edit(INVITATION, lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    code, _out, err = desk.run("check", "interview-invitation")

    mended = desk.json("tidy")

    assert (code, "countersign tidy" in err) == (1, True)
    assert mended == [INVITATION]
    assert (desk.folder / INVITATION).read_bytes() == before
    assert desk.run("tidy")[1] == "Every file is as it should be.\n"


def test_a_new_template_names_its_files(desk: CommandLine) -> None:
    made = desk.json("template", "new", "interview-thanks", "--stage", "interview")

    assert made["id"] == "interview-thanks"
    assert made["files"]
    assert all((desk.folder / path).is_file() for path in made["files"])


def test_an_update_says_where_the_files_stand(desk: CommandLine) -> None:
    assert desk.json("update") == {"base": "", "is_current": True, "reason": ""}


def test_a_new_workspace_is_told_to_programs(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COUNTERSIGN_PASSPHRASE", PASSPHRASE)
    arguments = ["init", str(tmp_path / "desk"), "--from", "empty", "--as", FOUNDER]

    assert main([*arguments, "--vault", "file", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["folder"] == str(tmp_path / "desk")
    assert (told["workspace"], told["person"]) == ("desk", FOUNDER)
    assert told["key"].startswith("SHA256:")
