"""The few statements that SQLite and PostgreSQL spell alike but SQLAlchemy keeps apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

T = TypeVar("T")

CHUNK = 500
"""Values in one `IN (…)`: SQLite took 999 variables in a statement until 3.32."""


def insert_new(connection: sa.Connection, table: sa.Table) -> sa.Insert:
    """INSERT that leaves a row alone whose unique columns are taken already."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def upsert(
    connection: sa.Connection, table: sa.Table, keys: Sequence[str], keep: Sequence[str] = ()
) -> sa.Insert:
    """INSERT, or update every column but `keys` and `keep` of the row that has these keys."""
    module = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = module.insert(table)
    names = [c.name for c in table.columns if c.name not in (*keys, *keep) and not c.primary_key]
    result: sa.Insert = statement.on_conflict_do_update(
        index_elements=list(keys), set_={name: statement.excluded[name] for name in names}
    )
    return result


def chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """`values` in pieces of at most `size`."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
