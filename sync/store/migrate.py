"""Bringing a database to the schema of this program: under a lock, after a backup."""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from governance.texts import _
from sync.errors import StoreBrokenError, StoreTooNewError, StoreUnavailableError
from sync.store.engine import translated

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_VERSION_TABLE: Final = "schema_version"
# An arbitrary number that all programs of ours lock in PostgreSQL.
_LOCK: Final = 0x436F756E74657273


def migrate(engine: sa.Engine, folder: Path = MIGRATIONS) -> bool:
    """Bring the database to the newest schema; say whether it was a new database.

    Args:
        engine: The database.
        folder: The steps.

    Raises:
        StoreTooNewError: A newer program wrote it; nothing was changed.
        StoreBrokenError: It is no database of ours.
        StoreUnavailableError: It is locked, full or away.
    """
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    with translated(), _locked(engine):
        with engine.connect() as connection:
            version = _version(connection)
            is_new = version is None and not _tables(connection)
        if version is None and not is_new:
            raise StoreBrokenError(_("The file is a database, but none of ours."))
        if version is not None and not _knows(scripts, version):
            raise StoreTooNewError(
                _(
                    "The database is of version {version}, newer than this program."
                ).format(version=version)
            )
        if version != scripts.get_current_head():
            if version is not None:
                _back_up(engine, version)
            _upgrade(engine, config, scripts)
    return is_new


def _upgrade(engine: sa.Engine, config: Config, scripts: ScriptDirectory) -> None:
    def steps(revision: str, _context: MigrationContext) -> object:
        # Alembic's own commands have no public way either.
        return scripts._upgrade_revs("head", revision)  # noqa: SLF001

    with (
        EnvironmentContext(config, scripts, fn=steps) as environment,
        engine.connect() as connection,
        connection.begin(),  # all steps or none: both databases can take back DDL
    ):
        environment.configure(
            connection=connection,
            version_table=_VERSION_TABLE,
            transactional_ddl=True,
        )
        environment.run_migrations()


def _version(connection: sa.Connection) -> str | None:
    context = MigrationContext.configure(
        connection, opts={"version_table": _VERSION_TABLE}
    )
    return context.get_current_revision()


def _tables(connection: sa.Connection) -> list[str]:
    """Return tables that are not the queue's, which may be there before ours."""
    names = sa.inspect(connection).get_table_names()
    queue = {"dbos_migrations"}
    return [] if queue & set(names) else names


def _knows(scripts: ScriptDirectory, version: str) -> bool:
    return version in {script.revision for script in scripts.walk_revisions()}


def _back_up(engine: sa.Engine, version: str) -> None:
    """Copy a SQLite database beside itself; a server has backups of its own."""
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path:
        return
    target = Path(f"{path}.before-{version}.backup")
    if target.exists():
        return
    half = target.with_suffix(".half")
    half.unlink(missing_ok=True)
    with sqlite3.connect(path) as source, sqlite3.connect(half) as copy:
        source.backup(copy)
    source.close()
    copy.close()
    half.rename(target)


@contextmanager
def _locked(engine: sa.Engine) -> Iterator[None]:
    """Let one program migrate at a time.

    Raises:
        StoreUnavailableError: The lock cannot be made.
    """
    path = engine.url.database
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_lock(_LOCK)))
            try:
                yield
            finally:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(_LOCK)))
        return
    if not path:  # in memory: nobody else can see it
        with nullcontext():
            yield
        return
    try:
        lock = Path(f"{path}.lock").open("wb")  # noqa: SIM115 -- closed below
    except OSError as error:
        problem = _("The service's database cannot be used: {reason}")
        raise StoreUnavailableError(problem.format(reason=error.strerror)) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
