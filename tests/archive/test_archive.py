"""Archives in every format, untidy ones too: what goes in, and what is told of the rest."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rotascope.archive import ingest_archive
from rotascope.store import Store
from rotascope_feeds.archive import parse_columns, read_archive
from rotascope_feeds.archive_dates import archive_date
from rotascope_feeds.archive_order import BadDate
from rotascope_feeds.errors import ArchiveError
from rotascope_feeds.types import Article, BadRow

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ROWS = [
    {
        "title": "Title one",
        "text": 'Said "yes", then\nleft; naïve – 100 %.',
        "url": "https://news.test/one?utm_source=rss",
        "date": "2024-02-29T10:00:00Z",
        "source": "Press",
        "lang": "en-US",
    },
    {
        "title": "Title two",
        "text": "Second text.",
        "url": "https://news.test/two",
        "date": "2024-03-01T10:00:00+02:00",
        "source": "",
        "lang": "",
    },
]


def write_csv(path: Path, rows: list[dict[str, str]], delimiter: str = ",") -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def write_parquet(path: Path, rows: list[dict[str, Any]]) -> None:
    pq.write_table(pa.Table.from_pylist(rows), path)


def lines(rows: list[dict[str, Any]]) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


WRITERS: dict[str, Callable[[Path, list[Any]], object]] = {
    "a.csv": write_csv,
    "a.tsv": lambda path, rows: write_csv(path, rows, "\t"),
    "semicolons.csv": lambda path, rows: write_csv(path, rows, ";"),
    "a.jsonl": lambda path, rows: path.write_text(lines(rows)),
    "lines.json": lambda path, rows: path.write_text(lines(rows)),
    "array.json": lambda path, rows: path.write_text(json.dumps(rows, indent=1)),
    "array.jsonl": lambda path, rows: path.write_text(json.dumps(rows)),
    "nested.json": lambda path, rows: path.write_text(json.dumps({"n": 2, "articles": rows})),
    "a.parquet": write_parquet,
    "a.jsonl.gz": lambda path, rows: path.write_bytes(gzip.compress(lines(rows).encode())),
    "no suffix": write_parquet,
}


def read(path: Path, **columns: str) -> tuple[list[Article], list[BadRow]]:
    found = list(read_archive(path, columns=columns or None, now=NOW))
    return (
        [row for row in found if isinstance(row, Article)],
        [row for row in found if isinstance(row, BadRow)],
    )


def archive(tmp_path: Path, text: str | bytes, name: str = "a.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_says_the_same(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path / name, ROWS)
    (one, two), bad = read(tmp_path / name)
    assert bad == []
    assert (one.title, one.text) == (ROWS[0]["title"], ROWS[0]["text"])
    assert one.url == ROWS[0]["url"]
    assert one.canonical_url == "https://news.test/one"
    assert one.published_at == datetime(2024, 2, 29, 10, tzinfo=UTC)
    assert (one.publisher, one.language) == ("Press", "en")
    assert (one.seen_at, one.text_source, one.flags) == (NOW, "archive", ())
    assert two.published_at == datetime(2024, 3, 1, 8, tzinfo=UTC)
    assert (two.publisher, two.language) == ("", None)


@pytest.mark.parametrize("name", ["nested.json", "a.jsonl"])
def test_a_first_line_longer_than_what_is_read_ahead(tmp_path: Path, name: str) -> None:
    rows = [{"text": f"Text {n}. " * 8000} for n in range(3)]
    text = json.dumps({"status": "ok", "articles": rows}) if name == "nested.json" else lines(rows)
    found, bad = read(archive(tmp_path, text, name))
    assert [row.text[:7] for row in found] == ["Text 0.", "Text 1.", "Text 2."]
    assert bad == []


@pytest.mark.parametrize(
    "header",
    [
        "title,text,published",
        "Headlines,Description,Time",
        "headline,body,pub_date",
        "TITLE , Main Text,Date Published",
        "subject,content,datetime",
    ],
)
def test_columns_are_guessed(tmp_path: Path, header: str) -> None:
    (row,), _ = read(archive(tmp_path, f"{header}\nHead,Body of it.,2024-01-02\n"))
    assert (row.title, row.text) == ("Head", "Body of it.")
    assert row.published_at == datetime(2024, 1, 2, tzinfo=UTC)


def test_columns_are_named_and_the_rest_guessed(tmp_path: Path) -> None:
    path = archive(tmp_path, "text,x,when,title\nlead,Whole story.,2024-01-02,Head\n")
    (row,), _ = read(path, text="x", published="when")
    assert (row.title, row.text) == ("Head", "Whole story.")
    assert row.published_at == datetime(2024, 1, 2, tzinfo=UTC)


def test_an_empty_text_falls_to_the_next_column(tmp_path: Path) -> None:
    path = archive(tmp_path, "title,maintext,description\nA,,lead of A\nB,body of B,lead of B\n")
    assert [row.text for row in read(path)[0]] == ["lead of A", "body of B"]


def test_headlines_alone_are_articles(tmp_path: Path) -> None:
    (row,), _ = read(archive(tmp_path, "headline,date\nBanks rise,2024-01-02\n"))
    assert (row.title, row.text) == ("Banks rise", "")


def test_identity(tmp_path: Path) -> None:
    """By URL; by id within the archive; by content where there is neither."""
    path = archive(
        tmp_path,
        "id,url,title,text\n"
        "7,https://news.test/a,A,Text a\n"
        "8,,B,Text b\n"
        ",,C,Text c\n"
        ",,C,Text c\n"
        ",ftp://elsewhere/x,D,Text d\n",
    )
    rows, _ = read(path)
    assert [row.canonical_url for row in rows] == ["https://news.test/a", None, None, None, None]
    assert [row.feed_url for row in rows] == ["archive:a.csv", "archive:a.csv", None, None, None]
    assert [row.entry_id for row in rows[:2]] == ["7", "8"]
    assert rows[2].entry_id == rows[3].entry_id != rows[4].entry_id


def test_bad_rows_are_told_with_their_line_and_the_rest_goes_in(tmp_path: Path) -> None:
    path = archive(
        tmp_path,
        "title,text,date\n"
        "A,Text.,2024-01-02\n"
        ",,\n"
        "\n"
        '"B, with\na break",Text.,2024-01-03\n'
        "C,Text.,no day at all\n"
        "D,Text.,\n"
        ",,2024-01-04\n"
        "E,Text,with,commas,2024-01-05\n"
        "F,Text.,2024-01-06\n",
    )
    rows, bad = read(path)
    assert [row.title for row in rows] == ["A", "B, with\na break", "F"]
    assert [(row.line, row.reason) for row in bad] == [
        (3, "blank row"),
        (4, "blank row"),
        (7, "date 'no day at all' cannot be read"),
        (8, "no date"),
        (9, "neither title nor text"),
        (10, "5 fields, but the header has 3: a stray separator?"),
    ]


def test_bad_lines_of_jsonl(tmp_path: Path) -> None:
    text = '{"text": "One."}\nnot json\n\n[1]\n{"text": ""}\n{"text": "Two."}'
    rows, bad = read(archive(tmp_path, text, "a.jsonl"))
    assert [row.text for row in rows] == ["One.", "Two."]
    reasons = [(row.line, row.reason.partition(":")[0]) for row in bad]
    assert reasons == [
        (2, "no JSON"),
        (3, "blank row"),
        (4, "no JSON object"),
        (5, "blank row"),
    ]


def test_missing_values_as_data_frames_write_them(tmp_path: Path) -> None:
    rows, bad = read(archive(tmp_path, "title,text\nnan,Body.\nNaN,None\nNone,NULL\n"))
    assert [(row.title, row.text) for row in rows] == [("", "Body.")]
    assert [row.reason for row in bad] == ["blank row", "blank row"]


@pytest.mark.parametrize(
    "raw",
    [
        "\ufefftitle,text\nCafé – “x”,Body\n".encode(),
        "title,text\nCafé – “x”,Body\n".encode("cp1252"),
        "title,text\nCafé – “x”,Body\n".encode("utf-16"),
        "title,text\r\nCafé – “x”,Body\r\n".encode(),
        "\n\ntitle,text\nCafé – “x”,Body\n".encode(),
    ],
    ids=["bom", "windows-1252", "utf-16", "crlf", "blank lines first"],
)
def test_encodings(tmp_path: Path, raw: bytes) -> None:
    (row,), bad = read(archive(tmp_path, raw))
    assert (row.title, row.text, bad) == ("Café – “x”", "Body", [])


def test_mixed_encodings_line_by_line(tmp_path: Path) -> None:
    """Files glued together from two sources: each byte is read as what it can be."""
    path = archive(tmp_path, "title,text\nCafé,A\n".encode() + "Café,B\n".encode("latin-1"))
    assert [row.title for row in read(path)[0]] == ["Café", "Café"]


def test_parquet_types(tmp_path: Path) -> None:
    moment = datetime(2024, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    offset = timezone(timedelta(hours=-5))
    table = pa.table(
        {
            "title": ["a", "b", None],
            "text": ["A.", None, None],
            "date": pa.array([moment, moment.astimezone(offset), None], pa.timestamp("ns", "UTC")),
            "url": [None, "https://news.test/b", None],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    rows, bad = read(tmp_path / "a.parquet")
    assert [row.published_at for row in rows] == [moment, moment]
    assert [(row.line, row.reason) for row in bad] == [(3, "blank row")]


def test_fields_longer_than_the_csv_modules_limit(tmp_path: Path) -> None:
    long = "word " * 100_000
    (row,), _ = read(archive(tmp_path, f"title,text\nA,{long}\n"))
    assert row.text == long.strip()


def test_reading_is_streamed(tmp_path: Path) -> None:
    """The first rows come before the last are looked at: here, before they are broken."""
    many = lines([{"text": f"Text {n}."} for n in range(20_000)])
    path = archive(tmp_path, many + "x" * 10, "a.jsonl")
    rows = read_archive(path, now=NOW)
    first = next(rows)
    assert isinstance(first, Article)
    assert first.text == "Text 0."
    assert isinstance(list(rows)[-1], BadRow)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.csv", None, ["there is no such file"]),
        ("a.csv", b"", ["empty"]),
        ("a.csv", b" \n\n", ["empty"]),
        ("a.csv", b"\x7fELF\0\0\0\0", ["binary", "CSV, JSON, JSONL or Parquet"]),
        ("a.parquet", b"PAR1 then nothing", ["damaged Parquet"]),
        ("a.jsonl.gz", b"\x1f\x8b\x08 broken", ["cannot be read"]),
        ("a.json", b'{"articles": [', ["neither JSON nor"]),
        ("a.json", b"[1, 2, 3]", ["no column of texts"]),
        ("a.csv", b"symbol,price\nX,1\n", ["columns found: symbol, price", "--columns text="]),
    ],
)
def test_what_is_no_archive(
    tmp_path: Path, name: str, content: bytes | None, words: list[str]
) -> None:
    if content is not None:
        archive(tmp_path, content, name)
    with pytest.raises(ArchiveError) as caught:
        read_archive(tmp_path / name, now=NOW)
    for word in [name, *words]:
        assert word in str(caught.value)


def test_a_file_damaged_from_its_beginning_is_told(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(lines([{"text": f"Text {n}."} for n in range(200)]).encode()))
    whole[20] ^= 0xFF
    with pytest.raises(ArchiveError, match="cannot be read"):
        list(read_archive(archive(tmp_path, bytes(whole), "a.jsonl.gz"), now=NOW))


def test_a_file_cut_off_gives_what_it_has(tmp_path: Path) -> None:
    whole = gzip.compress(lines([{"text": f"Text {n * 7919}."} for n in range(20_000)]).encode())
    path = archive(tmp_path, whole[: len(whole) // 2], "a.jsonl.gz")
    *taken, last = read_archive(path, now=NOW)
    assert len(taken) > 5_000
    assert all(isinstance(row, Article) for row in taken)
    assert isinstance(last, BadRow)
    assert (last.line, "damaged from here on" in last.reason) == (len(taken) + 1, True)


@pytest.mark.parametrize("count", [3, 150, 20_000])
def test_what_stands_before_the_damage_is_stored(tmp_path: Path, count: int) -> None:
    whole = gzip.compress(lines([{"text": f"Text {n * 7919}."} for n in range(count)]).encode())
    path = archive(tmp_path, whole[:-9], "a.jsonl.gz")
    with Store.open(tmp_path / "a.db", create=True) as store:
        report = ingest_archive(store, path, now=NOW)
        assert report.new == store.info().rows["articles"] > count // 2
    assert [row.line for row in report.bad] == [report.new + 1]


@pytest.mark.parametrize("odd", ["\u2028", "\u2029", "\x85"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_line_ends_of_unicode_end_no_row(tmp_path: Path, odd: str, name: str) -> None:
    text = f"Banks{odd}rally, says one; and another."
    content = f'"a{odd},b";c;text\n1;2;"{text}"\n'
    if name == "a.jsonl":
        rows = [{"text": text}, {"text": "Banks fell."}]
        content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    found = list(read_archive(archive(tmp_path, content.encode(), name), now=NOW))
    assert {type(row) for row in found} == {Article}


def test_a_folder_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="folder"):
        read_archive(tmp_path, now=NOW)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"text": "bodi"}, ["'bodi'", "did you mean 'body'", "columns found: head, body"]),
        ({"txt": "body"}, ["'txt'", "did you mean 'text'", "published"]),
    ],
)
def test_columns_that_are_not_there(
    tmp_path: Path, columns: dict[str, str], words: list[str]
) -> None:
    path = archive(tmp_path, "head,body\nA,B\n")
    with pytest.raises(ArchiveError) as caught:
        read_archive(path, columns=columns, now=NOW)
    for word in words:
        assert word in str(caught.value)


def test_parse_columns() -> None:
    assert parse_columns("text=maintext, published=date_publish") == {
        "text": "maintext",
        "published": "date_publish",
    }
    for wrong in ("", "text", "text=", "=x", "a=b,c"):
        with pytest.raises(ArchiveError, match="field=column"):
            parse_columns(wrong)
    with pytest.raises(ArchiveError, match=r"unknown field 'txt'.*did you mean 'text'"):
        parse_columns("txt=body")


@pytest.mark.parametrize(
    ("written", "utc", "flags"),
    [
        (" 7:51  PM ET Fri, 17 July 2020", "2020-07-17T23:51:00", ""),  # summer
        ("12:05  AM ET Fri,  9 Nov 2018", "2018-11-09T05:05:00", ""),  # winter
        ("Fri, 17 Jul 2020 10:00:00 EST", "2020-07-17T15:00:00", ""),  # as written, though summer
        ("Jul 17, 2020 at 10:00 a.m. PT", "2020-07-17T17:00:00", ""),
        ("Fri Jul 17 20:43:11 +0000 2020", "2020-07-17T20:43:11", ""),
        ("2020-07-17T10:00:00.123456789Z", "2020-07-17T10:00:00.123456", ""),
        ("2020-07-17 10:00:00-04:00", "2020-07-17T14:00:00", ""),
        ("2020-07-17 10:00:00", "2020-07-17T10:00:00", "date_naive"),
        ("2020-07-17", "2020-07-17T00:00:00", "date_naive date_day"),
        ("17 July 2020", "2020-07-17T00:00:00", "date_naive date_day"),
        ("17 July 2020 12 AM", "2020-07-17T00:00:00", "date_naive"),
        ("2020-07-17 00:00", "2020-07-17T00:00:00", "date_naive"),
        ("20200717", "2020-07-17T00:00:00", "date_naive date_day"),
        ("20200717T101112Z", "2020-07-17T10:11:12", ""),
        ("17/07/2020", "2020-07-17T00:00:00", "date_naive date_day"),
        ("03/04/2020", "2020-03-04T00:00:00", "date_naive date_day date_ambiguous"),
        ("04.04.2020", "2020-04-04T00:00:00", "date_naive date_day"),
        ("1595012345", "2020-07-17T18:59:05", ""),
        (1595012345, "2020-07-17T18:59:05", ""),
        (1595012345.5, "2020-07-17T18:59:05.5", ""),
        ("1595012345123", "2020-07-17T18:59:05.123", ""),
        ("1595012345123456789", "2020-07-17T18:59:05.123456", ""),
        (date(2020, 7, 17), "2020-07-17T00:00:00", "date_naive date_day"),
        (datetime(2020, 7, 17, 1, tzinfo=UTC), "2020-07-17T01:00:00", ""),
    ],
)
def test_dates_as_people_write_them(written: object, utc: str, flags: str) -> None:
    moment, found = archive_date(written)
    assert moment == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert moment.utcoffset() == timedelta(0)
    assert " ".join(found) == flags


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("July 2020", "leaves out"),
        ("2020", "leaves out"),
        ("10:30", "leaves out"),
        ("May 5", "leaves out"),
        ("yesterday", "cannot be read"),
        ("Feb 29, 2021", "cannot be read"),
        ("0000-00-00", "cannot be read"),
        ("17 Jul 2020 10:00 XYZ", "unknown time zone 'XYZ'"),
        ("9999-12-31", "cannot be right"),
        ("1970-01-01", "cannot be right"),
        ("x" * 5000, "cannot be read"),
    ],
)
def test_dates_that_are_not_guessed(written: str, reason: str) -> None:
    with pytest.raises(BadDate, match=reason):
        archive_date(written)


@pytest.mark.data
def test_real_untidy_headlines(data: Path) -> None:
    rows, bad = read(data / "archive" / "cnbc_headlines.csv")
    assert len(rows) == 2800
    assert Counter(row.reason for row in bad) == {"blank row": 280}
    assert all(row.title and row.text and row.published_at and not row.flags for row in rows)
    dates = [row.published_at for row in rows if row.published_at]
    assert min(dates) == datetime(2017, 12, 22, 23, 52, tzinfo=UTC)
    assert max(dates) == datetime(2020, 7, 17, 23, 51, tzinfo=UTC)


@pytest.mark.data
@pytest.mark.parametrize(("year", "count"), [(2017, 403), (2018, 407)])
def test_real_articles(data: Path, year: int, count: int) -> None:
    rows, bad = read(data / "archive" / f"yahoo_{year}.jsonl")
    assert (len(rows), bad) == (count, [])
    assert all(row.published_at and row.published_at.year == year for row in rows)
    assert all(row.canonical_url and row.publisher and row.language == "en" for row in rows)


GERMAN = (
    "Die Anleger zogen am Montag viel Geld aus großen Technologiewerten ab und kauften dafür"
    " Aktien von Versorgern und Banken."
)
ENGLISH = (
    "Investors took a lot of money out of large technology shares on Monday and bought utilities"
    " and banks with it instead."
)


def test_the_text_tells_its_language_before_the_column(tmp_path: Path) -> None:
    """Short ones tell nothing: then the column does, if there is any."""
    rows = [
        {"text": GERMAN, "language": "en"},
        {"text": ENGLISH, "language": "de-AT"},
        {"text": "Aktien steigen.", "language": "de-AT"},
        {"text": "Aktien fallen.", "language": ""},
    ]
    found, _ = read(archive(tmp_path, lines(rows), "a.jsonl"))
    assert [row.language for row in found] == ["de", "en", "de", None]


@pytest.mark.parametrize("name", ["yahoo_2017.jsonl", "yahoo_2018.jsonl", "cnbc_headlines.csv"])
def test_no_english_article_is_taken_for_another_language(data: Path, name: str) -> None:
    found, _ = read(data / "archive" / name)
    assert len(found) > 400
    assert {row.language for row in found} <= {"en", None}


@pytest.mark.parametrize("orient", ["columns", "index"])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_table_by_columns_is_refused_with_the_mend(
    tmp_path: Path, orient: str, indent: int | None
) -> None:
    path = tmp_path / "x.json"
    pd.DataFrame(ROWS).to_json(path, orient=orient, indent=indent)  # type: ignore[call-overload]
    with pytest.raises(ArchiveError, match=r"x\.json: one object of objects.* orient=.records"):
        read_archive(path, now=NOW)
