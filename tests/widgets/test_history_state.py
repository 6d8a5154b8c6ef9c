from dataclasses import replace
from datetime import timedelta

import pytest

from governance.approval.candidate import Proposed
from governance.ledger.history import History, read_history
from governance.ledger.kinds import Comment
from governance.ledger.told import Family
from tests.fakes.make import (
    ANA,
    BEN,
    CARA,
    HR,
    INVITE,
    NOON,
    OFFER,
    OTHER_CHANGE,
    Chain,
    a_subject,
    an_opening,
    key_of,
)
from widgets.history.inspected import inspected
from widgets.history.listed import EVERYTHING, IGNORED, Filter, Listed, count, listed
from widgets.history.state import STEP, HistoryState, Verifying, history_state
from widgets.kit.values import Outcome, Tone

EVERY = Filter()
TITLES = {OFFER: "Offer letter", INVITE: "Interview invitation"}


def read(chain: Chain, alarm: str = "") -> History:
    return read_history(chain.entries, chain.state, TITLES, alarm=alarm)


def shown(
    chain: Chain,
    wanted: Filter = EVERY,
    selected: str = "",
) -> HistoryState:
    return history_state(listed(read(chain), NOON), wanted, selected, NOON, Verifying())


def titles(state: HistoryState) -> list[str]:
    return [row.cells[1].text for row in state.table.rows]


def a_story() -> Chain:
    chain = Chain.with_a_release()
    base = "1" * 40
    of = Proposed(OTHER_CHANGE, type(an_opening().base)(base), (a_subject(INVITE),))
    chain.add(ANA, an_opening(of))
    return chain


def test_the_newest_entry_stands_first_and_is_selected() -> None:
    state = shown(Chain.with_a_release())

    assert titles(state)[:2] == [
        "Released Offer letter, version 1",
        "Signed Offer letter, version 1",
    ]
    assert state.selected == "7"
    assert state.count == "8 signed entries since 5 January 2026"


def test_each_section_counts_its_entries() -> None:
    state = shown(Chain.with_a_release())

    counts = {one.key: one.count for one in state.sections[0].entries}
    assert counts[EVERYTHING] == "8"
    assert counts[Family.SIGNATURES] == "2"
    assert counts[Family.PEOPLE] == "4"
    assert IGNORED not in counts


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(words="cara OFFER"), ["Signed Offer letter, version 1"]),
        (Filter(section=str(Family.RELEASES)), ["Released Offer letter, version 1"]),
        (
            Filter(text=str(INVITE)),
            ["Submitted Interview invitation, version 1 for review"],
        ),
        (Filter(person=str(CARA)), ["Signed Offer letter, version 1"]),
        (Filter(words="nobody ever"), []),
    ],
)
def test_filters_leave_what_was_asked_for(wanted: Filter, found: list[str]) -> None:
    assert titles(shown(a_story(), wanted)) == found


def test_a_day_filter_counts_back_from_now() -> None:
    made = listed(read(Chain.of_a_team()), NOON)
    later = NOON + timedelta(days=2)

    state = history_state(made, Filter(days="1"), "", later, Verifying())

    assert state.table.rows == ()


def test_nothing_found_says_for_which_words() -> None:
    state = shown(Chain.of_a_team(), Filter(words="ofer"))

    assert state.empty is not None
    assert state.empty.bold == "No entry matches “ofer”."


def test_an_entry_without_effect_is_red_says_why_and_is_counted() -> None:
    chain = Chain.of_a_team()
    chain.approve(BEN, HR)

    state = shown(chain)

    row = state.table.rows[0]
    assert row.cells[1].tone is Tone.ERROR
    assert row.cells[1].second == (
        "Without effect: ben@example.com does not hold the role “hr”."
    )
    assert state.sections[0].entries[-1].key == IGNORED
    assert [one.bold for one in state.notices] == ["1 entry is without effect."]


def test_a_broken_history_is_red_and_gives_no_words_to_compare() -> None:
    chain = Chain.of_a_team()
    made = listed(read(chain, alarm="Entry 3 stops everything."), NOON)

    seal = history_state(made, Filter(), "", NOON, Verifying()).seal

    assert (seal.mark.word, seal.mark.tone) == ("History not verified", Tone.ERROR)
    assert seal.words == ""


def test_a_sound_history_gives_three_words_to_compare() -> None:
    seal = shown(Chain.of_a_team()).seal

    assert seal.mark.word == "History verified"
    assert len(seal.words.split()) == 3


def test_verifying_offers_to_stop() -> None:
    made = listed(read(Chain.of_a_team()), NOON)
    busy = Verifying(label="Verifying 5 entries", done=1, total=5)

    state = history_state(made, Filter(), "", NOON, busy)

    assert [deed.key for deed in state.deeds] == ["cancel", "export"]


def test_the_first_look_says_that_it_reads() -> None:
    state = history_state(None, Filter(), "", NOON, Verifying())

    assert state.empty is not None
    assert state.empty.bold == "Reading the history …"
    assert state.deeds[0].why_not


def many(number: int) -> Listed:
    chain = Chain.of_a_team()
    history = read(chain)
    lines = tuple(replace(history.lines[-1], position=at) for at in range(number))
    state = replace(history.state, heads=history.state.heads[:1] * number)
    return listed(replace(history, lines=lines, state=state), NOON)


def test_of_a_long_history_only_a_stretch_is_drawn() -> None:
    state = history_state(many(STEP + 50), Filter(), "", NOON, Verifying())

    assert len(state.table.rows) == STEP
    assert state.is_more
    assert state.count.startswith("250 signed entries")


def test_an_old_entry_that_is_asked_for_is_drawn_all_the_same() -> None:
    state = history_state(many(STEP * 2), Filter(), "3", NOON, Verifying())

    assert state.selected == "3"
    assert state.selected in {row.key for row in state.table.rows}


def test_thousands_are_written_apart() -> None:
    assert count(1284) == "1\u202f284"


def test_four_plain_checks_prove_a_signature() -> None:
    history = read(Chain.with_a_release())

    entry = inspected(history, 5)

    assert entry.quote == "“I agree.”"
    assert [(check.outcome, check.bold) for check in entry.checks] == [
        (Outcome.PASSED, "The signature is genuine"),
        (Outcome.PASSED, "They were allowed to do this"),
        (Outcome.PASSED, "They did not write the text"),
        (Outcome.PASSED, "It is in its place"),
    ]
    assert entry.checks[3].plain == "Follows entry 4, is followed by 6."
    assert [deed.key for deed in entry.deeds] == ["open", "evidence"]


def test_what_nobody_signed_fails_the_first_check_and_asks_no_further() -> None:
    chain = Chain.of_a_team()
    chain.entries.append(b"nothing of ours")

    entry = inspected(read(chain), len(chain.entries) - 1)

    assert [check.outcome for check in entry.checks] == [
        Outcome.FAILED,
        Outcome.UNCHECKED,
        Outcome.UNCHECKED,
        Outcome.PASSED,
    ]


def test_who_was_not_allowed_fails_the_second_check() -> None:
    chain = Chain.of_a_team()
    chain.approve(BEN, HR)

    entry = inspected(read(chain), len(chain.entries) - 1)

    assert [check.outcome for check in entry.checks][:2] == [
        Outcome.PASSED,
        Outcome.FAILED,
    ]
    assert entry.notice is not None
    assert entry.notice.tone is Tone.ERROR


def test_what_the_rules_refuse_fails_the_third_check() -> None:
    chain = Chain.with_a_release()
    chain.add(ANA, Comment(at=NOON, change=OTHER_CHANGE, text="Where is it?"))

    entry = inspected(read(chain), len(chain.entries) - 1)

    assert entry.checks[2].outcome is Outcome.FAILED


def test_a_break_in_the_history_leaves_nothing_checked_but_the_place() -> None:
    chain = Chain.of_a_team()
    del chain.entries[2]
    history = read(chain)
    bad = history.first_alarm
    assert bad is not None

    entry = inspected(history, bad.position)

    assert [check.outcome for check in entry.checks] == [
        *[Outcome.UNCHECKED] * 3,
        Outcome.FAILED,
    ]


def test_the_details_can_be_copied_as_text() -> None:
    chain = Chain.with_a_release()

    entry = inspected(read(chain), 5)

    assert "Kind: approval/v1" in entry.copied.splitlines()
    assert f"Key: {key_of(BEN).public.fingerprint}" in entry.copied.splitlines()


def test_no_entry_shows_nothing() -> None:
    assert inspected(read(Chain.of_a_team()), None).title == ""
