"""What a store holds, and whether it is kept up to date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from rotascope.store import analyses, backlog, migrations
from rotascope.store.engine import display
from rotascope.store.schema import articles, feeds, metadata


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What `rotascope info` tells of a store.

    `rows`: table -> number of rows.  `failed`: text versions that no revision could analyse.
    `last_collected`: when a feed was read last.  `bytes`: the size of an SQLite file, `free_bytes`
    the part of it that VACUUM would give back.
    """

    location: str
    schema: int
    rows: Mapping[str, int]
    first_published: datetime | None
    last_published: datetime | None
    failed: int
    last_collected: datetime | None
    bytes: int | None
    free_bytes: int | None


@dataclass(frozen=True, slots=True)
class Pulse:
    """Whether a store is kept up to date: the last reading of a feed, and the backlog.

    `waiting`: texts that nobody has analysed; `waiting_since`: when the first of them that came
    from a feed was seen.
    `failing`: why the latest analyses failed, where one after the other did.
    """

    last_collected: datetime | None
    waiting: int
    waiting_since: datetime | None
    failing: str | None = None


def read_pulse(connection: sa.Connection, before: datetime) -> Pulse:
    """See `Store.pulse`."""
    read = feeds.c.last_success_at
    last = connection.scalar(sa.select(sa.func.max(read)).where(read <= before))
    waiting, since = backlog.waiting(connection)
    return Pulse(last, waiting, since, analyses.failing(connection))


def read_info(connection: sa.Connection) -> StoreInfo:
    """See `Store.info`."""
    rows = {
        table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for table in metadata.sorted_tables
        if table.name != "meta"
    }
    published = articles.c.published_at
    first, last = connection.execute(
        sa.select(sa.func.min(published), sa.func.max(published))
    ).one()
    size, free = _size(connection)
    schema = migrations.check(connection.engine)
    assert schema is not None
    return StoreInfo(
        location=display(connection.engine.url),
        schema=schema,
        rows=rows,
        first_published=first,
        last_published=last,
        failed=analyses.count_failures(connection),
        last_collected=connection.scalar(sa.select(sa.func.max(feeds.c.last_success_at))),
        bytes=size,
        free_bytes=free,
    )


def _size(connection: sa.Connection) -> tuple[int | None, int | None]:
    if connection.dialect.name != "sqlite":
        return None, None
    page, pages, free = (
        int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
        for name in ("page_size", "page_count", "freelist_count")
    )
    return page * pages, page * free
