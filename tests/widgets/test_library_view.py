"""The library, by keyboard and mouse."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from governance.changes.library import Standing
from tests.fakes.qt import child
from tests.fakes.shelf import a_row, a_shelf
from widgets.kit.controls import Button
from widgets.kit.values import Deed, Fact, Mark
from widgets.library.dialogs import ArchiveDialog, NewDialog, StageDialog, TitleDialog
from widgets.library.new_state import OTHER, Known, NewWish
from widgets.library.shelf_state import Filter, InspectorState
from widgets.library.state import LibraryState, library_state
from widgets.library.view import LibraryView

ROWS = (
    a_row("interview-invitation"),
    a_row("interview-reminder"),
    a_row("offer-letter", "offer", Standing.EDITED),
)
BESIDE = InspectorState(
    "Offer letter",
    (Mark("Draft of version 2", "pencil-simple"),),
    facts=(Fact("Used by", "Interview", link="template:x"),),
    deeds=(Deed("open", "Continue draft", "primary"), Deed("versions", "Versions")),
    more=(
        Deed("rename", "Rename…", icon="text-aa", shortcut="F2"),
        Deed("archive", "Archive…", "stop", "archive", "Del", why_not="In review."),
    ),
)
KNOWN = Known(
    (("invitation", "Invitation", "interview"),), ("en", "de"), "en", "interview"
)


def a_state(words: str = "", selected: str = "offer-letter") -> LibraryState:
    return library_state(a_shelf(*ROWS), Filter(words=words), selected, BESIDE)


@pytest.fixture
def view(qtbot: QtBot) -> LibraryView:
    return shown(LibraryView(), qtbot)


def shown(view: LibraryView, qtbot: QtBot) -> LibraryView:
    qtbot.addWidget(view)
    view.resize(1364, 860)
    view.render_state(a_state())
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    return view


def test_the_list_narrows_as_one_types(view: LibraryView, qtbot: QtBot) -> None:
    def narrow(words: str) -> None:
        view.render_state(a_state(words))

    view.words_changed.connect(narrow)
    view.focus_filter()

    qtbot.keyClicks(view.search, "remin")

    assert [row.key for row in view.table.rows.table.rows] == ["interview-reminder"]
    assert view.search.hasFocus()


def test_enter_leads_from_the_filter_into_the_list(
    view: LibraryView, qtbot: QtBot
) -> None:
    view.focus_filter()

    qtbot.keyClick(view.search, Qt.Key.Key_Return)

    assert view.table.hasFocus()


def test_arrows_select_and_enter_opens(view: LibraryView, qtbot: QtBot) -> None:
    view.render_state(a_state(selected="interview-invitation"))
    view.table.setFocus()

    with qtbot.waitSignal(view.selected) as selected:
        qtbot.keyClick(view.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)

    assert selected.args == opened.args == ["interview-reminder"]


def test_the_selection_stays_when_rows_arrive(view: LibraryView) -> None:
    told: list[str] = []
    view.selected.connect(told.append)
    more = a_shelf(a_row("application-received", "application"), *ROWS)

    view.render_state(library_state(more, Filter(), "offer-letter", BESIDE))

    assert view.table.key == "offer-letter"
    assert view.table.rows.row_at(view.table.currentIndex()) is not None
    assert told == []


def test_f2_renames_and_del_asks_only_if_it_may(
    view: LibraryView, qtbot: QtBot
) -> None:
    asked: list[str] = []
    view.deed_chosen.connect(asked.append)
    view.table.setFocus()

    qtbot.keyClick(view.table, Qt.Key.Key_F2)
    qtbot.keyClick(view.table, Qt.Key.Key_Delete)

    assert asked == ["rename"]


def test_the_menu_holds_every_deed_and_why_one_is_off(
    view: LibraryView, qtbot: QtBot
) -> None:
    menu = view.menu()
    actions = {one.text(): one for one in menu.actions() if one.text()}

    assert list(actions) == ["Continue draft", "Versions", "Rename…", "Archive…"]
    assert not actions["Archive…"].isEnabled()
    assert actions["Archive…"].toolTip() == "In review."
    with qtbot.waitSignal(view.deed_chosen) as chosen:
        actions["Rename…"].trigger()
    assert chosen.args == ["rename"]
    menu.deleteLater()


def test_what_cannot_be_done_more_has_no_dots(view: LibraryView) -> None:
    dots = child(view, QWidget, "more")
    before = dots.isVisible()

    plain = replace(BESIDE, more=())
    view.render_state(library_state(a_shelf(*ROWS), Filter(), "offer-letter", plain))

    assert (before, dots.isVisible()) == (True, False)


def test_the_link_of_a_fact_leads_on(view: LibraryView, qtbot: QtBot) -> None:
    link = next(
        one for one in view.findChildren(QWidget) if one.accessibleName() == "Interview"
    )

    with qtbot.waitSignal(view.linked) as linked:
        qtbot.keyClick(link, Qt.Key.Key_Return)

    assert linked.args == ["template:x"]


def test_a_new_template_is_asked_for_by_keyboard(qtbot: QtBot) -> None:
    dialog = NewDialog(None, KNOWN)
    qtbot.addWidget(dialog)
    dialog.show()
    deed = child(dialog, Button, "go")
    before = deed.isEnabled()

    qtbot.keyClicks(dialog.name.edit, "Day one")
    with qtbot.waitSignal(dialog.wished) as wished:
        qtbot.keyClick(dialog.name.edit, Qt.Key.Key_Return)

    assert not before
    assert wished.args == [NewWish("Day one", "interview", "", ("email",), ("en",))]


def test_a_new_stage_is_named_in_place(qtbot: QtBot) -> None:
    dialog = NewDialog(None, KNOWN)
    qtbot.addWidget(dialog)
    dialog.name.edit.setText("Day one")

    dialog.stage.setCurrentIndex(dialog.stage.findData(OTHER))
    dialog.stage.activated.emit(dialog.stage.currentIndex())
    before = child(dialog, Button, "go").isEnabled()
    dialog.other.edit.setText("Data & consent")

    assert not before
    assert dialog.wish.stage == "data-consent"


def test_a_copy_asks_for_no_channels(qtbot: QtBot) -> None:
    dialog = NewDialog(None, replace(KNOWN, source="invitation"))
    qtbot.addWidget(dialog)
    dialog.show()

    assert dialog.wish.source == "invitation"
    assert not dialog.ways[0].isVisible()


def test_the_same_title_is_no_new_one(qtbot: QtBot) -> None:
    dialog = TitleDialog(None, "Offer")
    qtbot.addWidget(dialog)
    deed = child(dialog, Button, "go")
    before = deed.isEnabled()

    dialog.name.edit.setText("Offer letter")
    with qtbot.waitSignal(dialog.titled) as titled:
        deed.click()

    assert not before
    assert titled.args == ["Offer letter"]


def test_the_same_stage_is_no_move(qtbot: QtBot) -> None:
    dialog = StageDialog(None, "Invitation", KNOWN)
    qtbot.addWidget(dialog)
    deed = child(dialog, Button, "go")
    before = deed.isEnabled()

    dialog.stage.setCurrentIndex(dialog.stage.findData("offer"))
    dialog.stage.activated.emit(dialog.stage.currentIndex())
    with qtbot.waitSignal(dialog.moved) as moved:
        deed.click()

    assert not before
    assert moved.args == ["offer"]


def test_enter_alone_archives_nothing(qtbot: QtBot) -> None:
    dialog = ArchiveDialog(None, "Offer", "Candidates get it.", "")
    qtbot.addWidget(dialog)
    dialog.show()
    agreed: list[bool] = []
    dialog.agreed.connect(lambda: agreed.append(True))

    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    before = list(agreed)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert (before, agreed) == ([], [True])


def test_what_cannot_be_archived_says_why(qtbot: QtBot) -> None:
    dialog = ArchiveDialog(None, "Offer", "Words.", "The journey “Offer” sends it.")
    qtbot.addWidget(dialog)

    assert not child(dialog, Button, "go").isEnabled()
