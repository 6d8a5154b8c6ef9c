"""Publications, kept as plain records: the ATS itself is the truth."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from governance.names import Digest
from sync.publishing.capabilities import Mode
from sync.publishing.publication import Publication, State
from sync.store.records import SqlRecords

_KIND: Final = "publication"
_MANY: Final = 200


class _Kept(msgspec.Struct, frozen=True):
    """A publication as it is spelled here."""

    ats: str
    key: str
    version: int
    tag: str
    mode: Mode
    state: State
    remote_id: str
    sent: str
    found: str


@dataclass(frozen=True, slots=True)
class SqlPublications:
    """Keeps the promises of ``sync.publishing.ports.Publications``."""

    records: SqlRecords

    def record(self, publication: Publication) -> None:
        """Keep ``publication``; of two at once the later stays.

        Raises:
            StoreUnavailableError: The database is locked, full or away.
        """
        name = f"{publication.ats}/{publication.key}"
        data = msgspec.json.encode(
            msgspec.convert(publication, type=_Kept, from_attributes=True)
        )
        is_written = False
        while not is_written:
            before = self.records.read(_KIND, name)
            is_written = self.records.write(
                _KIND,
                name,
                data,
                after=before.version if before else 0,
                now=publication.at,
            )

    def all(self) -> Sequence[Publication]:
        """Return the latest of each key, in their order.

        Raises:
            StoreUnavailableError: The database is locked or away.
        """
        found: list[Publication] = []
        after = ""
        while some := self.records.list(_KIND, after, _MANY):
            for record in some:
                kept = msgspec.json.decode(record.data, type=_Kept)
                found.append(
                    Publication(
                        ats=kept.ats,
                        key=kept.key,
                        version=kept.version,
                        tag=kept.tag,
                        mode=kept.mode,
                        state=kept.state,
                        remote_id=kept.remote_id,
                        sent=Digest(kept.sent),
                        found=kept.found,
                        at=record.updated_at,
                    )
                )
            after = some[-1].id
        return tuple(found)
