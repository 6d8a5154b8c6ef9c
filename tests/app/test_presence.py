"""One window over one workspace: a second start raises it, or only reads."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer
from pytestqt.qtbot import QtBot

from app.paths import Paths
from app.presence import Claim, Presence, Stand, taken_words

# Another process that asks for the same workspace, and says what came of it.
_OTHER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from app.paths import Paths
from app.presence import Presence
application = QCoreApplication(sys.argv)
print(Presence(Paths(Path(sys.argv[1]))).claim().place)
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    (tmp_path / ".countersign").mkdir()
    return Paths(tmp_path)


@pytest.fixture
def first(paths: Paths, qtbot: QtBot) -> Iterator[Presence]:
    presence = Presence(paths)
    assert presence.claim() == Claim(Stand.OURS)
    yield presence
    presence.release()


def test_a_second_start_raises_the_window_that_is_there(
    first: Presence, paths: Paths, qtbot: QtBot
) -> None:
    command = [sys.executable, "-c", _OTHER, str(paths.root)]
    with (
        qtbot.waitSignal(first.called, timeout=20_000),
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other,
    ):
        qtbot.waitUntil(lambda: other.poll() is not None, timeout=20_000)
        assert other.stdout is not None
        said = other.stdout.read().strip()

    assert said == "raised"


def test_a_process_that_does_not_answer_leaves_it_for_reading(
    first: Presence, paths: Paths
) -> None:
    server = first.findChild(QLocalServer)
    assert server is not None
    server.close()  # as that of another person cannot be reached

    claim = Presence(paths).claim()

    assert claim.place is Stand.TAKEN
    assert claim.who
    assert (
        taken_words(claim) == "Somebody else has this workspace open on this computer."
    )
    far = taken_words(Claim(Stand.TAKEN, "far-away"))
    assert far == "This workspace is open on the computer “far-away”."


def test_what_was_released_is_free_again(first: Presence, paths: Paths) -> None:
    first.release()
    second = Presence(paths)

    assert second.claim().place is Stand.OURS
    second.release()


def test_a_disk_that_takes_no_lock_is_read() -> None:
    where = Paths(Path("/proc/self"))  # nobody writes there

    assert Presence(where).claim().place is Stand.UNWRITABLE
