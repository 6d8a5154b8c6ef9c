"""How claims go to the process, and its answers come back.

A frame is its length in four bytes, then the claims one after the other: key,
signature, the message's length in two bytes, the message. The answer is one byte a
claim, 1 for yes.
"""

from collections.abc import Iterator, Sequence
from socket import socket
from struct import Struct
from typing import Final

from governance.trust.claims import Claim

KEY: Final = 32
SIGNATURE: Final = 64

_LENGTH: Final = Struct(">I")
_HEAD: Final = Struct(f">{KEY}s{SIGNATURE}sH")


class GoneError(Exception):
    """The other side has gone."""


def framed(claims: Sequence[Claim]) -> bytes:
    """Spell claims."""
    body = b"".join(
        _HEAD.pack(claim.key, claim.signature, len(claim.message)) + claim.message
        for claim in claims
    )
    return _LENGTH.pack(len(body)) + body


def read_claims(line: socket) -> Iterator[Claim]:
    """Read one frame.

    Raises:
        GoneError: Nobody sends any.
    """
    (length,) = _LENGTH.unpack(received(line, _LENGTH.size))
    body, at = received(line, length), 0
    while at < length:
        key, signature, size = _HEAD.unpack_from(body, at)
        at += _HEAD.size + size
        yield Claim(key, signature, body[at - size : at])


def received(line: socket, length: int) -> bytes:
    """Read so many bytes.

    Raises:
        GoneError: They do not come.
    """
    found = bytearray()
    while len(found) < length:
        try:
            part = line.recv(length - len(found))
        except OSError as error:
            raise GoneError from error
        if not part:
            raise GoneError
        found += part
    return bytes(found)
