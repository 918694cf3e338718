"""Fetch one URL: bounded in time, size and redirects, and only from public addresses.

The transport, the name resolver and `sleep` are passed in, so that tests need no network.
"""

from __future__ import annotations

import asyncio
import email.utils
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing, asynccontextmanager, suppress
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TypeAlias, TypeGuard
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt
from tenacity.wait import wait_random_exponential

from rotascope_feeds.addresses import Resolver, checked_addresses, resolve, url_port
from rotascope_feeds.decode import BadEncoding, TooLarge, decode_body
from rotascope_feeds.errors import ForbiddenAddress, RetrieveError, TooSlow
from rotascope_feeds.gate import HostGate
from rotascope_feeds.options import FetchOptions
from rotascope_feeds.secrets import mask_text, mask_url
from rotascope_feeds.transport import allowance, guarded_transport, request_headers
from rotascope_feeds.types import Retrieved

ACCEPT_FEED = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1"
)
ACCEPT_PAGE = "text/html, application/xhtml+xml, */*;q=0.1"

_log = logging.getLogger(__name__)

_PERMANENT = frozenset({301, 308})
_REDIRECTS = _PERMANENT | {302, 303, 307}
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_FIRST_WAIT = 0.5  # seconds; doubled with each try, and jittered, up to `max_wait_seconds`

Sleep: TypeAlias = Callable[[float], Awaitable[None]]
Before: TypeAlias = Callable[[str], Awaitable[float]]


class Retriever:
    """Fetches URLs under `options`; one for a round, to be used from one event loop."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        options: FetchOptions,
        *,
        resolver: Resolver = resolve,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._client = client
        self._options = options
        self._resolver = resolver
        self._sleep = sleep
        self.gate = HostGate(options, sleep=sleep)

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        options: FetchOptions,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        resolver: Resolver = resolve,
        sleep: Sleep = asyncio.sleep,
    ) -> AsyncIterator[Retriever]:
        """A retriever with a client of its own; `transport` replaces the guarded network."""
        client = httpx.AsyncClient(
            transport=transport or guarded_transport(options, resolver=resolver),
            timeout=httpx.Timeout(options.timeout_seconds),
            headers=request_headers(options),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),  # none are kept
            trust_env=False,
        )
        async with client:
            yield cls(client, options, resolver=resolver, sleep=sleep)

    async def get(
        self,
        url: str,
        *,
        accept: str = ACCEPT_FEED,
        etag: str | None = None,
        last_modified: str | None = None,
        before: Before | None = None,
    ) -> Retrieved:
        """The answer to a GET of `url`: 200, or 304 where `etag` or `last_modified` still hold.

        429, 5xx and broken connections are tried again, after what Retry-After asks for or a
        growing pause.  `before` is asked for each hop: it gives the pause that the host wants
        between pages, or raises.  Raises RetrieveError for any other status, ForbiddenAddress.
        """
        headers = {"Accept": accept}
        if sendable(etag):
            headers["If-None-Match"] = etag
        if sendable(last_modified):
            headers["If-Modified-Since"] = last_modified
        retrying = AsyncRetrying(
            sleep=self._sleep,
            stop=stop_after_attempt(self._options.retries + 1),
            wait=self._wait,
            retry=retry_if_exception(self._worth_another_try),
            reraise=True,
        )
        return await retrying(self._once, url, headers, before)

    def _worth_another_try(self, error: BaseException) -> bool:
        return (
            isinstance(error, RetrieveError)
            and error.transient
            and not isinstance(error, TooSlow)
            and (error.retry_after or 0.0) <= self._options.max_wait_seconds
        )

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, RetrieveError) and error.retry_after is not None:
            return error.retry_after
        longest = self._options.max_wait_seconds
        return wait_random_exponential(multiplier=_FIRST_WAIT, max=longest)(state)

    async def _once(self, url: str, headers: dict[str, str], before: Before | None) -> Retrieved:
        shown = mask_url(url)
        seconds = self._options.total_seconds
        try:
            return await self._follow(url, headers, before)
        except TimeoutError as exc:
            raise TooSlow(
                f"no whole answer within {seconds:g} s", url=shown, transient=True
            ) from exc
        except httpx.TimeoutException as exc:
            waited = self._options.timeout_seconds
            raise TooSlow(f"no answer for {waited:g} s", url=shown, transient=True) from exc
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as exc:
            raise RetrieveError(f"not a URL that can be fetched: {shown}", url=shown) from exc
        except ValueError as exc:  # a host name, cookie or Location that nobody can read or send
            raise RetrieveError(
                f"what leads to {shown} cannot be followed: {mask_text(_reason(exc))}", url=shown
            ) from exc
        except (httpx.HTTPError, httpcore.NetworkError, OSError) as exc:
            raise RetrieveError(
                f"the connection failed: {_reason(exc)}", url=shown, transient=True
            ) from exc

    async def _follow(self, url: str, headers: dict[str, str], before: Before | None) -> Retrieved:
        """Follow redirects by hand: each hop is checked, and a permanent chain is remembered.

        Waiting for a turn does not count towards `total_seconds`.
        """
        current, permanent, unbroken = url, None, True
        cookies = httpx.Cookies()  # some sites only let those pass who bring back what they set
        left = self._options.total_seconds
        clock = asyncio.get_running_loop().time
        for _ in range(self._options.max_redirects + 1):
            await self._check(current)
            delay = await before(current) if before else 0.0
            async with self.gate.slot(current, delay=delay):
                start = clock()
                async with asyncio.timeout(left):
                    status, answer, body = await self._read(current, headers, cookies)
                left -= clock() - start
            location = answer.get("location")
            if status not in _REDIRECTS or not location:
                if status == 304 and not _is_conditional(headers):
                    message = "HTTP status 304 (not modified), though nothing was asked to compare"
                    raise RetrieveError(message, url=mask_url(current), status=status)
                self._raise_for_status(status, answer, current)
                return Retrieved(url, current, status, answer, body, permanent)
            current = urljoin(current, location)
            unbroken = unbroken and status in _PERMANENT
            permanent = current if unbroken else permanent
        limit = self._options.max_redirects
        raise RetrieveError(f"more than {limit} redirects", url=mask_url(url))

    async def _check(self, url: str) -> None:
        """Scheme always; the address here only behind a proxy, which connects in our place."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, url_port(parts)
        except ValueError as exc:
            raise RetrieveError(f"not a URL: {mask_url(url)}", url=mask_url(url)) from exc
        if parts.scheme not in ("http", "https") or not host:
            raise ForbiddenAddress(
                f"only http and https are fetched, not {mask_url(url)}", url=mask_url(url)
            )
        if self._options.proxy:
            # the name is known to the proxy alone, which then decides
            with suppress(httpcore.ConnectError):
                await checked_addresses(host, port, allowance(self._options), self._resolver)

    async def _read(
        self, url: str, headers: dict[str, str], cookies: httpx.Cookies
    ) -> tuple[int, dict[str, str], bytes]:
        request = self._client.build_request("GET", url, headers=headers)
        cookies.set_cookie_header(request)
        async with aclosing(await self._client.send(request, stream=True)) as response:
            _log.debug("%d %s", response.status_code, mask_url(url))
            cookies.extract_cookies(response)
            answer = {key.lower(): value for key, value in response.headers.items()}
            if response.status_code in _REDIRECTS or response.status_code >= 400:
                return response.status_code, answer, b""
            body = bytearray()
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > self._options.max_bytes:
                    raise self._too_large(url)
        return response.status_code, answer, self._decode(bytes(body), answer, url)

    def _decode(self, body: bytes, answer: dict[str, str], url: str) -> bytes:
        encoding = answer.get("content-encoding", "")
        try:
            return decode_body(body, encoding, limit=self._options.max_bytes)
        except TooLarge as exc:
            raise self._too_large(url) from exc
        except BadEncoding as exc:
            raise RetrieveError(str(exc), url=mask_url(url), transient=True) from exc

    def _too_large(self, url: str) -> RetrieveError:
        limit = self._options.max_bytes
        return RetrieveError(f"larger than {limit:,} bytes (fetch.max_bytes)", url=mask_url(url))

    def _raise_for_status(self, status: int, answer: dict[str, str], url: str) -> None:
        if status in (200, 203, 226, 304):
            return
        raise RetrieveError(
            f"HTTP status {status}",
            url=mask_url(url),
            status=status,
            transient=status in _TRANSIENT,
            retry_after=retry_after(answer.get("retry-after"), answer.get("date")),
        )


def _is_conditional(headers: Mapping[str, str]) -> bool:
    return not headers.keys().isdisjoint(("If-None-Match", "If-Modified-Since"))


def sendable(validator: str | None) -> TypeGuard[str]:
    """Whether an ETag or Last-Modified can be sent back; some hold what no header may."""
    return bool(validator and validator.isascii() and validator.isprintable())


def retry_after(value: str | None, date: str | None = None) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110 10.2.3); None where it says nothing.

    A time counts from the answer's own Date, so that the server's clock need not agree with ours.
    """
    if not value:
        return None
    if value.strip().isdigit():
        return float(min(int(value.strip()[:10]), 10**9))
    until, start = _http_date(value), _http_date(date or "")
    if until is None or start is None:
        return None
    return max(0.0, (until - start).total_seconds())


def _http_date(value: str) -> datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _reason(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return text or type(error).__name__
