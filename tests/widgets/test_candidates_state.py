from dataclasses import replace
from datetime import timedelta

from msgspec.structs import replace as altered

from sync.api.deliveries import AttemptRow, State
from sync.api.practice import Mail, Status
from sync.api.stories import Chapter, Story
from sync.sending.decision import Gate, Reason, Verdict
from tests.fakes.outbox import NOW, a_box, a_person, a_round, a_row
from widgets.candidates.board_state import board_state
from widgets.candidates.chosen_state import next_stage, stage_before
from widgets.candidates.people_state import people_state
from widgets.candidates.story_state import story_state
from widgets.candidates.timeline_state import (
    EVERYTHING,
    MESSAGES,
    NOT_SENT,
    PLANNED,
    Told,
)
from widgets.outbox.state import Outbox

OPEN = a_round((Gate.CONSENT, Verdict.PASS, Reason.OK))
MAYA = a_person(1)
SENT = a_row(1)
TO_COME = altered(
    a_row(1, State.PLANNED, due_at=NOW + timedelta(days=4)), id="01" + "8" * 24
)
LEFT_OUT = altered(a_row(1, State.SKIPPED, reason=Reason.ADVANCED), id="01" + "7" * 24)
WAITS = altered(a_row(1, State.HELD, reason=Reason.ZONE_UNKNOWN), id="01" + "6" * 24)


def told(*rows: object, box: Outbox | None = None) -> Told:
    chapters = tuple(
        Chapter(delivery=row, sentence="", rounds=(OPEN,))  # type: ignore[arg-type]
        for row in rows
    )
    story = Story("cand-001", chapters)
    return Told("app-001", box or a_box(people=(MAYA,)), story)


def a_mail(message_id: str, sha256: str = "") -> Mail:
    return Mail(
        id="mail-1",
        message_id=message_id,
        sender="talent@northwind.example",
        recipients=("maya1@candidate.example",),
        subject="Your interview",
        received_at=NOW - timedelta(minutes=8),
        size=100,
        sha256=sha256,
    )


def test_planned_stands_above_now_and_the_newest_first() -> None:
    state = story_state(told(LEFT_OUT, SENT, TO_COME, WAITS), EVERYTHING, "")

    assert [(one.heading, one.title) for one in state.moments] == [
        ("Planned", "Interview invitation"),  # waits, nobody knows until when
        ("Planned", "Interview invitation"),
        ("Today, Tuesday 24 November", "Interview invitation"),
        ("Today, Tuesday 24 November", "Interview invitation"),
        ("Today, Tuesday 24 November", "Stage became Interview"),
        ("Sunday 15 November", "Applied"),
    ]
    assert [one.is_to_come for one in state.moments] == [True, True, *[False] * 4]


def test_each_entry_says_why_in_one_sentence() -> None:
    state = story_state(told(SENT, LEFT_OUT, TO_COME, WAITS), EVERYTHING, "")

    said = {one.key: one.sentence for one in state.moments}
    assert said[SENT.id] == "Sent because: the stage became Interview."
    assert said[LEFT_OUT.id] == (
        "Not sent. The application is no longer in that stage."
    )
    assert said[TO_COME.id] == ("Goes out on 28 November at 12:41, if nothing changes.")
    assert said[WAITS.id].startswith("Nobody knows the candidate's time zone. Waits")


def test_the_first_message_that_is_over_is_looked_at() -> None:
    state = story_state(told(TO_COME, SENT), EVERYTHING, "")

    assert state.selected == SENT.id
    assert state.why.title == "Why this was sent"


def test_the_deciding_sentence_comes_first() -> None:
    state = story_state(told(LEFT_OUT), EVERYTHING, LEFT_OUT.id)

    assert state.why.title == "Why this was not sent"
    assert state.why.notice is not None
    assert state.why.notice.bold == "The application is no longer in that stage."
    assert state.why.gates is not None


def test_the_parts_of_a_story_are_those_that_are_named() -> None:
    everything = told(SENT, LEFT_OUT, TO_COME)

    def keys(section: str) -> list[str]:
        return [one.key for one in story_state(everything, section, "").moments]

    assert keys(MESSAGES) == [SENT.id]
    assert keys(NOT_SENT) == [LEFT_OUT.id]
    assert keys(PLANNED) == [TO_COME.id]


def test_what_arrived_in_the_mailbox_is_told() -> None:
    sent = altered(SENT, sha256="ab" * 32)
    known = replace(told(sent), mails=(a_mail(sent.message_id, "ab" * 32),))

    (arrived,) = [
        one
        for one in story_state(known, EVERYTHING, "").moments
        if one.title == "Arrived"
    ]

    assert arrived.sentence == "“Your interview”, byte for byte as it was sent."


def test_the_head_says_who_where_and_what_they_agreed_to() -> None:
    state = story_state(told(SENT), EVERYTHING, "")

    assert state.name == "Maya Okonkwo1"
    facts = {fact.label: fact.value for fact in state.facts}
    assert facts["Local time"] == "12:41, London"
    assert facts["Consent"] == "none"


def test_a_zone_that_nobody_knows_is_said() -> None:
    nobody = a_person(4)
    known = Told("app-004", a_box(people=(nobody,)), Story("cand-004", ()))

    facts = {one.label: one.value for one in story_state(known, EVERYTHING, "").facts}

    assert facts["Local time"] == "not known"


def test_without_names_the_number_stands_and_says_why() -> None:
    state = story_state(told(SENT, box=a_box()), EVERYTHING, "")

    assert state.name == "cand-001"
    assert "tells no names" in state.under


def test_nobody_found_says_where_was_looked_and_of_erased_people() -> None:
    state = story_state(
        Told("who@candidate.example", a_box(), is_unknown=True), EVERYTHING, ""
    )

    assert state.empty is not None
    assert state.empty.bold == "Nobody is found for “who@candidate.example”."
    assert "erased on request" in state.empty.plain


def test_a_story_that_is_being_read_says_so() -> None:
    state = story_state(Told("app-001", a_box()), EVERYTHING, "")

    assert state.empty is not None
    assert state.empty.bold == "Reading the story …"


def test_a_story_is_copied_whole_whatever_is_listed() -> None:
    state = story_state(told(SENT, TO_COME), PLANNED, "")

    assert "Maya Okonkwo1: what was sent, and why" in state.text
    assert "– Sent" in state.text
    assert "Goes out on 28 November" in state.text


def test_the_try_that_failed_is_in_the_inspector() -> None:
    failed = a_row(1, State.FAILED, reason=Reason.MAILER_REFUSED)
    tried = AttemptRow(number=1, worker="w", started_at=NOW, outcome="refused")
    chapter = Chapter(delivery=failed, sentence="", rounds=(OPEN,), attempts=(tried,))
    known = Told("app-001", a_box(people=(MAYA,)), Story("cand-001", (chapter,)))

    why = story_state(known, EVERYTHING, failed.id).why

    assert why.gates is not None
    assert why.gates.lines[0].mark.word == "Refused"


# The board ---------------------------------------------------------------------------


def test_candidates_stand_in_the_columns_of_their_stages() -> None:
    people = (a_person(1), a_person(2, stage="offer"))

    state = board_state(a_box(people=people), "", "")

    shown = {one.key: [card.key for card in one.cards] for one in state.stages}
    assert shown["screening"] == ["app-001"]
    assert shown["offer"] == ["app-002"]
    assert shown["applied"] == []


def test_whoever_moved_last_stands_on_top() -> None:
    people = (a_person(1), a_person(2, stage_entered_at=NOW - timedelta(minutes=1)))

    (screening,) = [
        one
        for one in board_state(a_box(people=people), "", "").stages
        if one.key == "screening"
    ]

    assert [card.key for card in screening.cards] == ["app-002", "app-001"]


def test_a_card_says_what_became_of_the_latest_message() -> None:
    held = altered(WAITS, id="01" + "5" * 24)

    def mark(*rows: object) -> str:
        box = a_box(*rows, people=(MAYA,))  # type: ignore[arg-type]
        cards = [card for one in board_state(box, "", "").stages for card in one.cards]
        return cards[0].mark.word if cards[0].mark else ""

    assert mark() == ""
    assert mark(SENT) == "Sent"
    assert mark(SENT, held) == "Held"


def test_the_next_stage_is_one_click_away() -> None:
    chosen = board_state(a_box(people=(MAYA,)), "", "app-001").chosen

    assert chosen.next_ is not None
    assert (chosen.next_.key, chosen.next_.title) == (
        "move:assessment",
        "Move to Assessment",
    )


def test_nothing_moves_while_a_move_is_made_or_the_service_is_away() -> None:
    busy = board_state(a_box(people=(MAYA,)), "", "", is_busy=True).chosen
    away = board_state(a_box(people=(MAYA,), is_there=False), "", "").chosen

    assert busy.next_ is not None
    assert busy.next_.why_not == "The last move is being made."
    assert away.next_ is not None
    assert away.next_.why_not == "The service cannot be reached."


def test_hired_and_rejected_lead_nowhere_by_themselves() -> None:
    assert next_stage("hired") == ""
    assert next_stage("rejected") == ""
    assert stage_before("applied") == ""
    assert next_stage("screening") == "assessment"
    assert stage_before("interview") == "assessment"


def test_a_move_is_told_until_its_message_is_planned() -> None:
    moved = a_person(1, stage="interview", stage_entered_at=NOW - timedelta(seconds=2))

    before = board_state(a_box(people=(moved,)), "", "").chosen.steps
    after = board_state(a_box(SENT, people=(moved,)), "", "").chosen.steps

    assert before[0].title == "The service is being told"
    assert after[0].title == "Interview invitation"


def test_a_message_that_arrived_says_so_and_leads_to_its_proof() -> None:
    sent = altered(SENT, sha256="cd")
    box = a_box(sent, people=(MAYA,))

    (step,) = board_state(box, "", "", (a_mail(sent.message_id, "cd"),)).chosen.steps

    assert step.mark.word == "Arrived"
    assert "byte for byte" in step.sentence
    assert (step.key, step.link) == (sent.id, "Proof")


def test_who_waits_for_the_day_can_be_let_live_where_it_is_day() -> None:
    box = a_box(altered(WAITS, reason=Reason.QUIET_HOURS), people=(MAYA,))

    others = board_state(box, "", "").chosen.others

    assert [deed.key for deed in others if deed.is_shown] == ["day", "withdraw"]


def test_who_has_withdrawn_cannot_withdraw_again() -> None:
    gone = a_person(1, status=Status.WITHDRAWN)

    chosen = board_state(a_box(people=(gone,)), "", "").chosen

    assert chosen.mark is not None
    assert chosen.mark.word == "Screening, withdrawn"
    assert chosen.others[-1].why_not == "This application is over."


def test_the_board_offers_to_try_it_until_something_was_sent() -> None:
    fresh = board_state(a_box(people=(MAYA,)), "", "")
    used = board_state(a_box(SENT, people=(MAYA,)), "", "")

    assert [notice.key for notice in fresh.notices] == ["try"]
    assert not used.notices


def test_the_search_of_the_board_finds_addresses_and_vacancies() -> None:
    people = (a_person(1), a_person(2))

    for words in ("maya1@candidate", "app-001", "maya firmware"):
        state = board_state(a_box(people=people), words, "")
        assert [card.key for one in state.stages for card in one.cards] == ["app-001"]
    nobody = board_state(a_box(people=people), "zzz", "")
    assert nobody.empty is not None
    assert nobody.empty.key == "clear"


# The list, where there is no board ---------------------------------------------------


def test_candidates_with_messages_are_listed_the_latest_first() -> None:
    old = a_row(2, sent_at=NOW - timedelta(days=2))

    state = people_state(a_box(SENT, TO_COME, old), "", "")

    assert [row.key for row in state.table.rows] == ["app-001", "app-002"]
    assert [cell.text for cell in state.table.rows[0].cells[1:3]] == ["1", "1"]
    assert state.count == "2 candidates"


def test_a_name_that_is_not_listed_can_be_asked_for() -> None:
    state = people_state(a_box(SENT), "who@candidate.example", "")

    assert state.empty is not None
    assert state.empty.key == "find"


def test_no_name_of_a_candidate_is_in_what_a_log_could_hold() -> None:
    known = told(SENT)
    state = board_state(a_box(people=(MAYA,)), "", "")

    assert "Okonkwo" not in repr(known)
    assert "Okonkwo" not in repr(state)
