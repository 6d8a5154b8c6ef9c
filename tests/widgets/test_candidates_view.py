import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from sync.api.stories import Chapter, Story
from tests.fakes.outbox import a_box, a_person, a_row
from tests.fakes.qt import child
from widgets.candidates.board_state import Card, board_state
from widgets.candidates.cards import CardModel
from widgets.candidates.people_state import people_state
from widgets.candidates.story_state import story_state
from widgets.candidates.timeline import TimelineModel
from widgets.candidates.timeline_state import EVERYTHING, Told
from widgets.candidates.view import CandidatesView
from widgets.kit.controls import Button

PEOPLE = (a_person(1), a_person(2), a_person(3, stage="offer"))
WARN = QAbstractItemModelTester.FailureReportingMode.Warning
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(qtbot: QtBot) -> CandidatesView:
    view = CandidatesView()
    qtbot.addWidget(view)
    view.resize(1364, 860)
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    return view


@pytest.fixture
def board(view: CandidatesView) -> CandidatesView:
    view.render_board(board_state(a_box(people=PEOPLE), "", "app-001"), "")
    return view


def a_story() -> Told:
    chapters = (Chapter(delivery=a_row(1), sentence=""),)
    return Told("app-001", a_box(people=PEOPLE), Story("cand-001", chapters))


def test_the_models_keep_qts_promises(qtbot: QtBot) -> None:
    cards, moments = CardModel(None), TimelineModel(None)  # type: ignore[arg-type]
    testers = [QAbstractItemModelTester(one, WARN) for one in (cards, moments)]

    cards.set_cards((Card("a", "Maya", "Engineer"), Card("b", "Yuki", "Engineer")))
    moments.set_moments(story_state(a_story(), EVERYTHING, "").moments)

    assert len(testers) == 2
    assert cards.rowCount() == 2


def test_ctrl_and_an_arrow_moves_a_card(board: CandidatesView, qtbot: QtBot) -> None:
    cards = board.board.lists["screening"]
    cards.setFocus()

    with qtbot.waitSignal(board.stepped) as stepped:
        qtbot.keyClick(cards, Qt.Key.Key_Right, CTRL)

    assert stepped.args == ["app-001", 1]


def test_arrows_alone_go_to_the_next_column_that_has_someone(
    board: CandidatesView, qtbot: QtBot
) -> None:
    board.board.lists["screening"].setFocus()

    with qtbot.waitSignal(board.selected) as selected:
        qtbot.keyClick(board.board.lists["screening"], Qt.Key.Key_Right)

    assert selected.args == ["app-003"]


def test_a_card_that_is_dropped_on_a_column_moves_there(
    board: CandidatesView, qtbot: QtBot
) -> None:
    taken = board.board.lists["screening"].cards
    data = taken.mimeData([taken.index(1)])

    with qtbot.waitSignal(board.moved) as moved:
        board.board.lists["interview"].cards.dropMimeData(
            data, Qt.DropAction.MoveAction, -1, -1, QModelIndex()
        )

    assert moved.args == ["app-002", "interview"]


def test_a_card_carries_its_number_and_no_name(board: CandidatesView) -> None:
    taken = board.board.lists["screening"].cards
    data = taken.mimeData([taken.index(0)])

    assert [bytes(data.data(one).data()) for one in data.formats()] == [b"app-001"]
    assert not data.hasText()


def test_a_card_that_is_dropped_where_it_is_stays(
    board: CandidatesView, qtbot: QtBot
) -> None:
    cards = board.board.lists["screening"].cards
    data = cards.mimeData([cards.index(0)])

    with qtbot.assertNotEmitted(board.moved):
        cards.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, QModelIndex())


def test_the_button_moves_to_the_next_stage(
    board: CandidatesView, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(board.deed_chosen) as chosen:
        qtbot.mouseClick(board.chosen.next_, Qt.MouseButton.LeftButton)

    assert chosen.args == ["move:assessment"]


def test_enter_opens_the_story(board: CandidatesView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(board.opened) as opened:
        qtbot.keyClick(board.board.lists["screening"], Qt.Key.Key_Return)

    assert opened.args == ["app-001"]


def test_cards_read_as_one_sentence(board: CandidatesView) -> None:
    cards = board.board.lists["screening"].cards

    said = cards.index(0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said == "Maya Okonkwo1, Firmware engineer"


def test_a_story_takes_the_place_of_the_board(
    board: CandidatesView, qtbot: QtBot
) -> None:
    board.render_story(story_state(a_story(), EVERYTHING, ""))

    assert board.timeline.isVisible()
    assert not board.search.isVisible()
    assert not board.chosen.isVisible()
    assert child(board.inspector, Button, "copy").isVisible()


def test_ctrl_c_copies_the_story(view: CandidatesView, qtbot: QtBot) -> None:
    view.render_story(story_state(a_story(), EVERYTHING, ""))
    view.timeline.setFocus()

    with qtbot.waitSignal(view.deed_chosen) as chosen:
        qtbot.keyClick(view.timeline, Qt.Key.Key_C, CTRL)

    assert chosen.args == ["copy"]


def test_headings_are_passed_over_by_the_arrows(
    view: CandidatesView, qtbot: QtBot
) -> None:
    view.render_story(story_state(a_story(), EVERYTHING, ""))
    view.timeline.setFocus()

    with qtbot.waitSignals([view.selected, view.selected]):
        qtbot.keyClick(view.timeline, Qt.Key.Key_Down)
        qtbot.keyClick(view.timeline, Qt.Key.Key_Down)

    one = view.timeline.moments.moment(view.timeline.currentIndex())
    assert one is not None
    assert one.title == "Applied"


def test_p_on_a_message_shows_its_proof(view: CandidatesView, qtbot: QtBot) -> None:
    view.render_story(story_state(a_story(), EVERYTHING, ""))
    view.timeline.setFocus()

    with qtbot.waitSignal(view.deed_chosen) as chosen:
        qtbot.keyClick(view.timeline, Qt.Key.Key_P)

    assert chosen.args == ["proof"]


def test_the_list_stands_where_there_is_no_board(
    view: CandidatesView, qtbot: QtBot
) -> None:
    view.render_people(people_state(a_box(a_row(1)), "", ""), "")

    assert view.people.isVisible()
    with qtbot.waitSignal(view.opened) as opened:
        view.people.setFocus()
        view.people.select_beside(1)
        view.people.setCurrentIndex(view.people.rows.place("app-001"))
        qtbot.keyClick(view.people, Qt.Key.Key_Return)
    assert opened.args == ["app-001"]
