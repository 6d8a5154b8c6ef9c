"""A team of two around one repository, from the command line alone.

The commands run in this process: starting Python for each took most of the time. Each
opens its workspace anew, as it would in a process of its own.
"""

import io
import json
import subprocess
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.cli.main import main
from tests.fakes.command_line import PASSPHRASE


@dataclass(frozen=True)
class Said:
    """What a command said."""

    stdout: str
    stderr: str


def countersign(folder: Path, *arguments: str, code: int = 0) -> Said:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(["--workspace", str(folder), *arguments])
    assert status == code, err.getvalue()
    return Said(out.getvalue(), err.getvalue())


def opened(folder: Path) -> str:
    """Open a change, and return its name."""
    said = countersign(
        folder, "change", "open", "--title", "Begin", "--reason", "Go", "--json"
    )
    return str(json.loads(said.stdout)["change"])


@pytest.fixture(scope="module", autouse=True)
def _passphrase() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COUNTERSIGN_PASSPHRASE", PASSPHRASE)
        yield


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """Ana's workspace, Ben's, and the address of the repository between them."""
    tmp_path = tmp_path_factory.mktemp("team")
    ana, ben = tmp_path / "ana", tmp_path / "ben"
    address = f"file://{tmp_path}/team.git"
    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "team.git"], check=True)
    countersign(
        tmp_path,
        *("init", str(ana), "--from", "empty", "--as", "ana@example.com"),
        *("--vault", "file"),
    )
    countersign(ana, "share", address)
    joined = countersign(
        tmp_path,
        "join",
        address,
        str(ben),
        "--as",
        "ben@example.com",
        "--vault",
        "file",
    )
    (ana / "ben.pub").write_text(joined.stdout.splitlines()[-1])
    countersign(
        ana,
        *("person", "add", "ben@example.com", "--name", "Ben", "--role", "hr"),
        *("--key", str(ana / "ben.pub")),
    )
    (ana / "ben.pub").unlink()
    return ana, ben, address


def test_who_joined_signs_what_a_colleague_proposed(
    team: tuple[Path, Path, str],
) -> None:
    ana, ben, _address = team
    change = opened(ana)
    assert change in countersign(ben, "change", "list").stdout

    countersign(ben, "change", "approve", change, "--role", "hr")

    assert '"ben@example.com": "hr"' in (
        countersign(ana, "change", "show", change, "--json").stdout
    )


def test_what_was_not_enrolled_in_a_role_is_refused_by_name(
    team: tuple[Path, Path, str],
) -> None:
    ana, ben, _address = team
    change = opened(ana)

    said = countersign(ben, "change", "approve", change, "--role", "legal", code=1)

    assert "NOT_ENTITLED" in said.stderr


def test_without_the_teams_repository_one_reads_and_cannot_act(
    team: tuple[Path, Path, str],
) -> None:
    ana, _ben, address = team
    there = Path(address.removeprefix("file://"))
    there.rename(there.with_name("gone.git"))
    try:
        listed = countersign(ana, "person", "list")
        refused = countersign(
            ana, "change", "open", "--title", "Begin", "--reason", "We begin", code=3
        )
    finally:
        there.with_name("gone.git").rename(there)

    assert "ben@example.com" in listed.stdout
    assert "cannot be reached" in listed.stderr
    assert "cannot be reached" in refused.stderr


def test_a_repository_that_holds_something_else_is_not_shared_into(
    team: tuple[Path, Path, str], tmp_path: Path
) -> None:
    _ana, _ben, address = team
    other = tmp_path / "other"
    countersign(
        tmp_path,
        *("init", str(other), "--from", "empty", "--as", "eve@example.com"),
        *("--vault", "file"),
    )

    said = countersign(other, "share", address, code=1)

    assert said.stderr
    assert "remote" not in (other / ".countersign" / "settings.toml").read_text()


def test_joining_what_is_no_workspace_leaves_nothing_behind(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "bare.git"], check=True)

    said = countersign(
        tmp_path,
        *("join", f"file://{tmp_path}/bare.git", str(tmp_path / "desk")),
        *("--as", "ben@example.com"),
        *("--vault", "file"),
        code=1,
    )

    assert "There is no workspace at" in said.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bare.git"]
