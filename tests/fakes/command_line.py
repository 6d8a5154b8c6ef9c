"""A workspace with the command line over it, in this process or in one of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from app.cli.main import main

PASSPHRASE: Final = "correct horse battery"
FOUNDER: Final = "priya@northwind.example"
INVITATION: Final = "templates/interview/interview-invitation/en/email.mjml"


@dataclass(frozen=True)
class CommandLine:
    """A workspace and the command line over it."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Run a command here; return its status and what it said on both streams."""
        self.capture.readouterr()
        code = main([*arguments, "--workspace", str(self.folder)])
        out, err = self.capture.readouterr()
        return code, out, err

    def json(self, *arguments: str) -> Any:  # noqa: ANN401 -- whatever it answers
        """Run a command that must succeed, and return its answer for programs."""
        code, out, err = self.run(*arguments, "--json")
        assert code == 0, err
        return json.loads(out)

    def edit(self, path: str, change: Callable[[bytes], bytes]) -> None:
        """Edit a file of the author's."""
        file = self.folder / path
        file.write_bytes(change(file.read_bytes()))


def countersign(
    folder: Path, *arguments: str, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, in ``folder``."""
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=folder,
        env={**os.environ, "COUNTERSIGN_PASSPHRASE": PASSPHRASE, **(more or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
