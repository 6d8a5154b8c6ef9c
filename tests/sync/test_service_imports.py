"""What the service's processes load."""

import subprocess
import sys

import pytest

from tests.fakes.processes import ROOT

LOOK = """
import sys, importlib
importlib.import_module(sys.argv[1])
print(sorted({name.split(".")[0] for name in sys.modules} & set(sys.argv[2:])))
"""
NEVER = ("PySide6", "shiboken6", "mjml", "premailer", "language_tool_python", "app")


@pytest.mark.parametrize("door", ["sync.__main__", "sync.sandbox.__main__"])
def test_no_window_and_no_compiler_is_loaded(door: str) -> None:
    said = subprocess.run(
        [sys.executable, "-c", LOOK, door, *NEVER],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout == "[]\n"
