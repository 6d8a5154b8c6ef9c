"""From an event to a confirmed message, over a real database."""

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from governance.journeys.journey import Anchor, Cap, Event, Trigger, Window
from governance.names import Channel, FieldName, Locale, TemplateId
from sync.candidates.consent import ConsentRecord, ConsentState, Suppression
from sync.candidates.facts import CandidateId, Consent, InterviewState
from sync.errors import (
    MailerRefusedError,
    MailerUnavailableError,
    StoreUnavailableError,
)
from sync.sending.decision import Reason
from sync.sending.delivery import Delivery, State
from sync.sending.inbox import InboundEvent
from sync.sending.mailer import InDoubt
from sync.sending.stops import Scope
from sync.store.engine import reading
from tests.fakes.service import (
    INVITATION,
    MORNING,
    PARTS,
    FakeMailer,
    Service,
    a_candidate,
    a_journey,
    a_policy,
    a_service,
    a_step,
    an_application,
    an_interview,
    in_doubt,
    withdrawn,
)


def only(service: Service) -> Delivery:
    (delivery,) = service.store.deliveries.list()
    return delivery


def fate(service: Service) -> tuple[State, Reason]:
    return only(service).state, only(service).reason


def test_a_candidate_who_reaches_the_stage_gets_one_message(tmp_path: Path) -> None:
    service = a_service(tmp_path)

    service.tell(an_application())
    service.run()

    assert fate(service) == (State.SENT, Reason.OK)
    assert [message.recipient for message in service.mailer.taken] == [
        "maya1@candidate.example"
    ]


def test_the_same_webhook_twice_is_one_event(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    event = InboundEvent("ats", "e1", an_application().id, "moved", MORNING)

    first = service.store.inbox.receive(event, MORNING)
    second = service.store.inbox.receive(event, MORNING)

    assert (first, second) == (True, False)


def test_a_webhook_and_a_poll_of_the_same_fact_send_once(tmp_path: Path) -> None:
    service = a_service(tmp_path)

    service.tell(an_application())
    service.run()
    service.worker.take.poll("directory")
    service.tell(an_application(updated_at=MORNING))
    service.run()

    assert service.states() == {"sent": 1}
    assert len(service.mailer.taken) == 1


def test_a_new_release_never_sends_twice(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.tell(an_application())
    service.run()

    service.releases.release(INVITATION, {**PARTS, "en/sms.txt": "Other"})
    service.releases.release_journey(a_journey())
    service.tell(an_application(updated_at=MORNING))
    service.run()

    assert service.states() == {"sent": 1}


def test_who_withdrew_gets_nothing_and_the_reason_is_kept(tmp_path: Path) -> None:
    service = a_service(tmp_path)

    service.tell(withdrawn(an_application()))
    service.run()

    assert fate(service) == (State.SKIPPED, Reason.WITHDRAWN)
    assert service.mailer.taken == []


def test_an_unknown_time_zone_holds_until_it_is_known(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    nowhere = an_application(candidate=a_candidate(zone="", phone="", country=""))

    service.tell(nowhere)
    service.run()
    before = fate(service)
    later = MORNING + timedelta(seconds=5)
    service.tell(an_application(updated_at=later))
    service.run()

    assert before == (State.HELD, Reason.ZONE_UNKNOWN)
    assert fate(service) == (State.SENT, Reason.OK)


def test_at_night_it_waits_for_the_morning(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.clock.now = MORNING.replace(hour=23)

    service.tell(an_application())
    service.run()
    held = only(service)
    service.clock.now = MORNING.replace(hour=8) + timedelta(days=1)
    service.run()

    assert (held.state, held.reason) == (State.HELD, Reason.QUIET_HOURS)
    assert held.until == MORNING.replace(hour=8) + timedelta(days=1)
    assert fate(service) == (State.SENT, Reason.OK)


def test_what_comes_too_late_is_not_sent(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.clock.forward(days=3)

    service.tell(an_application())
    service.run()

    assert fate(service) == (State.SKIPPED, Reason.TOO_LATE)


def test_a_stop_holds_and_lifting_it_sends(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    stops = service.store.stops
    stop = stops.set(
        Scope.TEMPLATE, INVITATION, reason="typo", by="ruth@b.example", now=MORNING
    )

    service.tell(an_application())
    service.run()
    before = fate(service)
    stops.lift(stop.id, by="ruth@b.example", now=MORNING)
    service.run()

    assert before == (State.HELD, Reason.STOPPED)
    assert fate(service) == (State.SENT, Reason.OK)
    assert stops.list() == ()


def test_a_stop_set_after_judging_is_still_in_time(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.tell(an_application())
    service.queue.run("event-ats:e1")
    assert service.states() == {"ready": 1}

    service.store.stops.set(Scope.ALL, "", reason="!", by="r@b.example", now=MORNING)
    service.queue.drain()

    assert fate(service) == (State.HELD, Reason.CLAIM_LOST)
    assert service.mailer.taken == []


def test_a_withdrawal_after_judging_is_still_in_time(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.tell(an_application())
    service.queue.run("event-ats:e1")

    service.tell(withdrawn(an_application()))
    service.queue.run("event-ats:e2")
    service.run()

    assert fate(service) == (State.SKIPPED, Reason.WITHDRAWN)
    assert service.mailer.taken == []


def test_a_release_recalled_after_judging_is_not_sent(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.tell(an_application())
    service.queue.run("event-ats:e1")

    service.releases.recall(INVITATION)
    service.run()
    service.run()

    assert fate(service) == (State.HELD, Reason.CANNOT_RENDER)
    service.clock.forward(minutes=16)
    service.run()
    assert fate(service) == (State.HELD, Reason.NOT_VERIFIED)
    assert service.mailer.taken == []


def test_a_rollback_after_judging_sends_the_older_text(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.tell(an_application())
    service.queue.run("event-ats:e1")

    service.releases.release(INVITATION, {**PARTS, "en/subject.txt": "The older"})
    service.run()

    assert fate(service) == (State.SENT, Reason.OK)
    assert only(service).version == 2
    assert b"Subject: The older\r\n" in service.mailer.taken[0].body


def test_a_suppression_and_a_withdrawn_consent_skip(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    people = service.store.candidates
    people.suppress(Suppression(CandidateId("c1"), "bounced", MORNING, "email"))
    people.record_consent(
        ConsentRecord(
            CandidateId("c2"), "email", ConsentState.WITHDRAWN, MORNING, "reply"
        )
    )

    service.tell(an_application(1))
    service.tell(an_application(2))
    service.run()

    assert {item.reason for item in service.store.deliveries.list()} == {
        Reason.SUPPRESSED,
        Reason.NO_CONSENT,
    }


def test_a_text_message_needs_a_consent_of_its_own(tmp_path: Path) -> None:
    journey = a_journey(a_step(channel=Channel.SMS))
    service = a_service(tmp_path, journey=journey)
    agreed = a_candidate(2, consents=(Consent("sms", MORNING),))

    service.tell(an_application(1))
    service.tell(an_application(2, candidate=agreed))
    service.run()

    assert {
        item.intent.candidate: item.reason for item in service.store.deliveries.list()
    } == {"c1": Reason.NO_CONSENT, "c2": Reason.OK}
    assert service.mailer.taken[0].body == b"Hello"


def test_one_candidate_gets_one_message_at_a_time_and_not_too_many(
    tmp_path: Path,
) -> None:
    cap = Cap(2, timedelta(days=1))
    steps = [a_step(id=f"s{number}") for number in range(3)]
    service = a_service(tmp_path, journey=a_journey(*steps), policy=a_policy(cap=cap))

    service.tell(an_application())
    service.queue.drain()
    after_one = service.states()
    service.run()
    service.run()

    assert after_one == {"sent": 1, "planned": 2}
    assert service.states() == {"sent": 2, "held": 1}
    held = service.store.deliveries.list(state=State.HELD)
    assert held[0].reason is Reason.TOO_MANY
    assert held[0].until == MORNING + timedelta(days=1)


def test_a_reminder_follows_the_interview_that_is_moved(tmp_path: Path) -> None:
    step = a_step(
        on=Trigger(Event.INTERVIEW_SCHEDULED),
        at=Anchor(FieldName("interview.starts_at"), -timedelta(hours=24)),
    )
    service = a_service(tmp_path, journey=a_journey(step))
    service.tell(an_application(interview=an_interview()))
    service.run()
    moved = an_interview(starts_at=MORNING + timedelta(days=4))

    service.tell(an_application(interview=moved, updated_at=MORNING))
    service.run()
    service.clock.forward(days=1)
    service.run()
    service.clock.forward(days=2)
    service.run()

    found = {item.intent.due_at: item for item in service.store.deliveries.list()}
    gone, kept = (found[key] for key in sorted(found))
    assert (gone.state, gone.reason) == (State.SKIPPED, Reason.NOT_PLANNED_ANY_MORE)
    assert (kept.state, kept.sent_at) == (State.SENT, MORNING + timedelta(days=3))


def test_a_cancelled_interview_is_not_reminded_of(tmp_path: Path) -> None:
    step = a_step(
        on=Trigger(Event.INTERVIEW_SCHEDULED),
        at=Anchor(FieldName("interview.starts_at"), -timedelta(hours=24)),
    )
    service = a_service(tmp_path, journey=a_journey(step))
    service.tell(an_application(interview=an_interview()))
    service.run()

    off = an_interview(state=InterviewState.CANCELLED)
    service.tell(an_application(interview=off, updated_at=MORNING))
    service.clock.forward(days=1)
    service.run()

    assert fate(service) == (State.SKIPPED, Reason.NOT_PLANNED_ANY_MORE)


def test_a_provider_that_is_away_is_tried_again(tmp_path: Path) -> None:
    mailer = FakeMailer(trouble=[MailerUnavailableError("away")])
    service = a_service(tmp_path, mailer=mailer)

    service.tell(an_application())
    service.run()
    before = fate(service)
    service.clock.forward(minutes=1)
    service.run()

    assert before == (State.HELD, Reason.MAILER_AWAY)
    assert fate(service) == (State.SENT, Reason.OK)
    tries = service.store.deliveries.attempts(only(service).id)
    assert [attempt.outcome for attempt in tries] == ["unavailable", "sent"]


def test_a_message_that_is_refused_has_failed(tmp_path: Path) -> None:
    mailer = FakeMailer(trouble=[MailerRefusedError("no such user")])
    service = a_service(tmp_path, mailer=mailer)

    service.tell(an_application())
    service.run()

    assert fate(service) == (State.FAILED, Reason.MAILER_REFUSED)
    assert service.store.deliveries.attestation(only(service).id) is None


@pytest.mark.parametrize("is_taken", [True, False])
@pytest.mark.parametrize("way", [InDoubt.LOOKUP, InDoubt.IDEMPOTENT])
def test_a_doubt_is_resolved_by_what_the_provider_can_do(
    tmp_path: Path, way: InDoubt, *, is_taken: bool
) -> None:
    mailer = FakeMailer(way, trouble=[in_doubt()], is_taken=is_taken)
    service = a_service(tmp_path, mailer=mailer)

    service.tell(an_application())
    service.queue.drain()
    before = fate(service)
    service.run()
    service.clock.forward(seconds=6)
    service.run()

    assert before == (State.IN_DOUBT, Reason.IN_DOUBT)
    assert only(service).state is State.SENT
    assert len(mailer.taken) == 1
    assert service.store.deliveries.attestation(only(service).id) is not None


def test_a_look_up_waits_until_a_message_must_have_arrived(tmp_path: Path) -> None:
    mailer = FakeMailer(trouble=[in_doubt()], settles_after=30)
    service = a_service(tmp_path, mailer=mailer)

    service.tell(an_application())
    service.run()
    service.clock.forward(seconds=29)
    service.run()

    assert fate(service) == (State.IN_DOUBT, Reason.IN_DOUBT)
    assert mailer.taken == []


def test_a_provider_that_cannot_be_asked_now_is_asked_later(tmp_path: Path) -> None:
    mailer = FakeMailer(trouble=[in_doubt()], is_taken=True, can_be_asked=False)
    service = a_service(tmp_path, mailer=mailer)
    service.tell(an_application())
    service.run()
    service.clock.forward(seconds=6)
    service.run()
    before = fate(service)

    mailer.can_be_asked = True
    service.clock.forward(seconds=31)
    service.run()

    assert before == (State.IN_DOUBT, Reason.IN_DOUBT)
    assert fate(service) == (State.SENT, Reason.FOUND_AT_PROVIDER)
    assert len(mailer.taken) == 1


@pytest.mark.parametrize("was_sent", [True, False])
def test_where_nobody_can_know_a_person_decides(
    tmp_path: Path, *, was_sent: bool
) -> None:
    mailer = FakeMailer(InDoubt.HOLD, trouble=[in_doubt()], is_taken=was_sent)
    service = a_service(tmp_path, mailer=mailer)
    service.tell(an_application())
    service.run()
    service.clock.forward(days=1)
    service.run()
    assert fate(service) == (State.IN_DOUBT, Reason.PERSON_DECIDES)

    decided = service.worker.resolve.decide(
        only(service), was_sent=was_sent, by="ruth@northwind.example"
    )
    service.run()

    assert decided
    assert only(service).state is State.SENT
    assert len(mailer.taken) == 1


def test_the_ats_that_is_away_is_read_later(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.directory.is_away = True
    service.tell(an_application())
    service.run()
    before = service.states()

    service.directory.is_away = False
    service.clock.forward(seconds=5)
    service.run()

    assert before == {}
    assert fate(service) == (State.SENT, Reason.OK)


def test_an_event_about_nobody_is_closed(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    event = InboundEvent("ats", "e1", an_application(9).id, "moved", MORNING)
    service.store.inbox.receive(event, MORNING)

    service.run()

    assert service.store.inbox.event("ats:e1") is None
    assert service.states() == {}


def test_a_language_that_is_missing_holds_and_english_serves_others(
    tmp_path: Path,
) -> None:
    service = a_service(tmp_path)
    french = a_candidate(locale=Locale("fr"))

    service.tell(an_application(candidate=french))
    service.run()

    assert fate(service) == (State.SENT, Reason.OK)
    assert b"Content-Language: en\r\n" in service.mailer.taken[0].body


def test_a_template_that_was_never_released_is_held_with_its_code(
    tmp_path: Path,
) -> None:
    journey = a_journey(a_step(template=TemplateId("unheard-of")))
    service = a_service(tmp_path, journey=journey)

    service.tell(an_application())
    service.run()

    assert fate(service) == (State.HELD, Reason.NOT_VERIFIED)
    (judged,) = service.store.deliveries.rounds(only(service).id)
    details = {decision.detail for decision in judged.decisions}
    assert "NOT_RELEASED" in details


def test_a_hold_that_does_not_change_is_recorded_once(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.tell(an_application(candidate=a_candidate(zone="", phone="", country="")))

    for _minute in range(5):
        service.run()
        service.clock.forward(minutes=2)

    assert len(service.store.deliveries.rounds(only(service).id)) == 1


def test_a_silent_remote_holds_everything(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.releases.go_silent(MORNING - timedelta(hours=2))

    service.tell(an_application())
    service.run()

    assert fate(service) == (State.HELD, Reason.REMOTE_SILENT)


def test_a_clock_that_jumped_back_holds_until_a_person_believes_it(
    tmp_path: Path,
) -> None:
    service = a_service(tmp_path)
    service.clock.forward(hours=2)
    service.worker.beat()
    service.clock.forward(hours=-2)

    service.tell(an_application())
    service.run()
    before = fate(service)
    service.store.upkeep.accept_clock(service.clock())
    service.run()

    assert before == (State.HELD, Reason.CLOCK_WENT_BACK)
    assert fate(service) == (State.SENT, Reason.OK)


def test_the_throttle_spaces_messages_out(tmp_path: Path) -> None:
    policy = a_policy()
    slow = replace(policy.routes[Channel.EMAIL], rate=2.0, burst=1)
    service = a_service(tmp_path, policy=replace(policy, routes={Channel.EMAIL: slow}))
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        service.clock.forward(seconds=seconds)

    object.__setattr__(service.worker.send, "pause", pause)
    for number in range(3):
        service.tell(an_application(number))
    service.run()

    assert service.states() == {"sent": 3}
    assert pauses == [0.5, 0.5]


def test_the_daily_budget_of_a_route_holds_the_rest(tmp_path: Path) -> None:
    policy = a_policy()
    small = replace(policy.routes[Channel.EMAIL], per_day=1)
    service = a_service(tmp_path, policy=replace(policy, routes={Channel.EMAIL: small}))

    for number in range(2):
        service.tell(an_application(number))
        service.run()

    assert service.states() == {"sent": 1, "held": 1}
    assert service.store.deliveries.list(state=State.HELD)[0].reason is Reason.NO_BUDGET


def test_a_window_of_no_hours_in_common_holds(tmp_path: Path) -> None:
    narrow = Window(opens=MORNING.time(), closes=MORNING.replace(hour=11).time())
    service = a_service(tmp_path, journey=a_journey(a_step(window=narrow)))
    somewhere = a_candidate(zone="", phone="", country="RU")

    service.tell(an_application(candidate=somewhere))
    service.run()

    assert fate(service) == (State.HELD, Reason.NO_COMMON_HOURS)


def test_erasing_ends_contact_and_keeps_the_proof(tmp_path: Path) -> None:
    steps = (a_step(), a_step(id="later", delay=timedelta(days=1)))
    service = a_service(tmp_path, journey=a_journey(*steps))
    service.tell(an_application())
    service.run()
    sent, waiting = service.store.deliveries.list()
    if sent.state is not State.SENT:
        sent, waiting = waiting, sent

    service.store.candidates.erase(CandidateId("c1"), MORNING)
    service.tell(an_application(updated_at=MORNING + timedelta(hours=1)))
    service.clock.forward(days=1)
    service.run()

    assert service.store.deliveries.find(waiting.id).reason is Reason.ERASED
    assert service.store.outbox.parcel(sent) is None
    assert service.store.candidates.find("maya1@candidate.example") is None
    assert service.store.deliveries.attestation(sent.id) is not None
    assert len(service.mailer.taken) == 1


def test_no_row_of_the_database_shows_a_name_or_an_address(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.tell(an_application(interview=an_interview()))
    service.run()
    service.store.close()

    files = [path for path in tmp_path.iterdir() if "service.sqlite" in path.name]
    content = b"".join(path.read_bytes() for path in files)

    secrets = (b"Maya", b"Fernandes1", b"maya1@", b"candidate.example", b"2079460000")
    assert b"interview-invitation" in content
    assert [secret for secret in secrets if secret in content] == []


def test_a_window_that_never_closes_needs_no_time_zone(tmp_path: Path) -> None:
    always = Window(opens=time(0), closes=time.max)
    service = a_service(tmp_path, journey=a_journey(a_step(window=always)))
    service.clock.now = MORNING.replace(hour=23)

    service.tell(an_application(candidate=a_candidate(zone="", phone="", country="")))
    service.run()

    assert fate(service) == (State.SENT, Reason.OK)


def test_an_answer_that_is_nonsense_holds_up_nobody_else(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    broken = an_application(1, interview="nonsense")
    service.directory.put(broken)
    event = InboundEvent("ats", "e0", broken.id, "moved", MORNING)
    service.store.inbox.receive(event, MORNING)
    service.queue.forget()

    service.tell(an_application(2))
    service.run()

    assert service.states() == {"sent": 1}
    waiting = service.store.inbox.event("ats:e0")
    assert waiting is not None
    assert waiting.attempts == 1


def test_no_error_of_the_database_shows_what_was_written(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    query = sa.text("SELECT * FROM nowhere WHERE name = :name")

    with (
        pytest.raises(StoreUnavailableError) as caught,
        reading(service.store.engine) as connection,
    ):
        connection.execute(query, {"name": "Maya"})

    assert "Maya" not in f"{caught.value} {caught.value.__cause__}"


def test_a_rehearsal_says_what_would_be_decided_and_writes_nothing(
    tmp_path: Path,
) -> None:
    later = a_step(delay=timedelta(hours=13))
    service = a_service(tmp_path, journey=a_journey(later))
    service.tell(an_application())
    service.run()
    due = only(service).intent.due_at

    at_night = service.worker.dispatch.rehearse(due)
    by_day = service.worker.dispatch.rehearse(due + timedelta(hours=12))

    assert [item.judgement.deciding.reason for item in at_night] == [Reason.QUIET_HOURS]
    assert [item.judgement.deciding.reason for item in by_day] == [Reason.OK]
    assert fate(service) == (State.PLANNED, Reason.OK)
    assert service.store.deliveries.rounds(only(service).id) == ()


@pytest.mark.parametrize(
    ("scope", "subject", "is_stopped"),
    [
        (Scope.ALL, "", True),
        (Scope.TEMPLATE, INVITATION, True),
        (Scope.TEMPLATE, "offer", False),
        (Scope.JOURNEY, "interview", True),
        (Scope.JOURNEY, "offer", False),
        (Scope.CHANNEL, "email", True),
        (Scope.CHANNEL, "sms", False),
        (Scope.CANDIDATE, "c1", True),
        (Scope.CANDIDATE, "c2", False),
    ],
)
def test_a_claim_minds_the_stops_that_a_gate_minds(
    tmp_path: Path, scope: Scope, subject: str, *, is_stopped: bool
) -> None:
    service = a_service(tmp_path)
    service.tell(an_application())
    service.queue.run("event-ats:e1")

    stop = service.store.stops.set(
        scope, subject, reason="!", by="r@b.example", now=MORNING
    )
    service.queue.drain()

    assert stop.holds(only(service).intent) == is_stopped
    assert (only(service).state is State.SENT) != is_stopped


def test_an_ats_that_is_in_use_is_connected_without_a_flood(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    earlier = MORNING - timedelta(hours=3)

    service.directory.put(an_application(1, stage_entered_at=earlier))
    service.directory.put(an_application(2))
    service.run()

    assert {
        item.intent.application: item.reason for item in service.store.deliveries.list()
    } == {"a1": Reason.BEFORE_US, "a2": Reason.OK}
    assert len(service.mailer.taken) == 1
