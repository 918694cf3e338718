"""The backlog, analyses of several revisions side by side, feeds and what is told of it all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from store_factory import HOUR, T0, analysis, article, revision

from rotascope.errors import StoreError, UsageError
from rotascope.store import Added, Store, backlog
from rotascope.store.analyses import FAILING
from rotascope.store.info import Pulse
from rotascope.store.revisions import Used, choose
from rotascope.store.schema import analyses, articles, evidence, flows, group_scores, text_versions
from rotascope_feeds.types import FeedResult, FeedSource, FeedState, SeenEntry


def rows(store: Store, table: sa.Table) -> list[Any]:
    with store.connect() as connection:
        return list(connection.execute(sa.select(table)))


def analyse_all(store: Store, id_: str = "rev-1", *, again: bool = False) -> int:
    store.save_revision(revision(id_), T0)
    found = list(store.pending(id_, again=again))
    store.save_analyses(id_, [(version, analysis(id_=id_)) for version, *_ in found], T0)
    return len(found)


def test_an_analysis_is_stored_with_all_that_hangs_on_it(store: Store) -> None:
    store.add_articles([article(1)])
    assert analyse_all(store) == 1
    (row,) = rows(store, analyses)
    assert (row.revision_id, row.analyzed_at, row.sentences) == ("rev-1", T0, 1)
    assert (row.negative, row.neutral, row.positive) == (0.125, 0.5, 0.375)
    assert (row.intensity, row.error) == (0.5, None)
    assert {(g.group_id, g.kind, g.mentions) for g in rows(store, group_scores)} == {
        ("energy", "sector", 2),
        ("XOM", "ticker", 1),
    }
    assert [(e.ordinal, e.source, e.weight, e.symbol) for e in rows(store, evidence)] == [
        (0, "mention", 0.6, "XOM"),
        (1, "flow", 0.4, None),
    ]
    (flow,) = rows(store, flows)
    assert (flow.from_group, flow.to_group, flow.status) == ("energy", None, "denied")
    assert (flow.attributed, flow.start, flow.end) == (True, 0, 5)


def test_children_belong_to_their_own_analysis(store: Store) -> None:
    store.add_articles([article(n) for n in range(20)])
    versions = [version for version, *_ in store.pending("rev-1")]
    store.save_revision(revision(), T0)
    results = [(version, analysis(version / 100)) for version in versions]
    store.save_analyses("rev-1", results, T0)
    with store.connect() as connection:
        pairs = connection.execute(
            sa.select(analyses.c.version_id, group_scores.c.positive)
            .join(group_scores, group_scores.c.analysis_id == analyses.c.id)
            .where(group_scores.c.group_id == "energy")
        ).all()
    assert {tuple(pair) for pair in pairs} == {(v, 0.25 + v / 400) for v in versions}


def test_revisions_stand_side_by_side(store: Store) -> None:
    store.add_articles([article(n) for n in range(3)])
    assert analyse_all(store, "rev-1") == 3
    assert analyse_all(store, "rev-1", again=True) == 0
    store.add_articles([article(3)])
    assert analyse_all(store, "rev-2") == 1, "only what nobody has analysed"
    assert analyse_all(store, "rev-2", again=True) == 3
    assert len(rows(store, analyses)) == 3 + 4
    assert [(one.revision.id, one.analyses) for one in store.revisions()] == [
        ("rev-1", 3),
        ("rev-2", 4),
    ]


def _used(**counts: int) -> list[Used]:
    """Revisions in the order of their first use."""
    return [
        Used(revision(name), T0 + number * HOUR, count)
        for number, (name, count) in enumerate(counts.items())
    ]


def test_which_revision_a_series_shows() -> None:
    def shown(found: list[Used], asked: str = "auto") -> list[str]:
        return [one.revision.id for one in choose(found, asked)]

    assert shown(_used(old=9, new=1)) == ["old"], "an upgrade does not cut off the past"
    assert shown(_used(old=9, new=9)) == ["new"]
    assert shown(_used(old=9, mid=3, new=0), "mixed") == ["mid", "old"]
    assert shown(_used(old=9, new=1), "new") == ["new"]
    with pytest.raises(UsageError, match="the store has old, or mixed, or auto"):
        shown(_used(old=9, new=0), "new")
    for none in ([], _used(new=0)):
        with pytest.raises(StoreError, match="no analysed article"):
            shown(none)


def test_a_text_that_cannot_be_analysed_is_not_tried_again(store: Store) -> None:
    store.add_articles([article(1)])
    store.save_revision(revision(), T0)
    ((version, *_),) = store.pending("rev-1")
    store.save_analyses("rev-1", [(version, "no sentence")], T0)
    (row,) = rows(store, analyses)
    assert (row.error, row.negative, row.positive) == ("no sentence", None, None)
    assert store.count_pending("rev-1") == 0


def test_what_no_revision_could_analyse_is_listed_and_tried_again_on_request(store: Store) -> None:
    store.add_articles([article(1), article(2)])
    store.save_revision(revision(), T0)
    store.save_revision(revision("rev-2"), T0)
    first, second = (version for version, *_ in store.pending("rev-1"))
    store.save_analyses("rev-1", [(first, "too long"), (second, "too long")], T0)
    store.save_analyses("rev-2", [(first, "no sentence")], T0)
    assert [version for version, *_ in store.pending("rev-2", failed=True)] == [first, second]
    assert [(one.title, one.reason) for one in store.failures()] == [
        ("Title 2", "too long"),
        ("Title 1", "no sentence"),
    ]
    assert [one.title for one in store.failures(1)] == ["Title 2"]
    store.save_analyses("rev-2", [(first, analysis())], T0)
    assert [version for version, *_ in store.pending("rev-1", failed=True)] == [second]
    assert (store.count_pending("rev-1", failed=True), store.info().failed) == (1, 1)


def test_an_analysis_made_twice_is_replaced(store: Store) -> None:
    store.add_articles([article(1)])
    store.save_revision(revision(), T0)
    ((version, *_),) = store.pending("rev-1")
    for result in (analysis(0.1), "went wrong", analysis(0.9)):
        store.save_analyses("rev-1", [(version, result)], T0)
    (row,) = rows(store, analyses)
    assert row.positive == 0.25 + 0.9 / 4
    assert len(rows(store, evidence)) == 2


def test_versions_deleted_meanwhile_are_passed_over(store: Store) -> None:
    store.add_articles([article(1)])
    store.save_revision(revision(), T0)
    ((version, *_),) = store.pending("rev-1")
    store.save_analyses("rev-1", [(version, analysis()), (version + 7, analysis())], T0)
    assert len(rows(store, analyses)) == 1


def test_the_backlog_may_be_written_while_it_is_read(store: Store, monkeypatch: Any) -> None:
    monkeypatch.setattr(backlog, "PENDING_CHUNK", 4)
    store.add_articles([article(n) for n in range(10)])
    store.save_revision(revision(), T0)
    seen = []
    for version, title, text, _ in store.pending("rev-1"):
        seen.append((title, text))
        store.save_analyses("rev-1", [(version, analysis())], T0)
        if len(seen) == 3:
            store.add_articles([article(10)])
    assert seen == [(f"Title {n}", f"Text of article {n}.") for n in range(11)]
    assert store.count_pending("rev-1") == 0


def test_dropped_texts_leave_scores_and_identity(store: Store) -> None:
    store.add_articles([article(1)], signature=lambda _: b"sig")
    analyse_all(store)
    store.drop_texts([row.id for row in rows(store, text_versions)])
    (version,) = rows(store, text_versions)
    assert (version.title, version.text, version.signature) == (None, None, b"sig")
    assert len(rows(store, evidence)) == 2
    assert store.add_articles([article(1)]) == Added(unchanged=1)
    assert list(store.pending("rev-2", again=True)) == []
    assert (store.count_gone("rev-1"), store.count_gone("rev-2")) == (0, 1)
    store.add_articles([article(2)])
    assert store.count_gone("rev-2") == 1  # this one is kept, and waits


def test_texts_are_dropped_with_their_analyses_or_neither_is_done(
    store: Store, monkeypatch: Any
) -> None:
    store.add_articles([article(1), article(2)])
    store.save_revision(revision(), T0)
    first, second = (version for version, *_ in store.pending("rev-1"))
    results = [(first, analysis()), (second, "no sentence")]

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("rotascope.store.articles.drop_texts", cut_off)
        with pytest.raises(KeyboardInterrupt):
            store.save_analyses("rev-1", results, T0, keep_text=False)
    assert (rows(store, analyses), store.count_pending("rev-1")) == ([], 2)
    store.save_analyses("rev-1", results, T0, keep_text=False)
    titles = {row.id: row.title for row in rows(store, text_versions)}
    assert titles == {first: None, second: "Title 2"}


def test_what_only_older_revisions_cover_is_counted(store: Store) -> None:
    store.add_articles([article(n) for n in range(3)])
    assert (store.latest_revision(), store.count_older("rev-1")) == (None, 0)
    analyse_all(store, "rev-1")
    store.add_articles([article(n) for n in range(3, 5)])
    assert store.count_older("rev-1") == 0, "what nobody has analysed is no matter of revisions"
    store.save_revision(revision("rev-2"), T0)
    (first, *_) = store.pending("rev-2")
    store.save_analyses("rev-2", [(first[0], "no sentence")], T0)
    assert (store.latest_revision(), store.count_older("rev-2")) == ("rev-2", 3)
    store.drop_texts([rows(store, text_versions)[0].id])
    assert (store.count_older("rev-2"), store.count_gone("rev-2")) == (2, 1)
    analyse_all(store, "rev-2", again=True)
    assert store.count_older("rev-2") == 0


def test_the_pulse_of_a_store(store: Store) -> None:
    assert store.pulse(T0) == Pulse(None, 0, None)
    store.save_feed_state(FeedState("https://feed.test/a", last_success_at=T0), now=T0)
    ahead = FeedState("https://feed.test/b", last_success_at=T0 + 1000 * HOUR)
    store.save_feed_state(ahead, now=T0)
    store.add_articles([article(1), article(2, seen_at=T0 + 2 * HOUR)])
    assert store.pulse(T0 + HOUR) == Pulse(T0, 2, T0 + HOUR), "a clock ran ahead for the other"
    analyse_all(store)
    assert store.pulse(T0 + HOUR) == Pulse(T0, 0, None)


def test_failures_in_a_row_are_no_matter_of_texts(store: Store) -> None:
    store.add_articles([article(n) for n in range(FAILING)])
    store.save_revision(revision(), T0)
    versions = [version for version, *_ in store.pending("rev-1")]
    store.save_analyses("rev-1", [(version, "no memory") for version in versions[1:]], T0)
    assert store.pulse(T0).failing is None
    store.save_analyses("rev-1", [(versions[0], "no room")], T0)
    assert store.pulse(T0).failing == "no room"
    store.save_analyses("rev-1", [(versions[3], analysis())], T0)
    assert store.pulse(T0).failing is None


def test_deleting_an_article_takes_everything_along(store: Store) -> None:
    store.add_articles([article(1), article(2)])
    analyse_all(store)
    with store.engine.begin() as connection:
        connection.execute(sa.delete(articles).where(articles.c.entry_id == "entry-1"))
    counts = store.info().rows
    assert (counts["text_versions"], counts["analyses"], counts["evidence"]) == (1, 1, 2)


def test_a_feeds_round_is_stored_as_one(store: Store) -> None:
    state = FeedState("https://feed.test/a", etag='"1"', last_success_at=T0, error_count=0)
    result = FeedResult(
        FeedSource("https://feed.test/a"),
        "ok",
        state,
        articles=(article(1), article(2)),
        entries=2,
        seen=(SeenEntry("entry-1", "h1"), SeenEntry("entry-2", "", 1)),
    )
    assert store.save_result(result, now=T0) == Added(new=2)
    assert store.get_feed(state.url) == state
    assert store.seen_entries(state.url) == {
        "entry-1": SeenEntry("entry-1", "h1"),
        "entry-2": SeenEntry("entry-2", "", 1),
    }
    store.save_seen(state.url, [SeenEntry("entry-2", "h2")])
    assert store.seen_entries(state.url)["entry-2"] == SeenEntry("entry-2", "h2")
    assert store.get_feed("https://feed.test/other") is None


def test_feeds_are_listed_switched_and_forgotten(store: Store) -> None:
    url = "https://feed.test/a"
    store.save_feed_state(FeedState(url, etag="e"), now=T0)
    (feed,) = store.list_feeds()
    assert (feed.listed, feed.enabled, feed.added_at) == (False, True, T0)
    assert store.add_feed(FeedSource(url, "Name", "Press"), now=T0 + HOUR)
    assert not store.add_feed(FeedSource(url), now=T0 + HOUR)
    store.enable_feed(url, False)
    store.save_feed_state(FeedState(url, etag="f"))
    (feed,) = store.list_feeds()
    assert feed.source == FeedSource(url, "Name", "Press")
    assert (feed.listed, feed.enabled, feed.state.etag) == (True, False, "f")
    store.save_seen(url, [SeenEntry("1", "h")])
    assert store.remove_feed(url)
    assert not store.remove_feed(url)
    assert store.list_feeds() == []
    assert store.seen_entries(url) == {}


def test_info_counts(store: Store) -> None:
    store.add_articles([article(1), article(2, published_at=T0 - HOUR)])
    info = store.info()
    assert (info.rows["articles"], info.rows["feeds"]) == (2, 0)
    assert (info.first_published, info.last_published) == (T0 - HOUR, T0)
    assert info.last_collected is None
    store.save_feed_state(FeedState("https://feed.test/a", last_success_at=T0), now=T0)
    assert store.info().last_collected == T0


def test_info_tells_how_large_a_file_is_and_what_vacuum_would_give_back(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        store.add_articles([article(n, text="long " * 1000) for n in range(50)])
        with store.engine.begin() as connection:
            connection.execute(sa.delete(articles))
        info = store.info()
    assert info.bytes == path.stat().st_size
    assert info.free_bytes is not None
    assert 200_000 < info.free_bytes < info.bytes
    assert store.revisions() == []


def test_asking_for_the_backlog_does_not_walk_through_every_text(store: Store) -> None:
    """A round with nothing new must cost nothing, however many texts there are."""
    if store.engine.dialect.name != "sqlite":
        pytest.skip("query plans are SQLite's")
    statements: list[str] = []

    @sa.event.listens_for(store.engine, "before_cursor_execute")
    def _note(_conn: Any, _cursor: Any, sql: str, parameters: Any, *_: Any) -> None:
        statements.append(sql)

    store.count_pending("rev-1")
    list(store.pending("rev-1"))
    asked = [sql for sql in statements if "text_versions" in sql]
    assert len(asked) == 2
    with store.connect() as connection:
        for sql in asked:
            values = tuple(0 for _ in range(sql.count("?")))
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()
            assert "ix_text_versions_unanalyzed" in str(plan), plan
