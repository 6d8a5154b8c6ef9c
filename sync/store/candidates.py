"""What is known of people, sealed with a key for each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
import sqlalchemy as sa

from governance.texts import _
from sync.candidates.consent import ConsentRecord, ConsentState, Suppression
from sync.candidates.facts import (
    ApplicationId,
    ApplicationSnapshot,
    Candidate,
    CandidateId,
)
from sync.candidates.ports import Kept
from sync.errors import ErasedError, UnknownApplicationError
from sync.sending.delivery import State
from sync.store import tables as t
from sync.store.engine import reading, writing
from sync.store.erasure import empty_log, erase, proof_of
from sync.store.rows import Row, announce, insert_new
from sync.store.sealing import CandidateKey, Sealer, normal_email, normal_phone

# Statements are made once: making them costs more than running them.
_KEY: Final = (
    sa.select(
        t.candidate.c.wrapped_key, t.candidate.c.email_index, t.candidate.c.phone_index
    )
    .where(t.candidate.c.id == sa.bindparam("b_id"))
    .with_for_update()  # two readings of one person wait for each other
)
_KEYS: Final = sa.select(t.candidate.c.id, t.candidate.c.wrapped_key).where(
    t.candidate.c.id.in_(sa.bindparam("b_ids", expanding=True)),
    t.candidate.c.wrapped_key.is_not(None),
)
_KEPT: Final = sa.select(t.application).where(
    t.application.c.id.in_(sa.bindparam("b_ids", expanding=True))
)


@dataclass(frozen=True, slots=True)
class SqlCandidates:
    """Keeps people in the service's database."""

    engine: sa.Engine
    sealer: Sealer

    def application(self, application: ApplicationId) -> Kept:
        """Return what is known.

        Raises:
            UnknownApplicationError: Nothing is.
            ErasedError: It was erased.
            StoreUnavailableError: The database cannot be used.
        """
        with reading(self.engine) as connection:
            kept = kept_of(connection, self.sealer, [application])
        if application not in kept:
            raise UnknownApplicationError(
                _("The service knows no application “{id}”.").format(id=application)
            )
        found = kept[application]
        if found is None:
            raise ErasedError(_("The candidate was erased."))
        return found

    def applications(self, candidate: CandidateId) -> Sequence[ApplicationId]:
        """Return the applications of ``candidate``; none for a stranger."""
        query = (
            sa.select(t.application.c.id)
            .where(t.application.c.candidate_id == candidate)
            .order_by(t.application.c.id)
        )
        with reading(self.engine) as connection:
            return tuple(ApplicationId(name) for name in connection.scalars(query))

    def find(self, text: str) -> CandidateId | None:
        """Find a candidate by id, application, e-mail address or phone number."""
        email = self.sealer.index("email", normal_email(text))
        phone = self.sealer.index("phone", normal_phone(text))
        people, jobs = t.candidate.c, t.application.c
        queries = (
            sa.select(people.id).where(people.id == text),
            sa.select(jobs.candidate_id).where(jobs.id == text),
            sa.select(people.id).where(people.email_index == email),
            sa.select(people.id).where(people.phone_index == phone),
        )
        with reading(self.engine) as connection:
            for query in queries:
                found = connection.execute(query.limit(1)).scalar()
                if found is not None:
                    return CandidateId(found)
        return None

    def consents(self, candidate: CandidateId) -> Sequence[ConsentRecord]:
        """Return what was recorded here, the oldest first."""
        with reading(self.engine) as connection:
            return consents_of(connection, [candidate]).get(candidate, ())

    def record_consent(self, record: ConsentRecord) -> None:
        """Add ``record``; what is there is never changed."""
        with writing(self.engine) as connection:
            connection.execute(
                t.consent.insert().values(
                    candidate_id=record.candidate,
                    purpose=record.purpose,
                    state=record.state.value,
                    at=record.at,
                    source=record.source,
                    wording=record.wording,
                    expires_at=record.expires_at,
                )
            )
            _touch(connection, record.candidate, record.at)

    def suppressions(self, candidate: CandidateId) -> Sequence[Suppression]:
        """Return what forbids contact with ``candidate``."""
        with reading(self.engine) as connection:
            return suppressions_of(connection, [candidate]).get(candidate, ())

    def suppress(self, suppression: Suppression) -> None:
        """Forbid contact from now on; twice the same is once."""
        row: dict[str, object] = {
            "candidate_id": suppression.candidate,
            "channel": suppression.channel,
            "reason": suppression.reason,
            "at": suppression.at,
        }
        with writing(self.engine) as connection:
            insert_new(connection, t.suppression, [row])
            _touch(connection, suppression.candidate, suppression.at)

    def erase(self, candidate: CandidateId, now: datetime, proof: bytes = b"") -> None:
        """Destroy the key of ``candidate``; what was proved stays proved."""
        with writing(self.engine) as connection:
            erase(connection, candidate, now, proof)
        empty_log(self.engine)  # where somebody reads, the chore does it

    def erasure(self, candidate: CandidateId) -> bytes:
        """Return the proof of who erased ``candidate``, b"" where there is none."""
        with reading(self.engine) as connection:
            return proof_of(connection, candidate)


def key_of(
    connection: sa.Connection, sealer: Sealer, candidate: Candidate
) -> CandidateKey:
    """Return the key of ``candidate``, made where there is none yet.

    Raises:
        ErasedError: It was destroyed.
        WrongStoreKeyError: The key above it is another one.
    """
    columns = t.candidate.c
    email = _index(sealer, "email", normal_email(candidate.email))
    phone = _index(sealer, "phone", normal_phone(candidate.phone))
    indexes: dict[str, object] = {"email_index": email, "phone_index": phone}
    row = connection.execute(_KEY, {"b_id": candidate.id}).first()
    if row is None:
        key, wrapped = sealer.new_key(candidate.id)
        values = indexes | {"id": candidate.id, "wrapped_key": wrapped}
        if insert_new(connection, t.candidate, [values]):
            return key
        # Somebody else was faster.
        row = connection.execute(_KEY, {"b_id": candidate.id}).one()
    if row.wrapped_key is None:
        raise ErasedError(_("The candidate was erased."))
    if (row.email_index, row.phone_index) != (email, phone):
        connection.execute(
            t.candidate.update().where(columns.id == candidate.id).values(indexes)
        )
    return sealer.unwrap(row.wrapped_key, candidate.id)


def keys_of(
    connection: sa.Connection, sealer: Sealer, candidates: Sequence[str]
) -> dict[str, CandidateKey]:
    """Return the keys of those candidates that have one."""
    found = connection.execute(_KEYS, {"b_ids": list(candidates)})
    return {row.id: sealer.unwrap(row.wrapped_key, row.id) for row in found}


def facts_place(application: str) -> str:
    """Name where an application's facts stand, for sealing."""
    return f"application/facts/{application}"


def kept_of(
    connection: sa.Connection, sealer: Sealer, applications: Sequence[str]
) -> dict[str, Kept | None]:
    """Return what is known of applications, None for those that were erased."""
    found = connection.execute(_KEPT, {"b_ids": list(applications)})
    rows = found.mappings().all()
    keys = keys_of(connection, sealer, [row["candidate_id"] for row in rows])
    return {row["id"]: _kept(row, keys.get(row["candidate_id"])) for row in rows}


def consents_of(
    connection: sa.Connection, candidates: Sequence[str]
) -> dict[str, tuple[ConsentRecord, ...]]:
    """Return the records of consent of each candidate who has some."""
    query = (
        sa.select(t.consent)
        .where(t.consent.c.candidate_id.in_(candidates))
        .order_by(t.consent.c.seq)
    )
    found: dict[str, tuple[ConsentRecord, ...]] = {}
    for row in connection.execute(query).mappings():
        record = ConsentRecord(
            candidate=CandidateId(row["candidate_id"]),
            purpose=row["purpose"],
            state=ConsentState(row["state"]),
            at=row["at"],
            source=row["source"],
            wording=row["wording"],
            expires_at=row["expires_at"],
        )
        found[record.candidate] = (*found.get(record.candidate, ()), record)
    return found


def suppressions_of(
    connection: sa.Connection, candidates: Sequence[str]
) -> dict[str, tuple[Suppression, ...]]:
    """Return what forbids contact, for each candidate with something."""
    query = (
        sa.select(t.suppression)
        .where(t.suppression.c.candidate_id.in_(candidates))
        .order_by(t.suppression.c.seq)
    )
    found: dict[str, tuple[Suppression, ...]] = {}
    for row in connection.execute(query).mappings():
        suppression = Suppression(
            CandidateId(row["candidate_id"]), row["reason"], row["at"], row["channel"]
        )
        known = found.get(suppression.candidate, ())
        found[suppression.candidate] = (*known, suppression)
    return found


def _kept(row: Row, key: CandidateKey | None) -> Kept | None:
    if key is None or row["facts"] is None:
        return None
    facts = key.open(row["facts"], facts_place(row["id"]))
    snapshot = msgspec.json.decode(facts, type=ApplicationSnapshot)
    return Kept(snapshot, row["revision"])


def _touch(connection: sa.Connection, candidate: str, now: datetime) -> None:
    """Make claims that were judged before this lose, and judge again."""
    jobs, rows = t.application.c, t.delivery.c
    connection.execute(
        t.application.update()
        .where(jobs.candidate_id == candidate)
        .values(revision=jobs.revision + 1)
    )
    connection.execute(
        t.delivery.update()
        .where(rows.candidate_id == candidate, rows.state == State.HELD.value)
        .values(next_at=now)
    )
    announce(connection, "candidate", candidate, now)


def _index(sealer: Sealer, kind: str, value: str) -> str | None:
    return sealer.index(kind, value) if value else None
