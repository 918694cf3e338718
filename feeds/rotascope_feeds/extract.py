"""Article text: from the page, else the feed's content, else its summary, else the title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import trafilatura
from lxml import etree
from trafilatura.settings import use_config
from trafilatura.utils import decode_file

from rotascope_feeds.bounded import short_doctype
from rotascope_feeds.markup import clean, title_text
from rotascope_feeds.stubs import is_stub, strip_chrome
from rotascope_feeds.types import FeedEntry, TextSource

# Bytes and tags of a page.  The largest of 87 real ones have 2.5 million and 6,000; a tree takes
# 25 times its page's memory, and 300,000 tags keep trafilatura busy for half a minute.
_MAX_PAGE = 4_000_000
_MAX_TAGS = 60_000
# Shorter page texts are captions and teasers unless the feed has still less.
_MIN_PAGE = 250
# Of what the feed holds in full, a page that yields less than this share shows a teaser.
_TEASER_SHARE = 0.6
# Of a headline's words of 4 and more letters, the share that its page must hold; where there are
# fewer than 3 such words, the headline tells nothing.
_TITLE_SHARE = 0.25
_FEW_WORDS = 3
_LONG_WORD = re.compile(r"\w{4,}")
_PAYWALLED = re.compile(rb"(?i)\"isAccessibleForFree\"\s*:\s*\"?false")
_HTML_START = re.compile(
    rb"(?i)<(?:!doctype|html|head|body|meta|div|p|article|title|script|!--|\?xml)"
)

_CONFIG = use_config()
_CONFIG.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")  # its signal only works in a main thread


@dataclass(frozen=True, slots=True)
class Page:
    """What one HTML page yields; `text` is empty where it holds no article.

    `canonical` is what rel=canonical (else og:url) declares, absolute.  `flags`: `stub`,
    `paywall`, `not_html`, `page_too_large`, `no_text`.
    """

    title: str
    text: str
    canonical: str | None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The text of an article and where it was taken from."""

    title: str
    text: str
    source: TextSource
    flags: tuple[str, ...] = ()


def extract_page(body: bytes, *, url: str) -> Page:
    """The article on an HTML page; never raises for what a page holds."""
    if not _HTML_START.search(body[:2048]):
        return Page("", "", None, ("not_html",))
    if len(body) > _MAX_PAGE or body.count(b"<") > _MAX_TAGS:
        return Page("", "", None, ("page_too_large",))
    tree = load_page(body)
    if tree is None:
        return Page("", "", None, ("not_html",))
    title, canonical = _title(tree), _canonical(tree, url)
    flags = ("paywall",) if _PAYWALLED.search(body) else ()
    text = strip_chrome(clean(_main_text(tree, url)))
    if not text:
        return Page(title, "", canonical, (*flags, "no_text"))
    if is_stub(text):
        return Page(title, "", canonical, (*flags, "stub"))
    return Page(title, text, canonical, flags)


def load_page(body: bytes) -> Any:
    """The tree of an HTML page; None where there is none."""
    return trafilatura.load_html(short_doctype(decode_file(body)))


def choose_text(entry: FeedEntry, page: Page | None) -> Chosen:
    """The best text there is for `entry`; the title alone gives an empty text."""
    content, content_stub = _from_feed(entry.content)
    summary, summary_stub = _from_feed(entry.summary)
    flags = page.flags if page else ()
    if content_stub or summary_stub:
        flags = (*flags, "stub")
    title = entry.title or (page.title if page and not is_stub(page.title) else "")
    flags = tuple(dict.fromkeys(flags))
    if page and page.text and not _tells_of(page, entry.title):
        page, flags = None, (*flags, "page_other")
    if page and _page_is_best(page.text, content, summary):
        return Chosen(title, page.text, "page", flags)
    if content and len(content) >= len(summary):
        return Chosen(title, content, "content", flags)
    if summary and summary != title:
        return Chosen(title, summary, "summary", flags)
    return Chosen(title, "", "title", flags)


def _tells_of(page: Page, title: str) -> bool:
    """Whether the page is about what the feed announced, by the words of the headline.

    A link may end at a home page, a consent page or another article, where its own is gone.
    """
    words = set(_LONG_WORD.findall(title.casefold()))
    there = set(_LONG_WORD.findall(f"{page.title} {page.text}".casefold()))
    return len(words) < _FEW_WORDS or len(words & there) >= _TITLE_SHARE * len(words)


def _page_is_best(page: str, content: str, summary: str) -> bool:
    if len(page) < _TEASER_SHARE * len(content):
        return False
    return len(page) >= _MIN_PAGE or len(page) > max(len(content), len(summary))


def _from_feed(text: str) -> tuple[str, bool]:
    stripped = strip_chrome(text)
    return ("", True) if is_stub(stripped) else (stripped, False)


def _main_text(tree: Any, url: str) -> str:
    try:
        document = trafilatura.bare_extraction(
            tree, url=url, include_comments=False, include_tables=False, config=_CONFIG
        )
    except (
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        KeyError,
        RecursionError,
        etree.LxmlError,
    ):
        return ""
    text = getattr(document, "text", None)
    return text if isinstance(text, str) else ""


def _title(tree: Any) -> str:
    for path in ("//meta[@property='og:title']/@content", "//h1[1]//text()", "//title//text()"):
        found = title_text(" ".join(str(part) for part in tree.xpath(path)[:20]))
        if found:
            return found
    return ""


def _canonical(tree: Any, url: str) -> str | None:
    paths = (
        "//link[translate(@rel,'CANOIL','canoil')='canonical']/@href",
        "//meta[@property='og:url']/@content",
    )
    for path in paths:
        for found in tree.xpath(path)[:1]:
            try:
                joined = urljoin(url, str(found).strip())
            except ValueError:
                continue
            if joined.startswith(("http://", "https://")):
                return joined
    return None
