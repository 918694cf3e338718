"""From the entries of one feed to its articles: what is new, its page, its text, its language."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlsplit

from rotascope_feeds.dates import cap
from rotascope_feeds.dedupe import (
    apart,
    canonical_url,
    entry_hash,
    is_home,
    page_identity,
    shared_links,
)
from rotascope_feeds.errors import RetrieveError, TooLong
from rotascope_feeds.extract import Page, choose_text, extract_page
from rotascope_feeds.feedround import Fetched, without_validators
from rotascope_feeds.gate import RoundOver
from rotascope_feeds.language import is_wanted, language_of
from rotascope_feeds.language import prepare as prepare_languages
from rotascope_feeds.options import FetchOptions
from rotascope_feeds.retrieve import ACCEPT_PAGE, Retriever
from rotascope_feeds.robots import Disallowed, Robots
from rotascope_feeds.secrets import mask_url
from rotascope_feeds.types import Article, FeedEntry, FeedResult, FeedSource, SeenEntry
from rotascope_feeds.worker import PAGE_SECONDS, Worker

_log = logging.getLogger(__name__)

_LINK_SHARED = "link_shared"
"""The flag of entries whose link names no article of their own."""

_AT_ONCE = 200
"""Entries without a page that are dealt with before other feeds have a turn."""

_GIVEN_UP = 3
"""Pages of a host on which time was wasted, after which no more of it are read in a round."""

MAX_TRIES = 3
"""Rounds in which a page that fails for now is asked for, before the feed's own text is final."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A page, or why there is none; `again`: a later round may get it."""

    page: Page | None = None
    final_url: str | None = None
    flag: str | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class _Outcome:
    """An entry dealt with: an article, or the reason why it was left out."""

    seen: SeenEntry
    article: Article | None = None
    left_out: str | None = None


REMEMBERED, REMEMBERED_TIMES = 1_000, 10
"""So many entries are remembered for a feed, and so many times those that it shows at once."""


class PageReader:
    """Completes feeds within one round."""

    def __init__(
        self,
        retriever: Retriever,
        options: FetchOptions,
        robots: Robots,
        worker: Worker,
        now: Callable[[], datetime],
    ) -> None:
        self._retriever = retriever
        self._options = options
        self._robots = robots
        self._worker = worker
        self._now = now
        self._given_up: Counter[str] = Counter()

    async def complete(
        self, source: FeedSource, fetched: Fetched, seen: Mapping[str, SeenEntry]
    ) -> FeedResult:
        """The result of a feed that was read: articles of the entries that are new or edited.

        Entries that the round had no time for are left to the next one, as are pages that failed
        for now, whose articles take the feed's own text meanwhile.  Raises LanguageError.
        """
        todo = _unseen(fetched.parsed.entries, seen)
        if todo:  # before any page is asked for
            await self._worker.run(prepare_languages)
        shared = shared_links(fetched.parsed.entries)
        outcomes, late = await self._outcomes(source, todo, seen, shared)
        pending = late > 0 or any(not one.seen.entry_hash for one in outcomes)
        skipped = Counter(one.left_out for one in outcomes if one.left_out)
        if late:
            skipped["deferred"] = late
        return FeedResult(
            source,
            "ok",
            without_validators(fetched.state) if pending else fetched.state,
            articles=apart([one.article for one in outcomes if one.article]),
            entries=len(fetched.parsed.entries),
            skipped=dict(skipped),
            seen=tuple(one.seen for one in outcomes),
            gone=_gone(fetched.parsed.entries, seen),
        )

    async def _outcomes(
        self,
        source: FeedSource,
        todo: Sequence[FeedEntry],
        seen: Mapping[str, SeenEntry],
        shared: frozenset[str],
    ) -> tuple[list[_Outcome], int]:
        """What became of each entry, in order, and how many the round had no time for."""
        reads = self._without_page(todo, shared)
        done: dict[str, _Outcome] = {}

        def deal_with(entry: FeedEntry, read: _Read) -> None:
            done[entry.entry_id] = self._safely(source, entry, seen.get(entry.entry_id), read)

        async def fetch(entry: FeedEntry) -> None:
            read = await self._page(entry.link or "")
            if read is not None:
                await self._worker.run(lambda: deal_with(entry, read))

        def deal_with_all(entries: Sequence[FeedEntry]) -> None:
            for entry in entries:
                deal_with(entry, reads[entry.entry_id])

        tasks = [asyncio.create_task(fetch(one)) for one in todo if one.entry_id not in reads]
        try:
            plain = [entry for entry in todo if entry.entry_id in reads]
            for start in range(0, len(plain), _AT_ONCE):
                await self._worker.run(partial(deal_with_all, plain[start : start + _AT_ONCE]))
            await asyncio.gather(*tasks)
        except asyncio.CancelledError:
            # The round is over: what is finished is kept, the rest is late.
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        outcomes = [done[entry.entry_id] for entry in todo if entry.entry_id in done]
        return outcomes, len(todo) - len(outcomes)

    def _without_page(self, todo: Sequence[FeedEntry], shared: frozenset[str]) -> dict[str, _Read]:
        """The entries whose page is not asked for, and why; the newest have precedence."""
        reads = {
            entry.entry_id: _Read(flag=_LINK_SHARED)
            for entry in todo
            if canonical_url(entry.link) in shared
        }
        if not self._options.pages:
            return {entry.entry_id: _Read() for entry in todo} | reads
        reads |= {entry.entry_id: _Read() for entry in todo if entry.link is None}
        left = [entry for entry in todo if entry.entry_id not in reads]
        late = sorted(left, key=_published, reverse=True)[self._options.pages_per_feed :]
        return reads | {entry.entry_id: _Read(flag="page_skipped") for entry in late}

    def _safely(
        self, source: FeedSource, entry: FeedEntry, before: SeenEntry | None, read: _Read
    ) -> _Outcome:
        try:
            return self._outcome(source, entry, before, read)
        except Exception as exc:  # one entry must not keep the others of its feed out
            _log.warning("an entry of %s cannot be read: %r", mask_url(source.url), exc)
            seen = SeenEntry(entry.entry_id, entry_hash(entry))
            return _Outcome(seen, left_out="unreadable")

    async def _page(self, link: str) -> _Read | None:
        try:
            answer = await self._retriever.get(link, accept=ACCEPT_PAGE, before=self._robots.before)
        except RoundOver:
            return None
        except Disallowed:
            return _Read(flag="page_robots")
        except RetrieveError as exc:
            return _Read(flag="page_failed", again=exc.transient)
        except Exception as exc:  # one page must not keep the other entries of its feed out
            _log.warning("%s cannot be fetched: %r", mask_url(link), exc)
            return _Read(flag="page_failed")
        url = answer.final_url
        if is_home(url) and not is_home(link):
            return _Read(flag="page_other")
        host = urlsplit(url).netloc
        if self._given_up[host] >= _GIVEN_UP:
            return _Read(flag="page_unreadable")
        try:
            page = await self._worker.read(PAGE_SECONDS, extract_page, answer.body, url=url)
        except Exception as exc:  # of a parser, over one page: the feed's own text will do
            self._given_up[host] += isinstance(exc, TooLong)
            _log.warning("%s cannot be read: %r", mask_url(url), exc)
            return _Read(flag="page_unreadable")
        return _Read(page, url)

    def _outcome(
        self, source: FeedSource, entry: FeedEntry, before: SeenEntry | None, read: _Read
    ) -> _Outcome:
        tries = (before.tries if before else 0) + 1 if read.again else 0
        final = not read.again or tries >= MAX_TRIES
        seen = SeenEntry(entry.entry_id, entry_hash(entry) if final else "", tries)
        article = make_article(source, entry, read.page, read.final_url, self._now())
        if read.flag == _LINK_SHARED:
            article = replace(article, canonical_url=None)
        if read.flag:
            article = replace(article, flags=(*article.flags, read.flag))
        if not article.title and not article.text:
            return _Outcome(seen, left_out="empty")
        if not is_wanted(article.language, self._options.languages):
            return _Outcome(seen, left_out="language")
        return _Outcome(seen, article)


def make_article(
    source: FeedSource,
    entry: FeedEntry,
    page: Page | None,
    final_url: str | None,
    seen_at: datetime,
) -> Article:
    """The article of an entry, with the best text there is."""
    chosen = choose_text(entry, page)
    published, mended = cap(entry.published_at, seen_at)
    url = final_url if chosen.source == "page" else entry.link
    identity = page_identity(url, page.canonical if page else None) if url else None
    flags = dict.fromkeys((*entry.flags, *mended, *chosen.flags))
    return Article(
        feed_url=source.url,
        entry_id=entry.entry_id,
        url=url,
        canonical_url=identity if chosen.source == "page" else canonical_url(entry.link),
        title=chosen.title,
        text=chosen.text,
        text_source=chosen.source,
        published_at=published,
        seen_at=seen_at,
        language=language_of(f"{chosen.title}\n{chosen.text}", entry.language),
        publisher=source.publisher,
        flags=tuple(flags),
    )


def _published(entry: FeedEntry) -> datetime:
    return entry.published_at or datetime.max.replace(tzinfo=UTC)


def _gone(entries: Sequence[FeedEntry], seen: Mapping[str, SeenEntry]) -> tuple[str, ...]:
    """The entries that the feed shows no more, once they are many.

    Else a feed that numbers its entries anew each time would be remembered by the million.  One
    that comes back costs a page: its article is known by its URL all the same.
    """
    if len(seen) <= REMEMBERED + REMEMBERED_TIMES * len(entries):
        return ()
    shown = {entry.entry_id for entry in entries}
    return tuple(entry_id for entry_id in seen if entry_id not in shown)


def _unseen(entries: Sequence[FeedEntry], seen: Mapping[str, SeenEntry]) -> list[FeedEntry]:
    """Entries that are new, edited, or still wait for their page; each id once."""
    unique = {entry.entry_id: entry for entry in reversed(entries)}
    return [
        entry
        for entry in reversed(unique.values())
        if entry.entry_id not in seen or seen[entry.entry_id].entry_hash != entry_hash(entry)
    ]
