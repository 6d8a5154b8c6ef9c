"""The library over a real workspace: begin, rename, move, archive, take back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.controllers.library import LibraryController
from app.controllers.library_writing import begin, take_back
from app.desktop import Desktop, build_desktop
from app.founding import Wish, found_workspace
from app.places import Room
from app.preferences import Preferences
from app.settings import VaultKind
from governance.errors import StaleFolderError
from governance.names import PersonId
from tests.fakes.progress import Noted
from widgets.kit.dialog import Dialog
from widgets.kit.look import Look
from widgets.library.dialogs import ArchiveDialog, NewDialog, StageDialog, TitleDialog
from widgets.library.new_state import NewWish

ANA = PersonId("ana@example.com")
MOMENT = 20_000  # milliseconds that background work may take on a busy computer
WISH = NewWish("Day one", "onboarding", "They find the door.", ("sms",), ("en",))


class Flow:
    def __init__(self, desktop: Desktop, qtbot: QtBot) -> None:
        self.desktop = desktop
        self._qtbot = qtbot
        page = desktop.controller.page(Room.LIBRARY)
        assert isinstance(page, LibraryController)
        self.page = page

    def ids(self) -> list[str]:
        current = self.desktop.context.readings.current
        return [str(row.id) for row in current.rows] if current else []

    def until(self, holds: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(holds, timeout=MOMENT)

    def run(self, key: str) -> None:
        commands = {one.key: one for one in self.desktop.context.commands.all}
        assert commands[key].reason == ""
        commands[key].run()

    def asked(self, kind: type[Dialog]) -> Dialog:
        dialog = self.page.deeds._dialog  # noqa: SLF001 -- held
        assert isinstance(dialog, kind)
        return dialog

    def select(self, key: str) -> None:
        self.page.widget().selected.emit(key)

    def row(self, key: str) -> tuple[str, str]:
        row = self.page.stock.rows[key]
        return row.title, row.stage


@pytest.fixture
def flow(tmp_path: Path, qtbot: QtBot) -> Iterator[Flow]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    Look(application)
    wish = Wish(tmp_path / "desk", "empty", "Test", ANA, "Ana", VaultKind.FILE)
    workspace = found_workspace(wish, lambda: "correct horse battery")
    begin(workspace, WISH, ANA, Noted())
    desktop = build_desktop(workspace, Preferences.read(tmp_path / "window.json"))
    qtbot.addWidget(desktop.window)
    desktop.window.show()
    desktop.context.navigator.open_room(Room.LIBRARY)
    desktop.context.readings.refresh()
    flow = Flow(desktop, qtbot)
    flow.until(lambda: flow.ids() == ["day-one"])
    yield flow
    desktop.close()
    desktop.window.close()


def test_a_new_template_is_written_selected_and_opened(flow: Flow) -> None:
    flow.run("new-template")
    dialog = flow.asked(NewDialog)
    assert isinstance(dialog, NewDialog)
    dialog.name.edit.setText("Day one")
    dialog.deed_chosen.emit("go")

    flow.until(lambda: flow.desktop.context.navigator.place.room is Room.STUDIO)

    assert flow.ids() == ["day-one-2", "day-one"] or flow.ids() == [
        "day-one",
        "day-one-2",
    ]
    assert flow.desktop.context.navigator.place.key == "day-one-2"


def test_a_title_changes_and_can_be_taken_back(flow: Flow) -> None:
    flow.select("day-one")
    flow.run("template-rename")
    dialog = flow.asked(TitleDialog)
    assert isinstance(dialog, TitleDialog)
    dialog.name.edit.setText("The first day")
    dialog.deed_chosen.emit("go")
    flow.until(lambda: flow.row("day-one")[0] == "The first day")

    flow.run("undo-library")

    flow.until(lambda: flow.row("day-one")[0] == "Day one")


def test_a_template_moves_to_another_stage(flow: Flow) -> None:
    flow.select("day-one")
    flow.run("template-move")
    dialog = flow.asked(StageDialog)
    assert isinstance(dialog, StageDialog)
    dialog.moved.emit("team")
    dialog.accept()

    flow.until(lambda: flow.row("day-one")[1] == "team")


def test_what_was_archived_comes_back_with_the_toast(flow: Flow) -> None:
    flow.select("day-one")
    flow.run("template-archive")
    dialog = flow.asked(ArchiveDialog)
    dialog.deed_chosen.emit("go")
    flow.until(lambda: flow.ids() == [])

    flow.desktop.window.toast.acted.emit("undo-library")

    flow.until(lambda: flow.ids() == ["day-one"])


def test_a_copy_has_an_id_and_a_title_of_its_own(flow: Flow) -> None:
    flow.select("day-one")
    flow.run("template-duplicate")
    dialog = flow.asked(NewDialog)
    assert isinstance(dialog, NewDialog)
    dialog.name.edit.setText("Day two")
    dialog.deed_chosen.emit("go")

    flow.until(lambda: sorted(flow.ids()) == ["day-one", "day-two"])

    assert flow.row("day-two") == ("Day two", "onboarding")


def test_what_somebody_went_on_from_is_not_taken_back(
    flow: Flow, tmp_path: Path
) -> None:
    workspace = flow.desktop.context.workspace
    done = begin(workspace, WISH, ANA, Noted())
    path = f"templates/onboarding/{done.template}/en/sms.txt"
    (workspace.paths.root / path).write_text("Mine.\n")

    with pytest.raises(StaleFolderError, match="nothing was taken back"):
        take_back(workspace, done, Noted())

    assert (workspace.paths.root / path).read_text() == "Mine.\n"
