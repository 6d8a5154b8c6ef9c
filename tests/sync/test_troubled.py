"""One that is in trouble holds up nobody else, and nobody's name is told for it."""

import threading
import time
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from governance.errors import ExpectedError
from governance.names import Locale
from governance.rendering.compiled import Compiled
from governance.rendering.render import Rendered
from governance.rendering.values import RecipientValues
from sync.candidates.facts import ApplicationId, ApplicationSnapshot
from sync.errors import MailerBusyError, MailerUnavailableError
from sync.sending.case import Case
from sync.sending.decision import Judgement
from sync.sending.fill import Filler
from sync.sending.judge import judge
from sync.sending.mailer import OutgoingMessage, Receipt
from sync.sending.prepare import Prepare
from sync.sending.queue import Job, JobState
from sync.sending.worker import Pace, Worker
from sync.store.dbos_queue import DbosQueue
from tests.fakes.service import (
    MORNING,
    FakeDirectory,
    FakeMailer,
    PlainRenderer,
    Service,
    a_policy,
    a_service,
    an_application,
)

WORDS = "maya1@candidate.example is odd"


class OneTimeRenderer(PlainRenderer):
    """Breaks in a way that nobody foresaw, the first so many times."""

    def __init__(self, times: int) -> None:
        self.times = times

    def render(
        self, compiled: Compiled, values: RecipientValues, locale: Locale
    ) -> Rendered:
        """Render, or break."""
        self.times -= 1
        if self.times >= 0:
            raise RuntimeError(WORDS)
        return super().render(compiled, values, locale)


@dataclass
class PickyMailer(FakeMailer):
    """Never takes what goes to one address."""

    refuses: str = "maya1@candidate.example"
    error: ExpectedError = field(default_factory=lambda: MailerBusyError("later"))

    def send(self, message: OutgoingMessage, *, idempotency_key: str) -> Receipt:
        """Take it, but not for that address."""
        if message.recipient == self.refuses:
            raise self.error
        return super().send(message, idempotency_key=idempotency_key)


def rewired(service: Service, **changes: object) -> None:
    wired = replace(service.wired, **changes)  # type: ignore[arg-type]  # a test's own words
    service.worker = Worker(wired, Pace(poll=timedelta(days=1)))
    service.queue.start(service.worker.handlers, {})


def three(service: Service) -> None:
    for number in (1, 2, 3):  # the one in trouble is the first to be due
        due = MORNING - timedelta(minutes=5 - number)
        service.tell(an_application(number, stage_entered_at=due))
    service.worker.sweep("")


def test_a_message_that_breaks_the_program_holds_up_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    service = a_service(tmp_path)
    filler = Filler(OneTimeRenderer(1))
    digest = service.store.sealer.inputs_digest
    rewired(service, prepare=Prepare(filler, a_policy(), digest))

    three(service)
    service.queue.drain()

    assert service.states() == {"sent": 2, "held": 1}
    assert "RuntimeError" in caplog.text
    assert "maya1" not in caplog.text


@pytest.mark.parametrize(
    ("error", "at_once"),
    [(MailerBusyError("later"), 2), (MailerUnavailableError("it breaks off"), 0)],
)
def test_a_recipient_who_is_never_served_holds_up_no_other(
    tmp_path: Path, error: ExpectedError, at_once: int
) -> None:
    mailer = PickyMailer(error=error)
    service = a_service(tmp_path, mailer=mailer)

    three(service)
    service.queue.drain()
    before = len(mailer.taken)
    for _round in range(8):
        service.clock.forward(seconds=31)
        service.run()

    assert before == at_once
    assert service.states() == {"sent": 2, "held": 1}


def test_what_cannot_be_judged_is_put_off_and_stands_before_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []

    def picky(case: Case) -> Judgement:
        judged.append(case.intent.application)
        if case.intent.application == "a1":
            raise RuntimeError(WORDS)
        return judge(case)

    monkeypatch.setattr("sync.sending.dispatch.judge", picky)
    monkeypatch.setattr("sync.sending.dispatch.LIMIT", 1)
    service = a_service(tmp_path)
    three(service)
    for _round in range(3):
        service.run()
        service.clock.forward(seconds=2)
    before = service.states()
    monkeypatch.undo()
    service.clock.forward(minutes=5)
    service.run()

    assert judged.count("a1") == 1
    assert before == {"sent": 2, "planned": 1}
    assert service.states() == {"sent": 3}


def test_a_sweep_leaves_an_ats_that_hangs_and_does_what_is_due(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    class Hanging(FakeDirectory):
        def application(self, application: ApplicationId) -> ApplicationSnapshot:
            asked.append(application)
            time.sleep(0.03)
            self.is_away = True
            return super().application(application)

    monkeypatch.setattr("sync.sending.worker._SHARE", 0.05)
    service = a_service(tmp_path, directory=Hanging())
    for number in range(9):
        service.tell(an_application(number))

    service.worker.sweep("")

    assert 1 <= len(asked) < 5


def test_a_sweep_that_lasts_is_not_begun_again(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    inside, go_on, asked = threading.Event(), threading.Event(), []

    class Slow(FakeDirectory):
        def application(self, application: ApplicationId) -> ApplicationSnapshot:
            asked.append(application)
            inside.set()
            go_on.wait(10)
            return super().application(application)

    slow = Slow()
    slow.put(an_application())
    service.tell(an_application())
    rewired(service, directory=slow)
    sweep = threading.Thread(target=service.worker.sweep, args=("",))
    sweep.start()
    inside.wait(10)
    service.worker.sweep("")
    meanwhile = list(asked)
    go_on.set()
    sweep.join(10)

    assert meanwhile == ["a1"]


def test_a_clock_that_was_ahead_starves_no_route(tmp_path: Path) -> None:
    route = next(iter(a_policy().routes.items()))
    slow = {route[0]: replace(route[1], rate=1000.0, burst=1)}
    service = a_service(tmp_path, policy=a_policy(routes=slow))
    service.clock.forward(days=400)
    service.worker.send = replace(
        service.worker.send, pause=lambda _s: service.clock.forward(seconds=1)
    )
    service.queue.start(service.worker.handlers, {})
    late = service.clock()
    service.tell(an_application(1, stage_entered_at=late, updated_at=late))
    service.queue.drain()
    ahead = len(service.mailer.taken)

    service.clock.forward(days=-400)
    three(service)
    service.queue.drain()

    assert ahead == 1
    assert len(service.mailer.taken) == 3


def test_a_clock_that_is_wrong_never_says_never(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.tell(an_application())
    rewired(service, clock_offset=lambda: timedelta(days=-400))
    service.clock.forward(days=400)
    service.queue.drain()
    before = service.states()

    rewired(service, clock_offset=lambda: timedelta(0))
    service.clock.forward(days=-400)
    service.store.upkeep.accept_clock(service.clock())
    service.worker.sweep("")
    service.queue.drain()

    assert before == {"held": 1}
    assert service.states() == {"sent": 1}


def test_the_words_of_an_error_are_in_no_log_and_no_row_of_the_queue(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "q.sqlite"
    queue = DbosQueue(f"sqlite:///{path}", "worker-1")
    queue.open()

    def fail(_argument: str) -> None:
        raise ValueError(WORDS)

    queue.start({"fail": fail}, {"work": 1})
    queue.enqueue(Job("j1", "fail", "an-id"))
    deadline = time.monotonic() + 10
    while not queue.list(state=JobState.FAILED) and time.monotonic() < deadline:
        time.sleep(0.05)
    queue.stop()

    assert "ValueError" in caplog.text
    assert "maya" not in caplog.text
    assert not any(b"maya" in file.read_bytes() for file in tmp_path.iterdir())
