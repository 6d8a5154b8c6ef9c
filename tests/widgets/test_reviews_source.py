from dataclasses import replace

from pytestqt.qtbot import QtBot

from governance.changes.compared import compared
from governance.names import Locale
from tests.fakes.make import BEN
from tests.fakes.workplace import in_memory
from tests.widgets.test_reviews_since import WARM, a_desk
from widgets.diff.state import pairs
from widgets.reviews.change_state import change_state
from widgets.reviews.change_values import ChangeState, PartTexts, Texts
from widgets.reviews.change_view import ChangeView

BEFORE = "<mj-text>\n  Hello you\n</mj-text>\n"


def source_tab(after: str) -> ChangeState:
    place = in_memory()
    desk = a_desk(place, place.open(WARM).change, BEN)
    part = PartTexts(
        "offer",
        "Offer",
        Locale("en"),
        compared("<p>Hi</p>", "<p>Dear you</p>"),
        source=pairs(BEFORE, after),
    )
    return change_state(replace(desk, texts=Texts((part,)), tab="source"))


def test_the_source_stands_on_both_sides_with_its_words_marked(qtbot: QtBot) -> None:
    view = ChangeView()
    qtbot.addWidget(view)

    view.render_state(source_tab(BEFORE.replace("Hello", "Dear")))

    assert not view.source.isHidden()
    said = view.source.toPlainText()
    assert "Hello you" in said
    assert "Dear you" in said


def test_a_source_that_is_the_same_is_not_laid_beside_itself() -> None:
    state = source_tab(BEFORE)

    assert state.source == ()
    assert "is the same" in state.stretches[0][1][0].text
