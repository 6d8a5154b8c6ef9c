import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LOCK = "six==1.17.0 --hash=sha256:" + "0" * 64 + "\n"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone that has not been set up."""
    for name in ("dev.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "requirements.lock").write_text(LOCK)
    return tmp_path


def dev(clone: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"}
    return subprocess.run(
        [sys.executable, "dev.py", *arguments],
        cwd=clone,
        env={**os.environ, **nowhere, "PIP_NO_CACHE_DIR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_network_it_says_so_and_the_next_time_it_tries_again(
    clone: Path,
) -> None:
    (clone / ".venv").mkdir()  # half made

    first, second = dev(clone, "setup"), dev(clone, "setup")

    assert "The folder .venv is not complete; making it anew." in first.stdout
    assert "Is there a network?" in first.stdout
    assert (first.returncode, second.returncode) == (3, 3)
    assert "not complete" not in second.stdout


def test_with_nothing_to_do_it_says_nothing() -> None:
    said = dev(ROOT, "setup")

    assert (said.stdout, said.stderr, said.returncode) == ("", "", 0)


@pytest.mark.parametrize("version", [(3, 8, 0), (3, 10, 12), (3, 14, 0), (4, 0, 0)])
def test_another_python_is_told_which_one_is_needed(
    clone: Path, version: tuple[int, int, int]
) -> None:
    line = f"import sys; sys.version_info = {version}; import dev; sys.exit(dev.main())"

    said = subprocess.run(
        [sys.executable, "-c", line, "setup"],
        cwd=clone,
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 3
    assert "Countersign needs Python 3.11 to 3.13" in said.stdout
    assert not (clone / ".venv").exists()


@pytest.mark.parametrize("half", ["file", "link", "no pip"])
def test_a_half_made_venv_is_made_anew_whatever_it_is(clone: Path, half: str) -> None:
    venv = clone / ".venv"
    if half == "file":
        venv.write_text("")
    elif half == "link":
        venv.symlink_to(clone / "nowhere")
    else:
        (venv / "bin").mkdir(parents=True)
        (venv / "bin" / "python").symlink_to("/bin/false")

    said = dev(clone, "setup")

    assert "The folder .venv is not complete; making it anew." in said.stdout
    assert "Is there a network?" in said.stdout
    assert (said.returncode, said.stderr.count("Traceback")) == (3, 0)
    assert (venv / "bin" / "python").exists()


def test_what_cannot_be_written_is_a_sentence(clone: Path) -> None:
    (clone / ".venv").mkdir()
    (clone / ".venv" / "installed").mkdir()  # where the stamp would lie

    said = dev(clone, "setup")

    assert "installed” cannot be read or written" in said.stdout
    assert (said.returncode, said.stderr) == (3, "")


def test_an_old_python_can_read_it_as_far_as_the_sentence_that_says_so() -> None:
    source = (ROOT / "dev.py").read_text()

    ast.parse(source, feature_version=(3, 6))

    assert "from __future__ import annotations" not in source  # 3.6 knows it not


def test_an_unknown_verb_is_answered_with_the_verbs(clone: Path) -> None:
    said = dev(clone, "deploy")

    assert said.returncode == 2
    assert "setup|run|test|check|bench" in said.stdout


def test_the_lock_names_no_address_and_pins_every_package_by_hash() -> None:
    lines = (ROOT / "requirements.lock").read_text().splitlines()

    assert not [line for line in lines if "://" in line]
    pinned = [line for line in lines if line and line[0] not in " #"]
    assert all(line.endswith("\\") and "==" in line for line in pinned)
