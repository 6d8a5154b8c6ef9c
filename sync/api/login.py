"""Logging in: the client signs what the service asked, and shows no secret.

The signature holds in a namespace of its own and names the service's address, so it can
be used neither as an approval nor at another service.
"""

from datetime import datetime
from typing import Final

import msgspec

from governance.names import PersonId, Role
from governance.trust.canonical import canonical

CHALLENGE: Final = "/v1/login/challenge"
LOGIN: Final = "/v1/login"
WHOAMI: Final = "/v1/login/whoami"
NAMESPACE: Final = "countersign-login"


class ChallengeWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody wants to log in."""

    person: PersonId


class Challenge(msgspec.Struct, frozen=True):
    """What is to be signed, once, before it expires."""

    nonce: str
    expires_at: datetime


class LoginWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The challenge, signed.

    Attributes:
        audience: The address that the client dialled.
        signature: SSHSIG over ``login_message``.
    """

    person: PersonId
    nonce: str
    audience: str
    signature: bytes


class Session(msgspec.Struct, frozen=True):
    """A token that stands for the person until it expires."""

    token: str
    expires_at: datetime

    def __repr__(self) -> str:
        return f"Session(until {self.expires_at})"


class WhoAmI(msgspec.Struct, frozen=True):
    """Who is logged in, in which roles: as the ledger says at this moment."""

    person: PersonId
    roles: tuple[Role, ...]


def login_message(person: PersonId, nonce: str, audience: str) -> bytes:
    """Return the bytes that a login signs."""
    return canonical(
        {"audience": audience, "login": "v1", "nonce": nonce, "person": person}
    )
