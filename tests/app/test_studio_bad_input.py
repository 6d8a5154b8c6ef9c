"""The studio over what goes wrong: hostile mails, git, disks under an open draft."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from time import thread_time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.desktop import Desktop
from app.live import Frame
from app.places import Place, Room
from tests.fakes.git import stock_git
from tests.fakes.listening import listening
from tests.fakes.read_only import FolderOnADisk
from tests.fakes.window import MOMENT, open_desktop, studio
from tests.widgets.test_web import a_hostile_mail

FOLDER = "templates/interview/interview-cancelled"
MAIL = f"{FOLDER}/en/email.mjml"
SMS = f"{FOLDER}/en/sms.txt"


class Bench:
    """The studio with one draft open."""

    def __init__(self, desktop: Desktop, qtbot: QtBot) -> None:
        self.desktop, self.qtbot = desktop, qtbot
        self.root = desktop.context.workspace.paths.root
        self.frames: list[Frame] = []
        desktop.context.live.rendered.connect(self.frames.append)

    def open(self, template: str = "interview-cancelled") -> None:
        self.desktop.context.navigator.open(Place(Room.STUDIO, template))
        self.page = studio(self.desktop)
        self.editor = self.page.widget().editor

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=MOMENT)

    def type(self, words: str) -> None:
        self.editor.go_to(0, 0)
        self.editor.insert(words)

    def written(self, path: str = MAIL) -> str:
        return (self.root / path).read_text()

    @property
    def said(self) -> str:
        notices = self.page._keeping.notices()  # noqa: SLF001 -- what the banner says
        return " ".join(f"{one.bold} {one.plain}" for one in notices)


@pytest.fixture
def bench(pristine: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    desktop = open_desktop(pristine, tmp_path, qtbot)
    workspace = desktop.context.workspace
    # The workspace is frozen, and made by the window: a test has no other way in.
    object.__setattr__(workspace, "folder", FolderOnADisk(workspace.paths.root))
    bench = Bench(desktop, qtbot)
    yield bench
    shutil.rmtree(bench.root, ignore_errors=True)
    desktop.close()
    desktop.window.close()
    for box in desktop.window.findChildren(QMessageBox):
        box.close()


def cells(rows: int) -> str:
    row = f"<tr>{'<td>x</td>' * 50}</tr>"
    return f"<html><body><table>{row * rows}</table></body></html>"


def sheets(rules: int) -> str:
    css = "".join(f".a{at} .b{at} .c{at} {{color: red}}\n" for at in range(rules))
    return f"<html><head><style>{css}</style></head><body><p>x</p></body></html>"


def deep(elements: int) -> str:
    inside = f"{'<div>' * elements}x{'</div>' * elements}"
    return f"<html><body>{inside}</body></html>"


def test_a_hostile_mail_reaches_nobody_and_the_findings_say_what_is_in_it(
    bench: Bench,
) -> None:
    with listening() as listener:
        (bench.root / MAIL).unlink()
        hostile = bench.root / MAIL.replace("mjml", "html")
        hostile.write_text(a_hostile_mail(listener.address))
        bench.desktop.context.readings.refresh()
        bench.until(lambda: _has(bench, "email.html"))
        bench.open()

        bench.until(lambda: bool(bench.frames) and bench.frames[-1].mail is not None)
        bench.until(lambda: bench.page.findings.all is not None)
        bench.qtbot.wait(500)  # what connects, connects at once

        assert listener.connections == []
    rules = {one.rule for one in bench.page.findings.all or ()}
    assert "mjml.taken-out" in rules


@pytest.mark.parametrize(
    ("mail", "is_shown"),
    [(cells(300), True), (sheets(600), True), (deep(3_000), False)],
    ids=["a huge table", "many rules", "deep elements"],
)
def test_the_window_stays_alive_whatever_a_mail_holds(
    bench: Bench, mail: str, *, is_shown: bool
) -> None:
    gaps: list[float] = []
    last = [thread_time()]

    def tick() -> None:
        gaps.append(thread_time() - last[0])
        last[0] = thread_time()

    timer = QTimer()
    timer.timeout.connect(tick)
    bench.open("interview-invitation")
    bench.until(lambda: bool(bench.frames))
    (bench.root / MAIL).unlink()
    (bench.root / MAIL.replace("mjml", "html")).write_text(mail)
    bench.desktop.context.readings.refresh()
    bench.until(lambda: _has(bench, "email.html"))
    bench.frames.clear()
    tick()
    gaps.clear()
    timer.start(20)
    bench.open()

    bench.until(lambda: bool(bench.frames))

    assert (bench.frames[-1].mail is not None) is is_shown
    assert is_shown or "nested too deeply" in bench.page.desk.problem
    assert max(gaps) < 1.5  # seconds of work in the window's own thread


def _has(bench: Bench, name: str) -> bool:
    current = bench.desktop.context.readings.current
    return current is not None and f"{FOLDER}/en/{name}" in current.sources.texts


def test_a_release_by_plain_git_leaves_an_open_draft_as_it_is(bench: Bench) -> None:
    bench.open()
    bench.type("<!-- mine -->")
    repository = bench.root / ".countersign" / "repository.git"
    stock_git(repository, "update-ref", "-d", "refs/heads/main")
    stock_git(repository, "update-ref", "-d", "refs/heads/ledger")

    bench.desktop.context.readings.refresh()

    bench.until(lambda: bench.written().startswith("<!-- mine -->"))
    bench.type("<!-- more -->")
    bench.until(lambda: bench.written().startswith("<!-- more --><!-- mine -->"))
    assert bench.editor.text() == bench.written()


def test_what_git_writes_into_another_part_is_shown_beside_what_one_types(
    bench: Bench,
) -> None:
    bench.open()
    bench.type("<!-- mine -->")
    (bench.root / SMS).write_text("Theirs.\n")

    bench.desktop.context.readings.refresh()

    bench.until(lambda: bench.written().startswith("<!-- mine -->"))
    bench.until(lambda: bench.page.desk.document.text(SMS) == "Theirs.\n")
    assert bench.editor.text().startswith("<!-- mine -->")


def test_on_a_disk_that_is_read_only_nothing_typed_is_lost_and_it_is_said(
    bench: Bench,
) -> None:
    bench.open()
    switch = bench.root / ".countersign" / "read-only"
    switch.touch()

    bench.type("<!-- mine -->")

    bench.until(lambda: "Read-only file system" in bench.said)
    assert bench.editor.text().startswith("<!-- mine -->")
    assert not bench.written().startswith("<!-- mine -->")
    bench.type("<!-- more -->")
    switch.unlink()  # it is writable again, and nobody types any more
    bench.until(lambda: bench.written().startswith("<!-- more --><!-- mine -->"))
    bench.until(lambda: bench.said == "")


def test_a_workspace_that_is_removed_keeps_the_draft_and_gets_it_back(
    bench: Bench, tmp_path: Path
) -> None:
    bench.open()
    aside = tmp_path / "aside"
    bench.root.rename(aside)

    bench.type("<!-- mine -->")

    bench.until(lambda: bool(bench.said))
    assert bench.editor.text().startswith("<!-- mine -->")
    close_boxes(bench)
    aside.rename(bench.root)
    bench.until(lambda: bench.written().startswith("<!-- mine -->"))


def test_closing_over_what_cannot_be_saved_asks_once_and_then_closes(
    bench: Bench,
) -> None:
    bench.open()
    switch = bench.root / ".countersign" / "read-only"
    switch.touch()
    bench.type("<!-- mine -->")
    window = bench.desktop.window

    window.close()

    assert window.isVisible()
    assert "not on the disk" in close_boxes(bench)
    window.close()
    bench.until(lambda: not window.isVisible())


def close_boxes(bench: Bench) -> str:
    """Close what the window says, and return it."""
    boxes = [
        box for box in bench.desktop.window.findChildren(QMessageBox) if box.isVisible()
    ]
    said = " ".join(box.text() for box in boxes)
    for box in boxes:
        box.close()
    return said
