"""Secrets of feed URLs appear neither in logs nor in errors nor in what is stored of them."""

from __future__ import annotations

import pytest

from rotascope_feeds.secrets import mask_text, mask_url


@pytest.mark.parametrize(
    "url",
    [
        "https://joe:hunter2secret@example.com/feed",
        "https://example.com/feed?token=hunter2secret",
        "https://example.com/feed?api_key=hunter2secret&x=1",
        "https://example.com/feed?apiKey=hunter2secret",
        "https://example.com/feed?access-token=hunter2secret",
        "https://example.com/feed?userpassword=hunter2secret",
        "https://example.com/feed?q=a1B2c3D4e5F6hunter2secret9",
        "https://example.com/private/a1B2c3D4e5F6hunter2secret9/feed.xml",
        "https://example.com/feed#hunter2secret",
    ],
)
def test_masked(url: str) -> None:
    assert "hunter2secret" not in mask_url(url)
    assert "example.com" in mask_url(url)
    assert "hunter2secret" not in mask_text(f"fetching {url} failed: {url}, sorry")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/markets?format=rss",
        "https://example.com/a/stocks-fall-as-investors-leave-technology-2026-03-02/",
        "https://search.example.com/view.xml?partnerId=wrss01&id=20910258",
        "http://127.0.0.1:8080/feed.xml",
        "https://example.com/q3-2026-us-gdp-up-2-1-on-ai-says-fed-nyt1h26",
        "https://example.com/OpenAI-and-McDonald-rise-with-iPhone15-sales-of-4Q26",
        "https://example.com/stocks-fall-on-monday-idUSKBN2A1B2C3",
        "https://example.com/markets;page=2/stocks_fall_on_monday_2026-03-02.html",
        "https://example.com/20260302/0001193125-26-012345-index.html",
    ],
)
def test_plain_urls_stay_readable(url: str) -> None:
    assert mask_url(url) == url


UUID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
IN_PIECES = "hN_fzhzpua2rLh_jHM-i1A"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (f"/private/{UUID}/rss", "/private/***/rss"),
        (f"/feed-{UUID.upper()}.xml", "/feed-***.xml"),
        (f"/feed?u={UUID}&page=2", "/feed?u=***&page=2"),
        (f"/feed?{UUID}", "/feed?***"),
        (f"/private/{IN_PIECES}/rss", "/private/***/rss"),
        (f"/private/{IN_PIECES}%3D%3D/rss", "/private/***/rss"),
        (f"/feed?u={IN_PIECES}", "/feed?u=***"),
        (f"/feed?{IN_PIECES}", "/feed?***"),
        (f"/feed?page=2&{IN_PIECES}==", "/feed?page=2&***"),
        ("/feed;jsessionid=hunter2?page=2", "/feed;jsessionid=***?page=2"),
        (f"/a;v=1;u={UUID};PHPSESSID=hunter2/b", "/a;v=1;u=***;PHPSESSID=***/b"),
        (
            "/stocks-fall-on-monday-0a1b2c3d4e5f60718293a4b5c6d7e8f9",
            "/stocks-fall-on-monday-***",
        ),
    ],
)
def test_only_what_is_opaque_is_masked(url: str, shown: str) -> None:
    assert mask_url(f"https://example.com{url}") == f"https://example.com{shown}"


def test_broken_url_shows_nothing() -> None:
    assert mask_url("http://[::1") == "***"
