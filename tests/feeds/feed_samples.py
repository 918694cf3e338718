"""Feeds and pages of our own making."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

PARAGRAPHS = (
    "Investors moved money out of large technology companies on Monday and into utilities, as "
    "worries about the cost of new data centers grew among fund managers in New York.",
    "Shares of several power producers reached their highest level in two years, helped by a "
    "forecast that demand for electricity will rise faster than was thought only months ago.",
    "Small companies gained as well. Analysts said that the change of leadership may last until "
    "the central bank says more about its plans for interest rates in the second half.",
)


def story(number: int) -> str:
    """Some 500 letters of article, different for each number."""
    return "\n".join(f"{text} Note {number}." for text in PARAGRAPHS)


def item(number: int, *, base: str = "https://news.example.com", extra: str = "") -> str:
    """One RSS item."""
    moment = format_datetime(NOW - timedelta(hours=number + 1))
    return (
        f"<item><guid isPermaLink='false'>id-{number}</guid>"
        f"<title>Money leaves technology, part {number}</title>"
        f"<link>{base}/articles/money-leaves-technology-part-{number}</link>"
        f"<pubDate>{moment}</pubDate>"
        f"<description>{escape(story(number)[:200])}</description>{extra}</item>"
    )


def rss(items: Iterable[str], *, language: str = "en", title: str = "Sample") -> bytes:
    """An RSS 2.0 document of these items."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title><link>https://news.example.com/</link>"
        f"<language>{language}</language>{''.join(items)}</channel></rss>"
    ).encode()


def feed(count: int, *, base: str = "https://news.example.com", start: int = 0) -> bytes:
    """A feed of `count` articles."""
    return rss(item(number, base=base) for number in range(start, start + count))


def page(number: int, *, head: str = "", body: str | None = None) -> str:
    """An article page with the usual clutter around."""
    text = body if body is not None else story(number)
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
    return (
        f"<!doctype html><html lang='en'><head><title>Part {number} | Sample News</title>{head}"
        "</head><body><header><nav><ul><li><a href='/'>Home</a></li><li><a href='/m'>Markets</a>"
        "</li></ul></nav></header><main><article>"
        f"<h1>Money leaves technology, part {number}</h1>{paragraphs}</article>"
        "<aside><a href='/x'>Read more: ten things to know</a></aside></main>"
        "<footer><p>All rights reserved.</p></footer></body></html>"
    )
