"""References that somebody moved, and those that a stopped computer left behind."""

from pathlib import Path

import pytest

from governance.adapters.git.releases import GitReleases
from governance.adapters.git.store import LEDGER, MAIN, GitStore
from governance.approval.verdict import Code
from governance.errors import NotVerifiedError
from tests.fakes.git import stock_git
from tests.fakes.library import OFFER_TEXT, a_library
from tests.fakes.workplace import Workplace, in_git

TAG = "refs/tags/release/offer-accepted/v"


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    place = in_git(tmp_path)
    for text in ("One!\n", "Two!\n"):
        place.agree_and_release(a_library().with_text(OFFER_TEXT, text))
    return place


def store_of(place: Workplace) -> GitStore:
    assert isinstance(place.releases, GitReleases)
    return place.releases.store


def move(place: Workplace, *arguments: str) -> None:
    stock_git(store_of(place).git.path, "update-ref", *arguments)


@pytest.mark.parametrize(
    "moved",
    [
        (MAIN, "main~2"),
        (MAIN, "ledger"),
        (f"{TAG}1", "release/offer-accepted/v2"),
        ("-d", f"{TAG}1"),
        (f"{TAG}3", "release/offer-accepted/v2"),
        (f"{TAG}2", "main"),
    ],
)
def test_a_moved_reference_is_an_alarm_and_stops_releases(
    place: Workplace, moved: tuple[str, str]
) -> None:
    change = place.open(a_library().with_text(OFFER_TEXT, "Three!\n")).change
    before = store_of(place).tip(LEDGER)
    move(place, *moved)

    alarm = place.read().alarm

    assert alarm is not None
    assert alarm.code is Code.REF_MOVED
    with pytest.raises(NotVerifiedError) as caught:
        place.release(change)
    assert caught.value.code == Code.REF_MOVED
    assert store_of(place).tip(LEDGER) == before


@pytest.mark.parametrize("left", [1, 2, 3])
def test_what_a_stopped_computer_left_behind_is_finished(
    place: Workplace, left: int
) -> None:
    before = place.read()
    if left & 1:
        move(place, MAIN, "main~1")
    if left & 2:
        move(place, "-d", f"{TAG}2")

    reading = place.read()

    assert reading.alarm is None
    assert reading.refs == before.refs


def test_a_ledger_that_went_back_is_an_alarm(place: Workplace) -> None:
    place.read()
    move(place, LEDGER, "ledger~1")

    alarm = place.read().alarm

    assert alarm is not None
    assert alarm.code is Code.LEDGER_REWOUND
    with pytest.raises(NotVerifiedError) as caught:
        place.open(a_library().with_text(OFFER_TEXT, "Three!\n"))
    assert caught.value.code == Code.LEDGER_REWOUND


def test_a_ledger_that_forked_is_an_alarm(place: Workplace) -> None:
    place.open(a_library().with_text(OFFER_TEXT, "Three!\n"))
    place.read()
    seen = place.last_seen.kept
    move(place, LEDGER, "ledger~1")
    place.last_seen.kept = None
    place.open(a_library().with_text(OFFER_TEXT, "Four!\n"))
    place.last_seen.kept = seen

    alarm = place.read().alarm

    assert alarm is not None
    assert alarm.code is Code.LEDGER_FORKED
