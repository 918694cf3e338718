"""Which articles are the same, what is an edit, and which times are kept."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
import sqlalchemy as sa
from store_factory import HOUR, T0, article

from rotascope.store import Added, Store
from rotascope.store.articles import article_key
from rotascope.store.schema import articles, text_versions
from rotascope_feeds.types import DATE_DAY, rest_of_day

DAY = timedelta(days=1)


def rows(store: Store, table: sa.Table) -> list[Any]:
    with store.connect() as connection:
        return list(connection.execute(sa.select(table).order_by(table.c.id)))


def test_ingesting_twice_adds_nothing(store: Store) -> None:
    batch = [article(n) for n in range(3)]
    assert store.add_articles(batch) == Added(new=3)
    before = rows(store, articles), rows(store, text_versions)
    assert store.add_articles(batch) == Added(unchanged=3)
    assert (rows(store, articles), rows(store, text_versions)) == before


def test_what_is_kept(store: Store) -> None:
    store.add_articles([article(1, flags=("date_naive",))], signature=lambda text: text.encode())
    (row,), (version,) = rows(store, articles), rows(store, text_versions)
    assert row.key == article_key(article(1))
    assert (row.url, row.canonical_url) == ("https://news.test/1?ref=rss", "https://news.test/1")
    assert (row.published_at, row.first_seen_at) == (T0, T0 + HOUR)
    assert (row.publisher, row.language, row.flags) == ("Test Press", "en", "date_naive")
    assert (version.title, version.text) == ("Title 1", "Text of article 1.")
    assert (version.seen_at, version.text_source) == (T0 + HOUR, "page")
    assert version.signature == b"Text of article 1."


def test_an_edit_adds_a_version_and_keeps_the_first_dates(store: Store) -> None:
    store.add_articles([article(1)])
    edited = article(1, text="Corrected.", seen_at=T0 + DAY, published_at=T0 + HOUR)
    assert store.add_articles([edited]) == Added(updated=1)
    (row,) = rows(store, articles)
    assert (row.published_at, row.first_seen_at) == (T0, T0 + HOUR)
    assert [(v.text, v.seen_at) for v in rows(store, text_versions)] == [
        ("Text of article 1.", T0 + HOUR),
        ("Corrected.", T0 + DAY),
    ]


def test_an_edit_taken_back_is_an_edit_too(store: Store) -> None:
    texts = ["One.", "Two.", "One."]
    outcomes = [
        store.add_articles([article(1, text=text, seen_at=T0 + n * DAY)])
        for n, text in enumerate(texts, 1)
    ]
    assert outcomes == [Added(new=1), Added(updated=1), Added(updated=1)]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({"feed_url": "https://feed.test/b", "entry_id": "x"}, True),  # the URL tells
        ({"canonical_url": None, "url": None}, True),  # feed and entry tell
        ({"canonical_url": "https://news.test/moved"}, True),  # an entry that moved
        ({"canonical_url": "https://news.test/2", "entry_id": "y"}, False),
        ({"canonical_url": None, "feed_url": "https://feed.test/b"}, False),
    ],
)
def test_identity(store: Store, other: dict[str, Any], same: bool) -> None:
    store.add_articles([article(1)])
    assert store.add_articles([article(1, **other)]) == Added(new=not same, unchanged=same)


def test_identity_within_one_batch(store: Store) -> None:
    twice = [article(1), article(1, feed_url="https://feed.test/b", entry_id="z"), article(1)]
    assert store.add_articles(twice) == Added(new=1, unchanged=2)


def test_without_url_and_feed_the_content_tells(store: Store) -> None:
    bare = {"canonical_url": None, "url": None, "feed_url": None}
    first, second = article(1, **bare, text="A."), article(1, **bare, text="B.")
    assert store.add_articles([first, second]) == Added(new=2)
    assert store.add_articles([second, first]) == Added(unchanged=2)


def test_two_feeds_that_word_one_article_differently_settle(store: Store) -> None:
    one = article(1, text="Wording one.", text_source="summary")
    two = article(1, text="Wording two.", text_source="summary", feed_url="https://b.test/")
    total: Counter[str] = Counter()
    for round_ in range(1, 6):
        for item in (one, two):
            seen = {"seen_at": T0 + round_ * DAY}
            added = store.add_articles([article(1, **_fields(item), **seen)])
            total.update(new=added.new, updated=added.updated)
    assert total["new"] == 1
    assert total["updated"] <= 2


def _fields(item: Any) -> dict[str, Any]:
    return {name: getattr(item, name) for name in ("text", "text_source", "feed_url")}


def test_a_poorer_text_does_not_replace_a_richer_one(store: Store) -> None:
    store.add_articles([article(1, text_source="page")])
    poorer = article(1, text="Only the summary.", text_source="summary", seen_at=T0 + DAY)
    assert store.add_articles([poorer]) == Added(unchanged=1)
    richer = article(2, text="Only the summary.", text_source="summary")
    store.add_articles([richer])
    assert store.add_articles([article(2, seen_at=T0 + DAY)]) == Added(updated=1)


@pytest.mark.parametrize(
    ("published", "kept", "flag"),
    [
        (None, T0 + HOUR, "date_missing"),
        (T0 + DAY, T0 + HOUR, "date_future"),
        (T0 + HOUR, T0 + HOUR, ""),
        (T0, T0, ""),
    ],
)
def test_dates_are_mended_and_flagged(store: Store, published: Any, kept: Any, flag: str) -> None:
    store.add_articles([article(1, published_at=published)])
    (row,) = rows(store, articles)
    assert (row.published_at, row.first_seen_at, row.flags) == (kept, T0 + HOUR, flag)


def test_archives_count_as_seen_when_published(store: Store) -> None:
    now = T0 + 1000 * DAY
    store.add_articles([article(1, seen_at=now)], first_seen="published")
    (row,), (version,) = rows(store, articles), rows(store, text_versions)
    assert row.published_at == row.first_seen_at == version.seen_at == T0


@pytest.mark.parametrize(("later", "seen"), [(1000 * DAY, rest_of_day([DATE_DAY])), (HOUR, HOUR)])
def test_an_archive_that_tells_only_the_day_is_seen_at_its_end(
    store: Store, later: timedelta, seen: timedelta
) -> None:
    """Else an as-of of that noon would show what was published in the evening."""
    only_day = article(1, seen_at=T0 + later, flags=("date_day",))
    store.add_articles([only_day], first_seen="published")
    (row,), (version,) = rows(store, articles), rows(store, text_versions)
    assert row.published_at == T0
    assert row.first_seen_at == version.seen_at == T0 + seen


def test_an_archive_with_two_versions_of_an_article_adds_nothing_the_second_time(
    store: Store,
) -> None:
    batch = [article(1, text="One.", text_source="archive"), article(1, text_source="archive")]
    assert store.add_articles(batch, first_seen="published") == Added(new=1, updated=1)
    assert store.add_articles(batch, first_seen="published") == Added(unchanged=2)


def test_two_edits_at_one_moment_are_both_kept(store: Store) -> None:
    for text in ("One.", "Two.", "Three."):
        store.add_articles([article(1, text=text)])
    versions = rows(store, text_versions)
    assert [version.text for version in versions] == ["One.", "Two.", "Three."]
    assert len({version.seen_at for version in versions}) == 3


def test_keys_do_not_depend_on_the_order(store: Store) -> None:
    batch = [article(n) for n in range(3)]
    expected = {article_key(item) for item in batch}
    for order in permutations(batch):
        store.add_articles(order)
    assert {row.key for row in rows(store, articles)} == expected
    assert all(len(key) == 16 and int(key, 16) >= 0 for key in expected)


def test_text_that_no_database_takes(store: Store) -> None:
    odd = article(1, title="nul \0 here", text="half a pair \ud83d, whole \U0001f600")
    assert store.add_articles([odd]) == Added(new=1)
    (version,) = rows(store, text_versions)
    assert version.title == "nul \ufffd here"
    assert version.text == "half a pair \ufffd, whole \U0001f600"
    assert store.add_articles([odd]) == Added(unchanged=1)


def test_a_batch_is_stored_whole_or_not_at_all(store: Store) -> None:
    def fails_on_three(text: str) -> bytes:
        if "3" in text:
            raise RuntimeError("no signature")
        return b""

    with pytest.raises(RuntimeError, match="no signature"):
        store.add_articles([article(n) for n in range(5)], signature=fails_on_three)
    assert rows(store, articles) == rows(store, text_versions) == []


def test_more_articles_than_a_statement_takes_values(store: Store) -> None:
    many = [article(n) for n in range(1200)]
    assert store.add_articles(many) == Added(new=1200)
    assert store.add_articles(many) == Added(unchanged=1200)


def test_an_empty_batch(store: Store) -> None:
    assert store.add_articles([]) == Added()
