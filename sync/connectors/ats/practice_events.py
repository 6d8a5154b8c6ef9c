"""The practice ATS's webhooks: proved, and put into our words."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

import msgspec

from governance.texts import _
from sync.api import practice as theirs
from sync.candidates.facts import ApplicationId
from sync.errors import WebhookRefusedError
from sync.sending.inbox import InboundEvent

WINDOW: Final = timedelta(minutes=5)  # how old, or early, a signature may be


@dataclass(frozen=True, slots=True, repr=False)
class PracticeEvents:
    """Checks the signature before a byte of the body is read.

    Attributes:
        secrets: All that are valid now: two while one replaces the other.
    """

    secrets: tuple[str, ...]

    @property
    def name(self) -> str:
        """Which ATS it is."""
        return "practice"

    def verify(
        self, headers: Mapping[str, str], raw: bytes, now: datetime
    ) -> InboundEvent | None:
        """Return what was told, None where it is about no application.

        Args:
            headers: By names in lower case.
            raw: The body, byte for byte.
            now: The time, to refuse what was recorded long ago.

        Raises:
            WebhookRefusedError: Not signed with our secret, too old, or unreadable.
        """
        stamp = headers.get(theirs.TIMESTAMP.lower(), "")
        event = headers.get(theirs.EVENT_ID.lower(), "")
        given = headers.get(theirs.SIGNATURE.lower(), "")
        signed = f"{stamp}.{event}.".encode() + raw
        if not any(_fits(given, secret, signed) for secret in self.secrets):
            raise WebhookRefusedError(_("The signature of a webhook does not hold."))
        if abs(now - _moment(stamp)) > WINDOW:
            raise WebhookRefusedError(_("A webhook is too old, or a clock is wrong."))
        try:
            change = msgspec.json.decode(raw, type=theirs.Change)
        except msgspec.MsgspecError as error:
            raise WebhookRefusedError(_("A webhook cannot be read.")) from error
        if change.id != event:
            raise WebhookRefusedError(_("A webhook contradicts itself."))
        if change.kind is theirs.EventKind.TEMPLATE_CHANGED:
            return None
        return InboundEvent(
            self.name,
            change.id,
            ApplicationId(change.subject),
            change.kind,
            change.occurred_at,
        )


def _fits(given: str, secret: str, signed: bytes) -> bool:
    right = f"v1={hmac.new(secret.encode(), signed, sha256).hexdigest()}"
    return hmac.compare_digest(given.encode(), right.encode())


def _moment(stamp: str) -> datetime:
    # Signed by the ATS, so this refuses its mistakes and nobody's attacks.
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):  # noqa: PLR2004 -- year 5138
        raise WebhookRefusedError(_("A webhook bears no time."))
    return datetime.fromtimestamp(int(stamp), UTC)
