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
    ],
)
def test_plain_urls_stay_readable(url: str) -> None:
    assert mask_url(url) == url


def test_broken_url_shows_nothing() -> None:
    assert mask_url("http://[::1") == "***"
