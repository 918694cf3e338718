"""The network under `Retriever`: guarded connections, and what is said with every request."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable
from functools import cache

import httpcore
import httpx

from rotascope_feeds.addresses import GuardedBackend, Resolver, is_allowed, resolve
from rotascope_feeds.decode import ACCEPT_ENCODING
from rotascope_feeds.options import FetchOptions

# httpx logs every URL in full, and httpcore every header: secrets of feeds are in them.
for _name in ("httpx", "httpcore.http11", "httpcore.connection", "httpcore.proxy"):
    logging.getLogger(_name).addFilter(lambda record: record.levelno >= logging.WARNING)


def guarded_transport(
    options: FetchOptions, *, resolver: Resolver = resolve
) -> httpx.AsyncHTTPTransport:
    """httpx's transport whose every connection goes through `GuardedBackend`.

    Behind a configured proxy the proxy connects, so addresses are checked before each request.
    """
    context = _tls()
    transport = httpx.AsyncHTTPTransport(
        verify=context, trust_env=False, proxy=options.proxy, limits=_limits(options)
    )
    if options.proxy is None:
        # httpx has no parameter for httpcore's network backend, so the pool is put in by hand, and
        # a version that keeps it elsewhere must not fetch unguarded.
        if not isinstance(transport._pool, httpcore.AsyncConnectionPool):
            raise RuntimeError("this version of httpx is not supported: its connection pool moved")
        transport._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_keepalive_connections=options.connections,
            keepalive_expiry=5.0,
            network_backend=GuardedBackend(allow=allowance(options), resolver=resolver),
        )
    return transport


def allowance(options: FetchOptions) -> Callable[[str, int], bool]:
    """Whether `(host, port)` may be private under `options`."""

    def allow(host: str, port: int) -> bool:
        return options.allow_private or is_allowed(host, port, options.allow_private_hosts)

    return allow


@cache
def _tls() -> ssl.SSLContext:
    """Loading the certificates takes a tenth of a second, so it is done once."""
    return httpx.create_ssl_context(trust_env=False)


def request_headers(options: FetchOptions) -> dict[str, str]:
    headers = {"User-Agent": options.user_agent, "Accept-Encoding": ACCEPT_ENCODING}
    if options.languages:
        headers["Accept-Language"] = ", ".join([*options.languages, "*;q=0.5"])
    return headers


def _limits(options: FetchOptions) -> httpx.Limits:
    # The gate bounds them; a pool that did so too would let requests time out in its queue.
    return httpx.Limits(max_keepalive_connections=options.connections)
