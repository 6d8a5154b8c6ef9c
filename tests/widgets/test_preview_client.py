"""One mail client, looked at closely: by keyboard and by mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from governance.clients.inbox import InboxLine
from governance.clients.previews import Wanted, previews
from governance.clients.profile import CLIENTS
from governance.clients.rule import Scheme
from tests.fakes.qt import child
from widgets.kit.controls import Button, Segments
from widgets.kit.marks import Text
from widgets.preview.changes import ChangeList
from widgets.preview.client_view import ClientView
from widgets.preview.closer_state import ClientState, client_state
from widgets.preview.inbox import InboxLines
from widgets.preview.side import PreviewSide
from widgets.preview.state import everyone

PATIENCE = 15_000
MAIL = (
    "<!doctype html><html><head></head><body>"
    '<p style="border-radius:6px;max-width:300px">Hello there</p></body></html>'
)
LINE = InboxLine("", "Subject", "Rest", is_subject_cut=False, is_preheader_cut=False)


def show(view: ClientView, key: str, mail: str = MAIL) -> ClientState:
    made = previews(mail, "", everyone(Scheme.LIGHT), (), Wanted(key, Scheme.LIGHT))
    assert made.closer is not None
    state = client_state(made.closer, made.shown, 0)
    view.render_client(state, made.pages, LINE)
    return state


@pytest.fixture
def view(qtbot: QtBot) -> ClientView:
    view = ClientView()
    qtbot.addWidget(view)
    view.resize(1300, 700)
    view.show()
    return view


def asked(qtbot: QtBot, view: ClientView, script: str) -> object:
    answers: list[object] = []
    page = view.stage.page
    assert page is not None
    page.runJavaScript(script, 0, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE)
    return answers[0]


def pressed(qtbot: QtBot, view: ClientView, key: str) -> None:
    asked(qtbot, view, f"dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}'}}))")


def texts(view: ClientView) -> list[str]:
    found = child(view, ChangeList).findChildren(Text)
    return [one.text() for one in found if not one.isHidden()]


def test_each_change_stands_there_with_its_sentence(view: ClientView) -> None:
    state = show(view, "outlook-classic")

    said = texts(view)
    for one in state.changes:
        assert one.title in said
        assert one.says in said


def test_a_client_that_changes_nothing_says_so(view: ClientView) -> None:
    show(view, "thunderbird", "<!doctype html><p>Hello</p>")

    assert "Thunderbird shows this message as it was written." in texts(view)


def test_keys_move_the_slider_by_a_twentieth_and_to_its_ends(
    qtbot: QtBot, view: ClientView
) -> None:
    with qtbot.waitSignal(view.stage.painted, timeout=PATIENCE):
        show(view, "outlook-classic")

    pressed(qtbot, view, "ArrowLeft")
    assert asked(qtbot, view, "Stage.place()") == 45
    pressed(qtbot, view, "End")
    assert asked(qtbot, view, "Stage.place()") == 100
    pressed(qtbot, view, "ArrowRight")
    assert asked(qtbot, view, "Stage.place()") == 100
    pressed(qtbot, view, "Home")
    assert asked(qtbot, view, "Stage.place()") == 0


def test_a_chosen_change_is_outlined_where_it_is(
    qtbot: QtBot, view: ClientView
) -> None:
    with qtbot.waitSignal(view.stage.painted, timeout=PATIENCE):
        state = show(view, "outlook-classic")
    corners = next(one for one in state.changes if one.key == "css-border-radius")

    with qtbot.waitSignal(view.stage.painted, timeout=PATIENCE):
        view.list.chosen.emit(corners.key)

    outline = (
        "(d => getComputedStyle(d.querySelector('p')).outlineStyle)"
        "(document.querySelector('#shown iframe').contentDocument)"
    )
    assert asked(qtbot, view, outline) == "solid"


def test_esc_leads_back_from_the_page_and_from_the_list(
    qtbot: QtBot, view: ClientView
) -> None:
    with qtbot.waitSignal(view.stage.painted, timeout=PATIENCE):
        show(view, "outlook-classic")

    with qtbot.waitSignal(view.closed, timeout=PATIENCE):
        pressed(qtbot, view, "Escape")
    with qtbot.waitSignal(view.closed, timeout=PATIENCE):
        qtbot.mouseClick(child(view, Button, "close-client"), Qt.MouseButton.LeftButton)


def test_page_down_goes_to_the_next_client_and_from_the_last_to_the_first(
    qtbot: QtBot, view: ClientView
) -> None:
    show(view, CLIENTS[-1].id)

    with qtbot.waitSignal(view.client_chosen, timeout=PATIENCE) as chosen:
        view.step(1)

    assert chosen.args == [CLIENTS[0].id]


def test_one_client_at_least_stays_chosen(qtbot: QtBot) -> None:
    side = PreviewSide()
    qtbot.addWidget(side)
    side.render_choice(("yahoo",), "light")
    told: list[list[str]] = []
    side.clients_chosen.connect(told.append)
    actions = {one.text(): one for one in child(side, QMenu).actions()}

    actions["Yahoo Mail"].trigger()
    actions["Thunderbird"].trigger()

    assert told == [["thunderbird", "yahoo"]]
    assert child(side, Segments).accessibleName() == "Light or dark"


def test_each_inbox_cuts_the_subject_where_its_client_does(qtbot: QtBot) -> None:
    lines = InboxLines()
    qtbot.addWidget(lines)

    lines.render_lines("S" * 80, "Rest", ("gmail-ios", "outlook-classic"))

    said = [one.text() for one in lines.findChildren(Text)]
    assert "S" * 37 + "…" in said
    assert "S" * 54 + "…" in said
