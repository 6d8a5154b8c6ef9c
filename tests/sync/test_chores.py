"""Small work comes again, whatever becomes of it."""

import logging
from threading import Event

import pytest

from sync.errors import DirectoryUnavailableError
from sync.serving.chores import Chore, Chores


def test_a_chore_comes_again() -> None:
    done = Event()
    times: list[int] = []

    def work() -> None:
        times.append(1)
        if len(times) == 3:
            done.set()

    chores = Chores([Chore("Counting", 0.01, work)])
    chores.start()

    assert done.wait(5)
    chores.stop()


def test_a_failure_is_logged_once_until_it_ends(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ways = ["fail", "fail", "go", "fail"]

    def work() -> None:
        if ways.pop(0) == "fail":
            message = "The ATS is away."
            raise DirectoryUnavailableError(message)

    chore = Chore("Asking", 1, work)
    chores = Chores([chore])

    with caplog.at_level(logging.INFO):
        for _time in range(4):
            chores.once(chore)

    assert [record.message for record in caplog.records] == [
        "Asking waits: The ATS is away.",
        "Asking goes on",
        "Asking waits: The ATS is away.",
    ]


def test_a_mistake_of_ours_stops_nothing_and_names_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def work() -> None:
        message = "maya@candidate.example"
        raise RuntimeError(message)

    Chores([]).once(Chore("Asking", 1, work))

    assert "RuntimeError" in caplog.text
    assert "maya" not in caplog.text
