"""What the window, the command line and the service's operator must never get through.

Each refusal also leaves the repository as it was.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from msgspec.structs import replace as with_other

from governance.approval.verdict import Code
from governance.changes.approve_change import ApproveChange
from governance.changes.credentials import Credentials
from governance.changes.emergency import JoinEmergency, ask_for_emergency
from governance.changes.open_change import OpenChange
from governance.changes.verify_release import verify_release
from governance.content.sources import Sources
from governance.errors import (
    BadSignatureError,
    ChecksFailedError,
    CompileDiffersError,
    ConflictError,
    EmptyChangeError,
    ExpectedError,
    LedgerUnavailableError,
    MarkupError,
    MissingFileError,
    NotEntitledError,
    NotVerifiedError,
    StaleChangeError,
    WrongPassphraseError,
)
from governance.ledger.book import TRIES
from governance.ledger.entry import Entry
from governance.ledger.state import IgnoredCode
from governance.names import ChangeId, Commit, PersonId
from governance.people.grant_role import grant_role
from governance.rendering.compiled import Compiled
from governance.standards.finding import Finding, Severity
from governance.trust.keys import SigningKey
from governance.trust.signer import Signer
from tests.fakes.ledger import InMemoryLedger
from tests.fakes.library import (
    FOOTER,
    INVITE_TEXT,
    JOURNEY,
    OFFER_SUBJECT,
    OFFER_TABLE,
    OFFER_TEXT,
    a_library,
)
from tests.fakes.make import (
    ANA,
    BEN,
    CARA,
    DAN,
    EVE,
    HR,
    LEGAL,
    NOON,
    a_policy,
    an_emergency,
    sealed,
)
from tests.fakes.progress import Noted
from tests.fakes.repository import InMemoryRepository
from tests.fakes.workplace import Workplace, as_, consent_of, in_memory

WARM_OFFER = a_library().with_text(OFFER_TEXT, "Hi!\n")
WARM_INVITE = a_library().with_text(INVITE_TEXT, "Hi!\n")


@pytest.fixture
def place() -> Workplace:
    return in_memory()


@contextmanager
def refused(
    place: Workplace, error: type[ExpectedError], code: str = "", match: str = ""
) -> Iterator[None]:
    """Expect a refusal, and that nothing moved."""
    before = place.ledger.tip(), place.main, place.releases.seen()
    with pytest.raises(error, match=match or None) as caught:
        yield
    assert caught.value.code == code
    assert str(caught.value)
    assert (place.ledger.tip(), place.main, place.releases.seen()) == before


def agreed(place: Workplace, change: ChangeId) -> ChangeId:
    place.approve(change, BEN, LEGAL)
    place.approve(change, CARA, HR)
    return change


def forge(place: Workplace, entry: Entry, person: PersonId) -> None:
    """Push an entry past every use case, as somebody with a changed program could."""
    key = place.vault.unlock(person, person.split("@")[0])
    linked = with_other(entry, previous=place.reader.book.open().state.head)
    sign = Signer(person, "X", key, NOON)
    place.ledger.append(sealed(linked, key), after=place.ledger.tip(), sign=sign)


def test_an_author_cannot_approve_their_own_change(place: Workplace) -> None:
    key = place.vault.unlock(ANA, "ana")
    grant_role(place.reader.book, ANA, LEGAL, "x", key=key, now=NOON)
    change = place.open(WARM_OFFER).change

    with refused(place, NotEntitledError, "NOT_ENTITLED", "You wrote this"):
        place.approve(change, ANA, LEGAL)


def test_nobody_approves_in_a_role_that_they_do_not_hold(place: Workplace) -> None:
    change = place.open(WARM_OFFER).change

    with refused(place, NotEntitledError, "NOT_ENTITLED", "does not hold"):
        place.approve(change, BEN, HR)


def test_without_legal_nothing_is_released(place: Workplace) -> None:
    change = place.open(WARM_OFFER).change
    place.approve(change, CARA, HR)

    with refused(place, NotVerifiedError, "QUORUM_MISSING", "Legal"):
        place.release(change)


def test_one_person_does_not_fill_two_roles(place: Workplace) -> None:
    change = place.open(WARM_OFFER).change
    place.approve(change, EVE, LEGAL)
    place.approve(change, EVE, HR)

    with refused(place, NotVerifiedError, "QUORUM_MISSING"):
        place.release(change)


def test_an_approval_replayed_onto_another_change_is_void(place: Workplace) -> None:
    offer, invite = place.open(WARM_OFFER).change, place.open(WARM_INVITE).change
    place.approve(offer, BEN, LEGAL)
    place.approve(invite, CARA, HR)
    given = place.read().state.changes[offer].approvals[0].approval
    forge(place, with_other(given, change=invite), BEN)

    with refused(place, NotVerifiedError, "QUORUM_MISSING"):
        place.release(invite)

    ignored = place.read().state.ignored
    assert [one.code for one in ignored] == [IgnoredCode.CLOSURE_CHANGED]


def test_an_approval_stored_again_is_void(place: Workplace) -> None:
    assert isinstance(place.ledger, InMemoryLedger)
    change = place.open(WARM_OFFER).change
    place.approve(change, BEN, LEGAL)
    copy, sign = place.ledger.kept[-1], place.ledger.signers[-1]
    place.ledger.append(copy, after=place.ledger.tip(), sign=sign)

    assert [one.code for one in place.read().state.ignored] == [IgnoredCode.COPY]
    with refused(place, NotVerifiedError, "QUORUM_MISSING"):
        place.release(change)


def test_a_partial_edited_after_the_approval_is_noticed(place: Workplace) -> None:
    change = agreed(place, place.open(WARM_OFFER).change)
    place.agree_and_release(a_library(footer="<p>Other {{ brand.name }}</p>\n"))

    with refused(place, NotVerifiedError, "CLOSURE_CHANGED"):
        place.release(change)


def test_a_change_that_reaches_further_than_was_read_is_noticed(
    place: Workplace,
) -> None:
    # When it was approved only two messages used the footer; now a third one does.
    change = agreed(place, place.open(a_library(footer="<p>Other</p>\n")).change)
    third = "templates/offer/offer-reminder"
    sources = a_library()
    for path in a_library().paths:
        if path.startswith("templates/offer/offer-accepted/"):
            name = path.replace("templates/offer/offer-accepted", third)
            sources = sources.with_text(name, sources.read(path))
    place.agree_and_release(sources)

    with refused(place, NotVerifiedError, "CLOSURE_CHANGED"):
        place.release(change)


def test_a_branch_edited_after_the_approval_changes_nothing(place: Workplace) -> None:
    change = agreed(place, place.open(WARM_OFFER).change)
    key = place.vault.unlock(ANA, "ana")
    place.repository.propose(
        change,
        a_library().with_text(OFFER_TEXT, "Evil!\n"),
        base=place.main,
        after=place.repository.branch(change),
        message="x",
        sign=Signer(ANA, "Ana", key, NOON),
    )

    reading = place.release(change)

    assert place.repository.sources(reading.main) == WARM_OFFER
    assert reading.changes[change].is_edited


def test_other_bytes_of_the_same_sources_are_not_approved(place: Workplace) -> None:
    change = place.open(WARM_OFFER).change
    place.renderer.alter = tampered

    with refused(place, CompileDiffersError, "COMPILED_CHANGED", "you have"):
        place.approve(change)


def test_other_bytes_of_the_same_sources_are_not_released(place: Workplace) -> None:
    change = agreed(place, place.open(WARM_OFFER).change)
    place.renderer.alter = tampered

    with refused(place, NotVerifiedError, "COMPILED_CHANGED"):
        place.release(change)


def tampered(compiled: Compiled) -> Compiled:
    return Compiled({name: f"{text}<!---->" for name, text in compiled.parts.items()})


def test_what_was_not_shown_is_not_approved(place: Workplace) -> None:
    change = place.open(WARM_OFFER).change
    seen = place.reader.look(change).proposed
    place.revise(change, a_library().with_text(OFFER_TEXT, "Other!\n"))

    with refused(place, StaleChangeError):
        ApproveChange(place.desk)(seen, consent_of(BEN, LEGAL), Noted())


def test_a_wrong_passphrase_signs_nothing(place: Workplace) -> None:
    draft = place.draft(WARM_OFFER)

    with refused(place, WrongPassphraseError):
        OpenChange(place.desk, place.builder)(draft, Credentials(ANA, "wrong"), Noted())
    assert place.repository.branches() == {}


def test_a_key_that_is_nobodys_opens_no_change(place: Workplace) -> None:
    mallory = PersonId("mallory@example.com")
    place.vault.create(mallory, "mallory")

    with refused(place, NotEntitledError, "NOT_ENTITLED"):
        place.open(WARM_OFFER, by=mallory)
    assert place.repository.branches() == {}


def test_only_a_release_manager_releases(place: Workplace) -> None:
    change = agreed(place, place.open(WARM_OFFER).change)

    with refused(place, NotEntitledError, "NOT_ENTITLED"):
        place.release(change, by=BEN)


@pytest.mark.parametrize("verb", ["approve", "release", "revise"])
def test_a_change_that_is_not_there_is_said_not_to_be(
    place: Workplace, verb: str
) -> None:
    nowhere = ChangeId("01KE6N2G00000000000000000Z")

    with refused(place, StaleChangeError, "NO_SUCH_CHANGE"):
        if verb == "approve":
            place.approve(nowhere)
        elif verb == "release":
            place.release(nowhere)
        else:
            place.revise(nowhere, WARM_OFFER)


def test_a_release_happens_once(place: Workplace) -> None:
    change = place.agree_and_release(WARM_OFFER)

    with refused(place, StaleChangeError, match="no longer under review"):
        place.release(change)


def test_old_approvals_are_due_again() -> None:
    place = in_memory(a_policy(max_age=86_400))
    change = agreed(place, place.open(WARM_OFFER).change)
    place.watch.now = NOON + timedelta(days=2)

    with refused(place, NotVerifiedError, "EXPIRED"):
        place.release(change)


def test_the_same_file_changed_on_both_sides_is_a_conflict(place: Workplace) -> None:
    change = agreed(place, place.open(WARM_OFFER).change)
    place.agree_and_release(a_library().with_text(OFFER_TEXT, "Hey!\n"))

    with refused(place, ConflictError, match=OFFER_TEXT):
        place.release(change)


def test_a_change_of_nothing_is_not_opened(place: Workplace) -> None:
    with refused(place, EmptyChangeError):
        place.open(a_library())
    assert place.repository.branches() == {}


@pytest.mark.parametrize(
    ("sources", "error"),
    [
        (a_library().with_text(OFFER_TEXT, "Hi {{ x"), MarkupError),
        (a_library().without(FOOTER), MissingFileError),
    ],
)
def test_what_cannot_be_compiled_is_not_opened(
    place: Workplace, sources: Sources, error: type[ExpectedError]
) -> None:
    with pytest.raises(error):
        place.open(sources)
    assert place.repository.branches() == {}


def test_what_the_checks_refuse_is_not_opened(place: Workplace) -> None:
    place.checker.findings.append(
        Finding("template.unknown-field", Severity.ERROR, "No such field.", "a", line=3)
    )

    with refused(place, ChecksFailedError, "CHECKS_FAILED", "a, line 3: No such field"):
        place.open(WARM_OFFER)
    assert place.repository.branches() == {}


def test_a_commit_that_names_somebody_else_is_refused(place: Workplace) -> None:
    change = place.open(WARM_OFFER).change
    _rewrite_branch(place, change, Signer(BEN, "Ben", _key(place, ANA), NOON))

    with refused(place, BadSignatureError, "BAD_SIGNATURE", "another key signed it"):
        place.approve(change)


def test_an_unsigned_commit_is_refused(place: Workplace) -> None:
    change = place.open(WARM_OFFER).change
    _rewrite_branch(place, change, None)

    with refused(place, BadSignatureError, "BAD_SIGNATURE"):
        place.approve(change)


def test_an_author_whom_the_entry_leaves_out_is_found(place: Workplace) -> None:
    change = place.open(WARM_OFFER).change
    _rewrite_branch(place, change, Signer(BEN, "Ben", _key(place, BEN), NOON))

    with refused(place, NotEntitledError, "NOT_ENTITLED", "leaves out"):
        place.approve(change, BEN, LEGAL)


@pytest.mark.parametrize(
    ("writer", "code"), [(BEN, Code.QUORUM_MISSING), (None, Code.BAD_SIGNATURE)]
)
def test_who_verifies_from_git_finds_an_author_whom_the_entry_leaves_out(
    place: Workplace, writer: PersonId | None, code: Code
) -> None:
    base, change = place.main, agreed(place, place.open(WARM_OFFER).change)
    place.release(change)
    good = verify_release(place.reader, OFFER_SUBJECT, now=NOON).verdict
    sign = Signer(BEN, "Ben", _key(place, BEN), NOON) if writer else None
    _rewrite_branch(place, change, sign, base=base)

    bad = verify_release(place.reader, OFFER_SUBJECT, now=NOON).verdict

    assert good.is_verified
    assert bad.code is code


def test_no_other_emergency_before_the_review_of_the_last(place: Workplace) -> None:
    first = place.open(WARM_OFFER).change
    ask_for_emergency(place.desk, first, "A wrong date.", as_(DAN))
    join = JoinEmergency(place.desk)
    join(first, LEGAL, as_(BEN), Noted())
    second = place.open(WARM_OFFER.with_text(OFFER_TEXT, "Ho!\n")).change

    with refused(place, NotVerifiedError, "EMERGENCY_OVERDUE", "v1 was released"):
        ask_for_emergency(place.desk, second, "Another.", as_(DAN))
    forge(place, with_other(an_emergency(), change=second), DAN)
    with refused(place, NotVerifiedError, "EMERGENCY_OVERDUE", "v1 was released"):
        join(second, LEGAL, as_(BEN), Noted())


@pytest.mark.parametrize(
    ("path", "sneaked"),
    [
        (OFFER_TEXT, "You owe us.\n"),
        (OFFER_TABLE, "broken"),
        (JOURNEY, 'at = "stage_left"'),
    ],
)
def test_a_text_that_somebody_put_on_main_is_not_carried_along_unseen(
    place: Workplace, path: str, sneaked: str
) -> None:
    assert isinstance(place.repository, InMemoryRepository)
    table = a_library().read(JOURNEY)
    good = WARM_OFFER.with_text(JOURNEY, table.replace("entered", "left"))
    place.agree_and_release(good)
    text = table if path == JOURNEY else sneaked
    place.repository.released = place.repository.keep(
        good.with_text(path, text),
        parents=(place.main,),
        message="x",
        sign=_signer(place, DAN),
    )
    onward = good.with_text(OFFER_TEXT, "Hi, all!\n").with_text(
        JOURNEY, table.replace("entered", "left").replace("2", "3")
    )
    change = place.open(onward).change

    with refused(place, NotVerifiedError, "CLOSURE_CHANGED", "never released"):
        place.approve(change, BEN, LEGAL)


def test_a_base_that_was_never_released_is_refused(place: Workplace) -> None:
    # Whatever stands below the base is not looked at: it would hide an author.
    hidden = place.repository.keep(
        a_library(), parents=(place.main,), message="x", sign=_signer(place, BEN)
    )

    with refused(place, NotEntitledError, "NOT_ENTITLED", "released"):
        place.open(WARM_OFFER, base=hidden)


def test_a_main_that_somebody_moved_stops_releases(place: Workplace) -> None:
    assert isinstance(place.repository, InMemoryRepository)
    change = agreed(place, place.open(WARM_OFFER).change)
    place.repository.released = place.repository.keep(
        WARM_OFFER, parents=(place.main,), message="x", sign=_signer(place, BEN)
    )

    with refused(place, NotVerifiedError, "REF_MOVED"):
        place.release(change)
    alarm = place.read().alarm
    assert alarm is not None
    assert alarm.code == "REF_MOVED"


def test_a_lost_race_is_run_again_on_fresh_state(place: Workplace) -> None:
    assert isinstance(place.ledger, InMemoryLedger)
    ledger, change = place.ledger, place.open(WARM_OFFER).change
    seen = place.reader.look(change).proposed

    def cara_is_faster() -> None:
        ledger.before_append = nobody
        ApproveChange(place.desk)(seen, consent_of(CARA, HR), Noted())

    ledger.before_append = cara_is_faster
    reading = ApproveChange(place.desk)(seen, consent_of(BEN, LEGAL), Noted())

    assert dict(reading.changes[change].tally.seats) == {BEN: LEGAL, CARA: HR}
    assert reading.changes[change].verdict.is_verified


def test_a_release_that_lost_its_race_is_built_anew(place: Workplace) -> None:
    assert isinstance(place.ledger, InMemoryLedger)
    ledger = place.ledger
    offer = agreed(place, place.open(WARM_OFFER).change)
    invite = agreed(place, place.open(WARM_INVITE).change)

    def the_other_is_faster() -> None:
        ledger.before_append = nobody
        place.release(invite)

    ledger.before_append = the_other_is_faster
    reading = place.release(offer)

    both = WARM_OFFER.with_text(INVITE_TEXT, "Hi!\n")
    assert place.repository.sources(reading.main) == both
    assert reading.alarm is None
    assert len(reading.refs.tags) == 2


def test_five_lost_races_are_enough(place: Workplace) -> None:
    assert isinstance(place.ledger, InMemoryLedger)
    ledger, attempts = place.ledger, []
    change = place.open(WARM_OFFER).change

    def somebody_is_always_faster() -> None:
        attempts.append(ledger.tip())
        ledger.before_append = nobody
        place.open(WARM_INVITE)
        ledger.before_append = somebody_is_always_faster

    ledger.before_append = somebody_is_always_faster

    with pytest.raises(LedgerUnavailableError, match="at once"):
        place.approve(change)
    assert len(attempts) == TRIES


def nobody() -> None:
    """Be in nobody's way."""


def _key(place: Workplace, person: PersonId) -> SigningKey:
    return place.vault.unlock(person, person.split("@")[0])


def _signer(place: Workplace, person: PersonId) -> Signer:
    return Signer(person, "X", _key(place, person), NOON)


def _rewrite_branch(
    place: Workplace,
    change: ChangeId,
    sign: Signer | None,
    *,
    base: Commit | None = None,
) -> None:
    """Exchange the commit that the entry names for another author's."""
    assert isinstance(place.repository, InMemoryRepository)
    commit = place.repository.branch(change)
    forged = place.repository.keep(
        WARM_OFFER, parents=(base or place.main,), message="x", sign=sign
    )
    kept = place.repository.commits
    kept[commit] = kept.pop(forged)
