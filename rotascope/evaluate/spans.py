"""Where a name stands in a text, for labelled data that gives no offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

_COMMON = frozenset({"the", "of", "and", "&", "plc", "group", "inc", "ltd", "corp", "company"})
"""Words at the ends of a company's name that are often left out."""


def whole_words(text: str, name: str, *, ignore_case: bool = False) -> list[Span]:
    """Every place of `name` in `text` where it is no part of a longer word."""
    if not name.strip():
        return []
    flags = re.IGNORECASE if ignore_case else re.NOFLAG
    pattern = rf"(?<!\w){re.escape(name.strip())}(?!\w)"
    return [match.span() for match in re.finditer(pattern, text, flags)]


def entity(text: str, name: str) -> Span | None:
    """The first place of `name` as whole words, else the first place of its letters."""
    found = whole_words(text, name)
    if found:
        return found[0]
    start = text.find(name)
    return (start, start + len(name)) if start >= 0 and name.strip() else None


def company(text: str, name: str) -> Span | None:
    """The first place of a company's name, in any case, else of its first or last words.

    Of these the longest that occurs counts, the first words before the last ones; their case must
    agree, so that "Royal Dutch Shell" is met by "Shell" and not by "shell companies".
    """
    for found in (whole_words(text, name, ignore_case=True), *_parts(text, name)):
        if found:
            return found[0]
    return None


def _parts(text: str, name: str) -> Iterator[list[Span]]:
    words = name.split()
    while words and _is_common(words[0]):
        del words[0]
    while words and _is_common(words[-1]):
        del words[-1]
    for count in range(len(words), 0, -1):
        for part in (words[:count], words[-count:]):
            yield whole_words(text, " ".join(part))


def _is_common(word: str) -> bool:
    return word.lower().strip(".,") in _COMMON
