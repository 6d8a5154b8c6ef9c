"""What the publishing room shows, without Qt."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from governance.names import PersonId
from sync.api.publications import PublicationRow
from sync.publishing.capabilities import Mode
from sync.publishing.publication import State
from tests.fakes.library import OFFER, OFFER_SUBJECT, OFFER_TEXT, a_library
from tests.fakes.make import ANA, BEN, CARA, DAN, HR, LEGAL, NOON
from tests.fakes.workplace import Workplace, in_memory
from widgets.publishing.state import (
    BY_TEMPLATE,
    READY,
    RELEASES,
    PublishingState,
    Shelf,
    publishing_state,
)

WARM = a_library().with_text(OFFER_TEXT, "Hi, {{ candidate.first_name }}!\n")


@pytest.fixture
def place() -> Workplace:
    return in_memory()


def shelf(place: Workplace, me: PersonId = DAN) -> Shelf:
    reading = place.read()
    titles = {OFFER_SUBJECT: "Offer accepted"}
    return Shelf(reading.state, reading.changes, titles, me=me, now=NOON)


def a_row(version: int, state: State) -> PublicationRow:
    return PublicationRow(
        ats="practice",
        key=f"{OFFER}/en",
        version=version,
        tag="",
        mode=next(iter(Mode)),
        state=state,
        remote_id="1",
        sent="",
        found="",
        at=datetime(2026, 11, 24, tzinfo=UTC),
    )


def test_nothing_released_says_what_will_be_here(place: Workplace) -> None:
    state = publishing_state(shelf(place), BY_TEMPLATE, "", "")

    assert (state.empty is None) == bool(state.table.rows)


def test_an_approved_change_waits_for_its_release(place: Workplace) -> None:
    change = place.open(WARM).change
    place.approve(change, BEN, LEGAL)
    place.approve(change, CARA, HR)

    state = publishing_state(shelf(place), BY_TEMPLATE, "", "")

    assert state.table.rows[0].key == f"{READY}{change}"
    assert state.count == "1 change to release"
    assert [(deed.key, deed.why_not) for deed in state.plan.deeds] == [
        ("release", ""),
        ("review", ""),
    ]


def test_only_a_release_manager_releases(place: Workplace) -> None:
    change = place.open(WARM).change
    place.approve(change, BEN, LEGAL)
    place.approve(change, CARA, HR)

    state = publishing_state(shelf(place, ANA), BY_TEMPLATE, "", "")

    assert state.plan.deeds[0].why_not == "A release manager does this."


def of_the_offer(place: Workplace, *rows: PublicationRow) -> PublishingState:
    found = replace(shelf(place), publications=tuple(rows))
    return publishing_state(found, BY_TEMPLATE, "accepted", str(OFFER_SUBJECT))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((), "Not published"),
        ((a_row(1, State.DRIFTED),), "Differs"),
    ],
)
def test_a_cell_says_whether_it_is_what_was_signed(
    place: Workplace, rows: tuple[PublicationRow, ...], said: str
) -> None:
    place.agree_and_release(WARM)

    there = of_the_offer(place, *rows).table.rows[0].cells[2]

    assert there.mark is not None
    assert there.mark.word == said


def test_what_differs_is_counted(place: Workplace) -> None:
    place.agree_and_release(WARM)

    assert of_the_offer(place, a_row(1, State.DRIFTED)).count == "1 text differs"


def test_the_first_version_has_none_to_go_back_to(place: Workplace) -> None:
    place.agree_and_release(WARM)
    current = place.read().state.current(OFFER_SUBJECT)

    deeds = {one.key: one for one in of_the_offer(place).plan.deeds}

    assert current is not None
    assert bool(deeds["rollback"].why_not) == (current.number == 1)


def test_releases_are_listed_the_latest_first(place: Workplace) -> None:
    place.agree_and_release(WARM)

    state = publishing_state(shelf(place), RELEASES, "", "")

    positions = [row.key for row in state.table.rows]
    assert positions[0].startswith(str(OFFER_SUBJECT))
    assert state.view == RELEASES


def test_a_filter_without_a_result_names_its_words(place: Workplace) -> None:
    state = publishing_state(shelf(place), BY_TEMPLATE, "zzz", "")

    assert state.empty is not None
    assert "zzz" in state.empty.bold
