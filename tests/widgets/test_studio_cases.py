"""The case chooser: its words, its order, its menu."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from governance.content.cases import Condition, Option
from governance.names import FieldName
from widgets.studio.cases import CaseChooser
from widgets.studio.cases_state import CasesState, cases_state, following

MODE, CALL = FieldName("interview.mode"), FieldName("feedback.offered")
CONDITIONS = (
    Condition(
        MODE,
        "How we meet",
        (Option("=on_site", "on site", "on_site"), Option("other", "video", "video")),
    ),
    Condition(
        CALL,
        "Whether a call is offered",
        (Option("some", "yes", value=True), Option("none", "no", value=False)),
    ),
)


def test_a_message_that_asks_nothing_has_no_chooser() -> None:
    state = cases_state((), {})

    assert not state.deed.is_shown
    assert state.notice is None


def test_without_a_choice_everything_is_as_the_sample_says() -> None:
    state = cases_state(CONDITIONS, {})

    assert state.deed.is_shown
    assert state.notice is None
    assert [group.chosen for group in state.groups] == ["", ""]
    assert state.groups[0].choices[0].title == "As the sample says"


def test_a_forced_case_is_said_in_words_with_a_way_back() -> None:
    state = cases_state(CONDITIONS, {MODE: "=on_site"})

    assert state.deed.title == "on site"
    assert state.notice is not None
    assert state.notice.plain == "How we meet: on site"
    assert state.notice.action == "As the sample says"


def test_several_cases_are_counted_and_all_are_named() -> None:
    state = cases_state(CONDITIONS, {MODE: "other", CALL: "none"})

    assert state.deed.title == "2 cases"
    assert state.notice is not None
    assert state.notice.plain == "How we meet: video; Whether a call is offered: no"


def test_an_answer_that_went_with_an_edit_is_the_samples_again() -> None:
    state = cases_state(CONDITIONS, {MODE: "=by letter"})

    assert state.notice is None


def test_next_goes_through_every_case_and_back_to_the_sample() -> None:
    chosen: dict[FieldName, str] = {}
    met = []
    for _step in range(6):
        chosen = following(CONDITIONS, chosen)
        met.append(tuple(chosen.values()))

    assert met == [("=on_site",), ("other",), ("some",), ("none",), (), ("=on_site",)]
    assert following((), {}) == {}


def test_the_menu_chooses_and_clears(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    chooser = CaseChooser(owner)
    qtbot.addWidget(chooser.button)
    qtbot.addWidget(chooser.strip)
    chooser.render_state(cases_state(CONDITIONS, {}))

    with qtbot.waitSignal(chooser.chosen) as chosen:
        action(chooser, "on site").trigger()
    assert chosen.args == [MODE, "=on_site"]

    chooser.render_state(cases_state(CONDITIONS, {MODE: "=on_site"}))
    assert action(chooser, "on site").isChecked()
    assert "on site" in chooser.button.accessibleName()
    with qtbot.waitSignal(chooser.cleared):
        chooser.strip.acted.emit("as-sample")


def test_drawing_the_same_again_makes_no_menu_anew(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    chooser = CaseChooser(owner)
    qtbot.addWidget(chooser.button)
    qtbot.addWidget(chooser.strip)
    state: CasesState = cases_state(CONDITIONS, {})
    chooser.render_state(state)
    before = action(chooser, "on site")

    chooser.render_state(cases_state(CONDITIONS, {}))

    assert action(chooser, "on site") is before


def action(chooser: CaseChooser, title: str) -> QAction:
    menus = [part.actions() for part in chooser._parts]  # noqa: SLF001 -- the menu
    return next(one for part in menus for one in part if one.text() == title)
