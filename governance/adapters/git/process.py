"""git, run so that nobody's configuration decides what it does.

Nothing of the machine, of the person or of the repository itself is asked: no system or
global settings, no hooks, no helpers, no replaced objects, no grafts, no transports but
those that a remote needs. Words that reach the command line are ours; data goes through
standard input.
"""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from threading import local
from typing import Final

from git import Repo
from git.cmd import Git as GitPython
from git.exc import GitCommandError, InvalidGitRepositoryError, NoSuchPathError

from governance.adapters.git.told import told
from governance.adapters.git.trouble import damaged, explained
from governance.errors import LedgerUnavailableError, NotARepositoryError
from governance.texts import _

PATIENCE: Final = 120.0  # seconds; a network that says nothing ends here
MOST: Final = 1_000_000_000  # bytes; no ledger of people becomes that long

_SETTINGS: Final = {
    "advice.graftFileDeprecated": "false",  # we point at an empty one
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "core.alternateRefsCommand": ":",
    "core.fsync": "committed,loose-object",  # an answer "written" outlives the power
    "core.fsyncMethod": "batch",
    "core.filesRefLockTimeout": "2000",  # milliseconds; many write at once
    "core.packedRefsTimeout": "2000",
    "gc.auto": "0",
    "protocol.allow": "never",
    "transfer.fsckObjects": "true",
}
_ENVIRONMENT: Final = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_SHALLOW_FILE": "",  # "": there is none
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "true",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}
# What our own caller may have been given by git itself, as in a hook.
_STRANGE: Final = "GIT_"
_OURS: Final = ("GIT_PYTHON_", "GIT_EXEC_PATH")


@dataclass(frozen=True, slots=True)
class Answer:
    """What git said, whether it was content or not."""

    code: int
    output: bytes
    complaint: str


class Git:
    """Runs git's plumbing on one bare repository, for any thread.

    Attributes:
        path: The repository's folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mine = local()  # a Repo shared by threads hangs on its cat-file

    @classmethod
    def make(cls, path: Path) -> None:
        """Make an empty bare repository, without anybody's templates.

        Raises:
            LedgerUnavailableError: The folder cannot be written.
        """
        line = ["init", "--quiet", "--bare", "--template=", "--initial-branch=main"]
        line += ["--object-format=sha1", str(path)]
        _forget_strangers()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            GitPython().execute([_program(), *line], env=_environment({}))
        except (GitCommandError, OSError) as error:
            raise LedgerUnavailableError(
                _("A repository cannot be made at “{path}”.").format(path=path)
            ) from error

    def run(
        self, command: str, *arguments: str, data: bytes = b"", most: int = MOST
    ) -> bytes:
        """Run one command, and return what it prints, at most ``most`` bytes.

        Raises:
            LedgerUnavailableError: git refuses, cannot run or has too much to say.
        """
        answer = self.ask(command, *arguments, data=data, most=most)
        if answer.code:
            raise explained(command, answer.code, answer.complaint)
        return answer.output

    def ask(
        self,
        command: str,
        *arguments: str,
        data: bytes = b"",
        settings: Mapping[str, str] | None = None,
        env: Mapping[str, str] | None = None,
        most: int = MOST,
    ) -> Answer:
        """Run one command whose refusal is an answer too.

        Raises:
            LedgerUnavailableError: git cannot run, or says nothing for too long.
            RepositoryDamagedError: It says more than ``most`` bytes.
        """
        line = [_program(), f"--git-dir={self.path}", command, *arguments]
        _forget_strangers()
        variables = {**_environment(settings or {}), **(env or {})}
        try:
            running = self._repo().git.execute(
                line, istream=PIPE, as_process=True, env=variables
            )
        except (GitCommandError, OSError) as error:
            raise LedgerUnavailableError(_("git cannot be run here.")) from error
        process = running.proc
        assert process is not None, "as_process promises one"
        try:
            output, complaint = told(process, data, most=most, seconds=PATIENCE)
        except TimeoutError as error:
            raise LedgerUnavailableError(
                _("git {command} got no answer in {seconds} seconds.").format(
                    command=command, seconds=int(PATIENCE)
                )
            ) from error
        except OverflowError as error:
            raise damaged(
                _("git {command} has more than {size} MB to say").format(
                    command=command, size=most // 1_000_000
                )
            ) from error
        text = complaint.decode(errors="replace").strip()
        return Answer(process.returncode, output, text)

    def _repo(self) -> Repo:
        if not hasattr(self._mine, "repo"):
            try:
                self._mine.repo = Repo(self.path, expand_vars=False)
            except (InvalidGitRepositoryError, NoSuchPathError) as error:
                raise NotARepositoryError(
                    _("“{path}” is no template repository.").format(path=self.path)
                ) from error
        repo: Repo = self._mine.repo
        return repo


def _program() -> str:
    found = shutil.which("git")
    if found is None:
        raise LedgerUnavailableError(_("git is not installed on this computer."))
    return found


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that outweigh every configuration file."""
    chosen = {**_SETTINGS, **settings}
    named = dict(_ENVIRONMENT)
    named["GIT_CONFIG_COUNT"] = str(len(chosen))
    for number, (key, value) in enumerate(chosen.items()):
        named[f"GIT_CONFIG_KEY_{number}"] = key
        named[f"GIT_CONFIG_VALUE_{number}"] = value
    return named


def _forget_strangers() -> None:
    """Drop what git told whoever started us: another repository, another index."""
    for name in [name for name in os.environ if name.startswith(_STRANGE)]:
        if not name.startswith(_OURS):
            os.environ.pop(name, None)
