"""robots.txt for article pages (RFC 9309), read once per host and round."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from rotascope_feeds.errors import ForbiddenAddress, RetrieveError
from rotascope_feeds.retrieve import Retriever
from rotascope_feeds.secrets import mask_url

# RFC 9309 2.5: at least the first 500 kibibytes are to be read; what follows may be ignored.
_READ_BYTES = 500 * 1024


class Disallowed(RetrieveError):
    """robots.txt asks not to fetch the page."""


class Robots:
    """The rules of the hosts met in one round."""

    def __init__(self, retriever: Retriever, *, user_agent: str, heed: bool) -> None:
        self._retriever = retriever
        self._agent = user_agent
        self._heed = heed
        self._rules: dict[str, asyncio.Task[Protego | None]] = {}

    async def before(self, url: str) -> float:
        """The pause wanted between pages of this host; raises Disallowed.

        A robots.txt that is not there allows everything; one that cannot be had for now (5xx, no
        answer) disallows everything for now.
        """
        rules = await self._rules_for(url) if self._heed else None
        if rules is None:
            return self._retriever.gate.page_delay(url)
        if not rules.can_fetch(url, self._agent):
            raise Disallowed("robots.txt asks not to fetch this page", url=mask_url(url))
        return self._retriever.gate.page_delay(url, rules.crawl_delay(self._agent))

    async def _rules_for(self, url: str) -> Protego | None:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.create_task(self._fetch(origin))
        return await asyncio.shield(self._rules[origin])

    async def _fetch(self, origin: str) -> Protego | None:
        parts = urlsplit(origin)
        address = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
        try:
            answer = await self._retriever.get(address, accept="text/plain, */*;q=0.1")
        except ForbiddenAddress:
            raise  # so is the page, now and later
        except RetrieveError as exc:
            if exc.status is not None and 400 <= exc.status < 500 and exc.status != 429:
                return None
            raise RetrieveError(
                f"robots.txt cannot be read for now: {exc}", url=exc.url, transient=True
            ) from exc
        text = answer.body[:_READ_BYTES].decode("utf-8", "replace")
        return Protego.parse(text)

    async def close(self) -> None:
        """Wait for nothing: drop what is still being fetched."""
        for task in self._rules.values():
            task.cancel()
        await asyncio.gather(*self._rules.values(), return_exceptions=True)
