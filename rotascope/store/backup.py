"""A copy of a store that is whole, made while others write to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from rotascope.errors import ExportError, NotAStore, StoreError, UsageError
from rotascope.files import check_target, replacing
from rotascope.store import migrations
from rotascope.store.engine import display, location_url, make_engine, plain_errors
from rotascope.store.store import check_file

STEP_PAGES = 2_560
"""Pages copied between two looks at the clock and at Ctrl-C: 10 MB."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was made: where, how large, and how many articles it holds."""

    path: Path
    bytes: int
    articles: int
    schema: int


def backup(
    location: str | Path,
    target: Path,
    *,
    force: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Backup:
    """Copy the SQLite store at `location` to the file `target`, as of one moment.

    Neither waits for writers nor holds them up, and leaves an older schema as it is.  The copy is
    checked whole before it takes its place.  `progress` hears of pages done and pages in all.
    Raises StoreError (there is none; it is damaged), UsageError (`target` exists, without `force`;
    a database server), ExportError (`target` cannot be written).
    """
    url = location_url(location)
    if url.get_backend_name() != "sqlite":
        raise UsageError(f"{display(url)}: a database server has its own backups: use pg_dump")
    source = Path(str(url.database))
    check_file(source, create=False)
    _check_target(source, target, force=force)
    engine = make_engine(url, read_only=True)
    try:
        if migrations.check(engine) is None:
            raise NotAStore(f"{display(url)}: an empty database, not a store")
        with replacing(target, force=force) as temporary:
            with plain_errors(url):
                _copy(engine, temporary, target, progress)
            return _checked(temporary, source, target)
    finally:
        engine.dispose()


def _check_target(source: Path, target: Path, *, force: bool) -> None:
    if target.exists() and target.samefile(source):
        raise UsageError(f"{target} is the store itself; name another file")
    check_target(target, force=force)
    log = target.with_name(f"{target.name}-wal")
    if log.exists():
        # SQLite would lay it over the copy.
        raise UsageError(f"{log}: the log of another database; remove it, or name another file")


def _copy(
    engine: sa.Engine,
    temporary: Path,
    target: Path,
    progress: Callable[[int, int], None] | None,
) -> None:
    """SQLite's online backup.  The open snapshot keeps it from starting anew at each write."""
    told = (lambda _status, left, total: progress(total - left, total)) if progress else None
    raw = engine.raw_connection()
    try:
        given = raw.driver_connection
        assert isinstance(given, sqlite3.Connection)
        given.execute("BEGIN")
        given.execute("SELECT count(*) FROM meta").fetchone()
        with closing(sqlite3.connect(temporary, isolation_level=None)) as copy:
            try:
                given.backup(copy, pages=STEP_PAGES, progress=told)
                # A file of its own: no log beside it, so that it opens on read-only media too.
                copy.execute("PRAGMA journal_mode=DELETE")
            except sqlite3.Error as exc:
                if "malformed" in str(exc):
                    raise
                raise ExportError(f"{target} cannot be written: {exc}") from exc
        given.execute("ROLLBACK")
    finally:
        raw.close()


def _checked(temporary: Path, source: Path, target: Path) -> Backup:
    with closing(sqlite3.connect(temporary)) as copy:
        try:
            found = [row[0] for row in copy.execute("PRAGMA integrity_check")]
            problem = None if found == ["ok"] else found[0]
            (articles,) = copy.execute("SELECT count(*) FROM articles").fetchone()
            (schema,) = copy.execute(
                "SELECT value FROM meta WHERE key = 'schema_version'"
            ).fetchone()
        except sqlite3.DatabaseError as exc:
            problem = str(exc)
    if problem is not None:
        told = " ".join(problem.split())
        raise StoreError(
            f"{source}: the file is damaged ({told}); {target} was left as it was. Restore an"
            " earlier backup, or try `sqlite3 FILE .recover`"
        )
    return Backup(target, temporary.stat().st_size, articles, int(schema))
