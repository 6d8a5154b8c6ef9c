"""Who asks: a challenge signed with the person's key, then a short-lived token.

A token is signed by the service and names a person and their key, no role: roles are
read from the ledger at each request, so who loses one loses it at once.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_bytes, token_urlsafe
from threading import Lock
from typing import Final

import msgspec

from governance.errors import BadSignatureError, LedgerBrokenError
from governance.ledger.state import LedgerState, Member
from governance.names import PersonId, Role
from governance.ports import Clock
from governance.texts import _
from governance.trust import sshsig
from sync.api.login import (
    NAMESPACE,
    Challenge,
    LoginWish,
    Session,
    login_message,
)
from sync.errors import LoginNeededError

_CHALLENGE_LASTS: Final = timedelta(minutes=1)
_SESSION_LASTS: Final = timedelta(hours=8)

Ledger = Callable[[], LedgerState]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks.

    Attributes:
        person: An e-mail address, or "" for a program on this computer that could read
            the service's own folder.
    """

    person: PersonId
    roles: frozenset[Role]

    @property
    def is_local(self) -> bool:
        """Whether it showed the folder's token and no person's."""
        return not self.person


class _Token(msgspec.Struct, frozen=True):
    person: PersonId
    key: str
    expires_at: datetime


class Sessions:
    """Lets people in; any thread may ask.

    Args:
        ledger: Returns who is who, as the service itself replayed it.
        clock: What expires is judged by it.
        secret: Signs tokens; all processes of one service share it.
        local: The token of the service's own folder.
        audiences: The addresses that the service is reached at.
    """

    def __init__(
        self,
        ledger: Ledger,
        clock: Clock,
        *,
        secret: bytes,
        local: str,
        audiences: frozenset[str],
    ) -> None:
        self._ledger, self._clock = ledger, clock
        self._secret, self._local, self._audiences = secret, local, audiences
        self._mine = token_bytes(32)  # a challenge holds in this process alone
        self._used: dict[str, float] = {}
        self._lock = Lock()

    def challenge(self, person: PersonId) -> Challenge:
        """Return what ``person`` is to sign; a stranger gets one like anybody.

        Nothing is kept: the challenge itself says when it ends, under our mark. So
        however many are asked for, nobody's is pushed out.
        """
        expires_at = self._clock() + _CHALLENGE_LASTS
        asked = f"{token_urlsafe(16)}.{expires_at.timestamp():.6f}"
        return Challenge(f"{asked}.{self._asked(person, asked)}", expires_at)

    def login(self, wish: LoginWish) -> Session:
        """Let a person in who signed an open challenge.

        Raises:
            LoginNeededError: The challenge is used, old or another's, or the signature
                is not of the key that the ledger has for the person.
            LedgerUnavailableError: The ledger cannot be read.
            LedgerBrokenError: The ledger cannot be believed.
        """
        now = self._clock()
        ends_at = self._end_of(wish)
        if ends_at is None or ends_at <= now.timestamp():
            raise _over()
        if wish.audience not in self._audiences:
            raise LoginNeededError(_("This login was meant for another service."))
        member = self._member(wish.person)
        if member is None or member.key is None:
            raise _stranger()
        message = login_message(wish.person, wish.nonce, wish.audience)
        try:
            sshsig.check(wish.signature, message, member.key, namespace=NAMESPACE)
        except BadSignatureError as error:
            raise _stranger() from error
        self._use_up(wish.nonce, ends_at, now)
        token = _Token(wish.person, member.key.fingerprint, now + _SESSION_LASTS)
        return Session(self._sealed(token), token.expires_at)

    def caller(self, headers: Mapping[str, str]) -> Caller:
        """Return who asks.

        Raises:
            LoginNeededError: Nobody, or somebody whose session is over.
            LedgerUnavailableError: The ledger cannot be read.
            LedgerBrokenError: The ledger cannot be believed.
        """
        given = headers.get("authorization", "").removeprefix("Bearer ")
        if hmac.compare_digest(given.encode(), self._local.encode()):
            return Caller(PersonId(""), frozenset())
        token = self._opened(given)
        if token is None or token.expires_at <= self._clock():
            raise LoginNeededError(_("Please log in."))
        member = self._member(token.person)
        if member is None or member.key is None or member.key.fingerprint != token.key:
            raise LoginNeededError(_("Please log in."))
        return Caller(token.person, member.roles)

    def _end_of(self, wish: LoginWish) -> float | None:
        """Return when a challenge of ours ends, None for one of somebody else's."""
        asked, _dot, mark = wish.nonce.rpartition(".")
        right = self._asked(wish.person, asked)
        if not hmac.compare_digest(mark.encode(), right.encode()):
            return None
        return float(asked.partition(".")[2])

    def _asked(self, person: PersonId, asked: str) -> str:
        text = f"{asked} {person}".encode()
        return hmac.new(self._mine, text, sha256).hexdigest()

    def _use_up(self, nonce: str, ends_at: float, now: datetime) -> None:
        """Let nobody use a login again; only members' are kept, until they end.

        Raises:
            LoginNeededError: Somebody has.
        """
        with self._lock:
            moment = now.timestamp()
            self._used = {name: end for name, end in self._used.items() if end > moment}
            if nonce in self._used:
                raise _over()
            self._used[nonce] = ends_at

    def _member(self, person: PersonId) -> Member | None:
        state = self._ledger()
        if state.fault:
            raise LedgerBrokenError(state.fault.reason, code=state.fault.code)
        member = state.members.get(person)
        return None if member is None or member.is_service else member

    def _sealed(self, token: _Token) -> str:
        raw = urlsafe_b64encode(msgspec.json.encode(token))
        return f"{raw.decode()}.{self._mark(raw)}"

    def _opened(self, text: str) -> _Token | None:
        raw, _dot, mark = text.partition(".")
        if not hmac.compare_digest(mark.encode(), self._mark(raw.encode()).encode()):
            return None
        return msgspec.json.decode(urlsafe_b64decode(raw), type=_Token)

    def _mark(self, raw: bytes) -> str:
        return hmac.new(self._secret, b"session " + raw, sha256).hexdigest()


def _over() -> LoginNeededError:
    return LoginNeededError(_("This login was used already, or is too old."))


def _stranger() -> LoginNeededError:
    return LoginNeededError(_("The ledger knows nobody of this name with this key."))
