"""What was known when: whatever arrives after a moment changes no byte of the series as of then."""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from rotascope.errors import UsageError
from rotascope.store import Store
from rotascope.store.schema import feeds
from rotascope.timeseries.api import series
from tests.series.test_causal import as_bytes
from tests.series.worlds import START, Item, fill, opinion, random_items, words

FORMS: list[dict[str, object]] = [
    {"groups": "all"},
    {"groups": "all", "freq": "S"},
    {"groups": "all", "freq": "W", "timezone": "Pacific/Auckland"},
    {"groups": "tickers,sectors", "freq": "H"},
    {"groups": "sectors,NVDA", "wide": True, "values": "all", "freq": "W", "calendar": "XNYS"},
    {"groups": "tickers,pairs", "wide": True},
    {"what": "flows"},
    {"what": "flows", "freq": "M", "groups": "energy"},
    {"what": "flows", "wide": True, "timezone": "America/New_York"},
]


def changing_world(seed: int) -> list[Item]:
    """Articles that come late, are edited (into copies of others, too) and are cut; in order of
    sight, as a store meets them."""
    chosen = random.Random(seed)
    items = random_items(seed, chosen.randrange(3, 18), days=9, pool=chosen.randrange(1, 10))
    more = []
    for item in items:
        if chosen.random() < 0.4:
            text = chosen.choice((words(seed + 1), item.text or "", (item.text or "")[:400]))
            later = item.seen_at + timedelta(hours=chosen.choice((1, 20, 70, 200)))
            scores = {group: opinion(chosen.uniform(-0.7, 0.7)) for group in ("energy", "value")}
            more.append(replace(item, seen=later, text=text, scores=scores, claims=()))
    return sorted([*items, *more], key=lambda item: item.seen_at)


def made(items: list[Item], **options: object) -> pd.DataFrame:
    with tempfile.TemporaryDirectory() as folder:
        return series(fill(Path(folder) / "world.db", items), **options)  # type: ignore[arg-type]


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 20 * 24), st.sampled_from(FORMS))
def test_what_arrives_later_changes_no_byte_as_of_then(
    seed: int, hours: int, form: dict[str, object]
) -> None:
    items = changing_world(seed)
    moment = START + timedelta(hours=hours)
    seen = [item for item in items if item.seen_at <= moment]
    if not seen:
        return
    then, now = (made(world, as_of=moment, **form) for world in (seen, items))
    assert as_bytes(then) == as_bytes(now)
    assert then.attrs["metadata"] == now.attrs["metadata"]


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(FORMS[:3] + FORMS[6:8]))
def test_period_end_is_every_period_as_of_its_own_end(seed: int, form: dict[str, object]) -> None:
    """Against the plain way: one series as of each end, of which the one row is kept."""
    with tempfile.TemporaryDirectory() as folder:
        path = fill(Path(folder) / "world.db", changing_world(seed))
        latest = series(path, **form)  # type: ignore[arg-type]
        found = series(path, as_of="period-end", **form)  # type: ignore[arg-type]
        assert found.dtypes.tolist() == latest.dtypes.tolist()
        assert found.attrs["metadata"]["as_of"] == "period-end"
        points = form.get("what") != "flows"
        for end, rows in found.groupby("period_end"):
            try:
                known = series(path, as_of=end - pd.Timedelta("1us"), **form)  # type: ignore[arg-type]
            except Exception:
                assert points
                assert rows["n_articles"].sum() == 0
                continue
            then = known[known["period_end"] == end]
            if len(then):
                assert as_bytes(then) == as_bytes(rows)
            else:  # the period had no article yet, so that the plain series ended before it
                assert points
                assert rows["n_articles"].sum() == 0


@pytest.mark.parametrize("what", ["points", "flows"])
def test_period_end_reads_the_store_twice_however_many_periods_changed(
    tmp_path: Path, what: str
) -> None:
    path = fill(tmp_path / "world.db", random_items(3, 60))
    with Store.open(path) as store:
        reads: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            if "FROM group_scores" in statement and "DISTINCT" not in statement:
                reads.append(statement)

        sa.event.listen(store.engine, "before_cursor_execute", note)
        hours = series(store, what=what, freq="H", as_of="period-end")  # type: ignore[arg-type]
    assert len(hours)
    assert len(reads) == 2


def test_period_end_of_mixed_revisions_is_every_period_as_of_its_own_end(tmp_path: Path) -> None:
    items = sorted(random_items(11, 40), key=lambda item: item.seen_at)
    half = len(items) // 2
    path = fill(tmp_path / "world.db", items[:half])
    fill(path, items[half:], revision="bbbbbbbbbbbb")
    options = {"groups": "all", "revision": "mixed"}
    found = series(path, as_of="period-end", **options)  # type: ignore[arg-type]
    assert found["revision"].nunique() > 1
    compared = 0
    for end, rows in found.groupby("period_end"):
        if rows["n_articles"].sum():
            known = series(path, as_of=end - pd.Timedelta("1us"), **options)  # type: ignore[arg-type]
            assert as_bytes(known[known["period_end"] == end]) == as_bytes(rows)
            compared += 1
    assert compared > 3


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 12), st.sampled_from(FORMS[:3] + FORMS[6:7]))
def test_period_end_never_changes_once_the_period_is_over(
    seed: int, days: int, form: dict[str, object]
) -> None:
    items = changing_world(seed)
    moment = START + timedelta(days=days)
    seen = [item for item in items if item.seen_at <= moment]
    if not seen:
        return
    then, now = (made(world, as_of="period-end", **form) for world in (seen, items))
    then = then[then["period_end"] <= pd.Timestamp(moment)]
    if len(then):
        over = now["period_end"].between(then["period_end"].min(), then["period_end"].max())
        assert as_bytes(now[over]) == as_bytes(then)


def test_period_end_leaves_out_the_late_and_the_edit(tmp_path: Path) -> None:
    noon = START + timedelta(hours=12)
    path = fill(
        tmp_path / "world.db",
        [
            Item("in time", noon, {"energy": opinion(0.4)}),
            Item("late", noon, {"energy": opinion(-0.6)}, seen=noon + timedelta(days=1)),
            Item("edited", noon, {"value": opinion(0.2)}, text=words(3)),
            Item("edited", noon, {"value": opinion(0.7)}, seen=noon + timedelta(2), text=words(4)),
            Item("at the end", noon, {"growth": opinion(0.5)}, seen=START + timedelta(days=1)),
            Item("next", noon + timedelta(days=1), {"energy": opinion(0.1)}),
        ],
    )
    asked = ["energy", "value", "growth"]
    latest, first = (
        series(path, groups=asked, as_of=as_of).pivot(index="group", columns="period")
        for as_of in (None, "period-end")
    )
    day, next_day = (START.replace(tzinfo=None) + timedelta(days=n) for n in (0, 1))
    assert latest["score"].loc["value", day] == pytest.approx(0.7)
    assert first["score"].loc["value", day] == pytest.approx(0.2)
    assert latest["n_articles"].loc["energy", day] == 2
    assert first["n_articles"].loc["energy", day] == 1
    assert first["n_articles"].loc["growth", day] == 0
    # By the end of the next day the late one was known: it moves the level, not the past.
    assert first["level"].loc["energy", next_day] == latest["level"].loc["energy", next_day]
    assert first["level"].loc["energy", day] != latest["level"].loc["energy", day]


def test_what_was_seen_at_that_very_moment_is_known(tmp_path: Path) -> None:
    seen = START + timedelta(hours=9)
    items = [
        Item("before", START, {"energy": opinion(0.4)}, seen=seen - timedelta(hours=1)),
        Item("then", START, {"energy": opinion(0.4)}, seen=seen),
    ]
    path = fill(tmp_path / "world.db", items)
    for as_of, count in ((seen, 2), (seen - timedelta(microseconds=1), 1)):
        known = series(path, groups=["energy"], as_of=as_of)
        assert known["n_articles"].sum() == count


def test_nothing_known_at_a_period_s_end_is_no_error(tmp_path: Path) -> None:
    item = Item("late", START, {"energy": opinion(0.4)}, seen=START + timedelta(days=3))
    path = fill(tmp_path / "world.db", [item])
    table = series(path, groups=["energy"], as_of="period-end")
    assert table["n_articles"].tolist() == [0]
    assert table["score"].isna().all()
    assert len(series(path, what="flows", as_of="period-end")) == 0


def test_what_was_not_yet_is_unknown_rather_than_without_news(tmp_path: Path) -> None:
    path = fill(tmp_path / "world.db", random_items(3, 30, days=5))
    known = series(path, groups=["energy"], as_of="2024-01-03", end="2024-02-01")
    assert known["period"].max() == pd.Timestamp("2024-01-03")
    later = series(path, groups="energy,value-growth", as_of="2024-01-03", start="2024-02-01")
    assert len(later) == 0
    assert list(later.columns) == list(known.columns)
    assert later.dtypes.tolist() == known.dtypes.tolist()


def labels(path: Path, **options: object) -> list[str]:
    found = series(path, groups=["energy"], **options)  # type: ignore[arg-type]
    return [f"{label:%Y-%m-%d}" for label in found["period"]]


@pytest.mark.parametrize(
    ("options", "last"),
    [
        ({"as_of": "2024-01-10"}, "2024-01-10"),
        ({"as_of": "2024-01-10", "end": "2024-01-08"}, "2024-01-08"),
        ({"as_of": "2024-01-10T23:00"}, "2024-01-09"),  # the 10th is not over
        ({"as_of": "2024-01-01T23:00"}, "2024-01-01"),  # nor is the 1st, but it has news
        ({"as_of": "2024-01-20T12:00", "freq": "W"}, "2024-01-08"),
        ({"as_of": "2024-01-21", "freq": "W"}, "2024-01-15"),
        ({"as_of": "2024-01-13", "freq": "S"}, "2024-01-12"),  # a Saturday: Monday's is not over
        ({}, "2024-01-01"),  # nobody knows whether there was none
    ],
)
def test_days_without_news_are_listed_up_to_the_as_of(
    tmp_path: Path, options: dict[str, object], last: str
) -> None:
    path = fill(tmp_path / "world.db", [Item("a", START, {"energy": opinion(0.5)})])
    assert labels(path, **options)[-1] == last


def test_quiet_days_fade_the_level_and_have_no_score(tmp_path: Path) -> None:
    path = fill(tmp_path / "world.db", [Item("a", START, {"energy": opinion(0.5)})])
    found = series(path, groups=["energy"], as_of="2024-01-04")
    assert found["n_stories"].tolist() == [1, 0, 0, 0]
    assert found["score"].isna().tolist() == [False, True, True, True]
    assert (found["level"].diff().dropna() < 0).all()
    flows = series(path, what="flows", wide=True, as_of="2024-01-04")
    assert len(flows) == 4


def test_an_as_of_to_come_lists_no_day_to_come(tmp_path: Path) -> None:
    start = datetime.now(UTC) - timedelta(days=3)
    path = fill(tmp_path / "world.db", [Item("a", start, {"energy": opinion(0.5)})])
    assert len(labels(path, as_of="2199-12-31")) == 3


@pytest.mark.parametrize("as_of", [None, "period-end"])
def test_without_an_as_of_days_are_listed_until_a_feed_was_read_last(
    tmp_path: Path, as_of: str | None
) -> None:
    path = fill(tmp_path / "world.db", [Item("a", START, {"energy": opinion(0.5)})])
    read = START + timedelta(days=4)
    feed = {"url": "https://news.example/feed", "added_at": START, "last_success_at": read}
    with Store.open(path) as store, store.engine.begin() as connection:
        connection.execute(sa.insert(feeds), feed)
    days = [f"2024-01-0{day}" for day in range(1, 5)]
    assert labels(path, as_of=as_of) == days
    assert labels(path, as_of=as_of, start="2024-01-03") == days[2:]
    fill(path, [Item("b", read, {"energy": opinion(0.5)})])  # the day is not over, but has news
    assert labels(path, as_of=as_of) == [*days, "2024-01-05"]


@pytest.mark.parametrize(("what", "wide"), [("points", True), ("flows", True), ("flows", False)])
def test_an_empty_table_has_its_columns(tmp_path: Path, what: str, wide: bool) -> None:
    path = fill(tmp_path / "world.db", random_items(3, 30, days=5))
    options = {"what": what, "wide": wide, "groups": ["energy", "NVDA"], "as_of": "2024-01-03"}
    full, empty = series(path, **options), series(path, **options, start="2024-02-01")  # type: ignore[arg-type]
    assert len(empty) == 0
    pairs = [name for name in full.columns if "->" in name]  # of which an empty table knows none
    expected = full.iloc[:0].drop(columns=pairs)
    assert list(empty.columns) == list(expected.columns)
    assert empty.dtypes.tolist() == expected.dtypes.tolist()
    assert as_bytes(empty)


def test_a_family_s_tickers_are_the_same_wherever_the_window_begins(tmp_path: Path) -> None:
    first = Item("a", START, {"NVDA": opinion(0.4)}, tickers=frozenset({"NVDA"}))
    path = fill(
        tmp_path / "world.db", [first, Item("b", START + timedelta(5), {"energy": opinion(0.1)})]
    )
    whole = series(path, groups=["tickers"])
    part = series(path, groups=["tickers"], start="2024-01-03")
    assert as_bytes(whole[whole["period"] >= "2024-01-03"]) == as_bytes(part)
    assert len(part) == 4


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [("2024", "2024", 366), ("2024-W10", "2024-W11", 14), ("2024-02", "2024-02", 29)],
)
def test_a_year_a_week_or_a_month_means_all_of_it(
    tmp_path: Path, start: str, end: str, count: int
) -> None:
    path = fill(tmp_path / "world.db", [Item("a", START, {"energy": opinion(0.1)})])
    assert len(series(path, groups=["energy"], start=start, end=end)) == count


@pytest.mark.parametrize("name", ["tech", "XLK", "chipmakers", "tech-energy"])
def test_a_word_or_fund_is_answered_with_what_it_stands_for(tmp_path: Path, name: str) -> None:
    """`tech` also spells the symbol TECH of a company of which nobody thinks here."""
    item = Item(
        "a", datetime(2024, 1, 1, tzinfo=UTC), {"TECH": opinion(0.1)}, tickers=frozenset({"TECH"})
    )
    path = fill(tmp_path / "world.db", [item])
    with pytest.raises(UsageError, match="it stands for information_technology: ask for that"):
        series(path, groups=[name])
    assert series(path, groups=["TECH"])["kind"].tolist() == ["ticker"]
