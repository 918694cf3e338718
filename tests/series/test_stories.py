"""Copies of a story: found across titles, cuts and edits, counted once, never confused."""

from __future__ import annotations

import hashlib
import json
import random
import re
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rotascope.linking import assign_stories
from rotascope.similarity import NEIGHBOURS, copies, stack
from rotascope.store import Store
from rotascope.stories import signature
from rotascope.timeseries.api import series
from rotascope_feeds.types import Article
from tests.series.series_quality import CLOSE, EARNINGS, NOTICE, false_copies
from tests.series.worlds import START, Item, fill, opinion, words

GROUPS = ["energy", "utilities", "energy-utilities"]
VALUES = ["score", "lo", "hi", "inflow", "outflow", "net_flow", "attention", "level", "dispersion"]


def same(one: str, other: str) -> bool:
    return len(copies(stack([signature("One title", one), signature("Another", other)]))) == 1


def edited(text: str, share: float, seed: int = 0) -> str:
    chosen = random.Random(seed)
    return " ".join(
        f"x{chosen.randrange(10**6)}" if chosen.random() < share else word for word in text.split()
    )


TEXT = words(1, 400)
PARTS = TEXT.split()


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("the same under another title", TEXT),
        ("other case and punctuation", TEXT.upper().replace(" ", " -- ")),
        ("a dateline before, a notice after", f"NEW YORK Reuters {TEXT} All rights reserved 2024"),
        ("two words in a hundred changed", edited(TEXT, 0.02)),
        ("nine tenths", " ".join(PARTS[:360])),
        ("half", " ".join(PARTS[:200])),
        ("a fifth", " ".join(PARTS[:80])),
        ("the first paragraph alone", " ".join(PARTS[:40])),
        ("the first paragraph cut away", " ".join(PARTS[40:])),
        ("half, and two words in a hundred changed", edited(" ".join(PARTS[:200]), 0.02)),
    ],
)
def test_copies_are_known(name: str, other: str) -> None:
    assert same(TEXT, other), name


@pytest.mark.parametrize("template", [NOTICE, EARNINGS, CLOSE])
def test_texts_of_one_template_are_no_copies(template: str) -> None:
    merged, pairs = false_copies(template, 60)
    assert pairs > 1000
    assert merged == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (words(1), words(2)),
        (f"{words(1, 100)} {words(9, 300)}", f"{words(2, 100)} {words(9, 300)}"),  # shared footer
        ("Stocks close higher on Monday", "Stocks close lower on Monday"),
        (" ".join(PARTS[:10]), " ".join(PARTS[:11])),  # too short to tell
    ],
)
def test_different_articles_are_told_apart(one: str, other: str) -> None:
    assert not same(one, other)


def test_a_signature_is_the_same_on_every_machine() -> None:
    told = "Investors moved out of Technology and into utilities this week."
    made = signature("Title", told)
    assert made == signature("Other", told.replace(" ", " - "))
    digest = hashlib.sha256(made).hexdigest()
    assert digest == "88faf14289303d7484d1fbacb07aa9058fab9e748b85f517f6862a89ed8926ef", (
        "another signature than before: raise SIGNATURE_VERSION"
    )
    assert len(made) == 10 + 2 * 128 + 2 * 64 + 4 * 6
    assert signature("Only a title", "") == signature(None, "Only a title")
    assert signature("", "") == signature(None, " .. ") == b""


def world(copy_items: list[Item]) -> list[Item]:
    story = Item(
        "story",
        START + timedelta(hours=1),
        {"energy": opinion(0.6), "utilities": opinion(-0.2)},
        text=TEXT,
        claims=[("energy", "utilities", "asserted", 0.8)],
    )
    others = [
        Item(
            f"other{n}",
            START + timedelta(days=n // 3, hours=2),
            {"energy": opinion(0.1 * (n % 5) - 0.3), "utilities": opinion(0.05 * n - 0.2)},
            claims=[("utilities", "energy", "asserted", 0.5)],
        )
        for n in range(12)
    ]
    return [story, *others, *copy_items]


def copied(n: int, text: str, score: float, *, days: float = 0.0) -> Item:
    moment = START + timedelta(hours=2, minutes=n, days=days)
    claims = [("energy", "utilities", "asserted", 0.9)]
    scores = {"energy": opinion(score), "utilities": opinion(score)}
    return Item(f"copy{n}", moment, scores, text=text, title=f"Title {n}", claims=claims)


@pytest.mark.parametrize("days", [0.0, 0.1])
def test_thirty_copies_move_nothing(tmp_path: Path, days: float) -> None:
    one = series(fill(tmp_path / "one.db", world([])), groups=GROUPS)
    items = world([copied(n, TEXT, 0.6, days=n * days) for n in range(30)])
    many = series(fill(tmp_path / "many.db", items), groups=GROUPS)
    pd.testing.assert_frame_equal(one[VALUES], many[VALUES], rtol=0, atol=1e-9)
    assert many["n_articles"].sum() > one["n_articles"].sum()
    assert many["n_stories"].tolist() == one["n_stories"].tolist()
    flows_one, flows_many = (
        series(tmp_path / name, what="flows") for name in ("one.db", "many.db")
    )
    kept = ["from", "to", "asserted", "strength", "n_stories", "intensity"]
    pd.testing.assert_frame_equal(flows_one[kept], flows_many[kept], rtol=0, atol=1e-9)


def test_near_copies_move_almost_nothing(tmp_path: Path) -> None:
    near = [edited(" ".join(PARTS[: 400 - 10 * n]), 0.01, n) for n in range(30)]
    one = series(fill(tmp_path / "one.db", world([])), groups=GROUPS)
    items = world([copied(n, text, 0.3) for n, text in enumerate(near)])
    many = series(fill(tmp_path / "many.db", items), groups=GROUPS)
    pd.testing.assert_frame_equal(one[VALUES], many[VALUES], rtol=0, atol=0.02)


def test_a_copy_seen_before_the_original_but_dated_after_it_is_the_copy(tmp_path: Path) -> None:
    early = Item(
        "early", START, {"energy": opinion(0.5)}, text=TEXT, seen=START + timedelta(days=9)
    )
    late = Item("late", START + timedelta(days=3), {"energy": opinion(0.5)}, text=TEXT)
    table = series(fill(tmp_path / "world.db", [late, early]), groups=["energy"])
    assert table["n_stories"].tolist() == [1, 0, 0, 0]
    assert table["n_articles"].tolist() == [1, 0, 0, 1]


def test_the_same_text_a_month_later_is_news_again(tmp_path: Path) -> None:
    items = [
        Item(f"a{n}", START + timedelta(days=30 * n), {"energy": opinion(0.5)}, text=TEXT)
        for n in range(2)
    ]
    table = series(fill(tmp_path / "world.db", items), groups=["energy"], freq="M")
    assert table["n_stories"].tolist() == [1, 1] or table["n_stories"].sum() == 2


def test_an_article_is_no_copy_of_its_own_edit(tmp_path: Path) -> None:
    first = Item("a", START, {"energy": opinion(0.5)}, text=TEXT)
    second = Item(
        "a", START, {"energy": opinion(0.4)}, text=f"{TEXT} more", seen=START + timedelta(1)
    )
    table = series(fill(tmp_path / "world.db", [first, second]), groups=["energy"])
    assert table["n_stories"].tolist() == [1]
    assert table["score"].tolist() == pytest.approx([0.4])


@pytest.mark.data
def test_the_archive_has_copies_and_no_false_ones(data: Path) -> None:
    """Every pair that is called a copy shares most of the shorter text's runs of five words."""
    lines = [
        json.loads(line)
        for year in (2017, 2018)
        for line in (data / f"archive/yahoo_{year}.jsonl").read_text().splitlines()
    ]
    texts = [line["maintext"] or "" for line in lines]
    pairs = copies(stack([signature(None, text) for text in texts]))
    assert len(pairs) >= 30

    def runs(text: str) -> set[tuple[str, ...]]:
        parts = re.findall(r"\w+", text.casefold())
        return {tuple(parts[at : at + 5]) for at in range(len(parts) - 4)}

    shares = []
    for one, other in pairs.tolist():
        a, b = runs(texts[one]), runs(texts[other])
        shares.append(len(a & b) / min(len(a), len(b)))
    assert min(shares) > 0.75


def test_links_of_articles_as_ingest_stores_them(tmp_path: Path) -> None:
    def article(name: str, text: str) -> Article:
        url = f"https://{name}.example/story"
        moment = datetime.fromisoformat("2024-05-01T10:00+00:00")
        return Article(None, name, url, url, f"On {name}", text, "page", moment, moment)

    with Store.open(tmp_path / "store.db") as store:
        store.add_articles(
            [article("a", TEXT), article("b", TEXT), article("c", words(2))],
            signature=lambda text: signature(None, text),
        )
        assert assign_stories(store) == []
        with store.connect() as connection:
            rows = connection.exec_driver_sql("SELECT version_id, key FROM story_keys").fetchall()
    linked = {version for version, _ in rows}
    assert len(linked) == 2
    assert len({key for _, key in rows}) == len(rows) // 2


def test_many_texts_that_share_an_opening_are_compared_but_not_merged() -> None:
    opening = words(5, 30)
    texts = [signature(None, f"{opening} {words(100 + n, 200)}") for n in range(40)]
    assert len(copies(stack(texts))) == 0
    assert np.array_equal(copies(stack([texts[0], texts[0]])), [[0, 1]])


def test_a_crowd_of_copies_costs_little_and_is_one_story() -> None:
    """A feed of thousands of notices that differ in a number: not every pair is compared."""
    texts = [f"{TEXT} Note {number}." for number in range(400)]
    pairs = copies(stack([signature(None, text) for text in texts]))
    assert len(pairs) <= 2 * NEIGHBOURS * len(texts)
    together = np.arange(len(texts))
    for first, second in pairs.tolist():
        together[together == together[second]] = together[first]
    assert len(set(together.tolist())) == 1


def test_copies_are_found_in_a_crowd_of_one_template() -> None:
    """However far apart they stand in it."""
    template = words(5, 120)
    texts = [f"{template} {words(100 + n, 80)}" for n in range(200)]
    pairs = copies(stack([signature(None, text) for text in [*texts, *texts[:20]]]))
    found = {(first, second) for first, second in pairs.tolist()}
    assert {(n, 200 + n) for n in range(20)} <= found
