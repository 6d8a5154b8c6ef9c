import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from widgets.kit.controls import Button, IconButton
from widgets.kit.frames import Banner, EmptyView
from widgets.kit.look import set_shown
from widgets.kit.marks import Avatar, Chip, StateText, Tag, Text
from widgets.kit.values import Deed, Empty, Mark, Notice


def a_banner() -> Banner:
    banner = Banner()
    banner.render_notice(Notice("key", "Bold."))
    return banner


def an_empty() -> EmptyView:
    view = EmptyView()
    view.render_empty(Empty("info", "Bold."))
    return view


def a_text() -> Text:
    text = Text()
    text.render_text("Words")
    return text


def a_tag() -> Tag:
    tag = Tag()
    tag.render_text("Words")
    return tag


def an_avatar() -> Avatar:
    avatar = Avatar()
    avatar.render_name("Maya")
    return avatar


PARTS = (
    lambda: Button(Deed("key", "Do")),
    lambda: IconButton(Deed("key", "Do", icon="copy")),
    lambda: StateText(Mark("Held", "pause-circle")),
    lambda: Chip(Mark("Held")),
    a_text,
    a_tag,
    an_avatar,
    a_banner,
    an_empty,
)


@pytest.mark.parametrize("make", PARTS)
def test_no_part_becomes_a_window_that_takes_the_focus(
    make: type[QWidget], qtbot: QtBot
) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    qtbot.addWidget(window)
    window.show()

    part = make()
    windows = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    column.addWidget(part)
    qtbot.waitUntil(part.isVisible)

    assert windows == [window]


def test_what_was_hidden_before_it_had_a_place_is_shown_in_it(qtbot: QtBot) -> None:
    window, part = QWidget(), QWidget()
    qtbot.addWidget(window)
    set_shown(part, is_shown=False)
    set_shown(part, is_shown=True)

    QVBoxLayout(window).addWidget(part)
    window.show()

    assert part.isVisible()


def test_what_is_hidden_stays_so_in_its_place(qtbot: QtBot) -> None:
    window, part = QWidget(), QWidget()
    qtbot.addWidget(window)
    set_shown(part, is_shown=False)

    QVBoxLayout(window).addWidget(part)
    window.show()

    assert not part.isVisible()
