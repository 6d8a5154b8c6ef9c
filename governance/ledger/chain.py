"""The chain: one number that stands for every entry up to a place, in their order.

Every stored entry moves the head, with or without effect: what was tried stays in the
chain for ever, positions never shift, and nobody can make an old head come back by
storing a copy. (Were the head the digest of the last entry alone, a copy of entry 7
would let what was once signed to follow entry 7 be stored today.)
"""

from collections.abc import Iterable
from typing import Final

from governance.names import Digest
from governance.trust.canonical import digest

NO_HEAD: Final = Digest("")


def follow(head: Digest, entry: bytes) -> Digest:
    """Return the head after ``entry``: the SHA-256 of the head before and its bytes."""
    return digest(head.encode() + entry)


def head_of(entries: Iterable[bytes]) -> Digest:
    """Return the head after all of ``entries``."""
    head = NO_HEAD
    for entry in entries:
        head = follow(head, entry)
    return head
