"""A document as it came -> the entries of the feed in it.

RSS 0.9x/1.0/2.0, Atom, RDF and CDF are read by feedparser, which repairs broken XML, sorts out
encodings, and neither expands entities nor fetches external ones.  JSON Feed is read in `jsonfeed`.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
from lxml import etree

from rotascope_feeds.bounded import believable_charset
from rotascope_feeds.dates import entry_date
from rotascope_feeds.errors import ParseError
from rotascope_feeds.jsonfeed import Item, items_of, looks_like_json
from rotascope_feeds.markup import CONTROL, clean, html_to_text, title_text
from rotascope_feeds.salvage import readable
from rotascope_feeds.types import FeedEntry

_HTML = re.compile(rb"(?i)<!doctype\s+html|<html[\s>]")
_CLOSING = re.compile(rb"(?i)</(?:\w+:)?(?:rss|feed|rdf|channel)\s*>")
_FEED_ROOT = re.compile(rb"(?i)<(?:\w+:)?(?:rss|feed|rdf|channel)[\s>]")
_ENTRY_START = re.compile(rb"(?i)<(?:\w+:)?(?:item|entry)[\s>/]")
_LATIN = re.compile(r"(?i)(?:charset|encoding)\s*=\s*[\"']?(?:windows-125|cp125|iso-?8859|latin)")
_DECLARATION = re.compile(rb"<\?xml[^>]{0,1024}>")
_REFERENCE = re.compile(rb"&#(x[0-9a-fA-F]{1,8}|[0-9]{1,8});")
# Elements that nest without end cost feedparser half a kilobyte each.
_MAX_ENTRIES = 50_000
_MAX_TAGS = 400_000
_MAX_ID = 512  # characters; a longer id is stored as its hash
TRUNCATED = "feed_truncated"


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed and its entries in document order; `kind` as feedparser names it, or `json1`.

    `problem` is what was wrong with the document, for a health report; entries were read all the
    same.
    """

    url: str
    kind: str
    title: str
    language: str | None
    entries: tuple[FeedEntry, ...]
    problem: str | None = None


def parse_feed(body: bytes, *, url: str, content_type: str = "") -> ParsedFeed:
    """Read `body`, which came from `url`; raises ParseError if there is no feed in it.

    `content_type` only helps to find the encoding: the kind is told from the document itself.
    """
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ParseError("the document is empty")
    if looks_like_json(body):
        title, language, items = items_of(body, url)
        if len(items) > _MAX_ENTRIES:
            raise ParseError(f"it has more than {_MAX_ENTRIES:,} entries")
        return ParsedFeed(url, "json1", title, language, _entries(items, url, language, ()))
    return _parse_xml(body, url, believable_charset(content_type))


def _parse_xml(body: bytes, url: str, content_type: str) -> ParsedFeed:
    if len(_ENTRY_START.findall(body)) > _MAX_ENTRIES or body.count(b"<") > _MAX_TAGS:
        raise ParseError(f"it has more than {_MAX_ENTRIES:,} entries or {_MAX_TAGS:,} tags")
    body = _REFERENCE.sub(_known_character, body)
    document = _feedparser(body, _believable(content_type, body))
    broken = bool(document.bozo)
    problem = _one_line(document.get("bozo_exception")) if broken else None
    if broken and len(_ENTRY_START.findall(body)) > len(document.entries):
        # An element that is not closed can swallow entries; libxml2's repair closes it.
        repaired = _feedparser(_repaired(body), "")
        document = repaired if len(repaired.entries) > len(document.entries) else document
    feed = document.feed
    if not document.version and not document.entries:
        raise ParseError(_why_no_feed(body))
    language = _language(feed.get("language"))
    truncated = bool(broken and _FEED_ROOT.search(body) and not _CLOSING.search(body))
    base = _base(feed.get("link"), url)
    return ParsedFeed(
        url,
        document.version or "unknown",
        title_text(str(feed.get("title") or "")),
        language,
        _entries(
            readable(lambda entry: _item(entry, base), document.entries, url),
            url,
            language,
            (TRUNCATED,) if truncated else (),
        ),
        problem,
    )


def _believable(content_type: str, body: bytes) -> str:
    """The content type, unless it or the document says Latin of what plainly is UTF-8.

    Text in a Latin encoding is not valid UTF-8 by chance.
    """
    declared = _DECLARATION.search(body[:1024])
    said = content_type + (declared.group().decode("latin-1") if declared else "")
    if not _LATIN.search(said) or body.isascii():
        return content_type
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return content_type
    return "application/xml; charset=utf-8"


def _known_character(reference: re.Match[bytes]) -> bytes:
    """A character reference, unless it names what is no character: feedparser stumbles there."""
    digits = reference.group(1).lower()
    code = int(digits[1:], 16) if digits.startswith(b"x") else int(digits)
    is_known = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF
    return reference.group() if is_known else b"&#xFFFD;"


def _feedparser(body: bytes, content_type: str) -> Any:
    """feedparser's reading; where it breaks down over an encoding, once more as plain UTF-8."""
    try:
        return _feedparser_raw(body, content_type)
    except Exception:  # feedparser promises no set of errors
        plain = _DECLARATION.sub(b"", body, count=1).decode("utf-8", "replace").encode()
    try:
        return _feedparser_raw(plain, "application/xml; charset=utf-8")
    except Exception as exc:
        raise ParseError(f"the document cannot be read: {type(exc).__name__}: {exc}") from exc


def _feedparser_raw(body: bytes, content_type: str) -> Any:
    # A stream, never bytes or text: those feedparser would try to open as a URL or a file name.
    return feedparser.parse(
        io.BytesIO(body),
        response_headers={"content-type": content_type or "application/xml"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _repaired(body: bytes) -> bytes:
    """The document as well-formed XML, without its own entities; empty if beyond repair."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return b""
    return b"" if root is None else bytes(etree.tostring(root, encoding="utf-8"))


def _why_no_feed(body: bytes) -> str:
    if _HTML.search(body[:4096]):
        return "the document is an HTML page, no feed; `rotascope feeds discover URL` looks for one"
    return "the document is no feed: neither RSS, Atom, RDF nor JSON Feed"


def _item(entry: Any, base: str) -> Item:
    raw = _first(entry, "published", "updated", "created")
    parsed = _first(entry, "published_parsed", "updated_parsed", "created_parsed")
    published, flags = entry_date(raw if isinstance(raw, str) else None, parsed)
    return Item(
        id=str(entry.get("id") or ""),
        link=_link(entry, base),
        title=str(entry.get("title") or ""),
        summary=_text(entry.get("summary")),
        content=_longest(_text(part.get("value")) for part in _parts(entry, "content")),
        published_at=published,
        flags=flags,
        language=_language(entry.get("language")),
    )


def _first(entry: Any, *keys: str) -> Any:
    """The first of `keys` that is there; feedparser's own `get` maps updated to published."""
    return next((dict.get(entry, key) for key in keys if dict.get(entry, key)), None)


def _parts(entry: Any, key: str) -> list[Any]:
    """feedparser's list under `key`; an unknown element of that name puts its text there."""
    value = entry.get(key)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _link(entry: Any, base: str) -> str | None:
    candidates = [entry.get("link")]
    candidates += [
        link.get("href") for link in _parts(entry, "links") if link.get("rel") == "alternate"
    ]
    candidates.append(entry.get("feedburner_origlink"))
    if entry.get("guidislink", False) or str(entry.get("id") or "").startswith("http"):
        candidates.append(entry.get("id"))
    return next((found for link in candidates if (found := absolute(link, base))), None)


def absolute(link: object, base: str) -> str | None:
    """`link` as an absolute http(s) URL, resolved against `base`; None for anything else."""
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        joined = urljoin(base, "".join(CONTROL.sub("", link).split()))
        parts = urlsplit(joined)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return joined if usable else None


def _base(link: object, url: str) -> str:
    return absolute(link, url) or url


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _longest(values: Iterable[str]) -> str:
    return max(values, key=len, default="")


def _language(value: object) -> str | None:
    """`en-US` -> `en`; None for what is no language code."""
    code = re.match(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$)", value) if isinstance(value, str) else None
    return code.group(1).lower() if code else None


def _entries(
    items: Iterable[Item], url: str, language: str | None, flags: Sequence[str]
) -> tuple[FeedEntry, ...]:
    read = list(readable(lambda item: _entry(item, url, language), items, url))
    if flags and read:  # only the last entry can have been cut
        read[-1] = replace(read[-1], flags=(*read[-1].flags, *flags))
    return tuple(_distinct(read))


def _entry(item: Item, url: str, language: str | None) -> FeedEntry:
    title, summary = title_text(item.title), html_to_text(item.summary)
    content = html_to_text(item.content)
    entry_id = clean(item.id) or item.link or _digest(title, summary, content)
    return FeedEntry(
        feed_url=url,
        entry_id=entry_id if len(entry_id) <= _MAX_ID else _digest(entry_id),
        link=item.link or absolute(item.id if item.id.startswith("http") else None, url),
        title=title,
        summary=summary,
        content=content,
        published_at=item.published_at,
        flags=item.flags,
        language=item.language or language,
    )


def _distinct(entries: Sequence[FeedEntry]) -> Iterable[FeedEntry]:
    """Some feeds give all entries one id: such an id is joined with the link and title."""
    uses = Counter(one[0] for one in {(e.entry_id, e.link, e.title) for e in entries})
    for entry in entries:
        if uses[entry.entry_id] == 1:
            yield entry
        else:
            digest = _digest(entry.link or "", entry.title)
            yield replace(
                entry, entry_id=f"{entry.entry_id}#{digest}", flags=(*entry.flags, "id_shared")
            )


def _digest(*parts: str) -> str:
    return hashlib.blake2b(
        "\x1f".join(parts).encode("utf-8", "replace"), digest_size=16
    ).hexdigest()


def _one_line(error: object) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
