"""Bodies that hang, drip, break off or never end: each costs a bounded time and one feed."""

from __future__ import annotations

import gzip
import threading
from dataclasses import replace

import psutil
import pytest
from feed_rounds import collect_all, get
from feed_samples import feed
from feed_server import Site, answer, drip, hang, in_turn, reset

from rotascope_feeds.errors import RetrieveError, TooSlow
from rotascope_feeds.options import FetchOptions
from rotascope_feeds.types import FeedState


@pytest.mark.parametrize("kind", ["hang", "drip body", "drip head"])
def test_slow_servers(site: Site, plain: FetchOptions, kind: str) -> None:
    behaviours = {
        "hang": hang(site),
        "drip body": drip(site, body=True),
        "drip head": drip(site, body=False),
    }
    url = site.add("/feed", behaviours[kind])
    with pytest.raises(TooSlow):
        get(url, plain)
    assert len(site.requests) == 1


def test_reset_is_tried_again(site: Site, plain: FetchOptions) -> None:
    url = site.add("/feed", in_turn(reset, reset, answer(feed(2))))
    assert get(url, plain).body == feed(2)
    assert len(site.requests) == 3


def test_a_longer_length_than_the_body_is_an_error(site: Site, plain: FetchOptions) -> None:
    url = site.add("/feed", answer(feed(2), length=100_000))
    with pytest.raises(RetrieveError, match="connection failed"):
        get(url, plain)


def test_a_shorter_length_gives_what_is_whole(site: Site, plain: FetchOptions) -> None:
    whole = feed(3)
    url = site.add("/feed", answer(whole, length=len(whole) - 200))
    result = collect_all([url], plain)[url]
    assert result.status == "ok"
    assert len(result.articles) >= 2
    assert "feed_truncated" in result.articles[-1].flags


def test_gzip_bomb(site: Site, plain: FetchOptions) -> None:
    bomb = gzip.compress(b"\0" * 100_000_000)
    url = site.add("/feed", answer(bomb, headers={"Content-Encoding": "gzip"}))
    before = psutil.Process().memory_info().rss
    with pytest.raises(RetrieveError, match="larger than"):
        get(url, plain)
    assert psutil.Process().memory_info().rss - before < 60_000_000


def test_endless_body(site: Site, plain: FetchOptions) -> None:
    url = site.add("/feed", answer(b"x" * 3_000_000))
    with pytest.raises(RetrieveError, match="larger than"):
        get(url, replace(plain, max_bytes=1_000_000))


def test_a_body_without_end_is_not_read_beyond_the_limit(site: Site, plain: FetchOptions) -> None:
    """What the server gets rid of is the limit and what lies in the buffers in between."""
    sent = 0

    def flood(connection, _request):  # type: ignore[no-untyped-def]
        nonlocal sent
        connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while sent < 200_000_000:
            connection.sendall(b"x" * 1_000_000)
            sent += 1_000_000

    url = site.add("/feed", flood)
    with pytest.raises(RetrieveError, match="larger than"):
        get(url, replace(plain, max_bytes=1_000_000, total_seconds=60.0))
    assert sent < 50_000_000


def test_two_hundred_feeds_with_one_stuck(site: Site, plain: FetchOptions) -> None:
    """Every other feed is complete, in bounded time and memory."""
    body = feed(20)
    urls = [site.add(f"/feed{number}", answer(body)) for number in range(200)]
    site.add("/feed7", hang(site))
    site.add("/feed8", drip(site, body=True))
    site.add("/feed9", answer(b"x" * 2_000_000, headers={"Content-Encoding": "gzip"}))
    before = psutil.Process().memory_info().rss
    peak = before
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.05):
            peak = max(peak, psutil.Process().memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    results = collect_all(urls, plain)
    done.set()
    watcher.join()
    bad = {url for url, result in results.items() if result.status != "ok"}
    assert bad == {urls[7], urls[8], urls[9]}
    assert all(len(results[url].articles) == 20 for url in urls if url not in bad)
    assert peak - before < 300_000_000


def test_the_round_ends_on_time_whatever_hangs(
    site: Site, plain: FetchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was complete is kept; what was not is an error of its own and loses no state."""
    monkeypatch.setattr("rotascope_feeds.collect.GRACE_SECONDS", 0.2)
    slow = [site.add(f"/slow{number}", hang(site)) for number in range(3)]
    good = site.add("/good", answer(feed(2)))
    patient = replace(plain, timeout_seconds=60, total_seconds=60, round_seconds=0.5)
    results = collect_all([*slow, good], replace(patient, connections_per_host=9))
    assert len(results[good].articles) == 2
    for url in slow:
        assert results[url].status == "error"
        assert "round ended" in (results[url].error or "")
        assert results[url].state == FeedState(url)


def test_other_languages_are_left_out_with_a_count(site: Site, plain: FetchOptions) -> None:
    german = (
        "Die Anleger zogen am Montag viel Geld aus großen Technologiewerten ab und kauften dafür "
        "Aktien von Versorgern und Banken, wie Händler in Frankfurt sagten."
    )
    body = feed(2).replace(
        b"</channel>", f"<item><title>{german}</title></item></channel>".encode()
    )
    url = site.add("/feed", answer(body))
    result = collect_all([url], plain)[url]
    assert (result.entries, len(result.articles), result.skipped) == (3, 2, {"language": 1})
    every = collect_all([url], replace(plain, languages=()))[url]
    assert (len(every.articles), every.skipped) == (3, {})


def test_an_entry_that_breaks_something_costs_one_entry(
    site: Site, plain: FetchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(text: str, declared: str | None) -> str:
        if "part 1" in text:
            raise RuntimeError("no such thing")
        return "en"

    monkeypatch.setattr("rotascope_feeds.pages.language_of", breaking)
    url = site.add("/feed", answer(feed(3)))
    result = collect_all([url], plain)[url]
    assert (len(result.articles), result.skipped) == (2, {"unreadable": 1})
