"""Which schema a database has: asked without Alembic, which takes a while to load."""

from typing import Final

import sqlalchemy as sa

from sync.store.engine import reading

HEAD: Final = "0002"  # the last step of ``migrations``

_VERSION: Final = sa.table("schema_version", sa.column("version_num"))


def is_current(engine: sa.Engine) -> bool:
    """Whether the database has exactly the schema of this program.

    Raises:
        StoreUnavailableError: It is locked or away.
        StoreBrokenError: It cannot be read.
    """
    with reading(engine) as connection:
        if not sa.inspect(connection).has_table(_VERSION.name):
            return False
        return list(connection.scalars(sa.select(_VERSION.c.version_num))) == [HEAD]
