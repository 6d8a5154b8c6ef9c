"""What stands around every room, without Qt."""

from dataclasses import replace

import pytest

from app.folder_watch import FolderState
from app.places import Room
from app.service_link import ServiceStage, ServiceState
from app.shell_notices import Around
from app.shell_state import shell_state
from app.snapshot import Snapshot
from governance.approval.verdict import Code, Verdict
from governance.names import Commit, PersonId
from tests.fakes.library import OFFER_TEXT, a_library
from tests.fakes.make import ANA, BEN, CARA, DAN, HR, LEGAL, NOON
from tests.fakes.workplace import Workplace, in_memory
from widgets.kit.values import Tone
from widgets.shell.state import ShellState

ON = ServiceState(ServiceStage.ON)


@pytest.fixture
def place() -> Workplace:
    return in_memory()


def around(place: Workplace, me: PersonId = ANA, service: ServiceState = ON) -> Around:
    reading = place.read()
    snapshot = Snapshot(reading, reading.released, Commit(""), (), "", NOON)
    return Around(snapshot, service, me, Room.LIBRARY, {}, {})


def badges(state: ShellState) -> dict[str, str]:
    return {room.key: room.badge for room in state.rooms if room.badge}


def test_before_anything_is_read_it_says_so() -> None:
    empty = Around(
        None, ServiceState(ServiceStage.STARTING), None, Room.LIBRARY, {}, {}
    )

    state = shell_state(empty)

    assert state.left[0].text == "Reading the workspace …"
    assert state.right[-1].text == "The service is starting"
    assert state.notices == ()


def test_who_only_reviews_sees_what_is_reviewed(place: Workplace) -> None:
    keys = [room.key for room in shell_state(around(place, BEN)).rooms]

    assert keys == ["library", "reviews", "history", "settings"]
    assert len(shell_state(around(place, DAN)).rooms) == 7


def test_rooms_count_what_waits_there(place: Workplace) -> None:
    change = place.open(a_library().with_text(OFFER_TEXT, "Hi!\n")).change
    before = badges(shell_state(around(place, BEN)))
    place.approve(change, BEN, LEGAL)
    place.approve(change, CARA, HR)

    assert before == {"reviews": "1"}
    assert badges(shell_state(around(place, BEN))) == {}
    assert badges(shell_state(around(place, DAN))) == {"publishing": "1"}


@pytest.mark.parametrize(
    ("service", "said", "tone"),
    [
        (ON, "Sending on", Tone.QUIET),
        (replace(ON, is_sending=False), "Sending stopped", Tone.ERROR),
        (
            ServiceState(ServiceStage.AWAY),
            "The service cannot be reached",
            Tone.WARN,
        ),
    ],
)
def test_the_status_bar_says_how_the_service_is(
    place: Workplace, service: ServiceState, said: str, tone: Tone
) -> None:
    state = shell_state(around(place, service=service))

    assert (state.right[-1].text, state.right[-1].tone) == (said, tone)
    assert state.is_reachable == (service.stage is not ServiceStage.AWAY)


@pytest.mark.parametrize(
    ("is_sending", "bold"),
    [(True, "Sending is stopped in part."), (False, "Sending is stopped.")],
)
def test_the_banner_says_whether_all_is_stopped_or_a_part(
    place: Workplace, bold: str, *, is_sending: bool
) -> None:
    stopped = replace(ON, is_sending=is_sending, stops=("wrong salary",))

    state = shell_state(around(place, service=stopped))

    assert (state.notices[0].bold, state.notices[0].plain) == (bold, "wrong salary")


def test_banners_stand_in_their_order(place: Workplace) -> None:
    away = ServiceState(ServiceStage.AWAY, stops=("wrong salary",))
    seen = around(place, service=away)
    assert seen.snapshot is not None
    alarm = Verdict(Code.REF_MOVED, "It was moved.")
    reading = replace(seen.snapshot.reading, alarm=alarm)
    troubled = replace(
        seen, snapshot=replace(seen.snapshot, reading=reading, problem="Torn.")
    )

    state = shell_state(troubled)

    assert [one.key for one in state.notices] == [
        "turn-on",
        "history-alarm",
        "service-away",
        "files",
    ]
    history = next(room for room in state.rooms if room.key == "history")
    assert (history.badge, history.is_alarm) == ("!", True)


def test_the_demo_says_that_it_is_one(place: Workplace) -> None:
    state = shell_state(replace(around(place), is_demo=True))

    assert "Demo" in [part.text for part in state.right]


def test_a_folder_that_is_gone_or_read_only_is_told_with_what_still_works(
    place: Workplace,
) -> None:
    seen = around(place)
    cases = {
        FolderState.GONE: "folder-gone",
        FolderState.READ_ONLY: "folder-read-only",
        FolderState.THERE: "",
    }

    keys = {
        state: [one.key for one in shell_state(replace(seen, folder=state)).notices]
        for state in cases
    }

    assert keys == {state: [key] if key else [] for state, key in cases.items()}
    reading = replace(seen, reader_because="It is open elsewhere.")
    assert shell_state(reading).notices[0].bold == "It is open elsewhere."


def test_what_is_put_off_is_not_counted(place: Workplace) -> None:
    change = place.open(a_library().with_text(OFFER_TEXT, "Hi!\n")).change
    seen = around(place, BEN)

    later = replace(seen, snoozed=frozenset({change}))

    assert badges(shell_state(seen))["reviews"] == "1"
    assert "reviews" not in badges(shell_state(later))
