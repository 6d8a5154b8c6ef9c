"""A secret locked with a passphrase.

What it costs to try one passphrase is written here and never read from a file: who can
write the file can neither make a guess cheap nor make an unlock eat all memory. PKCS#8,
as the library writes it, costs a guesser two milliseconds and no memory.
"""

import re
from base64 import b64decode, b64encode
from secrets import token_bytes
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from governance.errors import UnknownFormatError, WrongPassphraseError
from governance.texts import _

_VERSION: Final = "countersign-key/v1"
_SALT: Final = 16
_NONCE: Final = 12
_LENGTH: Final = _SALT + _NONCE + 32 + 16  # the secret and its tag
_FORM: Final = re.compile(re.escape(_VERSION).encode() + rb" ([A-Za-z0-9+/]{102}==)\s*")

# 32 MB and about a tenth of a second for each guess.
_COST: Final = 2**15
_BLOCK: Final = 8


def sealed(secret: bytes, passphrase: str) -> bytes:
    """Lock 32 bytes with ``passphrase``; what comes out is one line of ASCII."""
    salt, nonce = token_bytes(_SALT), token_bytes(_NONCE)
    box = AESGCM(_stretched(passphrase, salt))
    hidden = box.encrypt(nonce, secret, _VERSION.encode())
    return f"{_VERSION} {b64encode(salt + nonce + hidden).decode()}".encode()


def opened(locked: bytes, passphrase: str) -> bytes:
    """Return what was locked.

    Raises:
        WrongPassphraseError: The passphrase does not fit, or a byte was changed.
        UnknownFormatError: It was cut off, or another program wrote it.
    """
    form = _FORM.fullmatch(locked)
    data = b64decode(form[1]) if form else b""
    if len(data) != _LENGTH:
        raise UnknownFormatError(
            _("The key is damaged, or another version of Countersign made it.")
        )
    salt, nonce = data[:_SALT], data[_SALT : _SALT + _NONCE]
    box = AESGCM(_stretched(passphrase, salt))
    try:
        return box.decrypt(nonce, data[_SALT + _NONCE :], _VERSION.encode())
    except InvalidTag as error:
        raise WrongPassphraseError(_("The passphrase is wrong.")) from error


def _stretched(passphrase: str, salt: bytes) -> bytes:
    scrypt = Scrypt(salt=salt, length=32, n=_COST, r=_BLOCK, p=1)
    return scrypt.derive(passphrase.encode())
