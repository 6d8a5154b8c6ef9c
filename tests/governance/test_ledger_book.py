import pytest

from governance.approval.tally import tally
from governance.errors import (
    LedgerBrokenError,
    LedgerUnavailableError,
    NotEntitledError,
    StaleTipError,
    UnknownFormatError,
    UnsignableTextError,
)
from governance.ledger.book import TRIES, Book
from governance.ledger.entry import Entry
from governance.ledger.kinds import Comment
from governance.ledger.opened import LARGEST
from governance.ledger.replay import replay
from governance.ledger.seen import Seen
from governance.ledger.state import LedgerState
from governance.ledger.statement import to_statement
from governance.names import NOTHING_YET, Tip
from governance.trust.dsse import seal
from governance.trust.signer import Signer
from tests.fakes.ledger import InMemoryLastSeen, InMemoryLedger
from tests.fakes.make import (
    ANA,
    BEN,
    CARA,
    CHANGE,
    EVE,
    HR,
    LEGAL,
    NOON,
    SEEN,
    Chain,
    an_approval,
    key_of,
)


@pytest.fixture
def ledger() -> InMemoryLedger:
    return InMemoryLedger(list(Chain.of_a_team().entries))


def say(text: str) -> Comment:
    return Comment(at=NOON, change=CHANGE, text=text)


def test_what_is_composed_is_signed_linked_and_kept(ledger: InMemoryLedger) -> None:
    book = Book(ledger)

    page = book.write(lambda _state: an_approval(), key_of(BEN))

    assert page.state == replay(ledger.kept)
    assert page.tip == ledger.tip()
    assert [one.person for one in page.state.changes[CHANGE].approvals] == [BEN]
    assert ledger.signers == [Signer(BEN, "Ben", key_of(BEN), NOON)]


@pytest.mark.parametrize(
    ("entry", "person"),
    [(an_approval(), CARA), (an_approval(), ANA), (an_approval(), EVE)],
)
def test_what_would_have_no_effect_is_not_written(
    ledger: InMemoryLedger, entry: Entry, person: str
) -> None:
    before = list(ledger.kept)
    signer = next(who for who in (ANA, CARA, EVE) if who == person)

    with pytest.raises(NotEntitledError) as caught:
        Book(ledger).write(lambda _state: entry, key_of(signer))

    assert caught.value.code == "NOT_ENTITLED"
    assert ledger.kept == before


@pytest.mark.parametrize("text", ["Fine\x1b[2J.", "Half: \ud83d"])
def test_what_cannot_be_signed_is_refused_before(
    ledger: InMemoryLedger, text: str
) -> None:
    before = ledger.tip()

    with pytest.raises(UnsignableTextError, match="control character"):
        Book(ledger).write(lambda _state: say(text), key_of(BEN))

    assert ledger.tip() == before


def test_what_is_too_large_is_not_written(ledger: InMemoryLedger) -> None:
    before = list(ledger.kept)

    with pytest.raises(NotEntitledError, match="larger"):
        Book(ledger).write(lambda _state: say("x" * LARGEST), key_of(BEN))

    assert ledger.kept == before


def test_a_bad_entry_does_not_stop_those_who_write_after_it(
    ledger: InMemoryLedger,
) -> None:
    ledger.kept.extend([b"junk", ledger.kept[3]])

    page = Book(ledger).write(lambda _state: an_approval(), key_of(BEN))

    assert page.state.fault is None
    assert [one.position for one in page.state.ignored] == [5, 6]
    assert page.state.changes[CHANGE].approvals[0].position == 7


def test_a_lost_race_is_run_again_on_fresh_state(ledger: InMemoryLedger) -> None:
    book, states, pauses = Book(ledger), list[int](), list[int]()
    book = Book(ledger, pauses.append)

    def cara_is_faster() -> None:
        ledger.before_append = lambda: None
        Book(ledger).write(lambda _state: an_approval(HR), key_of(CARA))

    def compose(state: LedgerState) -> Entry:
        states.append(state.length)
        return an_approval()

    ledger.before_append = cara_is_faster
    page = book.write(compose, key_of(BEN))

    assert states == [5, 6]
    assert pauses == [0]
    assert tally(page.state, CHANGE).seats == {BEN: LEGAL, CARA: HR}


def test_five_lost_races_are_enough(ledger: InMemoryLedger) -> None:
    attempts = list[Tip]()

    def somebody_is_always_faster() -> None:
        attempts.append(ledger.tip())
        ledger.before_append = lambda: None
        Book(ledger).write(lambda _state: say(str(len(attempts))), key_of(ANA))
        ledger.before_append = somebody_is_always_faster

    ledger.before_append = somebody_is_always_faster

    with pytest.raises(LedgerUnavailableError, match="at once"):
        Book(ledger).write(lambda _state: an_approval(), key_of(BEN))

    assert len(attempts) == TRIES
    assert replay(ledger.kept).changes[CHANGE].approvals == ()


def test_a_tip_is_replayed_once(ledger: InMemoryLedger) -> None:
    book = Book(ledger)

    assert book.open() is book.open()


def test_what_grew_is_replayed_from_where_it_was_read(ledger: InMemoryLedger) -> None:
    book = Book(ledger)
    book.open()
    Book(ledger).write(lambda _state: an_approval(), key_of(BEN))

    assert book.open().state == replay(ledger.kept)


def test_another_history_is_read_anew(ledger: InMemoryLedger) -> None:
    book = Book(ledger)
    book.write(lambda _state: say("Ours."), key_of(BEN))
    ledger.kept[5:] = []
    Book(ledger).write(lambda _state: say("Theirs."), key_of(BEN))
    Book(ledger).write(lambda _state: say("And more."), key_of(BEN))

    page = book.open()

    assert page.state == replay(ledger.kept)
    assert page.state.fault is None


def test_an_append_of_ones_own_moves_more_than_an_entry(
    ledger: InMemoryLedger,
) -> None:
    moved = list[str]()

    def append(entry: bytes, *, after: Tip, sign: Signer) -> Tip:
        moved.append(sign.person)
        return ledger.append(entry, after=after, sign=sign)

    Book(ledger).write(lambda _state: say("Hi."), key_of(BEN), append=append)

    assert moved == [BEN]
    assert len(ledger.kept) == 6


def test_an_append_that_loses_is_run_again(ledger: InMemoryLedger) -> None:
    tries = list[Tip]()

    def append(entry: bytes, *, after: Tip, sign: Signer) -> Tip:
        tries.append(after)
        if len(tries) == 1:
            raise StaleTipError("Someone else was faster.")
        return ledger.append(entry, after=after, sign=sign)

    Book(ledger).write(lambda _state: say("Hi."), key_of(BEN), append=append)

    assert len(tries) == 2


def test_nothing_is_written_after_what_this_program_cannot_read(
    ledger: InMemoryLedger,
) -> None:
    ledger.kept.append(_of_tomorrow(ledger))
    before = list(ledger.kept)

    with pytest.raises(UnknownFormatError, match="Entry 5"):
        Book(ledger).write(lambda _state: an_approval(), key_of(BEN))

    assert ledger.kept == before


def test_nothing_is_written_on_a_broken_ledger(ledger: InMemoryLedger) -> None:
    del ledger.kept[2]

    with pytest.raises(LedgerBrokenError):
        Book(ledger).write(lambda _state: say("Hi."), key_of(BEN))

    assert len(ledger.kept) == 4


def test_an_empty_ledger_opens(ledger: InMemoryLedger) -> None:
    page = Book(InMemoryLedger()).open()

    assert page.tip == NOTHING_YET
    assert page.state.length == 0


def test_the_longest_ledger_is_remembered() -> None:
    chain, last = Chain.of_a_team(), InMemoryLastSeen()
    longest = Seen.of(chain.state)

    last.remember(longest)
    last.remember(Seen.of(replay(chain.entries[:2])))

    assert last.last() == longest
    assert SEEN.change in chain.state.changes


def _of_tomorrow(ledger: InMemoryLedger) -> bytes:
    head = replay(ledger.kept).head
    comment = Comment(at=NOON, change=CHANGE, text="Hi.", previous=head)
    payload = to_statement(comment).replace(b"comment/v1", b"comment/v9")
    return seal(payload, key_of(BEN)).to_bytes()
