"""Versions of an article in an archive: which is the current one, in whatever order they come."""

from __future__ import annotations

from datetime import datetime
from itertools import permutations
from typing import Any

import pytest
import sqlalchemy as sa
from store_factory import HOUR, T0, analysis, article, revision

from rotascope.linking import assign_stories
from rotascope.store import Added, Store
from rotascope.store.schema import articles, story_keys, text_versions
from rotascope_feeds.types import Article

DAY = 24 * HOUR
NOW = T0 + 1000 * DAY
TICK = datetime.resolution


def rows(store: Store, table: sa.Table) -> list[Any]:
    with store.connect() as connection:
        return list(connection.execute(sa.select(table)))


def versions(store: Store) -> list[tuple[str, datetime]]:
    """Texts in the order in which they count as seen."""
    found = [(row.text, row.seen_at) for row in rows(store, text_versions)]
    return sorted(found, key=lambda one: one[1])


def old(text: str, published: datetime, **changes: Any) -> Article:
    fields: dict[str, Any] = {"feed_url": None, "text_source": "archive", "seen_at": NOW}
    return article(1, text=text, published_at=published, **(fields | changes))


ONE, TWO, THREE = old("One.", T0), old("Two.", T0 + DAY), old("Three.", T0 + 2 * DAY)


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("order", list(permutations((ONE, TWO, THREE))))
def test_an_archive_may_be_in_any_order(
    store: Store, order: tuple[Article, ...], at_once: bool
) -> None:
    """The newest text is the current one, and the dates are those of the oldest."""
    batches = [order] if at_once else [[item] for item in order]
    for batch in batches:
        store.add_articles(batch, first_seen="published")
    expected = [("One.", T0), ("Two.", T0 + DAY), ("Three.", T0 + 2 * DAY)]
    (row,) = rows(store, articles)
    assert versions(store) == expected
    assert row.published_at == row.first_seen_at == T0
    for batch in batches:
        assert store.add_articles(batch, first_seen="published") == Added(unchanged=len(batch))
    assert (versions(store), rows(store, articles)) == (expected, [row])


def test_versions_of_one_date_stand_in_their_order_before_what_is_later(store: Store) -> None:
    later, changed = old("Updated.", T0 + HOUR), old("Changed.", T0)
    batch = [later, ONE, changed]
    assert store.add_articles(batch, first_seen="published") == Added(new=1, updated=2)
    expected = [("One.", T0), ("Changed.", T0 + TICK), ("Updated.", T0 + HOUR)]
    assert versions(store) == expected
    assert store.add_articles(batch, first_seen="published") == Added(unchanged=3)
    assert versions(store) == expected


def test_a_text_that_changed_since_the_last_import_without_a_new_date_is_an_edit_of_today(
    store: Store,
) -> None:
    store.add_articles([ONE], first_seen="published")
    store.add_articles([old("Changed.", T0)], first_seen="published")
    assert versions(store) == [("One.", T0), ("Changed.", NOW)]


@pytest.mark.parametrize(
    ("source", "expected"), [("page", ["One.", "Fed."]), ("summary", ["Fed.", "One."])]
)
def test_an_older_text_of_an_archive_is_no_edit_of_what_a_feed_gave(
    store: Store, source: str, expected: list[str]
) -> None:
    """Unless it is the richer one; and what the feed said of the dates stays."""
    store.add_articles([article(1, text="Fed.", text_source=source, seen_at=T0 + 5 * DAY)])
    before = rows(store, articles)
    store.add_articles([ONE], first_seen="published")
    assert [text for text, _ in versions(store)] == expected
    assert rows(store, articles) == before


@pytest.mark.parametrize(
    "first", [{"seen_at": T0 + 9 * DAY}, {"seen_at": T0 + 9 * DAY, "arrived": True}]
)
def test_dates_of_an_arrival_or_an_import_are_kept(store: Store, first: dict[str, Any]) -> None:
    """`--first-seen now` and a column of arrivals say when a text was there, and not before."""
    arrived = "arrived" in first
    batch = [old("Two.", T0 + DAY, **first)]
    store.add_articles(batch, first_seen="published" if arrived else "now")
    before = rows(store, articles)
    store.add_articles([ONE], first_seen="published")
    assert rows(store, articles) == before
    assert versions(store)[-1][0] == "Two."


def test_earlier_dates_are_followed_by_copies_and_analyses(store: Store) -> None:
    """Both go by the day of publication."""

    def add(*batch: Article) -> None:
        store.add_articles(batch, first_seen="published", signature=lambda _: b"")

    add(TWO, old("Two.", T0 + 2 * DAY, canonical_url="https://news.test/2"))
    store.save_revision(revision(), T0)
    results = [(version, analysis()) for version, *_ in store.pending("rev-1")]
    store.save_analyses("rev-1", results, T0)
    assign_stories(store)
    with store.engine.begin() as connection:
        connection.execute(sa.insert(story_keys).values(version_id=results[0][0], key=7))
    add(old("Two.", T0))
    assert [version for version, *_ in store.pending("rev-1")] == [results[0][0]]
    linked = {row.id: row.linked for row in rows(store, text_versions)}
    assert linked == {results[0][0]: False, results[1][0]: True}
    assert rows(store, story_keys) == []
