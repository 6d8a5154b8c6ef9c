"""Request bodies, read whole before a handler runs, and never more than is allowed.

Handlers are plain ``def`` in a thread and cannot wait for bytes, so this layer waits
for them. What is too long is refused before it is read.
"""

import asyncio
from dataclasses import dataclass
from typing import Final

import msgspec
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from governance.texts import N_, _

LARGEST: Final = 1_000_000  # bytes
_KEY: Final = "countersign.body"
_PATIENCE: Final = 10.0  # seconds for a whole body

_TOO_LONG: Final = N_("The request is too long.")
_TOO_SLOW: Final = N_("The request did not arrive in time.")


class _TooLongError(Exception):
    """More came than was announced, or than is allowed."""


@dataclass(frozen=True, slots=True)
class WholeBody:
    """Reads each request's body, then asks ``app``.

    Attributes:
        largest: How many bytes a body may have.
    """

    app: ASGIApp
    largest: int = LARGEST

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            self._require_short(Headers(scope=scope).get("content-length", "0"))
            async with asyncio.timeout(_PATIENCE):
                scope[_KEY] = await self._read(receive)
        except _TooLongError:
            await _refusal(413, _(_TOO_LONG))(scope, receive, send)
            return
        except TimeoutError:
            await _refusal(408, _(_TOO_SLOW))(scope, receive, send)
            return
        await self.app(scope, _Again(scope[_KEY], receive), send)

    def _require_short(self, announced: str) -> None:
        if not announced.isdigit() or int(announced) > self.largest:
            raise _TooLongError

    async def _read(self, receive: Receive) -> bytes:
        pieces: list[bytes] = []
        left = self.largest
        while True:
            message = await receive()
            piece = message.get("body", b"")
            left -= len(piece)
            if left < 0:
                raise _TooLongError
            pieces.append(piece)
            if not message.get("more_body", False):
                return b"".join(pieces)


def body(request: Request) -> bytes:
    """Return the request's bytes, exactly as they came."""
    raw = request.scope[_KEY]
    assert isinstance(raw, bytes), "WholeBody stands before every handler"
    return raw


class _Again:
    """Gives a body that was read once more; after it, what the connection says."""

    def __init__(self, raw: bytes, receive: Receive) -> None:
        self._raw: bytes | None = raw
        self._receive = receive

    async def __call__(self) -> Message:
        if self._raw is None:
            return await self._receive()
        raw, self._raw = self._raw, None
        return {"type": "http.request", "body": raw, "more_body": False}


def _refusal(status: int, problem: str) -> Response:
    # The rest of the body is not read, so the connection cannot be used again.
    raw = msgspec.json.encode({"problem": problem, "remedy": ""})
    headers = {"connection": "close"}
    return Response(raw, status, headers=headers, media_type="application/json")
