"""All addresses of the service, in one table."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from governance.errors import ExpectedError
from governance.ledger.state import LedgerState
from governance.texts import _
from sync.api import (
    accesses,
    changes,
    deliveries,
    erasures,
    login,
    publications,
    service,
    stops,
    stories,
)
from sync.api.service import Refusal
from sync.errors import log_unexpected
from sync.serving.body import WholeBody
from sync.web import webhooks
from sync.web.answers import answered, refused
from sync.web.desk import Desk
from sync.web.doors import NEAR, Doors
from sync.web.handlers import Handlers
from sync.web.operations import Operations
from sync.web.webhooks import Webhooks

_log = logging.getLogger(__name__)
_LARGEST: Final = 256_000  # bytes of a request

Handler = Callable[[Request], Response]


def build_application(
    desk: Desk,
    ledger: Callable[[], LedgerState],
    names: frozenset[str] = NEAR,
) -> Starlette:
    """Assemble the web application.

    Args:
        desk: What there is to ask.
        ledger: Says who is who.
        names: What the service is called by; see ``sync.web.doors``.
    """
    mine = Handlers(desk, Operations(desk.clock), ledger)
    hooks = Webhooks(desk.sources, desk.inbox, desk.clock)
    table: list[tuple[str, str, Handler]] = [
        ("GET", service.HEALTH, mine.health),
        ("POST", login.CHALLENGE, mine.challenge),
        ("POST", login.LOGIN, mine.login),
        ("GET", login.WHOAMI, mine.whoami),
        ("GET", publications.PUBLICATIONS, mine.publications),
        ("POST", publications.PUBLICATIONS, mine.publish),
        ("GET", service.OPERATION, mine.operation),
        ("GET", deliveries.DELIVERIES, mine.deliveries),
        ("GET", deliveries.DELIVERY, mine.delivery),
        ("GET", deliveries.ATTESTATION, mine.attestation),
        ("POST", deliveries.DECISION, mine.decide),
        ("POST", deliveries.ANYWAY, mine.anyway),
        ("POST", deliveries.RECONCILE, mine.reconcile),
        ("GET", deliveries.CHAIN, mine.chain),
        ("GET", changes.CHANGES, mine.changes),
        ("POST", stories.STORY, mine.story),
        ("POST", accesses.ACCESSES, mine.access),
        ("POST", erasures.ERASURES, mine.erase),
        ("GET", stops.STOPS, mine.stops),
        ("POST", stops.STOPS, mine.stop),
        ("DELETE", stops.STOP, mine.lift),
        ("POST", webhooks.PATH, hooks.take),
    ]
    return Starlette(
        routes=[
            Route(path, _Net(handler).answer, methods=[method])
            for method, path, handler in table
        ],
        middleware=[
            Middleware(Doors, names=names),
            Middleware(WholeBody, largest=_LARGEST),
        ],
    )


@dataclass(frozen=True, slots=True)
class _Net:
    """One handler, with its failures put into HTTP's words."""

    handler: Handler

    def answer(self, request: Request) -> Response:
        try:
            return self.handler(request)
        except ExpectedError as error:
            return refused(error)
        except Exception as error:  # noqa: BLE001 -- the only net of this thread
            log_unexpected(_log, "A request failed", error)
            problem = _("Something went wrong that we did not foresee.")
            remedy = _("The service's log says more.")
            return answered(Refusal(problem, remedy), 500)
