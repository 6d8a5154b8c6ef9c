"""What can be said of a stored entry by itself: its words, and the key that signed it.

Whose key that is, and whether they might say so, only replay knows. A signature costs
more than all the rest, and what checks it leaves Python's lock alone, so a long ledger
is opened by several threads.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from governance.errors import BadSignatureError, UnknownFormatError
from governance.ledger.entry import Entry
from governance.ledger.statement import from_statement
from governance.names import Digest, Fingerprint
from governance.texts import _
from governance.trust import sshsig
from governance.trust.canonical import digest
from governance.trust.dsse import Envelope
from governance.trust.keys import PublicKey

LARGEST: Final = 4 * 1024 * 1024  # bytes; nobody's verb writes so much
_MANY: Final = 128  # entries; fewer are not worth the threads
_AT_ONCE: Final = 64
_THREADS: Final = 4


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry whose signature holds.

    Attributes:
        key: The key that signed, which need not be a member's.
        signer: Its fingerprint.
        statement: The digest of what was signed, to know a copy.
        entry: None for one of an unknown kind, or of no form at all.
        envelope: The digest of the entry as stored.
    """

    key: PublicKey
    signer: Fingerprint
    statement: Digest
    entry: Entry | None
    envelope: Digest


def open_entry(data: bytes) -> Opened | str:
    """Read one stored entry; a text says why nobody has signed it."""
    if len(data) > LARGEST:
        return _("The entry is larger than any that we write.")
    try:
        envelope = Envelope.from_bytes(data)
        key = sshsig.key_in(envelope.signatures[0].sig)
        signer = key.fingerprint
        if signer != envelope.keyid:
            return _("The entry names another key than the one that signed it.")
        envelope.check(key)
    except (BadSignatureError, UnknownFormatError) as error:
        return str(error)
    try:
        entry = from_statement(envelope.payload)
    except UnknownFormatError:
        entry = None
    return Opened(key, signer, digest(envelope.payload), entry, digest(data))


def open_all(entries: Sequence[bytes]) -> Iterator[Opened | str]:
    """Read stored entries, in their order."""
    if len(entries) < _MANY:
        yield from map(open_entry, entries)
        return
    parts = [
        entries[start : start + _AT_ONCE] for start in range(0, len(entries), _AT_ONCE)
    ]
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="replay") as threads:
        for opened in threads.map(_open_part, parts):
            yield from opened


def _open_part(entries: Sequence[bytes]) -> list[Opened | str]:
    return [open_entry(data) for data in entries]
