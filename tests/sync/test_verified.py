"""The service believes what it can replay and verify, and nothing else."""

from collections.abc import Callable
from datetime import datetime

import pytest

from governance.approval.candidate import Proposed
from governance.errors import (
    BadNameError,
    BadSignatureError,
    ExpectedError,
    LedgerBrokenError,
    LedgerUnavailableError,
    NotEntitledError,
    NotVerifiedError,
)
from governance.ledger.kinds import HoldSet, Recall
from governance.ledger.seen import Seen
from governance.names import Commit, Digest, TemplateId
from governance.trust.canonical import canonical, digest
from sync.publishing.verified import LedgerReleases
from tests.fakes.ledger import InMemoryLastSeen
from tests.fakes.make import (
    BASE,
    BEN,
    CARA,
    CHANGE,
    CLOSURE,
    DAN,
    DAY,
    HR,
    INVITE,
    LEGAL,
    MANAGER,
    NOON,
    Chain,
    a_policy,
    a_release,
    a_subject,
)
from tests.fakes.release_source import InMemorySource

PARTS = {"en/email.html": "<p>Hello</p>", "en/subject.txt": "Hello"}
COMPILED = digest(canonical(PARTS))
SEEN = Proposed(CHANGE, BASE, (a_subject(INVITE, compiled=COMPILED),))
INVITATION = TemplateId("interview-invitation")


def a_chain(*, is_released: bool = True, max_age: int = 0) -> Chain:
    chain = Chain.founded(
        policy=a_policy(max_age=max_age), ben=[LEGAL], cara=[HR], dan=[MANAGER]
    )
    chain.open(of=SEEN)
    chain.approve(BEN, LEGAL, of=SEEN)
    chain.approve(CARA, HR, of=SEEN)
    if is_released:
        chain.add(DAN, a_release(SEEN))
    return chain


class House:
    """The service's verification over a repository in memory."""

    def __init__(self, chain: Chain | None = None) -> None:
        self.chain = chain or a_chain()
        self.source = InMemorySource(self.chain, {INVITE: PARTS})
        self.last = InMemoryLastSeen()
        self.now = NOON
        self.pauses = 0
        self.releases = LedgerReleases(self.source, self.last, self.clock, self._pause)

    def clock(self) -> datetime:
        return self.now

    def code(self) -> str:
        with pytest.raises(ExpectedError) as caught:
            self.releases.current(INVITATION)
        assert isinstance(caught.value, NotVerifiedError)
        return caught.value.code

    def _pause(self, _seconds: float) -> None:
        self.pauses += 1


def test_what_everyone_signed_is_given_with_its_proof() -> None:
    house = House()

    release = house.releases.current(INVITATION)

    assert (release.subject, release.version) == (INVITE, 1)
    assert (release.closure, release.compiled) == (CLOSURE, COMPILED)
    assert release.parts == PARTS
    assert release.tag == "release/interview-invitation/v1"
    assert len(set(release.approvals)) == 2
    assert release.policy == house.chain.state.policies[release.policy].digest
    assert release.length == len(house.chain.entries)


def test_the_ledger_is_read_once_for_each_tip() -> None:
    house = House()
    for _time in range(3):
        house.releases.current(INVITATION)
    before = house.source.reads
    house.chain.enrol(BEN, LEGAL, HR)
    house.releases.current(INVITATION)

    assert (before, house.source.reads) == (1, 2)
    assert house.releases.state() == house.chain.state


def test_what_was_not_released_is_refused() -> None:
    house = House(a_chain(is_released=False))

    assert house.code() == "NOT_RELEASED"
    assert house.last.last() is None


@pytest.mark.parametrize(
    "parts",
    [
        {**PARTS, "en/subject.txt": "Hello "},
        {**PARTS, "en/sms.txt": "Hi"},
        {"en/email.html": "<p>Hello</p>"},
        {},
    ],
)
def test_any_other_byte_of_the_compiled_parts_is_refused(
    parts: dict[str, str],
) -> None:
    house = House()
    house.source.compiled_parts[INVITE] = parts

    assert house.code() == "COMPILED_CHANGED"


@pytest.mark.parametrize("found", [COMPILED, BadNameError("There is no such part.")])
def test_sources_that_are_not_those_signed_are_refused(
    found: Digest | ExpectedError,
) -> None:
    house = House()
    house.source.closures[INVITE] = found

    assert house.code() == "CLOSURE_CHANGED"


def test_sources_that_are_not_there_are_no_verdict() -> None:
    house = House()
    house.source.closures[INVITE] = LedgerUnavailableError("An object is missing.")

    with pytest.raises(LedgerUnavailableError):
        house.releases.current(INVITATION)


def test_who_signed_a_commit_cannot_have_approved_it() -> None:
    house = House()
    house.source.writing[INVITE] = [BEN]

    assert house.code() == "QUORUM_MISSING"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BadSignatureError("A commit is not signed."), "BAD_SIGNATURE"),
        (NotEntitledError("It begins with nothing released."), "NOT_ENTITLED"),
    ],
)
def test_a_branch_that_proves_nothing_proves_no_release(
    error: ExpectedError, code: str
) -> None:
    house = House()
    house.source.writing[INVITE] = error

    assert house.code() == code


@pytest.mark.parametrize("ask", ["current", "believed"])
def test_what_another_thread_read_meanwhile_is_no_alarm(ask: str) -> None:
    chain = a_chain()
    source, last = InMemorySource(chain), InMemoryLastSeen()
    source.compiled_parts[INVITE] = PARTS
    releases = LedgerReleases(source, last, lambda: NOON, lambda _: None, blink=60.0)
    releases.state()
    chain.enrol(BEN, LEGAL, HR)  # within the blink, so it is not read here yet
    last.remember(Seen.of(chain.state))

    if ask == "current":
        assert releases.current(INVITATION).length == len(chain.entries)
    else:
        assert releases.believed() == chain.state


def test_what_the_sources_of_a_commit_come_to_is_computed_once() -> None:
    house = House()
    for roles in ([LEGAL], [LEGAL, HR], [LEGAL]):
        house.chain.enrol(BEN, *roles)  # the ledger grows
        house.releases.current(INVITATION)

    assert house.source.computed == 1


def hold(chain: Chain) -> None:
    chain.add(BEN, HoldSet(at=NOON, subject=INVITE, role=LEGAL, reason="A court."))


def recall(chain: Chain) -> None:
    chain.add(DAN, Recall(at=NOON, subject=INVITE, version=1, reason="It was wrong."))


@pytest.mark.parametrize(("deed", "code"), [(hold, "HELD"), (recall, "WITHDRAWN")])
def test_what_was_used_before_is_refused_from_the_next_tip_on(
    deed: Callable[[Chain], None], code: str
) -> None:
    house = House()
    house.releases.current(INVITATION)
    deed(house.chain)

    assert house.code() == code


def test_a_yes_grows_too_old_without_a_new_tip() -> None:
    house = House(a_chain(max_age=10 * 86_400))
    house.releases.current(INVITATION)
    house.now = NOON + 11 * DAY

    assert house.code() == "EXPIRED"


def test_a_ledger_that_went_back_is_refused() -> None:
    house = House()
    house.releases.current(INVITATION)
    del house.chain.entries[-2:]

    assert house.code() == "LEDGER_REWOUND"


def test_a_ledger_that_went_another_way_is_refused_after_a_restart() -> None:
    house = House()
    house.chain.enrol(CARA, HR)
    house.releases.current(INVITATION)
    other = House()
    other.last = house.last
    other.chain.enrol(BEN, HR)
    releases = LedgerReleases(other.source, house.last, house.clock)

    with pytest.raises(NotVerifiedError) as caught:
        releases.current(INVITATION)

    assert caught.value.code == "LEDGER_FORKED"


def test_roles_are_not_read_from_a_ledger_that_went_back() -> None:
    house = House()
    house.chain.enrol(DAN)  # no longer a manager
    now = house.releases.believed()
    house.chain.entries.pop()
    again = LedgerReleases(house.source, house.last, house.clock)  # after a restart

    assert now.members[DAN].roles == frozenset()
    for releases in (house.releases, again):
        with pytest.raises(LedgerBrokenError) as caught:
            releases.believed()
        assert caught.value.code == "LEDGER_REWOUND"


def test_roles_are_not_read_from_another_ledger_of_the_same_length() -> None:
    house, other = House(), House()
    house.chain.enrol(DAN)
    other.chain.enrol(DAN, MANAGER, LEGAL)
    house.releases.believed()

    with pytest.raises(LedgerBrokenError) as caught:
        LedgerReleases(other.source, house.last, house.clock).believed()

    assert caught.value.code == "LEDGER_FORKED"


def test_roles_are_read_while_a_release_moves_the_references() -> None:
    house = House()
    house.source.main = Commit("9" * 40)

    assert MANAGER in house.releases.believed().members[DAN].roles


def test_a_reference_that_moved_is_waited_for_and_refused() -> None:
    house = House()
    house.source.main = Commit("9" * 40)

    assert house.code() == "REF_MOVED"
    assert house.pauses == 5


def test_a_release_under_way_is_waited_for() -> None:
    house = House()
    house.source.main = Commit("9" * 40)

    def arrive() -> None:
        if house.pauses == 2:
            house.source.main = None

    house.source.before_refs = arrive

    assert house.releases.current(INVITATION).version == 1


def test_parts_that_are_gone_are_no_proof() -> None:
    house = House()
    house.source.compiled_parts.clear()

    with pytest.raises(LedgerUnavailableError):
        house.releases.current(INVITATION)


def test_an_empty_ledger_proves_nothing() -> None:
    assert House(Chain()).code() == "NOT_RELEASED"


def test_silence_of_the_remote_is_noted() -> None:
    house = House()
    never = house.releases.freshness()
    house.releases.fetch()
    heard = house.releases.freshness()
    house.source.is_away, house.now = True, NOON + DAY

    with pytest.raises(LedgerUnavailableError):
        house.releases.fetch()

    assert (never.has_remote, never.heard_at) == (True, None)
    assert heard.heard_at == NOON
    assert house.releases.freshness() == heard


def test_a_journey_that_does_not_verify_does_not_run() -> None:
    assert House().releases.journeys() == ()


def test_nothing_of_the_ledger_is_taken_for_the_digest_of_what_was_read() -> None:
    house = House()
    house.source.compiled_parts[INVITE] = {"en/email.html": COMPILED}

    assert house.code() == "COMPILED_CHANGED"
