from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.qt_words import speak_as

NATIVE = QKeySequence.SequenceFormat.NativeText


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)


def test_keys_have_the_names_of_the_language_that_is_spoken(
    qtbot: QtBot, qapp: QApplication
) -> None:
    before = QKeySequence("Ctrl+Shift+X")

    assert speak_as(qapp, "de")

    assert before.toString(NATIVE) == "Strg+Umschalt+X"
    assert QKeySequence("Ctrl+Shift+X") == before


def test_a_language_that_qt_does_not_know_leaves_its_words_english(
    qtbot: QtBot, qapp: QApplication
) -> None:
    assert not speak_as(qapp, "xx")

    assert QKeySequence("Ctrl+Del").toString(NATIVE) == "Ctrl+Del"
