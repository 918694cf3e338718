"""`rotascope export`: five years of daily points of all groups, from stores of growing size.

The peer reads the same rows with pandas and takes weighted means by group and day: no intervals,
no story counted once, no revision.  What counts is how the cost grows: the table has the same rows
for every size, a row for each group and day, and writing it takes its time whatever the store
holds.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.common import arguments, command, finish, in_turns, machine
from benchmarks.worlds import fill

SIZES = (10_000, 100_000, 1_000_000)
"""Articles of a store; `--most` leaves out the larger ones."""


def main() -> None:
    """Run the benchmark."""
    options = arguments(__doc__, turns=3, most=max(SIZES))
    sizes = [size for size in SIZES if size <= options.most]
    if not sizes:
        sys.exit(f"--most {options.most} is below the smallest store, {min(SIZES)} articles")
    started = machine()
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            store, out = Path(name) / f"{size}.db", Path(name) / "points.csv"
            fill(store, count=size)
            print(f"store of {size:,} articles: {store.stat().st_size / 1e6:.0f} MB", flush=True)

            def ours(turn: int, store: Path = store, out: Path = out, size: int = size) -> float:
                words = ["export", "--groups", "all", "--format", "csv", "--force"]
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
                    "again, CPU s": min(timed["rotascope"].cpu[1:] or timed["rotascope"].cpu),
                    "pandas, s": min(timed["pandas"].wall),
                    "rows of the table": _lines(out) - 1,
                }
            )
            store.unlink()
    finish("export", "Export: daily points of all groups, of a growing store", rows, started)


def _lines(path: Path) -> int:
    with path.open("rb") as lines:
        return sum(1 for _ in lines)


def _pandas(store: Path) -> None:
    import pandas

    query = (
        "select g.group_id, g.relevance, g.positive - g.negative as score, a.published_at "
        "from group_scores g join analyses n on n.id = g.analysis_id "
        "join text_versions v on v.id = n.version_id join articles a on a.id = v.article_id"
    )
    with sqlite3.connect(store) as connection:
        frame = pandas.read_sql_query(query, connection)
    frame["day"] = pandas.to_datetime(frame["published_at"], unit="us").dt.floor("D")
    frame["weighted"] = frame["score"] * frame["relevance"]
    sums = frame.groupby(["group_id", "day"])[["weighted", "relevance"]].sum()
    (sums["weighted"] / sums["relevance"]).unstack()


if __name__ == "__main__":
    main()
