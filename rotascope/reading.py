"""Reading one text to score: a file (text or HTML), a URL, or standard input."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rotascope.errors import InputError
from rotascope_feeds.secrets import mask_url

if TYPE_CHECKING:
    from rotascope.config import Settings
    from rotascope_feeds.types import Retrieved

MAX_BYTES = 10 * 1024 * 1024
"""A larger file is no article; the language stage takes a million characters at most."""

_LINES = (".jsonl", ".ndjson")
_TABLES = (".csv", ".tsv", ".json", ".parquet", ".pq")
_BOOKS = (".xls", ".xlsx", ".ods")

MIN_PAGE_WORDS = 10
"""What is left of a page that holds no article: "Log in", "Share this"."""

_HTML = re.compile(rb"<\s*(!doctype\s+html|html|head|body|article)\b", re.IGNORECASE)
_SNIFF = 4096
_DOCUMENTS = ((b"%PDF-", "a PDF"), (b"{\\rtf", "an RTF document"))
"""How documents begin whose bytes may well be letters, none of them the text's."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Reading:
    """A text to analyse, where it came from, and the day that its page gives for it."""

    text: str
    title: str | None
    source: str
    published: date | None = None


def day_of(value: object) -> date | None:
    """The day (in UTC) that a date or time stands for, in any form an archive may hold.

    None where there is none that can be read: the text is scored all the same, as of no date.
    """
    from rotascope_feeds.archive_dates import archive_date
    from rotascope_feeds.archive_order import BadDate

    if value is None:
        return None
    try:
        return archive_date(value)[0].date()
    except BadDate:
        return None


def is_url(source: str) -> bool:
    """Whether `source` is meant as a URL, not as a path."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", source) is not None


def hint_for_many(source: str) -> str | None:
    """What to do with a file of many texts, told by its ending; None for what may be one text."""
    ending = Path(source.lower().removesuffix(".gz")).suffix
    if is_url(source):
        return None
    if ending in _LINES:
        return f"{source} looks like a file of texts: score --jsonl {source}"
    if ending in _TABLES:
        return (
            f"{source} looks like a table of texts: `rotascope ingest --archive {source}` stores"
            " and analyses its rows, docs/recipes.md scores a column without a store; as one text:"
            f" rotascope score - <{source}"
        )
    if ending in _BOOKS:
        return (
            f"{source} looks like a spreadsheet: save it as CSV, then `rotascope ingest --archive`"
            " stores and analyses its rows; docs/recipes.md scores a column without a store"
        )
    return None


def read_file(path: Path) -> Reading:
    """A text or HTML file.  Raises InputError where there is nothing to read."""
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder; name a file, or use --jsonl for many texts")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(
                f"{path} has {size / 1e6:.0f} MB, more than {MAX_BYTES / 1e6:.0f} MB;"
                " split it into its articles, one per line of a --jsonl file"
            )
        return read_bytes(path.read_bytes(), source=str(path))
    except FileNotFoundError as exc:
        raise InputError(f"{path} does not exist; check the path") from exc
    except OSError as exc:
        raise InputError(f"{path} cannot be read: {exc.strerror or exc}") from exc


def read_url(url: str, *, settings: Settings, allow_private: bool = False) -> Reading:
    """The article behind a URL.  Raises RetrieveError, ForbiddenAddress, or InputError."""
    import asyncio

    from rotascope.ingest import fetch_options
    from rotascope_feeds.retrieve import ACCEPT_PAGE, Retriever

    async def get() -> Retrieved:
        options = fetch_options(settings, allow_private=allow_private)
        async with Retriever.open(options) as retriever:
            return await retriever.get(url, accept=ACCEPT_PAGE)

    answer = asyncio.run(get())
    return read_bytes(answer.body, source=mask_url(url), url=answer.final_url)


def read_bytes(data: bytes, *, source: str, url: str = "") -> Reading:
    """Text or HTML as bytes.  HTML is reduced to its article; plain text is taken as it is."""
    if not data.strip():
        raise InputError(f"{source} is empty; there is nothing to score")
    for mark, kind in _DOCUMENTS:
        if data.startswith(mark):
            raise InputError(f"{source} is {kind}; save its text and score that")
    if _HTML.search(data[:_SNIFF]):
        return _read_html(data, source=source, url=url)
    text = _decode(data, source)
    if not re.search(r"\w", text):
        raise InputError(f"{source} holds no words; give it a text or a page")
    return Reading(text, None, source)


def _read_html(data: bytes, *, source: str, url: str) -> Reading:
    from rotascope_feeds.extract import extract_page

    page = extract_page(data, url=url)
    if len(page.text.split()) < MIN_PAGE_WORDS:
        raise InputError(
            f"{source} is a page without an article (a front page, a paywall or a script?);"
            " save the article's text and score the file"
        )
    return Reading(page.text, page.title or None, source, _page_day(data, url))


def _page_day(data: bytes, url: str) -> date | None:
    """When a page says it was published, in its metadata or URL; dates in its text do not tell."""
    from htmldate import find_date

    try:
        found = find_date(data, extensive_search=False, original_date=True, url=url or None)
    except (ValueError, TypeError, OverflowError):  # pages hold anything
        return None
    return day_of(found)


def _decode(data: bytes, source: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if data.startswith(b"\x1f\x8b"):  # RFC 1952
        raise InputError(f"{source} is compressed; unpack it: gunzip -c FILE | rotascope score -")
    if b"\0" in data:
        raise InputError(f"{source} is binary; score reads text and HTML")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    odd = sum(ch < " " and ch not in "\n\r\t\f" for ch in text)
    if odd > len(text) / 100:
        raise InputError(f"{source} is binary; score reads text and HTML")
    return text
