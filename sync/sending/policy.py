"""What a workspace decides about sending, beside its journeys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Final

from governance.journeys.journey import Cap, Window
from governance.names import Channel
from sync.sending.anyway import COURTESY
from sync.sending.decision import Reason
from sync.sending.mailer import Route

# SMS: the hours that every state of the US allows on a weekday (47 CFR 64.1200(c)(1)
# and the stricter state laws).
QUIET: Final[Mapping[Channel, Window]] = {
    Channel.EMAIL: Window(opens=time(7), closes=time(21)),
    Channel.SMS: Window(opens=time(9), closes=time(20)),
    Channel.CHAT: Window(opens=time(7), closes=time(21)),
}


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a message is from, on one channel.

    Attributes:
        address: "hiring@northwind.example", or a number or name for SMS.
        name: Shown beside an e-mail address.
        reply_to: "" for the recruiter's own address.
        unsubscribe: Addresses for List-Unsubscribe, where the class needs them; a
            "{token}" in them is replaced by one that names no person.
    """

    address: str
    name: str = ""
    reply_to: str = ""
    unsubscribe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SendingPolicy:
    """Limits and names; the defaults are the strict ones.

    Attributes:
        workspace: Part of every idempotency key; never changed.
        domain: Of the Message-IDs.
        quiet: The window of a step that has none of its own.
        sensitive_stages: Stages in which a person sends, and no program.
        cap: For one candidate over all journeys.
        silence: How long a remote may be silent before sends are held.
        skew: How far clocks may differ.
        grace: What was due so shortly before the service first began is still sent.
            Whoever connects an ATS that is in use must not write to everyone in it.
        anyway: The holds that who releases may send past, with a reason.
    """

    workspace: str
    domain: str
    senders: Mapping[Channel, Sender]
    routes: Mapping[Channel, Route]
    quiet: Mapping[Channel, Window] = field(default_factory=lambda: dict(QUIET))
    sensitive_stages: frozenset[str] = frozenset()
    cap: Cap = Cap(8, timedelta(days=1))  # noqa: RUF009 -- frozen
    silence: timedelta = timedelta(hours=1)
    skew: timedelta = timedelta(minutes=2)
    grace: timedelta = timedelta(minutes=10)
    anyway: frozenset[Reason] = COURTESY
