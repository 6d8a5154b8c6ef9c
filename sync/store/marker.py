"""The marker: a note beside the database of how far it once was.

A database that knows less than its marker was restored from a backup or is an old
copy: what was sent since may be unknown to it, so it must not send before it was
compared with the providers.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import msgspec

from sync.errors import StoreUnavailableError


class _Seen(msgspec.Struct, frozen=True):
    identity: str
    seq: int


@dataclass(frozen=True, slots=True)
class Marker:
    """The note of one database, in a file of its own."""

    path: Path

    def is_ahead_of(self, identity: str, seq: int) -> bool:
        """Whether the marker knows more than a database that stands at ``seq``.

        A marker of another database, or none beside one that is in use, counts as more:
        nobody can say what happened meanwhile.
        """
        try:
            seen = msgspec.json.decode(self.path.read_bytes(), type=_Seen)
        except (FileNotFoundError, msgspec.MsgspecError):
            return seq > 0
        return seen.identity != identity or seen.seq > seq

    def write(self, identity: str, seq: int) -> None:
        """Note how far the database is.

        Raises:
            StoreUnavailableError: The file cannot be written.
        """
        half = self.path.with_suffix(f".{os.getpid()}.half")
        try:
            with half.open("wb") as file:
                file.write(msgspec.json.encode(_Seen(identity, seq)))
                file.flush()
                os.fsync(file.fileno())
            half.replace(self.path)
        except OSError as error:
            raise StoreUnavailableError(str(error.strerror)) from error
