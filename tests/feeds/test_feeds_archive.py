"""`ingest --archive` from the command line into the store: zones, orders, arrivals."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from rotascope.store import Store
from rotascope.store.schema import articles, text_versions
from rotascope_feeds.types import DATE_DAY, rest_of_day

Cli = Callable[..., tuple[int, str, str]]


def take(cli: Cli, file: Path, *options: str) -> dict[str, Any]:
    code, out, err = cli("ingest", "--no-analysis", "--json", "--archive", str(file), *options)
    assert code == 0, err
    told: dict[str, Any] = json.loads(out)["archive"]
    return told


def times(db: Path) -> dict[str, tuple[datetime, datetime]]:
    """When the articles were published and first seen, by their URL's last letter."""
    with Store.open(db) as store, store.connect() as connection:
        query = sa.select(articles.c.url, articles.c.published_at, articles.c.first_seen_at)
        return {
            row.url[-1]: (row.published_at, row.first_seen_at) for row in connection.execute(query)
        }


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "old.csv"
    path.write_text(
        "title,url,date\n"
        "A,https://news.test/a,2024-07-05 09:30\n"
        "B,https://news.test/b,2024-07-05T09:30Z\n"
        "C,https://news.test/c,2024-07-05\n"
        "D,https://news.test/d,never\n"
    )
    return path


def test_timezone(cli: Cli, db: Path, file: Path) -> None:
    told = take(cli, file, "--timezone", "America/New_York")
    assert told["dates"]["naive"] == 2
    assert told["dates"]["day_only"] == 1
    assert told["dates"]["timezone"] == "America/New_York"
    morning, midnight = (
        datetime(2024, 7, 5, 13, 30, tzinfo=UTC),
        datetime(2024, 7, 5, 4, tzinfo=UTC),
    )
    four = timedelta(hours=4)
    assert times(db) == {
        "a": (morning, morning),
        "b": (morning - four, morning - four),
        "c": (midnight, midnight + rest_of_day([DATE_DAY])),  # the end of the day in New York
    }


def test_dates_without_a_zone_are_told(cli: Cli, file: Path) -> None:
    _, out, _ = cli("ingest", "--no-analysis", "--archive", str(file))
    told = "2 dates without a zone, read in UTC (--timezone), 1 of them days without a time"
    assert told in out


def test_nothing_is_told_of_dates_that_say_all(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "whole.csv"
    path.write_text("title,date\nA,2024-07-05T09:30Z\n")
    _, out, _ = cli("ingest", "--no-analysis", "--archive", str(path))
    assert len(out.splitlines()) == 1
    assert take(cli, path)["dates"]["naive"] == 0


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../UTC", "America"])
def test_an_unknown_zone_is_wrong_usage(cli: Cli, file: Path, name: str) -> None:
    code, _, err = cli("ingest", "--no-analysis", "--archive", str(file), "--timezone", name)
    assert (code, f"unknown time zone {name!r}" in err, "America/New_York" in err) == (
        2,
        True,
        True,
    )


def test_day_or_month_first(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text("title,date\nA,05/07/2024\nB,06/07/2024\nC,13/07/2024\n")
    told = take(cli, path)["dates"]
    assert (told["ambiguous"], told["day_first"], told["decided_by"]) == (2, 2, ["file"])
    _, out, _ = cli("ingest", "--no-analysis", "--archive", str(path))
    assert "2 dates like 03/04/2020, read 2 day first, as other dates of the file tell" in out
    told = take(cli, path, "--month-first")
    assert (told["dates"]["day_first"], told["dates"]["decided_by"]) == (0, ["option"])
    assert [row["line"] for row in told["bad"]] == [4]
    path.write_text("title,date\nA,05/07/2024\n")
    _, out, _ = cli("ingest", "--no-analysis", "--archive", str(path))
    assert "read 1 month first, by convention" in out
    assert "--day-first or --month-first decides" in out


@pytest.fixture
def vendor(tmp_path: Path) -> Path:
    """A delivery with the times at which its rows arrived; the first was edited later."""
    path = tmp_path / "vendor.csv"
    path.write_text(
        "title,text,url,date,received\n"
        "A,Early.,https://news.test/a,2024-07-05T10:00Z,2024-07-05T10:30Z\n"
        "A,Edited.,https://news.test/a,2024-07-05T10:00Z,2024-07-06T08:00Z\n"
        "B,Skewed.,https://news.test/b,2024-07-05T10:00Z,2024-07-05T09:59Z\n"
        "C,Days.,https://news.test/c,2024-07-05,2024-07-05T15:00Z\n"
    )
    return path


def test_arrivals_make_a_series_of_what_was_known_then(cli: Cli, db: Path, vendor: Path) -> None:
    told = take(cli, vendor, "--columns", "first_seen=received")
    assert (told["new"], told["updated"], told["first_seen"]) == (3, 1, "column")
    ten = datetime(2024, 7, 5, 10, tzinfo=UTC)
    half, minute = timedelta(minutes=30), timedelta(minutes=1)
    assert times(db) == {
        "a": (ten, ten + half),
        "b": (ten - minute, ten - minute),  # never published after it was seen, as in feeds
        "c": (ten - timedelta(hours=10), ten + timedelta(hours=5)),
    }
    again = take(cli, vendor, "--columns", "first_seen=received")
    assert (again["new"], again["updated"]) == (0, 0)
    with Store.open(db) as store, store.connect() as connection:
        seen = connection.execute(
            sa.select(text_versions.c.seen_at).where(text_versions.c.text == "Edited.")
        )
        assert seen.scalar_one() == datetime(2024, 7, 6, 8, tzinfo=UTC)


def test_arrivals_found_by_their_name_are_told(cli: Cli, vendor: Path) -> None:
    vendor.write_text(vendor.read_text().replace("received", "first_seen"))
    _, out, _ = cli("ingest", "--no-analysis", "--archive", str(vendor))
    assert "first seen when the file's column first_seen says (--first-seen)" in out


def test_the_option_goes_before_a_column_that_was_found(cli: Cli, db: Path, vendor: Path) -> None:
    vendor.write_text(vendor.read_text().replace("received", "first_seen"))
    told = take(cli, vendor, "--first-seen", "published")
    assert told["first_seen"] == "published"
    ten = datetime(2024, 7, 5, 10, tzinfo=UTC)
    assert times(db)["a"] == (ten, ten)


def test_a_named_column_and_the_option_contradict(cli: Cli, db: Path, vendor: Path) -> None:
    args = ("--columns", "first_seen=received", "--first-seen", "now")
    code, _, err = cli("ingest", "--archive", str(vendor), *args)
    assert (code, "contradict" in err, db.exists()) == (2, True, False)
