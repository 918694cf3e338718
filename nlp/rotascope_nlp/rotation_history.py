"""History told over several sentences: `In 2000 the pattern was clear.  Money left tech.`

A sentence that opens in a year gone by, or asks whether it has come back, begins it.  It goes on
while the sentences stay in the past tense, and ends with the first that returns to today.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rotascope_nlp.market_words import forms
from rotascope_nlp.rotation_lists import PRESENT, Line
from rotascope_nlp.rotation_tense import LATELY, SPRING, YEAR

_OPENS = re.compile(
    r"^(?:but |and |yet |\" |so )*(?:back )?(?:in|during|throughout|by|for|through)"
    r" (?:(?!and\b)[\w-]+ ){0,5}?(?P<year>(?:19|20)\d\d)(?= )"
)
_AGAIN = re.compile(
    r"\b(?:is|was) (?:it|this|that) (?:like )?(?P<year>(?:19|20)\d\d) (?:\w+ ){0,3}again\b"
    r"|^(?:remember|recall|think back to|take|consider|look at) (?:\w+ ){0,2}?"
    r"(?P<other>(?:19|20)\d\d)\b(?! \w+ (?:funds|stocks))"
)
_BEFORE = re.compile(
    r"(?:it|this|that|all this|the same(?: thing)?) (?:has |have |had |'s )(?:all )?"
    r"(?:happened|been seen|occurred) before\b"
    r"|^we (?:have |'ve )(?:all )?(?:seen|been) (?:this|that|it|here) (?:\w+ )?before\b"
    r"|^there (?:is|was|are|were) (?:a |some )?precedents?\b"
)
_TODAY = re.compile(
    r"\b(?:today|now|currently|yesterday|recent(?:ly)?|lately|so far|latest|these days|nowadays"
    r"|since|(?:this|last|past) (?:week|month|year|time|quarter|session|morning|spring|summer"
    r"|autumn|fall|winter)|(?:mon|tues|wednes|thurs|fri)day)\b"
)
_TOLD = forms("say/says/said", "add", "note", "write/wrote", "show", "tell/tells/told", "think")
_LONGEST = 5
"""Sentences that one opening can put in the past."""


def mark_history(lines: Sequence[Line], now: date | None) -> None:
    """Set `of_old` on the sentences that go on with a history; `now`: when the text was written."""
    left = 0
    for line in lines:
        text = " ".join(line.span)
        if not all_over(line, now) or _TODAY.search(text):
            left = 0
        elif left and _narrates(line):
            line.of_old = True
            left -= 1
        elif left and any(line.finite(i) for i in range(line.first, line.last)):
            left = 0
        left = _LONGEST if _begins(line, text, now) else left
        line.of_old = line.of_old or bool(_BEFORE.match(text))


def _begins(line: Line, text: str, now: date | None) -> bool:
    if _AGAIN.search(text):
        return all_over(line, now)
    if _BEFORE.match(text) and ":" not in line.wordset:
        return True
    found = _OPENS.match(text)
    return bool(found and all_over(line, now) and _narrates(line) and not _TODAY.search(text))


def all_over(line: Line, now: date | None) -> bool:
    """Whether all the years that a sentence names were over when the text was written."""
    years = [int(word) for word in line.span if YEAR.match(word)]
    if now is None:
        return all(year < LATELY for year in years)
    first = now.year if now.month >= SPRING else now.year - 1
    return all(year < first for year in years)


def _narrates(line: Line) -> bool:
    """Whether a sentence is in the past tense alone; who says so counts for nothing."""
    verbs = [
        line.tags[i]
        for i in range(line.first, line.last)
        if (line.finite(i) or line.tags[i] == "MD") and line.words[i] not in _TOLD
    ]
    return "VBD" in verbs and PRESENT.isdisjoint(verbs)
