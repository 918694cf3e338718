"""Which period an article falls in: closes, half days, clock changes, leap days, ISO weeks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa

from rotascope.archive import ingest_archive
from rotascope.config import load_settings
from rotascope.errors import UsageError
from rotascope.store import Store
from rotascope.store.schema import articles, to_micros
from rotascope.timeseries.api import series
from rotascope.timeseries.params import make_params
from rotascope.timeseries.periods import Periods, make_periods, moment_micros
from rotascope.timeseries.tables import DAY_HOURS, news_at
from rotascope_feeds.types import DATE_DAY, rest_of_day
from tests.series.worlds import Item, fill, opinion

NEW_YORK = "America/New_York"


def micros(text: str, zone: str = "UTC") -> int:
    moment = datetime.fromisoformat(text)
    return to_micros(moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone)))


def periods(first: str, last: str, **given: object) -> Periods:
    params = make_params(load_settings().series, given)
    return make_periods(params, micros(first, params.timezone), micros(last, params.timezone))


def label(found: Periods, moment: str) -> str:
    place = int(found.locate(np.array([micros(moment, found.timezone)]))[0])
    return str(found.labels[place].date()) if place >= 0 else "outside"


@pytest.mark.parametrize(
    ("moment", "session"),
    [
        ("2024-03-04T15:59:59.999999", "2024-03-04"),
        ("2024-03-04T16:00:00", "2024-03-05"),  # exactly the close: nobody could trade on it
        ("2024-03-04T16:00:00.000001", "2024-03-05"),
        ("2024-03-04T09:29", "2024-03-04"),
        ("2024-03-01T16:30", "2024-03-04"),  # Friday evening
        ("2024-03-02T12:00", "2024-03-04"),  # a Saturday
        ("2024-03-10T23:00", "2024-03-11"),  # the night after the clocks went forward
        ("2024-03-11T15:59", "2024-03-11"),
        ("2024-07-03T12:59", "2024-07-03"),  # half day, close at 13:00
        ("2024-07-03T13:00", "2024-07-05"),  # and the 4th is a holiday
        ("2024-11-29T13:30", "2024-12-02"),  # the day after Thanksgiving closes at 13:00
        ("2024-11-28T11:00", "2024-11-29"),  # Thanksgiving
        ("2024-12-24T13:00", "2024-12-26"),
        ("2024-02-29T10:00", "2024-02-29"),
    ],
)
def test_a_story_after_the_close_belongs_to_the_next_session(moment: str, session: str) -> None:
    found = periods("2024-02-01", "2024-12-31", freq="S", calendar="XNYS")
    assert found.timezone == NEW_YORK
    assert label(found, moment) == session


@pytest.mark.parametrize("given", [{"freq": "S"}, {"freq": "D", "calendar": "XNYS"}])
def test_a_date_without_a_session_is_named_by_where_its_news_counts(given: dict[str, str]) -> None:
    """A Saturday's news counts to Monday: `find` goes there, and a window begins there."""
    found = periods("2024-02-29T10:00", "2024-03-06T10:00", **given)
    for text, session in (
        ("2024-03-01", "2024-03-01"),
        ("2024-03-02", "2024-03-04"),
        ("2024-03-03", "2024-03-04"),
        ("2024-03-02T10:00", "2024-03-04"),
        ("2024-03-04", "2024-03-04"),
    ):
        assert str(found.labels[found.find(text)].date()) == session
    starts = {day: found.window(day, None).start for day in ("2024-03-02", "2024-03-04")}
    assert len(set(starts.values())) == 1
    stops = {day: found.window(None, day).stop for day in ("2024-03-01", "2024-03-02")}
    assert len(set(stops.values())) == 1
    assert len(found.labels[found.window("2024-03-02", "2024-03-03")]) == 0
    for outside in ("2024-02-27", "2024-02-28", "2024-03-07", "2001-01-01"):
        with pytest.raises(UsageError, match="no news in the period"):
            found.find(outside)


@pytest.mark.parametrize("code", ["XNYS", "XTKS", "XSAU", "CMES", "24/5", "24/7"])
@pytest.mark.parametrize("freq", ["D", "W", "M"])
def test_the_label_of_a_period_of_sessions_finds_it(code: str, freq: str) -> None:
    found = periods("2024-01-10T12:00", "2024-05-30T12:00", freq=freq, calendar=code)
    for place, day in enumerate(found.labels[1:], 1):
        assert found.find(str(day.date())) == place
        assert found.window(str(day.date()), None).start == place


@pytest.mark.parametrize(
    ("freq", "day", "label", "last"),
    [
        ("W", "2024-03-09", "2024-03-11", "2024-03-04"),  # a Saturday
        ("W", "2024-05-27", "2024-05-27", "2024-05-27"),  # a Monday, Memorial Day
        ("M", "2024-03-29", "2024-04-01", "2024-03-01"),  # Good Friday
        ("M", "2024-06-01", "2024-06-01", "2024-06-01"),  # a Saturday
    ],
)
def test_a_closed_day_is_in_the_week_and_month_of_its_session(
    freq: str, day: str, label: str, last: str
) -> None:
    found = periods("2024-02-10T10:00", "2024-06-20T10:00", freq=freq, calendar="XNYS")
    assert str(found.labels[found.find(day)].date()) == label
    assert str(found.labels[found.window(day, None)][0].date()) == label
    assert str(found.labels[found.window(None, day)][-1].date()) == last


def test_days_of_a_calendar_are_its_sessions() -> None:
    days = periods("2024-07-01T10:00", "2024-07-08T10:00", freq="D", calendar="XNYS")
    assert [str(day.date()) for day in days.labels] == [
        "2024-07-01",
        "2024-07-02",
        "2024-07-03",
        "2024-07-05",
        "2024-07-08",
    ]


def test_weeks_and_months_of_a_calendar_end_at_their_last_close() -> None:
    weeks = periods("2024-03-01T10:00", "2024-03-31T10:00", freq="W", calendar="XNYS")
    assert label(weeks, "2024-03-08T15:59") == "2024-03-04"
    assert label(weeks, "2024-03-08T16:00") == "2024-03-11"
    months = periods("2024-02-01T10:00", "2024-04-10T10:00", freq="M", calendar="XNYS")
    assert label(months, "2024-03-28T15:59") == "2024-03-01"
    assert label(months, "2024-03-28T16:00") == "2024-04-01"  # the 29th is Good Friday


@pytest.mark.parametrize(("day", "hours"), [("2024-03-10", 23), ("2024-11-03", 25)])
def test_a_day_of_a_clock_change_has_23_or_25_hours(day: str, hours: int) -> None:
    (found,) = [periods(f"{day}T12:00", f"{day}T12:00", timezone=NEW_YORK)]
    assert len(found) == 1
    assert int(np.diff(found.bounds)[0]) == hours * 3_600_000_000
    assert label(found, f"{day}T00:00") == day
    assert label(found, f"{day}T23:59") == day


def test_a_day_without_midnight_begins_at_its_first_moment() -> None:
    found = periods("2018-11-04T12:00", "2018-11-05T12:00", timezone="America/Sao_Paulo")
    assert pd.Timestamp(found.bounds[0], unit="us") == pd.Timestamp("2018-11-04T03:00")


@pytest.mark.parametrize(
    ("zone", "day", "after"),
    [
        ("America/Sao_Paulo", "2018-02-17", "2018-02-18T03:00Z"),  # the last hour comes twice
        ("America/Nuuk", "2024-03-30", "2024-03-31T01:00Z"),  # the last hour is skipped
    ],
)
def test_a_date_ends_with_its_last_hour_where_clocks_change_at_midnight(
    zone: str, day: str, after: str
) -> None:
    end = to_micros(datetime.fromisoformat(after))
    assert moment_micros(day, zone, end=True) == end - 1
    hours = periods(f"{day}T12:00", f"{day}T12:00", freq="H", timezone=zone)
    more = make_periods(
        make_params(load_settings().series, {"freq": "H", "timezone": zone}),
        int(hours.bounds[0]),
        end + 3_600_000_000,
    )
    assert more.bounds[more.window(None, day).stop] == end


def test_hours_of_a_clock_change_are_told_apart() -> None:
    found = periods("2024-11-03T00:30", "2024-11-03T03:30", freq="H", timezone=NEW_YORK)
    assert [moment.isoformat() for moment in found.labels] == [
        "2024-11-03T00:00:00-04:00",
        "2024-11-03T01:00:00-04:00",
        "2024-11-03T01:00:00-05:00",
        "2024-11-03T02:00:00-05:00",
        "2024-11-03T03:00:00-05:00",
    ]


@pytest.mark.parametrize("freq", ["H", "S", "D", "W", "M"])
@pytest.mark.parametrize("first", ["2024-03-10T00:00", "2024-03-10T06:59", "2024-03-08T21:00"])
@pytest.mark.parametrize("last", ["2024-03-12T20:00", "2024-03-12T20:01", "2024-03-31T23:59"])
def test_periods_hold_every_moment_asked_for_and_no_more(freq: str, first: str, last: str) -> None:
    found = periods(first, last, freq=freq)
    places = found.locate(np.array([micros(first), micros(last)]))
    assert places.tolist() == [0, len(found) - 1]
    assert (np.diff(found.bounds) > 0).all()


def test_iso_weeks_over_a_new_year_and_a_leap_day() -> None:
    weeks = periods("2024-12-28", "2025-01-08", freq="W")
    assert [str(day.date()) for day in weeks.labels] == ["2024-12-23", "2024-12-30", "2025-01-06"]
    assert label(weeks, "2024-12-31T23:59") == label(weeks, "2025-01-01T00:00") == "2024-12-30"
    months = periods("2024-02-29T23:59", "2024-03-01T00:00", freq="M")
    assert [str(day.date()) for day in months.labels] == ["2024-02-01", "2024-03-01"]
    assert int(months.bounds[1]) == micros("2024-03-01T00:00")


def test_offsets_and_naive_times_mean_what_they_say() -> None:
    assert moment_micros("2024-03-01T16:00-05:00", "UTC") == micros("2024-03-01T21:00")
    assert moment_micros("2024-03-01T16:00", NEW_YORK) == micros("2024-03-01T21:00")
    assert moment_micros("2024-03-01", NEW_YORK) == micros("2024-03-01T05:00")
    assert moment_micros("2024-03-01", "UTC", end=True) == micros("2024-03-01T23:59:59.999999")


def test_a_window_takes_whole_periods_and_both_ends() -> None:
    days = periods("2024-01-01", "2024-01-31")
    assert days.window("2024-01-10", "2024-01-12") == slice(9, 12)
    assert days.window("2024-01-10T12:00", "2024-01-12T00:00") == slice(9, 12)
    assert days.window("2024-01", "2024-01") == slice(0, 31)
    weeks = periods("2024-01-01", "2024-01-31", freq="W")
    assert weeks.window("2024-01-10", "2024-01-22") == slice(1, 4)
    months = periods("2024-01-05", "2024-04-05", freq="M")
    assert months.window("2024-02", "2024-03") == slice(1, 3)
    hours = periods("2024-01-01T00:00", "2024-01-03T23:00", freq="H")
    assert hours.window("2024-01-02", "2024-01-02") == slice(24, 48)


def test_sessions_by_date_not_by_first_moment() -> None:
    sessions = periods("2024-03-01T10:00", "2024-03-29T10:00", freq="S")
    shown = sessions.labels[sessions.window("2024-03-11", "2024-03-12")]
    assert [str(day.date()) for day in shown] == ["2024-03-11", "2024-03-12"]


def test_one_article_at_exactly_the_close_through_the_whole_series(tmp_path: Path) -> None:
    close = datetime(2024, 7, 3, 13, 0, tzinfo=ZoneInfo(NEW_YORK))
    path = fill(tmp_path / "world.db", [Item("a", close, {"energy": opinion(0.4)})])
    table = series(path, groups=["energy"], calendar="XNYS")
    assert str(table["period"][0].date()) == "2024-07-05"
    assert table["timezone"].tolist() == [NEW_YORK]
    assert table["period_start"][0] == pd.Timestamp("2024-07-03T17:00Z")
    assert table["period_end"][0] == pd.Timestamp("2024-07-05T20:00Z")


@pytest.mark.parametrize(
    ("given", "label", "end"),
    [
        ({}, "2024-03-15", "2024-03-16T00:00Z"),
        ({"timezone": NEW_YORK}, "2024-03-15", "2024-03-16T04:00Z"),
        ({"timezone": "Asia/Tokyo"}, "2024-03-16", "2024-03-16T15:00Z"),
        ({"calendar": "XNYS"}, "2024-03-18", "2024-03-18T20:00Z"),
        ({"calendar": "XNYS", "freq": "W"}, "2024-03-18", "2024-03-22T20:00Z"),
        ({"freq": "H"}, "2024-03-15", "2024-03-16T00:00Z"),
    ],
)
def test_an_article_of_a_day_without_a_time_is_news_at_the_days_end(
    tmp_path: Path, given: dict[str, str], label: str, end: str
) -> None:
    """A Friday: it may have come after the close, so only the next session can act on it."""
    friday = datetime(2024, 3, 15, tzinfo=UTC)
    items = [
        Item("day", friday, {"energy": opinion(0.4)}, seen=friday + rest_of_day([DATE_DAY])),
        Item("midnight", friday, {"utilities": opinion(0.4)}),
    ]
    path = fill(tmp_path / "world.db", items)
    with Store.open(path) as store, store.engine.begin() as connection:
        only_day = sa.update(articles).where(articles.c.first_seen_at > friday)
        connection.execute(only_day.values(flags="date_naive date_day"))
    table = series(path, groups=["energy", "utilities"], **given)
    told = table[table["n_stories"] > 0].set_index("group")
    assert str(told["period"]["energy"])[:10] == label
    assert told["period_end"]["energy"] == pd.Timestamp(end)
    assert told["period_start"]["utilities"] <= pd.Timestamp(friday)
    assert told["period_end"]["utilities"] > pd.Timestamp(friday)
    for as_of, count in (("2024-03-16T00:00Z", 1), ("2024-03-15T12:00Z", 0)):
        known = series(path, groups=["energy"], as_of=as_of, **given)
        assert known["n_stories"].sum() == count


@pytest.mark.parametrize("first_seen", ["published", "now"])
def test_days_on_which_clocks_change_end_when_they_do(
    tmp_path: Path, first_seen: Literal["published", "now"]
) -> None:
    days = ["2024-03-09", "2024-03-10", "2024-03-11", "2024-11-02", "2024-11-03", "2024-11-04"]
    rows = [f"Energy {day},Text {number} of energy.,{day}" for number, day in enumerate(days)]
    (tmp_path / "a.csv").write_text("\n".join(["title,text,date", *rows]))
    with Store.open(tmp_path / "world.db") as store:
        now = datetime(2025, 1, 1, tzinfo=UTC)
        archive = tmp_path / "a.csv"
        ingest_archive(store, archive, now=now, timezone=NEW_YORK, first_seen=first_seen)
        with store.connect() as connection:
            a = articles.c
            query = sa.select(a.published_at, a.first_seen_at, DAY_HOURS).order_by(a.published_at)
            found = list(connection.execute(query))
    published, seen, hours = (list(column) for column in zip(*found, strict=True))
    assert hours == [24, 23, 24, 24, 25, 24]
    starts = [pd.Timestamp(day, tz=NEW_YORK) for day in days]
    ends = [to_micros(start + pd.DateOffset(days=1)) - 1 for start in starts]
    first = np.array([to_micros(moment) for moment in seen], np.int64)
    begin = np.array([to_micros(moment) for moment in published], np.int64)
    assert news_at(begin, first, np.array(hours, np.int64)).tolist() == ends
    if first_seen == "published":
        assert first.tolist() == ends


def test_periods_to_come_are_unknown_and_not_without_news(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    items = [Item("a", now - timedelta(days=40), {"energy": opinion(0.4)})]
    path = fill(tmp_path / "world.db", items)
    later = f"{now.year + 9}-01-01"
    table = series(path, groups=["energy"], start=(now - timedelta(days=50)).date(), end=later)
    assert table["period_start"].max() <= pd.Timestamp(now)
    assert len(table) in (50, 51, 52)
    assert series(path, groups=["energy"], start=later).empty


@pytest.mark.parametrize("hour", [9, 23])
def test_a_day_without_a_time_ends_when_its_article_was_seen(tmp_path: Path, hour: int) -> None:
    """A feed that gives only days, read on that day: what was seen was out."""
    day = datetime(2024, 3, 15, tzinfo=UTC)
    seen = day + timedelta(hours=hour)
    path = fill(tmp_path / "world.db", [Item("a", day, {"energy": opinion(0.4)}, seen=seen)])
    with Store.open(path) as store, store.engine.begin() as connection:
        connection.execute(sa.update(articles).values(flags="date_day"))
    table = series(path, groups=["energy"], freq="H")
    assert table["period_start"].tolist() == [pd.Timestamp(seen)]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"timezone": "Mars/Base"}, "unknown time zone 'Mars/Base'"),
        ({"calendar": "XNYZ"}, "near it: XN"),
        ({"calendar": "XNYS", "timezone": "UTC"}, "leave --timezone or --calendar out"),
        ({"freq": "H", "calendar": "XNYS"}, "hours know no calendar"),
        ({"freq": "fortnight"}, "unknown frequency 'fortnight'"),
        ({"window": 1}, "window must lie between 2"),
        ({"half_life_days": "3"}, "half_life_days is a number, not '3'"),
        ({"window": 20.5}, "window is a whole number, not 20.5"),
        ({"freq": 5}, "freq is text, not 5"),
        ({"half_life_days": 0.0}, "half_life_days must lie between"),
        ({"min_periods": 100}, "min_periods (100) is more than window (60)"),
    ],
)
def test_what_contradicts_is_refused(given: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError) as error:
        make_params(load_settings().series, given)
    assert told in str(error.value)


@pytest.mark.parametrize("name", ["hour", "Hourly", "H", "h"])
def test_frequencies_by_any_of_their_names(name: str) -> None:
    assert make_params(load_settings().series, {"freq": name}).freq == "H"


def test_a_calendar_has_no_sessions_before_it_began() -> None:
    with pytest.raises(UsageError, match="has no sessions"):
        periods("1930-01-01", "1930-02-01", freq="S", calendar="XTKS")


@pytest.mark.parametrize("text", ["yesterday", "2024-13-01", "2024-03-01 25:00", ""])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="no date or time"):
        moment_micros(text, "UTC")
