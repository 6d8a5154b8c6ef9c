import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from governance.trust.keys import SigningKey
from tests.fakes.make import ANA, BEN, HR, LEGAL, NOON, Chain
from tests.fakes.qt import child
from widgets.help.report_dialog import ReportDialog, Shown
from widgets.kit.controls import Button, DropDown
from widgets.kit.letters import choose_letters
from widgets.kit.look import look
from widgets.kit.marks import Text
from widgets.kit.table_view import TableView
from widgets.kit.values import Cell, Choice, Column, Row, Table
from widgets.settings.computer_state import language_form, letters_switch, look_form
from widgets.settings.enrol_dialog import EnrolDialog
from widgets.settings.enrol_state import Newcomer, enrol_state
from widgets.settings.form import Form, Group, Switch
from widgets.settings.form_view import FormView
from widgets.settings.key_dialogs import PassphraseDialog
from widgets.settings.people import People
from widgets.settings.people_state import ANY, people_state
from widgets.settings.state import PEOPLE, SHORTCUTS, SettingsState, Strokes, sections
from widgets.settings.view import SettingsView
from widgets.settings.withdraw_dialog import WithdrawDialog
from widgets.settings.withdraw_state import NOW, withdraw_state


def people() -> People:
    return People(Chain.with_a_release().state, ANA, NOON)


def shown(view: SettingsView, selected: str = "") -> None:
    state = people_state(people(), "", ANY, selected)
    view.render_state(SettingsState(sections(0), PEOPLE, state))


def test_ticking_a_role_asks_and_changes_nothing_by_itself(qtbot: QtBot) -> None:
    view = SettingsView()
    qtbot.addWidget(view)
    shown(view, BEN)
    tick = child(view.inspector, QCheckBox, HR)

    with qtbot.waitSignal(view.role_toggled) as asked:
        tick.click()

    assert asked.args == [HR]
    assert not tick.isChecked()


def test_a_role_that_cannot_be_taken_is_off_and_says_why(qtbot: QtBot) -> None:
    view = SettingsView()
    qtbot.addWidget(view)
    shown(view, BEN)

    tick = child(view.inspector, QCheckBox, LEGAL)

    assert not tick.isEnabled()
    assert "would have nobody" in tick.accessibleDescription()


def test_only_the_page_about_people_has_an_inspector(qtbot: QtBot) -> None:
    view = SettingsView()
    qtbot.addWidget(view)
    view.resize(1440, 900)
    shown(view, BEN)
    beside_people = view.inspector.isVisibleTo(view)

    view.render_state(SettingsState(sections(0), "look", look_form("light", 100)))

    assert beside_people
    assert not view.inspector.isVisibleTo(view)
    assert not view.search.isVisibleTo(view)


def test_a_choice_keeps_the_focus_when_the_page_is_drawn_anew(qtbot: QtBot) -> None:
    view = FormView()
    qtbot.addWidget(view)
    view.render_form(language_form("en", "en", ("en", "de")))
    drop = child(view, DropDown, "language")

    view.render_form(language_form("de", "en", ("en", "de")))

    assert child(view, DropDown, "language") is drop
    assert drop.key == "de"


def test_a_switch_says_what_it_is_now(qtbot: QtBot) -> None:
    view = FormView()
    qtbot.addWidget(view)
    line = Switch("contrast", "Contrast", "More", is_on=False)
    view.render_form(Form("", "", (Group("", (line,)),)))

    with qtbot.waitSignal(view.switched) as switched:
        child(view, QCheckBox, "contrast").click()

    assert switched.args == ["contrast", True]


def test_single_letters_are_switched_beside_the_table_of_keys(qtbot: QtBot) -> None:
    view = SettingsView()
    qtbot.addWidget(view)
    page = Strokes(Table((Column("Command"),)), letters_switch(has_letters=True))
    view.render_state(SettingsState(sections(0), SHORTCUTS, page))

    with qtbot.waitSignal(view.switched) as switched:
        view.letters.click()

    assert switched.args == ["letters", False]


def test_single_letters_move_only_while_they_are_keys(qtbot: QtBot) -> None:
    view = TableView("Things")
    qtbot.addWidget(view)
    rows = tuple(Row(key, (Cell(key),)) for key in ("one", "two", "three"))
    view.render_table(Table((Column("Thing"),), rows), "one")

    qtbot.keyClick(view, Qt.Key.Key_J)
    with_letters = view.key
    choose_letters(are_keys=False)
    try:
        qtbot.keyClick(view, Qt.Key.Key_J)
        without = view.key
    finally:
        choose_letters(are_keys=True)

    assert (with_letters, without) == ("two", "two")


def test_adding_somebody_shows_the_words_and_waits_until_they_are_compared(
    qtbot: QtBot,
) -> None:
    dialog = EnrolDialog(None, (Choice(HR, "Human resources"),), Newcomer())
    qtbot.addWidget(dialog)
    dialog.changed.connect(lambda one: dialog.render_state(enrol_state(people(), one)))
    dialog.render_state(enrol_state(people(), dialog.newcomer))
    key = SigningKey.generate().public.openssh
    qtbot.keyClicks(dialog.mail.edit, "lena@example.com")
    qtbot.keyClicks(dialog.name.edit, "Lena")
    dialog.line.edit.setText(key)
    dialog.roles[HR].click()
    go = child(dialog, Button, "go")

    before = go.isEnabled()
    dialog.compared.click()

    assert not before
    assert go.isEnabled()
    with qtbot.waitSignal(dialog.wished) as wished:
        go.click()
    (one,) = wished.args
    assert one == Newcomer("lena@example.com", "Lena", key, (HR,), is_compared=True)


def test_withdrawing_the_last_of_a_role_is_off_until_the_key_is_lost(
    qtbot: QtBot,
) -> None:
    dialog = WithdrawDialog(None, "Ben")
    qtbot.addWidget(dialog)
    member = people().state.members[BEN]
    left = withdraw_state(people(), member, NOW)
    dialog.render_state(left)
    go = child(dialog, Button, "go")

    before = go.isEnabled()
    dialog.render_state(withdraw_state(people(), member, left.choices[-1].key))

    assert not before
    assert go.isEnabled()


@pytest.mark.parametrize(
    ("new", "again", "is_on"),
    [
        ("short", "short", False),
        ("long enough", "other", False),
        ("a" * 8, "a" * 8, True),
    ],
)
def test_a_new_passphrase_is_long_enough_and_typed_twice(
    new: str,
    again: str,
    is_on: bool,  # noqa: FBT001 -- a case
    qtbot: QtBot,
) -> None:
    dialog = PassphraseDialog(None)
    qtbot.addWidget(dialog)
    qtbot.keyClicks(dialog.old.edit, "the old one")
    qtbot.keyClicks(dialog.new.edit, new)
    qtbot.keyClicks(dialog.again.edit, again)

    assert child(dialog, Button, "go").isEnabled() is is_on


def test_everything_in_a_report_is_shown_before_it_can_be_saved(qtbot: QtBot) -> None:
    dialog = ReportDialog(None)
    qtbot.addWidget(dialog)
    before = child(dialog, Button, "save").isEnabled()

    dialog.render_pieces((Shown("a.txt", "A", "one"), Shown("b.txt", "B", "two")))
    first = dialog.text.toPlainText()
    dialog.list.select_beside(1)

    assert not before
    assert (first, dialog.text.toPlainText()) == ("one", "two")
    assert child(dialog, Button, "save").isEnabled()


def test_another_text_size_reaches_words_that_stand_there_already(
    qtbot: QtBot,
) -> None:
    text = Text("Roles", "title")
    qtbot.addWidget(text)
    text.show()
    before = text.fontMetrics().height()
    try:
        look().choose(look().appearance, 150)

        assert text.fontMetrics().height() > before * 1.3
    finally:
        look().choose(look().appearance, 100)
