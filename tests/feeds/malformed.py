"""Malformed documents of our own, one for each kind of damage, and the table of what they yield.

`python tests/feeds/malformed.py` writes the tables of docs/feeds.md anew; the second one needs
ROTASCOPE_DATA.
"""

# ruff: noqa: E501
from __future__ import annotations

import codecs
import gzip
import json
import os
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from feed_samples import NOW, feed, item, rss

from rotascope_feeds.dates import cap
from rotascope_feeds.decode import unpack_file
from rotascope_feeds.errors import ParseError
from rotascope_feeds.parse import parse_feed

URL = "https://news.example.com/feed.xml"
DOCS = Path(__file__).parents[2] / "docs" / "feeds.md"
LIMIT = 10_000_000


@dataclass(frozen=True)
class Sample:
    """A damaged document that holds `holds` entries."""

    kind: str
    body: bytes
    holds: int
    content_type: str = "application/rss+xml"


def _json_feed(**changes: object) -> bytes:
    row = {"id": "1", "url": "/a", "title": "A", "date_published": "2026-03-02T10:00:00Z"}
    items = [{**row, **changes}, {"id": 2, "content_text": "a < b"}]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()


def _one(inside: str) -> bytes:
    return rss([f"<item><guid>a</guid><title>A</title>{inside}</item>"])


_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(10))
    + b"]><rss version='2.0'><channel><item><title>&k;</title></item></channel></rss>"
)
_EXTERNAL = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<rss version='2.0'><channel><item><title>A &x; B</title></item></channel></rss>"
)
_TEXT = "Geld fließt ab – Börse"

SAMPLES = (
    Sample("well-formed RSS 2.0", feed(3), 3),
    Sample("wrong content type: text/plain", feed(3), 3, "text/plain"),
    Sample("wrong content type: text/html", feed(3), 3, "text/html; charset=utf-8"),
    Sample("wrong content type: image/png", feed(3), 3, "image/png"),
    Sample(
        "encoding declared wrongly (says UTF-8, is Windows-1252)",
        rss([f"<item><title>{_TEXT}</title></item>"]).decode().encode("cp1252"),
        1,
    ),
    Sample(
        "encoding not declared, Windows-1252",
        f"<rss version='2.0'><channel><item><title>{_TEXT}</title></item></channel></rss>".encode(
            "cp1252"
        ),
        1,
        "",
    ),
    Sample(
        "encoding of the header against that of the document",
        rss([f"<item><title>{_TEXT}</title></item>"]),
        1,
        "application/xml; charset=iso-8859-1",
    ),
    Sample(
        "UTF-16 with a byte order mark",
        codecs.BOM_UTF16_LE + feed(2).decode().replace("utf-8", "utf-16").encode("utf-16-le"),
        2,
    ),
    Sample("blank lines before the declaration", b"\n\n  " + feed(2), 2),
    Sample(
        "bare ampersands",
        _one(
            "<link>https://news.example.com/a?x=1&y=2</link><description>A & B &nbsp; C</description>"
        ),
        1,
    ),
    Sample("control characters", _one("<description>one\x00two\x08</description>"), 1),
    Sample("undefined entity", _one("<description>A &hellip; B &unheard; C</description>"), 1),
    Sample(
        "undefined namespace prefix", _one("<media:thing url='x'/><dc:creator>C</dc:creator>"), 1
    ),
    Sample("an element not closed", feed(3).replace(b"</description>", b"", 1), 3),
    Sample("end tags swapped", feed(3).replace(b"</title></item>", b"</item></title>"), 3),
    Sample("cut off inside the last entry", feed(3)[: feed(3).rindex(b"<description>") + 60], 3),
    Sample("cut off inside CDATA", _one("<description><![CDATA[half a")[:-40], 1),
    Sample("rubbish after the end", feed(2) + b"<!-- 0.02s --><script>x()</script> trailing", 2),
    Sample("two documents in one", feed(2) + feed(2, start=2), 4),
    Sample("HTML in CDATA", _one("<description><![CDATA[<p>One</p><p>Two</p>]]></description>"), 1),
    Sample(
        "HTML escaped twice",
        _one("<description>&amp;lt;p&amp;gt;One&amp;lt;/p&amp;gt;</description>"),
        1,
    ),
    Sample("relative links", _one("<link>/articles/a</link>"), 1),
    Sample(
        "a link with spaces around and inside",
        _one("<link>\n https://news.example.com/a\n b </link>"),
        1,
    ),
    Sample(
        "no ids, no links",
        rss(["<item><title>A</title></item>", "<item><title>B</title></item>"]),
        2,
    ),
    Sample(
        "one id for all entries",
        rss([f"<item><guid>x</guid><title>T{n}</title></item>" for n in range(3)]),
        3,
    ),
    Sample("the same entry twice", rss([item(1), item(1), item(2)]), 3),
    Sample("no date", _one(""), 1),
    Sample("a date without a zone", _one("<pubDate>Mon, 02 Mar 2026 10:00:00</pubDate>"), 1),
    Sample("a date in the future", _one("<pubDate>Mon, 09 Mar 2026 10:00:00 GMT</pubDate>"), 1),
    Sample("a date of 1970", _one("<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>"), 1),
    Sample("a date in words", _one("<pubDate>last Tuesday</pubDate>"), 1),
    Sample("an empty entry", rss(["<item/>", item(1)]), 2),
    Sample("no entries", rss([]), 0),
    Sample("JSON Feed 1.1", _json_feed(), 2, "application/json"),
    Sample(
        "JSON Feed, values of wrong types",
        _json_feed(title=["x"], url=7, date_published={}),
        2,
        "text/plain",
    ),
    Sample(
        "JSON Feed with a byte order mark", codecs.BOM_UTF8 + _json_feed(), 2, "application/json"
    ),
    Sample("JSON, but no feed", b'{"error": "not found"}', 0, "application/json"),
    Sample("broken JSON", _json_feed()[:-9], 0, "application/json"),
    Sample("a gzip file without a header", gzip.compress(feed(2)), 2, "application/gzip"),
    Sample("an entity bomb", _BOMB, 1),
    Sample("an external entity", _EXTERNAL, 1),
    Sample(
        "an HTML page", b"<!doctype html><html><body><p>Not found</p></body></html>", 0, "text/html"
    ),
    Sample("an empty document", b"", 0),
    Sample("binary noise", bytes(range(256)) * 20, 0),
)


def outcome(sample: Sample) -> tuple[int, str]:
    """How many entries were found, and what was flagged or refused."""
    try:
        parsed = parse_feed(
            unpack_file(sample.body, limit=LIMIT), url=URL, content_type=sample.content_type
        )
    except ParseError as exc:
        return 0, f"error: {exc}"
    told = {flag for entry in parsed.entries for flag in entry.flags}
    told |= {flag for entry in parsed.entries for flag in cap(entry.published_at, NOW)[1]}
    told.discard("date_missing") if "no date" not in sample.kind else None
    return len(parsed.entries), ", ".join(sorted(told))


def own_table() -> str:
    """Our samples: what each kind of damage yields."""
    lines = ["| kind | holds | found | flags or error |", "| --- | ---: | ---: | --- |"]
    for sample in SAMPLES:
        found, told = outcome(sample)
        lines.append(f"| {sample.kind} | {sample.holds} | {found} | {told.replace('|', '/')} |")
    return "\n".join(lines)


@dataclass
class _Tally:
    documents: int = 0
    stated: int = 0
    as_stated: int = 0
    observed: int = 0
    as_observed: int = 0
    entries: int = 0
    refused: int = 0


def real_counts(folder: Path) -> list[tuple[dict[str, object], int, bool]]:
    """Each real document's row of the index, entries found, and whether it was read as a feed."""
    result = []
    for row in json.loads((folder / "index.json").read_text(encoding="utf-8")):
        body = (folder / row["file"]).read_bytes()
        try:
            parsed = parse_feed(unpack_file(body, limit=LIMIT), url=URL)
            result.append((row, len(parsed.entries), True))
        except ParseError:
            result.append((row, 0, False))
    return result


def real_table(folder: Path) -> str:
    """The real documents by kind: how many entries were found against stated and observed ones."""
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    for row, found, is_feed in real_counts(folder):
        kinds = row["kind"]
        assert isinstance(kinds, list)
        for kind in ["all", str(row["format"]), *(k for k in kinds if k in _REAL_KINDS)]:
            _count(tallies[kind], row, found, is_feed)
    lines = [
        "| documents | how many | count stated | found as stated | count observed only "
        "| at least as observed | entries found | no feed |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for kind, tally in tallies.items():
        lines.append(
            f"| {kind.replace('_', ' ')} | {tally.documents} | {tally.stated} | {tally.as_stated} "
            f"| {tally.observed} | {tally.as_observed} | {tally.entries} | {tally.refused} |"
        )
    return "\n".join(lines)


_REAL_KINDS = {
    "malformed_xml",
    "illformed",
    "encoding",
    "not_utf8_bytes",
    "cdata",
    "no_dates",
    "xml_attack",
    "gzip_or_compressed",
}


def _count(tally: _Tally, row: dict[str, object], found: int, is_feed: bool) -> None:
    stated, observed = row["expected_entries"], row["observed_items"]
    tally.documents += 1
    tally.entries += found
    tally.refused += not is_feed
    if isinstance(stated, int):
        tally.stated += 1
        tally.as_stated += found == stated
    elif isinstance(observed, int):
        tally.observed += 1
        tally.as_observed += found >= observed


def between(name: str, text: str) -> re.Match[str]:
    """The part of the page that a table fills."""
    found = re.search(rf"(?s)(<!-- {name} -->\n)(.*?)(\n<!-- end -->)", text)
    assert found, f"docs/feeds.md has no part {name}"
    return found


def main() -> None:
    """Write the tables."""
    text = DOCS.read_text(encoding="utf-8")
    tables = {"malformed": own_table()}
    if os.environ.get("ROTASCOPE_DATA"):
        tables["real"] = real_table(Path(os.environ["ROTASCOPE_DATA"]) / "feeds")
    for name, table in tables.items():
        found = between(name, text)
        text = text[: found.start(2)] + table + text[found.end(2) :]
    DOCS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
