"""How politely and how safely to fetch.

There are no defaults here: `config.yaml`, section `fetch`, is their one home, and its keys are the
fields of `FetchOptions`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """What a round may do to the network; sizes in bytes, times in seconds.

    `timeout_seconds` bounds one wait (connect, read, write); `total_seconds` a whole request with
    its redirects, so that a server that drips cannot hold it; `round_seconds` a whole round.
    `max_wait_seconds` is the longest Retry-After that is waited for inside a round; a longer one
    is kept for the next rounds.  `max_bytes` holds on the wire and after decompression.
    `allow_private_hosts` are host names or addresses, with or without `:port`, that may be private
    and have no page delay; `allow_private` admits every host so.
    `languages` are ISO 639-1 codes; empty admits every language.
    """

    user_agent: str
    timeout_seconds: float
    total_seconds: float
    round_seconds: float
    retries: int
    max_wait_seconds: float
    max_bytes: int
    max_redirects: int
    connections: int
    connections_per_host: int
    delay_seconds: float
    pages: bool
    pages_per_feed: int
    robots: bool
    proxy: str | None
    allow_private_hosts: tuple[str, ...]
    languages: tuple[str, ...]
    allow_private: bool = False
