"""Looking at feeds without storing anything: are they well, and which feeds does a page offer?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from rotascope_feeds.errors import FeedsError, ParseError, RetrieveError
from rotascope_feeds.extract import load_page
from rotascope_feeds.parse import ParsedFeed, absolute, parse_feed
from rotascope_feeds.retrieve import Retriever
from rotascope_feeds.secrets import mask_url
from rotascope_feeds.types import FeedSource
from rotascope_feeds.worker import FEED_SECONDS, PAGE_SECONDS, Worker

_FEED_TYPES = ("rss", "atom", "feed+json", "rdf")
_FEED_WORDS = ("rss", "atom", "feed", ".xml", "rdf")
_MAX_CANDIDATES = 12
# Where feeds commonly are when a page names none.
_COMMON_PATHS = ("/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json")


@dataclass(frozen=True, slots=True)
class Health:
    """One look at one feed.  `problem` is an error, or what is wrong with a feed that was read.

    `status` is the HTTP status, None without an answer; `dated` how many entries have a date.
    """

    source: FeedSource
    ok: bool
    status: int | None
    kind: str
    title: str
    entries: int
    dated: int
    newest: datetime | None
    seconds: float
    final_url: str
    problem: str | None


async def check(sources: Sequence[FeedSource], *, retriever: Retriever) -> AsyncIterator[Health]:
    """Look at each feed, in the order of the sources."""
    with Worker() as worker:
        tasks = [asyncio.create_task(_check(one, retriever, worker)) for one in sources]
        try:
            for task in tasks:
                yield await task
        finally:
            for task in tasks:
                task.cancel()


async def discover(url: str, *, retriever: Retriever) -> list[Health]:
    """The feeds that a page offers, or the feed itself where `url` is one already.

    Raises RetrieveError if the page cannot be fetched.
    """
    with Worker() as worker:
        answer = await retriever.get(url)
        candidates = [answer.final_url]
        if not await _is_feed(answer.body, url, worker):
            candidates = await _offered(answer.body, answer.final_url, worker)
        looks = [_check(FeedSource(one), retriever, worker) for one in candidates[:_MAX_CANDIDATES]]
        found = [health for health in await asyncio.gather(*looks) if health.ok]
        return list({health.final_url: health for health in reversed(found)}.values())[::-1]


def feed_links(body: bytes, *, url: str) -> list[str]:
    """URLs that a page declares as feeds, then links that look like some, then common places."""
    tree = load_page(body)
    if tree is None:
        return []
    declared = [
        link.get("href")
        for link in tree.iter("link")
        if "alternate" in (link.get("rel") or "").lower()
        and any(kind in (link.get("type") or "").lower() for kind in _FEED_TYPES)
    ]
    linked = [anchor.get("href") for anchor in tree.iter("a") if _looks_like_feed(anchor)]
    found = _absolute_all([*declared, *linked], url)
    return found or _absolute_all(_COMMON_PATHS, url)


def _looks_like_feed(anchor: etree._Element) -> bool:
    target = str(anchor.get("href") or "").lower()
    return any(word in target for word in _FEED_WORDS)


def _absolute_all(links: Iterable[str | None], base: str) -> list[str]:
    return list(dict.fromkeys(found for link in links if (found := absolute(link, base))))


async def _is_feed(body: bytes, url: str, worker: Worker) -> bool:
    try:
        await worker.read(FEED_SECONDS, parse_feed, body, url=url)
    except ParseError:
        return False
    return True


async def _offered(body: bytes, url: str, worker: Worker) -> list[str]:
    try:
        return await worker.read(PAGE_SECONDS, feed_links, body, url=url)
    except ParseError:
        return []


async def _check(source: FeedSource, retriever: Retriever, worker: Worker) -> Health:
    clock = asyncio.get_running_loop().time
    start = clock()
    status, final_url = None, source.url
    try:
        answer = await retriever.get(source.url)
        status, final_url = answer.status, answer.final_url
        seconds = clock() - start
        kind = answer.headers.get("content-type", "")
        parsed = await worker.read(
            FEED_SECONDS, parse_feed, answer.body, url=final_url, content_type=kind
        )
    except FeedsError as exc:
        status = exc.status if isinstance(exc, RetrieveError) else status
        return _ill(source, status, final_url, clock() - start, str(exc))
    new = answer.permanent_url
    moved = f"moved for good to {mask_url(new)}" if new else None
    return _well(source, parsed, status, seconds, final_url, moved)


def _ill(
    source: FeedSource, status: int | None, final_url: str, seconds: float, problem: str
) -> Health:
    return Health(source, False, status, "", "", 0, 0, None, seconds, final_url, problem)


def _well(
    source: FeedSource,
    parsed: ParsedFeed,
    status: int,
    seconds: float,
    final_url: str,
    moved: str | None,
) -> Health:
    dates = [entry.published_at for entry in parsed.entries if entry.published_at]
    problem = moved or parsed.problem or (None if parsed.entries else "it holds no entries")
    return Health(
        source,
        True,
        status,
        parsed.kind,
        parsed.title,
        len(parsed.entries),
        len(dates),
        max(dates, default=None),
        seconds,
        final_url,
        problem,
    )
