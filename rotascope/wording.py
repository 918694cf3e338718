"""Words of messages: what depends on a number, and what strangers wrote."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


def one_line(text: str) -> str:
    """One line without control characters: texts come from strangers, and a terminal obeys."""
    return " ".join(_CONTROL.sub(" ", text).split())


def plural(number: float, one: str, many: str | None = None) -> str:
    """`1 feed`, `2 feeds`, `1 story`, `1,200 stories`; `many` where the rule does not know it."""
    whole = int(number)
    return f"{whole:,} {one if whole == 1 else many or _many(one)}"


def _many(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"
