"""The database on bad days: locked, full, broken, newer, restored, of another key."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from sync.errors import (
    StoreBrokenError,
    StoreTooNewError,
    StoreUnavailableError,
    WrongStoreKeyError,
)
from sync.sending.decision import Reason
from sync.sending.delivery import State
from sync.sending.inbox import InboundEvent
from sync.store.engine import make_engine, reading, writing
from sync.store.migrate import MIGRATIONS, migrate
from sync.store.opened import open_store
from sync.store.schema import HEAD, is_current
from sync.store.sealing import Sealer
from sync.store.tables import metadata
from tests.fakes.queue import InMemoryQueue
from tests.fakes.service import (
    KEY,
    MORNING,
    Clock,
    FakeDirectory,
    FakeMailer,
    Service,
    a_service,
    an_application,
)

EVENT = InboundEvent("ats", "e1", an_application().id, "moved", MORNING)


def a_database(path: Path, patience: float = 30.0) -> None:
    store = open_store(
        f"sqlite:///{path}",
        Sealer(KEY),
        domain="d.example",
        worker="w",
        now=MORNING,
        queue=InMemoryQueue(),
        patience=patience,
    )
    store.close()


@contextmanager
def held(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


def has_records(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as database:
        query = "SELECT count(*) FROM sqlite_master WHERE name = 'record'"
        return bool(database.execute(query).fetchone()[0])


def tell_many(service: Service) -> None:
    for number in range(2, 200):
        service.tell(an_application(number))


def test_a_database_of_today_is_known_without_looking_at_the_migrations(
    tmp_path: Path,
) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'a.sqlite'}")
    scripts = ScriptDirectory(str(MIGRATIONS))

    is_empty_current = is_current(engine)
    migrate(engine)

    assert (is_empty_current, is_current(engine)) == (False, True)
    assert scripts.get_current_head() == HEAD
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE schema_version SET version_num = '9999'")
    assert not is_current(engine)
    engine.dispose()


def test_the_migrations_make_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'a.sqlite'}")

    is_new, is_new_again = migrate(engine), migrate(engine)

    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": "schema_version"}
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()
    assert (is_new, is_new_again) == (True, False)


def test_a_newer_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    a_database(path)
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE schema_version SET version_num = '9999'")
        database.commit()
    before = path.read_bytes()

    with pytest.raises(StoreTooNewError, match="9999"):
        a_database(path)

    assert path.read_bytes() == before


def test_an_older_database_is_copied_before_it_is_changed(tmp_path: Path) -> None:
    path, newer = tmp_path / "a.sqlite", tmp_path / "migrations"
    a_database(path)
    shutil.copytree(MIGRATIONS, newer)
    (newer / "versions" / "next_more.py").write_text(
        "from alembic import op\n"
        f"revision, down_revision = 'next', '{HEAD}'\n"
        "branch_labels = depends_on = None\n"
        "def upgrade():\n    op.drop_table('record')\n"
    )
    engine = make_engine(f"sqlite:///{path}")

    migrate(engine, newer)

    engine.dispose()
    copy = tmp_path / f"a.sqlite.before-{HEAD}.backup"
    assert (has_records(copy), has_records(path)) == (True, False)


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    path, newer = tmp_path / "a.sqlite", tmp_path / "migrations"
    a_database(path)
    shutil.copytree(MIGRATIONS, newer)
    (newer / "versions" / "next_more.py").write_text(
        "from alembic import op\n"
        f"revision, down_revision = 'next', '{HEAD}'\n"
        "branch_labels = depends_on = None\n"
        "def upgrade():\n    op.drop_table('record')\n    op.drop_table('nothing')\n"
    )
    engine = make_engine(f"sqlite:///{path}")

    with pytest.raises(StoreUnavailableError):
        migrate(engine, newer)

    engine.dispose()
    assert has_records(path)
    a_database(path)


def test_tables_without_a_version_are_nobodys(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    a_database(path)
    with closing(sqlite3.connect(path)) as database:
        database.execute("DELETE FROM schema_version")
        database.commit()

    with pytest.raises(StoreBrokenError, match="none of ours"):
        a_database(path)


def test_something_else_than_a_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    path.write_bytes(b"this is a letter, and no database at all" * 100)

    with pytest.raises(StoreBrokenError):
        a_database(path)


def test_a_damaged_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    a_database(path)
    data = bytearray(path.read_bytes())
    data[4096:40960] = bytes(36864)
    path.write_bytes(bytes(data))

    with pytest.raises(StoreBrokenError):
        a_database(path)


def test_a_database_that_is_held_is_said_to_be_held(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    a_database(path)

    with held(path), pytest.raises(StoreUnavailableError, match="holds"):
        a_database(path, patience=0.05)


def test_a_webhook_that_cannot_be_kept_is_not_said_to_be_kept(tmp_path: Path) -> None:
    path = tmp_path / "service.sqlite"
    store = open_store(
        f"sqlite:///{path}",
        Sealer(KEY),
        domain="d.example",
        worker="w",
        now=MORNING,
        queue=InMemoryQueue(),
        patience=0.05,
    )

    with held(path), pytest.raises(StoreUnavailableError):
        store.inbox.receive(EVENT, MORNING)

    assert store.inbox.receive(EVENT, MORNING)
    store.close()


def test_a_full_disk_is_said_to_be_full_and_nothing_is_lost(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.tell(an_application())
    service.run()
    engine = service.store.engine
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    with pytest.raises(StoreUnavailableError, match="no room"):
        tell_many(service)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=100000")
    service.tell(an_application(500))
    service.run()

    counts = service.states()
    assert counts == {"sent": len(service.mailer.taken)}
    assert counts["sent"] > 1


def test_another_key_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    a_database(path)

    with pytest.raises(WrongStoreKeyError):
        open_store(
            f"sqlite:///{path}",
            Sealer(bytes(32)),
            domain="d.example",
            worker="w",
            now=MORNING,
            queue=InMemoryQueue(),
        )


def test_a_key_may_be_succeeded_by_another(tmp_path: Path) -> None:
    path = tmp_path / "service.sqlite"
    service = a_service(tmp_path)
    service.tell(an_application())
    service.run()
    service.store.close()

    store = open_store(
        f"sqlite:///{path}",
        Sealer(bytes(32), former=(KEY,)),
        domain="d.example",
        worker="w",
        now=MORNING,
        queue=InMemoryQueue(),
    )

    known = store.candidates.application(an_application().id)
    assert known.snapshot.candidate.email == "maya1@candidate.example"
    store.close()


def test_a_restored_database_is_paused_and_sends_nothing_twice(tmp_path: Path) -> None:
    directory, mailer, clock = FakeDirectory(), FakeMailer(), Clock()
    one = a_service(tmp_path, directory=directory, mailer=mailer, clock=clock)
    one.tell(an_application(1))
    one.queue.run("event-ats:e1")  # judged, not yet sent
    one.store.close()
    shutil.copytree(tmp_path, tmp_path.parent / f"{tmp_path.name}-backup")
    two = a_service(tmp_path, directory=directory, mailer=mailer, clock=clock)
    two.clock = clock
    two.tell(an_application(2))
    clock.forward(minutes=11)
    two.run()
    two.run()
    assert two.states() == {"sent": 2}
    two.worker.stop()
    two.store.close()
    shutil.copy(
        tmp_path.parent / f"{tmp_path.name}-backup" / "service.sqlite",
        tmp_path / "service.sqlite",
    )

    three = a_service(
        tmp_path, directory=directory, mailer=mailer, clock=clock, worker="w3"
    )
    three.run()
    three.worker.take.poll("directory")
    paused = [stop.code for stop in three.store.stops.list()]
    clock.forward(minutes=1)
    left = three.worker.reconcile("ruth@northwind.example")
    three.run()

    assert paused == ["RESTORED"]
    assert left == 0
    assert three.store.stops.list() == ()
    assert three.states() == {"sent": 2}
    assert len(mailer.taken) == 2
    assert {item.reason for item in three.store.deliveries.list()} == {
        Reason.FOUND_AT_PROVIDER
    }


def test_what_a_restored_database_never_sent_is_sent_after_all(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.tell(an_application(1))
    service.queue.run("event-ats:e1")
    service.store.close()
    (tmp_path / "service.seen").unlink()  # copied to another computer, without its note

    again = a_service(tmp_path, directory=service.directory, worker="w2")
    again.run()
    before = again.states()
    again.clock.forward(minutes=1)
    left = again.worker.reconcile("ruth@northwind.example")
    again.run()

    assert before == {"in_doubt": 1}
    assert left == 0
    assert again.states() == {"sent": 1}
    assert len(again.mailer.taken) == 1


def test_a_database_that_is_as_it_was_left_is_not_paused(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.tell(an_application(1))
    service.run()
    service.worker.stop()
    service.store.close()

    again = a_service(tmp_path, worker="w2")

    assert again.store.stops.list() == ()


def test_losing_the_queue_loses_nothing(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.tell(an_application(1))
    service.tell(an_application(2))
    service.queue.run("event-ats:e1")
    service.queue.forget()

    service.run()
    service.clock.forward(minutes=2)
    service.run()

    assert service.states() == {"sent": 2}


def test_a_dead_workers_message_is_put_in_doubt_and_found(tmp_path: Path) -> None:
    clock, directory, mailer = Clock(), FakeDirectory(), FakeMailer()
    dead = a_service(tmp_path, clock=clock, directory=directory, mailer=mailer)
    dead.tell(an_application())
    dead.worker.beat()
    dead.queue.run("event-ats:e1")
    (ready,) = dead.store.deliveries.list()
    chunk = dead.store.outbox.open_chunk(ready.chunk, "w1", clock())
    assert chunk is not None
    route = dead.wired.policy.routes[ready.intent.channel]
    parcel = dead.worker.send._parcel(ready)  # noqa: SLF001 -- dies in the middle
    assert parcel is not None
    claimed = dead.store.outbox.claim(ready, chunk.epoch, parcel, route, clock())
    dead.store.close()

    heir = a_service(
        tmp_path, clock=clock, directory=directory, mailer=mailer, worker="w2"
    )
    alive = heir.store.outbox.open_chunk(ready.chunk, "w2", clock())
    clock.forward(minutes=1)
    heir.run()
    clock.forward(minutes=1)
    heir.run()
    heir.run()

    assert alive is None  # nobody takes a chunk from a living worker
    assert not isinstance(claimed, str)
    assert heir.states() == {"sent": 1}
    assert len(mailer.taken) == 1


def test_a_fenced_worker_cannot_confirm(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.tell(an_application())
    service.queue.run("event-ats:e1")
    (ready,) = service.store.deliveries.list()
    outbox, clock = service.store.outbox, service.clock
    first = outbox.open_chunk(ready.chunk, "gone", clock())
    second = outbox.open_chunk(ready.chunk, "w1", clock())
    assert first is not None
    assert second is not None
    route = service.wired.policy.routes[ready.intent.channel]
    parcel = service.worker.send._parcel(ready)  # noqa: SLF001 -- as a worker would
    assert parcel is not None

    stale = outbox.claim(ready, first.epoch, parcel, route, clock())
    fresh = outbox.claim(ready, second.epoch, parcel, route, clock())

    assert stale == "lost"
    assert not isinstance(fresh, str)
    assert not outbox.close_chunk(first, clock())


def test_a_reader_sees_one_moment(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'a.sqlite'}")
    migrate(engine)
    table = metadata.tables["meta"]
    query = sa.select(sa.func.count()).select_from(table)

    with reading(engine) as reader:
        before = reader.scalar(query)
        with writing(engine) as writer:
            writer.execute(table.insert().values(name="a", value="b"))
        after = reader.scalar(query)

    engine.dispose()
    assert before == after


def test_records_are_written_only_over_what_was_read(tmp_path: Path) -> None:
    records = a_service(tmp_path).store.records

    first = records.write("operation", "o1", b"{}", after=0, now=MORNING)
    again = records.write("operation", "o1", b"{}", after=0, now=MORNING)
    second = records.write("operation", "o1", b"{1}", after=1, now=MORNING)
    stale = records.write("operation", "o1", b"{2}", after=1, now=MORNING)

    kept = records.read("operation", "o1")
    assert (first, again, second, stale) == (True, False, True, False)
    assert kept is not None
    assert (kept.version, kept.data) == (2, b"{1}")
    assert records.forget("operation", before=MORNING + timedelta(days=1)) == 1
    assert records.read("operation", "o1") is None


def test_changes_are_listed_after_a_position(tmp_path: Path) -> None:
    service = a_service(tmp_path)
    service.tell(an_application())
    service.run()
    deliveries = service.store.deliveries

    everything = deliveries.changes()

    assert [change.seq for change in everything] == sorted(
        change.seq for change in everything
    )
    assert deliveries.changes(after=everything[-1].seq) == ()
    assert {change.kind for change in everything} == {"application", "delivery"}
    assert deliveries.counts()[State.SENT] == 1
