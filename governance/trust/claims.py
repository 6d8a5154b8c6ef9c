"""What an Ed25519 signature claims, and whether that holds. It costs 0.1 milliseconds.

Little is imported here, since the process that helps with this starts with it.
"""

from functools import lru_cache
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Claim(NamedTuple):
    """That a key signed a message.

    Attributes:
        key: The point on the curve, 32 bytes.
        signature: 64 bytes.
    """

    key: bytes
    signature: bytes
    message: bytes


def holds(claim: Claim) -> bool:
    """Whether the key did sign the message."""
    try:
        _verifier(claim.key).verify(claim.signature, claim.message)
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=4096)
def _verifier(key: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(key)
