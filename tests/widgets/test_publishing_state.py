"""What the publishing room shows, without Qt."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from governance.names import PersonId, SubjectName
from sync.api.publications import PublicationRow
from sync.publishing.capabilities import Mode
from sync.publishing.publication import State
from tests.fakes.library import OFFER, OFFER_SUBJECT, OFFER_TEXT, a_library
from tests.fakes.make import ANA, BEN, CARA, DAN, HR, LEGAL, NOON
from tests.fakes.workplace import Workplace, in_memory
from widgets.publishing.shelf import (
    BY_DESTINATION,
    BY_TEMPLATE,
    READY,
    RELEASES,
    Outcome,
    Shelf,
)
from widgets.publishing.state import PublishingState, publishing_state

WARM = a_library().with_text(OFFER_TEXT, "Hi, {{ candidate.first_name }}!\n")


@pytest.fixture
def place() -> Workplace:
    return in_memory()


def shelf(place: Workplace, me: PersonId = DAN) -> Shelf:
    reading = place.read()
    titles = {OFFER_SUBJECT: "Offer accepted"}
    return Shelf(reading.state, reading.changes, titles, me=me, now=NOON)


def a_row(
    version: int, state: State, mode: Mode = Mode.NATIVE, found: str = ""
) -> PublicationRow:
    return PublicationRow(
        ats="practice",
        key=f"{OFFER}/en",
        version=version,
        tag="",
        mode=mode,
        state=state,
        remote_id="1",
        sent="ab" * 32,
        found=found,
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
        ((a_row(1, State.MISSING),), "Missing"),
        ((a_row(0, State.LIVE),), "0, then 1"),
        ((a_row(1, State.LIVE),), "Version 1"),
    ],
)
def test_a_cell_says_whether_it_is_what_was_signed(
    place: Workplace, rows: tuple[PublicationRow, ...], said: str
) -> None:
    place.agree_and_release(WARM)

    there = of_the_offer(place, *rows).table.rows[0].cells[1]

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


def test_nothing_is_said_to_be_live_before_it_was_read_back(place: Workplace) -> None:
    place.agree_and_release(WARM)
    found = shelf(place)

    asked = publishing_state(found, BY_TEMPLATE, "", "")
    none = publishing_state(replace(found, publications=()), BY_TEMPLATE, "", "")
    row = (a_row(2, State.LIVE),)
    live = publishing_state(replace(found, publications=row), BY_TEMPLATE, "", "")

    assert asked.count == "asking what is live …"
    assert none.count == "nothing is published to another system yet"
    assert live.count == "all that was published is as signed"


def test_by_destination_each_language_stands_as_it_was_read_back(
    place: Workplace,
) -> None:
    place.agree_and_release(WARM)
    same = a_row(2, State.LIVE, found="ab" * 32)
    found = replace(shelf(place), publications=(same,))

    table = publishing_state(found, BY_DESTINATION, "", "").table

    (row,) = table.rows
    assert row.group == "Practice ATS"
    assert table.notes == (("Practice ATS", "we write its templates"),)
    assert row.cells[-1].text == "ab" * 6
    assert row.cells[-1].second == "equal to what was signed"
    plan = publishing_state(found, BY_DESTINATION, "", row.key).plan
    assert plan.title == "Offer accepted"


def test_a_destination_without_an_api_asks_for_hands(place: Workplace) -> None:
    place.agree_and_release(WARM)
    row = a_row(2, State.BY_HAND, Mode.ASSISTED)

    state = of_the_offer(place, row)

    assert state.count == "1 message to paste"
    assert state.table.columns[1].title == "Practice ATS: pasted by hand"
    assert [deed.key for deed in state.plan.deeds] == ["paste", "rollback"]
    assert [deed.key for deed in state.plan.more] == ["publish"]
    assert state.plan.effects[0].mark.word == "Practice ATS needs you"


def test_the_plan_says_what_is_proved_and_for_whom(place: Workplace) -> None:
    place.agree_and_release(WARM)
    found = replace(shelf(place), publications=(), planned={OFFER: 3})

    plan = publishing_state(found, BY_TEMPLATE, "", str(OFFER_SUBJECT)).plan

    assert [mark.word for mark in plan.proofs] == [
        "Signed by Ben, Cara",
        "The text equals what they signed",
        "The service proves both again before it writes",
    ]
    assert plan.effects[-1].mark.word == "3 messages to come have this text"


def test_what_is_ticked_is_published_at_once(place: Workplace) -> None:
    place.agree_and_release(WARM)
    found = replace(shelf(place), publications=())
    versions = found.state.versions[OFFER_SUBJECT]
    other = SubjectName("templates/other")
    both = {OFFER_SUBJECT: versions, other: versions}
    found = replace(found, state=replace(found.state, versions=both))
    keys = frozenset(map(str, both))

    state = publishing_state(found, BY_TEMPLATE, "", "", keys | {"gone"})

    assert frozenset(state.ticked) == keys
    assert state.plan.title == "2 messages"
    assert state.plan.deeds[0].title == "Publish 2…"


def test_what_failed_says_why_and_is_tried_again(place: Workplace) -> None:
    place.agree_and_release(WARM)
    outcome = Outcome(OFFER_SUBJECT, problem="“Notice period” is unknown there.")
    found = replace(shelf(place), publications=(), outcomes=(outcome,))

    plan = publishing_state(found, BY_TEMPLATE, "", str(OFFER_SUBJECT)).plan

    assert [mark.word for mark in plan.results] == [
        "Offer accepted: “Notice period” is unknown there."
    ]
    assert plan.deeds[0].title == "Try again…"


def test_what_came_of_it_is_said_for_each_destination(place: Workplace) -> None:
    place.agree_and_release(WARM)
    outcome = Outcome(OFFER_SUBJECT, (a_row(2, State.LIVE),))
    found = replace(shelf(place), publications=(), outcomes=(outcome,))

    plan = publishing_state(found, BY_TEMPLATE, "", str(OFFER_SUBJECT)).plan

    assert [mark.word for mark in plan.results] == [
        "English, Practice ATS: as approved"
    ]


def test_what_lies_there_already_is_only_compared_again(place: Workplace) -> None:
    place.agree_and_release(WARM)

    live = of_the_offer(place, a_row(1, State.LIVE)).plan.effects[0]
    differs = of_the_offer(place, a_row(1, State.DRIFTED)).plan.effects[0]

    assert live.mark.word == "Practice ATS has it already"
    assert differs.mark.word == "Practice ATS is updated"
