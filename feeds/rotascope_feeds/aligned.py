"""Where each character of a readable text stands in the HTML that it was read of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate

from rotascope_feeds.markup import CONTROL, ENTITY, MARKUP, SILENT, readable, readable_title

_Piece = tuple[str, int, int]
"""A character, and from where to where its making stands: all of `&amp;` for `&`."""

_GAP = re.compile(rf"\s|{CONTROL.pattern}")


@dataclass(frozen=True, slots=True)
class Aligned:
    """`text` as it is read; its character number n was made of `starts[n]` to `ends[n]`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def to_given(self, start: int, end: int) -> tuple[int, int]:
        """A span of `text`, which is not empty, in the text as it was given."""
        return self.starts[start], self.ends[end - 1]

    def to_read(self, start: int, end: int) -> tuple[int, int]:
        """A span as it was given, in `text`; empty where it holds nothing that is read."""
        first = bisect_right(self.ends, start)
        return first, max(first, bisect_left(self.starts, end))


def align(given: str, *, title: bool = False) -> Aligned | None:
    """`given` as `readable` (or `readable_title`) reads it; None: it stays as it is.

    That is so for plain text, and for HTML so broken that parsers read different texts in it.
    """
    text = readable_title(given) if title else readable(given).strip()
    if text == given.strip():
        return None
    pieces = [(char, place, place + 1) for place, char in enumerate(given)]
    for _ in range(2):  # as `readable` does
        pieces = _read(pieces)
    return _match(text, [piece for piece in pieces if not _GAP.match(piece[0])])


def _match(text: str, pieces: list[_Piece]) -> Aligned | None:
    """Both must hold the same, but for spaces and control characters: these stand between."""
    starts, ends, place, last = [], [], 0, 0
    for char in text:
        if _GAP.match(char):
            starts.append(last)
            ends.append(pieces[place][1] if place < len(pieces) else last)
            continue
        if place == len(pieces) or pieces[place][0] != char:
            return None
        _, start, last = pieces[place]
        starts.append(start)
        ends.append(last)
        place += 1
    return Aligned(text, tuple(starts), tuple(ends)) if place == len(pieces) else None


def _read(pieces: list[_Piece]) -> list[_Piece]:
    """One reading: without markup where there is any, entities resolved."""
    whole = "".join(char for char, _, _ in pieces)
    found = _html(whole) if MARKUP.search(whole) else _entities(whole)
    return [(char, pieces[start][1], pieces[end - 1][2]) for char, start, end in found]


def _entities(text: str) -> Iterator[_Piece]:
    place = 0
    for entity in ENTITY.finditer(text):
        yield from _plain(text[place : entity.start()], place)
        place = entity.end()
        yield from _resolved(entity[0], entity.start())
    yield from _plain(text[place:], place)


def _resolved(written: str, place: int) -> Iterator[_Piece]:
    meant = unescape(written)
    if meant == written:  # no entity, but a company such as B&Q;
        return _plain(written, place)
    return ((char, place, place + len(written)) for char in meant)


def _plain(text: str, place: int) -> Iterator[_Piece]:
    return ((char, at, at + 1) for at, char in enumerate(text, place))


def _html(text: str) -> list[_Piece]:
    reader = _Reader(text)
    reader.feed(text)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    """The visible characters of a fragment, with their places."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[_Piece] = []
        self._text = text
        self._silent = 0
        self._lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._silent += tag in SILENT

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.extend(_plain(data, self._place()))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, written: str) -> None:
        start = self._place()
        end = start + len(written)
        end += self._text.startswith(";", end)
        if not self._silent:
            self.found.extend(_resolved(self._text[start:end], start))
