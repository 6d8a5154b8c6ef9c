"""What the inbox and a change show, without Qt."""

from datetime import timedelta

import pytest

from governance.names import PersonId
from tests.fakes.library import OFFER_TEXT, a_library
from tests.fakes.make import ANA, BEN, CARA, DAN, HR, LEGAL, NOON
from tests.fakes.workplace import Workplace, in_memory
from widgets.kit.values import Tone
from widgets.reviews.change_deeds import why_not_sign
from widgets.reviews.change_state import change_state
from widgets.reviews.change_values import ChangeState, Desk
from widgets.reviews.inbox_state import inbox_state
from widgets.reviews.inbox_values import (
    ALL,
    APPROVED,
    CLOSED,
    MINE,
    SENT,
    Inbox,
    InboxState,
    is_open,
)

WARM = a_library().with_text(OFFER_TEXT, "Hi, {{ candidate.first_name }}!\n")


@pytest.fixture
def place() -> Workplace:
    return in_memory()


def inbox(place: Workplace, me: PersonId, section: str, words: str = "") -> InboxState:
    reading = place.read()
    seen = Inbox(reading.changes, reading.state, me, NOON + timedelta(days=3))
    return inbox_state(seen, section, words, "")


def test_an_empty_inbox_says_that_nothing_waits(place: Workplace) -> None:
    state = inbox(place, BEN, MINE)

    assert state.empty is not None
    assert state.table.rows == ()
    assert state.count == "0 waiting for you"


def test_a_change_waits_for_who_may_sign_it(place: Workplace) -> None:
    change = place.open(WARM).change

    lists = {me: inbox(place, me, MINE) for me in (ANA, BEN, CARA, DAN)}

    waiting = {me for me, state in lists.items() if state.table.rows}
    assert waiting == {BEN, CARA}
    row = lists[BEN].table.rows[0]
    assert (row.key, row.is_new) == (str(change), True)
    assert "Legal, you" in row.sentence
    assert lists[BEN].lines[row.key].when == "Waiting 3 days"
    assert lists[BEN].count == "1 waiting for you"


def test_who_wrote_it_finds_it_under_what_was_sent(place: Workplace) -> None:
    place.open(WARM)

    assert len(inbox(place, ANA, SENT).table.rows) == 1
    assert inbox(place, BEN, SENT).table.rows == ()


def test_what_one_signed_waits_for_others(place: Workplace) -> None:
    change = place.open(WARM).change
    place.approve(change, BEN, LEGAL)

    assert inbox(place, BEN, MINE).table.rows == ()
    row = inbox(place, BEN, ALL).table.rows[0]
    assert row.group == "Waiting for others"
    assert "Legal signed" in row.sentence


def test_what_everyone_signed_is_approved(place: Workplace) -> None:
    change = place.open(WARM).change
    place.approve(change, BEN, LEGAL)
    place.approve(change, CARA, HR)

    state = inbox(place, DAN, APPROVED)

    assert [row.key for row in state.table.rows] == [str(change)]
    assert state.detail.mark is not None
    assert state.detail.mark.tone is Tone.OK


def test_a_filter_looks_at_title_and_author(place: Workplace) -> None:
    place.open(WARM)

    assert len(inbox(place, BEN, ALL, "warmer").table.rows) == 1
    nothing = inbox(place, BEN, ALL, "colder")
    assert nothing.table.rows == ()
    assert nothing.empty is not None


def test_what_was_released_is_not_withdrawn(place: Workplace) -> None:
    place.agree_and_release(WARM)

    assert inbox(place, BEN, CLOSED).table.rows == ()
    assert inbox(place, BEN, ALL).table.rows == ()


def desk(place: Workplace, me: PersonId, stale: str = "") -> Desk:
    reading = place.read()
    row = next(one for one in reading.changes.values() if is_open(one.change))
    return Desk(row, reading.state, me, NOON, stale=stale)


def state_of(place: Workplace, me: PersonId) -> ChangeState:
    return change_state(desk(place, me))


def test_a_change_says_who_must_sign(place: Workplace) -> None:
    change = place.open(WARM).change
    place.approve(change, BEN, LEGAL)

    seats = {seat.role: seat.mark.tone for seat in state_of(place, CARA).seats}

    assert seats["Legal"] is Tone.OK
    assert seats["Hr"] is not Tone.OK


def test_the_author_does_not_sign(place: Workplace) -> None:
    place.open(WARM)

    reasons = {me: why_not_sign(desk(place, me)) for me in (ANA, DAN)}

    assert "You wrote" in reasons[ANA]
    assert reasons[DAN]


def test_what_changed_meanwhile_cannot_be_signed(place: Workplace) -> None:
    place.open(WARM)

    deeds = {
        stale: next(
            one
            for one in change_state(desk(place, BEN, stale)).deeds
            if one.key == "sign"
        )
        for stale in ("", "The text changed.")
    }

    assert {stale: deed.why_not for stale, deed in deeds.items()} == {
        "": "",
        "The text changed.": "The text changed.",
    }
