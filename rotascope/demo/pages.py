"""What the demo's server answers: feeds in three formats, and pages with the usual clutter."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape

from rotascope.demo.world import Outlet, Posting, Version

FEED_LENGTH = 12
"""Entries of a feed, newest first: older ones have dropped out, as with real feeds."""

TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/json"}


def feed(outlet: Outlet, postings: Sequence[Posting], moment: datetime, base: str) -> str:
    """The outlet's feed as it stood at `moment`; `base` is the server's address."""
    newest = sorted(
        ((posting, version) for posting in postings if (version := posting.at(moment))),
        key=lambda pair: pair[1].at,
        reverse=True,
    )[:FEED_LENGTH]
    changed = newest[0][1].at if newest else moment  # an unchanged feed keeps its ETag
    render = {"rss": _rss, "atom": _atom, "json": _json_feed}[outlet.format]
    return render(outlet, newest, changed, base)


_Entries = Sequence[tuple[Posting, Version]]


def _rss(outlet: Outlet, entries: _Entries, changed: datetime, base: str) -> str:
    items = "".join(
        f"""
    <item>
      <title>{escape(version.title)}</title>
      <link>{base}{posting.path}?utm_source=rss&amp;utm_medium=feed</link>
      <guid isPermaLink="false">{posting.outlet.id}-{posting.slug}</guid>
      <pubDate>{format_datetime(posting.published)}</pubDate>
      <description>{escape(version.paragraphs[0])}</description>
    </item>"""
        for posting, version in entries
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0">
  <channel>
    <title>{escape(outlet.name)}</title>
    <link>{base}/{outlet.id}/</link>
    <description>Markets (invented news)</description>
    <lastBuildDate>{format_datetime(changed)}</lastBuildDate>{items}
  </channel>
</rss>
"""


def _atom(outlet: Outlet, entries: _Entries, changed: datetime, base: str) -> str:
    items = "".join(
        f"""
  <entry>
    <id>tag:tape.example,2026:{posting.slug}</id>
    <title>{escape(version.title)}</title>
    <link rel="alternate" type="text/html" href="{base}{posting.path}"/>
    <published>{posting.published.isoformat()}</published>
    <updated>{version.at.isoformat()}</updated>
    <author><name>{escape(posting.author)}</name></author>
    <summary>{escape(version.paragraphs[0])}</summary>
  </entry>"""
        for posting, version in entries
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>tag:tape.example,2026:feed</id>
  <title>{escape(outlet.name)}</title>
  <link rel="self" href="{base}{outlet.feed}"/>
  <updated>{changed.isoformat()}</updated>{items}
</feed>
"""


def _json_feed(outlet: Outlet, entries: _Entries, changed: datetime, base: str) -> str:
    items = [
        {
            "id": f"{outlet.id}:{posting.slug}",
            "url": f"{base}{posting.path}",
            "title": version.title,
            "content_html": _paragraphs(version),
            "date_published": posting.published.isoformat(),
            "date_modified": version.at.isoformat(),
            "authors": [{"name": posting.author}],
        }
        for posting, version in entries
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": outlet.name, "language": "en"}
    return json.dumps({**head, "feed_url": f"{base}{outlet.feed}", "items": items}, indent=1)


def page(posting: Posting, version: Version, related: Sequence[tuple[str, str]]) -> str:
    """The article's page as it stood, with navigation, a cookie banner and `related` links."""
    outlet = escape(posting.outlet.name)
    title = escape(version.title)
    others = "".join(f'<li><a href="{path}">{escape(name)}</a></li>' for path, name in related)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} | {outlet}</title>
<meta property="og:type" content="article">
<meta property="article:published_time" content="{posting.published.isoformat()}">
<meta name="author" content="{escape(posting.author)}">
</head>
<body>
<div class="cookie-banner">We use cookies. <button>Accept</button> <button>Settings</button></div>
<header><a href="/{posting.outlet.id}/">{outlet}</a>
<nav><ul><li><a href="/">Markets</a></li><li><a href="/">Economy</a></li>
<li><a href="/">Opinion</a></li><li><a href="/">Subscribe</a></li></ul></nav></header>
<main><article>
<h1>{title}</h1>
<p class="byline">By {escape(posting.author)} |
<time datetime="{posting.published.isoformat()}">{posting.published:%B %d, %Y}</time></p>
<div class="share"><a href="#">Share</a> <a href="#">Print</a> <a href="#">Save</a></div>
<div class="article-body">
{_paragraphs(version)}
</div>
</article>
<aside class="related"><h2>More from {outlet}</h2><ul>{others}</ul></aside></main>
<footer><p>Sign up for our newsletter.</p>
<p>Invented for the Rotascope demo; none of it happened.</p></footer>
</body>
</html>
"""


def _paragraphs(version: Version) -> str:
    return "\n".join(f"<p>{escape(part, quote=False)}</p>" for part in version.paragraphs)
