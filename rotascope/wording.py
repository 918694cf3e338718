"""Words of messages that depend on a number."""

from __future__ import annotations


def plural(number: float, one: str, many: str | None = None) -> str:
    """`1 feed`, `2 feeds`, `1 story`, `1,200 stories`; `many` where the rule does not know it."""
    whole = int(number)
    return f"{whole:,} {one if whole == 1 else many or _many(one)}"


def _many(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"
