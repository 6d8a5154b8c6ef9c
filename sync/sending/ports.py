"""All that sending asks of the world, wired in one value.

The ports themselves stand where they are used: ``inbox``, ``docket``, ``outbox``,
``upkeep``, ``deliveries``, ``stops``, ``queue``, ``mailer`` (Mailer, Timeline),
``fill`` (Rendering), ``publishing.releases`` (VerifiedReleases), ``candidates.ports``
(Directory, Candidates).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from governance.names import Channel
from governance.ports import Clock
from sync.candidates.ports import Candidates, Directory
from sync.publishing.releases import VerifiedReleases
from sync.sending.docket import Docket
from sync.sending.inbox import Inbox
from sync.sending.mailer import Mailer, Timeline
from sync.sending.outbox import Attest, Outbox
from sync.sending.policy import SendingPolicy
from sync.sending.prepare import Prepare
from sync.sending.queue import Queue
from sync.sending.stops import Stops
from sync.sending.upkeep import Upkeep


@dataclass(frozen=True, slots=True)
class Wired:
    """The service's core, wired.

    Attributes:
        worker: Who this process is, unique for ever.
        mailers: One way out for each channel that the policy has a route for.
        timeline: None where the ATS has none.
        clock_offset: How far the ATS's clock is ahead, None where unknown.
    """

    worker: str
    clock: Clock
    policy: SendingPolicy
    candidates: Candidates
    inbox: Inbox
    docket: Docket
    outbox: Outbox
    upkeep: Upkeep
    stops: Stops
    queue: Queue
    directory: Directory
    releases: VerifiedReleases
    mailers: Mapping[Channel, Mailer]
    prepare: Prepare
    attest: Attest
    timeline: Timeline | None = None
    clock_offset: Callable[[], timedelta | None] = lambda: None
