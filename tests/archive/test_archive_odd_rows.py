"""One row that Python cannot hold is told as a bad one, and the rest goes in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rotascope_feeds.archive import read_archive
from rotascope_feeds.types import Article, BadRow

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECONDS = 1_704_153_600
MOMENT = datetime(2024, 1, 2, tzinfo=UTC)
DEEP = "[" * 100_000 + "]" * 100_000


def read(path: Path) -> tuple[list[Article], list[BadRow]]:
    found = list(read_archive(path, now=NOW))
    rows = [row for row in found if isinstance(row, Article)]
    return rows, [row for row in found if isinstance(row, BadRow)]


def parquet(folder: Path, dates: pa.Array) -> Path:
    titles = [f"Title {n}" for n in range(len(dates))]
    pq.write_table(pa.table({"title": titles, "date": dates}), folder / "a.parquet")
    return folder / "a.parquet"


@pytest.mark.parametrize("at", [0, 1])
def test_a_line_nested_too_deeply(tmp_path: Path, at: int) -> None:
    rows = ['{"title": "One."}', '{"title": "Two."}']
    rows.insert(at, f'{{"title": {DEEP}}}')
    (tmp_path / "a.jsonl").write_text("\n".join(rows))
    good, bad = read(tmp_path / "a.jsonl")
    assert [row.title for row in good] == ["One.", "Two."]
    assert [(row.line, row.reason.partition(":")[0]) for row in bad] == [(at + 1, "no JSON")]


def test_numbers_longer_than_python_reads(tmp_path: Path) -> None:
    number = "1" * 5_000
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"id": {number}, "title": "One."}}\n{{"id": 2, "title": "Two."}}\n')
    good, bad = read(path)
    assert ([row.entry_id for row in good], bad) == ([number, "2"], [])


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        (pa.timestamp("us", "UTC"), (SECONDS * 10**6, 10**18)),
        (pa.timestamp("ms"), (SECONDS * 10**3, 10**18)),  # too far for microseconds as well
        (pa.date32(), (SECONDS // 86_400, 10**7)),
    ],
    ids=str,
)
def test_dates_outside_pythons_years(
    tmp_path: Path, kind: pa.DataType, day: tuple[int, int]
) -> None:
    good, bad = read(parquet(tmp_path, pa.array([day[0], day[1], None, day[0]], kind)))
    assert [(row.title, row.published_at) for row in good] == [
        ("Title 0", MOMENT),
        ("Title 3", MOMENT),
    ]
    told = f"date '{kind} {day[1]}' cannot be read"
    assert [(row.line, row.reason) for row in bad] == [(2, told), (3, "no date")]


def test_zones_that_nobody_knows(tmp_path: Path) -> None:
    good, bad = read(parquet(tmp_path, pa.array([SECONDS], pa.timestamp("s", "Foo/Bar"))))
    assert ([row.published_at for row in good], bad) == ([MOMENT], [])


def test_texts_that_are_no_utf_8(tmp_path: Path) -> None:
    offsets, data = (
        pa.py_buffer(bytes([0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0])),
        pa.py_buffer(b"a\xff"),
    )
    titles = pa.Array.from_buffers(pa.string(), 2, [None, offsets, data])
    pq.write_table(pa.table({"title": titles}), tmp_path / "a.parquet")
    good, bad = read(tmp_path / "a.parquet")
    assert [row.title for row in good] == ["a"]
    assert [(row.line, row.reason.partition(":")[0]) for row in bad] == [
        (2, "a value cannot be read")
    ]
