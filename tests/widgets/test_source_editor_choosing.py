import sys

import pytest
from pytestqt.qtbot import QtBot

from widgets.source_editor.choosing import NATIVE, WEB, fitting_editor, make_editor
from widgets.source_editor.native import NativeEditor


def test_who_wants_none_in_particular_gets_the_one_that_fits() -> None:
    assert fitting_editor("", is_read_aloud=False) == WEB
    assert fitting_editor("", is_read_aloud=True) == NATIVE


def test_who_wants_one_gets_it() -> None:
    assert fitting_editor(NATIVE, is_read_aloud=False) == NATIVE
    assert fitting_editor(WEB, is_read_aloud=True) == WEB


def test_a_computer_without_the_engine_has_the_native_one(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setitem(sys.modules, "widgets.source_editor.web", None)

    editor = make_editor(WEB)
    qtbot.addWidget(editor)

    assert isinstance(editor, NativeEditor)
