"""Calling the service: one request, its answer, and what goes wrong in our words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import quote

import msgspec

from governance.errors import ExpectedError, NotVerifiedError
from governance.texts import _
from sync.api import service
from sync.errors import (
    LoginNeededError,
    ServiceRefusedError,
    ServiceUnavailableError,
)

if TYPE_CHECKING:
    import httpx

Answer = TypeVar("Answer")

_PATIENCE: Final = 10.0  # seconds that the service may take
_NEAR: Final = frozenset({"127.0.0.1", "::1", "localhost"})


def new_http(address: str) -> "httpx.Client":
    """Return a client that asks no proxy for what is on this computer."""
    import httpx  # noqa: PLC0415 -- slow to load, and the window starts without it

    is_near = httpx.URL(address).host in _NEAR
    return httpx.Client(base_url=address, timeout=_PATIENCE, trust_env=not is_near)


def call(
    http: "httpx.Client",
    token: str,
    method: str,
    path: str,
    kind: type[Answer],
    *,
    query: Mapping[str, str] | None = None,
    wish: msgspec.Struct | None = None,
) -> Answer:
    """Make one call, and put what goes wrong into our words.

    Raises:
        ExpectedError: As ``ServiceClient._ask`` says.
    """
    import httpx  # noqa: PLC0415 -- as above

    given = {name: value for name, value in (query or {}).items() if value}
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    content = msgspec.json.encode(wish) if wish is not None else None
    try:
        answer = http.request(
            method, path, params=given, content=content, headers=headers
        )
        if answer.is_error:
            raise _refusal(answer)
        return msgspec.json.decode(answer.content, type=kind)
    except httpx.HTTPError as error:  # refused, unreachable, timed out
        raise ServiceUnavailableError(_("The service is not there.")) from error
    except msgspec.MsgspecError as error:
        problem = _("The service answered something odd.")
        raise ServiceUnavailableError(problem) from error


def _refusal(answer: "httpx.Response") -> ExpectedError:
    refusal = msgspec.json.decode(answer.content, type=service.Refusal)
    if answer.is_server_error:
        return ServiceUnavailableError(refusal.problem)
    if answer.status_code in {401, 403}:
        return LoginNeededError(refusal.problem)
    if refusal.code:
        return NotVerifiedError(refusal.problem, code=refusal.code)
    return ServiceRefusedError(refusal.problem, remedy=refusal.remedy)


def audience_of(http: "httpx.Client") -> str:
    """Return whom a login is meant for."""
    return str(http.base_url).rstrip("/")


def at(path: str, id_: str) -> str:
    """Return the address of one thing."""
    return path.format(id=quote(id_, safe=""))
