"""`rotascope export` of weekly points from stores of growing size, with made-up scores.

The peer reads the same rows with pandas and takes weighted means by group and week: no intervals,
no story counted once, no revision.  What counts is how the cost grows.
"""

from __future__ import annotations

import os
import random
import sqlite3
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.common import arguments, command, finish, in_turns, machine

START = datetime(2020, 1, 1, tzinfo=UTC)
DAYS = 1800
CHUNK = 10_000
COPIES = 0.05
"""Share of articles that repeat the one before: syndication."""


def main() -> None:
    """Run the benchmark."""
    options = arguments(__doc__, turns=3, most=1_000_000)
    started = machine()
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        for size in (10_000, 100_000, 1_000_000):
            if size > options.most:
                continue
            store, out = Path(name) / f"{size}.db", Path(name) / "points.csv"
            _fill(store, size)
            print(f"store of {size:,} articles: {store.stat().st_size / 1e6:.0f} MB", flush=True)

            def ours(turn: int, store: Path = store, out: Path = out, size: int = size) -> float:
                words = ["export", "--freq", "W", "--format", "csv", "--force"]
                command("--db", str(store), *words, "--output", str(out))
                assert out.stat().st_size > 10_000
                return size

            def theirs(turn: int, store: Path = store, size: int = size) -> float:
                _pandas(store)
                return size

            timed = in_turns({"pandas": theirs, "rotascope": ours}, options.turns)
            first = timed["rotascope"].wall[0]
            again = min(timed["rotascope"].wall[1:] or [first])
            rows.append(
                {
                    "articles": size,
                    "first export, s": first,
                    "again, s": again,
                    "again, microseconds an article": again / size * 1e6,
                    "pandas, s": min(timed["pandas"].wall),
                }
            )
            store.unlink()
    finish("export", "Export: weekly points of a growing store", rows, started)


def _pandas(store: Path) -> None:
    import pandas

    query = (
        "select g.group_id, g.relevance, g.positive - g.negative as score, a.published_at "
        "from group_scores g join analyses n on n.id = g.analysis_id "
        "join text_versions v on v.id = n.version_id join articles a on a.id = v.article_id"
    )
    with sqlite3.connect(store) as connection:
        frame = pandas.read_sql_query(query, connection)
    frame["week"] = pandas.to_datetime(frame["published_at"], unit="us").dt.to_period("W")
    frame["weighted"] = frame["score"] * frame["relevance"]
    sums = frame.groupby(["group_id", "week"])[["weighted", "relevance"]].sum()
    (sums["weighted"] / sums["relevance"]).unstack()


def _fill(path: Path, size: int) -> None:
    """A store of `size` analysed articles, without their texts."""
    import sqlalchemy as sa

    from rotascope.store import Store
    from rotascope.store import schema as t

    rng = random.Random(size)
    with Store.open(path) as store:
        with store.engine.begin() as connection:
            revision = {"id": "0" * 12, "model": "made up", "model_revision": "1"}
            parts = {"rules": "1", "gazetteer": "1", "groups": "1", "created_at": START}
            connection.execute(sa.insert(t.revisions), revision | parts)
        for start in range(0, size, CHUNK):
            tables: dict[Any, list[dict[str, Any]]] = {}
            signature = b""
            for number in range(start + 1, min(start + CHUNK, size) + 1):
                copied = signature and rng.random() < COPIES
                signature = signature if copied else _signature()
                for table, made in _article(number, size, rng, signature, t):
                    tables.setdefault(table, []).append(made)
            with store.engine.begin() as connection:
                for table, made_rows in tables.items():
                    connection.execute(sa.insert(table), made_rows)


def _signature(known: list[bytes] = []) -> bytes:  # noqa: B006 - made once
    """A signature as `rotascope.stories` writes them, of a story like no other."""
    from rotascope.stories import _HEADER, signature

    if not known:
        known.append(signature("A title", " ".join(f"word{n}" for n in range(300))))
    return known[0][: _HEADER.size] + os.urandom(len(known[0]) - _HEADER.size)


def _article(number: int, size: int, rng: random.Random, signature: bytes, t: Any) -> Any:
    from rotascope_nlp.groups import SECTORS

    published = START + timedelta(days=DAYS * number / size)
    seen = published + timedelta(hours=1)
    yield (
        t.articles,
        {"id": number, "key": f"{number:016x}", "published_at": published, "first_seen_at": seen},
    )
    yield (
        t.text_versions,
        {
            "id": number,
            "article_id": number,
            "seen_at": seen,
            "content_hash": f"{number:064x}",
            "text_source": "feed",
            "signature": signature,
            "analyzed": True,
        },
    )
    yield (
        t.analyses,
        {
            "id": number,
            "version_id": number,
            "revision_id": "0" * 12,
            "analyzed_at": seen,
            **_opinion(rng),
            "sentences": 20,
            "intensity": 0.1,
        },
    )
    for group in rng.sample(list(SECTORS), 3):
        shares = {"mentions": 2, "relevance": rng.uniform(0.1, 1.0)}
        row = {"analysis_id": number, "group_id": group, "kind": "sector", **shares}
        yield t.group_scores, row | _opinion(rng)
    if rng.random() < 0.1:
        ends = rng.sample(list(SECTORS), 2)
        yield (
            t.flows,
            {
                "analysis_id": number,
                "ordinal": 0,
                "from_group": ends[0],
                "to_group": ends[1],
                "status": "asserted",
                "confidence": 0.9,
                "attributed": False,
                "field": "text",
                "start": 0,
                "end": 10,
            },
        )


def _opinion(rng: random.Random) -> dict[str, float]:
    negative, neutral = rng.random() / 2, rng.random() / 2
    return {"negative": negative, "neutral": neutral, "positive": 1 - negative - neutral}


if __name__ == "__main__":
    main()
