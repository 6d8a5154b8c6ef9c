"""Stock git and people with keys, for tests that need the real thing."""

import os
import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from governance.names import PersonId
from governance.trust.keys import SigningKey
from governance.trust.signer import Signer

_NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@cache
def key_named(name: str) -> SigningKey:
    return SigningKey.generate()


def a_signer(name: str = "ana", *, key_of: str = "") -> Signer:
    """Ana, with her own key or with that of somebody else."""
    person = PersonId(f"{name}@example.com")
    return Signer(person, name.title(), key_named(key_of or name), _NOON)


def allowed_signers(path: Path, *names: str) -> Path:
    lines = [
        f'{name}@example.com namespaces="git,countersign" '
        f"{key_named(name).public.openssh}\n"
        for name in names
    ]
    path.write_text("".join(lines))
    return path


def stock_git(
    repository: Path, *arguments: str, allowed: Path | None = None, check: bool = True
) -> "subprocess.CompletedProcess[str]":
    """Run the machine's own git, which knows nothing of us."""
    line = ["git", "-C", str(repository), "-c", "gpg.format=ssh"]
    if allowed is not None:
        line += ["-c", f"gpg.ssh.allowedSignersFile={allowed}"]
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Mallory",
        "GIT_AUTHOR_EMAIL": "mallory@example.com",
        "GIT_COMMITTER_NAME": "Mallory",
        "GIT_COMMITTER_EMAIL": "mallory@example.com",
    }
    return subprocess.run(
        [*line, *arguments],
        capture_output=True,
        text=True,
        check=check,
        env=environment,
    )
