"""What docs/store.md tells a user to type does what it says."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from store_factory import T0, analysis, article, revision

from rotascope.store import Added, Store
from rotascope.store.schema import metadata

PAGE = Path(__file__).parents[2] / "docs" / "store.md"
SQL = re.findall(r'^sqlite3 rotascope\.db "(.+)"$', PAGE.read_text("utf-8"), re.M)
OLD = datetime(2024, 6, 1, tzinfo=UTC)


def test_every_table_is_explained() -> None:
    page = PAGE.read_text("utf-8")
    assert [name for name in metadata.tables if f"`{name}`" not in page] == []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with an article from before the day that the page names, and one from after."""
    path = tmp_path / "rotascope.db"
    with Store.open(path) as store:
        old = article(1, published_at=OLD, seen_at=OLD, text="An old text to be forgotten.")
        store.add_articles([old, article(2)])
        store.save_revision(revision(), T0)
        results = [(version, analysis()) for version, *_ in store.pending("rev-1")]
        store.save_analyses("rev-1", results, T0)
    return path


def _statement(start: str) -> str:
    (found,) = [sql for sql in SQL if sql.startswith(start)]
    return found


def _run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements:
            db.executescript(statement)


def test_a_copy_is_a_store(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    _run(path, _statement("VACUUM INTO"))
    with Store.open("copy.db", create=False) as copy, Store.open(path) as store:
        assert copy.info().rows == store.info().rows


def test_texts_are_forgotten_and_scores_stay(path: Path) -> None:
    with Store.open(path) as store:
        before = store.info().rows
    _run(path, _statement("UPDATE"), "PRAGMA wal_checkpoint(TRUNCATE)", _statement("VACUUM;"))
    with Store.open(path) as store:
        assert store.info().rows == before
        kept = list(store.pending("rev-2", again=True))
    assert [title for _, title, *_ in kept] == ["Title 2"]
    assert b"to be forgotten" not in path.read_bytes()


def test_articles_go_with_all_that_hangs_on_them(path: Path) -> None:
    _run(path, _statement("PRAGMA"))
    with Store.open(path) as store:
        rows = store.info().rows
        assert (rows["articles"], rows["text_versions"], rows["analyses"]) == (1, 1, 1)
        assert (rows["group_scores"], rows["evidence"], rows["flows"]) == (2, 2, 1)
        assert store.add_articles([article(2)]) == Added(unchanged=1)
