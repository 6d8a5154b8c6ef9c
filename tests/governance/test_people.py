import subprocess
from pathlib import Path

import pytest

from governance.errors import ContentError, NotEntitledError
from governance.ledger.book import Book
from governance.ledger.policy import SERVICE, Policy
from governance.names import Commit, PersonId, Role
from governance.people.access_review import AccessRow, access_review
from governance.people.allowed_signers import allowed_signers
from governance.people.change_policy import change_policy
from governance.people.confirm import confirm, just_signed, waiting_for
from governance.people.enrol import enrol, enrol_service
from governance.people.found import Founder, found
from governance.people.grant_role import grant_role, revoke_role
from governance.people.policy_file import read_policy
from governance.people.revoke_key import revoke_key
from governance.trust import sshsig
from governance.trust.dsse import NAMESPACE
from governance.trust.keys import SigningKey
from tests.fakes.ledger import InMemoryLedger
from tests.fakes.make import (
    ADMIN,
    ANA,
    BEN,
    CARA,
    COMMS,
    EVE,
    HR,
    LEGAL,
    MAIN,
    MANAGER,
    NOON,
    YEAR,
    Chain,
    a_policy,
    key_of,
)

STARTER = Path(__file__).parents[2] / "repo_templates" / "starter.policy.toml"
WRITTEN = """
[roles]
communications = "Communications"
legal = "Legal"
hr = "Human resources"
release_manager = "Release manager"
admin = "Administrator"

[classes.message]
quorum = { legal = 1, hr = 1, communications = 1 }
max_age = "P12M"
[classes.journey]
quorum = { legal = 1 }
[classes.record]
quorum = { communications = 1 }
[classes.standards]
quorum = { communications = 1 }

[meanings]
legal = "I have read it."

[release]
role = "release_manager"
[rollback]
role = "release_manager"
[emergency]
role = "release_manager"
seconds = ["legal", "hr"]
lasts = "PT72H"
review_within = "P5D"

[admin]
role = "admin"
"""
PROGRAM = PersonId("service@example.com")


@pytest.fixture
def book() -> Book:
    book = Book(InMemoryLedger())
    founder = Founder(ANA, "Ana", (MANAGER,))
    found(book, "Test", a_policy(), founder, key=key_of(ANA), now=NOON, main=MAIN)
    enrol(book, BEN, "Ben", key_of(BEN).public, LEGAL, key=key_of(ANA), now=NOON)
    return book


def roles(book: Book, person: PersonId) -> set[Role]:
    return set(book.open().state.members[person].roles)


def test_a_founder_administers_and_is_what_else_they_said(book: Book) -> None:
    state = book.open().state

    assert roles(book, ANA) == {ADMIN, MANAGER}
    assert (state.workspace, state.main, state.policy) == ("Test", MAIN, a_policy())


def test_a_workspace_is_founded_once(book: Book) -> None:
    with pytest.raises(NotEntitledError, match="founded before"):
        found(book, "Mine", a_policy(), Founder(ANA, "Ana"), key=key_of(ANA), now=NOON)

    assert book.open().state.length == 2


def test_a_workspace_may_begin_with_nothing() -> None:
    book = Book(InMemoryLedger())

    page = found(
        book, "Test", a_policy(), Founder(ANA, "Ana"), key=key_of(ANA), now=NOON
    )

    assert page.state.main == Commit("")


def test_a_person_is_enrolled_by_an_administrator(book: Book) -> None:
    with pytest.raises(NotEntitledError):
        enrol(book, CARA, "Cara", key_of(CARA).public, HR, key=key_of(BEN), now=NOON)

    assert CARA not in book.open().state.members


def test_a_role_that_nobody_named_is_not_given(book: Book) -> None:
    with pytest.raises(NotEntitledError, match="cook"):
        grant_role(book, BEN, Role("cook"), "Lunch.", key=key_of(ANA), now=NOON)


def test_roles_come_and_go(book: Book) -> None:
    grant_role(book, BEN, HR, "Helps out.", key=key_of(ANA), now=NOON)
    both = roles(book, BEN)
    revoke_role(book, BEN, LEGAL, "Moved.", key=key_of(ANA), now=NOON)

    assert both == {LEGAL, HR}
    assert roles(book, BEN) == {HR}


def test_a_role_that_is_not_held_is_not_taken(book: Book) -> None:
    with pytest.raises(NotEntitledError):
        revoke_role(book, BEN, HR, "Moved.", key=key_of(ANA), now=NOON)


def test_a_program_has_one_role_that_people_never_have(book: Book) -> None:
    enrol_service(
        book, PROGRAM, "Service", key_of(PROGRAM).public, key=key_of(ANA), now=NOON
    )

    assert roles(book, PROGRAM) == {SERVICE}
    with pytest.raises(NotEntitledError):
        grant_role(book, BEN, SERVICE, "No.", key=key_of(ANA), now=NOON)
    with pytest.raises(NotEntitledError):
        grant_role(book, PROGRAM, LEGAL, "No.", key=key_of(ANA), now=NOON)
    key = SigningKey.generate().public
    with pytest.raises(NotEntitledError, match="does not become"):
        enrol_service(book, BEN, "Ben", key, key=key_of(ANA), now=NOON)


def test_a_revoked_key_is_in_use_no_longer(book: Book) -> None:
    old = key_of(BEN).public.fingerprint

    page = revoke_key(book, BEN, old, "Lost.", key=key_of(ANA), now=NOON, since=2)

    assert page.state.members[BEN].key is None
    assert page.state.keys[old].until == 2
    assert page.state.keys[old].stolen_at == 2
    with pytest.raises(NotEntitledError):
        revoke_key(book, BEN, old, "Lost.", key=key_of(ANA), now=NOON)


@pytest.mark.parametrize("since", [0, 99])
def test_a_key_was_stolen_while_it_was_in_use(book: Book, since: int) -> None:
    old = key_of(BEN).public.fingerprint

    with pytest.raises(NotEntitledError, match="position"):
        revoke_key(book, BEN, old, "Lost.", key=key_of(ANA), now=NOON, since=since)


def test_that_an_old_key_was_stolen_is_said_later(book: Book) -> None:
    old = key_of(BEN).public.fingerprint
    key = SigningKey.generate().public
    enrol(book, BEN, "Ben", key, LEGAL, key=key_of(ANA), now=NOON)

    page = revoke_key(book, BEN, old, "Found.", key=key_of(ANA), now=NOON, since=2)

    assert page.state.members[BEN].key == key
    assert (page.state.keys[old].until, page.state.keys[old].stolen_at) == (2, 2)


def test_a_weaker_policy_takes_two(book: Book) -> None:
    weaker = a_policy({LEGAL: 1})
    enrol(book, EVE, "Eve", key_of(EVE).public, ADMIN, key=key_of(ANA), now=NOON)

    first = change_policy(book, weaker, "Faster.", key=key_of(ANA), now=NOON)
    waiting = just_signed(first)
    assert waiting is not None
    with pytest.raises(NotEntitledError) as caught:
        confirm(book, waiting, "Me too.", key=key_of(ANA), now=NOON)
    second = confirm(book, waiting, "Agreed.", key=key_of(EVE), now=NOON)
    with pytest.raises(NotEntitledError, match="waits"):
        confirm(book, waiting, "Again.", key=key_of(EVE), now=NOON)

    assert first.state.policy == a_policy()
    assert caught.value.code == "POLICY_WEAKENED"
    assert second.state.policy == weaker


def test_of_two_administrators_one_signs_and_the_other_confirms(book: Book) -> None:
    key = key_of(CARA).public
    alone = enrol(
        book, EVE, "Eve", key_of(EVE).public, ADMIN, key=key_of(ANA), now=NOON
    )
    signed = enrol(book, CARA, "Cara", key, HR, key=key_of(ANA), now=NOON)
    (waiting,) = waiting_for(signed.state, CARA)

    page = confirm(book, waiting, "She is real.", key=key_of(EVE), now=NOON)

    assert just_signed(alone) is None
    assert just_signed(signed) == waiting
    assert CARA not in signed.state.members
    assert page.state.members[CARA].key == key
    assert waiting_for(page.state, CARA) == ()


def test_an_access_review_lists_who_may_do_what() -> None:
    chain = Chain.of_a_team()
    chain.approve(BEN, LEGAL)
    chain.enrol(BEN, LEGAL, key=SigningKey.generate())

    rows = {row.person: row for row in access_review(chain.state)}

    public = key_of(CARA).public
    assert rows[CARA] == AccessRow(
        person=CARA,
        name="Cara",
        roles=(HR,),
        is_service=False,
        key=public.fingerprint,
        words=public.words,
        key_since=2,
        old_keys=(),
        last_position=None,
    )
    assert rows[BEN].old_keys == (key_of(BEN).public.fingerprint,)
    assert (rows[BEN].last_position, rows[BEN].key_since) == (5, 6)


# -------------------------------------------------------------- the allowed signers


def test_stock_ssh_keygen_accepts_whom_the_file_allows(
    book: Book, tmp_path: Path
) -> None:
    enrol_service(
        book, PROGRAM, "Service", key_of(PROGRAM).public, key=key_of(ANA), now=NOON
    )
    allowed = tmp_path / "allowed"
    allowed.write_text(allowed_signers(book.open().state))

    def accepts(person: PersonId, namespace: str) -> bool:
        signature = tmp_path / "signature"
        raw = sshsig.sign(b"yes", key_of(person), namespace=namespace)
        signature.write_text(sshsig.armour(raw))
        command = ["ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", person]
        said = subprocess.run(
            [*command, "-n", namespace, "-s", str(signature)],
            input=b"yes",
            capture_output=True,
            check=False,
        )
        return said.returncode == 0

    assert accepts(BEN, "git")
    assert accepts(BEN, NAMESPACE)
    assert not accepts(BEN, "file")
    assert accepts(PROGRAM, NAMESPACE)
    assert not accepts(PROGRAM, "git")
    assert not accepts(CARA, "git")


def test_a_stolen_key_is_allowed_nothing(book: Book) -> None:
    old = key_of(BEN).public
    revoke_key(book, BEN, old.fingerprint, "Lost.", key=key_of(ANA), now=NOON, since=1)

    text = allowed_signers(book.open().state)

    assert text == f"{key_of(ANA).public.allowed(ANA, 'git', 'countersign')}\n"


# ------------------------------------------------------------------ as people write it


def test_the_starters_policy_is_read_and_can_be_used() -> None:
    policy = read_policy(STARTER.read_text())

    assert policy.classes["message"].quorum == {LEGAL: 1, HR: 1, COMMS: 1}
    assert set(policy.roles) >= {LEGAL, HR, COMMS, MANAGER, ADMIN}


def test_a_policy_is_read_as_people_write_it() -> None:
    policy = read_policy(WRITTEN)

    assert policy.classes["message"].quorum == {LEGAL: 1, HR: 1, COMMS: 1}
    assert policy.classes["message"].max_age == YEAR
    assert policy.emergency.lasts == 72 * 3_600
    assert policy.emergency.review_within == 5 * 86_400
    assert (policy.release.role, policy.admin) == (MANAGER, ADMIN)


def _written(old: str, new: str) -> str:
    assert old in WRITTEN
    return WRITTEN.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("[roles]", "[roles", "cannot be read"),
        ('"P12M"', '"a year"', "no duration"),
        ('"P12M"', '"P"', "no duration"),
        ('"P12M"', '"P1DT"', "no duration"),
        ('"P12M"', "-5", "cannot be read"),
        ("legal = 1", "legal = 0.5", "cannot be read"),
        ("legal = 1", "judge = 1", "judge"),
        ("[rollback]", "[rolback]", "cannot be read"),
        ("[classes.record]", "[classes.records]", "record"),
        ('[admin]\nrole = "admin"', "", ""),
    ],
)
def test_a_policy_that_cannot_be_used_is_explained(
    old: str, new: str, why: str
) -> None:
    text = _written(old, new)
    if not why:
        assert read_policy(text).admin == ADMIN
        return

    with pytest.raises(ContentError, match=why):
        read_policy(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("P1Y", YEAR), ("P2W", 14 * 86_400), ("PT90M", 5_400), ("P1DT1H1S", 90_001)],
)
def test_durations_are_those_of_iso_8601(text: str, seconds: int) -> None:
    policy: Policy = read_policy(_written('"P12M"', f'"{text}"'))

    assert policy.classes["message"].max_age == seconds
