"""The sentences behind the pictures, made safe and small enough to travel inside one page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

MAX_QUOTES = 6
"""Sentences kept for each cell, those of the greatest weight first."""

MAX_SENTENCE = 360
"""Characters of a sentence that are shown."""

MAX_BYTES = 2_500_000
"""Of all evidence in a page; beyond it fewer sentences are kept for each cell."""

# Controls, and the marks that turn the direction of text: a title must not rearrange the page.
_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")


@dataclass(frozen=True, slots=True)
class Source:
    """The article that a sentence stands in; `published` is an ISO date or time."""

    title: str
    publisher: str
    published: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """One sentence behind a cell.

    `weight`: its share of the point, or of the flow.  `score`: the sentiment towards the group,
    None for a flow.  `status`: of a flow's claim.
    """

    source: Source
    text: str
    weight: float
    score: float | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """The quotes that are kept for a cell, and how many stories it is made of."""

    quotes: tuple[Quote, ...]
    total: int


Book = Mapping[str, Cell]
"""Evidence by cell: `score/GROUP/PERIOD` and `flow/FROM/TO/PERIOD`, parts quoted as in links."""


def plain(text: str, *, limit: int | None = None) -> str:
    """`text` on one line, without controls and marks of direction; cut at `limit` characters."""
    clean = " ".join(_UNWANTED.sub(" ", text).split())
    if limit is not None and len(clean) > limit:
        return clean[: limit - 1].rstrip() + "…"
    return clean


def safe_url(url: str | None) -> str | None:
    """`url` if it is a plain web address, else None: nothing else becomes a link."""
    if not url or _UNWANTED.search(url) or any(char.isspace() for char in url):
        return None
    try:
        parts = urlsplit(url)
        fine = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
        return url if fine and parts.username is None else None
    except ValueError:
        return None


def cell(quotes: Sequence[Quote], total: int) -> Cell:
    """The weightiest of `quotes`; `total`: the stories that they were taken from."""
    best = sorted(quotes, key=lambda quote: -quote.weight)[:MAX_QUOTES]
    return Cell(tuple(best), total)


def embedded(book: Book, *, max_bytes: int = MAX_BYTES) -> str:
    """The book as JSON for a `<script type="application/json">`, within `max_bytes`.

    An article stands once, however many cells quote it.
    """
    for most in (*range(MAX_QUOTES, 1, -1), 1):
        text = _escaped(_packed(book, most))
        if len(text.encode()) <= max_bytes:
            return text
    return _escaped({"sources": [], "cells": {}, "dropped": True})


def _packed(book: Book, most: int) -> dict[str, object]:
    number: dict[Source, int] = {}
    cells = {
        key: {
            "total": found.total,
            "quotes": [_row(quote, number) for quote in found.quotes[:most]],
        }
        for key, found in sorted(book.items())
    }
    return {"sources": [_source(source) for source in number], "cells": cells}


def _row(quote: Quote, number: dict[Source, int]) -> dict[str, object]:
    row: dict[str, object] = {
        "source": number.setdefault(quote.source, len(number)),
        "text": plain(quote.text, limit=MAX_SENTENCE),
        "weight": round(quote.weight, 4),
    }
    if quote.score is not None:
        row["score"] = round(quote.score, 3)
    if quote.status is not None:
        row["status"] = quote.status
    return row


def _source(source: Source) -> dict[str, object]:
    return {
        "title": plain(source.title, limit=MAX_SENTENCE),
        "publisher": plain(source.publisher, limit=80),
        "published": source.published,
        "url": safe_url(source.url),
    }


def _escaped(value: object) -> str:
    """JSON in which no character can end the element that it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text.encode("utf-8", "backslashreplace").decode()
