"""The invented news, and the server that shows it as it stood at a moment."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import feedparser
import httpx
import pytest
import trafilatura

from rotascope.demo.pages import FEED_LENGTH
from rotascope.demo.run import rounds
from rotascope.demo.server import DemoServer
from rotascope.demo.world import OUTLETS, load_world

WORLD = load_world()
BEFORE_EDIT = datetime(2026, 2, 6, 23, 30, tzinfo=UTC)
AFTER_EDIT = datetime(2026, 2, 7, 23, 30, tzinfo=UTC)
EDITED = "/wire/2026/02/06/overdone.html"


@pytest.fixture
def server() -> Iterator[DemoServer]:
    with DemoServer(WORLD, BEFORE_EDIT) as running:
        yield running


def test_some_forty_articles_in_eight_weeks_with_copies_and_one_edit() -> None:
    copies = [posting for posting in WORLD if posting.slug.endswith("-copy")]
    assert 38 <= len(WORLD) - len(copies) <= 45
    assert len(copies) >= 6
    assert sum(len(posting.versions) - 1 for posting in WORLD) == 1
    assert len({posting.published.isocalendar().week for posting in WORLD}) == 8
    assert {posting.outlet.id for posting in WORLD} == {outlet.id for outlet in OUTLETS}


def test_articles_are_of_an_article_s_length_and_paths_are_unique() -> None:
    words = [
        sum(len(part.split()) for part in posting.versions[0].paragraphs)
        for posting in WORLD
        if not posting.slug.endswith("-copy")
    ]
    assert min(words) > 110
    assert max(words) < 350
    assert len({posting.path for posting in WORLD}) == len(WORLD)


def test_copies_are_trimmed_retitled_and_later() -> None:
    originals = {posting.slug: posting for posting in WORLD}
    for copy in (posting for posting in WORLD if posting.slug.endswith("-copy")):
        original = originals[copy.slug.removesuffix("-copy")]
        first, other = original.versions[0], copy.versions[0]
        assert other.paragraphs == first.paragraphs[: len(other.paragraphs)]
        assert other.title != first.title
        assert copy.published > original.published
        assert copy.outlet != original.outlet


def test_the_shipped_news_says_that_it_is_invented(server: DemoServer) -> None:
    assert "Invented for the Rotascope demo" in httpx.get(server.url + EDITED).text


def test_feeds_show_what_was_posted_by_the_moment_and_no_more(server: DemoServer) -> None:
    for url, _ in server.feeds:
        body = httpx.get(url).content
        titles = (
            [item["title"] for item in json.loads(body)["items"]]
            if url.endswith(".json")
            else [entry.title for entry in feedparser.parse(body).entries]
        )
        posted = [
            version.title
            for posting in WORLD
            if url.endswith(posting.outlet.feed) and (version := posting.at(BEFORE_EDIT))
        ]
        assert sorted(titles) == sorted(posted[-FEED_LENGTH:])


def test_a_page_is_not_there_before_its_time(server: DemoServer) -> None:
    server.moment = datetime(2026, 2, 6, 15, 44, tzinfo=UTC)
    assert httpx.get(server.url + EDITED).status_code == 404
    server.moment = datetime(2026, 2, 6, 15, 45, tzinfo=UTC)
    assert httpx.get(server.url + EDITED).status_code == 200


def test_an_edit_changes_the_page_and_its_feed(server: DemoServer) -> None:
    feed = server.url + "/wire/feed.json"
    before = httpx.get(server.url + EDITED).text, httpx.get(feed)
    server.moment = AFTER_EDIT
    after = httpx.get(server.url + EDITED).text, httpx.get(feed)
    assert "(updated)" not in before[0]
    assert "(updated)" in after[0]
    assert before[1].headers["ETag"] != after[1].headers["ETag"]


def test_an_unchanged_feed_is_not_sent_again(server: DemoServer) -> None:
    feed = server.url + "/tape/atom.xml"
    etag = httpx.get(feed).headers["ETag"]
    server.moment = datetime(2026, 2, 8, 23, 30, tzinfo=UTC)
    answer = httpx.get(feed, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_the_article_can_be_told_from_the_clutter(server: DemoServer) -> None:
    posting = next(posting for posting in WORLD if posting.path == EDITED)
    text = trafilatura.extract(httpx.get(server.url + EDITED).text) or ""
    assert text.split("\n") == list(posting.versions[0].paragraphs)


def test_every_day_with_news_has_a_round_after_it() -> None:
    moments = list(rounds(WORLD))
    assert moments == sorted(set(moments))
    for posting in WORLD:
        for version in posting.versions:
            assert any(m.date() == version.at.date() and m > version.at for m in moments)
