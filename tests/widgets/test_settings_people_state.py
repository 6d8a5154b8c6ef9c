from governance.ledger.kinds import KeyRevocation
from governance.ledger.state import LedgerState
from governance.names import PersonId, Role
from governance.trust.keys import SigningKey
from tests.fakes.make import (
    ADMIN,
    ANA,
    BEN,
    CARA,
    DAN,
    HR,
    LEGAL,
    NOON,
    Chain,
    key_of,
)
from widgets.settings.enrol_state import Newcomer, enrol_state
from widgets.settings.people import People
from widgets.settings.people_state import ANY, people_state
from widgets.settings.withdraw_state import NOW, since_of, withdraw_state

LENA = PersonId("lena@example.com")


def a_team() -> Chain:
    return Chain.with_a_release()


def with_two_administrators() -> Chain:
    """Cara administers too; then Ana enrols Lena, which waits for her."""
    chain = Chain.founded(ben=[LEGAL], dan=[LEGAL], cara=[HR, ADMIN])
    chain.enrol(LENA, HR)
    return chain


def seen_by(me: PersonId | None, state: LedgerState) -> People:
    return People(state, me, NOON)


def test_what_waits_for_a_second_signature_stands_on_top() -> None:
    people = seen_by(CARA, with_two_administrators().state)

    state = people_state(people, "", ANY, "")

    first = state.table.rows[0]
    assert first.group == "Waiting for a second signature"
    assert first.cells[0].text == "Lena"
    assert state.selected == first.key
    assert state.detail.keys[0].words == key_of(LENA).public.words
    assert state.count == "4 people, 1 waits for a second signature"
    (confirm,) = state.detail.deeds
    assert not confirm.why_not


def test_who_signed_first_does_not_confirm_nor_does_anybody_else() -> None:
    chain = with_two_administrators()

    reasons = {
        me: people_state(seen_by(me, chain.state), "", ANY, "").detail.deeds[0].why_not
        for me in (ANA, CARA, BEN, None)
    }

    assert reasons == {
        ANA: "You signed it first. A second administrator confirms it.",
        CARA: "",
        BEN: "A second administrator confirms it.",
        None: "A second administrator confirms it.",
    }


def test_the_last_person_of_a_role_keeps_it_and_is_told_why() -> None:
    state = people_state(seen_by(ANA, a_team().state), "", ANY, BEN)

    legal = next(line for line in state.detail.roles if line.key == LEGAL)
    assert legal.is_on
    assert "would have nobody. Add someone first." in legal.why_not


def test_a_role_that_two_people_hold_can_be_taken() -> None:
    chain = with_two_administrators()

    state = people_state(seen_by(ANA, chain.state), "", ANY, BEN)

    legal = next(line for line in state.detail.roles if line.key == LEGAL)
    assert (legal.is_on, legal.why_not) == (True, "")


def test_only_an_administrator_gives_anybody_anything() -> None:
    state = people_state(seen_by(DAN, a_team().state), "", ANY, BEN)

    assert {line.why_not for line in state.detail.roles} == {
        "An administrator does this."
    }
    assert [deed.why_not for deed in state.deeds] == ["An administrator does this."]


def test_nothing_is_signed_while_the_history_cannot_be_verified() -> None:
    people = People(a_team().state, ANA, NOON, alarm="It went back.")

    state = people_state(people, "", ANY, BEN)

    assert all("cannot be verified" in deed.why_not for deed in state.deeds)
    assert all("cannot be verified" in one.why_not for one in state.detail.roles)


def test_a_withdrawn_key_says_so_and_gets_no_role() -> None:
    chain = a_team()
    revocation = KeyRevocation(
        at=NOON, person=BEN, key=key_of(BEN).public.fingerprint, reason="Left"
    )
    chain.add(ANA, revocation)

    state = people_state(seen_by(ANA, chain.state), "", ANY, BEN)

    row = next(one for one in state.table.rows if one.key == BEN)
    assert row.cells[2].said == "Withdrawn"
    assert state.detail.keys[0].title == "Earlier key"
    hr = next(line for line in state.detail.roles if line.key == HR)
    assert hr.why_not.startswith("Their key is withdrawn.")


def test_the_table_says_when_somebody_last_signed() -> None:
    state = people_state(seen_by(ANA, a_team().state), "", ANY, "")

    when = {row.key: row.cells[3].text for row in state.table.rows}
    assert when[BEN].startswith("today")


def test_people_are_found_by_name_address_and_role() -> None:
    people = seen_by(ANA, a_team().state)

    assert [r.key for r in people_state(people, "ben@", ANY, "").table.rows] == [BEN]
    assert [r.key for r in people_state(people, "", HR, "").table.rows] == [CARA]
    nobody = people_state(people, "zz", ANY, "")
    assert nobody.empty is not None
    assert nobody.empty.key == "everybody"


def test_withdrawing_shows_what_becomes_void_from_when_on() -> None:
    chain = Chain.of_a_team()
    chain.approve(BEN, LEGAL)
    chain.enrol(DAN, LEGAL)
    people = seen_by(ANA, chain.state)
    member = people.state.members[BEN]

    now = withdraw_state(people, member, NOW)
    position = now.choices[1].key
    lost = withdraw_state(people, member, position)

    assert (now.void, now.why_not) == ((), "")
    assert len(lost.void) == 1
    assert since_of(position) == int(position)
    assert since_of(NOW) is None


def test_the_last_of_a_role_is_withdrawn_only_if_the_key_is_lost() -> None:
    people = seen_by(ANA, a_team().state)
    member = people.state.members[BEN]

    left = withdraw_state(people, member, NOW)
    lost = withdraw_state(people, member, left.choices[-1].key)

    assert "would have nobody" in left.why_not
    assert lost.why_not == ""


def test_a_newcomer_lacks_one_thing_after_the_other() -> None:
    people = seen_by(ANA, a_team().state)
    line = SigningKey.generate().public.openssh
    steps = (
        (Newcomer(), "The e-mail address is missing."),
        (Newcomer("lena"), "This is no e-mail address."),
        (Newcomer(LENA), "The name is missing."),
        (Newcomer(LENA, "Lena"), "The public key is missing."),
        (Newcomer(LENA, "Lena", line), "Choose at least one role."),
        (Newcomer(LENA, "Lena", line, (HR,)), "Compare the four words first."),
        (Newcomer(LENA, "Lena", line, (HR,), is_compared=True), ""),
    )

    assert [enrol_state(people, one).why_not for one, _why in steps] == [
        why for _one, why in steps
    ]


def test_somebody_elses_key_and_somebody_who_is_here_are_refused() -> None:
    people = seen_by(ANA, a_team().state)

    again = enrol_state(people, Newcomer(BEN, "Ben"))
    stolen = enrol_state(people, Newcomer(LENA, "Lena", key_of(BEN).public.openssh))
    odd = enrol_state(people, Newcomer(LENA, "Lena", "ssh-rsa AAAA"))

    assert again.mail_problem.startswith("They take part already")
    assert "Ben’s already" in stolen.problem
    assert "ssh-ed25519" in odd.problem


def test_a_key_with_a_comment_is_read() -> None:
    people = seen_by(ANA, a_team().state)
    key = SigningKey.generate().public

    state = enrol_state(people, Newcomer(line=f"{key.openssh} lena@laptop"))

    assert state.words == key.words


def test_without_a_second_administrator_the_page_warns() -> None:
    alone = people_state(seen_by(ANA, a_team().state), "", ANY, "")
    shared = people_state(seen_by(ANA, with_two_administrators().state), "", ANY, "")

    assert alone.notices[0].bold.startswith("There is one administrator")
    assert "two administrators" in shared.notices[0].bold


def test_a_role_is_read_by_its_title() -> None:
    people = seen_by(ANA, a_team().state)

    assert people.title(Role("nobody_knows")) == "Nobody knows"
    assert people.title(ADMIN) == people.state.policy.roles[ADMIN]  # type: ignore[union-attr]
