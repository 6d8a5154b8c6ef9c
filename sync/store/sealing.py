"""Encryption at rest: a key for each candidate, wrapped by one key that is elsewhere.

AES-256-GCM. What is sealed is bound to its table, column and row, so it cannot be moved
to another. Erasure destroys a candidate's key and with it all that was sealed by it.
"""

import hmac
import os
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from governance.names import Digest
from governance.texts import _
from sync.errors import WrongStoreKeyError

KEY_LENGTH: Final = 32
_NONCE: Final = 12
_VERSION: Final = b"\x01"


@dataclass(frozen=True, slots=True, repr=False)
class CandidateKey:
    """What one candidate's data is sealed with."""

    _secret: bytes

    def __repr__(self) -> str:
        return "CandidateKey()"

    def seal(self, data: bytes, place: str) -> bytes:
        """Seal ``data`` for ``place``: "table/column/row"."""
        return _seal(self._secret, data, place)

    def open(self, sealed: bytes, place: str) -> bytes:
        """Open what was sealed for ``place``.

        Raises:
            WrongStoreKeyError: It was sealed for another place, or changed.
        """
        return _open(self._secret, sealed, place)


@dataclass(frozen=True, slots=True, repr=False)
class Sealer:
    """The key above all keys, given at the door and never stored here.

    Attributes:
        secret: 32 bytes.
        former: Keys of the past, which still open what they wrapped.
    """

    secret: bytes
    former: tuple[bytes, ...] = field(default=())

    def __post_init__(self) -> None:
        if any(len(key) != KEY_LENGTH for key in (self.secret, *self.former)):
            raise WrongStoreKeyError(_("The database's key must be 32 bytes long."))

    def __repr__(self) -> str:
        return "Sealer()"

    @property
    def fingerprint(self) -> str:
        """What tells this key from others without telling anything of it."""
        return _derived(self.secret, b"fingerprint").hex()[:16]

    def knows(self, fingerprint: str) -> bool:
        """Whether what a key of ``fingerprint`` wrapped can be opened."""
        keys = (self.secret, *self.former)
        return any(Sealer(key).fingerprint == fingerprint for key in keys)

    def new_key(self, candidate: str) -> tuple[CandidateKey, bytes]:
        """Make a key for ``candidate``; return it, and it wrapped for keeping."""
        secret = os.urandom(KEY_LENGTH)
        return CandidateKey(secret), _seal(
            _derived(self.secret, b"wrap"), secret, f"candidate/{candidate}"
        )

    def unwrap(self, wrapped: bytes, candidate: str) -> CandidateKey:
        """Open what ``new_key`` wrapped for ``candidate``.

        Raises:
            WrongStoreKeyError: Another key wrapped it, or it was changed.
        """
        place = f"candidate/{candidate}"
        for key in self.former:
            try:
                return CandidateKey(_open(_derived(key, b"wrap"), wrapped, place))
            except WrongStoreKeyError:
                continue
        return CandidateKey(_open(_derived(self.secret, b"wrap"), wrapped, place))

    def rewrap(self, wrapped: bytes, candidate: str) -> bytes:
        """Wrap a candidate's key anew, by the key of today.

        Raises:
            WrongStoreKeyError: No key that is known wrapped it.
        """
        secret = self.unwrap(wrapped, candidate)._secret  # noqa: SLF001 -- same room
        wrap = _derived(self.secret, b"wrap")
        return _seal(wrap, secret, f"candidate/{candidate}")

    def index(self, kind: str, value: str) -> str:
        """Return a blind index: equal for equal values, telling nothing else."""
        key = _derived(self.secret, b"index " + kind.encode())
        return hmac.new(key, value.encode(), sha256).hexdigest()

    def inputs_digest(self, data: bytes) -> Digest:
        """Return the HMAC of what a message was rendered with."""
        key = _derived(self.secret, b"inputs")
        return Digest(hmac.new(key, data, sha256).hexdigest())


def normal_email(text: str) -> str:
    """Spell an address in the one way that is indexed."""
    return text.strip().lower()


def normal_phone(text: str) -> str:
    """Spell a number in the one way that is indexed."""
    return "".join(character for character in text if character.isdigit())


def _derived(secret: bytes, purpose: bytes) -> bytes:
    """Derive a key of its own for each purpose (HKDF's expand, one block)."""
    info = b"countersign " + purpose + b"\x01"
    return hmac.new(secret, info, sha256).digest()


def _seal(secret: bytes, data: bytes, place: str) -> bytes:
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(secret).encrypt(nonce, data, _VERSION + place.encode())
    return _VERSION + nonce + sealed


def _open(secret: bytes, sealed: bytes, place: str) -> bytes:
    nonce, body = sealed[1 : _NONCE + 1], sealed[_NONCE + 1 :]
    try:
        return AESGCM(secret).decrypt(nonce, body, sealed[:1] + place.encode())
    except (InvalidTag, ValueError) as error:
        problem = _("What the database holds was sealed with another key, or changed.")
        raise WrongStoreKeyError(problem) from error
