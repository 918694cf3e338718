"""Dates are kept, flagged where they had to be mended, and never guessed silently."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from feed_samples import NOW, rss

from rotascope_feeds.dates import cap, has_zone, iso_date
from rotascope_feeds.parse import parse_feed


def _date(written: str, tag: str = "pubDate") -> tuple[datetime | None, tuple[str, ...]]:
    document = rss([f"<item><title>T</title><{tag}>{written}</{tag}></item>"])
    document = document.replace(b"<rss ", b"<rss xmlns:dc='http://purl.org/dc/elements/1.1/' ")
    (entry,) = parse_feed(document, url="https://example.com/f").entries
    return entry.published_at, entry.flags


def at(*fields: int) -> datetime:
    return datetime(*fields, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("written", "moment", "flags"),
    [
        ("Mon, 02 Mar 2026 10:00:00 GMT", at(2026, 3, 2, 10), ()),
        ("Mon, 02 Mar 2026 10:00:00 +0200", at(2026, 3, 2, 8), ()),
        ("Mon, 02 Mar 2026 10:00:00 EST", at(2026, 3, 2, 15), ()),
        ("Mon, 02 Mar 2026 10:00 -05:00", at(2026, 3, 2, 15), ()),
        ("2026-03-02T10:00:00Z", at(2026, 3, 2, 10), ()),
        ("2026-03-02T10:00:00.25+01:00", at(2026, 3, 2, 9), ()),
        ("Mon, 02 Mar 2026 10:00:00", at(2026, 3, 2, 10), ("date_naive",)),
        ("2026-03-02T10:00:00", at(2026, 3, 2, 10), ("date_naive",)),
        ("2026-03-02", at(2026, 3, 2), ("date_naive", "date_day")),
        ("Mon, 02 Mar 2026", at(2026, 3, 2), ("date_naive", "date_day")),
        ("", None, ("date_missing",)),
        ("soon", None, ("date_unreadable",)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None, ("date_absurd",)),
        ("0001-01-01T00:00:00Z", None, None),
        ("9999-12-31T23:59:59Z", None, ("date_absurd",)),
    ],
)
def test_dates_of_feeds(
    written: str, moment: datetime | None, flags: tuple[str, ...] | None
) -> None:
    found, told = _date(written)
    assert found == moment
    assert told == flags if flags is not None else told


@pytest.mark.parametrize(
    ("written", "moment", "flags"),
    [
        ("2026-03-02T10:00:00+02:00", at(2026, 3, 2, 8), ()),
        ("2026-03-02T10:00:00", at(2026, 3, 2, 10), ("date_naive",)),
        ("Mon, 02 Mar 2026 10:00:00 -0500", at(2026, 3, 2, 15), ()),
        ("2026-03-02", at(2026, 3, 2), ("date_naive", "date_day")),
        (None, None, ("date_missing",)),
        ("", None, ("date_missing",)),
        ("yesterday", None, ("date_unreadable",)),
        ("1970-01-01T00:00:00Z", None, ("date_absurd",)),
        ("0001-01-01T00:00:00+14:00", None, ("date_absurd",)),
        ("17", None, ("date_unreadable",)),
    ],
)
def test_dates_of_json(
    written: str | None, moment: datetime | None, flags: tuple[str, ...]
) -> None:
    assert iso_date(written) == (moment, flags)


def test_a_date_after_first_seen_is_capped_and_flagged() -> None:
    assert cap(NOW + timedelta(seconds=1), NOW) == (NOW, ("date_future",))
    assert cap(NOW, NOW) == (NOW, ())
    assert cap(None, NOW) == (None, ())


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("10:00 Z", True),
        ("10:00:00 PDT", True),
        ("10:00:00+0530", True),
        ("10:00:00 GMT (Coordinated)", True),
        ("10:00:00", False),
        ("10:00 PM", False),
        ("2 March 2026", False),
        ("2026-03-02", False),
    ],
)
def test_has_zone(written: str, zone: bool) -> None:
    assert has_zone(written) is zone
