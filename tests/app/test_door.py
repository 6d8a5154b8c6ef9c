import subprocess
import sys

import pytest

LOADED = """
import sys
sys.argv = ["countersign", *{arguments}]
from app.__main__ import main
try:
    code = main()
except SystemExit as ended:
    code = ended.code
unwanted = {unwanted}
print(sorted(name for name in sys.modules if name.partition(".")[0] in unwanted), code)
"""
QT = {"PySide6", "shiboken6"}
# What stands above the use cases and is reached from the window's own branch alone.
THE_WINDOW = {
    f"app.{name}"
    for name in (
        "afterwards",
        "bootstrap",
        "checking",
        "commands",
        "context",
        "desktop",
        "events",
        "folder_watch",
        "identity",
        "live",
        "main_window",
        "matching",
        "messages",
        "navigator",
        "pictures",
        "presence",
        "qt_words",
        "readings",
        "rooms",
        "service_link",
        "shell_notices",
        "shell_state",
        "tasks",
        "welcome",
        "window_closing",
        "window_commands",
        "window_regions",
    )
}
HEAVY = {"git", "jinja2", "httpx", "sqlalchemy", "premailer", "starlette", "dbos"}


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], QT | HEAVY),
        (["check", "--help"], QT | HEAVY),
        (["serve", "--help"], QT),
        (["change", "list"], QT | {"sqlalchemy", "starlette", "dbos"}),
    ],
)
def test_a_command_loads_only_what_it_needs(
    arguments: list[str], unwanted: set[str]
) -> None:
    program = LOADED.format(arguments=arguments, unwanted=unwanted)

    said = subprocess.run(
        [sys.executable, "-c", program],
        cwd="/",
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.splitlines()[-1].startswith("[] ")


def test_no_window_can_be_reached_from_command_line_or_service() -> None:
    program = (
        "import importlib, pkgutil, sys\n"
        "import app, sync, governance\n"
        "for room in (app, sync, governance):\n"
        "    for found in pkgutil.walk_packages(room.__path__, room.__name__ + '.'):\n"
        f"        if found.name in {THE_WINDOW} or '.controllers' in found.name:\n"
        "            continue\n"
        "        if not found.name.endswith(('__main__', 'env', '.versions')):\n"
        "            importlib.import_module(found.name)\n"
        "print(sorted(n for n in sys.modules if n.startswith(('PySide6', 'shiboken'))))"
    )

    said = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (said.stdout, said.stderr) == ("[]\n", "")


def test_a_command_that_is_none_is_wrong_usage() -> None:
    command = [sys.executable, "-m", "app", "deploy"]

    said = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (said.returncode, said.stdout) == (2, "")
    assert "There is no command “deploy”" in said.stderr
