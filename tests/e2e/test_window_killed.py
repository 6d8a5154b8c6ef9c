"""The window's process is killed while somebody writes; the next one has every word."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.controllers.studio.sitting import read_sitting
from app.demo import make_demo
from app.desktop import build_desktop
from app.paths import Paths
from app.places import Room
from app.preferences import Preferences
from app.workspace import Workspace
from tests.fakes.progress import Noted
from tests.fakes.window import MOMENT, press, studio
from widgets.kit.look import Look

FILE = "templates/interview/interview-invitation/en/email.mjml"
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QApplication
from PySide6.QtTest import QTest
from widgets.web.engine import prepare_engine

QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
prepare_engine()
application = QApplication([])
from app.desktop import build_desktop
from app.paths import Paths
from app.places import Place, Room
from app.preferences import Preferences
from app.workspace import Workspace
from widgets.kit.look import Look

Look(application)
root = Path(sys.argv[1])
preferences = Preferences.read(root / ".countersign" / "window.json")
preferences.keep(editor="native")
desktop = build_desktop(Workspace.at(Paths(root)), preferences)
desktop.window.show()


def write(_snapshot):
    desktop.context.events.reading_changed.disconnect(write)
    desktop.context.navigator.open(Place(Room.STUDIO, "interview-invitation"))
    editor = desktop.controller.page(Room.STUDIO).widget().editor
    at = editor.text().index("</mj-text>")
    editor.go_to(at, at)
    QTest.keyClicks(editor.edit, "Nobody loses this.")


desktop.context.events.reading_changed.connect(write)
desktop.context.readings.refresh()
application.exec()
"""


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo whose window was killed as soon as it had saved what was typed."""
    root = make_demo(tmp_path_factory.mktemp("demo") / "desk", Noted()).root
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    window = subprocess.Popen(
        [sys.executable, "-c", WINDOW, str(root)], env=environment
    )
    try:
        end = monotonic() + MOMENT / 1000 * 2
        while "Nobody loses this." not in (root / FILE).read_text():
            assert window.poll() is None, "the window ended by itself"
            assert monotonic() < end, "nothing was saved"
            sleep(0.05)
        while (left := read_sitting(Paths(root))) is None or not left.before:
            assert monotonic() < end, "nothing was noted"
            sleep(0.05)
    finally:
        window.send_signal(signal.SIGKILL)
        window.wait()
    return root


def test_the_next_window_opens_the_draft_and_can_have_the_text_before(
    killed: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    Look(application)
    preferences = Preferences.read(tmp_path / "window.json")
    preferences.keep(editor="native")
    desktop = build_desktop(Workspace.at(Paths(killed)), preferences)
    qtbot.addWidget(desktop.window)
    desktop.open()
    try:
        place = desktop.context.navigator
        qtbot.waitUntil(lambda: place.place.room is Room.STUDIO, timeout=MOMENT)
        room = studio(desktop)
        bar = room.widget().recovered
        assert room.desk.key == "interview-invitation"
        assert "Nobody loses this." in room.desk.document.text(FILE)
        assert bar.isVisible()
        assert bar.accessibleName().startswith("We kept your draft of ")

        press(bar, qtbot, "discard-draft")
        assert "Nobody loses this." not in room.desk.document.text(FILE)
        assert not bar.isVisible()
        room.widget().deed_chosen.emit("undo")
        assert "Nobody loses this." in room.desk.document.text(FILE)
    finally:
        desktop.window.close()
        desktop.close()
    assert read_sitting(Paths(killed)) is None, "a window that closes leaves no note"
    assert "Nobody loses this." in (killed / FILE).read_text()
