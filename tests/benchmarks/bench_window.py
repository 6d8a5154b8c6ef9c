"""How long the window takes: to start, to open 10,000 templates, to filter them.

python -m tests.benchmarks.bench_window

Each start is a process of its own, without a screen; what it reads was read before
(warm). The templates are drafts that nobody released yet. "Busy" is the processor time
of the window's own thread, which does not depend on what else a computer does.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.bootstrap import Program, make_application
from app.desktop import Desktop
from app.founding import Wish, found_workspace
from app.places import Place, Room
from app.settings import VaultKind
from governance.changes.reading import ChangeRow
from governance.ledger.state import LedgerState
from governance.names import ChangeId, PersonId
from tests.fakes.library import OFFER_TEXT, a_library
from tests.fakes.workplace import in_memory
from widgets.library.view import LibraryView
from widgets.reviews.inbox_state import inbox_state
from widgets.reviews.inbox_values import ALL, Inbox
from widgets.reviews.inbox_view import InboxView

MANY, STAGES, CHANGES, TIMES = 10_000, 20, 500, 3
START, OPEN, FILTER, INBOX, TEMPLATE = 1_500, 2_000, 50, 150, 300  # milliseconds
ANA = PersonId("ana@example.com")

_TABLE = """[message]
channels = ["email"]
purpose = "message_{number}"
class = "transactional"
tone = "warm"
lawful_basis = "contract"

[record]
title = "Message {number} about {topic}"
owner = "ana@example.com"
goal = "The candidate knows what happens next."
review = 2027-05-01
"""
_MAIL = """<mjml lang="en" dir="ltr">
  <mj-head>{% include "partials/head.mjml" %}</mj-head>
  <mj-body>
    {% include "partials/header.mjml" %}
    <mj-section><mj-column>
      <mj-text>Hello {{ candidate.first_name }},</mj-text>
      <mj-text>This is about {{ job.title }}.</mj-text>
    </mj-column></mj-section>
    {% include "partials/en/footer.mjml" %}
  </mj-body>
</mjml>
"""
_TOPICS = ("interviews", "offers", "tests", "travel", "visas", "contracts", "rooms")


def make_workspace(folder: Path, count: int) -> None:
    """Found a workspace of the starter library and ``count`` more templates."""
    wish = Wish(folder, "starter", "Bench", ANA, "Ana", VaultKind.FILE)
    found_workspace(wish, lambda: "correct horse battery").close()
    for number in range(count):
        home = folder / f"templates/stage-{number % STAGES:02}/message-{number:05}"
        (home / "en").mkdir(parents=True)
        topic = _TOPICS[number % len(_TOPICS)]
        table = _TABLE.format(number=number, topic=topic)
        (home / "template.toml").write_text(table)
        (home / "en" / "subject.txt").write_text(f"Your {topic}, part {number}\n")
        (home / "en" / "email.mjml").write_text(_MAIL)


@contextmanager
def window(folder: Path) -> Iterator[Desktop]:
    """Open the window over ``folder``, without a service."""
    application = QApplication.instance() or make_application(["bench"])
    assert isinstance(application, QApplication)
    program = Program(application)
    desktop = program.open_workspace(folder)
    desktop.window.resize(1440, 900)
    try:
        yield desktop
    finally:
        desktop.window.close()


def wait(until: Callable[[], bool], seconds: float = 120) -> None:
    """Let the window work until something holds."""
    end = perf_counter() + seconds
    while not until():
        assert perf_counter() < end, "nothing came of it"
        loop = QEventLoop()
        QTimer.singleShot(5, loop.quit)
        loop.exec()


def painted(view: LibraryView | InboxView) -> None:
    """Have everything drawn that is to be drawn."""
    assert view.isVisible()
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def opened(folder: Path) -> None:
    """Open a workspace, filter it and open a template; print what each took."""
    start = perf_counter()
    with window(folder) as desktop:
        view = library_view(desktop)
        wait(lambda: view.table.rows.rowCount() > 0)
        painted(view)
        print(f"open {1000 * (perf_counter() - start):.0f}")
        for text in ("a", "ab", "abo", "about", "about v", "about vi", "12", "1", ""):
            begun, busy = perf_counter(), thread_time()
            view.search.setText(text)
            painted(view)
            print(f"filter {1000 * (perf_counter() - begun):.1f}")
            print(f"filter-busy {1000 * (thread_time() - busy):.1f}")
        rows = desktop.context.readings.current
        assert rows is not None
        for row in rows.rows[100:106]:
            begun, busy = perf_counter(), thread_time()
            desktop.context.navigator.open(Place(Room.STUDIO, str(row.id)))
            QApplication.processEvents()
            print(f"template {1000 * (perf_counter() - begun):.1f}")
            print(f"template-busy {1000 * (thread_time() - busy):.1f}")


def library_view(desktop: Desktop) -> LibraryView:
    """Return the library, as it is drawn."""
    page = desktop.controller.page(Room.LIBRARY)
    assert page is not None
    view = page.widget()
    assert isinstance(view, LibraryView)
    return view


def started(folder: Path) -> None:
    """Start the program to a window that lists the library; print when it does."""
    with window(folder) as desktop:
        wait(lambda: desktop.context.readings.current is not None)
        painted(library_view(desktop))
        print("usable", flush=True)


def inbox() -> tuple[float, float]:
    """Return the milliseconds until 500 open changes are listed, and those busy."""
    place = in_memory()
    place.open(a_library().with_text(OFFER_TEXT, "Hello!\n"))
    reading = place.read()
    one = next(iter(reading.changes.values()))
    changes = {name: _alike(one, name) for name in map(_change, range(CHANGES))}
    state: LedgerState = reading.state
    view = InboxView()
    view.resize(1440, 900)
    view.show()
    start, busy = perf_counter(), thread_time()
    seen = Inbox(changes, state, ANA, datetime.now(UTC))
    view.render_state(inbox_state(seen, ALL, "", ""))
    painted(view)
    taken = 1000 * (perf_counter() - start), 1000 * (thread_time() - busy)
    view.close()
    return taken


def _change(number: int) -> ChangeId:
    return ChangeId(f"01KB{number:022}")


def _alike(row: ChangeRow, name: ChangeId) -> ChangeRow:
    return replace(row, change=replace(row.change, id=name))


def child(what: str, folder: Path) -> tuple[float, str]:
    """Run a measure in a process of its own; return its milliseconds and its words."""
    start = perf_counter()
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.bench_window", what, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert run.stdout is not None
    first = run.stdout.readline()
    taken = 1000 * (perf_counter() - start)
    return taken, first + run.stdout.read()


def numbers(words: str, name: str) -> list[float]:
    """Return what a child printed under ``name``."""
    lines = (line.split() for line in words.splitlines())
    return [float(line[1]) for line in lines if line and line[0] == name]


def main() -> None:
    """Print one line for each measure."""
    home = Path(tempfile.mkdtemp(prefix="bench-window-"))
    try:
        make_workspace(home / "small", 0)
        make_workspace(home / "large", MANY)
        starts = [child("start", home / "small")[0] for _time in range(TIMES + 1)][1:]
        cold = numbers(child("open", home / "large")[1], "open")
        said = "".join(child("open", home / "large")[1] for _time in range(TIMES))
    finally:
        shutil.rmtree(home, ignore_errors=True)
    opens, keys = numbers(said, "open"), sorted(numbers(said, "filter"))
    templates = sorted(numbers(said, "template"))
    make_application(["bench"])
    lists = sorted(inbox() for _time in range(TIMES))

    print(
        f"start to a usable window, warm: median {median(starts):.0f} ms "
        f"(limit {START}), {TIMES} starts"
    )
    print(
        f"open {MANY} templates: median {median(opens):.0f} ms (limit {OPEN}); "
        f"the first time on a computer {cold[0]:.0f} ms"
    )
    print(
        f"filter {MANY} templates, a key: median {median(keys):.0f} ms, most "
        f"{keys[-1]:.0f} ms (limit {FILTER}); busy "
        f"{median(numbers(said, 'filter-busy')):.0f} ms"
    )
    print(
        f"open a template among {MANY}: median {median(templates):.0f} ms, most "
        f"{templates[-1]:.0f} ms (limit {TEMPLATE}); busy "
        f"{median(numbers(said, 'template-busy')):.0f} ms"
    )
    print(
        f"inbox over {CHANGES} open changes: median "
        f"{median(wall for wall, _busy in lists):.0f} ms (limit {INBOX}); busy "
        f"{median(busy for _wall, busy in lists):.0f} ms"
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["open", folder]:
            opened(Path(folder))
        case ["start", folder]:
            started(Path(folder))
        case _:
            main()
