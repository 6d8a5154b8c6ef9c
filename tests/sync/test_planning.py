"""What journeys want, when, and where the candidate may be."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.journeys.journey import (
    Anchor,
    Condition,
    Day,
    Event,
    Step,
    Trigger,
    Window,
)
from governance.names import FieldName
from sync.candidates.facts import (
    ApplicationSnapshot,
    Consent,
    InterviewState,
    Status,
    Visit,
)
from sync.candidates.remember import remember
from sync.candidates.values import field_values
from sync.planning.happenings import happenings
from sync.planning.intent import Intent
from sync.planning.plan import plan
from sync.planning.windows import is_open, next_open
from sync.planning.zones import possible_zones
from tests.fakes.service import (
    MORNING,
    a_candidate,
    a_journey,
    a_step,
    an_application,
    an_interview,
    withdrawn,
)

ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/London",
        "America/Los_Angeles",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "America/Sao_Paulo",
    )
]
STARTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001 -- made aware
    lambda naive: naive.replace(tzinfo=UTC)
)


def wanted(snapshot: ApplicationSnapshot, *steps: Step) -> tuple[Intent, ...]:
    return plan(snapshot, [a_journey(*steps)], workspace="northwind")


def names(snapshot: ApplicationSnapshot) -> set[str]:
    return {item.event for item in happenings(snapshot)}


def test_a_step_is_due_after_its_delay_and_until_its_deadline() -> None:
    step = a_step(delay=timedelta(hours=2), deadline=timedelta(days=1))

    (intent,) = wanted(an_application(), step)

    entered = MORNING - timedelta(minutes=1)
    assert intent.due_at == entered + timedelta(hours=2)
    assert intent.deadline == entered + timedelta(hours=26)


def test_another_stage_wants_nothing() -> None:
    assert wanted(an_application(stage="offer")) == ()


def test_the_key_names_the_reason_and_nothing_else() -> None:
    (one,) = wanted(an_application())
    (later,) = wanted(an_application(updated_at=MORNING, job_title="Other"))
    (again,) = wanted(an_application(stage_entered_at=MORNING))

    assert one.key == later.key
    assert one.key != again.key
    assert replace(one, workspace="other").key != one.key


def test_who_comes_back_to_a_stage_is_written_to_again() -> None:
    first = an_application()
    left = an_application(stage="offer", stage_entered_at=MORNING, updated_at=MORNING)
    back = an_application(
        stage_entered_at=MORNING + timedelta(days=1),
        updated_at=MORNING + timedelta(days=1),
    )

    known = remember(remember(remember(None, first), left), back)

    assert len({intent.key for intent in wanted(known)}) == 2
    assert known.visits == (
        Visit("interview", MORNING - timedelta(minutes=1), MORNING),
        Visit("offer", MORNING, MORNING + timedelta(days=1)),
        Visit("interview", MORNING + timedelta(days=1)),
    )


def test_an_older_reading_that_comes_late_changes_nothing() -> None:
    old = an_application()
    new = remember(old, withdrawn(old))

    assert remember(new, old) == new


def test_when_somebody_withdrew_is_remembered() -> None:
    first = remember(None, withdrawn(an_application()))
    again = replace(first, status_at=None, updated_at=MORNING + timedelta(days=1))

    assert remember(first, again).status_at == first.status_at


def test_conditions_compare_values_and_kinds() -> None:
    snapshot = an_application(
        interview=an_interview(), values={FieldName("assessment.count"): 1}
    )
    mode, count = FieldName("interview.mode"), FieldName("assessment.count")
    cases = [
        (Condition(mode, ("video", "phone")), 1),
        (Condition(mode, ("on_site",)), 0),
        (Condition(mode, ("video",), is_negated=True), 0),
        (Condition(FieldName("offer.url"), ("x",), is_negated=True), 1),
        (Condition(count, (1,)), 1),
        (Condition(count, (True,)), 0),
    ]

    found = [(case, len(wanted(snapshot, a_step(when=(case,))))) for case, _ in cases]

    assert found == cases


def test_an_anchor_without_its_moment_wants_nothing() -> None:
    anchor = Anchor(FieldName("interview.starts_at"), -timedelta(hours=24))

    assert wanted(an_application(), a_step(at=anchor)) == ()


def test_every_event_has_its_happening() -> None:
    interview = an_interview(first_starts_at=MORNING)
    ending = Consent("talent_pool", MORNING, MORNING + timedelta(days=90))
    busy = an_application(
        interview=interview,
        offer_made_at=MORNING,
        position_filled_at=MORNING,
        erasure_asked_at=MORNING,
        visits=(Visit("applied", MORNING - timedelta(days=1), MORNING),),
        candidate=a_candidate(consents=(ending,)),
    )
    off = an_application(interview=an_interview(state=InterviewState.CANCELLED))
    ended = [an_application(status=status) for status in Status]

    found = names(busy) | names(off)
    for snapshot in ended:
        found |= names(snapshot)

    assert found == set(Event)


def test_a_consent_is_renewed_a_month_before_it_ends() -> None:
    ending = Consent("talent_pool", MORNING, MORNING + timedelta(days=90))
    step = a_step(on=Trigger(Event.CONSENT_EXPIRING))

    (intent,) = wanted(an_application(candidate=a_candidate(consents=(ending,))), step)

    assert intent.due_at == MORNING + timedelta(days=60)


def test_merge_fields_are_what_is_known() -> None:
    snapshot = an_application(
        interview=an_interview(), values={FieldName("job.title"): "Their own title"}
    )

    values = field_values(snapshot)

    assert values[FieldName("candidate.full_name")] == "Maya Fernandes1"
    assert values[FieldName("job.title")] == "Their own title"
    assert values[FieldName("interview.starts_at")] == {
        "at": "2026-11-26T10:00:00+00:00",
        "zone": "Europe/London",
    }
    assert FieldName("interview.location") not in values  # empty is missing


def test_an_interview_on_site_is_told_on_the_clocks_there() -> None:
    values = field_values(an_application(interview=an_interview(mode="on_site")))

    told = values[FieldName("interview.starts_at")]
    assert isinstance(told, dict)
    assert told["zone"] == "Europe/Berlin"


@pytest.mark.parametrize(
    ("zone", "phone", "country", "expected"),
    [
        ("Europe/Berlin", "+14155550100", "US", {"Europe/Berlin"}),
        ("", "+442079460000", "", {"Europe/London"}),
        ("", "", "DE", {"Europe/Berlin", "Europe/Busingen"}),
        ("", "+14155550100", "US", {"America/Los_Angeles"}),
        ("", "", "", set()),
        ("Mars/Olympus", "", "", set()),
        ("", "not a number", "ZZ", set()),
    ],
)
def test_only_what_is_known_narrows_the_zones(
    zone: str, phone: str, country: str, expected: set[str]
) -> None:
    someone = a_candidate(zone=zone, phone=phone, country=country)

    assert possible_zones(someone) == expected


def test_where_hints_contradict_both_count() -> None:
    someone = a_candidate(zone="", phone="+442079460000", country="JP")

    assert possible_zones(someone) == {"Europe/London", "Asia/Tokyo"}


WINDOWS = st.builds(
    Window,
    days=st.frozensets(st.sampled_from(Day), min_size=1),
    opens=st.times(time(0), time(12)),
    closes=st.times(time(16), time.max),
)


@given(window=WINDOWS, zone=st.sampled_from(ZONES), at=STARTS)
def test_the_next_opening_is_open_and_none_was_missed(
    window: Window, zone: ZoneInfo, at: datetime
) -> None:
    opens = next_open(window, [zone], at)

    assert opens is not None
    assert opens >= at
    assert is_open(window, zone, opens)
    # The slow oracle: no quarter of an hour before it is open.
    step, moment = timedelta(minutes=15), at
    while moment < opens:
        assert not is_open(window, zone, moment)
        moment += step


@given(
    window=WINDOWS,
    zones=st.lists(st.sampled_from(ZONES), min_size=2, max_size=4),
    at=STARTS,
)
def test_what_suits_several_zones_suits_each(
    window: Window, zones: list[ZoneInfo], at: datetime
) -> None:
    opens = next_open(window, zones, at)

    if opens is not None:
        assert all(is_open(window, zone, opens) for zone in zones)


def test_a_window_opens_on_the_day_that_the_clocks_change() -> None:
    window = Window(opens=time(2, 30), closes=time(4))
    berlin = ZoneInfo("Europe/Berlin")  # 2026-03-29: 02:00 is followed by 03:00
    midnight = datetime.combine(date(2026, 3, 29), time(0), berlin).astimezone(UTC)

    opens = next_open(window, [berlin], midnight)

    assert opens is not None
    assert opens.astimezone(berlin).time() in {time(3), time(3, 30)}
