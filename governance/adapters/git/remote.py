"""The team's repository, over ``file://`` or ssh: its answer to a push decides.

A push names every reference at once (``--atomic``) and forces none. What a fetch brings
goes to a place of its own and is compared before anything here moves.
"""

import re
from dataclasses import dataclass
from typing import Final, Self

from governance.adapters.git.process import Git
from governance.errors import (
    BadNameError,
    LedgerUnavailableError,
    RemoteUnavailableError,
    StaleTipError,
)
from governance.texts import _

INCOMING: Final = "refs/incoming/"

_FILE: Final = re.compile(r"file:///[^\x00-\x20\x7f*?\[\]^~:\\]+")
_SSH: Final = re.compile(
    r"ssh://(?:[A-Za-z0-9_][A-Za-z0-9._-]*@)?"
    r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?"
    r"/[A-Za-z0-9._~/-]+"
)
_SCP: Final = re.compile(
    r"(?P<who>[A-Za-z0-9_][A-Za-z0-9._-]*@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)"
    r":(?P<path>[A-Za-z0-9._~][A-Za-z0-9._~/-]*)"
)
_SSH_COMMAND: Final = "ssh -oBatchMode=yes -oConnectTimeout=15"
_LOST: Final = (
    "non-fast-forward",
    "fetch first",
    "stale info",
    "already exists",
    "cannot lock ref",
    "failed to update ref",
    "incorrect old value provided",
    "reference already exists",
)
_REFUSED: Final = ("pre-receive hook declined", "hook declined", "protected branch")
_MISSING: Final = "couldn't find remote ref"


@dataclass(frozen=True, slots=True)
class Remote:
    """An address that passed inspection.

    Attributes:
        ssh_command: What opens a connection; it must never ask a question.
    """

    address: str
    ssh_command: str = _SSH_COMMAND

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an address from outside: ``file://``, ``ssh://`` or ``git@host:path``.

        Raises:
            BadNameError: Anything else; git would run programs for some of it.
        """
        if short := _SCP.fullmatch(text):
            path = short["path"]
            slash = "/" if path.startswith("~") else "/~/"
            text = f"ssh://{short['who']}{slash}{path}"
        if not (_FILE.fullmatch(text) or _SSH.fullmatch(text)):
            raise BadNameError(
                _(
                    "“{text}” is no address of a remote: use file:///folder, "
                    "ssh://host/path or user@host:path."
                ).format(text=text)
            )
        return cls(text)

    def push(self, git: Git, moves: dict[str, str]) -> None:
        """Have the remote move all references, or none.

        Raises:
            StaleTipError: Somebody else pushed first, or a reference is taken.
            RemoteUnavailableError: The remote did not answer, or refuses.
        """
        self._require_straight(git)
        specs = [f"{oid}:{ref}" for ref, oid in moves.items()]
        answer = git.ask(
            "push",
            "--atomic",
            "--porcelain",
            "--no-verify",
            "--no-signed",
            "--recurse-submodules=no",
            "--receive-pack=git-receive-pack",
            self.address,
            *specs,
            settings=self._settings,
            env=self._env,
        )
        if not answer.code:
            return
        said = answer.output.decode(errors="replace") + answer.complaint
        if any(text in said for text in _REFUSED):
            raise RemoteUnavailableError(
                _("The remote refused the push: {reason}").format(reason=_short(said))
            )
        if any(text in said for text in _LOST):
            raise StaleTipError(_("Someone else was faster."))
        raise self._unavailable(said)

    def fetch(self, git: Git) -> None:
        """Bring everything to ``refs/incoming``; nothing else is touched.

        Raises:
            RemoteUnavailableError: The remote did not answer.
        """
        self._require_straight(git)
        answer = git.ask(
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-auto-maintenance",
            "--no-recurse-submodules",
            "--prune",
            "--upload-pack=git-upload-pack",
            self.address,
            f"+refs/heads/*:{INCOMING}heads/*",
            f"+refs/tags/release/*:{INCOMING}tags/release/*",
            settings=self._settings,
            env=self._env,
        )
        if answer.code and _MISSING not in answer.complaint:
            raise self._unavailable(answer.complaint)

    @property
    def _settings(self) -> dict[str, str]:
        scheme = self.address.partition(":")[0]
        return {f"protocol.{scheme}.allow": "always"}

    @property
    def _env(self) -> dict[str, str]:
        return {"GIT_SSH_COMMAND": self.ssh_command, "GIT_SSH_VARIANT": "ssh"}

    def _require_straight(self, git: Git) -> None:
        """Refuse a repository whose own settings would lead the address elsewhere."""
        pattern = r"^(url|remote|include|includeif)\."
        answer = git.ask("config", "--local", "--name-only", "--get-regexp", pattern)
        if names := answer.output.decode(errors="replace").split():
            raise LedgerUnavailableError(
                _(
                    "The repository's own settings ({names}) can lead the remote's "
                    "address elsewhere; remove them from its file “config”."
                ).format(names=", ".join(sorted(set(names))))
            )

    def _unavailable(self, said: str) -> RemoteUnavailableError:
        return RemoteUnavailableError(
            _("The remote “{address}” cannot be reached: {reason}").format(
                address=self.address, reason=_short(said)
            )
        )


def _short(said: str) -> str:
    """Keep what the other side said, on one line; its own words go first."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    lines.sort(key=_is_ours)
    return " ".join(lines)[:300]


def _is_ours(line: str) -> bool:
    return not line.startswith("remote:")
