"""Pure decisions about one feed: what its state becomes, and when to try again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rotascope_feeds.parse import ParsedFeed
from rotascope_feeds.retrieve import sendable
from rotascope_feeds.secrets import mask_text
from rotascope_feeds.types import FeedState, Retrieved

# After an error the next try waits 5 minutes, doubled each time, up to a day.
_FIRST_BACKOFF = timedelta(minutes=5)
_LONGEST_BACKOFF = timedelta(days=1)
# Without any answer the fault may be our own network's, and it ends for all feeds at once.
_LONGEST_UNANSWERED = timedelta(minutes=30)
# Unlike a server's Retry-After of years, which must not silence a feed for good.
_LONGEST_RETRY_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A feed that was read, and the state it leaves if all its entries can be dealt with."""

    parsed: ParsedFeed
    state: FeedState


def too_early(state: FeedState, now: datetime) -> bool:
    """Whether the feed is to be left alone for now.

    A wait longer than any that is ever set was set by a clock that ran ahead: it does not count.
    """
    return state.next_try_at is not None and now < state.next_try_at <= now + _LONGEST_RETRY_AFTER


def after_success(state: FeedState, answer: Retrieved, now: datetime, digest: str) -> FeedState:
    """A 200 or a 304: validators kept for the next round, errors forgotten."""
    fresh = answer.status != 304
    return replace(
        state,
        etag=_validator(answer, "etag") if fresh else state.etag,
        last_modified=_validator(answer, "last-modified") if fresh else state.last_modified,
        body_hash=digest if fresh else state.body_hash,
        moved_to=answer.permanent_url or state.moved_to,
        retired=False,
        last_success_at=now,
        error_count=0,
        next_try_at=None,
    )


def _validator(answer: Retrieved, name: str) -> str | None:
    value = answer.headers.get(name)
    return value if sendable(value) else None


def without_validators(state: FeedState) -> FeedState:
    """The state where some entries are still to be dealt with: the next round reads all again."""
    return replace(state, etag=None, last_modified=None, body_hash=None)


def after_error(
    state: FeedState,
    message: str,
    now: datetime,
    *,
    retry_after: float | None = None,
    answered: bool = True,
) -> FeedState:
    """One error more, with the next try put off.  A move that fails is forgotten, with its ETag."""
    if state.moved_to:
        state = replace(state, moved_to=None, etag=None, last_modified=None)
    count = state.error_count + 1
    longest = _LONGEST_BACKOFF if answered else _LONGEST_UNANSWERED
    wait = min(_FIRST_BACKOFF * 2 ** min(count - 1, 20), longest)
    if retry_after is not None:
        wait = max(wait, min(timedelta(seconds=retry_after), _LONGEST_RETRY_AFTER))
    return replace(
        state,
        last_error_at=now,
        last_error=mask_text(message),
        error_count=count,
        next_try_at=now + wait,
    )


def after_gone(state: FeedState, now: datetime) -> FeedState:
    """410: the publisher has taken the feed down for good."""
    message = "HTTP status 410: the publisher has taken this feed down; it is not tried again"
    return replace(
        state,
        retired=True,
        last_error_at=now,
        last_error=message,
        error_count=state.error_count + 1,
        next_try_at=None,
    )


def body_hash(body: bytes) -> str:
    """The hash by which a document is known to be unchanged."""
    return hashlib.blake2b(body, digest_size=32).hexdigest()
