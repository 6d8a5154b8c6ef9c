import pytest
from msgspec.structs import replace

from governance.errors import LedgerBrokenError, NotEntitledError
from governance.ledger.book import Book
from governance.ledger.kinds import Comment, Recover
from governance.ledger.replay import replay
from governance.ledger.state import IgnoredCode
from governance.people.recover import recover
from tests.fakes.ledger import InMemoryLedger
from tests.fakes.make import (
    ADMIN,
    ANA,
    BEN,
    CHANGE,
    EVE,
    LEGAL,
    NOON,
    OTHER,
    Chain,
    an_approval,
    key_of,
    sealed,
)


@pytest.fixture
def broken() -> Chain:
    """Return a chain whose sixth entry does not follow; Ana and Eve administer it."""
    chain = Chain.founded(ben=[LEGAL], eve=[ADMIN])
    chain.open()
    chain.entries.append(sealed(replace(an_approval(), previous=OTHER), key_of(BEN)))
    return chain


def say(chain: Chain) -> Recover:
    fault = chain.state.fault
    assert fault is not None
    return Recover(
        at=NOON, last_good=fault.position, head=fault.head, reason="A bad disk."
    )


def test_two_administrators_bring_a_broken_ledger_back(broken: Chain) -> None:
    broken.approve(BEN, LEGAL)
    broken.add(ANA, say(broken))
    still = broken.state
    broken.add(EVE, say(broken))
    broken.approve(BEN, LEGAL)

    state = broken.state

    assert still.fault is not None
    assert still.fault.recovering == {ANA}
    assert state.fault is None
    assert [(one.position, one.code) for one in state.ignored] == [
        (5, IgnoredCode.LEDGER_BROKEN),
        (4, IgnoredCode.LEDGER_BROKEN),
    ]
    assert [one.position for one in state.changes[CHANGE].approvals] == [8]


def test_one_administrator_twice_is_not_two(broken: Chain) -> None:
    broken.add(ANA, say(broken))
    broken.add(ANA, say(broken))

    assert broken.state.fault is not None


def test_nobody_else_recovers(broken: Chain) -> None:
    broken.add(ANA, say(broken))
    broken.add(BEN, say(broken))

    assert broken.state.fault is not None
    assert broken.state.fault.recovering == {ANA}


@pytest.mark.parametrize(
    "wrong",
    [{"last_good": 3}, {"head": OTHER}],
)
def test_they_must_name_the_last_good_position(
    broken: Chain, wrong: dict[str, int | str]
) -> None:
    broken.add(ANA, replace(say(broken), **wrong))

    assert broken.state.fault is not None
    assert broken.state.fault.recovering == frozenset()


def test_a_copy_of_the_first_is_not_the_second(broken: Chain) -> None:
    broken.add(ANA, say(broken))
    broken.entries.append(broken.entries[-1])

    assert broken.state.fault is not None


@pytest.mark.parametrize("cut", range(8))
def test_a_recovery_in_two_parts_says_the_same(broken: Chain, cut: int) -> None:
    broken.add(ANA, say(broken))
    broken.entries.append(b"junk")
    broken.add(EVE, say(broken))

    parts = replay(broken.entries[cut:], replay(broken.entries[:cut]))

    assert parts == broken.state
    assert parts.fault is None


def test_a_sound_ledger_needs_no_recovery() -> None:
    chain = Chain.founded(eve=[ADMIN])
    entry = Recover(at=NOON, last_good=1, head=chain.state.heads[0], reason="Ha.")
    chain.add(ANA, entry)
    chain.add(EVE, entry)

    assert chain.state.fault is None
    assert {one.code for one in chain.state.ignored} == {IgnoredCode.NOT_ENTITLED}


def test_the_verb_recovers_and_the_book_writes_nothing_else(broken: Chain) -> None:
    book = Book(InMemoryLedger(list(broken.entries)))
    comment = Comment(at=NOON, change=CHANGE, text="Hello?")

    with pytest.raises(LedgerBrokenError, match="Entry 4 stops everything"):
        book.write(lambda _state: comment, key_of(ANA))
    with pytest.raises(LedgerBrokenError):
        recover(book, "A bad disk.", key=key_of(BEN), now=NOON)
    recover(book, "A bad disk.", key=key_of(ANA), now=NOON)
    page = recover(book, "A bad disk.", key=key_of(EVE), now=NOON)

    assert page.state.fault is None
    assert book.write(lambda _state: comment, key_of(ANA)).state.length == 8
    with pytest.raises(NotEntitledError):
        recover(book, "Again.", key=key_of(ANA), now=NOON)
