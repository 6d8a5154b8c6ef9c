"""What a service's database says, read where it lies, for auditors and for a look.

No service runs for it, and nothing is written, planned or sent. What proves a message
is judged by ``sync.api.proofs.judge``, which believes none of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

import msgspec
import sqlalchemy as sa

from governance.texts import _
from sync.api.deliveries import (
    AttemptRow,
    AttestationAnswer,
    Deliveries,
    DeliveryDetail,
    DeliveryRow,
    RoundRow,
    State,
)
from sync.api.publications import PublicationRow
from sync.api.stories import Story
from sync.errors import (
    ServiceRefusedError,
    UnknownApplicationError,
    UnknownMessageError,
)
from sync.histories.why import why
from sync.settings.keys import secrets_of
from sync.settings.secrets import SecretsError
from sync.settings.service import ServiceSettings, read_settings
from sync.store.candidates import SqlCandidates
from sync.store.deliveries import SqlDeliveries
from sync.store.engine import make_engine
from sync.store.publications import SqlPublications
from sync.store.records import SqlRecords
from sync.store.sealing import Sealer

_PATIENCE: Final = 5.0  # seconds for a lock on the database
_MOST: Final = 1_000_000  # attestations of one route
_ROWS: Final = 500  # in one answer
_FILE: Final = "sqlite:///"


class Evidence(msgspec.Struct, frozen=True):
    """What proves a message, as kept.

    Attributes:
        attestation: The signed envelope.
        chain: Its route's attestations, from the first to the one after this.
    """

    row: DeliveryRow
    attestation: bytes
    chain: tuple[AttestationAnswer, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """What a service planned and did, as its database lies there.

    It answers what a client of the service answers.

    Attributes:
        engine: None where no service ever ran: then nothing was planned.
    """

    settings: ServiceSettings
    engine: sa.Engine | None

    def deliveries(self, *, state: State | None = None, after: str = "") -> Deliveries:
        """Return messages, the oldest first.

        Raises:
            StoreUnavailableError: The database is locked or away.
            StoreBrokenError: It cannot be read.
        """
        if self.engine is None:
            return Deliveries(())
        rows = SqlDeliveries(self.engine).list(after, _ROWS, state=state)
        last = rows[-1].id if len(rows) == _ROWS else ""
        return Deliveries(tuple(map(DeliveryRow.of, rows)), last)

    def delivery(self, id_: str) -> DeliveryDetail:
        """Return one message by its id or Message-ID, with its decisions.

        Raises:
            UnknownMessageError: There is none.
            StoreUnavailableError: The database is locked or away.
            StoreBrokenError: It cannot be read.
        """
        all_ = SqlDeliveries(self._known(id_))
        found = all_.find(id_)
        return DeliveryDetail(
            DeliveryRow.of(found),
            tuple(map(RoundRow.of, all_.rounds(found.id))),
            tuple(map(AttemptRow.of, all_.attempts(found.id))),
            all_.attestation(found.id) is not None,
        )

    def evidence(self, message: str) -> Evidence:
        """Return the evidence of a message, by its id or Message-ID.

        Raises:
            UnknownMessageError: The database knows no such message.
            ServiceRefusedError: Nothing was sent, so there is nothing to prove.
            StoreUnavailableError: The database is locked or away.
            StoreBrokenError: It cannot be read.
        """
        deliveries = SqlDeliveries(self._known(message))
        delivery = deliveries.find(message)
        attested = deliveries.attestation(delivery.id)
        if attested is None:
            raise ServiceRefusedError(
                _("Nothing was sent for this message, so there is nothing to prove."),
                remedy=_("See why: countersign deliveries show {id}").format(
                    id=delivery.id
                ),
            )
        chain = deliveries.chain(
            attested.route, limit=min(attested.position + 2, _MOST)
        )
        return Evidence(
            DeliveryRow.of(delivery),
            attested.envelope,
            tuple(map(AttestationAnswer.of, chain)),
        )

    def publications(self) -> tuple[PublicationRow, ...]:
        """Return the latest publication of each template and locale.

        Raises:
            StoreUnavailableError: The database is locked or away.
            StoreBrokenError: It cannot be read.
        """
        if self.engine is None:
            return ()
        kept = SqlPublications(SqlRecords(self.engine)).all()
        return tuple(map(PublicationRow.of, kept))

    def why(self, candidate: str) -> Story:
        """Return what happened to a candidate, named by id, application or address.

        Raises:
            UnknownApplicationError: The service knows nobody like that.
            SecretsError: The key that personal data is found with is missing.
            StoreUnavailableError: The database is locked or away.
            StoreBrokenError: It cannot be read.
        """
        if self.engine is None:
            raise UnknownApplicationError(_("The service knows no such candidate."))
        sealer = Sealer(secrets_of(self.settings).get("kek", _refuse))
        candidates = SqlCandidates(self.engine, sealer)
        return Story.of(why(candidate, candidates, SqlDeliveries(self.engine)))

    def _known(self, message: str) -> sa.Engine:
        if self.engine is None:
            raise UnknownMessageError(
                _("The service knows no message “{text}”.").format(text=message)
            )
        return self.engine


@contextmanager
def records_of(settings: Path) -> Iterator[Records]:
    """Give what the service with these settings planned and did.

    Raises:
        SettingsError: The settings cannot be used.
    """
    read = read_settings(settings)
    if not _is_there(read.database):
        yield Records(read, None)
        return
    engine = make_engine(read.database, patience=_PATIENCE)
    try:
        yield Records(read, engine)
    finally:
        engine.dispose()


def _is_there(database: str) -> bool:
    """Whether there is a database; opening one of SQLite would make it."""
    if not database.startswith(_FILE):
        return True
    return Path(database.removeprefix(_FILE)).exists()


def _refuse() -> NoReturn:
    raise SecretsError(
        _("The key that the service finds candidates with is missing."),
        remedy=_("Put the service's secrets back beside its database."),
    )
