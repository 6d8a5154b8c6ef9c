"""Work that goes on after the answer: bounded, and each kind once at a time."""

from datetime import UTC, datetime
from threading import Event
from time import monotonic, sleep

import pytest

from governance.ports import Progress
from sync.api.service import OperationState
from sync.web.answers import BusyError, NoSuchThingError, refused
from sync.web.operations import Operations

THEN = datetime(2026, 11, 24, 9, tzinfo=UTC)


class Work:
    """Goes on until it is let go, and counts how often it was begun."""

    def __init__(self) -> None:
        self.may_end, self.times = Event(), 0

    def __call__(self, _progress: Progress) -> None:
        self.times += 1
        assert self.may_end.wait(10)


def operations(most: int = 4) -> Operations:
    return Operations(lambda: THEN, most)


def ended(all_: Operations, id_: str) -> OperationState:
    until = monotonic() + 5
    while all_.find(id_).state is OperationState.RUNNING and monotonic() < until:
        sleep(0.005)
    return all_.find(id_).state


def test_the_same_twice_at_once_is_one_operation() -> None:
    all_, work = operations(), Work()

    ids = {all_.start("look hello", work).id for _time in range(50)}
    work.may_end.set()

    assert len(ids) == 1
    assert ended(all_, ids.pop()) is OperationState.DONE
    assert work.times == 1


def test_what_ended_can_be_done_again() -> None:
    all_, work = operations(), Work()
    work.may_end.set()

    first = all_.start("look hello", work).id
    ended(all_, first)
    sleep(0.05)
    second = all_.start("look hello", work).id

    assert (ended(all_, second), first != second) == (OperationState.DONE, True)


def test_no_more_is_under_way_than_may_be() -> None:
    all_, work = operations(2), Work()
    ids = [all_.start(f"look {name}", work).id for name in "ab"]

    with pytest.raises(BusyError) as caught:
        all_.start("look c", work)

    assert refused(caught.value).status_code == 503
    work.may_end.set()
    assert [ended(all_, id_) for id_ in ids] == [OperationState.DONE] * 2


def test_what_fails_leaves_its_place() -> None:
    all_ = operations(1)

    def fail(_progress: Progress) -> None:
        raise ZeroDivisionError

    for _time in range(3):
        operation = all_.start("look hello", fail)
        assert ended(all_, operation.id) is OperationState.FAILED
        sleep(0.05)


def test_what_is_under_way_is_never_forgotten() -> None:
    all_, slow, quick = operations(), Work(), Work()
    quick.may_end.set()
    first = all_.start("look slow", slow)
    ids = []
    for number in range(250):
        ids.append(all_.start(f"look {number}", quick).id)
        ended(all_, ids[-1])

    assert all_.find(first.id).state is OperationState.RUNNING
    with pytest.raises(NoSuchThingError):
        all_.find(ids[0])
    slow.may_end.set()
