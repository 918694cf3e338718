"""Opening: what is a store and what is not, versions, read-only and full, several processes."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import sqlalchemy as sa
from store_factory import article

from rotascope.errors import NotAStore, StoreError, StoreTooNew
from rotascope.store import Added, Store, migrations
from rotascope.store.engine import APPLICATION_ID, location_url, make_engine, plain_errors
from rotascope.store.schema import SCHEMA_VERSION, metadata

HERE = Path(__file__).parent


def test_a_new_store_is_marked_and_in_wal_mode(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "store.db"
    with Store.open(path) as store:
        assert store.info().schema == SCHEMA_VERSION
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()


def test_connections_check_foreign_keys_and_wait(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store.db") as store, store.connect() as connection:
        pragmas = ("foreign_keys", "busy_timeout", "synchronous")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
    assert found == [1, 30_000, 1]


def test_an_empty_file_becomes_a_store_only_on_request(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.touch()
    with pytest.raises(NotAStore, match="empty database"):
        Store.open(path, create=False)
    with Store.open(path) as store:
        assert store.add_articles([article()]) == Added(new=1)


@pytest.mark.parametrize("kind", ["text", "foreign", "folder", "marked by another"])
def test_what_is_no_store_is_refused_and_left_alone(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "thing.db"
    if kind == "folder":
        path.mkdir()
    elif kind == "text":
        path.write_text("These are notes, not a database. " * 100)
    else:
        db = sqlite3.connect(path)
        if kind == "foreign":
            db.execute("CREATE TABLE articles (id INTEGER)")
        else:
            db.execute("PRAGMA application_id=12345")
        db.commit()
        db.close()
    before = path.read_bytes() if path.is_file() else None
    for options in ({}, {"create": False}, {"read_only": True}):
        with pytest.raises(NotAStore, match=r"thing\.db"):
            Store.open(path, **options)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_missing_store_names_what_makes_one(tmp_path: Path) -> None:
    for options in ({"create": False}, {"read_only": True}):
        with pytest.raises(StoreError, match="rotascope ingest"):
            Store.open(tmp_path / "none.db", **options)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="folder cannot be made"):
        Store.open(tmp_path / "file" / "store.db")


def test_an_sqlite_url_is_a_path(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/store.db") as store:
        assert store.info().location == str(tmp_path / "store.db")


@pytest.mark.parametrize("location", ["", ":memory:", "sqlite://", "sqlite:///:memory:"])
def test_a_store_in_memory_is_none(location: str) -> None:
    with pytest.raises(StoreError, match="needs a file"):
        Store.open(location)


@pytest.mark.parametrize("url", ["mysql://u@h/x", "postgresql+nodriver://u@h/x", "://"])
def test_databases_that_are_not_known(url: str) -> None:
    with pytest.raises(StoreError, match=r"postgresql|URL"):
        Store.open(url)


def test_a_password_is_not_shown() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError) as caught:
        Store.open("postgresql://user:hush@127.0.0.1:1/x")
    assert "hush" not in str(caught.value)


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        store.add_articles([article()])
    _set_version(path, SCHEMA_VERSION + 1)
    for options in ({}, {"read_only": True}):
        with pytest.raises(StoreTooNew, match="update Rotascope"):
            Store.open(path, **options)
    _set_version(path, SCHEMA_VERSION)
    with Store.open(path) as store:
        assert store.info().rows["articles"] == 1


def _set_version(path: Path, version: int) -> None:
    db = sqlite3.connect(path)
    db.execute("UPDATE meta SET value=? WHERE key='schema_version'", (str(version),))
    db.commit()
    db.close()


def _add_note(connection: sa.Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE articles ADD COLUMN note TEXT")


def _fail(connection: sa.Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE articles ADD COLUMN half TEXT")
    raise RuntimeError("power cut")


def _columns(path: Path) -> set[str]:
    db = sqlite3.connect(path)
    found = {row[1] for row in db.execute("PRAGMA table_info(articles)")}
    db.close()
    return found


def test_missing_steps_are_taken_once_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        store.add_articles([article()])
    taken: list[int] = []
    steps = {
        SCHEMA_VERSION + 1: lambda connection: (taken.append(1), _add_note(connection)),
        SCHEMA_VERSION + 2: lambda _: taken.append(2),
    }
    for _ in range(2):
        engine = make_engine(location_url(path), read_only=False)
        migrations.prepare(engine, version=SCHEMA_VERSION + 2, steps=steps)
        engine.dispose()
    assert taken == [1, 2]
    assert "note" in _columns(path)


def test_a_step_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    Store.open(path).close()
    engine = make_engine(location_url(path), read_only=False)
    steps = {SCHEMA_VERSION + 1: _add_note, SCHEMA_VERSION + 2: _fail}
    with pytest.raises(RuntimeError, match="power cut"):
        migrations.prepare(engine, version=SCHEMA_VERSION + 2, steps=steps)
    engine.dispose()
    assert not {"note", "half"} & _columns(path)
    Store.open(path).close()


def test_every_step_up_to_the_present_is_there() -> None:
    assert sorted(migrations.STEPS) == list(range(2, SCHEMA_VERSION + 1))


def test_a_damaged_version_is_named(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    Store.open(path).close()
    db = sqlite3.connect(path)
    db.execute("DELETE FROM meta")
    db.commit()
    db.close()
    with pytest.raises(StoreError, match="restore a backup"):
        Store.open(path)


def test_read_only_reads_and_does_not_write(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        store.add_articles([article()])
    with Store.open(path, read_only=True) as store:
        assert store.info().rows["articles"] == 1
        with pytest.raises(StoreError, match="read-only"):
            store.add_articles([article(2)])


def test_a_store_on_a_read_only_disk(tmp_path: Path) -> None:
    """A copy without the files of the log, as a backup medium has it, can still be exported."""
    path, copy = tmp_path / "store.db", tmp_path / "copy.db"
    with Store.open(path) as store:
        store.add_articles([article()])
    shutil.copy(path, copy)
    copy.chmod(0o444)
    with Store.open(copy, read_only=True) as store:
        assert store.info().rows["articles"] == 1


def _without_shared_memory(path: Path) -> None:
    """What an unwritable folder is to SQLite, also for root: no file beside the store."""
    Path(f"{path}-shm").symlink_to(path.parent / "none" / "none")


def test_a_store_whose_folder_takes_no_files_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        store.add_articles([article()])
    _without_shared_memory(path)
    with Store.open(path, read_only=True) as store:
        assert store.info().rows["articles"] == 1


def test_a_log_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A copy of both files, as of a running collector: without the log it would seem empty."""
    path, copy = tmp_path / "store.db", tmp_path / "copy.db"
    with Store.open(path) as store:
        store.add_articles([article()])
        for end in ("", "-wal"):
            shutil.copy(f"{path}{end}", f"{copy}{end}")
    _without_shared_memory(copy)
    with pytest.raises(StoreError, match=r"copy\.db-wal beside it.*; copy both"):
        Store.open(copy, read_only=True)


def test_who_only_reads_waits_for_a_lock_and_does_not_pass_it_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.db"
    Store.open(path).close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    waits = []
    connect = sqlite3.connect

    def watched(*given: object, timeout: float, **options: object) -> sqlite3.Connection:
        waits.append(timeout)
        return connect(*given, timeout=0.05, **options)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr("rotascope.store.engine.sqlite3.connect", watched)
    with pytest.raises(StoreError, match="another process holds the store"):
        Store.open(path, read_only=True)
    holder.close()
    assert set(waits) == {30.0}


def test_a_store_that_cannot_be_written_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `export` opens it: made read-only by its folder, and by an older schema not readable."""
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        store.add_articles([article()])
    monkeypatch.setattr("rotascope.store.store.os.access", lambda *_: False)
    with Store.open(path, create=False) as store:
        assert store.info().rows["articles"] == 1
        with pytest.raises(StoreError, match="read-only"):
            store.add_articles([article(2)])
    _set_version(path, SCHEMA_VERSION - 1)
    with pytest.raises(StoreError, match="older schema"):
        Store.open(path, create=False)


def test_a_full_disk_loses_nothing_that_was_stored(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        store.add_articles([article()])
        with store.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

        @sa.event.listens_for(store.engine, "checkout")
        def _limit(connection: sqlite3.Connection, *_: object) -> None:
            connection.execute(f"PRAGMA max_page_count={pages + 4}")

        with pytest.raises(StoreError, match="disk is full"):
            store.add_articles([article(n, text="long " * 1000) for n in range(2, 50)])
    with Store.open(path) as store:
        assert store.info().rows["articles"] == 1
        assert store.add_articles([article(2)]) == Added(new=1)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("database or disk is full", "the disk is full, nothing of this step was stored"),
        # what a full disk is to SQLite where its shared memory finds no room
        ("disk I/O error", "the disk is full or broken; make room"),
        ("database disk image is malformed", "the file is damaged; restore a backup"),
    ],
)
def test_errors_of_the_disk_name_the_mend(tmp_path: Path, said: str, told: str) -> None:
    url = location_url(tmp_path / "store.db")
    with pytest.raises(StoreError, match=told), plain_errors(url):
        raise sqlite3.OperationalError(said)


def _run(code: str, *arguments: object) -> subprocess.Popen[str]:
    source = f"import sys; sys.path.insert(0, {str(HERE)!r})\n" + textwrap.dedent(code)
    command = [sys.executable, "-c", source, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


WRITER = """
from rotascope.store import Store
from store_factory import article
path, feed = sys.argv[1:]
total = [0, 0, 0]
with Store.open(path) as store:
    for start in range(0, 60, 5):
        batch = [
            article(n, feed_url=f"https://feed.test/{feed}", entry_id=f"{feed}-{n}")
            for n in range(start, start + 5)
        ]
        added = store.add_articles(batch)
        total = [a + b for a, b in zip(total, (added.new, added.updated, added.unchanged))]
print(*total)
"""

READER = """
from rotascope.store import Store
path = sys.argv[1]
counts = set()
while True:
    with Store.open(path, read_only=True) as store:
        rows = store.info().rows
        assert rows["articles"] == rows["text_versions"] and rows["articles"] % 5 == 0, rows
        counts.add(rows["articles"])
        if rows["articles"] == 60:
            break
print(len(counts))
"""


def test_writers_of_the_same_articles_and_a_reader_at_once(tmp_path: Path) -> None:
    """Even the store itself is made by whoever comes first; a reader sees whole batches only."""
    path = tmp_path / "store.db"
    writers = [_run(WRITER, path, feed) for feed in "abc"]
    results = [writer.communicate(timeout=60) for writer in writers]
    assert all(writer.returncode == 0 for writer in writers), results
    totals = [tuple(map(int, out.split())) for out, _ in results]
    assert sum(new for new, _, _ in totals) == 60
    assert sum(updated for _, updated, _ in totals) == 0
    with Store.open(path) as store:
        assert store.info().rows["text_versions"] == 60


def test_reading_goes_on_while_another_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    Store.open(path).close()
    reader = _run(READER, path)
    writer = _run(WRITER, path, "a")
    for process in (writer, reader):
        out, error = process.communicate(timeout=60)
        assert process.returncode == 0, error
    assert int(out) >= 1


def test_a_snapshot_does_not_change_while_it_is_read(tmp_path: Path) -> None:
    count = sa.select(sa.func.count()).select_from(metadata.tables["articles"])
    with Store.open(tmp_path / "store.db") as store:
        store.add_articles([article(1)])
        with store.connect() as connection:
            before = connection.execute(count).scalar()
            store.add_articles([article(2)])
            assert connection.execute(count).scalar() == before == 1
        assert store.info().rows["articles"] == 2
