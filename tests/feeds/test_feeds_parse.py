"""What is read of a feed: entries, ids, links, texts; and that documents cannot do harm."""

from __future__ import annotations

import time

import malformed
import pytest
from feed_samples import feed, item, rss
from malformed import SAMPLES, Sample

from rotascope_feeds.errors import ParseError
from rotascope_feeds.parse import ParsedFeed, parse_feed

URL = "https://news.example.com/feeds/markets.xml"


def read(body: bytes | str, content_type: str = "") -> ParsedFeed:
    data = body.encode() if isinstance(body, str) else body
    return parse_feed(data, url=URL, content_type=content_type)


def sample(kind: str) -> Sample:
    return next(one for one in SAMPLES if one.kind == kind)


@pytest.mark.parametrize("one", SAMPLES, ids=lambda one: one.kind)
def test_damage_costs_no_entry(one: Sample) -> None:
    assert malformed.outcome(one)[0] == one.holds


def test_the_page_tells_what_is() -> None:
    """`python tests/feeds/malformed.py` writes the table anew."""
    page = malformed.DOCS.read_text(encoding="utf-8")
    assert malformed.between("malformed", page).group(2) == malformed.own_table()


@pytest.mark.parametrize(
    "kind",
    [
        "encoding declared wrongly (says UTF-8, is Windows-1252)",
        "encoding not declared, Windows-1252",
        "encoding of the header against that of the document",
    ],
)
def test_encodings_are_sorted_out(kind: str) -> None:
    one = sample(kind)
    (entry,) = read(one.body, one.content_type).entries
    assert entry.title == "Geld fließt ab – Börse"


@pytest.mark.parametrize("header", ["", "windows-1252", "iso-8859-1", "us-ascii", "utf-8", "x-odd"])
@pytest.mark.parametrize("declared", ["utf-8", "windows-1252", "us-ascii", "x-odd"])
def test_headers_and_declarations_that_contradict_a_body(header: str, declared: str) -> None:
    title = "Geld fließt ab – Börse 株"
    body = rss([f"<item><title>{title}</title></item>"])
    body = body.replace(b'"utf-8"', f'"{declared}"'.encode())
    content_type = f"application/rss+xml; charset={header}" if header else "text/xml"
    (entry,) = read(body, content_type).entries
    assert entry.title == title


# ruff: noqa: E501
ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example.com/base/" xml:lang="en-GB">
<title>S</title><id>f</id>
<entry><id>tag:x,2026:1</id><title type="html">A &amp;lt;b&amp;gt;</title>
<link rel="self" href="/self"/><link rel="alternate" href="one.html"/>
<updated>2026-03-02T09:00:00Z</updated><published>2026-03-01T09:00:00Z</published>
<summary type="html">&lt;p&gt;Short&lt;/p&gt;</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Long one.</p><p>Two.</p></div></content>
</entry>
<entry><id>tag:x,2026:2</id><title>B</title><updated>2026-03-02T09:00:00Z</updated></entry></feed>"""


def test_atom() -> None:
    parsed = read(ATOM)
    first, second = parsed.entries
    assert parsed.kind == "atom10"
    assert (first.entry_id, first.link) == (
        "tag:x,2026:1",
        "https://news.example.com/base/one.html",
    )
    assert (first.summary, first.content) == ("Short", "Long one.\nTwo.")
    assert first.published_at is not None
    assert (first.published_at.day, second.published_at and second.published_at.day) == (1, 2)
    assert second.link is None


RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>S</title></channel>
<item rdf:about="https://news.example.com/a"><title>A</title>
<link>https://news.example.com/a</link><dc:date>2026-03-02T10:00:00+01:00</dc:date></item></rdf:RDF>"""


def test_rdf() -> None:
    (entry,) = read(RDF).entries
    assert entry.entry_id == entry.link == "https://news.example.com/a"
    assert entry.published_at is not None
    assert entry.published_at.isoformat() == "2026-03-02T09:00:00+00:00"


@pytest.mark.parametrize("version", ["0.91", "0.92", "0.93", "0.94", "2.0"])
def test_old_versions(version: str) -> None:
    assert len(read(feed(2).replace(b'"2.0"', f'"{version}"'.encode())).entries) == 2


def test_json() -> None:
    first, second = read(sample("JSON Feed 1.1").body).entries
    assert (first.link, first.title) == ("https://news.example.com/a", "A")
    assert (second.entry_id, second.content, second.flags) == ("2", "a < b", ("date_missing",))


def test_links() -> None:
    links = {
        "/articles/a": "https://news.example.com/articles/a",
        " https://news.example.com/x ": "https://news.example.com/x",
        "javascript:alert(1)": None,
        "mailto:a@example.com": None,
        "": None,
    }
    for written, expected in links.items():
        (entry,) = read(rss([f"<item><title>A</title><link>{written}</link></item>"])).entries
        assert entry.link == expected


def test_a_guid_that_is_the_link() -> None:
    (entry,) = read(rss(["<item><guid>https://x.example.com/1</guid></item>"])).entries
    assert entry.link == "https://x.example.com/1"


@pytest.mark.parametrize("name", ["links", "content", "tags", "published_parsed", "guidislink"])
def test_elements_named_like_what_feedparser_makes(name: str) -> None:
    """feedparser puts the text of an unknown element where it keeps lists and times of its own."""
    extra = f"<{name}>x</{name}>"
    (entry,) = read(
        rss([item(1, extra=extra)]).replace(b"<item>", f"{extra}<item>".encode(), 1)
    ).entries
    assert entry.title == "Money leaves technology, part 1"
    assert entry.link == "https://news.example.com/articles/money-leaves-technology-part-1"


def test_content_goes_beside_the_summary() -> None:
    extra = "<content:encoded><![CDATA[<p>All of it.</p>]]></content:encoded>"
    body = rss([item(1, extra=extra)]).replace(
        b"<rss ", b'<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    )
    (entry,) = read(body).entries
    assert entry.content == "All of it."
    assert entry.summary.startswith("Investors moved")


def test_entries_without_ids_keep_theirs_when_others_come() -> None:
    old = [entry.entry_id for entry in read(sample("no ids, no links").body).entries]
    more = rss([f"<item><title>{title}</title></item>" for title in "CAB"])
    assert [entry.entry_id for entry in read(more).entries][1:] == old
    assert len(set(old)) == 2


def test_one_id_for_all_entries_is_made_three() -> None:
    ids = {entry.entry_id for entry in read(sample("one id for all entries").body).entries}
    assert len(ids) == 3


@pytest.mark.parametrize("kind", ["an entity bomb", "an external entity"])
def test_entities_are_inert(kind: str) -> None:
    start = time.perf_counter()
    (entry,) = read(sample(kind).body).entries
    assert len(entry.title) < 200
    assert "root:" not in entry.title
    assert time.perf_counter() - start < 5


def test_the_document_is_never_taken_for_a_name(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """feedparser opens what looks like a file or a URL; the body must not be able to ask for it."""
    (tmp_path / "secret").write_bytes(feed(1))
    monkeypatch.chdir(tmp_path)
    for body in (b"secret", str(tmp_path / "secret").encode(), b"http://127.0.0.1:9/"):
        with pytest.raises(ParseError):
            read(body)


@pytest.mark.parametrize("body", [rss(["<item/>"] * 50_001), rss(["<item>" + "<b>" * 400_001])])
def test_documents_that_only_cost_memory_are_refused(body: bytes) -> None:
    with pytest.raises(ParseError, match="more than"):
        read(body)


def test_ten_thousand_entries() -> None:
    assert len(read(feed(10_000)).entries) == 10_000
