"""`rotascope backup`: whole copies of a store in use, and what is refused."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from store_factory import article

from rotascope.cli.main import main
from rotascope.errors import ExportError, NotAStore, StoreError, UsageError
from rotascope.store import Store
from rotascope.store.backup import backup

HERE = Path(__file__).parent


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    with Store.open(path) as store:
        store.add_articles([article(number) for number in range(40)])
    return path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder / "copy.db"


def _texts(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT * FROM text_versions ORDER BY id").fetchall()


def test_a_copy_holds_what_the_store_holds_also_what_is_still_in_its_log(
    db: Path, target: Path
) -> None:
    with Store.open(db) as store:
        store.add_articles([article(99)])
        assert db.with_name("news.db-wal").stat().st_size > 0
        made = backup(db, target)
    assert (made.path, made.articles, made.schema) == (target, 41, 1)
    assert made.bytes == target.stat().st_size
    assert _texts(target) == _texts(db)
    assert [path.name for path in target.parent.iterdir()] == ["copy.db"]


def test_putting_the_copy_in_place_restores_it(db: Path, target: Path) -> None:
    backup(db, target)
    with Store.open(db) as store:
        store.add_articles([article(99)])
    db.write_bytes(target.read_bytes())
    with Store.open(db) as store:
        assert store.info().rows["articles"] == 40
        assert store.add_articles([article(99)]).new == 1


WRITER = """
import sys
from rotascope.store import Store
from store_factory import article
with Store.open(sys.argv[1]) as store:
    for start in range(100, 100_000, 5):
        sys.stdin.readline()
        store.add_articles([article(n, text="long " * 500) for n in range(start, start + 5)])
        print(flush=True)
"""


def test_copies_of_a_store_that_is_written_to_are_whole(
    db: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some pages at a time, with batches of five stored between: each copy is one moment."""
    monkeypatch.setattr("rotascope.store.backup.STEP_PAGES", 1)
    source = f"import sys; sys.path.insert(0, {str(HERE)!r})\n" + textwrap.dedent(WRITER)
    command = [sys.executable, "-c", source, str(db)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        batches: list[str] = []

        def store_a_batch(done: int, _total: int) -> None:
            if done % 10 == 0:
                assert writer.stdin is not None
                assert writer.stdout is not None
                print(file=writer.stdin, flush=True)
                batches.append(writer.stdout.readline())

        for _ in range(3):
            before = 40 + 5 * len(batches)
            made = backup(db, target, force=True, progress=store_a_batch)
            assert made.articles == len(_texts(target)) == before
            assert len(_texts(db)) > before
        writer.kill()


def test_a_file_that_exists_is_kept_unless_forced(db: Path, target: Path) -> None:
    target.write_text("mine")
    with pytest.raises(UsageError, match="exists; add --force"):
        backup(db, target)
    assert target.read_text() == "mine"
    assert backup(db, target, force=True).articles == 40


def test_the_store_is_never_its_own_copy(db: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(db)
    for path in (db, link):
        with pytest.raises(UsageError, match="is the store itself"):
            backup(db, path, force=True)
    assert len(_texts(db)) == 40


def test_a_log_beside_the_target_is_not_laid_over_the_copy(db: Path, target: Path) -> None:
    target.with_name("copy.db-wal").write_bytes(b"of another")
    with pytest.raises(UsageError, match=r"copy\.db-wal: the log of another"):
        backup(db, target, force=True)


def test_a_damaged_store_does_not_replace_a_good_copy(db: Path, target: Path) -> None:
    backup(db, target)
    good = target.read_bytes()
    body = bytearray(db.read_bytes())
    body[-4096 * 6 : -4096 * 2] = b"\xa5" * 4096 * 4
    db.write_bytes(body)
    with pytest.raises(StoreError, match=r"news\.db: the file is damaged"):
        backup(db, target, force=True)
    assert target.read_bytes() == good
    assert [path.name for path in target.parent.iterdir()] == ["copy.db"]


def test_a_full_disk_leaves_no_half_copy(
    db: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sqlite3.connect

    def small(path: Path, **options: object) -> sqlite3.Connection:
        connection = real(path, **options)  # type: ignore[call-overload]
        if Path(str(path)).parent == target.parent:
            connection.execute("PRAGMA max_page_count=5")
        return connection  # type: ignore[no-any-return]

    monkeypatch.setattr("rotascope.store.backup.sqlite3.connect", small)
    with pytest.raises(ExportError, match=r"copy\.db cannot be written: .*full"):
        backup(db, target)
    assert list(target.parent.iterdir()) == []


def test_what_cannot_be_copied(tmp_path: Path, db: Path, target: Path) -> None:
    with pytest.raises(StoreError, match="there is no store yet"):
        backup(tmp_path / "none.db", target)
    with pytest.raises(UsageError, match="pg_dump"):
        backup("postgresql://joe:secret@host/name", target)
    (tmp_path / "empty.db").touch()
    with pytest.raises(NotAStore, match="empty database"):
        backup(tmp_path / "empty.db", target)
    with pytest.raises(ExportError, match="is a folder"):
        backup(db, tmp_path)
    with pytest.raises(ExportError, match="no folder"):
        backup(db, tmp_path / "none" / "copy.db")
    assert list(target.parent.iterdir()) == []


def test_an_older_schema_is_copied_as_it_is(db: Path, target: Path) -> None:
    """A backup is due before an upgrade, so it must not upgrade."""
    with closing(sqlite3.connect(db)) as database, database:
        database.execute("UPDATE meta SET value = '0' WHERE key = 'schema_version'")
    assert backup(db, target).schema == 0
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("SELECT value FROM meta").fetchall() == [("0",)]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*args: object) -> tuple[int, str, str]:
        code = main([str(arg) for arg in args])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_the_command(db: Path, target: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = run("--db", db, "backup", target)
    assert (code, err) == (0, "")
    assert out.startswith(f"{target}: 40 articles, 0.")
    code, out, err = run("--db", db, "backup", target)
    assert (code, out) == (2, "")
    assert "--force" in err
    code, out, err = run("--db", db, "backup", "--force", "--json", target)
    assert code == 0
    assert json.loads(out) == {
        "path": str(target),
        "bytes": target.stat().st_size,
        "articles": 40,
        "schema": 1,
    }
    assert run("--db", target.with_name("none.db"), "backup", target)[0] == 1
