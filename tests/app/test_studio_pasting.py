"""Pasting and dropping in the studio, over the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.controllers.studio.studio import StudioController
from app.desktop import Desktop
from app.places import Place, Room
from tests.fakes.window import MOMENT, activate, open_desktop, studio
from tests.governance.test_content_pictures import a_png

SAMPLES = Path(__file__).parents[1] / "fakes" / "pasted"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MAIL = "templates/interview/interview-cancelled/en/email.mjml"


@pytest.fixture
def desktop(pristine: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Desktop]:
    desktop = open_desktop(pristine, tmp_path, qtbot)
    desktop.context.navigator.open(Place(Room.STUDIO, "interview-cancelled"))
    yield desktop
    QGuiApplication.clipboard().clear()
    desktop.close()
    desktop.window.close()


def copy(html: str, text: str) -> None:
    mime = QMimeData()
    mime.setHtml(html)
    mime.setText(text)
    QGuiApplication.clipboard().setMimeData(mime)


def paste(desktop: Desktop, qtbot: QtBot, keys: Qt.KeyboardModifier) -> None:
    activate(desktop, qtbot)
    page = studio(desktop)
    target = page.widget().editor.focusProxy()
    assert target is not None
    target.setFocus()
    qtbot.waitUntil(target.hasFocus)
    qtbot.keyClick(target, Qt.Key.Key_V, keys)


def to_text(page: StudioController) -> None:
    """Put the caret into a text of the mail."""
    text = page.widget().editor.text()
    at = text.index("We have to cancel your interview for")
    page.widget().editor.go_to(at, at)


def test_word_is_pasted_clean_and_becomes_plain_when_wanted(
    desktop: Desktop, qtbot: QtBot
) -> None:
    page = studio(desktop)
    editor = page.widget().editor
    to_text(page)
    copy((SAMPLES / "word.html").read_text(), "Your interview\r\nRing at the gate")

    paste(desktop, qtbot, CONTROL)

    qtbot.waitUntil(lambda: "<li>Ask for Jonas</li>" in editor.text(), timeout=MOMENT)
    assert "mso" not in editor.text()
    commands = {one.key: one for one in desktop.context.commands.all}
    assert commands["paste-plain"].reason == ""

    commands["paste-plain"].run()

    assert "<li>Ask for Jonas</li>" not in editor.text()
    assert "Your interview\nRing at the gate" in editor.text()
    assert commands["paste-plain"].reason != ""


def test_ctrl_shift_v_pastes_the_letters_alone(desktop: Desktop, qtbot: QtBot) -> None:
    page = studio(desktop)
    to_text(page)
    copy((SAMPLES / "outlook.html").read_text(), "Dear all")

    paste(desktop, qtbot, CONTROL | SHIFT)

    assert "Dear allWe have to cancel" in page.widget().editor.text()


def test_code_from_another_editor_is_pasted_as_it_is(
    desktop: Desktop, qtbot: QtBot
) -> None:
    page = studio(desktop)
    to_text(page)
    copy((SAMPLES / "visual-studio-code.html").read_text(), "<b>Hello</b>")

    paste(desktop, qtbot, CONTROL)

    assert "<b>Hello</b>We have to cancel" in page.widget().editor.text()


def test_what_was_pasted_is_taken_back_at_once(desktop: Desktop, qtbot: QtBot) -> None:
    page = studio(desktop)
    editor = page.widget().editor
    to_text(page)
    before = editor.text()
    copy((SAMPLES / "outlook.html").read_text(), "Dear all")
    paste(desktop, qtbot, CONTROL)
    qtbot.waitUntil(lambda: editor.text() != before, timeout=MOMENT)

    page.widget().deed_chosen.emit("undo")

    assert editor.text() == before


def drop(page: StudioController, *files: Path) -> None:
    """Drop files on the studio as a person does."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    at, copies = QPoint(200, 200), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, copies, mime, left, none)
    QApplication.sendEvent(page.widget(), enter)
    assert enter.isAccepted()
    QApplication.sendEvent(
        page.widget(), QDropEvent(at.toPointF(), copies, mime, left, none)
    )


def test_a_picture_becomes_part_of_the_draft(
    desktop: Desktop, qtbot: QtBot, tmp_path: Path
) -> None:
    page = studio(desktop)
    editor = page.widget().editor
    picture = tmp_path / "Our Team.PNG"
    picture.write_bytes(a_png(1200, 10))
    at = editor.text().index("<mj-text mj-class")
    editor.go_to(at, at)

    drop(page, picture)

    qtbot.waitUntil(lambda: "assets/our-team.png" in editor.text(), timeout=MOMENT)
    assert (
        '<mj-image src="assets/our-team.png" alt="" width="600px" />' in editor.text()
    )
    root = desktop.context.workspace.paths.root
    assert (root / "assets/our-team.png").read_bytes() == picture.read_bytes()
    drop(page, picture)  # the same once more
    qtbot.waitUntil(lambda: editor.text().count("our-team.png") == 2, timeout=MOMENT)
    assert [one.name for one in (root / "assets").iterdir()] == ["our-team.png"]


def told(desktop: Desktop, qtbot: QtBot) -> str:
    """Read the sentence that the window says, and close it."""

    def boxes() -> list[QMessageBox]:
        found = desktop.window.findChildren(QMessageBox)
        return [box for box in found if box.isVisible()]

    qtbot.waitUntil(lambda: bool(boxes()), timeout=MOMENT)
    text = boxes()[0].text()
    boxes()[0].accept()
    qtbot.waitUntil(lambda: not boxes(), timeout=MOMENT)
    return text


def test_what_is_no_picture_for_a_mail_is_said_and_nothing_is_written(
    desktop: Desktop, qtbot: QtBot, tmp_path: Path
) -> None:
    page = studio(desktop)
    root, editor = desktop.context.workspace.paths.root, page.widget().editor
    before = editor.text()
    huge, broken, program = (
        tmp_path / name for name in ("huge.png", "broken.png", "program.svg")
    )
    with huge.open("wb") as stream:
        stream.truncate(50_000_000)
    broken.write_bytes(a_png()[:-9])
    program.write_text("<svg xmlns='x'><script>alert(1)</script></svg>")
    said = []
    for file in (huge, broken, program, tmp_path, tmp_path / "gone.png"):
        drop(page, file)
        said.append(told(desktop, qtbot))

    assert "has 50 MB" in said[0]
    assert "is broken" in said[1]
    assert "is an SVG" in said[2]
    assert "is no file" in said[3]
    assert "is no file" in said[4]
    assert editor.text() == before
    assert not (root / "assets").exists()
