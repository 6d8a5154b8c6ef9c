"""Checking in the background: the latest files win, what fails is logged."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from app.checking import Checking, by_template
from app.messages import Messages
from app.snapshot import Snapshot
from app.tasks import Tasks
from governance.content.sources import Sources
from governance.names import Commit, Span, TemplateId
from governance.standards.finding import Finding, Severity
from tests.fakes.library import INVITE, OFFER, OFFER_TEXT, a_library
from tests.fakes.make import NOON
from tests.fakes.workplace import in_memory

MOMENT = 20_000


class Slow:
    """A checker that finds one thing in the offer, when it is let."""

    def __init__(self) -> None:
        self.may_go_on = Event()
        self.seen: list[str] = []

    def check(self, sources: Sources, templates: object, /) -> tuple[Finding, ...]:
        self.seen.append(sources.read(OFFER_TEXT))
        self.may_go_on.wait(10)
        return (a_finding(OFFER_TEXT, sources.read(OFFER_TEXT)),)


class Silent:
    def show_problem(self, problem: str, remedy: str) -> None:
        raise AssertionError(problem)


def a_finding(path: str, message: str = "No.") -> Finding:
    return Finding("House.Tone", Severity.WARNING, message, path, Span(0, 1), 1, 1)


def a_snapshot(text: str) -> Snapshot:
    sources = a_library().with_text(OFFER_TEXT, text)
    reading = in_memory().read()
    return Snapshot(reading, sources, Commit(""), (), "", NOON, str(sources.digest))


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.shut_down()


def words(found: Mapping[TemplateId, tuple[Finding, ...]] | None) -> list[str]:
    return [one.message for one in (found or {}).get(OFFER, ())]


def test_of_many_files_the_first_and_the_latest_are_checked(
    tasks: Tasks, qtbot: QtBot
) -> None:
    checker = Slow()
    checking = Checking(checker, tasks, Messages(Silent(), tasks), tasks)
    for text in ("one\n", "two\n", "three\n"):
        checking.on_reading_changed(a_snapshot(text))

    checker.may_go_on.set()
    qtbot.waitUntil(lambda: words(checking.findings) == ["three\n"], timeout=MOMENT)

    assert checker.seen == ["one\n", "three\n"]


def test_the_same_files_are_checked_once(tasks: Tasks, qtbot: QtBot) -> None:
    checker = Slow()
    checker.may_go_on.set()
    checking = Checking(checker, tasks, Messages(Silent(), tasks), tasks)
    snapshot = a_snapshot("one\n")

    checking.on_reading_changed(snapshot)
    qtbot.waitUntil(lambda: checking.findings is not None, timeout=MOMENT)
    checking.on_reading_changed(replace(snapshot))
    qtbot.wait(50)

    assert checker.seen == ["one\n"]


def test_findings_belong_to_the_template_whose_file_they_are_in() -> None:
    sources = a_library()
    found = by_template(
        (a_finding(OFFER_TEXT), a_finding("partials/footer.html")), sources
    )

    assert {name: len(these) for name, these in found.items()} == {OFFER: 1, INVITE: 0}
