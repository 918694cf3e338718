"""Politeness between requests: connections in all and per host, and a pause between pages."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from rotascope_feeds.addresses import is_allowed, url_port
from rotascope_feeds.errors import FeedsError
from rotascope_feeds.options import FetchOptions


class RoundOver(FeedsError):
    """The round ended before this request had its turn."""


class HostGate:
    """Hands out the right to send one request; a host is its name and port together.

    Once `closed`, nobody gets a turn any more.
    """

    def __init__(
        self, options: FetchOptions, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._options = options
        self._sleep = sleep
        self._all = asyncio.Semaphore(options.connections)
        self._hosts: dict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(options.connections_per_host)
        )
        self._next_page: dict[str, float] = {}
        self.closed = False

    @asynccontextmanager
    async def slot(self, url: str, *, delay: float = 0.0) -> AsyncIterator[None]:
        """Wait for a connection to the host of `url`, `delay` seconds after its last such slot.

        Raises RoundOver.
        """
        host = urlsplit(url).netloc.rpartition("@")[2].lower()
        async with self._hosts[host]:
            await self._pause(host, delay)
            async with self._all:
                if self.closed:
                    raise RoundOver("the round is over")
                yield

    def page_delay(self, url: str, crawl_delay: float | None = None) -> float:
        """The pause between pages of this host: none where the host is allowed to be private."""
        parts = urlsplit(url)
        if self._options.allow_private or is_allowed(
            parts.hostname or "", url_port(parts), self._options.allow_private_hosts
        ):
            return 0.0
        return max(self._options.delay_seconds, min(crawl_delay or 0.0, _LONGEST_CRAWL_DELAY))

    async def _pause(self, host: str, delay: float) -> None:
        if delay <= 0:
            return
        now = asyncio.get_running_loop().time()
        turn = max(now, self._next_page.get(host, now))
        self._next_page[host] = turn + delay
        if turn > now:
            await self._sleep(turn - now)


# A Crawl-delay of a minute and more is meant for crawlers of whole sites, not for a few new pages.
_LONGEST_CRAWL_DELAY = 10.0
