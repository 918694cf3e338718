"""How politely and how safely to fetch.

There are no defaults here: `config.yaml`, section `fetch`, is their one home, and its keys are the
fields of `FetchOptions`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """What a round may do to the network; sizes in bytes, times in seconds.

    `timeout_seconds` bounds one wait (connect, read, write); `request_seconds` a whole request with
    its redirects, so that a server that drips cannot hold it; `round_seconds` a whole round.
    `retry_after_seconds` is the longest Retry-After that is waited for inside a round; a longer one
    is kept for the next rounds.  `allow_private_hosts` are host names or addresses (with or without
    `:port`) that may be private and then have no page delay.
    `languages` are ISO 639-1 codes; empty admits every language.
    """

    user_agent: str
    proxy: str | None
    allow_private_hosts: tuple[str, ...]
    timeout_seconds: float
    request_seconds: float
    round_seconds: float
    max_download_bytes: int
    max_decoded_bytes: int
    max_redirects: int
    connections: int
    connections_per_host: int
    page_delay_seconds: float
    max_pages_per_feed: int
    retries: int
    retry_after_seconds: float
    robots: bool
    pages: bool
    languages: tuple[str, ...]
