"""Calls to an outside system's HTTP API, with every failure put into our words.

A system that drips bytes or sends gigabytes is cut off: there is a limit for the whole
answer, not only for each read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Final, Self, TypeVar

import httpx
import msgspec

from governance.texts import _
from sync.errors import (
    AtsBusyError,
    AtsRefusedError,
    AtsUnauthorisedError,
    DirectoryUnavailableError,
    RemoteChangedError,
)

Answer = TypeVar("Answer")

PATIENCE: Final = 10.0  # seconds for a whole answer
_LARGEST: Final = 20_000_000  # bytes of an answer
_LONGEST_WAIT: Final = 3600.0  # seconds of a Retry-After that we believe
_USUAL_WAIT: Final = 5.0  # seconds, where it names none


@dataclass(slots=True, eq=False)
class Quiet:
    """Until when a system wants to be left alone, by our own monotonic clock."""

    until: float = 0.0

    def require_over(self) -> None:
        """Let a call pass whose time has come.

        Raises:
            AtsBusyError: The system asked us to wait longer.
        """
        left = self.until - monotonic()
        if left > 0:
            raise AtsBusyError(_("The ATS asked us to come later."), left)

    def begin(self, seconds: float) -> None:
        """Leave the system alone for so long; never shorter than was asked before."""
        self.until = max(self.until, monotonic() + seconds)


@dataclass(frozen=True, slots=True)
class Caller:
    """One outside system at one address.

    Attributes:
        patience: Seconds that an answer may take, as a whole.
        quiet: Kept after an answer that asked us to wait; until then nobody is asked.
    """

    http: httpx.Client
    patience: float = PATIENCE
    quiet: Quiet = field(default_factory=Quiet)

    @classmethod
    def at(cls, address: str, token: str, *, patience: float = PATIENCE) -> Self:
        """Return a caller that shows ``token`` to the system at ``address``."""
        client = httpx.Client(
            base_url=address,
            headers={"Authorization": f"Bearer {token}"},
            timeout=patience,
            trust_env=False,
        )
        return cls(client, patience)

    def close(self) -> None:
        """Let go of connections."""
        self.http.close()

    def ask(
        self,
        method: str,
        path: str,
        kind: type[Answer],
        *,
        query: Mapping[str, str] | None = None,
        wish: msgspec.Struct | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Call the system, and return its answer as ``kind``.

        Raises:
            AtsUnauthorisedError: It does not accept the token.
            AtsBusyError: It wants to be asked later.
            AtsRefusedError: It does not do this, or lacks what is named.
            RemoteChangedError: Somebody else changed the thing meanwhile.
            DirectoryUnavailableError: It is away, hangs, or answers something odd.
        """
        raw = self.raw(method, path, query=query, wish=wish, headers=headers)
        try:
            return msgspec.json.decode(raw, type=kind)
        except msgspec.MsgspecError as error:
            raise _odd() from error

    def raw(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        wish: msgspec.Struct | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> bytes:
        """Call the system, and return the bytes of its answer.

        Raises:
            ExpectedError: As ``ask`` says.
        """
        self.quiet.require_over()
        content = msgspec.json.encode(wish) if wish is not None else None
        request = self.http.build_request(
            method, path, params=query, content=content, headers=headers
        )
        try:
            answer = self.http.send(request, stream=True)
            try:
                raw = self._read(answer)
            finally:
                answer.close()
        except httpx.HTTPError as error:
            raise DirectoryUnavailableError(_("The ATS cannot be reached.")) from error
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            self.quiet.begin(_wait(answer))
        _require_fine(answer)
        return raw

    def _read(self, answer: httpx.Response) -> bytes:
        until, pieces, size = monotonic() + self.patience, [], 0
        for piece in answer.iter_bytes():
            size += len(piece)
            if size > _LARGEST or monotonic() > until:
                raise _odd()
            pieces.append(piece)
        return b"".join(pieces)


def _require_fine(answer: httpx.Response) -> None:
    """Let a success pass; no text of the answer is repeated, it may name people."""
    code = answer.status_code
    if answer.is_success:
        return
    if code in {401, 403}:
        raise AtsUnauthorisedError(_("The ATS does not accept our token."))
    if code == httpx.codes.TOO_MANY_REQUESTS:
        raise AtsBusyError(_("The ATS asks us to come later."), _wait(answer))
    if code in {409, 412}:
        raise RemoteChangedError(_("Somebody changed this in the ATS meanwhile."))
    if answer.is_client_error:
        raise AtsRefusedError(_("The ATS refused ({code}).").format(code=code))
    problem = _("The ATS is not well ({code}).").format(code=code)
    raise DirectoryUnavailableError(problem)


def _wait(answer: httpx.Response) -> float:
    text = answer.headers.get("retry-after", "")
    if text.isascii() and text.isdigit():
        return min(float(text), _LONGEST_WAIT)
    return _USUAL_WAIT


def _odd() -> DirectoryUnavailableError:
    return DirectoryUnavailableError(_("The ATS answered something odd."))
