"""The process that reads documents: what it gives, when it is given up, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from feed_rounds import collect_all
from feed_samples import feed, page
from feed_server import Site, answer

from rotascope_feeds import extract, parse
from rotascope_feeds.child import Child
from rotascope_feeds.errors import ParseError, TooLong
from rotascope_feeds.extract import Page, extract_page
from rotascope_feeds.options import FetchOptions
from rotascope_feeds.parse import ParsedFeed, parse_feed

URL = "https://news.example.com/feed"
MARK = b"lost in an expression"


def lose_oneself() -> None:
    """What holds the interpreter's lock for ever."""
    re.search(r"(a|aa)+$", "a" * 99 + "b")


def hold_much() -> None:
    held.append(b"x" * 400_000_000)


held: list[bytes] = []
LARGE = """
import sys
sys.path[:] = {path!r}
from rotascope_feeds.child import Child
held = b"x" * 400_000_000
child = Child()
child.run(60, len, b"")
print(child.ended)
child.end()
"""


def losing_feed(body: bytes, *, url: str, content_type: str = "") -> ParsedFeed:
    if MARK in body:
        lose_oneself()
    return parse.parse_feed(body, url=url, content_type=content_type)


def losing_page(body: bytes, *, url: str) -> Page:
    if MARK in body:
        lose_oneself()
    return extract.extract_page(body, url=url)


@pytest.fixture
def child() -> Iterator[Child]:
    one = Child()
    yield one
    one.end()


def test_what_it_gives_is_what_the_function_gives(child: Child) -> None:
    body = feed(2)
    assert child.run(60, parse_feed, body, url=URL) == parse_feed(body, url=URL)
    shown = page(1).encode()
    assert child.run(60, extract_page, shown, url=URL) == extract_page(shown, url=URL)


def test_errors_come_through(child: Child) -> None:
    with pytest.raises(ParseError, match="the document is empty"):
        child.run(60, parse_feed, b"", url=URL)
    with pytest.raises(ParseError, match="AttributeError"):
        child.run(60, parse_feed, None, url=URL)
    assert child.run(60, parse_feed, feed(1), url=URL).entries


def test_it_is_given_up_after_its_time(child: Child) -> None:
    with pytest.raises(TooLong, match=r"more than 0\.2 s"):
        child.run(0.2, lose_oneself)
    assert child.ended


def test_one_of_a_large_parent_goes_on() -> None:
    script = LARGE.format(path=sys.path)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout == b"False\n"


def test_one_that_has_grown_large_is_ended(child: Child) -> None:
    child.run(60, hold_much)
    assert child.ended


def test_one_that_dies_is_told(child: Child) -> None:
    with pytest.raises(TooLong, match="code 3"):
        child.run(60, os._exit, 3)


def test_a_hostile_feed_is_an_error_and_the_others_are_read(
    site: Site, plain: FetchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rotascope_feeds.collect.parse_feed", losing_feed)
    monkeypatch.setattr("rotascope_feeds.collect.FEED_SECONDS", 0.3)
    bad = site.add("/bad", answer(feed(1).replace(b"Sample", MARK)))
    good = site.add("/good", answer(feed(1)))
    results = collect_all([bad, good], plain)
    assert results[good].status == "ok"
    assert results[bad].status == "error"
    assert "processor time" in (results[bad].error or "")
    assert results[bad].state.next_try_at is not None


def test_hostile_pages_cost_their_host_its_pages(
    site: Site, options: FetchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rotascope_feeds.pages.extract_page", losing_page)
    monkeypatch.setattr("rotascope_feeds.pages.PAGE_SECONDS", 0.2)
    monkeypatch.setattr("rotascope_feeds.pages._GIVEN_UP", 1)
    body = page(0, head=f"<meta content='{MARK.decode()}'>")
    for number in range(3):
        site.add(f"/articles/money-leaves-technology-part-{number}", answer(body))
    url = site.add("/feed", answer(feed(3, base=site.url)))
    result = collect_all([url], options)[url]
    assert result.status == "ok"
    assert [one.flags for one in result.articles] == [("page_unreadable",)] * 3


def test_a_stop_ends_what_is_being_read(
    site: Site, plain: FetchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rotascope_feeds.collect.parse_feed", losing_feed)
    monkeypatch.setattr("rotascope_feeds.collect.GRACE_SECONDS", 0.1)
    url = site.add("/bad", answer(feed(1).replace(b"Sample", MARK)))
    result = collect_all([url], plain, stop=lambda: bool(site.requests))[url]
    assert result.status == "error"
    for thread in threading.enumerate():
        if thread.name.startswith("rotascope-parse"):
            thread.join(10)
            assert not thread.is_alive()


ORPHAN = """
import os, signal, sys
sys.path[:] = {path!r}
from rotascope_feeds.child import Child
from test_feeds_child import lose_oneself
child = Child()
print(child._process.pid, flush=True)
child.run({seconds}, lose_oneself)
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for the process in /proc")
def test_none_is_left_behind_by_a_parent_that_is_killed() -> None:
    script = ORPHAN.format(path=sys.path, seconds=1.5)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        number = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    end = time.monotonic() + 30
    while _is_running(number) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _is_running(number)


def _is_running(number: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return False
