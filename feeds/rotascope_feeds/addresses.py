"""Which addresses may be fetched, checked on the address that is connected to.

A name is resolved once, every address it has is checked, and the connection goes to one of the
checked addresses, so a name that changes its answer in between (DNS rebinding) gains nothing.
Redirects come through here too, because every new connection does.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeAlias
from urllib.parse import SplitResult

import httpcore

from rotascope_feeds.errors import ForbiddenAddress

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver: TypeAlias = Callable[[str, int], Awaitable[list[str]]]

# Of their own, so that some names whose servers are dead hold up neither the others nor the end of
# the round.
_lookups = ThreadPoolExecutor(max_workers=32, thread_name_prefix="rotascope-dns")

_NEVER = tuple(
    ipaddress.ip_network(network)
    for network in (
        "168.63.129.16/32",  # Azure's platform service: public by its number, full of secrets
        "192.0.0.0/24",  # IETF protocol assignments; Oracle's metadata service; old Pythons miss it
        "5f00::/16",  # segment routing (RFC 9602), which old Pythons take for global
    )
)
# RFC 6052, RFC 8215: an IPv4 address in the last 32 bits, which a NAT64 gateway would connect to.
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_IPV4_COMPATIBLE = ipaddress.ip_network("::/96")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def is_public(address: str) -> bool:
    """Whether `address` may be fetched without being allowed by name.

    Not loopback, private, link-local, shared (CGNAT), unique-local, multicast, reserved or a
    cloud's metadata service, and no IPv6 form that carries such an IPv4 address.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_public(one) for one in (parsed, *_embedded(parsed)))


def _is_public(address: Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not getattr(address, "is_site_local", False)
        and not any(address in network for network in _NEVER)
    ) or _carries_ipv4(address)


def _carries_ipv4(address: Address) -> bool:
    """Forms that Python may call reserved although only the IPv4 address inside them counts."""
    return isinstance(address, ipaddress.IPv6Address) and (
        address.ipv4_mapped is not None or address in _NAT64[0]
    )


def _embedded(address: Address) -> Iterable[ipaddress.IPv4Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if any(address in network for network in (*_NAT64, _IPV4_COMPATIBLE)):
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def is_allowed(host: str, port: int, allowed: Iterable[str]) -> bool:
    """Whether the configuration names `host` (or `host:port`) as one that may be private."""
    bare = host.strip("[]").lower().rstrip(".")
    names = {bare, f"{bare}:{port}", f"[{bare}]:{port}"}
    return any(name.strip().lower() in names for name in allowed)


def url_port(url: SplitResult) -> int:
    """The port that a request of `url` goes to, also where it names none."""
    return url.port or _DEFAULT_PORTS.get(url.scheme, 0)


async def resolve(host: str, port: int) -> list[str]:
    """All addresses of `host`, in the order the system prefers; raises OSError."""
    loop = asyncio.get_running_loop()
    look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    found = await loop.run_in_executor(_lookups, look_up)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to public addresses only, and to exactly the address that was checked."""

    def __init__(
        self,
        *,
        allow: Callable[[str, int], bool],
        resolver: Resolver = resolve,
        inner: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._allow = allow
        self._resolver = resolver
        self._inner = inner or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve, check, connect; raises ForbiddenAddress or an httpcore connect error."""
        last: Exception | None = None
        for address in await checked_addresses(host, port, self._allow, self._resolver):
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as exc:
                last = exc
        raise last or httpcore.ConnectError(f"{host} has no address")

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Never: a URL cannot name a socket file."""
        raise ForbiddenAddress("socket files are not fetched", url=path)

    async def sleep(self, seconds: float) -> None:
        """Part of httpcore's protocol."""
        await asyncio.sleep(seconds)


async def checked_addresses(
    host: str, port: int, allow: Callable[[str, int], bool], resolver: Resolver
) -> list[str]:
    """The addresses of `host`; raises ForbiddenAddress if one of them must not be fetched."""
    try:
        addresses = await resolver(host, port)
    except (OSError, UnicodeError) as exc:
        raise httpcore.ConnectError(f"the name {host} cannot be resolved") from exc
    forbidden = [address for address in addresses if not is_public(address)]
    if forbidden and not allow(host, port):
        raise ForbiddenAddress(
            f"{host} leads to {forbidden[0]}, which is not a public address; if that is meant, "
            f"add {host!r} to fetch.allow_private_hosts or give --allow-private-hosts",
            url=host,
        )
    return addresses
