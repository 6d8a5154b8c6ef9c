from datetime import datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from governance.errors import UnknownFormatError
from governance.ledger.entry import Entry
from governance.ledger.kinds import KINDS, Comment, Second
from governance.ledger.statement import from_statement, to_statement
from governance.trust.canonical import canonical, spelled
from tests.fakes.make import (
    CHANGE,
    NOON,
    OTHER,
    a_release,
    a_revision,
    a_rollback,
    a_second,
    an_approval,
    an_emergency,
    an_opening,
)

ENTRIES = [
    an_opening(),
    a_revision(),
    an_approval(),
    a_release(),
    a_rollback(),
    an_emergency(),
    a_second(4),
    Second(at=NOON, entry=3, envelope=OTHER, reason="Yes."),
]
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r")
)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.kind)
def test_an_entry_survives_its_statement(entry: Entry) -> None:
    assert from_statement(to_statement(entry)) == entry


@given(TEXTS)
def test_a_statement_is_spelled_as_canonical_json(text: str) -> None:
    comment = Comment(at=NOON, change=CHANGE, text=text)

    payload = to_statement(comment)

    assert canonical(msgspec.json.decode(payload)) == payload
    assert from_statement(payload) == comment


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"approval/v1", b"approval/v2"),
        (b"approval/v1", b"approval/v1/"),
        (b'"role":', b'"rule":'),
        (b'"change":"01', b'"change":"..'),
        (b'templates/offer-accepted"', b'templates/../accepted"'),
        (b'"at":"2026-01-05T12:00:00Z"', b'"at":"2026-01-05T12:00:00"'),
        (b'"version_before":0', b'"version_before":0.0'),
        (b'"version_before":0', b'"version_before":NaN'),
        (b'"version_before":0', b'"version_before":-1'),
        (b'"role":"legal"', b'"role":"hr","role":"legal"'),
        (b'"role":"legal"', b'"role": "legal"'),
        (b'"meaning":"I agree."', b'"meaning":"\\u0049 agree."'),
        (b'"meaning":"I agree."', b'"meaning":"\xff"'),
        (b'{"_type":', b'{"more":1,"_type":'),
        (b"Statement/v1", b"Statement/v2"),
    ],
)
def test_a_statement_of_another_form_is_refused(old: bytes, new: bytes) -> None:
    payload = to_statement(an_approval())
    assert old in payload

    with pytest.raises(UnknownFormatError):
        from_statement(payload.replace(old, new, 1))


@pytest.mark.parametrize("bad", ["\x1b[2J", "\x00", "\x7f", "\x9b2J", "\x08"])
def test_what_a_terminal_would_obey_is_in_no_text(bad: str) -> None:
    comment = Comment(at=NOON, change=CHANGE, text=f"Fine{bad}.")

    with pytest.raises(UnknownFormatError):
        from_statement(to_statement(comment))


@pytest.mark.parametrize("bad", ["\n", "\u2028", "\u202e", "\x1b[2J"])
def test_a_title_is_one_line_that_reads_forwards(bad: str) -> None:
    with pytest.raises(UnknownFormatError):
        from_statement(to_statement(replace(an_opening(), title=f"Warm{bad}er")))


def test_subjects_that_are_not_the_predicates_are_refused() -> None:
    head, subject = to_statement(an_approval()).split(b'"subject":')

    with pytest.raises(UnknownFormatError):
        from_statement(head + b'"subject":' + subject.replace(b"c" * 64, b"e" * 64))


@pytest.mark.parametrize(
    "payload", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 200_000, b"{}"]
)
def test_what_is_no_statement_is_refused(payload: bytes) -> None:
    with pytest.raises(UnknownFormatError):
        from_statement(payload)


def test_every_kind_names_its_version() -> None:
    assert all(name.endswith("/v1") for name in KINDS)


def test_an_approval_names_its_bytes_for_readers_of_in_toto() -> None:
    statement = msgspec.json.decode(to_statement(an_approval()))

    assert statement["subject"] == [
        {"name": "templates/offer-accepted", "digest": {"sha256": "c" * 64}},
        {"name": "templates/offer-accepted#compiled", "digest": {"sha256": "d" * 64}},
    ]


def test_the_moment_is_kept_to_the_microsecond() -> None:
    later = NOON.replace(microsecond=123_456)
    entry = replace(an_approval(), at=later)

    read = from_statement(to_statement(entry))

    assert read.at == later
    assert isinstance(read.at, datetime)


@given(
    st.dictionaries(TEXTS, st.integers(-(2**63), 2**63)),
)
def test_the_quick_spelling_is_the_canonical_one(value: dict[str, int]) -> None:
    assert msgspec.json.encode(value, order="sorted") == canonical(value)
    assert spelled(an_approval()) == canonical(msgspec.to_builtins(an_approval()))
