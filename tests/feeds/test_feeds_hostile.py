"""Documents made to keep a parser busy: read, or refused, without a noticeable wait."""

from __future__ import annotations

import json

import pytest
from feed_rounds import collect_all
from feed_samples import feed, item, page, rss
from feed_server import Site, answer, redirect, status

from rotascope_feeds.bounded import believable_charset, short_doctype, short_head
from rotascope_feeds.extract import extract_page
from rotascope_feeds.options import FetchOptions
from rotascope_feeds.parse import parse_feed

URL = "https://news.example.com/feed"
DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>'


def with_head(head: bytes) -> bytes:
    """A feed of one entry with `head` between its declaration and its first element."""
    return rss([item(1)]).replace(DECLARATION, DECLARATION + head)


# Each took from half a minute to hours.
HOSTILE = {
    "newlines": with_head(b"\n" * 2_000_000),
    "spaces in a comment": with_head(b"<!--" + b"\n" * 2_000_000 + b"-->"),
    "many comments": with_head(b"\n<!-- -->" * 200_000),
    "a comment without an end": with_head(b"<!--" + b"\n" * 2_000_000),
    "declarations without an end": with_head(b"\n<!ENTITY a" * 100_000),
    "doctypes without an end": with_head(b"\n<!DOCTYPE a" * 100_000),
    "an author": rss([item(1, extra=f"<author>{'a.' * 200_000}</author>")]),
    "categories": rss([item(1, extra="".join(f"<category>{n}</category>" for n in range(40_000)))]),
    "encodings": rss([item(1)]).replace(DECLARATION, b"<?" + b'encoding="' * 20_000),
    "UTF-16": with_head(b"\n" * 500_000)
    .decode()
    .replace('encoding="utf-8"', 'encoding="utf-16"')
    .encode("utf-16"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_feed_is_read_at_once(kind: str) -> None:
    assert [entry.entry_id for entry in parse_feed(HOSTILE[kind], url=URL).entries] == ["id-1"]


@pytest.mark.parametrize("doctype", ["<!doctype " + "/ " * 300_000, "<!doctype" + "/<" * 300_000])
def test_a_hostile_doctype_is_cut(doctype: str) -> None:
    shown = extract_page(page(1).replace("<!doctype html", doctype).encode(), url=URL)
    assert shown.flags == ("page_too_large",) or "utilities" in shown.text


def test_a_head_keeps_what_counts() -> None:
    entities = b'<!DOCTYPE rss [\n<!ENTITY euro "&#8364;">\n]>'
    assert short_head(DECLARATION + b"\n\n \n" + entities + b"<!-- <a> -->  <rss>\n\n</rss>") == (
        DECLARATION + b"\n" + entities + b" <rss>\n\n</rss>"
    )
    body = with_head(entities).replace(b"<title>Money", b"<title>&euro; Money")
    assert parse_feed(body, url=URL).entries[0].title.startswith("\N{EURO SIGN} Money")


def test_a_head_without_an_element_is_short_too() -> None:
    assert short_head(DECLARATION + b"\n" * 99) == DECLARATION + b"\n"
    assert short_head(DECLARATION + b"x" * 99_999) == DECLARATION


def test_codecs_of_host_names_are_no_charset() -> None:
    assert believable_charset("text/xml; charset=utf-8") == "text/xml; charset=utf-8"
    assert believable_charset("text/xml; charset=Punycode") == ""
    body = rss([item(1, extra="<x>\u00fc</x>")]).replace(b'"utf-8"', b'"punycode"')
    assert parse_feed(body, url=URL).entries[0].entry_id == "id-1"


def test_a_common_doctype_stays() -> None:
    assert short_doctype(page(1)) == page(1)
    assert short_doctype("<p>" + "x" * 9_999) == "<p>" + "x" * 9_999


@pytest.mark.parametrize("odd", ["cookie", "place", "host"])
def test_an_odd_page_or_link_costs_one_page(site: Site, options: FetchOptions, odd: str) -> None:
    body, path = feed(2, base=site.url), "/articles/money-leaves-technology-part-"
    site.add(path + "1", answer(page(1)))
    if odd == "cookie":
        site.add(path + "0", status(302, Location="/p", Set_Cookie="city=Z\xfcrich"))
    elif odd == "place":
        site.add(path + "0", redirect("http://[bad/"))
    else:
        body = body.replace(f"{site.url}{path}0".encode(), b"http://xn--i-7iq.ws/a")
    url = site.add("/feed", answer(body))
    result = collect_all([url], options)[url]
    assert result.status == "ok"
    assert [(one.text_source, one.flags) for one in result.articles] == [
        ("summary", ("page_failed",)),
        ("page", ()),
    ]


def test_a_retriever_that_breaks_costs_one_page(
    site: Site, options: FetchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.add("/feed", answer(feed(1, base=site.url)))
    monkeypatch.setattr("rotascope_feeds.robots.Robots.before", None)
    assert collect_all([url], options)[url].articles[0].flags == ("page_failed",)


ABSURD = "Mon, 06 Jan 2025 10:00:00 +99999999999999999999"


def test_an_absurd_zone_costs_one_date() -> None:
    body = rss([item(0).replace("<pubDate>", f"<pubDate>{ABSURD}</pubDate><x>"), item(1)])
    first, second = parse_feed(body.replace(b"</pubDate></x>", b"</x>"), url=URL).entries
    assert (first.published_at, first.flags) == (None, ("date_unreadable",))
    assert second.published_at


def test_odd_entries_of_a_json_feed() -> None:
    items = [
        {"id": "1", "title": "A", "url": "https://example.com/a\ud83d"},
        {"id": "2", "title": "B", "date_published": ABSURD},
    ]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
    first, second = parse_feed(body, url=URL).entries
    assert first.link == "https://example.com/a"
    assert second.flags == ("date_unreadable",)


def test_an_entry_that_breaks_something_costs_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaking(raw: str | None, _parsed: object) -> tuple[None, tuple[str, ...]]:
        if raw and "10:" in raw:
            raise RuntimeError("no such thing")
        return None, ()

    monkeypatch.setattr("rotascope_feeds.parse.entry_date", breaking)
    monkeypatch.setattr("rotascope_feeds.jsonfeed.iso_date", lambda raw: breaking(raw, None))
    rows = [{"id": "a", "date_published": "10:00"}, {"id": "b"}]
    (left,) = parse_feed(json.dumps({"items": rows}).encode(), url=URL).entries
    assert left.entry_id == "b"
    assert [entry.entry_id for entry in parse_feed(feed(3), url=URL).entries] == ["id-0", "id-2"]
