"""Article pages that fail, are forbidden, slow or broken: each costs one page, not its feed."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace

import pytest
from feed_rounds import Memory, collect_all
from feed_samples import feed, item, page, rss
from feed_server import Site, answer, redirect, status

from rotascope_feeds import extract
from rotascope_feeds.gate import HostGate
from rotascope_feeds.options import FetchOptions


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


def test_robots_txt_is_heeded_behind_redirects(site: Site, options: FetchOptions) -> None:
    url = pages_site(site, 1)
    site.add("/articles/money-leaves-technology-part-0", redirect("/closed/page"))
    site.add("/closed/page", answer(page(0)))
    site.add("/robots.txt", answer("User-agent: *\nDisallow: /closed/"))
    assert collect_all([url], options)[url].articles[0].flags == ("page_robots",)
    assert "/closed/page" not in site.paths()


def test_a_page_that_leads_to_a_forbidden_address_is_asked_for_once(
    site: Site, options: FetchOptions
) -> None:
    url = pages_site(site, 1)
    page_path = "/articles/money-leaves-technology-part-0"
    site.add(page_path, redirect("http://169.254.169.254/latest"))
    memory = Memory()
    assert collect_all([url], options, memory)[url].articles[0].text_source == "summary"
    assert site.paths().count(page_path) == 1
    assert collect_all([url], options, memory)[url].status == "not_modified"
    assert site.paths().count(page_path) == 1


@pytest.mark.parametrize("code", [429, 500])
def test_robots_txt_out_of_order_postpones_the_pages(
    site: Site, options: FetchOptions, code: int
) -> None:
    url = pages_site(site, 1)
    site.add("/robots.txt", status(code))
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


def test_more_entries_than_pages(site: Site, options: FetchOptions) -> None:
    """The newest get their page; the others are kept as the feed tells them."""
    url = pages_site(site, 5)
    result = collect_all([url], replace(options, pages_per_feed=2))[url]
    sources = [one.text_source for one in result.articles]
    assert sources == ["page", "page", "summary", "summary", "summary"]


def breaking(body: bytes, *, url: str) -> extract.Page:
    """A reader of pages, found by name in its process, which trips over one."""
    if url.endswith("-1"):
        raise RuntimeError("no such thing")
    return extract.extract_page(body, url=url)


def test_a_page_that_breaks_a_parser_costs_one_page(
    site: Site, options: FetchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rotascope_feeds.pages.extract_page", breaking)
    url = pages_site(site, 3)
    result = collect_all([url], options)[url]
    assert [one.text_source for one in result.articles] == ["page", "summary", "page"]
    assert result.articles[1].flags == ("page_unreadable",)


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


def section_site(site: Site, numbers: range, canonical: str) -> str:
    """A feed whose pages, /p/0 and so on, all declare one canonical URL."""
    head = f"<link rel='canonical' href='{site.url}{canonical}'>"
    items = [item(n).replace("https://news.example.com/articles", f"{site.url}/p") for n in numbers]
    for number in numbers:
        site.add(f"/p/money-leaves-technology-part-{number}", answer(page(number, head=head)))
    return site.add("/feed", answer(rss(items)))


@pytest.mark.parametrize("canonical", ["/news", "/markets-today"])
def test_pages_that_declare_one_section_stay_apart(
    site: Site, options: FetchOptions, canonical: str
) -> None:
    url = section_site(site, range(3), canonical)
    articles = collect_all([url], options)[url].articles
    assert [one.text_source for one in articles] == ["page"] * 3
    assert [one.canonical_url for one in articles] == [one.url for one in articles]


def test_a_section_swallows_no_story_of_a_later_round(site: Site, options: FetchOptions) -> None:
    memory = Memory()
    found = []
    for number in range(2):
        url = section_site(site, range(number, number + 1), "/news")
        found += [one.canonical_url for one in collect_all([url], options, memory)[url].articles]
    assert len(set(found)) == 2


def test_one_article_told_twice_stays_one(site: Site, options: FetchOptions) -> None:
    """Two entries of one title, or two that lead to one page, are one article."""
    url = section_site(site, range(1), "/money-leaves-technology")
    site.add("/twice", redirect("/p/money-leaves-technology-part-0"))
    one = item(0).replace("https://news.example.com/articles", f"{site.url}/p")
    other = one.replace("id-0", "id-9").replace("part 0", "part 0, update")
    again = other.replace("/p/money-leaves-technology-part-0", "/twice")
    site.add("/feed", answer(rss([one, again])))
    articles = collect_all([url], options)[url].articles
    assert [one.canonical_url for one in articles] == [f"{site.url}/money-leaves-technology"] * 2
