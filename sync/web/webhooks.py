"""Webhooks in: proved, kept, answered; the work comes after."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from starlette.requests import Request
from starlette.responses import Response

from governance.ports import Clock
from governance.texts import _
from sync.errors import WebhookRefusedError
from sync.sending.inbox import InboundEvent, Inbox
from sync.serving.body import body
from sync.web.answers import NoSuchThingError

PATH: Final = "/webhooks/{source}"
_LONGEST: Final = 200  # characters; a database may keep no more
_log = logging.getLogger(__name__)


class EventSource(Protocol):
    """How one ATS signs what it tells."""

    def verify(
        self, headers: Mapping[str, str], raw: bytes, now: datetime
    ) -> InboundEvent | None:
        """Return what was told, None where it is about no application.

        Raises:
            WebhookRefusedError: Not signed with our secret, too old, or unreadable.
        """


@dataclass(frozen=True, slots=True)
class Webhooks:
    """Takes in what an ATS tells; the same twice is once."""

    sources: Mapping[str, EventSource]
    inbox: Inbox
    clock: Clock

    def take(self, request: Request) -> Response:
        """Answer ``POST /webhooks/{source}``: 200 only when it is kept.

        Raises:
            NoSuchThingError: No ATS of that name is connected.
            WebhookRefusedError: The signature does not hold, or is too old.
            StoreUnavailableError: It was not kept: the ATS should try again.
        """
        source = self.sources.get(request.path_params["source"])
        if source is None:
            raise NoSuchThingError(_("No such ATS is connected."))
        now = self.clock()
        headers = {name.lower(): value for name, value in request.headers.items()}
        try:
            event = source.verify(headers, body(request), now)
        except RecursionError as error:  # "[[[[…": signed, and still no event
            raise WebhookRefusedError(_("A webhook cannot be read.")) from error
        if event is None:
            return Response(status_code=200)
        if max(len(event.name), len(event.application)) > _LONGEST:
            raise WebhookRefusedError(_("A webhook names something much too long."))
        is_new = self.inbox.receive(event, now)
        _log.info("Event %s: %s", event.name, "new" if is_new else "known")
        return Response(status_code=200)
