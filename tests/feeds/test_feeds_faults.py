"""Servers that behave badly, for real: each costs a bounded time and one feed, never the round."""

from __future__ import annotations

import asyncio
import gzip
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import psutil
import pytest
from feed_samples import NOW, feed, page
from feed_server import Site, answer, drip, hang, in_turn, redirect, reset, status, tagged

from rotascope_feeds import extract
from rotascope_feeds.collect import collect
from rotascope_feeds.errors import RetrieveError, TooSlow
from rotascope_feeds.gate import HostGate
from rotascope_feeds.options import FetchOptions
from rotascope_feeds.retrieve import Retriever, retry_after
from rotascope_feeds.types import FeedResult, FeedSource, FeedState, Retrieved, SeenEntry


@dataclass
class Memory:
    """The store's part in a round, in memory; results are kept as the store would."""

    states: dict[str, FeedState] = field(default_factory=dict)
    seen: dict[str, dict[str, SeenEntry]] = field(default_factory=dict)

    def get_feed(self, url: str) -> FeedState | None:
        return self.states.get(url)

    def seen_entries(self, feed_url: str) -> Mapping[str, SeenEntry]:
        return self.seen.get(feed_url, {})

    def keep(self, result: FeedResult) -> FeedResult:
        self.states[result.state.url] = result.state
        self.seen.setdefault(result.state.url, {}).update(
            {one.entry_id: one for one in result.seen}
        )
        return result


def collect_all(
    urls: Sequence[str],
    options: FetchOptions,
    memory: Memory | None = None,
    *,
    now: datetime = NOW,
    stop: Callable[[], bool] = lambda: False,
    sleeps: list[float] | None = None,
) -> dict[str, FeedResult]:
    """One round; the results by URL."""
    kept = memory or Memory()

    async def sleep(seconds: float) -> None:
        if sleeps is not None:
            sleeps.append(seconds)
        await asyncio.sleep(0)

    async def run() -> dict[str, FeedResult]:
        async with Retriever.open(options, sleep=sleep) as retriever:
            return {
                result.source.url: kept.keep(result)
                async for result in collect(
                    [FeedSource(url) for url in urls],
                    retriever=retriever,
                    options=options,
                    memory=kept,
                    now=lambda: now,
                    stop=stop,
                )
            }

    return asyncio.run(run())


def get(url: str, options: FetchOptions) -> Retrieved:
    async def run() -> Retrieved:
        async with Retriever.open(options) as retriever:
            return await retriever.get(url)

    return asyncio.run(run())


@pytest.fixture
def plain(options: FetchOptions) -> FetchOptions:
    """Without pages."""
    return replace(options, pages=False)


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


def test_redirect_loop(site: Site, plain: FetchOptions) -> None:
    url = site.add("/a", redirect("/b"))
    site.add("/b", redirect("/a"))
    with pytest.raises(RetrieveError, match="redirects"):
        get(url, plain)
    assert len(site.requests) == plain.max_redirects + 1


@pytest.mark.parametrize("code", [429, 500, 502, 503, 504])
def test_errors_for_now_are_tried_again(site: Site, plain: FetchOptions, code: int) -> None:
    url = site.add("/feed", in_turn(status(code), answer(feed(1))))
    sleeps: list[float] = []
    assert collect_all([url], plain, sleeps=sleeps)[url].status == "ok"
    assert len(site.requests) == 2
    assert len(sleeps) == 1


@pytest.mark.parametrize("code", [400, 401, 403, 404, 451])
def test_errors_for_good_are_not(site: Site, plain: FetchOptions, code: int) -> None:
    url = site.add("/feed", status(code))
    result = collect_all([url], plain)[url]
    assert (result.status, result.error) == ("error", f"HTTP status {code}")
    assert len(site.requests) == 1


def test_retry_after_is_honoured_within_bounds(site: Site, plain: FetchOptions) -> None:
    options = replace(plain, max_wait_seconds=30)
    url = site.add("/feed", in_turn(status(429, Retry_After="7"), answer(feed(1))))
    sleeps: list[float] = []
    assert collect_all([url], options, sleeps=sleeps)[url].status == "ok"
    assert sleeps == [7.0]


def test_a_longer_retry_after_is_kept_for_later_rounds(site: Site, plain: FetchOptions) -> None:
    url = site.add("/feed", status(503, Retry_After="7200"))
    memory = Memory()
    result = collect_all([url], plain, memory)[url]
    assert len(site.requests) == 1
    assert result.state.next_try_at == NOW + timedelta(hours=2)
    later = collect_all([url], plain, memory, now=NOW + timedelta(hours=1))[url]
    assert later.status == "skipped"
    assert len(site.requests) == 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("Mon, 02 Mar 2026 12:01:30 GMT", 90.0),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0.0),
        ("-5", None),
        ("soon", None),
        ("9" * 400, 1e9),
        (None, None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, "Mon, 02 Mar 2026 12:00:00 GMT") == seconds


def test_gone_retires_the_feed(site: Site, plain: FetchOptions) -> None:
    url = site.add("/feed", status(410))
    memory = Memory()
    first = collect_all([url], plain, memory)[url]
    assert first.status == "retired"
    assert "taken this feed down" in (first.error or "")
    second = collect_all([url], plain, memory, now=NOW + timedelta(days=30))[url]
    assert second.status == "retired"
    assert len(site.requests) == 1


def test_errors_in_a_row_put_off_the_next_try(site: Site, plain: FetchOptions) -> None:
    url = site.add("/feed", status(404))
    memory, now, waits = Memory(), NOW, []
    for _ in range(12):
        state = collect_all([url], plain, memory, now=now)[url].state
        assert state.next_try_at is not None
        waits.append(state.next_try_at - now)
        now = state.next_try_at
    assert waits[:3] == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    assert waits[-1] == timedelta(days=1)
    assert memory.states[url].error_count == 12
    site.add("/feed", answer(feed(1)))
    well = collect_all([url], plain, memory, now=now)[url].state
    assert (well.error_count, well.next_try_at, well.last_success_at) == (0, None, now)


def test_without_any_answer_the_next_try_is_never_far(plain: FetchOptions) -> None:
    """A day without a network of our own must not silence every feed for another day."""
    url, memory, now = "http://127.0.0.1:9/feed", Memory(), NOW
    for _ in range(9):
        state = collect_all([url], plain, memory, now=now)[url].state
        assert state.next_try_at is not None
        wait, now = state.next_try_at - now, state.next_try_at
    assert wait == timedelta(minutes=30)


def test_unchanged_feeds_cost_a_304(site: Site, plain: FetchOptions) -> None:
    url = site.add("/feed", tagged(lambda: feed(3), lambda: '"one"'))
    memory = Memory()
    assert len(collect_all([url], plain, memory)[url].articles) == 3
    again = collect_all([url], plain, memory)[url]
    assert (again.status, again.entries, again.articles) == ("not_modified", 3, ())
    assert site.requests[1].headers["if-none-match"] == '"one"'


def test_an_etag_that_always_changes_brings_nothing_twice(site: Site, plain: FetchOptions) -> None:
    tags = iter(range(99))
    body = iter([feed(3), feed(3), feed(4)])
    url = site.add("/feed", tagged(lambda: next(body), lambda: f'"{next(tags)}"'))
    memory = Memory()
    counts = [len(collect_all([url], plain, memory)[url].articles) for _ in range(3)]
    assert counts == [3, 0, 1]


def test_an_etag_that_never_changes_over_a_new_body(site: Site, plain: FetchOptions) -> None:
    """Without If-None-Match support: the body decides."""
    body = iter([feed(2), feed(3)])

    def behave(connection, request):  # type: ignore[no-untyped-def]
        answer(next(body), headers={"ETag": '"same"'})(connection, request)

    url = site.add("/feed", behave)
    memory = Memory()
    counts = [len(collect_all([url], plain, memory)[url].articles) for _ in range(2)]
    assert counts == [2, 1]


def test_permanent_moves_are_remembered(site: Site, plain: FetchOptions) -> None:
    new = site.add("/new", answer(feed(1)))
    url = site.add("/old", redirect("/new", 301))
    memory = Memory()
    assert collect_all([url], plain, memory)[url].state.moved_to == new
    site.add("/new", answer(feed(2)))
    collect_all([url], plain, memory)
    assert site.paths() == ["/old", "/new", "/new"]


def test_a_move_that_leads_nowhere_is_forgotten(site: Site, plain: FetchOptions) -> None:
    url = site.add("/old", redirect("/new", 308))
    site.add("/new", answer(feed(1)))
    memory = Memory()
    collect_all([url], plain, memory)
    site.add("/new", status(410))
    site.add("/old", answer(feed(2)))
    failed = collect_all([url], plain, memory)[url]
    assert (failed.status, failed.state.moved_to) == ("error", None)
    later = collect_all([url], plain, memory, now=NOW + timedelta(hours=1))[url]
    assert len(later.articles) == 1


def test_temporary_moves_are_not_remembered(site: Site, plain: FetchOptions) -> None:
    url = site.add("/old", redirect("/mid", 301))
    mid = site.add("/mid", redirect("/new", 302))
    site.add("/new", answer(feed(1)))
    assert collect_all([url], plain)[url].state.moved_to == mid


def test_secrets_stay_out_of_errors(site: Site, plain: FetchOptions) -> None:
    base = site.url.replace("http://", "http://joe:hunter2pass@")
    urls = [f"{base}/feed?token=hunter2pass", f"{base}/loop?key=hunter2pass"]
    site.add("/loop?key=hunter2pass", redirect("/loop?key=hunter2pass"))
    urls.append("ftp://joe:hunter2pass@example.com/?token=hunter2pass")
    for result in collect_all(urls, plain).values():
        assert result.status == "error"
        assert "hunter2pass" not in (result.error or "")
        assert "hunter2pass" not in (result.state.last_error or "")


def test_the_user_agent_is_ours_and_cookies_are_not_kept(site: Site, plain: FetchOptions) -> None:
    url = site.add("/feed", answer(feed(1), headers={"Set-Cookie": "id=1; Path=/"}))
    memory = Memory()
    collect_all([url], plain, memory)
    collect_all([url], plain, memory)
    assert site.requests[0].headers["user-agent"] == plain.user_agent
    assert "cookie" not in site.requests[1].headers


def test_cookies_live_as_long_as_one_chain_of_redirects(site: Site, plain: FetchOptions) -> None:
    """A gate that lets pass who brings back its cookie, as some publishers have."""

    def gate(connection, request):  # type: ignore[no-untyped-def]
        if "pass=1" in request.headers.get("cookie", ""):
            answer(feed(1))(connection, request)
        else:
            status(302, Location="/feed", Set_Cookie="pass=1; Path=/")(connection, request)

    url = site.add("/feed", gate)
    assert get(url, plain).body == feed(1)
    assert get(url, plain).body == feed(1)
    assert len(site.requests) == 4
    assert site.requests[0].headers["accept-language"] == "en, *;q=0.5"


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


def pages_site(site: Site, count: int) -> str:
    """A feed whose articles have pages on the same site."""
    for number in range(count):
        site.add(f"/articles/money-leaves-technology-part-{number}", answer(page(number)))
    return site.add("/feed", answer(feed(count, base=site.url)))


def test_pages_that_fail_for_now_are_fetched_in_a_later_round(
    site: Site, options: FetchOptions
) -> None:
    url = pages_site(site, 3)
    late = "/articles/money-leaves-technology-part-1"
    site.add(late, status(503))
    memory = Memory()
    first = collect_all([url], options, memory)[url]
    assert [one.text_source for one in first.articles] == ["page", "summary", "page"]
    assert first.articles[1].flags == ("page_failed",)
    site.add(late, answer(page(1)))
    second = collect_all([url], options, memory)[url]
    assert [(one.entry_id, one.text_source) for one in second.articles] == [("id-1", "page")]
    assert collect_all([url], options, memory)[url].status == "not_modified"


def test_pages_are_given_up_after_some_rounds(site: Site, options: FetchOptions) -> None:
    url = pages_site(site, 1)
    site.add("/articles/money-leaves-technology-part-0", status(500))
    memory = Memory()
    statuses = [collect_all([url], options, memory)[url].status for _ in range(4)]
    assert statuses == ["ok", "ok", "ok", "not_modified"]


@pytest.mark.parametrize("code", [404, 403, 410])
def test_pages_that_fail_for_good_leave_the_summary(
    site: Site, options: FetchOptions, code: int
) -> None:
    url = pages_site(site, 1)
    site.add("/articles/money-leaves-technology-part-0", status(code))
    memory = Memory()
    assert collect_all([url], options, memory)[url].articles[0].text_source == "summary"
    assert collect_all([url], options, memory)[url].status == "not_modified"


def test_robots_txt_is_heeded_for_pages(site: Site, options: FetchOptions) -> None:
    url = pages_site(site, 3)
    site.add("/robots.txt", answer("User-agent: *\nDisallow: /articles/*-part-1"))
    result = collect_all([url], options)[url]
    assert [one.text_source for one in result.articles] == ["page", "summary", "page"]
    assert result.articles[1].flags == ("page_robots",)
    assert site.paths().count("/robots.txt") == 1
    assert "/articles/money-leaves-technology-part-1" not in site.paths()


def test_robots_txt_may_name_us(site: Site, options: FetchOptions) -> None:
    url = pages_site(site, 1)
    site.add("/robots.txt", answer("User-agent: rotascope\nDisallow: /\n\nUser-agent: *\nAllow: /"))
    assert collect_all([url], options)[url].articles[0].flags == ("page_robots",)


def test_a_proxy_of_the_configuration_is_used(site: Site, plain: FetchOptions) -> None:
    url = "http://news.example.com/feed"
    site.routes[url] = answer(feed(2))
    result = collect_all([url], replace(plain, proxy=site.url))[url]
    assert (result.status, len(result.articles)) == ("ok", 2)
    assert site.paths() == [url]


def test_robots_txt_is_heeded_behind_redirects(site: Site, options: FetchOptions) -> None:
    url = pages_site(site, 1)
    site.add("/articles/money-leaves-technology-part-0", redirect("/closed/page"))
    site.add("/closed/page", answer(page(0)))
    site.add("/robots.txt", answer("User-agent: *\nDisallow: /closed/"))
    assert collect_all([url], options)[url].articles[0].flags == ("page_robots",)
    assert "/closed/page" not in site.paths()


def test_robots_txt_out_of_order_postpones_the_pages(site: Site, options: FetchOptions) -> None:
    url = pages_site(site, 1)
    site.add("/robots.txt", status(500))
    memory = Memory()
    assert collect_all([url], options, memory)[url].articles[0].text_source == "summary"
    site.add("/robots.txt", status(404))
    assert collect_all([url], options, memory)[url].articles[0].text_source == "page"


def test_allowed_private_hosts_have_no_pause(site: Site, options: FetchOptions) -> None:
    url = pages_site(site, 4)
    host = site.url.removeprefix("http://")
    listed = replace(options, allow_private=False, allow_private_hosts=(host,), delay_seconds=9.0)
    sleeps: list[float] = []
    assert len(collect_all([url], listed, sleeps=sleeps)[url].articles) == 4
    assert sleeps == []


def test_pages_of_one_public_host_are_fetched_with_a_pause(options: FetchOptions) -> None:
    """The first at once, each other after its pause; another host does not wait for this one."""
    sleeps: list[float] = []

    async def sleep(seconds: float) -> None:
        sleeps.append(round(seconds, 1))

    async def run() -> None:
        gate = HostGate(replace(options, allow_private=False, delay_seconds=1.5), sleep=sleep)
        for url in ("https://a.example.com/1", "https://a.example.com/2", "https://b.example.com/"):
            async with gate.slot(url, delay=gate.page_delay(url)):
                pass
        async with gate.slot(
            "https://a.example.com/3", delay=gate.page_delay("https://a.example.com/3", 5)
        ):
            pass

    asyncio.run(run())
    assert sleeps == [1.5, 3.0]


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


def test_more_entries_than_pages(site: Site, options: FetchOptions) -> None:
    """The newest get their page; the others are kept as the feed tells them."""
    url = pages_site(site, 5)
    result = collect_all([url], replace(options, pages_per_feed=2))[url]
    sources = [one.text_source for one in result.articles]
    assert sources == ["page", "page", "summary", "summary", "summary"]


def test_a_page_that_breaks_a_parser_costs_one_page(
    site: Site, options: FetchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = extract.extract_page

    def breaking(body: bytes, *, url: str) -> extract.Page:
        if url.endswith("-1"):
            raise RuntimeError("no such thing")
        return real(body, url=url)

    monkeypatch.setattr("rotascope_feeds.pages.extract_page", breaking)
    url = pages_site(site, 3)
    result = collect_all([url], options)[url]
    assert [one.text_source for one in result.articles] == ["page", "summary", "page"]
    assert result.articles[1].flags == ("page_unreadable",)


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


def test_stop_finishes_what_is_at_hand_and_leaves_the_rest(
    site: Site, options: FetchOptions
) -> None:
    url = pages_site(site, 6)
    slow = replace(options, connections_per_host=1)
    stopped = threading.Event()
    third = "/articles/money-leaves-technology-part-2"

    def behave(connection, request):  # type: ignore[no-untyped-def]
        stopped.set()
        threading.Event().wait(0.4)
        answer(page(2))(connection, request)

    site.add(third, behave)
    memory = Memory()
    first = collect_all([url], slow, memory, stop=stopped.is_set)[url]
    assert [one.entry_id for one in first.articles] == ["id-0", "id-1", "id-2"]
    assert first.skipped == {"deferred": 3}
    second = collect_all([url], slow, memory)[url]
    assert [one.entry_id for one in second.articles] == ["id-3", "id-4", "id-5"]
    assert second.skipped == {}
