"""Nothing that came later changes what was: the promise that the whole series rests on."""

from __future__ import annotations

import random
import tempfile
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rotascope.export import write_stream
from rotascope.store import Store
from rotascope.timeseries.api import series
from tests.series.worlds import START, Item, fill, opinion, random_items, words

GROUPS = ["sectors", "value", "growth", "NVDA", "value-growth"]


def made(items: list[Item], **options: object) -> pd.DataFrame:
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder) / "world.db", items)
        return series(Path(folder) / "world.db", groups=GROUPS, **options)


def as_bytes(table: pd.DataFrame) -> bytes:
    with tempfile.TemporaryFile() as stream:
        write_stream(table, stream, name="csv")
        stream.seek(0)
        return stream.read()


worlds = st.builds(random_items, st.integers(0, 10**6), st.integers(2, 25), pool=st.integers(1, 12))


@settings(max_examples=10, deadline=None)
@given(worlds, st.integers(1, 11), st.sampled_from(["D", "H", "W", "S"]))
def test_articles_dated_later_change_no_earlier_point(
    items: list[Item], days: int, freq: str
) -> None:
    cut = pd.Timestamp(START + timedelta(days=days))
    everything = made(items, freq=freq)
    # Whole periods only: a week that holds the cut has articles on both sides of it.
    ended = everything.loc[everything["period_end"] <= cut, "period_end"]
    if ended.empty:
        return
    last = ended.max()
    early = [item for item in items if pd.Timestamp(item.published) < last]
    if not early:
        return
    before = made(early, freq=freq)
    shown = everything["period_end"] <= before["period_end"].max()
    assert as_bytes(everything[shown]) == as_bytes(before)


@settings(max_examples=10, deadline=None)
@given(worlds, st.integers(0, 14 * 24), st.sampled_from(["points", "flows"]))
def test_an_as_of_export_is_the_same_then_and_now(items: list[Item], hours: int, what: str) -> None:
    moment = START + timedelta(hours=hours)
    seen = [item for item in items if item.seen_at <= moment]
    if not seen:
        return
    then = made(seen, as_of=moment, what=what)
    now = made(items, as_of=moment, what=what)
    assert as_bytes(then) == as_bytes(now)
    assert then.attrs["metadata"] == now.attrs["metadata"]


@settings(max_examples=10, deadline=None)
@given(worlds, st.integers(0, 10**6), st.sampled_from(["points", "flows"]))
def test_the_order_of_ingestion_changes_no_byte(items: list[Item], seed: int, what: str) -> None:
    shuffled = random.Random(seed).sample(items, len(items))
    assert as_bytes(made(items, what=what)) == as_bytes(made(shuffled, what=what))


@pytest.mark.parametrize("what", ["points", "flows"])
def test_stories_linked_as_they_come_or_at_once(tmp_path: Path, what: str) -> None:
    items = random_items(7, 60, pool=20)
    at_once = fill(tmp_path / "once.db", items)
    as_they_come = tmp_path / "come.db"
    for start in range(0, 60, 7):
        fill(as_they_come, items[start : start + 7])
        series(as_they_come)  # links what is new
    assert as_bytes(series(at_once, what=what)) == as_bytes(series(as_they_come, what=what))


def test_a_read_only_store_gives_the_same_series(tmp_path: Path) -> None:
    path = fill(tmp_path / "world.db", random_items(3, 40, pool=10))
    with Store.open(path, read_only=True) as store:
        unlinked = as_bytes(series(store))
    assert unlinked == as_bytes(series(path))


def test_an_edit_shows_only_from_when_it_was_seen(tmp_path: Path) -> None:
    first = Item("a", START, {"energy": opinion(0.5)}, text=words(1))
    edited = Item(
        "a", START, {"energy": opinion(-0.5)}, seen=START + timedelta(days=2), text=words(2)
    )
    path = fill(tmp_path / "world.db", [first, edited])
    known = series(path, groups=["energy"], as_of=START + timedelta(days=1))
    assert known["score"].tolist() == pytest.approx([0.5])
    assert series(path, groups=["energy"])["score"].tolist() == pytest.approx([-0.5])


def test_where_the_window_begins_changes_no_point(tmp_path: Path) -> None:
    path = fill(tmp_path / "world.db", random_items(5, 60, days=40))
    whole = series(path, groups=["energy", "value-growth"])
    part = series(path, groups=["energy", "value-growth"], start="2024-01-20", end="2024-01-31")
    inside = whole["period"].between("2024-01-20", "2024-01-31")
    assert len(part) == 24
    assert as_bytes(whole[inside]) == as_bytes(part)
