"""What people meet: a sentence, an exit status, no traceback, and nothing lost."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli.main import main
from tests.fakes.command_line import INVITATION, PASSPHRASE, CommandLine


def _crlf(desk: CommandLine) -> None:
    desk.edit(INVITATION, lambda data: data.replace(b"\n", b"\r\n"))


def _no_utf8(desk: CommandLine) -> None:
    desk.edit(INVITATION, lambda data: data + b"\xff\xfe")


def _merge_marks(desk: CommandLine) -> None:
    desk.edit(
        INVITATION, lambda data: b"<<<<<<< ours\n" + data + b"=======\n>>>>>>> theirs\n"
    )


def _symlink(desk: CommandLine) -> None:
    (desk.folder / "partials" / "secret.mjml").symlink_to("/etc/passwd")


def _case(desk: CommandLine) -> None:
    shutil.copy(desk.folder / "brand.toml", desk.folder / "Brand.toml")


def _newer(desk: CommandLine) -> None:
    desk.edit(
        "countersign.toml", lambda data: data.replace(b"format = 1", b"format = 9")
    )


def _missing_include(desk: CommandLine) -> None:
    (desk.folder / "partials" / "head.mjml").unlink()


def _cycle(desk: CommandLine) -> None:
    desk.edit(
        "partials/head.mjml",
        lambda data: data + b'{% include "partials/head.mjml" %}\n',
    )


def _broken_toml(desk: CommandLine) -> None:
    desk.edit("fields.toml", lambda data: data + b"\n[fields.broken\n")


def _huge(desk: CommandLine) -> None:
    desk.edit(INVITATION, lambda data: data + b"<!-- " + b"x" * 10_000_000 + b" -->")


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (_crlf, "CR LF"),
        (_no_utf8, "UTF-8"),
        (_merge_marks, "merge"),
        (_symlink, "link"),
        (_case, "brand.toml"),
        (_newer, "Update Countersign"),
        (_missing_include, "partials/head.mjml"),
        (_cycle, "partials/head.mjml"),
        (_broken_toml, "fields.toml"),
        (_huge, INVITATION),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_broken_folder_is_explained_and_left_as_it_is(
    desk: CommandLine, harm: Callable[[CommandLine], None], told: str
) -> None:
    harm(desk)
    before = {
        path: path.read_bytes()
        for path in desk.folder.rglob("*.mjml")
        if path.is_file()
    }

    code, out, err = desk.run("check")

    assert code == 1
    assert told in out + err
    assert "Traceback" not in out + err
    assert {path: path.read_bytes() for path in before} == before


def test_a_template_that_never_ends_is_stopped(desk: CommandLine) -> None:
    loop = b"{% for a in job.title %}" * 6 + b"x" + b"{% endfor %}" * 6
    desk.edit(INVITATION, lambda data: data.replace(b"<h1>", b"<h1>" + loop, 1))
    desk.edit(
        "samples/maya-fernandes.toml",
        lambda data: data.replace(b"Senior Controls Engineer", b"S" * 60, 1),
    )

    code, out, err = desk.run(
        "render", "interview-invitation", "--sample", "maya-fernandes"
    )

    assert code == 1
    assert err
    assert "Traceback" not in out + err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["template", "show", "nothing-here"], 1, "There is no template"),
        (["template", "show", "../../etc"], 1, "cannot name a template"),
        (["render", "offer", "--sample", "nobody"], 1, "nobody"),
        (["render", "offer", "--sample", "dewi", "--locale", "fr"], 1, "fr"),
        (["change", "show", "nonsense"], 1, "names no change"),
        (
            ["change", "approve", "01KE6N2G000000000000000000", "--role", "hr"],
            1,
            "01KE",
        ),
        (["release", "01KE6N2G000000000000000000"], 1, "01KE6N2G"),
        (["rollback", "offer", "--reason", "Wrong"], 1, "never released"),
        (["verify", "offer"], 1, "never released"),
        (["verify", "message"], 2, "Which message?"),
        (["check", "templates/nothing"], 1, "There is no file, folder or template"),
        (["template", "new", "offer", "--stage", "offer"], 1, "already"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_name_is_a_sentence(
    desk: CommandLine, arguments: list[str], code: int, told: str
) -> None:
    said = desk.run(*arguments)

    assert (said[0], told in said[1] + said[2]) == (code, True), said
    assert "Traceback" not in said[2]


def test_a_wrong_passphrase_signs_nothing(
    desk: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTERSIGN_PASSPHRASE", "another one")

    code, _out, err = desk.run("change", "open", "--title", "Adopt", "--reason", "Now")

    assert (code, "passphrase is wrong" in err) == (1, True)
    assert "No change" in desk.run("change", "list")[1]


def test_a_missing_key_is_named(desk: CommandLine) -> None:
    shutil.rmtree(desk.folder / ".countersign" / "keys")

    code, _out, err = desk.run("change", "open", "--title", "Adopt", "--reason", "Now")

    assert (code, "no key of priya@northwind.example" in err) == (1, True)


@pytest.mark.parametrize("harm", ["gone", "emptied", "half"])
def test_a_broken_repository_is_the_environments_fault(
    desk: CommandLine, harm: str
) -> None:
    repository = desk.folder / ".countersign" / "repository.git"
    if harm == "half":
        shutil.rmtree(repository / "objects")
    else:
        shutil.rmtree(repository)
        if harm == "emptied":
            repository.mkdir()

    code, _out, err = desk.run("change", "list")

    assert code == 3
    assert err.strip()
    assert "Traceback" not in err


def test_a_folder_that_is_no_workspace_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["check", "--workspace", str(tmp_path)])

    said = capsys.readouterr()
    assert (code, said.out) == (3, "")
    assert f"{tmp_path} is no Countersign workspace." in said.err
    assert "countersign init DIR" in said.err


def test_init_leaves_a_folder_alone_that_holds_something(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COUNTERSIGN_PASSPHRASE", "correct horse battery")
    (tmp_path / "letter.txt").write_text("Dear …")

    code = main(["init", str(tmp_path), "--as", "ana@example.com", "--vault", "file"])

    assert code == 1
    assert "There is something in" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_init_with_a_short_passphrase_makes_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COUNTERSIGN_PASSPHRASE", "short")
    folder = tmp_path / "desk"

    code = main(["init", str(folder), "--as", "ana@example.com", "--vault", "file"])

    assert code == 1
    assert "at least 8 characters" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_an_interrupted_init_left_does_not_stand_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTERSIGN_PASSPHRASE", PASSPHRASE)
    (tmp_path / ".desk.part" / ".countersign").mkdir(parents=True)
    folder = tmp_path / "desk"

    arguments = ["init", str(folder), "--from", "empty", "--as", "ana@example.com"]

    assert main([*arguments, "--vault", "file"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["desk"]


def test_a_found_error_is_the_exit_status_one(desk: CommandLine) -> None:
    desk.edit(
        INVITATION, lambda data: data.replace(b"<h1>", b"<h1>{{ candidate.shoe }} ", 1)
    )

    code, out, err = desk.run("check", "interview-invitation", "--json")

    assert (code, err) == (1, "")
    assert '"rule":"template.unknown-field"' in out
    assert '"column":' in out


def test_the_workspace_may_be_named_before_the_command(desk: CommandLine) -> None:
    _code, after, _err = desk.run("template", "list", "--json")

    code = main(["--workspace", str(desk.folder), "template", "list", "--json"])

    assert (code, desk.capture.readouterr().out) == (0, after)


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "allowed-signers", "--out"),
        ("render", "interview-invitation", "--sample", "maya-fernandes", "--out"),
    ],
    ids=["export", "render"],
)
def test_what_cannot_be_written_is_the_environments_fault(
    desk: CommandLine, arguments: tuple[str, ...]
) -> None:
    (desk.folder.parent / "file").touch()

    code, out, err = desk.run(*arguments, str(desk.folder.parent / "file" / "x"))

    assert (code, out) == (3, "")
    assert "cannot be written" in err
    assert "Traceback" not in err
