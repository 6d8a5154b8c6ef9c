"""Personal data at rest: bound to its place, lost with its key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import WrongStoreKeyError
from sync.store.sealing import Sealer, normal_email, normal_phone

ONE, TWO = Sealer(bytes(32)), Sealer(bytes([1] * 32))


@given(st.binary(max_size=200))
def test_what_is_sealed_opens_and_shows_nothing(data: bytes) -> None:
    key, wrapped = ONE.new_key("c1")

    sealed = key.seal(data, "application/facts/a1")

    assert ONE.unwrap(wrapped, "c1").open(sealed, "application/facts/a1") == data
    assert len(data) < 4 or data not in sealed


def test_the_same_twice_looks_different() -> None:
    key, _wrapped = ONE.new_key("c1")

    assert key.seal(b"maya", "p") != key.seal(b"maya", "p")


@pytest.mark.parametrize("position", range(0, 33, 4))
def test_a_changed_byte_is_noticed(position: int) -> None:
    key, _wrapped = ONE.new_key("c1")
    sealed = bytearray(key.seal(b"maya", "p"))
    sealed[position % len(sealed)] ^= 1

    with pytest.raises(WrongStoreKeyError):
        key.open(bytes(sealed), "p")


def test_nothing_can_be_moved_to_another_place_or_person() -> None:
    key, wrapped = ONE.new_key("c1")
    sealed = key.seal(b"maya", "application/facts/a1")

    with pytest.raises(WrongStoreKeyError):
        key.open(sealed, "application/facts/a2")
    with pytest.raises(WrongStoreKeyError):
        ONE.unwrap(wrapped, "c2")
    with pytest.raises(WrongStoreKeyError):
        TWO.unwrap(wrapped, "c1")
    with pytest.raises(WrongStoreKeyError):
        key.open(b"", "application/facts/a1")


def test_a_former_key_still_opens_and_can_be_left_behind() -> None:
    key, wrapped = ONE.new_key("c1")
    sealed = key.seal(b"maya", "p")
    both = Sealer(TWO.secret, former=(ONE.secret,))

    anew = both.rewrap(wrapped, "c1")

    assert TWO.unwrap(anew, "c1").open(sealed, "p") == b"maya"
    assert both.knows(ONE.fingerprint)
    assert not TWO.knows(ONE.fingerprint)


def test_indexes_are_blind_and_of_one_spelling() -> None:
    one = ONE.index("email", normal_email(" Maya@Candidate.example "))

    assert one == ONE.index("email", normal_email("maya@candidate.example"))
    assert one != ONE.index("phone", "maya@candidate.example")
    assert one != TWO.index("email", "maya@candidate.example")
    assert normal_phone("+44 20 7946-0000") == "442079460000"


def test_a_key_of_another_length_is_refused_and_none_is_shown() -> None:
    key, _wrapped = ONE.new_key("c1")

    with pytest.raises(WrongStoreKeyError):
        Sealer(b"short")
    assert repr(ONE) == "Sealer()"
    assert repr(key) == "CandidateKey()"
