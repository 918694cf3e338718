"""Which addresses are fetched, checked on what a name resolves to when it is connected to."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import NoReturn

import httpcore
import pytest
from feed_samples import feed
from feed_server import Site, answer, redirect

from rotascope_feeds.addresses import GuardedBackend, is_allowed, is_public
from rotascope_feeds.errors import ForbiddenAddress, RetrieveError
from rotascope_feeds.gate import HostGate
from rotascope_feeds.options import FetchOptions
from rotascope_feeds.retrieve import Retriever

FORBIDDEN = (  # noqa: SIM905
    "127.0.0.1 127.8.8.8 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 "
    "100.64.0.1 100.100.100.200 192.0.0.192 198.18.0.1 224.0.0.1 239.1.1.1 240.0.0.1 "
    "255.255.255.255 168.63.129.16 192.0.2.1 ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 "
    "fec0::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 "
    "64:ff9b::a9fe:a9fe 64:ff9b:1::a00:1 2002:7f00:1:: 2002:a00:1:: 2001:0:7f00:1::1 ::127.0.0.1 "
    "::10.0.0.1 2001:db8::1 nonsense"
).split()
PUBLIC = (  # noqa: SIM905
    "8.8.8.8 1.1.1.1 93.184.216.34 2606:4700::1111 2a00:1450:4001:80b::200e ::ffff:8.8.8.8 "
    "64:ff9b::808:808"
).split()


@pytest.mark.parametrize("address", FORBIDDEN)
def test_address_that_must_not_be_fetched(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("host", "port", "allowed", "expected"),
    [
        ("Intranet.local", 80, ["intranet.local"], True),
        ("intranet.local.", 80, ["intranet.local"], True),
        ("intranet.local", 80, ["intranet.local:80"], True),
        ("intranet.local", 81, ["intranet.local:80"], False),
        ("evil-intranet.local", 80, ["intranet.local"], False),
        ("::1", 8080, ["[::1]:8080"], True),
        ("localhost", 80, [], False),
    ],
)
def test_allowed_by_name(host: str, port: int, allowed: list[str], expected: bool) -> None:
    assert is_allowed(host, port, allowed) is expected


def _get(url: str, options: FetchOptions, **names: list[str]) -> bytes:
    async def resolver(host: str, _port: int) -> list[str]:
        found = names.get(host.replace(".", "_").replace("-", "_"))
        return found.pop(0).split() if found else [host]

    async def run() -> bytes:
        async with Retriever.open(options, resolver=resolver) as retriever:
            return (await retriever.get(url)).body

    return asyncio.run(run())


@pytest.fixture
def strict(options: FetchOptions) -> FetchOptions:
    return replace(options, allow_private=False, retries=0)


def test_loopback_is_refused_and_the_mend_is_named(site: Site, strict: FetchOptions) -> None:
    url = site.add("/feed", answer(feed(1)))
    with pytest.raises(ForbiddenAddress, match="allow_private_hosts"):
        _get(url, strict)
    assert site.requests == []


def test_an_allowed_host_is_fetched(site: Site, strict: FetchOptions) -> None:
    url = site.add("/feed", answer(feed(1)))
    assert _get(url, replace(strict, allow_private_hosts=("127.0.0.1",))) == feed(1)


def test_a_name_that_resolves_to_loopback_is_refused(site: Site, strict: FetchOptions) -> None:
    port = site.url.rpartition(":")[2]
    with pytest.raises(ForbiddenAddress, match=r"127\.0\.0\.1"):
        _get(f"http://news.example.com:{port}/", strict, news_example_com=["127.0.0.1"])
    assert site.requests == []


def test_one_private_address_among_public_ones_is_enough(strict: FetchOptions) -> None:
    with pytest.raises(ForbiddenAddress):
        _get("http://news.example.com/", strict, news_example_com=["8.8.8.8 10.0.0.7"])


def test_rebinding_gains_nothing() -> None:
    """The name is asked once, and what was checked is what is connected to."""
    answers = [["8.8.8.8"], ["127.0.0.1"]]
    connected: list[str] = []

    async def resolver(_host: str, _port: int) -> list[str]:
        return answers.pop(0)

    class Recorder(httpcore.AnyIOBackend):
        async def connect_tcp(self, host: str, *_: object, **__: object) -> NoReturn:
            connected.append(host)
            raise httpcore.ConnectError

    backend = GuardedBackend(allow=lambda *_: False, resolver=resolver, inner=Recorder())
    with pytest.raises(httpcore.ConnectError):
        asyncio.run(backend.connect_tcp("rebind.example.com", 80))
    assert connected == ["8.8.8.8"]
    assert answers == [["127.0.0.1"]]


def test_a_redirect_to_a_private_host_is_refused(site: Site, strict: FetchOptions) -> None:
    port = site.url.rpartition(":")[2]
    url = site.add("/feed", redirect(f"http://inside.example.com:{port}/secret"))
    site.add("/secret", answer("secret"))
    allowed = replace(strict, allow_private_hosts=("127.0.0.1",))
    with pytest.raises(ForbiddenAddress, match=r"inside\.example\.com"):
        _get(url, allowed, inside_example_com=["127.0.0.1"])
    assert site.paths() == ["/feed"]


@pytest.mark.parametrize("number", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost"])
def test_other_spellings_of_loopback(site: Site, strict: FetchOptions, number: str) -> None:
    async def run() -> None:
        async with Retriever.open(strict) as retriever:
            await retriever.get(f"http://{number}:{site.url.rpartition(':')[2]}/")

    with pytest.raises(RetrieveError):
        asyncio.run(run())
    assert site.requests == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.com/x",
        "gopher://x/",
        "data:text/xml,x",
        "x",
        "",
        "http://",
    ],
)
def test_other_schemes_are_refused(strict: FetchOptions, url: str) -> None:
    with pytest.raises(RetrieveError):
        _get(url, strict)


def test_a_redirect_to_another_scheme_is_refused(site: Site, options: FetchOptions) -> None:
    url = site.add("/feed", redirect("file:///etc/passwd"))
    with pytest.raises(ForbiddenAddress):
        _get(url, options)


def test_behind_a_proxy_private_names_are_refused_before_asking(strict: FetchOptions) -> None:
    proxied = replace(strict, proxy="http://127.0.0.1:9")
    with pytest.raises(ForbiddenAddress):
        _get("http://inside.example.com/", proxied, inside_example_com=["10.0.0.1"])


@pytest.mark.parametrize(
    ("allowed", "url"),
    [
        ("inside.example.com:80", "http://inside.example.com/"),
        ("inside.example.com:443", "https://inside.example.com/"),
    ],
)
def test_the_port_of_an_allowed_host_may_be_the_one_of_the_scheme(
    site: Site, strict: FetchOptions, allowed: str, url: str
) -> None:
    """Also behind a proxy, which is asked then, and for the pause between pages."""
    listed = replace(strict, allow_private_hosts=(allowed,), delay_seconds=5.0)
    other = replace(listed, allow_private_hosts=("inside.example.com:8080",))
    assert HostGate(listed).page_delay(url) == 0.0
    assert HostGate(other).page_delay(url) == 5.0
    with pytest.raises(RetrieveError) as refused:
        _get(url, replace(listed, proxy=site.url), inside_example_com=["10.0.0.1"])
    assert not isinstance(refused.value, ForbiddenAddress)
    assert len(site.requests) >= 1


def test_proxies_come_from_the_configuration_alone(
    site: Site, options: FetchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.add("/feed", answer(feed(1)))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert _get(url, options) == feed(1)
