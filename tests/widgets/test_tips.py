import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from widgets.kit.controls import Field
from widgets.kit.tips import plain_tip

EVIL = '<b>Approved by legal</b><img src="file:///etc/hosts"><!--'


@pytest.mark.parametrize("text", [EVIL, "a < b & c", "One\n<i>two</i>", "Plain & good"])
def test_what_others_wrote_is_shown_letter_for_letter(text: str) -> None:
    tip = plain_tip(text)

    shown = QTextDocumentFragment.fromHtml(tip).toPlainText() if "<" in tip else tip
    assert shown == text


def test_a_text_without_signs_stays_as_it_is() -> None:
    assert plain_tip("Tom & Jerry") == "Tom & Jerry"


def test_a_problem_under_a_field_is_no_html(qtbot: QtBot) -> None:
    field = Field("Name")
    qtbot.addWidget(field)

    field.render_problem(EVIL)

    (under,) = (one for one in field.findChildren(QLabel) if one.text() == EVIL)
    assert under.textFormat() is Qt.TextFormat.PlainText
