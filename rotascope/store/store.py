"""The store as the rest of the program sees it: one object, every method one transaction."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import sqlalchemy as sa

from rotascope.errors import NoStore, NotAStore, StoreError
from rotascope.store import analyses, articles, backlog, feeds, info, migrations, revisions
from rotascope.store.articles import Added, Signature
from rotascope.store.dates import FirstSeen
from rotascope.store.engine import (
    READ_ONLY,
    display,
    location_url,
    make_engine,
    plain_errors,
    reading,
    writing,
)
from rotascope.store.feeds import StoredFeed
from rotascope.store.info import Pulse, StoreInfo
from rotascope.store.revisions import Used
from rotascope.store.schema import SCHEMA_VERSION
from rotascope.types import Revision
from rotascope_feeds.types import Article, FeedResult, FeedSource, FeedState, SeenEntry


class Store:
    """Articles, analyses and feed state in one database; a context manager.

    Several processes may read and write at once.  Every method raises StoreError (or one of its
    kinds) with the cause and the mend; a write that fails leaves everything as it was.
    `engine` and `connect()` are for reading with SQL over the tables of `rotascope.store.schema`.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, location: str | Path, *, create: bool = True, read_only: bool = False) -> Store:
        """Open a path or URL; create it, or bring it up to date, unless `read_only`.

        With `create` off, a file that cannot be written is opened read-only.
        Raises NotAStore, StoreTooNew, or StoreError (there is none and `create` is off).
        """
        url = location_url(location)
        if url.get_backend_name() == "sqlite":
            path = Path(str(url.database))
            check_file(path, create=create and not read_only)
            if create and not read_only and path.exists() and not _is_writable(path):
                raise StoreError(f"{path}: {READ_ONLY}")
            read_only = read_only or (not create and not _is_writable(path))
        engine = make_engine(url, read_only=read_only)
        try:
            found = migrations.check(engine)
            if found is None and (read_only or not create):
                raise NotAStore(
                    f"{display(url)}: an empty database; `rotascope ingest` makes it a store"
                )
            if read_only and found != SCHEMA_VERSION:
                raise StoreError(
                    f"{display(url)}: the store has the older schema {found}; open it once where it"
                    " can be written, so that it is brought up to date"
                )
            if not read_only:
                _use_wal(engine)
                migrations.prepare(engine)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back the connections."""
        self.engine.dispose()

    def connect(self) -> AbstractContextManager[sa.Connection]:
        """A connection that reads one consistent snapshot."""
        return reading(self.engine)

    # Collecting

    def add_articles(
        self,
        batch: Sequence[Article],
        *,
        first_seen: FirstSeen = "now",
        signature: Signature | None = None,
    ) -> Added:
        """Store articles, all or none.  `first_seen`: when they count as seen, by `seen_at` or by
        `published_at` (archives).  `signature` makes what stories are clustered by.
        """
        with writing(self.engine) as connection:
            return articles.add(connection, batch, first_seen=first_seen, signature=signature)

    def save_result(
        self, result: FeedResult, *, now: datetime, signature: Signature | None = None
    ) -> Added:
        """Store one feed's round, all or none: its articles, its state, the entries it showed."""
        with writing(self.engine) as connection:
            added = articles.add(connection, result.articles, first_seen="now", signature=signature)
            feeds.save_seen(connection, result.state.url, result.seen)
            feeds.forget_seen(connection, result.state.url, result.gone)
            feeds.save_state(connection, result.state, now)
        return added

    def get_feed(self, url: str) -> FeedState | None:
        """What the last rounds left behind for a feed."""
        with self.connect() as connection:
            return feeds.get_state(connection, url)

    def save_feed_state(self, state: FeedState, *, now: datetime | None = None) -> None:
        """Remember a feed's state; `now` is when a feed not known yet counts as added."""
        with writing(self.engine) as connection:
            feeds.save_state(connection, state, now or datetime.now(UTC))

    def list_feeds(self) -> list[StoredFeed]:
        """Every feed that was added or ever collected."""
        with self.connect() as connection:
            return feeds.list_all(connection)

    def add_feed(self, source: FeedSource, *, now: datetime) -> bool:
        """List and enable a feed; False if it was so already."""
        with writing(self.engine) as connection:
            return feeds.add(connection, source, now)

    def remove_feed(self, url: str) -> bool:
        """Forget a feed and its state, not its articles; False if it was not there."""
        with writing(self.engine) as connection:
            return feeds.remove(connection, url)

    def enable_feed(self, url: str, enabled: bool = True, *, now: datetime | None = None) -> None:
        """Switch a feed on or off."""
        with writing(self.engine) as connection:
            feeds.enable(connection, url, enabled, now or datetime.now(UTC))

    def seen_entries(self, feed_url: str) -> dict[str, SeenEntry]:
        """The entries that a feed has shown already, by their id."""
        with self.connect() as connection:
            return feeds.seen(connection, feed_url)

    def save_seen(self, feed_url: str, rows: Sequence[SeenEntry]) -> None:
        """Remember entries of a feed."""
        with writing(self.engine) as connection:
            feeds.save_seen(connection, feed_url, rows)

    # Analysing

    def pending(
        self, revision_id: str, *, again: bool = False, failed: bool = False
    ) -> Iterator[tuple[int, str | None, str | None, datetime]]:
        """Text versions (id, title, text, published) that no analysis covers yet, in order of id.

        `again`: also those that only other revisions cover; `failed`: also those that were tried
        and that no revision could analyse.  A version whose text was dropped is
        never among them.  Between chunks nothing is held open, so analyses may be saved and
        articles added meanwhile.
        """
        after = 0
        while True:
            with self.connect() as connection:
                rows = backlog.pending(
                    connection, revision_id, after=after, again=again, failed=failed
                )
            if not rows:
                return
            yield from rows
            after = rows[-1][0]

    def count_pending(self, revision_id: str, *, again: bool = False, failed: bool = False) -> int:
        """How many text versions `pending` would yield now."""
        with self.connect() as connection:
            return backlog.count_pending(connection, revision_id, again=again, failed=failed)

    def failures(self, limit: int | None = None) -> list[analyses.Failure]:
        """Text versions that no revision could analyse, the newest first, and why."""
        with self.connect() as connection:
            return analyses.failures(connection, limit)

    def count_gone(self, revision_id: str) -> int:
        """How many text versions this revision can no longer analyse: their texts are dropped."""
        with self.connect() as connection:
            return backlog.count_gone(connection, revision_id)

    def count_older(self, revision_id: str) -> int:
        """How many kept text versions only other revisions have analysed: `analyze --again`."""
        with self.connect() as connection:
            return backlog.count_older(connection, revision_id)

    def save_revision(self, revision: Revision, now: datetime) -> None:
        """Keep what a revision's id stands for."""
        with writing(self.engine) as connection:
            revisions.save_revision(connection, revision, now)

    def save_analyses(
        self,
        revision_id: str,
        results: Sequence[analyses.Result],
        now: datetime,
        *,
        keep_text: bool = True,
    ) -> None:
        """Store analyses (or the reason why there is none) by text version, all or none; with
        `keep_text` off the texts that have one are dropped in the same step.
        """
        with writing(self.engine) as connection:
            analyses.save(connection, revision_id, results, now)
            if not keep_text:
                done = [version for version, result in results if not isinstance(result, str)]
                articles.drop_texts(connection, done)

    def drop_texts(self, version_ids: Sequence[int]) -> None:
        """Forget title and text of these versions; their scores stay."""
        with writing(self.engine) as connection:
            articles.drop_texts(connection, version_ids)

    # Asking

    def revisions(self) -> list[Used]:
        """Every revision in the order of first use."""
        with self.connect() as connection:
            return revisions.used(connection)

    def shown_revisions(self, asked: str) -> Sequence[Used]:
        """What a series over everything shows, the newest first; raises as `revisions.choose`."""
        with self.connect() as connection:
            return revisions.shown(connection, asked).chosen

    def latest_revision(self) -> str | None:
        """The revision of the latest analysis: the one at work, as far as the store knows."""
        with self.connect() as connection:
            return revisions.latest(connection)

    def pulse(self, before: datetime) -> Pulse:
        """When a feed was read last, and what waits for analysis.

        Readings later than `before` were dated by a clock that ran ahead, and do not count.
        """
        with self.connect() as connection:
            return info.read_pulse(connection, before)

    def info(self) -> StoreInfo:
        """Where the store is and how much it holds."""
        with self.connect() as connection:
            return info.read_info(connection)


def check_file(path: Path, *, create: bool) -> None:
    """What can be said of an SQLite path before it is opened."""
    if path.is_dir():
        raise NotAStore(f"{path}: a folder; name a file in it with --db")
    if path.exists():
        return
    if not create:
        raise NoStore(f"{path}: there is no store yet; `rotascope ingest` makes one")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise StoreError(
            f"{path}: its folder cannot be made ({exc.strerror}); name another with --db"
        ) from exc


def _is_writable(path: Path) -> bool:
    """SQLite writes to the file and to its log beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _use_wal(engine: sa.Engine) -> None:
    """Write-ahead log: one writes while others read (https://sqlite.org/wal.html).

    It stays with the file, so it is set once; outside a transaction, as SQLite asks.
    """
    if engine.dialect.name != "sqlite":
        return
    with plain_errors(engine.url):
        connection = engine.raw_connection()
        try:
            cursor = connection.cursor()
            if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                cursor.execute("PRAGMA journal_mode=WAL")
        finally:
            connection.close()
