"""The proof page at work: files dropped, verdicts drawn, proofs given away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.controllers.proof_alone import ProofAlone
from app.controllers.proof_desk import ProofDesk
from app.tasks import Tasks
from tests.fakes.qt import child
from widgets.kit.controls import Button
from widgets.proof.view import ProofView
from widgets.proof.window import ProofWindow

MOMENT = 20_000


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    tasks = Tasks()
    assert qapp is not None
    yield tasks
    tasks.shut_down()


@pytest.fixture
def view(qtbot: QtBot) -> ProofView:
    view = ProofView()
    qtbot.addWidget(view)
    view.resize(1280, 800)
    view.show()
    return view


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    file = tmp_path / "mail.eml"
    file.write_bytes(
        b"From: a@b.example\r\nSubject: Hello\r\nMessage-ID: <one@b>\r\n\r\nHi\r\n"
    )
    return file


def drop(view: ProofView, *paths: str) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    view.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def said(view: ProofView) -> str:
    return view._band.accessibleName()  # noqa: SLF001 -- what a screen reader reads


def test_a_mail_that_is_dropped_is_shown_and_judged(
    view: ProofView, tasks: Tasks, mail: Path, qtbot: QtBot
) -> None:
    desk = ProofDesk(view, tasks)

    drop(view, str(mail))

    qtbot.waitUntil(lambda: "Can’t be checked yet" in said(view), timeout=MOMENT)
    assert desk.parent() is view
    assert view.message._subject.text() == "Hello"  # noqa: SLF001 -- a label


def test_two_files_at_once_are_none(view: ProofView, tasks: Tasks, mail: Path) -> None:
    ProofDesk(view, tasks)
    heard: list[str] = []
    view.file_dropped.connect(heard.append)

    drop(view, str(mail), str(mail))

    assert heard == []


def test_a_file_that_is_no_mail_says_so(
    view: ProofView, tasks: Tasks, tmp_path: Path, qtbot: QtBot
) -> None:
    ProofDesk(view, tasks)
    other = tmp_path / "notes.txt"
    other.write_text("nothing of the kind")

    view.file_dropped.emit(str(other))

    qtbot.waitUntil(lambda: "no mail" in said(view), timeout=MOMENT)


def test_the_latest_file_wins(
    view: ProofView, tasks: Tasks, mail: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    ProofDesk(view, tasks)
    other = tmp_path / "other.eml"
    other.write_bytes(mail.read_bytes().replace(b"Hello", b"Goodbye"))

    view.file_dropped.emit(str(mail))
    view.file_dropped.emit(str(other))

    def is_other() -> bool:
        return view.message._subject.text() == "Goodbye"  # noqa: SLF001 -- a label

    qtbot.waitUntil(is_other, timeout=MOMENT)
    assert is_other()


def test_check_again_looks_at_the_file_anew(
    view: ProofView, tasks: Tasks, mail: Path, qtbot: QtBot
) -> None:
    ProofDesk(view, tasks)
    view.file_dropped.emit(str(mail))
    qtbot.waitUntil(lambda: "Can’t be checked yet" in said(view), timeout=MOMENT)
    mail.unlink()

    qtbot.mouseClick(child(view, Button, "again"), Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: "cannot be read" in said(view), timeout=MOMENT)


def test_without_a_proof_there_is_nothing_to_export(
    view: ProofView, tasks: Tasks, mail: Path, qtbot: QtBot
) -> None:
    ProofDesk(view, tasks)

    view.file_dropped.emit(str(mail))

    qtbot.waitUntil(lambda: "Can’t be checked yet" in said(view), timeout=MOMENT)
    button = child(view, Button, "export")
    assert not button.isEnabled()
    assert button.toolTip() == "There is no proof to give away yet."


def test_the_raw_mail_is_one_click_away(
    view: ProofView, tasks: Tasks, mail: Path, qtbot: QtBot
) -> None:
    ProofDesk(view, tasks)
    view.file_dropped.emit(str(mail))
    qtbot.waitUntil(lambda: "Can’t be checked yet" in said(view), timeout=MOMENT)

    view.tab_chosen.emit("raw")

    text = view.message._text.toPlainText()  # noqa: SLF001 -- what is read
    assert text.startswith("From: a@b.example\nSubject: Hello")


def test_welcome_verifies_in_a_window_of_its_own(
    tasks: Tasks, mail: Path, qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    window = ProofWindow(parent)
    alone = ProofAlone(window, tasks)
    window.show()

    drop(window.view, str(mail))

    qtbot.waitUntil(
        lambda: "The signatures are not on this computer." in said(window.view),
        timeout=MOMENT,
    )
    with qtbot.waitSignal(alone.closed):
        window.close()
