"""The history room over a real workspace: read, verify anew, write evidence."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.controllers.history import HistoryController
from app.controllers.history_reading import export, verify
from app.desktop import Desktop, build_desktop
from app.founding import Wish, found_workspace
from app.places import Place, Room
from app.preferences import Preferences
from app.settings import VaultKind
from governance.errors import FolderUnavailableError, OperationCancelledError
from governance.names import PersonId
from tests.fakes.progress import Noted
from widgets.kit.look import Look

FOUNDER = PersonId("ana@example.com")
MOMENT = 20_000  # milliseconds that background work may take on a busy computer


@pytest.fixture
def desktop(tmp_path: Path, qtbot: QtBot) -> Iterator[Desktop]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    Look(application)
    wish = Wish(tmp_path / "desk", "empty", "Test", FOUNDER, "Ana", VaultKind.FILE)
    workspace = found_workspace(wish, lambda: "correct horse battery")
    desktop = build_desktop(workspace, Preferences.read(tmp_path / "window.json"))
    qtbot.addWidget(desktop.window)
    desktop.context.readings.refresh()
    qtbot.waitUntil(
        lambda: desktop.context.readings.current is not None, timeout=MOMENT
    )
    yield desktop
    desktop.close()
    desktop.window.close()


def opened(desktop: Desktop, qtbot: QtBot, key: str = "") -> HistoryController:
    desktop.context.navigator.open(Place(Room.HISTORY, key))
    page = desktop.controller.page(Room.HISTORY)
    assert isinstance(page, HistoryController)
    qtbot.waitUntil(
        lambda: (
            page.widget().content.currentWidget() is page.widget().table or bool(key)
        ),
        timeout=MOMENT,
    )
    return page


def test_the_founding_is_read_and_told(desktop: Desktop, qtbot: QtBot) -> None:
    view = opened(desktop, qtbot).widget()

    row = view.table.rows.row_at(view.table.rows.place("0"))

    assert row is not None
    assert row.cells[1].text.startswith("Founded ")


def test_all_of_it_is_verified_anew(desktop: Desktop, qtbot: QtBot) -> None:
    page = opened(desktop, qtbot)

    page.widget().deed_chosen.emit("verify")

    def is_said() -> bool:
        return "All of it verified anew" in page.widget()._seal_text.text()  # noqa: SLF001

    qtbot.waitUntil(is_said, timeout=MOMENT)


def test_verifying_stops_when_one_wants(desktop: Desktop) -> None:
    workspace = desktop.context.workspace
    count = workspace.state().length

    with pytest.raises(OperationCancelledError):
        verify(workspace, Noted(stop_before=f"Verifying {count} entries"))


def test_a_template_without_entries_says_so(desktop: Desktop, qtbot: QtBot) -> None:
    page = opened(desktop, qtbot, "templates/offer-letter")

    qtbot.waitUntil(
        lambda: page.widget().empty._bold.text() == "No such entry.",  # noqa: SLF001
        timeout=MOMENT,
    )


def test_evidence_of_an_entry_is_checked_by_stock_ssh_keygen(
    desktop: Desktop, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(desktop, qtbot)
    file = tmp_path / "evidence.zip"

    page.widget().files.chosen.emit("0", str(file))

    qtbot.waitUntil(file.exists, timeout=MOMENT)
    with ZipFile(file) as archive:
        archive.extractall(tmp_path / "evidence")
    folder = tmp_path / "evidence"
    command = next(
        line
        for line in (folder / "VERIFY.txt").read_text().splitlines()
        if line.startswith("ssh-keygen")
    )
    done = subprocess.run(
        ["sh", "-c", command], cwd=folder, capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stderr
    assert f"for {FOUNDER}" in done.stdout


def test_the_fingerprint_is_counted_by_stock_tools(
    desktop: Desktop, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(desktop, qtbot)
    file = tmp_path / "evidence.zip"

    page.widget().files.chosen.emit("", str(file))

    qtbot.waitUntil(file.exists, timeout=MOMENT)
    with ZipFile(file) as archive:
        archive.extractall(tmp_path / "evidence")
    steps = (tmp_path / "evidence" / "VERIFY.txt").read_text()
    script = steps[steps.index("head=\n") : steps.index("echo $head")] + "echo $head"
    done = subprocess.run(
        ["sh", "-c", script], cwd=tmp_path / "evidence", capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == desktop.context.workspace.state().head


def test_a_file_that_cannot_be_written_leaves_nothing_half(
    desktop: Desktop, tmp_path: Path
) -> None:
    (tmp_path / "taken.zip").mkdir()

    with pytest.raises(FolderUnavailableError):
        export(desktop.context.workspace, tmp_path / "taken.zip", None, Noted())

    assert list((tmp_path / "taken.zip").iterdir()) == []
    assert not (tmp_path / ".taken.zip.part").exists()
