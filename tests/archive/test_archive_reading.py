"""How the dates and texts of an archive are read where more than one reading is possible."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rotascope_feeds.archive import read_archive
from rotascope_feeds.archive_dates import archive_date
from rotascope_feeds.archive_order import BadDate, DateOrder
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
        ("2024-03-10", "2024-03-10T05:00:00", "date_naive date_day short_day"),
        ("10 March 2024", "2024-03-10T05:00:00", "date_naive date_day short_day"),
        (date(2024, 11, 3), "2024-11-03T04:00:00", "date_naive date_day long_day"),
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


def dated(tmp_path: Path, *dates: str) -> Path:
    path = tmp_path / "dates.csv"
    path.write_text("title;date\n" + "".join(f"T{n};{day}\n" for n, day in enumerate(dates)))
    return path


def days(path: Path, day_first: bool | None = None) -> tuple[list[str], list[BadRow], set[str]]:
    """Month and day of each good row, the bad rows, and what decided the order."""
    order = DateOrder(day_first)
    rows, bad = rows_of(path, order=order)
    found = [f"{row.published_at:%m-%d}" for row in rows]
    return found, bad, {str(reason) for reason in order.reasons}


@pytest.mark.parametrize(
    ("dates", "read", "reasons"),
    [
        (("05/07/2024", "13/07/2024"), ["07-05", "07-13"], {"file"}),
        (("05/07/2024", "07/13/2024"), ["05-07", "07-13"], {"file"}),
        (("05.07.2024", "07.13.2024"), ["05-07", "07-13"], {"file"}),
        (("05/07/2024", "06/06/2024"), ["05-07", "06-06"], {"convention"}),
        (("05.07.2024", "06.06.2024"), ["07-05", "06-06"], {"convention"}),
        (("5. 7. 2024", "05-07-2024"), ["07-05", "05-07"], {"convention"}),
        (("05.07.24 14:30", "10:30 05.07.2024"), ["07-05", "07-05"], {"convention"}),
        (("05/07/2024T10:00", "13/07/24"), ["07-05", "07-13"], {"file"}),
        # Each separator by itself: files are glued together from several sources.
        (("05/07/2024", "13.07.2024"), ["05-07", "07-13"], {"convention"}),
        (("12/31/2024", "31.12.2024"), ["12-31", "12-31"], set()),
        (("2024-05-07", "2024/05/07"), ["05-07", "05-07"], set()),
        (("May 7, 2024 10:30", "20240507"), ["05-07", "05-07"], set()),
    ],
)
def test_a_files_other_dates_tell_which_number_is_the_day(
    tmp_path: Path, dates: tuple[str, ...], read: list[str], reasons: set[str]
) -> None:
    assert days(dated(tmp_path, *dates)) == (read, [], reasons)


def test_what_is_asked_for_goes_first(tmp_path: Path) -> None:
    path = dated(tmp_path, "05/07/2024", "05.07.2024", "2024-05-07")
    assert days(path, True) == (["07-05", "07-05", "05-07"], [], {"option"})
    assert days(path, False) == (["05-07", "05-07", "05-07"], [], {"option"})


def test_dates_that_contradict_the_order_are_bad_rows(tmp_path: Path) -> None:
    path = dated(tmp_path, "05/07/2024", "13/07/2024", "07/14/2024", "15/07/2024")
    read, bad, reasons = days(path)
    assert (read, reasons) == (["07-05", "07-13", "07-15"], {"file"})
    assert [(row.line, row.reason) for row in bad] == [
        (4, "date '07/14/2024' has the month first, but the file's dates have the day (2 to 1)")
    ]
    read, bad, _ = days(path, False)
    assert (read, [row.line for row in bad]) == (["05-07", "07-14"], [3, 5])
    assert "the month was said to come first" in bad[0].reason


def test_a_tie_is_read_by_convention(tmp_path: Path) -> None:
    read, bad, reasons = days(dated(tmp_path, "13/07/2024", "05/07/2024", "07/14/2024"))
    assert (read, reasons) == (["05-07", "07-14"], {"convention"})
    assert [(row.line, "(1 to 1)" in row.reason) for row in bad] == [(2, True)]


def test_ambiguous_dates_are_flagged() -> None:
    assert archive_date("05.07.2024 10:00")[1] == ("date_naive", "date_ambiguous", "day_first")
    assert archive_date("05/07/2024 10:00Z")[1] == ("date_ambiguous",)
    with pytest.raises(BadDate, match="cannot be read"):
        archive_date("13/14/2024")


def test_a_file_cut_off_keeps_what_stands_before_the_cut(tmp_path: Path) -> None:
    """Its dates are looked at beforehand, and the break is told only when it is come to."""
    text = "title;date\n" + "".join(f"T{n * 7919};05/07/2024\n" for n in range(50_000))
    path = tmp_path / "cut.csv.gz"
    packed = gzip.compress(text.encode())
    path.write_bytes(packed[: len(packed) // 2])
    rows = read_archive(path, now=NOW)
    assert isinstance(next(rows), Article)


@pytest.mark.parametrize("name", ["dates.csv", "dates.json", "dates.parquet"])
def test_dates_are_looked_at_in_every_format(tmp_path: Path, name: str) -> None:
    import pandas as pd

    frame = pd.DataFrame({"title": ["A", "B"], "date": ["05/07/2024", "13/07/2024"]})
    path = tmp_path / name
    if name.endswith("csv"):
        frame.to_csv(path, index=False)
    elif name.endswith("json"):
        frame.to_json(path, orient="records")
    else:
        frame.to_parquet(path)
    assert days(path) == (["07-05", "07-13"], [], {"file"})


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (
            "<p>Banks rose.</p><p>Oil&nbsp;fell &amp; gas too.</p>",
            "Banks rose.\nOil fell & gas too.",
        ),
        ("Banks <b>rose</b>.<br>Oil fell.", "Banks rose.\nOil fell."),
        ("<div>Up<script>var a = 1 < 2;</script><style>p {}</style></div>", "Up"),
        ("&lt;p&gt;AT&amp;amp;T rose.&lt;/p&gt;", "AT&T rose."),
        ("<html><head><title>T</title></head><body><p>Up.</p></body></html>", "Up."),
        ("AT&amp;T&#39;s shares&nbsp;rose", "AT&T's shares rose"),
        # No HTML: as it stands, whatever it looks like.
        ("Growth < 2%, debt > 60%, R&D; P&L up", "Growth < 2%, debt > 60%, R&D; P&L up"),
        ("Apple <AAPL.O>, Prudential <P.N> and <BR.N>\n\n rose", None),
        ("a<b and c>d  twice", None),
        ("Two  spaces\n\n\nand empty lines", None),
    ],
)
def test_html_in_texts_is_read_as_text(tmp_path: Path, raw: str, text: str | None) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"title": "T", "text": raw}))
    (row,), bad = rows_of(path)
    assert (row.text, bad) == (raw if text is None else text, [])


def test_html_in_titles_and_rows_of_nothing_but_markup(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,text\n<b>AT&amp;T</b><br>rises,x\n<p></p>,<script>var a;</script>\n")
    (row,), (empty,) = rows_of(path)
    assert row.title == "AT&T rises"
    assert (empty.line, empty.reason) == (3, "neither title nor text")


@pytest.mark.parametrize("written", ["2026-03-03T09:01Z", "2062-03-01", "1/2/2027"])
def test_a_publication_to_come_is_a_bad_row(tmp_path: Path, written: str) -> None:
    _, (row,) = rows_of(dated(tmp_path, written))
    assert row.reason == f"date {written} is in the future"


def test_clocks_may_be_a_day_apart(tmp_path: Path) -> None:
    (row,), _ = rows_of(dated(tmp_path, "2026-03-03T08:59Z"))
    assert row.published_at == datetime(2026, 3, 3, 8, 59, tzinfo=UTC)


def arrivals(tmp_path: Path, *pairs: tuple[str, str]) -> Path:
    path = tmp_path / "arrivals.csv"
    rows = "".join(f"T{n},{day},{came}\n" for n, (day, came) in enumerate(pairs))
    path.write_text(f"title,date,first_seen\n{rows}")
    return path


@pytest.mark.parametrize(
    ("published", "came", "seen"),
    [
        ("2024-07-05T10:00Z", "2024-07-05T10:05:00Z", "2024-07-05T10:05"),
        ("2024-07-05T10:00Z", "2024-07-05 10:05", "2024-07-05T14:05"),  # in the archive's zone
        ("2024-07-05T10:00Z", "1720175400", "2024-07-05T10:30"),
        ("2024-07-05", "2024-07-05T14:30-04:00", "2024-07-05T18:30"),
        ("2024-07-05T10:00Z", "2024-07-04T22:00Z", "2024-07-04T22:00"),  # clocks apart, embargo
        ("2026-03-02T08:00Z", "2026-03-02T20:00Z", "2026-03-02T09:00"),  # it is here now
    ],
)
def test_when_a_row_arrived(tmp_path: Path, published: str, came: str, seen: str) -> None:
    (row,), bad = rows_of(arrivals(tmp_path, (published, came)), zone=NEW_YORK)
    assert (row.seen_at, row.arrived, bad) == (
        datetime.fromisoformat(seen).replace(tzinfo=UTC),
        True,
        [],
    )


@pytest.mark.parametrize(
    ("came", "reason"),
    [
        ("", "no first_seen"),
        ("soon", "first_seen: date 'soon' cannot be read"),
        ("2024-07-05", "first_seen 2024-07-05: write it with its time"),
        ("05/07/2024 10:00", "first_seen 05/07/2024 10:00: write it with its time"),
        ("2024-07-04T09:59Z", "first_seen 2024-07-04T09:59Z is more than a day before"),
        ("2062-07-05T10:00Z", "first_seen 2062-07-05T10:00Z is in the future"),
    ],
)
def test_arrivals_that_cannot_be(tmp_path: Path, came: str, reason: str) -> None:
    _, (row,) = rows_of(arrivals(tmp_path, ("2024-07-05T10:00Z", came)))
    assert (row.line, row.reason.startswith(reason)) == (2, True)


def test_arrivals_may_be_passed_over(tmp_path: Path) -> None:
    (row,), bad = rows_of(arrivals(tmp_path, ("2024-07-05T10:00Z", "")), arrivals=False)
    assert (row.seen_at, row.arrived, bad) == (NOW, False, [])
