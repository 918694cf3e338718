"""Texts that hold HTML: analysed as they are read, told where their spans stand as given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeGuard

from rotascope.analysis import Input
from rotascope_feeds.aligned import Aligned, align

Row = dict[str, Any]
Back = Callable[[Row], Row]


def as_read(item: Input) -> tuple[Input, Back]:
    """What to analyse of `item`, read as archives are, and the way back for its JSON.

    The way back puts the spans of `contract.to_json` into `item`'s own text and title, in place.
    """
    text = align(item.text)
    title = align(item.title, title=True) if item.title else None
    if text is None and title is None:
        return item, lambda row: row
    read = replace(
        item,
        text=item.text if text is None else text.text,
        title=item.title if title is None else title.text,
        targets=tuple(_target(span, text, len(item.text)) for span in item.targets),
    )

    def back(row: Row) -> Row:
        for name in ("tickers", "flows", "sentences"):
            for one in row[name]:
                aligned = title if one.get("field") == "title" else text
                if aligned is not None:
                    one["start"], one["end"] = aligned.to_given(one["start"], one["end"])
        for one, asked, tried in zip(row["targets"], item.targets, read.targets, strict=True):
            one["start"], one["end"] = asked
            if tried != asked and tried[0] == tried[1]:
                one["error"] = "the target holds markup alone; give it words"
        return row

    return read, back


def _target(
    span: tuple[object, object], text: Aligned | None, length: int
) -> tuple[object, object]:
    """A span that is none stays as it is: the analysis says what is wrong with it."""
    start, end = span
    if text is None or not _is_offset(start) or not _is_offset(end):
        return span
    return text.to_read(start, end) if 0 <= start < end <= length else span


def _is_offset(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
