"""The live loop with its real process: the latest wins, and a fall is no end."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.live import Frame, Job, Live
from app.messages import Messages
from app.tasks import Tasks
from app.workspace import LateRenderer, make_renderer
from governance.clients.previews import Wanted
from governance.clients.rule import Scheme
from governance.names import FieldName
from tests.fakes.messages import ENGLISH, INVITE, a_mail, some_sources

PATIENCE = 30_000
GMAIL = Wanted("gmail-web", Scheme.LIGHT)
WORD = Wanted("outlook-classic", Scheme.DARK)


class Nowhere:
    def show_problem(self, problem: str, remedy: str) -> None:
        raise AssertionError(problem, remedy)


@pytest.fixture(scope="module")
def renderer() -> Iterator[LateRenderer]:
    renderer = make_renderer()
    yield renderer
    renderer.close()


@pytest.fixture
def live(qtbot: QtBot, renderer: LateRenderer) -> Iterator[Live]:
    owner = QObject()
    tasks = Tasks(owner)
    yield Live(renderer, tasks, Messages(Nowhere(), owner), owner)
    tasks.shut_down()


def a_job(revision: int, text: str, *, closer: Wanted | None = None) -> Job:
    sources = some_sources(email_mjml=a_mail(f"<mj-text>{text}</mj-text>"))
    return Job(revision, sources, INVITE, ENGLISH, None, (GMAIL, WORD), closer)


def rendered(qtbot: QtBot, live: Live, job: Job) -> Frame:
    def is_it(frame: Frame) -> bool:
        return frame.job.revision == job.revision

    with qtbot.waitSignal(
        live.rendered, timeout=PATIENCE, check_params_cb=is_it
    ) as answer:
        live.offer(job)
    frame = answer.args[0]
    assert isinstance(frame, Frame)
    return frame


def test_an_answer_has_a_page_for_each_client(qtbot: QtBot, live: Live) -> None:
    frame = rendered(qtbot, live, a_job(1, "Good morning"))

    assert frame.previews is not None
    assert [one.wanted for one in frame.previews.shown] == [GMAIL, WORD]
    for one in frame.previews.shown:
        assert b"Good morning" in frame.pages[one.digest]


def test_pages_that_are_the_same_are_there_though_they_are_sent_once(
    qtbot: QtBot, live: Live
) -> None:
    rendered(qtbot, live, a_job(1, "Good morning"))

    again = rendered(qtbot, live, a_job(2, "Good morning"))

    assert again.previews is not None
    assert again.previews.pages == {}
    assert {one.digest for one in again.previews.shown} == set(again.pages)


def test_a_client_looked_at_closely_tells_each_change_with_its_place(
    qtbot: QtBot, live: Live
) -> None:
    frame = rendered(qtbot, live, a_job(1, "Good morning", closer=WORD))

    assert frame.previews is not None
    closer = frame.previews.closer
    assert closer is not None
    assert closer.changes
    assert b"data-place" in frame.pages[closer.shown.digest]
    assert b"Good morning" in frame.pages[closer.written]


def test_what_cannot_be_read_says_why_and_has_no_mail(qtbot: QtBot, live: Live) -> None:
    frame = rendered(qtbot, live, a_job(1, "{% if %}"))

    assert frame.mail is None
    assert frame.problem


def test_of_many_jobs_the_last_one_is_always_done(qtbot: QtBot, live: Live) -> None:
    done: list[int] = []
    live.rendered.connect(lambda frame: done.append(frame.job.revision))
    for revision in range(1, 12):
        live.offer(a_job(revision, f"Word {revision}"))

    qtbot.waitUntil(lambda: 11 in done, timeout=PATIENCE)

    assert done == sorted(done)
    assert len(done) < 11


def test_a_process_killed_while_one_types_is_not_missed(
    qtbot: QtBot, live: Live, renderer: LateRenderer
) -> None:
    rendered(qtbot, live, a_job(1, "Before"))
    child = renderer._renderer()._process._child  # noqa: SLF001 -- would be killed
    assert child is not None
    live.offer(a_job(2, "Between"))
    os.kill(child.pid, signal.SIGKILL)

    frame = rendered(qtbot, live, a_job(3, "After"))

    assert frame.previews is not None
    assert b"After" in frame.pages[frame.previews.shown[0].digest]


def test_a_forced_case_is_shown_in_place_of_the_samples(
    qtbot: QtBot, live: Live
) -> None:
    name = FieldName("candidate.first_name")
    text = f"{{% if {name} %}}Dear {{{{ {name} }}}}{{% else %}}Hi{{% endif %}}"
    job = a_job(1, text)

    known = rendered(qtbot, live, job)
    missing = rendered(qtbot, live, replace(job, revision=2, forced={name: None}))
    other = rendered(qtbot, live, replace(job, revision=3, forced={name: "Zoe"}))

    assert known.mail is not None
    assert missing.mail is not None
    assert other.mail is not None
    assert "Dear" in (known.mail.html or "")
    assert "Hi" in (missing.mail.html or "")
    assert "Dear Zoe" in (other.mail.html or "")
