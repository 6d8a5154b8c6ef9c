"""Search and replace over the real window: keys, ticks, drafts, undo."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.controllers.search import SearchController
from app.desktop import Desktop
from app.places import Room
from tests.fakes.window import MOMENT, activate, open_desktop, press


class Flow:
    def __init__(self, desktop: Desktop, qtbot: QtBot) -> None:
        self.desktop = desktop
        self.qtbot = qtbot
        activate(desktop, qtbot)
        qtbot.keyClick(
            desktop.window,
            Qt.Key.Key_F,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
        page = desktop.controller.page(Room.SEARCH)
        assert isinstance(page, SearchController)
        self.page, self.view = page, page.widget()

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=MOMENT)

    def look_for(self, words: str) -> None:
        self.view.words.clear()
        self.qtbot.keyClicks(self.view.words, words)
        self.until(lambda: self.page.sought.ended)

    def text(self, path: str) -> str:
        return (self.desktop.context.workspace.paths.root / path).read_text()


@pytest.fixture
def flow(pristine: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Flow]:
    desktop = open_desktop(pristine, tmp_path, qtbot)
    yield Flow(desktop, qtbot)
    desktop.close()
    desktop.window.close()


def test_what_is_typed_is_found_and_enter_goes_to_its_line(flow: Flow) -> None:
    flow.look_for("are sorry")

    assert flow.page.sought.found
    flow.view.table.setFocus()
    flow.qtbot.keyClick(flow.view.table, Qt.Key.Key_Return)

    place = flow.desktop.context.navigator.place
    assert place.room is Room.STUDIO
    path, _colon, line = place.part.rpartition(":")
    said = flow.text(path).split("\n")[int(line) - 1]
    assert "are sorry" in said.casefold()


def test_replacing_makes_drafts_and_undo_puts_them_back(flow: Flow) -> None:
    flow.look_for("are sorry")
    paths = [one.path for one in flow.page.sought.found]
    before = [flow.text(path) for path in paths]
    flow.qtbot.keyClicks(flow.view.instead, "regret")

    press(flow.view, flow.qtbot, "replace")
    flow.until(lambda: flow.page.sought.report is not None)

    assert all("sorry" not in flow.text(path) for path in paths)
    flow.until(lambda: not flow.page.sought.is_replacing)
    flow.until(lambda: flow.page.sought.ended and not flow.page.sought.found)
    press(flow.view._shown[0], flow.qtbot, "act")  # noqa: SLF001 -- the summary
    flow.until(lambda: [flow.text(path) for path in paths] == before)
    flow.until(lambda: flow.page.sought.ended and bool(flow.page.sought.found))


def test_a_place_without_a_tick_stays(flow: Flow) -> None:
    flow.look_for("are sorry")
    first = flow.page.sought.found[0]
    flow.view.table.setFocus()
    flow.qtbot.keyClick(flow.view.table, Qt.Key.Key_Space)
    flow.qtbot.keyClicks(flow.view.instead, "regret")

    press(flow.view, flow.qtbot, "replace")
    flow.until(lambda: flow.page.sought.report is not None)

    assert "are sorry" in flow.text(first.path)


def test_a_file_that_changes_under_the_list_is_searched_again(flow: Flow) -> None:
    flow.look_for("zebra")
    assert not flow.page.sought.found
    root = flow.desktop.context.workspace.paths.root
    path = next(root.glob("templates/*/*/en/sms.txt"))
    path.write_text("A zebra.\n")

    flow.desktop.context.readings.refresh()

    flow.until(lambda: bool(flow.page.sought.found))


def test_an_expression_that_is_none_says_so(flow: Flow) -> None:
    flow.view._switches["pattern"].setChecked(True)  # noqa: SLF001 -- no name
    flow.look_for("(")

    assert "no regular expression" in flow.page.sought.problem
