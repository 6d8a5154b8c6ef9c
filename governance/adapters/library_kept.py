"""What was worked out of templates, kept on this computer for the next start.

Only what is shown comes of it: what was signed is worked out anew where it decides.
"""

from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from governance.changes.library import LibraryRow, library
from governance.changes.library_look import Known, Worked
from governance.content.sources import Sources
from governance.ledger.state import LedgerState
from governance.names import TemplateId

_FORMAT: Final = 2
_FEW: Final = 200  # templates; so many are worked out sooner than looked up


class _Store(msgspec.Struct, array_like=True):
    format: int
    worked: dict[TemplateId, Worked]


class KeptLibrary:
    """Lists templates again and again; one reader at a time."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._known = Known()
        self._is_loaded = False
        self._kept = 0

    def rows(self, sources: Sources, state: LedgerState) -> tuple[LibraryRow, ...]:
        """Return every template of ``sources``; only what changed is worked out.

        Raises:
            ContentError: A folder's name names no template, or two have the same id.
        """
        if not self._is_loaded:
            self._is_loaded = True
            self._load()
        before = dict(self._known.worked)
        rows = library(sources, state, self._known)
        worked = self._known.worked
        self._kept += sum(before.get(name) is not one for name, one in worked.items())
        if self._kept > max(_FEW, len(worked) // 20):
            self._keep()
        return rows

    def _load(self) -> None:
        """Take over what an earlier start kept; nothing where it cannot be read."""
        with suppress(OSError, msgspec.MsgspecError):
            stored = msgspec.msgpack.decode(self._store.read_bytes(), type=_Store)
            if stored.format == _FORMAT:
                self._known.worked.update(stored.worked)

    def _keep(self) -> None:
        """Write it down; a store that cannot be written is none."""
        self._kept = 0
        data = msgspec.msgpack.encode(_Store(_FORMAT, self._known.worked))
        beside = self._store.with_name(f"{self._store.name}.new")
        with suppress(OSError):
            self._store.parent.mkdir(exist_ok=True)
            beside.write_bytes(data)
            beside.replace(self._store)
