from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from widgets.kit.controls import Button
from widgets.kit.values import Deed


def test_where_there_is_no_room_for_both_the_words_stay_and_the_icon_goes(
    qtbot: QtBot,
) -> None:
    frame, button = _framed(qtbot)
    frame.setFixedWidth(button.sizeHint().width())
    assert not button.icon().isNull()

    frame.setFixedWidth(button.sizeHint().width() - 12)
    assert button.icon().isNull()

    frame.setFixedWidth(button.sizeHint().width() + 40)
    assert not button.icon().isNull()


def test_a_button_keeps_its_icon_where_it_has_the_room_it_asks_for(
    qtbot: QtBot,
) -> None:
    frame, button = _framed(qtbot)

    button.render_deed(Deed("go", "Veröffentlichen und zurücklesen", icon="broadcast"))
    frame.adjustSize()

    assert not button.icon().isNull()


def _framed(qtbot: QtBot) -> tuple[QWidget, Button]:
    frame = QWidget()
    qtbot.addWidget(frame)
    button = Button(Deed("go", "Veröffentlichen…", icon="broadcast"))
    row = QHBoxLayout(frame)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(button)
    frame.show()
    return frame, button
