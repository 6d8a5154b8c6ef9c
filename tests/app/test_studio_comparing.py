"""The draft beside what is live, over a real workspace."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.controllers.studio.studio import StudioController
from app.demo import make_demo
from app.desktop import Desktop
from app.places import Place, Room
from tests.fakes.progress import Noted
from tests.fakes.window import MOMENT, activate, open_desktop, studio

FOLDER = "templates/interview/interview-invitation/en"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo") / "desk", Noted()).root


@pytest.fixture
def desktop(made: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Desktop]:
    desktop = open_desktop(made, tmp_path, qtbot)
    yield desktop
    desktop.close()
    desktop.window.close()


@pytest.fixture
def room(desktop: Desktop, qtbot: QtBot) -> StudioController:
    desktop.context.navigator.open(Place(Room.STUDIO, "interview-invitation"))
    activate(desktop, qtbot)
    return studio(desktop)


def test_a_live_version_is_taken_into_the_draft_as_one_step(
    room: StudioController, qtbot: QtBot
) -> None:
    desk, view = room.desk, room.widget()
    mail, subject = f"{FOLDER}/email.mjml", f"{FOLDER}/subject.txt"
    drafted = desk.document.text(mail).replace("meet you", "talk with you")
    desk.replace({mail: drafted, subject: "Another subject\n"})
    view.editor.setFocus()

    qtbot.keyClick(view.editor.focusProxy(), Qt.Key.Key_D, CONTROL)
    shown = view.comparison
    qtbot.waitUntil(shown.take.isEnabled, timeout=MOMENT)
    assert [shown.parts.itemText(at) for at in range(shown.parts.count())] == [
        "E-mail, en",
        "Subject, en",
    ]
    assert "talk with you" in shown.diff.toPlainText()
    assert "meet you" in shown.diff.toPlainText()
    qtbot.mouseClick(shown.take, Qt.MouseButton.LeftButton)

    assert not shown.isVisible()
    assert "talk with you" not in desk.document.text(mail)
    assert desk.document.text(subject) != "Another subject\n"
    qtbot.keyClick(view.editor.focusProxy(), Qt.Key.Key_Z, CONTROL)
    assert desk.document.text(mail) == drafted
    assert desk.document.text(subject) == "Another subject\n"


def test_a_draft_that_says_the_same_says_so_and_esc_goes_back(
    room: StudioController, qtbot: QtBot
) -> None:
    view = room.widget()
    view.editor.setFocus()

    qtbot.keyClick(view.editor.focusProxy(), Qt.Key.Key_D, CONTROL)
    said = view.comparison.empty.findChildren(QLabel)
    qtbot.waitUntil(
        lambda: any("says the same" in one.text() for one in said), timeout=MOMENT
    )
    assert not view.comparison.take.isEnabled()
    qtbot.keyClick(view.comparison, Qt.Key.Key_Escape)

    assert not view.comparison.isVisible()
    assert view.editor.isVisible()
