"""Going back, going fast, and stopping."""

from datetime import timedelta

import pytest

from governance.approval.candidate import Candidate
from governance.approval.verdict import Code
from governance.approval.verify import verify
from governance.changes.comment_on_change import Remark, comment_on_change
from governance.changes.delta import delta
from governance.changes.draft import Draft
from governance.changes.emergency import JoinEmergency, ask_for_emergency
from governance.changes.open_change import OpenChange
from governance.changes.recall import recall, release_hold, set_hold
from governance.changes.reject_change import reject_change
from governance.changes.waivers import waive_finding
from governance.changes.withdraw_change import withdraw_approval, withdraw_change
from governance.errors import (
    ChecksDifferError,
    ChecksFailedError,
    ConflictError,
    NotEntitledError,
    NotVerifiedError,
    StaleChangeError,
)
from governance.ledger.seen import Seen
from governance.ledger.state import LedgerState, Stage
from governance.names import ChangeId, SubjectName
from governance.people.revoke_key import revoke_key
from governance.standards.finding import Finding, Severity
from governance.trust.canonical import digest
from tests.fakes.library import (
    FOOTER,
    INVITE_SUBJECT,
    JOURNEY,
    JOURNEY_SUBJECT,
    OFFER_SUBJECT,
    OFFER_TABLE,
    OFFER_TEXT,
    a_library,
)
from tests.fakes.make import ANA, BEN, CARA, DAN, HR, LEGAL, MANAGER, NOON
from tests.fakes.progress import Noted
from tests.fakes.workplace import Workplace, as_, in_memory

FIRST = a_library().with_text(OFFER_TEXT, "One!\n")
SECOND = a_library().with_text(OFFER_TEXT, "Two!\n")
ERROR = Finding("x.y", Severity.ERROR, "Bad.", "a", line=3, match="bad")


@pytest.fixture
def place() -> Workplace:
    return in_memory()


@pytest.fixture
def released(place: Workplace) -> Workplace:
    place.agree_and_release(FIRST)
    place.agree_and_release(SECOND)
    return place


def code_of(state: LedgerState, subject: SubjectName = OFFER_SUBJECT) -> Code:
    version = state.current(subject)
    assert version is not None
    candidate = Candidate(subject, version.closure, version.compiled)
    return verify(state, candidate, now=NOON).code


# ------------------------------------------------------------------------- going back


def test_an_earlier_version_comes_back_under_a_new_number(
    released: Workplace,
) -> None:
    reading = released.roll_back(OFFER_SUBJECT, 1)

    version = reading.state.current(OFFER_SUBJECT)
    assert version is not None
    assert (version.number, version.of) == (3, 1)
    assert released.repository.sources(reading.main) == FIRST
    parts = released.releases.compiled(reading.tip, OFFER_SUBJECT, 3)
    assert parts == released.releases.compiled(reading.tip, OFFER_SUBJECT, 1)
    assert reading.refs.tags["release/offer-accepted/v3"] == reading.main
    assert reading.alarm is None
    assert code_of(reading.state) is Code.VERIFIED


def test_a_rollback_keeps_what_others_released_since(released: Workplace) -> None:
    other = SECOND.with_text("samples/new.toml", a_library().read("samples/maya.toml"))
    released.agree_and_release(other)

    reading = released.roll_back(OFFER_SUBJECT, 1)

    assert released.repository.sources(reading.main) == other.with_text(
        OFFER_TEXT, "One!\n"
    )


def test_a_partial_that_nobody_else_uses_goes_back_too(place: Workplace) -> None:
    email = "templates/offer/offer-accepted/en/email.html"
    own = '<html><body>{% include "partials/own.html" %}</body></html>\n'
    first = a_library().with_text(email, own).with_text("partials/own.html", "1\n")
    place.agree_and_release(first)
    place.agree_and_release(first.with_text("partials/own.html", "2\n"))

    reading = place.roll_back(OFFER_SUBJECT, 1)

    assert place.repository.sources(reading.main) == first


def test_a_partial_that_others_use_does_not_go_back(place: Workplace) -> None:
    place.agree_and_release(FIRST)
    place.agree_and_release(FIRST.with_text(FOOTER, "<p>Other</p>\n"))
    before = place.ledger.tip(), place.main

    with pytest.raises(ConflictError, match=r"partials/footer\.html .*interview-inv"):
        place.roll_back(OFFER_SUBJECT, 1)

    assert (place.ledger.tip(), place.main) == before


def test_a_merge_field_that_others_use_does_not_go_back(place: Workplace) -> None:
    first = a_library().with_text(OFFER_TEXT, "{{ candidate.first_name }}!\n")
    place.agree_and_release(first)
    fields = first.read("fields.toml").replace("Their name.", "Other.")
    place.agree_and_release(first.with_text("fields.toml", fields))

    with pytest.raises(ConflictError, match=r"fields\.toml#candidate\.first_name"):
        place.roll_back(OFFER_SUBJECT, 1)


def test_a_journey_goes_back(place: Workplace) -> None:
    text = a_library().read(JOURNEY)
    first = a_library().with_text(JOURNEY, text.replace("entered", "left"))
    place.agree_and_release(first)
    place.agree_and_release(a_library())

    reading = place.roll_back(JOURNEY_SUBJECT, 1)

    assert place.repository.sources(reading.main) == first
    assert code_of(reading.state, JOURNEY_SUBJECT) is Code.VERIFIED


@pytest.mark.parametrize(("to", "code"), [(1, "WITHDRAWN"), (7, "NOT_RELEASED")])
def test_what_may_not_come_back_does_not(
    released: Workplace, to: int, code: str
) -> None:
    recall(released.desk, OFFER_SUBJECT, 1, "A wrong promise.", as_(BEN))

    with pytest.raises(NotVerifiedError) as caught:
        released.roll_back(OFFER_SUBJECT, to)

    assert caught.value.code == code


def test_only_who_may_rolls_back(released: Workplace) -> None:
    with pytest.raises(NotEntitledError):
        released.roll_back(OFFER_SUBJECT, 1, by=BEN)


# --------------------------------------------------------------------------- stopping


def test_a_recalled_version_goes_out_no_more(released: Workplace) -> None:
    reading = recall(released.desk, OFFER_SUBJECT, 2, "A wrong promise.", as_(BEN))

    assert code_of(reading.state) is Code.WITHDRAWN
    assert code_of(released.roll_back(OFFER_SUBJECT, 1).state) is Code.VERIFIED


def test_a_hold_holds_until_it_is_released(released: Workplace) -> None:
    reading = set_hold(released.desk, OFFER_SUBJECT, LEGAL, "A complaint.", as_(BEN))
    hold = reading.state.holds[OFFER_SUBJECT][0].position
    assert code_of(reading.state) is Code.HELD

    rolled = released.roll_back(OFFER_SUBJECT, 1)
    after = release_hold(released.desk, OFFER_SUBJECT, hold, "Settled.", as_(BEN))

    assert code_of(rolled.state) is Code.HELD
    assert code_of(after.state) is Code.VERIFIED


def test_what_was_closed_is_judged_again_when_a_key_was_stolen(
    released: Workplace,
) -> None:
    before = {row.verdict.code for row in released.read().changes.values()}
    key = released.vault.unlock(ANA, "ana")
    stolen = released.vault.unlock(BEN, "ben").public.fingerprint
    since = released.reader.book.open().state.keys[stolen].since

    revoke_key(
        released.reader.book, BEN, stolen, "Stolen.", key=key, now=NOON, since=since
    )

    after = {row.verdict.code for row in released.read().changes.values()}
    assert before == {Code.VERIFIED}
    assert after == {Code.BAD_SIGNATURE}


# ------------------------------------------------------------------------- going fast


def test_two_people_publish_in_an_emergency_and_the_review_follows(
    place: Workplace,
) -> None:
    change = place.open(FIRST).change
    ask_for_emergency(place.desk, change, "A wrong date.", as_(DAN), incident="7")

    join = JoinEmergency(place.desk)
    reading = join(change, LEGAL, as_(BEN), Noted())

    assert reading.changes[change].change.stage is Stage.EMERGENCY
    assert code_of(reading.state) is Code.VERIFIED
    assert place.repository.sources(reading.main) == FIRST
    late = NOON + timedelta(days=6)
    version = reading.state.current(OFFER_SUBJECT)
    assert version is not None
    candidate = Candidate(OFFER_SUBJECT, version.closure, version.compiled)
    assert verify(reading.state, candidate, now=late).code is Code.EMERGENCY_OVERDUE
    place.approve(change, BEN, LEGAL)
    reviewed = place.approve(change, CARA, HR)
    assert verify(reviewed.state, candidate, now=late).code is Code.VERIFIED


def test_nobody_is_both_people_of_an_emergency(place: Workplace) -> None:
    change = place.open(FIRST).change
    ask_for_emergency(place.desk, change, "A wrong date.", as_(DAN))

    with pytest.raises(NotEntitledError):
        JoinEmergency(place.desk)(change, MANAGER, as_(DAN), Noted())


def test_an_emergency_that_nobody_asked_for_or_long_ago_is_none(
    place: Workplace,
) -> None:
    change = place.open(FIRST).change
    join = JoinEmergency(place.desk)

    with pytest.raises(StaleChangeError):
        join(change, LEGAL, as_(BEN), Noted())
    ask_for_emergency(place.desk, change, "A wrong date.", as_(DAN))
    place.watch.now = NOON + timedelta(days=4)
    with pytest.raises(NotVerifiedError) as caught:
        join(change, LEGAL, as_(BEN), Noted())

    assert caught.value.code == "EMERGENCY_OVERDUE"
    assert place.read().state.versions == {}


# ---------------------------------------------------------------- what is said of it


def test_a_no_ends_every_yes_until_a_revision(place: Workplace) -> None:
    change = place.open(FIRST).change
    place.approve(change, CARA, HR)

    reading = reject_change(place.desk, change, LEGAL, "Too cold.", as_(BEN))
    again = place.revise(change, SECOND).reading

    assert reading.changes[change].change.stage is Stage.REJECTED
    assert again.changes[change].change.stage is Stage.OPEN
    assert again.changes[change].change.approvals == ()


def test_a_change_given_up_cannot_be_released(place: Workplace) -> None:
    change = place.open(FIRST).change

    reading = withdraw_change(place.desk, change, "Not needed.", as_(ANA))

    assert reading.changes[change].change.stage is Stage.WITHDRAWN
    with pytest.raises(StaleChangeError):
        place.release(change)


def test_an_approval_taken_back_does_not_count(place: Workplace) -> None:
    change = place.open(FIRST).change
    place.approve(change, BEN, LEGAL)

    reading = withdraw_approval(place.desk, change, "I misread it.", as_(BEN))

    assert dict(reading.changes[change].tally.missing) == {LEGAL: 1, HR: 1}


def test_a_question_wants_an_answer_before_the_release(place: Workplace) -> None:
    change = place.open(FIRST).change
    asked = comment_on_change(
        place.desk, change, Remark("Is that so?", must_answer=True), as_(BEN)
    )
    place.approve(change, BEN, LEGAL)
    place.approve(change, CARA, HR)
    position = asked.changes[change].change.comments[0].position

    with pytest.raises(NotVerifiedError, match="Is that so") as caught:
        place.release(change)
    comment_on_change(place.desk, change, Remark("Yes.", answers=position), as_(ANA))
    place.release(change)

    assert caught.value.code == "COMMENT_UNANSWERED"


def test_an_error_goes_out_only_if_a_reviewer_waives_it(place: Workplace) -> None:
    place.checker.findings.append(ERROR)
    draft = Draft("T", "R", FIRST, place.main, accepts_errors=True)
    change = OpenChange(place.desk, place.builder)(draft, as_(ANA), Noted()).change
    agree(place, change)

    with pytest.raises(ChecksFailedError, match="a, line 3: Bad"):
        place.release(change)
    until = NOON + timedelta(days=1)
    waive_finding(place.desk, change, ERROR, "A name.", until, role=LEGAL, who=as_(BEN))
    reading = place.release(change)

    assert reading.changes[change].change.proposal.errors == 1
    assert code_of(reading.state) is Code.VERIFIED


def agree(place: Workplace, change: ChangeId) -> None:
    place.approve(change, BEN, LEGAL)
    place.approve(change, CARA, HR)


def test_who_approves_counts_the_errors_again(place: Workplace) -> None:
    change = place.open(FIRST).change
    place.checker.findings.append(ERROR)  # the author's program found none
    length = place.read().state.length

    with pytest.raises(ChecksDifferError, match="found 0 errors, and yours 1"):
        place.approve(change, BEN, LEGAL)

    assert place.read().state.length == length


def test_a_longer_ledger_that_another_process_saw_is_no_alarm(
    place: Workplace,
) -> None:
    state = place.reader.book.open().state
    change = place.open(FIRST).change  # and another process remembers it
    assert place.last_seen.last() is not None

    place.reader.require_sound(state)

    assert change in place.read().changes


def test_a_ledger_that_went_back_is_an_alarm_all_the_same(place: Workplace) -> None:
    state = place.reader.book.open().state
    place.last_seen.remember(
        Seen(length=state.length + 1, head=digest(b"gone"), root=state.root)
    )

    with pytest.raises(NotVerifiedError, match="LEDGER_REWOUND"):
        place.reader.require_sound(state)


# ------------------------------------------------------------------ what is to be read


def test_who_has_read_nothing_sees_all(place: Workplace) -> None:
    change = place.open(FIRST).change

    seen = delta(place.reader, place.read().state, change, BEN)

    assert (seen.paths, seen.subjects) == ((OFFER_TEXT,), (OFFER_SUBJECT,))
    assert (seen.before, seen.after) == (a_library(), FIRST)


def test_who_approved_sees_only_what_came_since(place: Workplace) -> None:
    both = FIRST.with_text(FOOTER, "<p>Other</p>\n")
    change = place.open(both).change
    place.approve(change, BEN, LEGAL)
    table = both.read(OFFER_TABLE).replace('tone = "warm"', 'tone = "formal"')
    place.revise(change, both.with_text(OFFER_TABLE, table))

    ben = delta(place.reader, place.read().state, change, BEN)
    cara = delta(place.reader, place.read().state, change, CARA)

    assert (ben.paths, ben.subjects) == ((OFFER_TABLE,), (OFFER_SUBJECT,))
    assert cara.subjects == (INVITE_SUBJECT, OFFER_SUBJECT)
    assert set(cara.paths) == {OFFER_TABLE, OFFER_TEXT, FOOTER}
