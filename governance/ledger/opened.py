"""What can be said of a stored entry by itself: its words, and the key that signed it.

Whose key that is, and whether they might say so, only replay knows. A signature costs
more than all the rest, and what checks it keeps Python's lock, so threads are of no
use: a long ledger is shared with a helper, where there is one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from governance.errors import BadSignatureError, UnknownFormatError
from governance.ledger.entry import Entry
from governance.ledger.statement import from_statement
from governance.names import Digest, Fingerprint
from governance.texts import _
from governance.trust import sshsig
from governance.trust.canonical import digest
from governance.trust.claims import Claim, holds
from governance.trust.dsse import Envelope
from governance.trust.keys import PublicKey
from governance.trust.ports import Helper

LARGEST: Final = 4 * 1024 * 1024  # bytes; nobody's verb writes so much
MANY: Final = 500  # entries; fewer are checked before a helper has started
_AT_ONCE: Final = 64


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


@dataclass(frozen=True, slots=True)
class _Claimed:
    """An entry that is what it says if ``claim`` holds."""

    claim: Claim
    opened: Opened

    def checked(self, *, is_true: bool) -> Opened | str:
        return self.opened if is_true else sshsig.unheld(self.opened.key)


def open_entry(data: bytes) -> Opened | str:
    """Read one stored entry; a text says why nobody has signed it."""
    read = _claimed(data)
    if isinstance(read, str):
        return read
    return read.checked(is_true=holds(read.claim))


def open_all(
    entries: Sequence[bytes], helper: Helper | None = None
) -> Iterator[Opened | str]:
    """Read stored entries, in their order; the same with ``helper`` and without."""
    if helper is None or len(entries) < MANY:
        yield from map(open_entry, entries)
        return
    with helper.helping() as shares:
        begun = []
        for start in range(0, len(entries), _AT_ONCE):
            read = [_claimed(data) for data in entries[start : start + _AT_ONCE]]
            claims = [one.claim for one in read if isinstance(one, _Claimed)]
            begun.append((read, shares.put(claims)))
        for read, share in begun:
            truths = share.checked()
            for one in read:
                if isinstance(one, _Claimed):
                    yield one.checked(is_true=next(truths))
                else:
                    yield one


def _claimed(data: bytes) -> _Claimed | str:
    """Read all of an entry but whether its signature holds."""
    if len(data) > LARGEST:
        return _("The entry is larger than any that we write.")
    try:
        envelope = Envelope.from_bytes(data)
        key = sshsig.key_in(envelope.signatures[0].sig)
        signer = key.fingerprint
        if signer != envelope.keyid:
            return _("The entry names another key than the one that signed it.")
        claim = envelope.claim(key)
    except (BadSignatureError, UnknownFormatError) as error:
        return str(error)
    try:
        entry = from_statement(envelope.payload)
    except UnknownFormatError:
        entry = None
    opened = Opened(key, signer, digest(envelope.payload), entry, digest(data))
    return _Claimed(claim, opened)
