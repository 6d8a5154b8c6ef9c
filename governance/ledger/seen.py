"""What of a ledger was seen last, kept elsewhere: one that went back is an alarm."""

from typing import Self

import msgspec

from governance.errors import UnknownFormatError
from governance.ledger.entry import Count, MaybeSha256, Word
from governance.ledger.state import LedgerState
from governance.texts import _
from governance.trust.canonical import spelled


class Seen(Word, frozen=True, kw_only=True):
    """The longest ledger that was seen.

    Attributes:
        root: The digest of the entry that founded the workspace.
    """

    length: Count
    head: MaybeSha256
    root: MaybeSha256

    @classmethod
    def of(cls, state: LedgerState) -> Self:
        """Remember ``state``."""
        return cls(length=state.length, head=state.head, root=state.root)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what ``to_bytes`` wrote.

        Raises:
            UnknownFormatError: Anything else.
        """
        try:
            return msgspec.json.decode(data, type=cls)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise UnknownFormatError(
                _("The record of the ledger's last state cannot be read.")
            ) from error

    def to_bytes(self) -> bytes:
        """Spell it."""
        return spelled(self)

    def is_before(self, state: LedgerState) -> bool:
        """Whether ``state`` is this, or grew from it."""
        if self.length == 0:
            return True
        grew = self.length <= state.length
        return (
            grew
            and state.heads[self.length - 1] == self.head
            and (not self.root or self.root == state.root)
        )
