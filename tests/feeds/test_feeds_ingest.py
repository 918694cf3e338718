"""Rounds into a real store: nothing twice, nothing lost, edits as versions, feeds of all kinds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from feed_samples import NOW, feed, item, page, rss, story
from feed_server import Site, answer, redirect, status, tagged

from rotascope.archive import ingest_archive
from rotascope.config import Settings, load_settings
from rotascope.errors import StoreError
from rotascope.ingest import (
    RoundReport,
    configured_sources,
    ingest_round,
    named_sources,
)
from rotascope.store import Store
from rotascope.store.schema import articles, text_versions
from rotascope_feeds.language import _identifier
from rotascope_feeds.types import FeedSource


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "news.db") as opened:
        yield opened


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load_settings(env={"ROTASCOPE_FETCH__MAX_WAIT_SECONDS": "0.1"})


def run(
    store: Store,
    settings: Settings,
    urls: Sequence[str],
    *,
    now: datetime = NOW,
    pages: bool = False,
) -> RoundReport:
    return ingest_round(
        store,
        [FeedSource(url, publisher="Sample") for url in urls],
        settings=settings,
        now=lambda: now,
        pages=pages,
        allow_private=True,
    )


def versions(store: Store) -> list[tuple[str, str, datetime]]:
    """Title, source and time of every text version, in order."""
    with store.connect() as connection:
        rows = connection.execute(
            sa.select(text_versions.c.title, text_versions.c.text_source, text_versions.c.seen_at)
            .join(articles, articles.c.id == text_versions.c.article_id)
            .order_by(articles.c.entry_id, text_versions.c.seen_at)
        )
        return [(row.title, row.text_source, row.seen_at) for row in rows]


def test_a_full_disk_for_temporary_files_loses_no_entry(
    site: Site, store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = site.add("/feed", answer(feed(5)))
    _identifier.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
        (told,) = run(store, settings, [url]).feeds
    assert (told.status, told.new) == ("error", 0)
    assert told.error is not None
    assert "the language model cannot be unpacked (No such file or directory)" in told.error
    assert "TMPDIR" in told.error
    state = store.get_feed(url)
    assert state is None or (state.last_success_at, state.error_count) == (None, 0)
    (told,) = run(store, settings, [url]).feeds
    assert (told.status, told.new) == ("ok", 5)


def test_a_round_is_stored_and_a_second_adds_nothing(
    site: Site, store: Store, settings: Settings
) -> None:
    url = site.add("/feed", answer(feed(5)))
    first, second = (run(store, settings, [url]) for _ in range(2))
    assert (first.new, second.new, second.updated) == (5, 0, 0)
    assert (first.feeds[0].entries, second.feeds[0].entries) == (5, 5)
    assert [feed.status for feed in (*first.feeds, *second.feeds)] == ["ok", "not_modified"]
    assert len(versions(store)) == 5


def test_times_and_identity_are_kept(site: Site, store: Store, settings: Settings) -> None:
    url = site.add("/feed", answer(feed(1)))
    run(store, settings, [url])
    with store.connect() as connection:
        row = connection.execute(sa.select(articles)).one()
    assert row.published_at == NOW - timedelta(hours=1)
    assert row.first_seen_at == NOW
    assert row.canonical_url == "https://news.example.com/articles/money-leaves-technology-part-0"
    assert (row.feed_url, row.entry_id, row.publisher) == (url, "id-0", "Sample")
    assert row.language == "en"


def test_an_edit_adds_a_version(site: Site, store: Store, settings: Settings) -> None:
    url = site.add("/feed", answer(feed(2)))
    run(store, settings, [url])
    site.add("/feed", answer(feed(2).replace(b"part 1</title>", b"part 1, corrected</title>")))
    later = NOW + timedelta(hours=1)
    report = run(store, settings, [url], now=later)
    assert (report.new, report.updated) == (0, 1)
    assert [row[2] for row in versions(store)] == [NOW, NOW, later]


def test_a_feed_that_numbers_its_entries_anew_is_not_remembered_for_ever(
    site: Site, store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rotascope_feeds.pages.REMEMBERED", 5)
    monkeypatch.setattr("rotascope_feeds.pages.REMEMBERED_TIMES", 2)
    counts = []
    for number in range(9):
        body = feed(3).replace(b">id-", f">round-{number}-".encode())
        url = site.add("/feed", answer(body))
        assert run(store, settings, [url]).failed == 0
        counts.append(len(store.seen_entries(url)))
    assert counts == [3, 6, 9, 12, 3, 6, 9, 12, 3]
    assert "round-8-0" in store.seen_entries(url)
    assert store.info().rows["articles"] == 3


def test_the_same_article_in_two_feeds_is_one(site: Site, store: Store, settings: Settings) -> None:
    urls = [site.add(f"/{name}", answer(feed(3))) for name in ("markets", "business")]
    report = run(store, settings, urls)
    assert report.new == 3
    assert len(versions(store)) == 3


def test_pages_give_text_and_identity(site: Site, store: Store, settings: Settings) -> None:
    """Three URLs, one article: by redirect, by rel=canonical, as AMP."""
    canonical = f"<link rel='canonical' href='{site.url}/a/rates-and-markets-in-march'>"
    site.add("/a/rates-and-markets-in-march", answer(page(1, head=canonical)))
    site.add("/short", redirect("/a/rates-and-markets-in-march"))
    site.add("/a/rates-and-markets-in-march?ref=1", answer(page(1, head=canonical)))
    links = ["/short", "/a/rates-and-markets-in-march?ref=1", "/a/rates-and-markets-in-march/amp"]
    site.add(links[2], answer(page(1, head=canonical)))
    items = [
        f"<item><guid>{n}</guid><title>T</title><link>{site.url}{link}</link></item>"
        for n, link in enumerate(links)
    ]
    report = run(store, settings, [site.add("/feed", answer(rss(items)))], pages=True)
    assert report.new == 1
    assert [row[1] for row in versions(store)] == ["page"]
    assert versions(store)[0][0] == "T"


def test_links_that_end_at_one_page_stay_articles_of_their_own(
    site: Site, store: Store, settings: Settings
) -> None:
    """Removed articles lead to the home page; they must not become one article."""
    home = "Welcome to our home page. " * 60
    site.add("/", answer(page(0, body=home)))
    for number in range(3):
        site.add(f"/articles/money-leaves-technology-part-{number}", redirect("/"))
    url = site.add("/feed", answer(feed(3, base=site.url)))
    assert run(store, settings, [url], pages=True).new == 3
    assert {row[1] for row in versions(store)} == {"summary"}


@pytest.mark.parametrize("link", ["https://news.example.com/", "https://news.example.com/live"])
def test_entries_that_share_a_link_stay_articles_of_their_own(
    site: Site, store: Store, settings: Settings, link: str
) -> None:
    items = [
        f"<item><guid isPermaLink='false'>{n}</guid><title>Part {n}</title><link>{link}#{n}</link>"
        f"<description>{story(n)[:200]} {n}</description></item>"
        for n in range(3)
    ]
    url = site.add("/feed", answer(rss(items)))
    report = run(store, settings, [url], pages=True)
    assert (report.new, report.updated) == (3, 0)
    assert [row[0] for row in versions(store)] == ["Part 0", "Part 1", "Part 2"]


def test_walls_are_never_stored_as_text(site: Site, store: Store, settings: Settings) -> None:
    wall = "Subscribe to read this article. Already a subscriber? Sign in."
    site.add("/articles/money-leaves-technology-part-0", answer(page(0, body=wall)))
    url = site.add("/feed", answer(feed(1, base=site.url)))
    run(store, settings, [url], pages=True)
    with store.connect() as connection:
        row = connection.execute(sa.select(text_versions)).one()
    assert row.text_source == "summary"
    assert "Subscribe" not in row.text


def test_bad_feeds_are_rows_of_the_report(site: Site, store: Store, settings: Settings) -> None:
    urls = [
        site.add("/good", answer(feed(2))),
        site.add("/html", answer("<!doctype html><html><body>Hello</body></html>")),
        site.add("/gone", status(410)),
        site.add("/empty", answer(b"")),
        site.url + "/missing",
        "http://127.0.0.1:9/refused",
        "nonsense",
    ]
    report = run(store, settings, urls)
    assert [feed.url for feed in report.feeds] == urls
    statuses = [feed.status for feed in report.feeds]
    assert statuses == ["ok", "error", "retired", "error", "error", "error", "error"]
    assert all(feed.error for feed in report.feeds[1:])
    assert (report.new, report.failed) == (2, 6)
    state = store.get_feed(urls[4])
    assert state is not None
    assert (state.error_count, state.last_error, state.last_error_at) == (1, "HTTP status 404", NOW)


def test_304s_keep_their_count(site: Site, store: Store, settings: Settings) -> None:
    url = site.add("/feed", tagged(lambda: feed(4), lambda: '"x"'))
    run(store, settings, [url])
    again = run(store, settings, [url]).feeds[0]
    assert (again.status, again.entries, again.new) == ("not_modified", 4, 0)


def test_odd_characters_are_stored(site: Site, store: Store, settings: Settings) -> None:
    odd = "<item><guid>a\x00b</guid><title>&#55296; one &#0; two \U0001f4c8</title></item>"
    url = site.add("/feed", answer(rss([odd, item(1)])))
    assert run(store, settings, [url]).new == 2


def test_sources_of_configuration_and_store(store: Store, settings: Settings) -> None:
    configured = [feed.url for feed in settings.feeds]
    store.add_feed(FeedSource("https://a.example.com/", "A"), now=NOW)
    store.enable_feed(configured[0], False, now=NOW)
    sources = configured_sources(settings, store)
    assert [source.url for source in sources] == [*configured[1:], "https://a.example.com/"]
    named = named_sources(
        ["https://a.example.com/", configured[1], "https://b.example.com/"], settings, store
    )
    assert [source.name for source in named] == ["A", settings.feeds[1].name, ""]


def test_feeds_that_were_only_named_once_are_not_collected_again(
    site: Site, store: Store, settings: Settings
) -> None:
    url = site.add("/feed", answer(feed(1)))
    run(store, settings, [url])
    assert url not in [source.url for source in configured_sources(settings, store)]


def test_archive(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    dates = ("2020-05-01 09:30", "not a date", "2020-05-02 16:00")
    rows = [f'{number},"{story(number)[:150]}",{date}' for number, date in enumerate(dates)]
    file.write_text("\n".join(["title,body,date", *rows]))
    report = ingest_archive(store, file, now=NOW)
    assert (report.rows, report.new, [row.line for row in report.bad]) == (3, 2, [3])
    with store.connect() as connection:
        seen = connection.execute(sa.select(articles.c.first_seen_at, articles.c.published_at))
        assert all(row.first_seen_at == row.published_at for row in seen)
    assert ingest_archive(store, file, now=NOW).new == 0


def test_archive_seen_now(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "old.jsonl"
    file.write_text(
        '{"title": "One", "text": "Text of it.", "published": "2020-05-01T00:00:00Z"}\n'
    )
    ingest_archive(store, file, now=NOW, first_seen="now")
    with store.connect() as connection:
        assert connection.execute(sa.select(articles.c.first_seen_at)).scalar_one() == NOW


def test_a_feed_that_the_store_refuses_waits(
    site: Site, store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise StoreError("index row too large")

    url = site.add("/feed", answer(feed(1), headers={"ETag": "'1'"}))
    with monkeypatch.context() as patch:
        patch.setattr("rotascope.store.store.articles.add", refuse)
        (report,) = run(store, settings, [url]).feeds
    assert (report.status, report.error) == ("error", "index row too large")
    state = store.get_feed(url)
    assert state is not None
    assert (state.error_count, state.etag) == (1, None)
    assert run(store, settings, [url]).feeds[0].status == "skipped"
    assert run(store, settings, [url], now=NOW + timedelta(hours=1)).new == 1


def test_a_link_longer_than_an_index_holds(site: Site, store: Store, settings: Settings) -> None:
    long = feed(2).replace(b"part-0</link>", b"part-0/" + b"ab" * 2_000 + b"</link>")
    url = site.add("/feed", answer(long))
    assert run(store, settings, [url]).new == 2
    with store.connect() as connection:
        known = connection.scalars(sa.select(articles.c.canonical_url)).all()
    assert sum(one is None for one in known) == 1
