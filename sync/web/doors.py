"""Which names the service answers to, and from whose pages: not from strangers'.

A page in a browser can reach any port of its computer. It can make a name of its own
lead there (DNS rebinding), which ``Host`` shows, or send a form blindly, which
``Origin`` shows. Our clients are programs, and send no origin at all.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from governance.texts import N_, _
from sync.api.service import Refusal
from sync.web.answers import answered

NEAR: Final = frozenset({"127.0.0.1", "::1", "localhost"})

_REMEDY: Final = N_("Use the address that the service's settings name as “public”.")


def names_of(*addresses: str) -> frozenset[str]:
    """Return the names that a service at ``addresses`` answers to: theirs and ours."""
    named = {urlsplit(address).hostname for address in addresses}
    return NEAR | {name for name in named if name}


@dataclass(frozen=True, slots=True)
class Doors:
    """Asks ``app`` only what was meant for it.

    Attributes:
        names: Names and numbers that the service is reached by, in lower case.
    """

    app: ASGIApp
    names: frozenset[str] = NEAR

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or _split(f"//{hosts[0]}")[0] not in self.names:
            problem = _("This service does not answer to that name.")
            answer = answered(Refusal(problem, _(_REMEDY)), 421)
        elif any(_split(origin)[1] != hosts[0].lower() for origin in origins):
            problem = _("This service takes no requests from pages of others.")
            answer = answered(Refusal(problem, ""), 403)
        else:
            await self.app(scope, receive, send)
            return
        answer.headers["connection"] = "close"  # the body was not read
        await answer(scope, receive, send)


def _split(address: str) -> tuple[str, str]:
    """Return the name in an address, and the name with its port."""
    try:
        parts = urlsplit(address)
        return parts.hostname or "", parts.netloc.lower()
    except ValueError:  # "[" without "]", and the like
        return "", ""
