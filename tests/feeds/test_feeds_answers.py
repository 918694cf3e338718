"""What a server answers: errors for now and for good, moves, 304s, cookies; when to come again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from feed_rounds import Memory, collect_all, get
from feed_samples import NOW, feed
from feed_server import Site, answer, in_turn, redirect, status, tagged

from rotascope_feeds.errors import RetrieveError
from rotascope_feeds.options import FetchOptions
from rotascope_feeds.retrieve import retry_after


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
        ("Mon, 02 Mar 2026 12:01:30 +99999999999999999999", None),
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


def test_a_clock_that_ran_ahead_does_not_silence_a_feed(site: Site, plain: FetchOptions) -> None:
    """A round in the wrong year, after a reboot without a network, put the next try there too."""
    url = site.add("/feed", status(500))
    memory = Memory()
    collect_all([url], plain, memory, now=NOW + timedelta(days=400))
    site.add("/feed", answer(feed(1)))
    assert collect_all([url], plain, memory, now=NOW)[url].status == "ok"
    site.add("/feed", status(503, Retry_After="99999999"))
    wait = collect_all([url], plain, memory, now=NOW)[url].state.next_try_at
    assert wait == NOW + timedelta(days=7)
    later = collect_all([url], plain, memory, now=NOW + timedelta(microseconds=1))[url]
    assert later.status == "skipped"


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


def test_a_proxy_of_the_configuration_is_used(site: Site, plain: FetchOptions) -> None:
    url = "http://news.example.com/feed"
    site.routes[url] = answer(feed(2))
    result = collect_all([url], replace(plain, proxy=site.url))[url]
    assert (result.status, len(result.articles)) == ("ok", 2)
    assert site.paths() == [url]


def test_validators_that_cannot_be_sent_back_are_left_alone(
    site: Site, plain: FetchOptions
) -> None:
    odd = {"ETag": '"caf\xe9"', "Last-Modified": "Mo, 6 M\xe4r 2025"}
    url = site.add("/feed", answer(feed(1), headers=odd))
    memory = Memory()
    state = collect_all([url], plain, memory)[url].state
    assert (state.etag, state.last_modified) == (None, None)
    # As an earlier version stored them.
    memory.states[url] = replace(state, etag='"caf\xe9"', last_modified="M\xe4r")
    assert collect_all([url], plain, memory)[url].status == "not_modified"
    assert memory.states[url].etag is None


def test_a_304_that_nobody_asked_for_is_an_error(site: Site, plain: FetchOptions) -> None:
    url = site.add("/feed", status(304))
    result = collect_all([url], plain)[url]
    assert result.status == "error"
    assert "304" in (result.error or "")
    assert result.state.last_success_at is None
