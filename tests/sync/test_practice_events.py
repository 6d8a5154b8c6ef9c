"""Webhooks: what is not surely the ATS's own is not read."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.api.practice import Change, EventKind
from sync.candidates.facts import ApplicationId
from sync.connectors.ats.practice_events import PracticeEvents
from sync.errors import WebhookRefusedError
from sync.sandbox.webhooks import signature
from sync.sending.inbox import InboundEvent

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SECRET, OTHER = "both sides know it", "somebody else's"
CHANGE = Change(
    id="evt-1",
    sequence=7,
    kind=EventKind.MOVED,
    subject="app-001",
    stage="interview",
    occurred_at=NOW,
)
BODY = msgspec.json.encode(CHANGE)
PROOF = PracticeEvents((SECRET,))


def signed(
    body: bytes = BODY,
    *,
    secret: str = SECRET,
    at: datetime = NOW,
    event: str = "evt-1",
) -> dict[str, str]:
    stamp = str(int(at.timestamp()))
    return {
        "practice-timestamp": stamp,
        "practice-event-id": event,
        "practice-signature": signature(secret, stamp, event, body),
    }


def test_what_is_signed_is_believed() -> None:
    assert PROOF.verify(signed(), BODY, NOW) == InboundEvent(
        "practice", "evt-1", ApplicationId("app-001"), "application.moved", NOW
    )


def test_what_is_about_a_template_is_about_no_application() -> None:
    other = msgspec.structs.replace(CHANGE, kind=EventKind.TEMPLATE_CHANGED)
    body = msgspec.json.encode(other)

    assert PROOF.verify(signed(body), body, NOW) is None


def test_a_new_secret_holds_beside_the_old_one() -> None:
    both = PracticeEvents((SECRET, OTHER))

    assert both.verify(signed(secret=OTHER), BODY, NOW)
    assert both.verify(signed(secret=SECRET), BODY, NOW)


def test_what_another_signed_is_refused() -> None:
    with pytest.raises(WebhookRefusedError, match="signature"):
        PROOF.verify(signed(secret=OTHER), BODY, NOW)


@given(at=st.integers(0, len(BODY) - 1), bit=st.integers(0, 7))
def test_any_changed_bit_is_refused(at: int, bit: int) -> None:
    changed = bytearray(BODY)
    changed[at] ^= 1 << bit

    with pytest.raises(WebhookRefusedError, match="signature"):
        PROOF.verify(signed(), bytes(changed), NOW)


@pytest.mark.parametrize(
    "name", ["practice-timestamp", "practice-event-id", "practice-signature"]
)
@pytest.mark.parametrize("value", ["", "x", "1", "v1=", "ä"])
def test_a_missing_or_changed_header_is_refused(name: str, value: str) -> None:
    with pytest.raises(WebhookRefusedError, match="signature"):
        PROOF.verify({**signed(), name: value}, BODY, NOW)


@pytest.mark.parametrize(
    "age", [timedelta(minutes=6), timedelta(days=400), timedelta(minutes=-6)]
)
def test_what_was_recorded_is_refused_later(age: timedelta) -> None:
    with pytest.raises(WebhookRefusedError, match="too old"):
        PROOF.verify(signed(at=NOW - age), BODY, NOW)


@pytest.mark.parametrize("stamp", ["", "now", "-5", "9" * 30])
def test_a_time_that_is_none_is_refused(stamp: str) -> None:
    headers = {
        "practice-timestamp": stamp,
        "practice-event-id": "evt-1",
        "practice-signature": signature(SECRET, stamp, "evt-1", BODY),
    }

    with pytest.raises(WebhookRefusedError, match="time"):
        PROOF.verify(headers, BODY, NOW)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"id": 1}', b"\xff"])
def test_what_cannot_be_read_is_refused(body: bytes) -> None:
    with pytest.raises(WebhookRefusedError, match="cannot be read"):
        PROOF.verify(signed(body), body, NOW)


def test_another_event_in_the_body_is_refused() -> None:
    with pytest.raises(WebhookRefusedError, match="contradicts"):
        PROOF.verify(signed(event="evt-2"), BODY, NOW)


def test_its_repr_keeps_the_secret() -> None:
    assert SECRET not in repr(PROOF)
