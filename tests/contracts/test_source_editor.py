from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.heard import Heard
from widgets.kit.values import Tone
from widgets.source_editor.native import NativeEditor
from widgets.source_editor.port import Offer, SourceEditor, Squiggle
from widgets.source_editor.web import WebEditor

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PATIENCE = 10_000
TEXT = "<mj-text>\n  Grüße 😀, {{ job.title }}\n</mj-text>\n"


@dataclass
class Bench:
    """An editor in a window, between two other controls."""

    window: QWidget
    before: QLineEdit
    editor: NativeEditor | WebEditor
    after: QLineEdit
    qtbot: QtBot

    @property
    def keys(self) -> QWidget:
        """Whom the system gives the keys."""
        if isinstance(self.editor, NativeEditor):
            return self.editor.edit
        return self.editor.keys

    def settle(self) -> None:
        if isinstance(self.editor, WebEditor):
            editor = self.editor
            self.qtbot.waitUntil(lambda: editor.is_settled, timeout=PATIENCE)

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=PATIENCE)

    def show(self, text: str, caret: int = 0, name: str = "one") -> SourceEditor:
        self.editor.set_text(text, caret, name)
        self.settle()
        return self.editor

    def types(self, text: str, want: str) -> None:
        self.qtbot.keyClicks(self.keys, text)
        self.until(lambda: self.editor.text() == want)

    def press(
        self,
        key: Qt.Key,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        target = QApplication.activePopupWidget() or self.keys
        self.qtbot.keyClick(target, key, held)

    def quiet(self) -> None:
        """Give what should not happen the time to happen."""
        self.settle()
        self.qtbot.wait(60 if isinstance(self.editor, WebEditor) else 1)


@pytest.fixture(params=[NativeEditor, WebEditor])
def bench(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Bench]:
    window = QWidget()
    column = QVBoxLayout(window)
    bench = Bench(window, QLineEdit(), request.param("Source"), QLineEdit(), qtbot)
    for part in (bench.before, bench.editor, bench.after):
        column.addWidget(part)
    window.resize(640, 480)
    qtbot.addWidget(window)
    window.show()
    handle = window.windowHandle()
    assert handle is not None
    handle.requestActivate()
    qtbot.waitUntil(window.isActiveWindow)
    bench.editor.setFocus()
    if isinstance(bench.editor, WebEditor):
        editor = bench.editor
        bench.until(lambda: editor.is_settled)
    yield bench
    window.close()


def test_what_is_typed_is_told_whole(bench: Bench) -> None:
    editor = bench.show("ab", 1)
    told = Heard(editor.edited)

    bench.types("x", "axb")

    assert told.all == [("axb",)]


def test_a_text_that_is_set_is_not_told(bench: Bench) -> None:
    editor = bench.show("a")
    told = Heard(editor.edited)

    editor.set_text("b")
    bench.quiet()

    assert editor.text() == "b"
    assert told.all == []


def test_a_text_that_is_set_is_there_at_once(bench: Bench) -> None:
    bench.editor.set_text(TEXT)

    assert bench.editor.text() == TEXT


def test_a_burst_of_keys_loses_none(bench: Bench) -> None:
    bench.show("<>", 1)
    burst = "The quick brown fox jumps over 13 lazy dogs; again"

    bench.types(burst, f"<{burst}>")


def test_keys_typed_while_a_text_is_set_are_kept(bench: Bench) -> None:
    editor = bench.show("Dear .", 5)

    for number in range(10):
        bench.qtbot.keyClicks(bench.keys, "abc")
        editor.set_text(f"{editor.text()}{number}")

    bench.until(lambda: editor.text() == f"Dear {'abc' * 10}.0123456789")
    bench.settle()


def test_every_sign_of_a_text_stays_itself(bench: Bench) -> None:
    text = "a\u00a0b\tc 😀 👩‍💻 ﬁ \u2028 中 é e\u0301"

    bench.show(text, len(text))
    bench.types("z", f"{text}z")


def test_line_ends_are_those_of_our_files(bench: Bench) -> None:
    editor = bench.show("a\r\nb\rc\n")

    assert editor.text() == "a\nb\nc\n"


def test_half_a_character_does_not_get_in(bench: Bench) -> None:
    editor = bench.show("a\ud83db", 2)

    bench.types("z", "a\ufffdzb")
    editor.insert("\ude00")
    bench.types("y", "a\ufffdz\ufffdyb")


def test_the_caret_is_counted_in_code_points(bench: Bench) -> None:
    editor = bench.show(TEXT)
    told = Heard(editor.caret_moved)
    at = TEXT.index("{{")

    editor.go_to(at, at)
    bench.settle()

    assert editor.caret() == at
    assert told.all[-1] == (2, at - TEXT.index("\n"), at)
    bench.types("x", f"{TEXT[:at]}x{TEXT[at:]}")
    assert editor.caret() == at + 1


def test_what_an_input_method_writes_is_told(bench: Bench) -> None:
    editor = bench.show("ab", 1)
    told = Heard(editor.edited)
    event = QInputMethodEvent()
    event.setCommitString("日本😀")

    QApplication.sendEvent(bench.keys, event)

    bench.until(lambda: told.all == [("a日本😀b",)])
    bench.until(lambda: editor.caret() == 4)


def test_a_key_that_moves_the_caret_is_told(bench: Bench) -> None:
    editor = bench.show("😀b\nc")
    told = Heard(editor.caret_moved)

    bench.press(Qt.Key.Key_Right)

    bench.until(lambda: editor.caret() == 1)
    assert told.all == [(1, 2, 1)]


def test_what_is_selected_is_typed_over(bench: Bench) -> None:
    editor = bench.show("Dear 😀 candidate", 0)

    editor.go_to(5, 6)
    bench.settle()

    bench.types("x", "Dear x candidate")


def test_the_caret_stays_where_it_was_when_text_before_it_changes(
    bench: Bench,
) -> None:
    editor = bench.show("one two", 4)

    editor.set_text("one and two")
    bench.settle()

    bench.types("x", "one and xtwo")


def test_another_text_begins_at_its_start(bench: Bench) -> None:
    editor = bench.show("one two", 4)

    editor.set_text("three", None, "two")
    bench.settle()

    bench.types("x", "xthree")


def test_undo_and_redo_are_asked_for_and_not_done(bench: Bench) -> None:
    editor = bench.show("a", 1)
    undone, redone = Heard(editor.undo_requested), Heard(editor.redo_requested)
    bench.types("b", "ab")

    bench.press(Qt.Key.Key_Z, CONTROL)
    bench.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    bench.press(Qt.Key.Key_Y, CONTROL)

    bench.until(lambda: [len(undone.all), len(redone.all)] == [1, 2])
    assert undone.all == [()]
    assert editor.text() == "ab"


def test_what_is_taken_back_at_once_is_back_before_the_next_key(bench: Bench) -> None:
    editor = bench.show("a", 1)
    editor.undo_requested.connect(lambda: editor.set_text("a", 1))
    bench.types("b", "ab")

    bench.press(Qt.Key.Key_Z, CONTROL)
    bench.until(lambda: editor.text() == "a")

    bench.types("c", "ac")


@pytest.mark.parametrize(
    "keys", ["Ctrl+Return", "Ctrl+D", "Ctrl+K", "F8", "Ctrl+.", "Ctrl+S", "Ctrl+F"]
)
def test_the_keys_of_the_window_are_left_to_it(bench: Bench, keys: str) -> None:
    editor = bench.show("ab", 1)
    pressed = Heard(QShortcut(QKeySequence(keys), bench.window).activated)
    combined = QKeySequence(keys)[0]  # type: ignore[index]  # PySide6 says not

    bench.press(combined.key(), combined.keyboardModifiers())

    bench.until(lambda: pressed.all == [()])
    bench.quiet()
    assert editor.text() == "ab"


def test_the_keys_of_the_window_write_nothing_where_there_is_no_window(
    bench: Bench,
) -> None:
    editor = bench.show("ab", 1)

    for key in (Qt.Key.Key_Return, Qt.Key.Key_D, Qt.Key.Key_K, Qt.Key.Key_Period):
        bench.press(key, CONTROL)
    bench.press(Qt.Key.Key_F8)
    bench.quiet()

    assert editor.text() == "ab"


def test_tab_goes_on_and_back(bench: Bench) -> None:
    editor = bench.show("ab", 1)

    bench.press(Qt.Key.Key_Tab)
    bench.until(bench.after.hasFocus)
    editor.setFocus()
    bench.qtbot.wait(20)
    bench.press(Qt.Key.Key_Tab, SHIFT)

    bench.until(bench.before.hasFocus)
    assert editor.text() == "ab"


def test_lines_are_indented_when_asked(bench: Bench) -> None:
    bench.show("ab\ncd", 4)

    bench.press(Qt.Key.Key_BracketRight, CONTROL)
    bench.until(lambda: bench.editor.text() == "ab\n  cd")
    bench.press(Qt.Key.Key_BracketLeft, CONTROL)

    bench.until(lambda: bench.editor.text() == "ab\ncd")


def test_a_new_line_is_as_deep_as_the_one_before(bench: Bench) -> None:
    bench.show("  ab", 4)

    bench.press(Qt.Key.Key_Return)

    bench.until(lambda: bench.editor.text() == "  ab\n  ")


def test_esc_is_left_to_whoever_holds_the_editor(bench: Bench) -> None:
    class Holder(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.keys: list[int] = []

        def keyPressEvent(self, event: object) -> None:
            self.keys.append(event.key())  # type: ignore[attr-defined]

    bench.show("ab", 1)
    holder = Holder()
    layout = bench.window.layout()
    assert layout is not None
    layout.addWidget(holder)
    column = QVBoxLayout(holder)
    column.addWidget(bench.editor)
    bench.editor.setFocus()

    bench.press(Qt.Key.Key_Escape)

    bench.until(lambda: holder.keys == [Qt.Key.Key_Escape])


def test_what_is_read_only_is_not_typed_into(bench: Bench) -> None:
    editor = bench.show("ab", 1)

    editor.set_read_only(is_read_only=True)
    bench.quiet()
    bench.qtbot.keyClicks(bench.keys, "x")
    bench.press(Qt.Key.Key_Return)
    bench.press(Qt.Key.Key_BracketRight, CONTROL)
    bench.quiet()
    assert editor.text() == "ab"

    editor.set_read_only(is_read_only=False)
    bench.quiet()
    bench.types("x", "axb")


def test_something_is_written_at_the_caret_as_a_person_would(bench: Bench) -> None:
    editor = bench.show("a😀b", 2)
    told = Heard(editor.edited)

    editor.insert("{{ x }}")
    assert editor.text() == "a😀{{ x }}b"
    bench.settle()

    assert told.all == [("a😀{{ x }}b",)]
    bench.types("y", "a😀{{ x }}yb")


def test_words_are_found_in_either_direction_and_from_the_other_end(
    bench: Bench,
) -> None:
    editor = bench.show("😀 One two one", 0)

    def at() -> int:
        return editor.caret()

    assert editor.search("one")
    assert at() == 5
    assert editor.search("one")
    assert at() == 13
    assert editor.search("one")
    assert at() == 5
    assert editor.search("one", backwards=True)
    assert at() == 13
    assert not editor.search("three")
    assert at() == 13
    bench.settle()
    bench.types("x", "😀 One two x")


def test_squiggles_move_with_the_text(bench: Bench) -> None:
    bench.show("one two three", 0)
    bench.editor.set_squiggles((Squiggle(4, 7, Tone.WARN, "Say it."),))
    bench.settle()

    bench.types("ab ", "ab one two three")
    bench.press(Qt.Key.Key_Right)
    bench.quiet()

    assert bench.editor.squiggles == (Squiggle(7, 10, Tone.WARN, "Say it."),)


def test_what_is_pasted_is_plain_text(bench: Bench) -> None:
    data = QMimeData()
    data.setHtml("<p style='mso-x:1'><b>Dear</b> <script>x</script>you</p>")
    data.setText("Dear you\r\nBye")
    QGuiApplication.clipboard().setMimeData(data)
    bench.show("<>", 1)

    bench.press(Qt.Key.Key_V, CONTROL)

    bench.until(lambda: bench.editor.text() == "<Dear you\nBye>")
    QGuiApplication.clipboard().clear()  # Qt cannot free it after the interpreter


def test_an_include_is_opened_by_key(bench: Bench) -> None:
    text = '{% include "partials/head.mjml" %} a/b'
    editor = bench.show(text, text.index("head"))
    editor.set_offers((Offer("partials/head.mjml", "A part."), Offer("a.b", "A field")))
    opened = Heard(editor.opened)

    bench.press(Qt.Key.Key_F12)
    bench.until(lambda: opened.all == [("partials/head.mjml",)])
    editor.go_to(len(text), len(text))
    bench.settle()
    bench.press(Qt.Key.Key_F12)
    bench.quiet()

    assert len(opened.all) == 1


def test_a_word_is_completed_with_what_fits(bench: Bench) -> None:
    editor = bench.show("Dear {{  }}", 8)
    editor.set_offers(
        (
            Offer("candidate.first_name", "What the candidate is called."),
            Offer("candidate.last_name", "The family's name."),
            Offer("padding", "An MJML attribute."),
        )
    )

    bench.types("last", "Dear {{ last }}")
    bench.qtbot.wait(300 if isinstance(bench.editor, WebEditor) else 1)
    bench.press(Qt.Key.Key_Return)

    bench.until(lambda: editor.text() == "Dear {{ candidate.last_name }}")


def test_prose_is_not_completed_unasked(bench: Bench) -> None:
    editor = bench.show("", 0)
    editor.set_offers((Offer("padding", "An attribute."), Offer("job.title", "A job.")))

    bench.types("pad job", "pad job")
    bench.qtbot.wait(200 if isinstance(bench.editor, WebEditor) else 1)
    bench.press(Qt.Key.Key_Return)

    bench.until(lambda: editor.text() == "pad job\n")


def test_a_field_that_is_asked_for_in_prose_comes_in_its_braces(bench: Bench) -> None:
    editor = bench.show("For ", 4)
    editor.set_offers((Offer("padding", "An attribute."), Offer("job.title", "A job.")))

    bench.press(Qt.Key.Key_Space, CONTROL)
    bench.qtbot.wait(300 if isinstance(bench.editor, WebEditor) else 1)
    bench.press(Qt.Key.Key_Return)

    bench.until(lambda: editor.text() == "For {{ job.title }}")
