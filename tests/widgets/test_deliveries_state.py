from datetime import timedelta

from msgspec.structs import replace

from sync.api.deliveries import State
from sync.sending.decision import Gate, Reason, Verdict
from tests.fakes.outbox import NOW, a_box, a_detail, a_person, a_round, a_row, a_stop
from widgets.deliveries.inspected_state import inspected
from widgets.deliveries.listed_state import (
    ATTENTION,
    EVERYTHING,
    FAILED,
    HELD,
    Filters,
    number,
)
from widgets.deliveries.state import deliveries_state
from widgets.outbox.state import Outbox

DOUBT = a_row(1, State.IN_DOUBT, reason=Reason.PERSON_DECIDES)
BROKEN = a_row(2, State.FAILED, reason=Reason.MAILER_REFUSED)
WAITING = a_row(3, State.HELD, reason=Reason.ZONE_UNKNOWN)
DUE = a_row(4, State.PLANNED, due_at=NOW + timedelta(minutes=4))
DONE = a_row(5)
LATER = a_row(6, State.PLANNED, due_at=NOW + timedelta(days=4))
NOT = a_row(7, State.SKIPPED, reason=Reason.WITHDRAWN)
ALL = (NOT, LATER, DONE, DUE, WAITING, BROKEN, DOUBT)


def test_messages_stand_in_the_order_of_need() -> None:
    state = deliveries_state(a_box(*ALL), Filters())

    assert [row.group for row in state.table.rows] == [
        "In doubt",
        "Failed",
        "Held",
        "Due within an hour",
        "Sent",
        "Planned for later",
        "Not sent",
    ]
    assert state.selected == DOUBT.id


def test_the_five_counts_say_what_they_count() -> None:
    state = deliveries_state(a_box(*ALL), Filters())

    assert [(one.title, one.number, one.under) for one in state.counts] == [
        ("Sent today", "1", "last at 12:32"),
        ("Due soon", "1", "next at 12:45"),
        ("Held", "1", ""),
        ("In doubt", "1", "needs a person"),
        ("Failed", "1", "in the last 7 days"),
    ]


def test_a_count_filters_and_says_that_it_does() -> None:
    state = deliveries_state(a_box(*ALL), Filters(show=HELD))

    assert [row.key for row in state.table.rows] == [WAITING.id]
    assert [one.key for one in state.counts if one.is_chosen] == [HELD]


def test_what_needs_attention_leaves_out_what_is_done() -> None:
    state = deliveries_state(a_box(*ALL), Filters(show=ATTENTION))

    keys = {row.key for row in state.table.rows}
    assert keys == {DOUBT.id, BROKEN.id, WAITING.id, DUE.id}


def test_no_row_says_held_alone() -> None:
    state = deliveries_state(a_box(*ALL), Filters(show=HELD))

    reason = state.table.rows[0].cells[-1]
    assert reason.text == "Nobody knows the candidate's time zone."
    assert reason.second == "Waits until the time zone is in the ATS."
    assert reason.text in state.table.rows[0].sentence


def test_the_search_finds_names_templates_and_numbers() -> None:
    box = a_box(*ALL, people=(a_person(5),))

    for words in ("maya okonkwo5", "invitation app-005", DONE.message_id):
        state = deliveries_state(box, Filters(words=words))
        assert [row.key for row in state.table.rows] == [DONE.id]


def test_yesterday_s_messages_come_with_the_week() -> None:
    old = a_row(8, sent_at=NOW - timedelta(days=2))

    assert not deliveries_state(a_box(old), Filters()).table.rows
    assert deliveries_state(a_box(old), Filters(span="week")).table.rows


def test_a_failure_stays_for_a_week() -> None:
    old = replace(BROKEN, due_at=NOW - timedelta(days=6))
    ancient = replace(BROKEN, id="01" + "9" * 24, due_at=NOW - timedelta(days=8))

    state = deliveries_state(a_box(old, ancient), Filters(show=FAILED))

    assert [row.key for row in state.table.rows] == [old.id]
    assert state.counts[-1].number == "1"


def test_outside_of_the_demo_candidates_have_numbers() -> None:
    cell = deliveries_state(a_box(DONE), Filters()).table.rows[0].cells[1]

    assert (cell.text, cell.second) == ("cand-005", "app-005")


def test_nothing_known_yet_is_no_nothing() -> None:
    state = deliveries_state(Outbox(None, NOW), Filters())

    assert {one.number for one in state.counts} == {"–"}
    assert state.empty is not None
    assert state.empty.bold == "Asking the service what was sent …"


def test_offline_says_so_and_that_nothing_is_lost() -> None:
    state = deliveries_state(Outbox(None, NOW, is_there=False), Filters())

    assert state.empty is not None
    assert "nothing is lost" in state.empty.plain
    assert state.sending.why_not == "The service cannot be reached."
    assert state.live == "Not live: the service cannot be reached"


def test_filters_that_hide_everything_offer_to_go() -> None:
    state = deliveries_state(a_box(DONE), Filters(words="nobody"))

    assert state.empty is not None
    assert state.empty.bold == "Nothing matches “nobody”."
    assert state.empty.key == "clear"


def test_an_empty_outbox_leads_to_the_candidates() -> None:
    state = deliveries_state(a_box(), Filters())

    assert state.empty is not None
    assert state.empty.key == "candidates"


def test_a_stop_is_said_with_its_reason() -> None:
    state = deliveries_state(a_box(stops=(a_stop(),)), Filters())

    assert not state.sending.is_on
    assert state.sending.words == "Sending is stopped"
    assert state.sending.under == "wrong salary"


def test_who_may_not_turn_on_reads_who_may() -> None:
    box = a_box(stops=(a_stop(),), may_release=False)

    state = deliveries_state(box, Filters())

    assert state.sending.why_not == "Only who releases may do this: Ruth Okafor."


def test_a_message_in_doubt_asks_whether_it_arrived() -> None:
    one = inspected(DOUBT, a_box(DOUBT), a_detail(DOUBT, outcome="in_doubt"))

    assert one.question == "Did it arrive?"
    assert [deed.key for deed in one.answers] == ["arrived", "not-arrived"]
    assert not any(deed.why_not for deed in one.answers)
    assert "leave it" in one.told
    assert one.notice is None


def test_who_may_not_decide_sees_why() -> None:
    one = inspected(DOUBT, a_box(DOUBT, may_release=False), None)

    assert all("Ruth Okafor" in deed.why_not for deed in one.answers)


def test_the_inspector_shows_the_gates_of_this_message_only() -> None:
    judged = a_round((Gate.CONSENT, Verdict.PASS, Reason.OK))

    mine = inspected(DONE, a_box(DONE), a_detail(DONE, judged))
    other = inspected(DONE, a_box(DONE), a_detail(DUE, judged))

    assert mine.gates is not None
    assert other.gates is None


def test_only_what_was_sent_has_a_proof_to_open() -> None:
    sent, held = (
        next(
            deed
            for deed in inspected(row, a_box(row), None).deeds
            if deed.key == "proof"
        )
        for row in (DONE, WAITING)
    )

    assert sent.is_shown
    assert not sent.why_not
    assert not held.is_shown


def test_figures_stand_with_thin_spaces() -> None:
    assert number(12345) == "12\u2009345"


def test_no_name_is_in_what_a_log_could_hold() -> None:
    box = a_box(DONE, people=(a_person(5),))

    assert "Okonkwo" not in repr(box)
    assert "candidate.example" not in repr(box)


def test_everything_is_the_filter_at_first() -> None:
    assert Filters().show == EVERYTHING


def test_very_many_messages_are_listed_in_stretches() -> None:
    rows = [a_row(at) for at in range(1, 402)]

    first = deliveries_state(a_box(*rows), Filters())
    more = deliveries_state(a_box(*rows), Filters(most=1200))

    assert (len(first.table.rows), first.more) == (300, "Show 101 more")
    assert (len(more.table.rows), more.more) == (401, "")
    assert first.counts[0].number == "401"
