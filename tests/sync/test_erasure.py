"""What was erased is in no file any more, whoever reads at the time."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import sqlalchemy as sa

from sync.candidates.facts import CandidateId
from sync.store import tables as t
from sync.store.engine import make_engine, writing
from sync.store.erasure import clear_erased, empty_log, erase
from sync.store.migrate import migrate
from tests.fakes.service import MORNING, Service, a_service, an_application

MAYA = CandidateId("c1")
ADD = "INSERT INTO candidate (id, wrapped_key, email_index) VALUES (?, ?, ?)"
GROW = "UPDATE candidate SET email_index = ? WHERE id = ?"
FORGET = "UPDATE candidate SET wrapped_key = NULL WHERE id = ?"


def told(tmp_path: Path) -> tuple[Service, bytes]:
    """Return a service that knows some people, and Maya's wrapped key."""
    service = a_service(tmp_path)
    for number in range(1, 9):
        service.tell(an_application(number))
    service.run()
    with service.store.engine.connect() as connection:
        wrapped = connection.scalar(
            sa.select(t.candidate.c.wrapped_key).where(t.candidate.c.id == MAYA)
        )
    assert isinstance(wrapped, bytes)
    return service, wrapped


def holding(folder: Path, secret: bytes) -> list[str]:
    """Return the names of the files that hold ``secret``."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.name for path in files if secret in path.read_bytes())


def database(service: Service) -> Path:
    return Path(str(service.store.engine.url.database))


def test_the_key_of_who_was_erased_is_in_no_file_at_once(tmp_path: Path) -> None:
    service, wrapped = told(tmp_path)
    assert holding(tmp_path, wrapped)

    service.store.candidates.erase(MAYA, MORNING)

    assert holding(tmp_path, wrapped) == []
    assert service.store.clear_erased()


def test_the_chore_finishes_what_a_reader_stood_in_the_way_of(tmp_path: Path) -> None:
    service, wrapped = told(tmp_path)
    with closing(sqlite3.connect(database(service), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM candidate").fetchone()

        service.store.candidates.erase(MAYA, MORNING)

        assert holding(tmp_path, wrapped)
        assert not service.store.clear_erased()
        reader.execute("ROLLBACK")

    assert service.store.clear_erased()
    assert holding(tmp_path, wrapped) == []


def test_an_idle_connection_is_not_in_the_way(tmp_path: Path) -> None:
    service, wrapped = told(tmp_path)
    with closing(sqlite3.connect(database(service))) as reader:
        reader.execute("SELECT count(*) FROM candidate").fetchone()

        service.store.candidates.erase(MAYA, MORNING)

        assert holding(tmp_path, wrapped) == []


def test_a_backup_made_before_a_migration_forgets_too(tmp_path: Path) -> None:
    service, wrapped = told(tmp_path)
    path = database(service)
    assert empty_log(service.store.engine)
    backup = path.with_name(f"{path.name}.before-r0001.backup")
    shutil.copy(path, backup)

    service.store.candidates.erase(MAYA, MORNING)
    assert holding(tmp_path, wrapped) == [backup.name]

    assert service.store.clear_erased()
    assert holding(tmp_path, wrapped) == []
    with closing(sqlite3.connect(backup)) as copy:
        (kept,) = copy.execute(
            "SELECT count(*) FROM candidate WHERE wrapped_key IS NOT NULL"
        ).fetchone()
    assert kept == 7


def test_what_pages_leave_in_their_gaps_is_gone_after_the_chore(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'a.sqlite'}")
    migrate(engine)
    chance = Random(1)  # noqa: S311 -- where rows come to lie, no secret
    keys: dict[str, bytes] = {}
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as connection, connection:
        connection.execute("PRAGMA secure_delete=ON")
        for number in range(4000):
            new, other = f"{chance.random()}", chance.choice([*keys, ""])
            keys[new] = chance.randbytes(61)
            connection.execute(ADD, (new, keys[new], "x" * chance.randint(0, 64)))
            if number % 5 == 0:  # rows grow, so pages are split
                grown = "y" * chance.randint(0, 200)
                connection.execute(GROW, (grown, other))
    gone = chance.sample(sorted(keys), 2000)
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as connection, connection:
        connection.execute("PRAGMA secure_delete=ON")
        connection.executemany(FORGET, [(id_,) for id_ in gone])
    with writing(engine) as transaction:
        erase(transaction, CandidateId(gone[0]), MORNING)

    assert empty_log(engine)
    assert left(tmp_path, keys, gone)  # secure_delete is not enough
    assert clear_erased(engine)

    assert left(tmp_path, keys, gone) == []
    assert len(left(tmp_path, keys, [*keys])) == 2000
    engine.dispose()


def left(folder: Path, keys: dict[str, bytes], names: list[str]) -> list[str]:
    files = b"".join(path.read_bytes() for path in folder.iterdir())
    return [name for name in names if keys[name] in files]


def test_nothing_is_rewritten_where_nobody_was_erased(tmp_path: Path) -> None:
    service, _wrapped = told(tmp_path)
    empty_log(service.store.engine)
    before = database(service).stat().st_mtime_ns

    assert service.store.clear_erased()

    assert database(service).stat().st_mtime_ns == before
