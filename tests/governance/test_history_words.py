from datetime import timedelta

import pytest

from governance.ledger.entry import Entry
from governance.ledger.history import FAULT, read_history
from governance.ledger.kinds import (
    KINDS,
    Anchor,
    ApprovalWithdrawal,
    ChangeWithdrawal,
    Comment,
    Enrolment,
    Genesis,
    HoldRelease,
    HoldSet,
    KeyRevocation,
    PolicyChange,
    Recall,
    Recover,
    Rejection,
    RoleGrant,
    RoleRevocation,
    Second,
    Waiver,
)
from governance.ledger.told import Family, Known
from governance.ledger.wording import wording
from governance.names import Digest, SubjectName
from tests.fakes.make import (
    ANA,
    BEN,
    CARA,
    CHANGE,
    HR,
    LEGAL,
    NOON,
    OFFER,
    SEEN,
    Chain,
    a_policy,
    a_release,
    a_revision,
    a_rollback,
    a_second,
    a_subject,
    an_approval,
    an_emergency,
    an_opening,
    key_of,
)

KEY = key_of(BEN).public
OTHER = Digest("f" * 64)
TITLES = {OFFER: "Offer letter"}

ONE_OF_EACH: tuple[tuple[Entry, str], ...] = (
    (
        Genesis(
            at=NOON,
            workspace="Test",
            person=ANA,
            name="Ana",
            key=KEY.openssh,
            policy=a_policy(),
        ),
        "Founded Test",
    ),
    (
        Enrolment(at=NOON, person=BEN, name="Ben", key=KEY.openssh, roles=(LEGAL,)),
        "Enrolled Ben",
    ),
    (
        RoleGrant(at=NOON, person=BEN, role=HR, reason="R"),
        "Gave Ben the role Hr",
    ),
    (
        RoleRevocation(at=NOON, person=BEN, role=HR, reason="R"),
        "Took the role Hr from Ben",
    ),
    (
        KeyRevocation(at=NOON, person=BEN, key=KEY.fingerprint, reason="R", since=3),
        "Withdrew the key of Ben",
    ),
    (
        PolicyChange(at=NOON, policy=a_policy(), reason="R"),
        "Changed the signing policy",
    ),
    (
        Second(at=NOON, entry=1, envelope=OTHER, reason="R"),
        "Agreed, as the second person, to “Enrolled Ben”",
    ),
    (
        Recover(at=NOON, last_good=4, head=OTHER, reason="R"),
        "Said that the first 4 entries are good",
    ),
    (
        Anchor(at=NOON, digest=OTHER, where="A notary"),
        "Left the fingerprint of the history outside",
    ),
    (an_opening(), "Submitted Offer letter, version 1 for review"),
    (a_revision(), "Submitted Offer letter, version 1 again, with another text"),
    (an_approval(), "Signed Offer letter, version 1"),
    (
        ApprovalWithdrawal(at=NOON, change=CHANGE, reason="R"),
        "Took back their signature for Offer letter, version 1",
    ),
    (
        Rejection(at=NOON, change=CHANGE, role=LEGAL, reason="R"),
        "Asked for changes to Offer letter, version 1",
    ),
    (
        ChangeWithdrawal(at=NOON, change=CHANGE, reason="R"),
        "Withdrew Offer letter, version 1",
    ),
    (
        Comment(at=NOON, change=CHANGE, text="Whom?", must_answer=True),
        "Asked about Offer letter, version 1",
    ),
    (
        Waiver(
            at=NOON,
            change=CHANGE,
            role=LEGAL,
            rule="a.b",
            match=OTHER,
            reason="R",
            until=NOON + timedelta(days=9),
        ),
        "Accepted a warning for Offer letter, version 1",
    ),
    (a_release(), "Released Offer letter, version 1"),
    (a_rollback(), "Rolled Offer letter back to version 1"),
    (an_emergency(), "Asked to publish Offer letter, version 1 in an emergency"),
    (
        a_second(1),
        "Joined in: Offer letter, version 1 is published before everyone signed",
    ),
    (
        Recall(at=NOON, subject=OFFER, version=1, reason="R"),
        "Withdrew version 1 of Offer letter for good",
    ),
    (
        HoldSet(at=NOON, subject=OFFER, role=LEGAL, reason="R"),
        "Held Offer letter back",
    ),
    (
        HoldRelease(at=NOON, subject=OFFER, hold=0, reason="R"),
        "Ended the hold on Offer letter",
    ),
)


@pytest.mark.parametrize(
    ("entry", "title"), ONE_OF_EACH, ids=[one.kind for one, _title in ONE_OF_EACH]
)
def test_each_kind_is_told_in_words(entry: Entry, title: str) -> None:
    earlier = {1: ONE_OF_EACH[1][0]}

    told = wording(entry, Known(Chain.of_a_team().state, TITLES, earlier))

    assert told.title == title


def test_no_kind_is_left_without_words() -> None:
    assert {entry.kind for entry, _title in ONE_OF_EACH} == KINDS.keys()


def test_who_agrees_with_a_policy_is_listed_with_the_policy() -> None:
    second = Second(at=NOON, entry=7, envelope=OTHER, reason="R")
    earlier = {7: PolicyChange(at=NOON, policy=a_policy(), reason="R")}

    told = wording(second, Known(Chain.of_a_team().state, {}, earlier))

    assert told.family is Family.POLICY


def test_a_text_that_nobody_titled_is_called_by_its_id() -> None:
    told = wording(an_approval(), Known(Chain.of_a_team().state))

    assert told.title == "Signed Offer accepted, version 1"


def test_a_history_says_who_signed_what_in_which_role() -> None:
    chain = Chain.with_a_release()

    history = read_history(chain.entries, chain.state, TITLES)

    told = [(one.name, one.told.title, one.told.role) for one in history.lines[-3:]]
    assert told == [
        ("Ben", "Signed Offer letter, version 1", "Legal"),
        ("Cara", "Signed Offer letter, version 1", "Hr"),
        ("Dan", "Released Offer letter, version 1", "Release manager"),
    ]
    assert history.first_alarm is None


def test_a_signature_that_an_edit_replaced_stays_and_says_so() -> None:
    chain = Chain.of_a_team()
    chain.approve(BEN, LEGAL)
    subject = a_subject(closure=OTHER)
    chain.add(ANA, a_revision(type(SEEN)(CHANGE, SEEN.base, (subject,))))

    history = read_history(chain.entries, chain.state, TITLES)

    assert history.lines[-2].later == ("Counts no longer: the text changed afterwards.")
    assert history.lines[-2].code == ""


def test_an_entry_without_effect_is_an_alarm_with_its_reason() -> None:
    chain = Chain.of_a_team()
    chain.approve(BEN, HR)

    history = read_history(chain.entries, chain.state, TITLES)

    last = history.first_alarm
    assert last is history.lines[-1]
    assert (last.code, last.problem) == (
        "NOT_ENTITLED",
        "ben@example.com does not hold the role “hr”.",
    )


def test_a_copy_is_named_but_no_alarm() -> None:
    chain = Chain.with_a_release()
    chain.entries.append(chain.entries[-1])

    history = read_history(chain.entries, chain.state, TITLES)

    assert history.lines[-1].code == "COPY"
    assert history.first_alarm is None


def test_the_entry_that_stops_everything_comes_before_all_other_alarms() -> None:
    chain = Chain.of_a_team()
    chain.approve(BEN, HR)
    del chain.entries[2]
    chain.approve(CARA, HR)

    history = read_history(chain.entries, chain.state, TITLES)

    assert history.first_alarm is not None
    assert history.first_alarm.code == FAULT


def test_bytes_that_are_no_entry_are_listed_too() -> None:
    chain = Chain.of_a_team()
    chain.entries.append(b"nothing of ours")

    history = read_history(chain.entries, chain.state, TITLES)

    last = history.lines[-1]
    assert (last.name, last.told.title, last.code) == (
        "Nobody we know",
        "Something we cannot read",
        "BAD_SIGNATURE",
    )


def test_a_later_reading_reads_only_what_is_new() -> None:
    chain = Chain.of_a_team()
    before = read_history(chain.entries, chain.state, TITLES)
    chain.approve(BEN, LEGAL)

    after = read_history(chain.entries, chain.state, TITLES, before=before)

    assert after == read_history(chain.entries, chain.state, TITLES)
    assert all(
        old.stored is new.stored
        for old, new in zip(before.lines, after.lines, strict=False)
    )


def test_another_history_of_the_same_length_is_read_anew() -> None:
    before_chain, chain = Chain.of_a_team(), Chain.of_a_team()
    chain.approve(BEN, LEGAL)
    before_chain.approve(CARA, HR)
    before = read_history(before_chain.entries, before_chain.state, TITLES)

    after = read_history(chain.entries, chain.state, TITLES, before=before)

    assert after == read_history(chain.entries, chain.state, TITLES)


def test_of_many_subjects_a_few_are_named_and_the_rest_counted() -> None:
    many = tuple(a_subject(SubjectName(f"templates/text-{n}")) for n in range(9))
    opening = an_opening(type(SEEN)(CHANGE, SEEN.base, many))

    told = wording(opening, Known(Chain.of_a_team().state))

    assert dict(told.facts)["Alters"] == (
        "Text 0, version 1; Text 1, version 1; Text 2, version 1; Text 3, version 1; "
        "and 5 more"
    )
