"""Open a database as a store: connections, transactions, and errors in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from rotascope.errors import NotAStore, StoreError

APPLICATION_ID = 0x526F7461
"""`Rota` in ASCII: marks an SQLite file as ours (https://sqlite.org/pragma.html)."""

BUSY_MILLISECONDS = 30_000
"""How long a writer waits for another one."""

_WRITES = "rotascope_writes"


def location_url(location: str | Path) -> URL:
    """The database URL of a path or URL; raises StoreError for what is neither."""
    text = str(location)
    if "://" not in text:
        return _file_url(text)
    try:
        url = make_url(text)
    except ArgumentError as exc:
        raise StoreError("the store's URL cannot be read; write dialect://user@host/name") from exc
    if url.get_backend_name() == "sqlite":
        return _file_url(url.database or "")
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    return url


def _file_url(path: str) -> URL:
    if not path or path == ":memory:":
        raise StoreError("the store needs a file: several commands and processes meet in it")
    return URL.create("sqlite", database=str(Path(path).expanduser()))


def display(url: URL) -> str:
    """How a store is named to a person: the path, or the URL without its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.render_as_string(hide_password=True)


def make_engine(url: URL, *, read_only: bool) -> sa.Engine:
    """An engine for the store; raises StoreError where the driver is missing."""
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, read_only=read_only)
    if url.get_backend_name() != "postgresql":
        raise StoreError(f"{url.drivername} is no database that is known; use sqlite or postgresql")
    try:
        return sa.create_engine(url)
    except NoSuchModuleError as exc:
        raise StoreError(f"{url.drivername}: no such driver; use postgresql+psycopg") from exc
    except ModuleNotFoundError as exc:
        raise StoreError(
            f"the driver {exc.name} for {url.drivername} is missing: pip install"
            " 'rotascope[postgres]'"
        ) from exc


def _sqlite_engine(url: URL, *, read_only: bool) -> sa.Engine:
    path = Path(str(url.database))

    def connect() -> sqlite3.Connection:
        if read_only:
            return _connect_read_only(path)
        return sqlite3.connect(path, isolation_level=None, check_same_thread=False)

    # A URL with the path makes SQLAlchemy choose its pool for files; `creator` opens them.
    engine = sa.create_engine(url, creator=connect)

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in (f"busy_timeout={BUSY_MILLISECONDS}", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        if not read_only:
            connection.execute("PRAGMA synchronous=NORMAL")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A writer takes the lock at once: a reader that turns writer cannot wait, it fails.
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _connect_read_only(path: Path) -> sqlite3.Connection:
    """Read-only, also where the folder cannot take the files that WAL needs beside it.

    Such a file is then read as it stands, without locks and without its log: StoreError where
    there is one.
    """
    uri = f"{path.absolute().as_uri()}?mode=ro"
    try:
        return _looked_into(uri)
    except sqlite3.OperationalError as exc:
        if exc.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
    for log in (Path(f"{path}-wal"), Path(f"{path}-journal")):
        if log.exists() and log.stat().st_size:
            raise StoreError(
                f"{path}: its latest changes stand in {log.name} beside it, which cannot be read"
                " here; copy both to a folder that can be written, and open the copy"
            )
    return _looked_into(f"{uri}&immutable=1")


def _looked_into(uri: str) -> sqlite3.Connection:
    """A connection that has read something: opening a file alone finds no fault with it."""
    connection = sqlite3.connect(
        uri,
        timeout=BUSY_MILLISECONDS / 1000,
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One snapshot to read from; errors of the database become StoreError."""
    # SQLite's transactions are snapshots anyway.
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with plain_errors(engine.url), engine.connect().execution_options(**level) as connection:
        yield connection


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction: all of it is stored or none; errors become StoreError."""
    with (
        plain_errors(engine.url),
        engine.connect().execution_options(**{_WRITES: True}) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def plain_errors(url: URL) -> Iterator[None]:
    """Turn the database's errors into StoreError with a cause and a mend."""
    try:
        yield
    except DBAPIError as exc:
        raise _explain(url, exc.orig) from exc
    except sqlite3.Error as exc:
        raise _explain(url, exc) from exc
    except SQLAlchemyError as exc:
        raise StoreError(f"{display(url)}: {_one_line(exc)}") from exc


READ_ONLY = "the store is read-only; make the file and its folder writable"

_MENDS: tuple[tuple[str, str], ...] = (
    ("disk is full", "the disk is full, nothing of this step was stored; make room, run it again"),
    ("readonly database", READ_ONLY),
    ("database is locked", "another process holds the store; let it finish, run it again"),
    ("unable to open", "the file cannot be opened; look at its path and permissions"),
    # SQLite says so too where a full disk cannot take the small file of its shared memory.
    ("disk i/o error", "the disk is full or broken; make room, or look at it, then run it again"),
    ("malformed", "the file is damaged; restore a backup, or try `sqlite3 FILE .recover`"),
)


def _explain(url: URL, error: Any) -> StoreError:
    text = _one_line(error)
    if "not a database" in text:
        return NotAStore(f"{display(url)}: this is no Rotascope store, nor any SQLite file")
    for sign, mend in _MENDS:
        if sign in text.lower():
            return StoreError(f"{display(url)}: {mend}")
    return StoreError(f"{display(url)}: {text}")


def _one_line(exc: object) -> str:
    return " ".join(str(exc).split())
