"""Make a new store, or bring an older one up to this version's schema, in one transaction.

`meta.schema_version` is the number of the last step taken.  Step N turns schema N-1 into N; a new
store is made as the newest schema at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sqlalchemy as sa

from rotascope.errors import NotAStore, StoreError, StoreTooNew
from rotascope.store.engine import APPLICATION_ID, display, reading, writing
from rotascope.store.schema import SCHEMA_VERSION, meta, metadata

Step = Callable[[sa.Connection], None]

STEPS: Mapping[int, Step] = {}
"""Schema version -> what leads to it from the one before; 1 is the first and needs none."""

_LOCK = 0x526F7461  # PostgreSQL advisory lock: two processes must not make the tables at once


def check(engine: sa.Engine, *, version: int = SCHEMA_VERSION) -> int | None:
    """The schema version of a store, None for an empty database.

    Raises NotAStore for somebody else's database, StoreTooNew for a newer schema.
    """
    with reading(engine) as connection:
        found = _version(connection, engine)
    if found is not None and found > version:
        raise StoreTooNew(
            f"{display(engine.url)}: this store has schema {found}, this version of Rotascope"
            f" knows {version}; update Rotascope (the store is left as it is)"
        )
    return found


def prepare(
    engine: sa.Engine, *, version: int = SCHEMA_VERSION, steps: Mapping[int, Step] = STEPS
) -> None:
    """Create the tables, or take the steps that are missing; does nothing where all is well."""
    if check(engine, version=version) == version:
        return
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        found = _version(connection, engine)  # another process may have been faster
        if found is None:
            metadata.create_all(connection)
            connection.execute(sa.insert(meta).values(key="schema_version", value=str(version)))
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            return
        for number in range(found + 1, version + 1):
            steps[number](connection)
        connection.execute(
            sa.update(meta).where(meta.c.key == "schema_version").values(value=str(version))
        )


def _version(connection: sa.Connection, engine: sa.Engine) -> int | None:
    tables = set(sa.inspect(connection).get_table_names())
    where = display(engine.url)
    if connection.dialect.name == "sqlite":
        mark = connection.exec_driver_sql("PRAGMA application_id").scalar()
        if mark != APPLICATION_ID and (tables or mark):
            raise NotAStore(
                f"{where}: an SQLite database of another program; name another file with --db"
            )
    if not tables:
        return None
    if not {"meta", "articles", "text_versions"} <= tables:
        raise NotAStore(f"{where}: a database of another program; name another one with --db")
    value = connection.execute(
        sa.select(meta.c.value).where(meta.c.key == "schema_version")
    ).scalar()
    if value is None or not value.isdecimal():
        raise StoreError(f"{where}: the schema version is missing; restore a backup")
    return int(value)
