"""Feeds: those added by hand, and what the last rounds left behind for every feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from rotascope.store.dialect import chunks, insert_new, upsert
from rotascope.store.schema import entries, feeds
from rotascope_feeds.types import FeedSource, FeedState, SeenEntry

_STATE = tuple(name for name in FeedState.__dataclass_fields__ if name != "url")
_NOT_STATE = ("url", "name", "publisher", "listed", "enabled", "added_at")


@dataclass(frozen=True, slots=True)
class StoredFeed:
    """A feed of the store.  `listed`: added by hand, not only the state of a configured feed."""

    source: FeedSource
    listed: bool
    enabled: bool
    added_at: datetime
    state: FeedState


def get_state(connection: sa.Connection, url: str) -> FeedState | None:
    """What is remembered of the feed; None if it was never collected."""
    row = connection.execute(sa.select(feeds).where(feeds.c.url == url)).one_or_none()
    return None if row is None else _state(row)


def save_state(connection: sa.Connection, state: FeedState, now: datetime) -> None:
    """Remember the state; name, publisher and switches of a known feed stay."""
    row = {name: getattr(state, name) for name in _STATE}
    connection.execute(
        upsert(connection, feeds, ["url"], keep=_NOT_STATE),
        {"url": state.url, "added_at": now, **row},
    )


def list_all(connection: sa.Connection) -> list[StoredFeed]:
    """Every feed known, in the order in which they came."""
    rows = connection.execute(sa.select(feeds).order_by(feeds.c.id))
    return [
        StoredFeed(
            FeedSource(row.url, row.name, row.publisher),
            row.listed,
            row.enabled,
            row.added_at,
            _state(row),
        )
        for row in rows
    ]


def add(connection: sa.Connection, source: FeedSource, now: datetime) -> bool:
    """List and enable a feed; False if it was listed and enabled already."""
    before = connection.execute(
        sa.select(feeds.c.listed, feeds.c.enabled).where(feeds.c.url == source.url)
    ).one_or_none()
    row: dict[str, Any] = {"listed": True, "enabled": True, "retired": False}
    named = {key: value for key, value in asdict(source).items() if value and key != "url"}
    connection.execute(insert_new(connection, feeds), {"url": source.url, "added_at": now})
    connection.execute(sa.update(feeds).where(feeds.c.url == source.url).values(**row, **named))
    return before is None or not (before.listed and before.enabled)


def remove(connection: sa.Connection, url: str) -> bool:
    """Forget the feed and its state, not its articles; False if it was not there."""
    connection.execute(sa.delete(entries).where(entries.c.feed_url == url))
    return connection.execute(sa.delete(feeds).where(feeds.c.url == url)).rowcount > 0


def enable(connection: sa.Connection, url: str, enabled: bool, now: datetime) -> None:
    """Switch a feed on or off, also one that only the configuration names."""
    connection.execute(insert_new(connection, feeds), {"url": url, "added_at": now})
    connection.execute(sa.update(feeds).where(feeds.c.url == url).values(enabled=enabled))


def seen(connection: sa.Connection, feed_url: str) -> dict[str, SeenEntry]:
    """The entries that the feed has shown already, by their id."""
    rows = connection.execute(sa.select(entries).where(entries.c.feed_url == feed_url))
    return {row.entry_id: SeenEntry(row.entry_id, row.entry_hash, row.tries) for row in rows}


def save_seen(connection: sa.Connection, feed_url: str, rows: Sequence[SeenEntry]) -> None:
    """Remember these entries; what was remembered of others stays."""
    if rows:
        last = {row.entry_id: {"feed_url": feed_url, **asdict(row)} for row in rows}
        connection.execute(_upsert_entries(connection), [last[key] for key in sorted(last)])


def forget_seen(connection: sa.Connection, feed_url: str, entry_ids: Sequence[str]) -> None:
    """Remember these entries no more; their articles stay."""
    for part in chunks(entry_ids):
        connection.execute(
            sa.delete(entries).where(entries.c.feed_url == feed_url, entries.c.entry_id.in_(part))
        )


def _upsert_entries(connection: sa.Connection) -> sa.Insert:
    return upsert(connection, entries, ["feed_url", "entry_id"])


def _state(row: Any) -> FeedState:
    return FeedState(row.url, **{name: getattr(row, name) for name in _STATE})
