"""The search, drawn and used by keyboard and mouse."""

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from governance.content.search import Query, look, pattern_of
from widgets.search.sought import Sought
from widgets.search.state import search_state
from widgets.search.view import SearchView

PATH = "templates/offer/offer-letter/en/email.mjml"


def a_view(qtbot: QtBot) -> SearchView:
    view = SearchView()
    qtbot.addWidget(view)
    view.resize(1200, 700)
    found = look(PATH, "Your salary\nSalary", pattern_of(Query("salary")), 9)
    view.render_state(
        search_state(Sought(Query("salary"), "pay", (found,), ended=True))
    )
    view.show()
    qtbot.waitExposed(view)
    return view


def test_words_and_switches_are_one_query(qtbot: QtBot) -> None:
    view = a_view(qtbot)
    asked: list[Query] = []
    view.query_changed.connect(asked.append)

    qtbot.keyClicks(view.words, "pay")
    view._switches["case"].click()  # noqa: SLF001 -- the buttons have no other name

    assert asked[-1] == Query("pay", minds_case=True)


def test_space_ticks_and_enter_goes_there(qtbot: QtBot) -> None:
    view = a_view(qtbot)
    ticked: list[str] = []
    opened: list[str] = []
    view.ticked.connect(ticked.append)
    view.opened.connect(opened.append)
    view.table.setFocus()

    qtbot.keyClick(view.table, Qt.Key.Key_Space)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)

    assert ticked == [f"{PATH}:5"]
    assert opened == [f"{PATH}:5"]


def test_a_click_on_the_tick_ticks_and_one_on_the_words_does_not(
    qtbot: QtBot,
) -> None:
    view = a_view(qtbot)
    ticked: list[str] = []
    view.ticked.connect(ticked.append)
    box = view.table.visualRect(view.table.rows.place(f"{PATH}:12"))
    port = view.table.viewport()

    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=QPoint(28, box.center().y()))
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=QPoint(200, box.center().y()))

    assert ticked == [f"{PATH}:12"]


def test_down_leads_from_the_words_into_the_list(qtbot: QtBot) -> None:
    view = a_view(qtbot)
    view.activateWindow()
    view.words.setFocus()
    qtbot.waitUntil(view.words.hasFocus)

    qtbot.keyClick(view.words, Qt.Key.Key_Down)

    assert view.table.hasFocus()


def test_progress_can_be_stopped_while_there_is_some(qtbot: QtBot) -> None:
    view = a_view(qtbot)
    assert not view._cancel.isVisible()  # noqa: SLF001 -- what a person sees

    view.render_progress("Searching", 3, 9)

    with qtbot.waitSignal(view.cancelled):
        qtbot.mouseClick(view._cancel, Qt.MouseButton.LeftButton)  # noqa: SLF001
