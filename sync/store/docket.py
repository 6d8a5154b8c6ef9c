"""What is to be judged, and what the judge said, in the service's database."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from sync.candidates.facts import ApplicationId
from sync.publishing.releases import VerifiedRelease
from sync.sending.attestation import judged_text
from sync.sending.decision import Reason, Verdict
from sync.sending.delivery import OPEN, Delivery, State
from sync.sending.docket import Dossier, Judged
from sync.sending.queue import Job, Queue
from sync.store import tables as t
from sync.store.candidates import consents_of, kept_of, suppressions_of
from sync.store.engine import reading, writing
from sync.store.past import past_of, spent_of
from sync.store.rounds import is_like_before, record_round, words_of
from sync.store.rows import announce, delivery_of, insert_new, new_id
from sync.store.sealing import Sealer
from sync.store.state import CLOCK, SINCE, moment
from sync.store.stops import stops_that_hold

SEND_CHUNK: Final = "send_chunk"
CHUNK_SIZE: Final = 100

# A hold without an end is looked at again when something changes, and now and then.
_BACKSTOP: Final = timedelta(minutes=1)

_OPEN: Final = sorted(state.value for state in OPEN)
_UNDER_WAY: Final = [State.READY.value, State.SENDING.value]


_OTHER: Final = t.delivery.alias()

# Made once: making it costs more than running it.
_READY: Final = (
    t.delivery.update()
    .where(
        t.delivery.c.id == sa.bindparam("b_id"),
        t.delivery.c.state.in_(_OPEN),
        ~sa.exists().where(
            _OTHER.c.candidate_id == t.delivery.c.candidate_id,
            _OTHER.c.state.in_(_UNDER_WAY),
        ),
    )
    .values(
        state=State.READY.value,
        reason=Reason.OK.value,
        until=None,
        next_at=None,
        route=sa.bindparam("b_route"),
        chunk_id=sa.bindparam("b_chunk"),
        revision=sa.bindparam("b_revision"),
        version=sa.bindparam("b_version"),
        closure=sa.bindparam("b_closure"),
        journey_closure=sa.bindparam("b_journey"),
        judged=sa.bindparam("b_judged"),
        rounds=t.delivery.c.rounds + 1,
    )
    .returning(t.delivery.c.rounds)
)


@dataclass(frozen=True, slots=True)
class SqlDocket:
    """The docket in the service's database."""

    engine: sa.Engine
    sealer: Sealer
    queue: Queue

    def due(
        self,
        now: datetime,
        limit: int = 200,
        *,
        application: ApplicationId | None = None,
    ) -> Sequence[Dossier]:
        """Return what is to be judged now, the longest due first.

        One delivery for each candidate: the next has to wait for its turn.

        Raises:
            StoreUnavailableError: The database cannot be used.
        """
        rows, other = t.delivery.c, t.delivery.alias()
        busy = sa.exists().where(
            other.c.candidate_id == rows.candidate_id, other.c.state.in_(_UNDER_WAY)
        )
        query = (
            sa.select(t.delivery)
            .where(rows.state.in_(_OPEN), rows.next_at <= now, ~busy)
            .order_by(rows.due_at, rows.id)
            .limit(limit)
        )
        if application is not None:
            query = query.where(rows.application_id == application)
        with reading(self.engine) as connection:
            firsts: dict[str, Delivery] = {}
            for row in connection.execute(query).mappings():
                firsts.setdefault(row["candidate_id"], delivery_of(row))
            return self._dossiers(connection, list(firsts.values()), now)

    def settle(self, judged: Sequence[Judged], now: datetime) -> int:
        """Record judgements; what may go is put into chunks, with a wake for each.

        Who was judged by another worker meanwhile is left alone. A judgement like the
        one before is not recorded twice. Returns how many may go.

        Raises:
            StoreUnavailableError: The database cannot be used; nothing was written.
        """
        going: dict[str, list[Judged]] = defaultdict(list)
        with writing(self.engine) as connection:
            self._note(connection, [j.release for j in judged if j.release])
            self._note(connection, [j.journey for j in judged if j.journey])
            for item in judged:
                if item.judgement.verdict is Verdict.PASS:
                    going[item.route].append(item)
                else:
                    _keep_back(connection, item, now)
            return sum(
                self._send_off(
                    connection, route, items[start : start + CHUNK_SIZE], now
                )
                for route, items in going.items()
                for start in range(0, len(items), CHUNK_SIZE)
            )

    def note_releases(self, releases: Sequence[VerifiedRelease]) -> None:
        """Say what is in force: a claim compares with it. Older news change nothing."""
        with writing(self.engine) as connection:
            self._note(connection, releases)

    def put_off(self, deliveries: Sequence[Delivery], until: datetime) -> None:
        """Look at deliveries that cannot be judged again at ``until``."""
        rows = t.delivery.c
        with writing(self.engine) as connection:
            connection.execute(
                t.delivery.update()
                .where(
                    rows.id.in_([delivery.id for delivery in deliveries]),
                    rows.state.in_(_OPEN),
                )
                .values(next_at=until)
            )

    def recheck(self, now: datetime) -> None:
        """Let everything that is held be judged again at once."""
        with writing(self.engine) as connection:
            rows = t.delivery.c
            connection.execute(
                t.delivery.update()
                .where(rows.state == State.HELD.value)
                .values(next_at=now)
            )

    def _dossiers(
        self, connection: sa.Connection, deliveries: list[Delivery], now: datetime
    ) -> Sequence[Dossier]:
        people = [delivery.intent.candidate for delivery in deliveries]
        jobs = [delivery.intent.application for delivery in deliveries]
        kept = kept_of(connection, self.sealer, jobs)
        consents = consents_of(connection, people)
        suppressions = suppressions_of(connection, people)
        past = past_of(connection, people, now)
        stops = stops_that_hold(connection)
        spent = spent_of(connection, now)
        words = words_of(connection, [delivery.id for delivery in deliveries])
        high, since = moment(connection, CLOCK), moment(connection, SINCE)
        return tuple(
            Dossier(
                delivery=delivery,
                kept=kept.get(delivery.intent.application),
                consents=consents.get(delivery.intent.candidate, ()),
                suppressions=suppressions.get(delivery.intent.candidate, ()),
                past=past.get(delivery.intent.candidate, ()),
                stops=stops,
                spent=spent,
                clock_high=high,
                since=since,
                word=words.get(delivery.id),
            )
            for delivery in deliveries
        )

    def _note(
        self, connection: sa.Connection, releases: Sequence[VerifiedRelease]
    ) -> None:
        columns = t.release.c
        for subject, release in {item.subject: item for item in releases}.items():
            values: dict[str, object] = {
                "version": release.version,
                "closure": release.closure,
                "length": release.length,
            }
            row: dict[str, object] = {"subject": subject, **values}
            if not insert_new(connection, t.release, [row]):
                connection.execute(
                    t.release.update()
                    .where(columns.subject == subject, columns.length < release.length)
                    .values(values)
                )

    def _send_off(
        self,
        connection: sa.Connection,
        route: str,
        items: Sequence[Judged],
        now: datetime,
    ) -> int:
        chunk = new_id(now)
        count = sum(_ready(connection, item, chunk, now) for item in items)
        if count:
            connection.execute(
                t.chunk.insert().values(
                    id=chunk, route=route, epoch=0, worker="", woken_at=now
                )
            )
            job = Job(f"chunk-{chunk}", SEND_CHUNK, chunk, lane=route)
            self.queue.enqueue_in_tx(connection, job)
        return count


def _ready(connection: sa.Connection, item: Judged, chunk: str, now: datetime) -> bool:
    assert item.release is not None, "what passes has a release"
    assert item.journey is not None, "what passes has a journey"
    number = connection.execute(
        _READY,
        {
            "b_id": item.delivery.id,
            "b_route": item.route,
            "b_chunk": chunk,
            "b_revision": item.revision,
            "b_version": item.release.version,
            "b_closure": item.release.closure,
            "b_journey": item.journey.closure,
            "b_judged": judged_text(item.release, item.journey),
        },
    ).scalar()
    if number is None:
        return False
    record_round(connection, item, number, now)
    return True


def _keep_back(connection: sa.Connection, item: Judged, now: datetime) -> None:
    deciding, rows = item.judgement.deciding, t.delivery.c
    is_held = deciding.verdict is Verdict.HOLD
    until = item.judgement.until
    is_news = not is_like_before(connection, item)
    number = connection.execute(
        t.delivery.update()
        .where(rows.id == item.delivery.id, rows.state.in_(_OPEN))
        .values(
            state=(State.HELD if is_held else State.SKIPPED).value,
            reason=deciding.reason.value,
            until=until,
            next_at=(until or now + _BACKSTOP) if is_held else None,
            rounds=rows.rounds + (1 if is_news else 0),
        )
        .returning(rows.rounds)
    ).scalar()
    if number is not None and is_news:
        record_round(connection, item, number, now)
        announce(connection, "delivery", item.delivery.id, now)
