"""Which URLs are one article, and when an entry was edited."""

from __future__ import annotations

from dataclasses import replace

import pytest
from feed_samples import feed

from rotascope_feeds.dedupe import _SLUG, canonical_url, entry_hash, page_identity
from rotascope_feeds.parse import parse_feed

SLUG = "https://news.example.com/2026/03/02/stocks-fall-as-money-moves"


@pytest.mark.parametrize(
    "url",
    [
        SLUG,
        SLUG + "?utm_source=rss&utm_medium=feed",
        SLUG + "?fbclid=abc#comments",
        SLUG + "?amp=1",
        SLUG + "/amp",
        SLUG + "/amp/",
        SLUG.replace("https://", "HTTPS://").replace("news.example.com", "News.Example.com:443"),
        "https://news-example-com.cdn.ampproject.org/c/s/" + SLUG.removeprefix("https://"),
        "https://www.google.com/amp/s/" + SLUG.removeprefix("https://"),
        SLUG.replace("https://", "https://joe:secret@"),
        f"  {SLUG}\n",
    ],
)
def test_one_article_many_urls(url: str) -> None:
    assert canonical_url(url) == SLUG


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/story?id=1", "https://example.com/story?id=2"),
        ("https://example.com/story?cid=1", "https://example.com/story?cid=2"),
        ("https://example.com/?uid=1", "https://example.com/?uid=2"),
        ("https://example.com/a/?p=1&q=", "https://example.com/a/?p=1&q=2"),
        ("https://example.com/a.html", "https://example.com/b.html"),
        ("https://example.com:8080/a", "https://example.com/a"),
        ("http://127.0.0.1:8001/a", "http://127.0.0.1:8002/a"),
    ],
)
def test_different_articles_stay_apart(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_parameters_in_any_order() -> None:
    assert canonical_url("https://x.com/a?b=2&a=1") == canonical_url("https://x.com/a?a=1&b=2")


@pytest.mark.parametrize(
    "url",
    [
        *(None, "", "mailto:a@example.com", "/relative", "http://", "http://[::1"),
        "https://example.com/" + "a" * 2_000,
    ],
)
def test_no_identity(url: str | None) -> None:
    assert canonical_url(url) is None


@pytest.mark.parametrize("part", ["a", "ab-cd/", "ab-cd--"])
def test_a_slug_is_looked_for_once_however_long_the_path(part: str) -> None:
    path = part * 500_000
    assert not _SLUG.search(path)
    assert _SLUG.search(path + "-stocks-fall-on-monday")


@pytest.mark.parametrize("cache", ["/a.cdn.ampproject.org/c/s", "/www.google.com/amp/s"])
def test_amp_in_amp_is_left_to_a_bounded_depth(cache: str) -> None:
    for depth in (1, 2, 3):
        assert canonical_url(f"https:/{cache * depth}/{SLUG.removeprefix('https://')}") == SLUG
    endless = f"https:/{cache * 3000}"
    assert canonical_url(endless) == canonical_url(canonical_url(endless))


def test_spelling_is_stable() -> None:
    for url in (SLUG, "https://example.com/?b=1&a=%20x", "https://example.com/ü?q=ö"):
        once = canonical_url(url)
        assert canonical_url(once) == once


@pytest.mark.parametrize(
    ("page", "declared", "identity"),
    [
        (SLUG + "?x=1", SLUG, SLUG),
        (SLUG, None, SLUG),
        (SLUG, "https://example.com/another-one/", "https://example.com/another-one/"),
        (SLUG, "https://example.com/story?id=7", "https://example.com/story?id=7"),
        # A section is no article, unless the page's own URL names none either.
        (SLUG, "https://news.example.com/markets/stocks/", SLUG),
        ("https://example.com/a/b/", "https://example.com/news", "https://example.com/news"),
        # A page of one publisher cannot pass for another's.
        (SLUG, "https://www.reuters.com/markets/big-story/", SLUG),
        # Some sites declare their home page everywhere.
        (SLUG, "https://news.example.com/", SLUG),
        (SLUG, "javascript:void(0)", SLUG),
    ],
)
def test_page_identity(page: str, declared: str | None, identity: str) -> None:
    assert page_identity(page, declared) == identity


def test_an_edit_changes_the_hash() -> None:
    (entry,) = parse_feed(feed(1), url="https://example.com/f").entries
    assert entry_hash(entry) == entry_hash(replace(entry))
    for change in ({"title": "x"}, {"summary": "x"}, {"content": "x"}, {"link": "https://x.com"}):
        assert entry_hash(replace(entry, **change)) != entry_hash(entry)
