"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), whatever type its values turn out to have."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from rotascope_feeds.dates import iso_date
from rotascope_feeds.errors import ParseError
from rotascope_feeds.markup import CONTROL
from rotascope_feeds.salvage import readable

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Item:
    """An entry before its texts are cleaned: `title`, `summary` and `content` may hold HTML."""

    id: str
    link: str | None
    title: str
    summary: str
    content: str
    published_at: datetime | None
    flags: tuple[str, ...]
    language: str | None = None


def looks_like_json(body: bytes) -> bool:
    """Whether the document starts as a JSON object or array."""
    start = body[:64]
    for bom in _BOMS:
        start = start.removeprefix(bom)
    return start.replace(b"\x00", b"").lstrip()[:1] in (b"{", b"[")


def items_of(body: bytes, url: str) -> tuple[str, str | None, list[Item]]:
    """Title, language and items; raises ParseError if it is no JSON Feed."""
    try:
        document = json.loads(_decoded(body))
    except (ValueError, RecursionError) as exc:
        raise ParseError(f"the document starts like JSON but is not valid: {exc}") from exc
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise ParseError("the document is JSON but no JSON Feed: it has no list `items`")
    base = _string(document.get("home_page_url")) or _string(document.get("feed_url")) or url
    language = _code(document.get("language"))
    rows = [row for row in document["items"] if isinstance(row, Mapping)]
    items = list(readable(lambda row: _item(row, base), rows, base))
    return _string(document.get("title")), language, items


def _decoded(body: bytes) -> str:
    encoding = json.detect_encoding(body)
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def _item(row: Mapping[str, Any], base: str) -> Item:
    published, flags = iso_date(_scalar(row.get("date_published") or row.get("date_modified")))
    link = _string(row.get("url")) or _string(row.get("external_url"))
    return Item(
        id=_scalar(row.get("id")) or "",
        link=_absolute(link, base),
        title=_plain(row.get("title")),
        summary=_plain(row.get("summary")),
        content=_string(row.get("content_html")) or _plain(row.get("content_text")),
        published_at=published,
        flags=flags,
        language=_code(row.get("language")),
    )


def _absolute(link: str, base: str) -> str | None:
    try:
        joined = urljoin(base, CONTROL.sub("", link).strip()) if link else ""
    except ValueError:
        return None
    return joined if joined.startswith(("http://", "https://")) else None


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _plain(value: object) -> str:
    """Plain text by the standard, so `<` in it is no markup."""
    return html.escape(_string(value), quote=False)


def _scalar(value: object) -> str | None:
    """Ids are texts, but a number is taken as one."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _code(value: object) -> str | None:
    match = re.match(r"[A-Za-z]{2,3}\b", value) if isinstance(value, str) else None
    return match.group().lower() if match else None
