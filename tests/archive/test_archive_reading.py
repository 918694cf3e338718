"""How the dates and texts of an archive are read where more than one reading is possible."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rotascope_feeds.archive import read_archive
from rotascope_feeds.archive_dates import archive_date
from rotascope_feeds.types import Article, BadRow

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")


def rows_of(path: Path, **options: object) -> tuple[list[Article], list[BadRow]]:
    found = list(read_archive(path, now=NOW, **options))  # type: ignore[arg-type]
    return (
        [row for row in found if isinstance(row, Article)],
        [row for row in found if isinstance(row, BadRow)],
    )


@pytest.mark.parametrize(
    ("written", "utc", "flags"),
    [
        ("2024-01-05 09:30", "2024-01-05T14:30:00", "date_naive"),
        ("2024-07-05 09:30", "2024-07-05T13:30:00", "date_naive"),  # summer time
        ("July 5, 2024 9:30 AM", "2024-07-05T13:30:00", "date_naive"),
        ("2024-07-05", "2024-07-05T04:00:00", "date_naive date_day"),
        (date(2024, 7, 5), "2024-07-05T04:00:00", "date_naive date_day"),
        (datetime(2024, 7, 5, 9, 30), "2024-07-05T13:30:00", "date_naive"),  # noqa: DTZ001
        ("2024-07-05T09:30Z", "2024-07-05T09:30:00", ""),
        ("9:30 AM PT Fri, 5 July 2024", "2024-07-05T16:30:00", ""),
        ("1720171800", "2024-07-05T09:30:00", ""),
    ],
)
def test_dates_without_a_zone_are_in_the_archives(written: object, utc: str, flags: str) -> None:
    moment, found = archive_date(written, zone=NEW_YORK)
    assert moment == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert (moment.tzinfo, " ".join(found)) == (UTC, flags)


def test_the_zone_reaches_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,date\nA,2024-07-05 09:30\nB,2024-07-05T09:30+02:00\n")
    rows, bad = rows_of(path, zone=NEW_YORK)
    assert bad == []
    assert [row.published_at for row in rows] == [
        datetime(2024, 7, 5, 13, 30, tzinfo=UTC),
        datetime(2024, 7, 5, 7, 30, tzinfo=UTC),
    ]
