"""The tables. They hold ids, digests and sealed bytes; no name, no address in clear.

Written for SQLite and PostgreSQL alike: no type and no statement that only one has.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

import sqlalchemy as sa

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO: Final = timedelta(microseconds=1)

metadata = sa.MetaData()


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware moment as microseconds since 1970: alike in both databases."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: sa.Dialect,  # noqa: ARG002 -- SQLAlchemy's signature
    ) -> int | None:
        """Count; a naive moment is a mistake of ours."""
        return None if value is None else (value - _EPOCH) // _MICRO

    def process_result_value(
        self,
        value: int | None,
        dialect: sa.Dialect,  # noqa: ARG002 -- SQLAlchemy's signature
    ) -> datetime | None:
        """Read what was counted."""
        return None if value is None else _EPOCH + value * _MICRO


# SQLite counts up only a plain INTEGER, PostgreSQL should not run out of numbers.
Counter: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

candidate = sa.Table(
    "candidate",
    metadata,
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("wrapped_key", sa.LargeBinary),  # NULL once erased
    sa.Column("email_index", sa.String(64), index=True),
    sa.Column("phone_index", sa.String(64), index=True),
    sa.Column("erased_at", Moment),
)

application = sa.Table(
    "application",
    metadata,
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("candidate_id", sa.String(200), nullable=False, index=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("stage", sa.String(200), nullable=False),
    sa.Column("facts", sa.LargeBinary),  # sealed; NULL once erased
)

consent = sa.Table(
    "consent",
    metadata,
    sa.Column("seq", Counter, primary_key=True, autoincrement=True),
    sa.Column("candidate_id", sa.String(200), nullable=False, index=True),
    sa.Column("purpose", sa.String(200), nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("source", sa.String(200), nullable=False),
    sa.Column("wording", sa.String(64), nullable=False),
    sa.Column("expires_at", Moment),
)

suppression = sa.Table(
    "suppression",
    metadata,
    sa.Column("seq", Counter, primary_key=True, autoincrement=True),
    sa.Column("candidate_id", sa.String(200), nullable=False, index=True),
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("reason", sa.String(200), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("candidate_id", "channel", "reason"),
)

inbound_event = sa.Table(
    "inbound_event",
    metadata,
    sa.Column("name", sa.String(400), primary_key=True),
    sa.Column("source", sa.String(100), nullable=False),
    sa.Column("event_id", sa.String(300), nullable=False),
    sa.Column("application_id", sa.String(200), nullable=False),
    sa.Column("kind", sa.String(100), nullable=False),
    sa.Column("occurred_at", Moment, nullable=False),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_at", Moment, index=True),  # NULL once closed
    sa.Column("outcome", sa.String(200), nullable=False),
)

cursor = sa.Table(
    "cursor",
    metadata,
    sa.Column("source", sa.String(100), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("id", sa.String(26), primary_key=True),
    sa.Column("key", sa.String(64), nullable=False, unique=True),
    sa.Column("message_id", sa.String(300), nullable=False, unique=True),
    sa.Column("workspace", sa.String(200), nullable=False),
    sa.Column("journey", sa.String(64), nullable=False),
    sa.Column("step", sa.String(64), nullable=False),
    sa.Column("application_id", sa.String(200), nullable=False, index=True),
    sa.Column("candidate_id", sa.String(200), nullable=False, index=True),
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("template", sa.String(64), nullable=False),
    sa.Column("fact", sa.Text, nullable=False),
    sa.Column("event", sa.String(40), nullable=False),
    sa.Column("stage", sa.String(200), nullable=False),
    sa.Column("happened_at", Moment, nullable=False),
    sa.Column("due_at", Moment, nullable=False),
    sa.Column("deadline", Moment, nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("reason", sa.String(40), nullable=False),
    sa.Column("until", Moment),
    sa.Column("next_at", Moment),  # when somebody must look at it; NULL for nobody
    sa.Column("rounds", sa.Integer, nullable=False, default=0),
    sa.Column("route", sa.String(100), nullable=False, default=""),
    sa.Column("chunk_id", sa.String(26), nullable=False, default="", index=True),
    sa.Column("epoch", sa.Integer, nullable=False, default=0),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    # What was judged, and what the claim compares with what is in force.
    sa.Column("revision", sa.Integer, nullable=False, default=0),
    sa.Column("version", sa.Integer, nullable=False, default=0),
    sa.Column("closure", sa.String(64), nullable=False, default=""),
    sa.Column("journey_closure", sa.String(64), nullable=False, default=""),
    sa.Column("judged", sa.Text, nullable=False, default="{}"),
    sa.Column("sha256", sa.String(64), nullable=False, default=""),
    sa.Column("inputs", sa.String(64), nullable=False, default=""),
    sa.Column("segments", sa.Integer, nullable=False, default=0),
    sa.Column("provider_id", sa.String(300), nullable=False, default=""),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("claimed_at", Moment),
    sa.Column("sent_at", Moment),
    sa.Index("delivery_looked_at", "state", "next_at"),
)

decision = sa.Table(
    "decision",
    metadata,
    sa.Column("delivery_id", sa.String(26), primary_key=True),
    sa.Column("round", sa.Integer, primary_key=True),
    sa.Column("gate", sa.String(20), primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("verdict", sa.String(10), nullable=False),
    sa.Column("reason", sa.String(40), nullable=False),
    sa.Column("until", Moment),
    sa.Column("inputs", sa.String(64), nullable=False),
    sa.Column("detail", sa.String(200), nullable=False),
    sa.Column("at", Moment, nullable=False),
)

attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("delivery_id", sa.String(26), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("worker", sa.String(200), nullable=False),
    sa.Column("started_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
    sa.Column("outcome", sa.String(40), nullable=False),
)

parcel = sa.Table(
    "parcel",
    metadata,
    sa.Column("delivery_id", sa.String(26), primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)

chunk = sa.Table(
    "chunk",
    metadata,
    sa.Column("id", sa.String(26), primary_key=True),
    sa.Column("route", sa.String(100), nullable=False),
    sa.Column("epoch", sa.Integer, nullable=False),
    sa.Column("worker", sa.String(200), nullable=False),
    sa.Column("woken_at", Moment, nullable=False),
    sa.Column("closed_at", Moment, index=True),
)

worker = sa.Table(
    "worker",
    metadata,
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("seen_at", Moment, nullable=False),
)

route = sa.Table(
    "route",
    metadata,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("tokens", sa.Float, nullable=False),
    sa.Column("filled_at", Moment, nullable=False),
    sa.Column("head", sa.String(64), nullable=False),
    sa.Column("length", sa.Integer, nullable=False),
)

attestation = sa.Table(
    "attestation",
    metadata,
    sa.Column("delivery_id", sa.String(26), primary_key=True),
    sa.Column("route", sa.String(100), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("envelope", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("route", "position"),
)

stop = sa.Table(
    "stop",
    metadata,
    sa.Column("id", sa.String(26), primary_key=True),
    sa.Column("scope", sa.String(20), nullable=False),
    sa.Column("subject", sa.String(200), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("code", sa.String(20), nullable=False),
    sa.Column("set_by", sa.String(200), nullable=False),
    sa.Column("set_at", Moment, nullable=False),
    sa.Column("until", Moment),  # when it ends by itself
    sa.Column("lifted_by", sa.String(200)),
    sa.Column("lifted_at", Moment, index=True),
)

release = sa.Table(
    "release",
    metadata,
    sa.Column("subject", sa.String(100), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("closure", sa.String(64), nullable=False),
    sa.Column("length", sa.Integer, nullable=False),
)

change = sa.Table(
    "change",
    metadata,
    sa.Column("seq", Counter, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("subject", sa.String(200), nullable=False),
    sa.Column("at", Moment, nullable=False),
)

record = sa.Table(
    "record",
    metadata,
    sa.Column("kind", sa.String(40), primary_key=True),
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
    sa.Column("updated_at", Moment, nullable=False),
)
