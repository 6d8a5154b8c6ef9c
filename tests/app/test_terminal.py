"""The command line on a terminal and in a pipe, each time in a process of its own."""

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from app.cli.main import main
from tests.fakes.command_line import FOUNDER, PASSPHRASE, CommandLine

PATIENCE = 60.0  # seconds
ESCAPE = "\x1b["


class Terminal:
    """A command on a terminal of its own."""

    def __init__(self, folder: Path, *arguments: str, **more: str) -> None:
        environment = {**os.environ, "TERM": "xterm", **more}
        environment.pop("COUNTERSIGN_PASSPHRASE", None)
        ours, theirs = pty.openpty()
        self._ours = ours
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app", *arguments],
            cwd=folder,
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_own_terminal,  # noqa: PLW1509 -- no threads here
        )
        os.close(theirs)
        self.said = ""

    def until(self, text: str) -> None:
        """Read until ``text`` was said."""
        end = time.monotonic() + PATIENCE
        while text not in self.said:
            assert time.monotonic() < end, self.said
            assert self._read(), self.said

    def type(self, text: str) -> None:
        """Type ``text``."""
        os.write(self._ours, text.encode())

    def end(self) -> int:
        """Read all that is said, and return the exit status."""
        while self._read():
            pass
        os.close(self._ours)
        return self.process.wait(PATIENCE)

    def _read(self) -> bool:
        if not select.select([self._ours], [], [], PATIENCE)[0]:
            return False
        try:
            data = os.read(self._ours, 4096)
        except OSError:  # the other side has ended
            return False
        self.said += data.decode(errors="replace")
        return bool(data)


def _own_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_a_new_person_is_asked_for_all_that_a_workspace_needs(tmp_path: Path) -> None:
    shown = Terminal(tmp_path, "init", "desk", "--from", "empty", "--vault", "file")

    shown.until("Your e-mail address")
    shown.type(f"{FOUNDER}\n")
    shown.until("Choose a passphrase")
    shown.type(f"{PASSPHRASE}\n")
    shown.until("Repeat for confirmation")
    shown.type(f"{PASSPHRASE}\n")

    assert shown.end() == 0, shown.said
    assert PASSPHRASE not in shown.said
    assert (tmp_path / "desk" / "countersign.toml").is_file()


def test_who_presses_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    shown = Terminal(tmp_path, "init", "desk", "--as", FOUNDER, "--vault", "file")
    shown.until("Choose a passphrase")

    shown.type("\x03")

    assert shown.end() == 130
    assert "Stopped; nothing was left half done." in shown.said
    assert list(tmp_path.iterdir()) == []


def test_work_that_is_interrupted_ends_at_once(desk: CommandLine) -> None:
    shown = Terminal(desk.folder, "check")
    shown.until("Checking")

    shown.type("\x03")
    began = time.monotonic()

    assert shown.end() == 130, shown.said
    assert "Stopped; nothing was left half done." in shown.said
    assert "Traceback" not in shown.said
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    ("more", "is_coloured"), [({}, True), ({"NO_COLOR": "1"}, False)]
)
def test_colours_are_for_terminals_that_want_them(
    desk: CommandLine, more: Mapping[str, str], *, is_coloured: bool
) -> None:
    shown = Terminal(desk.folder, "field", "list", "candidate", **more)

    assert shown.end() == 0
    assert "candidate.first_name" in shown.said
    assert (ESCAPE in shown.said) is is_coloured


def test_a_pipe_gets_no_colours_and_may_be_closed(desk: CommandLine) -> None:
    command = f"{sys.executable} -m app field list | head -1"

    said = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=desk.folder,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("Field ")
    assert len(said.stdout.splitlines()) == 1


COMPLETE = """
source <(countersign completion bash)
complete -p countersign
COMP_WORDS=({words}); COMP_CWORD={at}
_countersign_completion countersign
echo "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("countersign templ", "template"),
        ("countersign template sh", "show"),
        ("countersign change re", "reject revise"),
        ("countersign render --pa", "--part"),
    ],
)
def test_bash_completes_commands(words: str, completed: str) -> None:
    script = COMPLETE.format(words=words, at=len(words.split()) - 1)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    said = subprocess.run(
        ["bash", "-c", script],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )

    told = re.sub(r"plain,?", "", said.stdout.splitlines()[-1]).split()
    assert sorted(told) == completed.split(), said


def test_zsh_gets_a_script_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "zsh"]) == 0
    assert capsys.readouterr().out.startswith("#compdef countersign")


# Its own completion system needs a terminal; what the script hands to it does not.
ZSH = """
setopt no_global_rcs
compdef() {{ print -r -- "compdef $*" }}
_describe() {{ print -rl -- ${{(P)3}} }}
compadd() {{ print -rl -- ${{(P)@[-1]}} }}
source <(countersign completion zsh)
words=({words}); CURRENT={at}
_countersign_completion
"""


@pytest.mark.skipif(shutil.which("zsh") is None, reason="there is no zsh here")
@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("countersign templ", "template"),
        ("countersign template sh", "show"),
        ("countersign change re", "reject revise"),
        ("countersign person add", "add add-service"),
        ("countersign render --pa", "--part"),
    ],
)
def test_zsh_completes_commands(words: str, completed: str) -> None:
    script = ZSH.format(words=words, at=len(words.split()))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    said = subprocess.run(
        ["zsh", "-f", "-c", script],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )

    lines = said.stdout.splitlines()
    assert lines[0] == "compdef _countersign_completion countersign", said
    assert [line.partition(":")[0] for line in lines[1:]] == completed.split(), said


def test_a_signal_from_outside_is_told_as_a_shell_tells_it(desk: CommandLine) -> None:
    shown = Terminal(desk.folder, "change", "open", "--title", "a", "--reason", "b")
    shown.until("Passphrase")

    shown.process.send_signal(signal.SIGINT)

    assert shown.end() == 130
    assert desk.json("change", "list") == []
