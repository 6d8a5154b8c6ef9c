"""What others try, each with its code. One bad entry must not close a workspace."""

from base64 import b64encode

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from governance.approval.candidate import Proposed
from governance.approval.tally import tally
from governance.approval.verdict import Code
from governance.ledger.chain import head_of
from governance.ledger.kinds import (
    ApprovalWithdrawal,
    Comment,
    Genesis,
    KeyRevocation,
    Rejection,
    RoleGrant,
    RoleRevocation,
)
from governance.ledger.opened import LARGEST
from governance.ledger.replay import replay
from governance.ledger.state import FaultCode, IgnoredCode, LedgerState
from governance.ledger.statement import to_statement
from governance.names import Role
from governance.trust import sshsig
from governance.trust.canonical import canonical
from governance.trust.dsse import NAMESPACE, PAYLOAD_TYPE, pae, seal
from governance.trust.keys import SigningKey
from tests.fakes.make import (
    ADMIN,
    ANA,
    BASE,
    BEN,
    CARA,
    CHANGE,
    DAN,
    EVE,
    HR,
    LEGAL,
    MAIN,
    MANAGER,
    NOON,
    OTHER,
    OTHER_CHANGE,
    SEEN,
    Chain,
    a_policy,
    a_release,
    a_revision,
    a_subject,
    an_approval,
    an_opening,
    key_of,
    sealed,
)


@pytest.fixture
def chain() -> Chain:
    return Chain.of_a_team()


def ignored(state: LedgerState) -> list[tuple[int, IgnoredCode]]:
    return [(one.position, one.code) for one in state.ignored]


def assert_goes_on(chain: Chain) -> None:
    """Require that honest people can still agree, and release."""
    chain.approve(BEN, LEGAL)
    chain.approve(CARA, HR)
    chain.add(DAN, a_release())
    assert chain.state.fault is None
    assert chain.verdict() is Code.VERIFIED


# --------------------------------------------------------------- whose yes it is


def test_an_author_cannot_approve(chain: Chain) -> None:
    chain.add(ANA, RoleGrant(at=NOON, person=ANA, role=LEGAL, reason="Small team."))

    chain.approve(ANA, LEGAL)

    assert ignored(chain.state) == [(6, IgnoredCode.NOT_ENTITLED)]
    assert tally(chain.state, CHANGE).seats == {}
    assert_goes_on(chain)


def test_one_of_several_authors_of_the_branch_cannot_approve() -> None:
    chain = Chain.founded(ben=[LEGAL], cara=[HR])
    authors = (key_of(BEN).public.fingerprint,)
    chain.add(ANA, replace(an_opening(), authors=authors))

    chain.approve(BEN, LEGAL)

    assert ignored(chain.state) == [(4, IgnoredCode.NOT_ENTITLED)]


def test_an_author_cannot_approve_with_a_key_that_they_had_before(
    chain: Chain,
) -> None:
    old = key_of(BEN)
    chain.enrol(BEN, LEGAL, key=SigningKey.generate())
    chain.add(
        CARA,
        replace(a_revision(), authors=(old.public.fingerprint,)),
    )

    assert chain.state.changes[CHANGE].authors == {ANA, BEN, CARA}


def test_who_approves_and_then_becomes_an_author_counts_no_more(chain: Chain) -> None:
    chain.approve(BEN, LEGAL)
    chain.approve(CARA, HR)

    chain.add(BEN, a_revision())

    assert tally(chain.state, CHANGE).seats == {CARA: HR}


def test_one_person_never_fills_two_roles() -> None:
    chain = Chain.founded(ben=[LEGAL, HR])
    chain.open()

    chain.approve(BEN, LEGAL)
    chain.approve(BEN, HR)

    assert len(tally(chain.state, CHANGE).seats) == 1
    assert chain.verdict(SEEN) is Code.QUORUM_MISSING


def test_one_person_with_two_keys_is_one_person() -> None:
    chain = Chain.founded(ben=[LEGAL, HR])
    chain.open()
    chain.approve(BEN, LEGAL)
    second = SigningKey.generate()
    chain.enrol(BEN, LEGAL, HR, key=second)

    chain.add(BEN, an_approval(HR), key=second)

    assert len(chain.state.changes[CHANGE].approvals) == 2
    assert len(tally(chain.state, CHANGE).seats) == 1


def test_one_key_is_one_persons(chain: Chain) -> None:
    chain.enrol(EVE, HR, key=key_of(BEN))

    assert ignored(chain.state) == [(5, IgnoredCode.NOT_ENTITLED)]
    assert EVE not in chain.state.members


def test_a_key_that_was_put_away_is_enrolled_for_nobody(chain: Chain) -> None:
    chain.enrol(BEN, LEGAL, key=SigningKey.generate())
    chain.enrol(EVE, HR, key=key_of(BEN))
    chain.enrol(BEN, LEGAL, key=key_of(BEN))

    assert ignored(chain.state) == [
        (6, IgnoredCode.NOT_ENTITLED),
        (7, IgnoredCode.NOT_ENTITLED),
    ]


def test_a_role_counts_where_the_entry_stands(chain: Chain) -> None:
    chain.approve(BEN, LEGAL)
    chain.add(ANA, RoleRevocation(at=NOON, person=BEN, role=LEGAL, reason="Left."))
    chain.approve(CARA, HR)

    assert tally(chain.state, CHANGE).seats == {BEN: LEGAL, CARA: HR}


def test_a_role_that_comes_later_makes_no_earlier_yes_good(chain: Chain) -> None:
    chain.approve(CARA, LEGAL)
    chain.add(ANA, RoleGrant(at=NOON, person=CARA, role=LEGAL, reason="Helps out."))

    assert ignored(chain.state) == [(5, IgnoredCode.NOT_ENTITLED)]
    assert tally(chain.state, CHANGE).seats == {}


# ------------------------------------------------------------ replayed, elsewhere


def test_an_exact_copy_is_ignored_and_named(chain: Chain) -> None:
    chain.approve(BEN, LEGAL)
    chain.entries.extend([chain.entries[5], chain.entries[0], chain.entries[5]])

    assert ignored(chain.state) == [
        (6, IgnoredCode.COPY),
        (7, IgnoredCode.COPY),
        (8, IgnoredCode.COPY),
    ]
    assert len(chain.state.changes[CHANGE].approvals) == 1
    assert_goes_on(chain)


@pytest.mark.parametrize(
    ("seen", "code"),
    [
        (Proposed(OTHER_CHANGE, BASE, SEEN.subjects), IgnoredCode.NO_SUCH_CHANGE),
        (Proposed(CHANGE, MAIN, SEEN.subjects), IgnoredCode.CLOSURE_CHANGED),
        (
            Proposed(CHANGE, BASE, (a_subject(closure=OTHER),)),
            IgnoredCode.CLOSURE_CHANGED,
        ),
        (
            Proposed(CHANGE, BASE, (a_subject(compiled=OTHER),)),
            IgnoredCode.COMPILED_CHANGED,
        ),
        (
            Proposed(CHANGE, BASE, (a_subject(version_before=1),)),
            IgnoredCode.CLOSURE_CHANGED,
        ),
    ],
)
def test_a_yes_to_something_else_has_no_effect(
    chain: Chain, seen: Proposed, code: IgnoredCode
) -> None:
    chain.add(BEN, an_approval(of=seen))

    assert ignored(chain.state) == [(5, code)]
    assert_goes_on(chain)


def test_a_yes_to_other_checks_has_no_effect(chain: Chain) -> None:
    chain.add(BEN, replace(an_approval(), checks=OTHER))

    assert ignored(chain.state) == [(5, IgnoredCode.CLOSURE_CHANGED)]


def test_a_yes_under_another_policy_has_no_effect(chain: Chain) -> None:
    chain.add(BEN, an_approval(policy=a_policy({LEGAL: 1})))

    assert ignored(chain.state) == [(5, IgnoredCode.POLICY_WEAKENED)]


def test_a_signature_moved_to_another_change_does_not_hold(chain: Chain) -> None:
    chain.approve(BEN, LEGAL)
    stolen = msgspec.json.decode(chain.entries[5])
    other = replace(an_approval(), change=OTHER_CHANGE, previous=chain.state.head)
    stolen["payload"] = b64encode(to_statement(other)).decode()

    chain.entries.append(canonical(stolen))

    assert ignored(chain.state) == [(6, IgnoredCode.BAD_SIGNATURE)]


def test_a_yes_comes_not_back_after_it_was_taken_back(chain: Chain) -> None:
    chain.approve(BEN, LEGAL)
    chain.add(BEN, ApprovalWithdrawal(at=NOON, change=CHANGE, reason="I misread."))

    chain.entries.append(chain.entries[5])

    assert ignored(chain.state) == [(7, IgnoredCode.COPY)]
    assert tally(chain.state, CHANGE).seats == {}


def test_a_yes_comes_not_back_after_a_no_and_the_same_bytes(chain: Chain) -> None:
    chain.approve(BEN, LEGAL)
    chain.add(CARA, Rejection(at=NOON, change=CHANGE, role=HR, reason="No."))
    chain.add(ANA, a_revision())

    chain.entries.append(chain.entries[5])

    assert ignored(chain.state) == [(8, IgnoredCode.COPY)]
    assert tally(chain.state, CHANGE).seats == {}


def test_a_copy_brings_no_old_head_back(chain: Chain) -> None:
    lost = sealed(
        replace(an_approval(), previous=chain.state.head), key_of(BEN)
    )  # signed, and beaten by the next
    chain.add(BEN, Comment(at=NOON, change=CHANGE, text="Wait."))

    chain.entries.extend([chain.entries[4], lost])

    state = chain.state
    assert ignored(state) == [(6, IgnoredCode.COPY)]
    assert state.fault is not None
    assert (state.fault.position, state.fault.code) == (7, FaultCode.LEDGER_BROKEN)


# ------------------------------------------------------------------ keys and clocks


def test_a_revoked_key_signs_nothing_whatever_its_clock_says(chain: Chain) -> None:
    key = key_of(BEN).public.fingerprint
    chain.add(ANA, KeyRevocation(at=NOON, person=BEN, key=key, reason="Left."))

    chain.add(BEN, replace(an_approval(), at=NOON.replace(year=2020)))

    assert ignored(chain.state) == [(6, IgnoredCode.NOT_ENTITLED)]


def test_what_a_key_signed_before_it_was_put_away_counts(chain: Chain) -> None:
    chain.approve(BEN, LEGAL)
    key = key_of(BEN).public.fingerprint
    chain.add(ANA, KeyRevocation(at=NOON, person=BEN, key=key, reason="Left."))
    chain.approve(CARA, HR)

    assert chain.verdict(SEEN) is Code.VERIFIED


@pytest.mark.parametrize(
    ("since", "code"), [(5, Code.BAD_SIGNATURE), (6, Code.VERIFIED)]
)
def test_what_a_key_signed_since_it_was_stolen_does_not(
    chain: Chain, since: int, code: Code
) -> None:
    chain.approve(BEN, LEGAL)
    chain.approve(CARA, HR)
    key = key_of(BEN).public.fingerprint
    chain.add(
        BEN,
        KeyRevocation(at=NOON, person=BEN, key=key, reason="Stolen.", since=since),
    )

    assert chain.verdict(SEEN) is code


def test_a_key_is_revoked_by_its_owner_or_an_administrator_only(chain: Chain) -> None:
    key = key_of(BEN).public.fingerprint

    chain.add(CARA, KeyRevocation(at=NOON, person=BEN, key=key, reason="Ha."))
    chain.add(CARA, KeyRevocation(at=NOON, person=CARA, key=key, reason="Ha."))

    assert ignored(chain.state) == [
        (5, IgnoredCode.NOT_ENTITLED),
        (6, IgnoredCode.NOT_ENTITLED),
    ]


# ----------------------------------------------------- what has no valid signature


def _wrapped(payload: bytes, key: SigningKey, **changed: object) -> bytes:
    """Return an envelope like ours, signed well, with something ``changed``."""
    said = {"namespace": NAMESPACE, "payloadType": PAYLOAD_TYPE} | changed
    kind, namespace = str(said["payloadType"]), str(said["namespace"])
    raw = sshsig.sign(pae(payload, kind), key, namespace=namespace)
    return canonical(
        {
            "payload": b64encode(payload).decode(),
            "payloadType": kind,
            "signatures": [
                {
                    "keyid": str(said.get("keyid", key.public.fingerprint)),
                    "sig": b64encode(raw).decode(),
                }
            ],
        }
    )


def _statement(chain: Chain) -> bytes:
    return to_statement(replace(an_approval(), previous=head_of(chain.entries)))


def test_the_helper_of_these_tests_makes_what_we_make(chain: Chain) -> None:
    payload = _statement(chain)

    assert _wrapped(payload, key_of(BEN)) == seal(payload, key_of(BEN)).to_bytes()


@pytest.mark.parametrize(
    "changed",
    [
        {"namespace": "git"},
        {"namespace": "file"},
        {"payloadType": "text/plain"},
        {"keyid": key_of(CARA).public.fingerprint},
        {"keyid": ""},
    ],
)
def test_an_envelope_of_another_form_is_ignored(
    chain: Chain, changed: dict[str, object]
) -> None:
    chain.entries.append(_wrapped(_statement(chain), key_of(BEN), **changed))

    assert ignored(chain.state) == [(5, IgnoredCode.BAD_SIGNATURE)]
    assert_goes_on(chain)


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"null",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"payload":NaN}',
        b'{"payload":"","payload":""}',
        b"x" * (10 * 1024 * 1024),
    ],
    ids=["nothing", "null", "binary", "deep", "nan", "twice", "10 MB"],
)
def test_what_is_no_envelope_is_ignored(chain: Chain, bad: bytes) -> None:
    chain.entries.append(bad)

    assert ignored(chain.state) == [(5, IgnoredCode.BAD_SIGNATURE)]
    assert_goes_on(chain)


@settings(max_examples=150, deadline=None)
@given(cut=st.integers(0, 1500), bit=st.integers(0, 7), drop=st.booleans())
def test_an_entry_with_one_bit_changed_or_its_end_lost_is_ignored(
    cut: int, bit: int, *, drop: bool
) -> None:
    chain = Chain.founded(ben=[LEGAL])
    chain.open()
    before = chain.state
    chain.approve(BEN, LEGAL)
    whole = chain.entries.pop()
    at = cut % len(whole)
    bad = bytearray(whole)
    bad[at] ^= 1 << bit

    state = replay([whole[:at] if drop else bytes(bad)], before)

    assert ignored(state) == [(3, IgnoredCode.BAD_SIGNATURE)]


def test_an_entry_too_large_is_ignored_though_signed(chain: Chain) -> None:
    comment = Comment(at=NOON, change=CHANGE, text="x" * LARGEST)

    chain.add(BEN, comment)

    assert ignored(chain.state) == [(5, IgnoredCode.BAD_SIGNATURE)]


def test_a_stranger_is_ignored_whatever_they_write(chain: Chain) -> None:
    chain.add(EVE, an_approval())
    chain.entries.append(_wrapped(b"gibberish", key_of(EVE)))
    chain.entries.append(sealed(an_approval(), key_of(EVE)))  # a wrong link
    chain.enrol(EVE, ADMIN, by=EVE)

    assert {code for _at, code in ignored(chain.state)} == {IgnoredCode.NOT_ENTITLED}
    assert_goes_on(chain)


def test_only_an_administrator_enrols_and_grants(chain: Chain) -> None:
    chain.enrol(EVE, HR, by=BEN)
    chain.add(BEN, RoleGrant(at=NOON, person=BEN, role=HR, reason="I like it."))
    chain.add(BEN, RoleRevocation(at=NOON, person=CARA, role=HR, reason="Ha."))

    assert {code for _at, code in ignored(chain.state)} == {IgnoredCode.NOT_ENTITLED}
    assert chain.state.members[BEN].roles == {LEGAL}
    assert EVE not in chain.state.members


def test_a_programs_key_agrees_to_nothing_and_breaks_nothing(chain: Chain) -> None:
    chain.enrol(EVE, Role("service"))
    chain.add(EVE, Comment(at=NOON, change=CHANGE, text="Beep."))
    chain.entries.append(_wrapped(b"gibberish", key_of(EVE)))
    chain.add(ANA, RoleGrant(at=NOON, person=EVE, role=LEGAL, reason="Faster."))

    assert {code for _at, code in ignored(chain.state)} == {IgnoredCode.NOT_ENTITLED}
    assert len(chain.state.ignored) == 3
    assert_goes_on(chain)


# --------------------------------------------------------- what stops everything


def test_a_signed_new_entry_with_a_wrong_link_stops_everything(chain: Chain) -> None:
    before = chain.state

    chain.entries.append(
        sealed(replace(an_approval(), previous=before.heads[2]), key_of(BEN))
    )
    chain.approve(CARA, HR)

    state = chain.state
    assert state.fault is not None
    assert (state.fault.position, state.fault.code) == (5, FaultCode.LEDGER_BROKEN)
    assert state.changes == before.changes
    assert chain.verdict(SEEN) is Code.LEDGER_BROKEN


def test_a_wrong_link_stops_everything_though_the_entry_would_have_no_effect(
    chain: Chain,
) -> None:
    chain.entries.append(sealed(a_release(), key_of(BEN)))

    assert chain.state.fault is not None
    assert chain.state.fault.code is FaultCode.LEDGER_BROKEN


@pytest.mark.parametrize("lost", range(1, 5))
def test_a_lost_entry_breaks_the_chain_where_it_is_missed(
    chain: Chain, lost: int
) -> None:
    chain.approve(BEN, LEGAL)
    del chain.entries[lost]

    fault = chain.state.fault

    assert fault is not None
    assert (fault.position, fault.code) == (lost, FaultCode.LEDGER_BROKEN)


def test_two_entries_that_changed_places_break_the_chain(chain: Chain) -> None:
    chain.entries[2:4] = reversed(chain.entries[2:4])

    assert chain.state.fault is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"comment/v1", b"comment/v2"),
        (b"comment/v1", b"poem/v1"),
        (b'"text":"x"', b'"text":"x","text":"y"'),
        (b'"text":"x"', b'"text":NaN'),
        (b'"text":"x"', b'"text":"\xff"'),
        (b'"text":"x"', b'"text":"x","tone":"warm"'),
    ],
)
def test_a_members_entry_that_this_program_cannot_read_stops_everything(
    chain: Chain, old: bytes, new: bytes
) -> None:
    comment = Comment(at=NOON, change=CHANGE, text="x", previous=chain.state.head)
    payload = to_statement(comment).replace(old, new)

    chain.entries.append(_wrapped(payload, key_of(BEN)))

    assert chain.state.fault is not None
    assert chain.state.fault.code is FaultCode.UNKNOWN_FORMAT
    assert chain.verdict(SEEN) is Code.UNKNOWN_FORMAT


# -------------------------------------------------------------------- the beginning


def _genesis(policy_quorum: dict[Role, int] | None = None) -> Genesis:
    key = key_of(EVE).public.openssh
    return Genesis(
        at=NOON,
        workspace="Mine",
        person=EVE,
        name="Eve",
        key=key,
        policy=a_policy(policy_quorum),
    )


def test_a_workspace_is_founded_once(chain: Chain) -> None:
    chain.add(EVE, _genesis())

    assert ignored(chain.state) == [(5, IgnoredCode.NOT_ENTITLED)]
    assert chain.state.workspace == "Test"


def test_a_founder_signs_with_the_key_that_they_name() -> None:
    chain = Chain()
    chain.add(BEN, _genesis())

    assert ignored(chain.state) == [(0, IgnoredCode.NOT_ENTITLED)]


def test_an_empty_ledger_cannot_be_broken() -> None:
    chain = Chain()
    chain.entries.append(sealed(replace(_genesis(), previous=OTHER), key_of(EVE)))
    chain.add(BEN, an_approval())
    chain.add(EVE, _genesis())

    assert chain.state.workspace == "Mine"
    assert len(chain.state.ignored) == 2


def test_a_policy_that_nobody_has_to_agree_under_founds_nothing() -> None:
    chain = Chain()
    chain.add(EVE, _genesis({LEGAL: 0}))

    assert ignored(chain.state) == [(0, IgnoredCode.NOT_ENTITLED)]


@pytest.mark.parametrize("person", [ANA, DAN])
def test_somebody_always_administers(chain: Chain, person: str) -> None:
    key = key_of(ANA).public.fingerprint
    chain.add(ANA, RoleRevocation(at=NOON, person=ANA, role=ADMIN, reason="Bye."))
    chain.add(ANA, KeyRevocation(at=NOON, person=ANA, key=key, reason="Bye."))
    chain.enrol(ANA, MANAGER)

    assert [code for _at, code in ignored(chain.state)] == ["NOT_ENTITLED"] * 3
    assert chain.state.members[ANA].roles == {ADMIN}
