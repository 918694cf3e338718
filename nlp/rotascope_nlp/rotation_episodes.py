"""Episodes that were over: brief ones, what was so `until then`, what a scene in the past tells.

`rotation_tense` reads the dates of the claim's own sentence; here is what says the same in words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rotascope_nlp.market_words import vocabulary
from rotascope_nlp.rotation_lists import PRESENT, Line

_BRIEF = re.compile(
    r"^(?:(?!(?:that|which|who|while)\b)\S+ ){0,9}?"
    r"(?:was|were|has been|have been|proved|turned out)"
    r" (?:to be )?(?:(?:very|rather|quite|all|too|\w+ly) )*"
    r"(?:short|brief|short ?-? ?lived|fleeting)(?= ?[.,;:!]|$| and | but )"
)
_UNTIL = re.compile(
    r"^(?:(?:but|and|yet) )?(?:(?:up )?(?:until|till|to) (?:then|recently|lately|now"
    r"|(?:early |late |mid-?)?(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\w*"
    r"|(?:last|this|the) [\w-]+)|before (?:then|that))\b"
)
_HAD = frozenset({"had", "was", "were", "used"})
_LONG_AGO = re.compile(
    r"^(?:(?:and|but|as) )?(?:back )?(?:in|during|throughout|after|by|through|for most of|around)"
    r" (?:(?:the )?(?:early|late|mid|mid-|spring|summer|autumn|fall|winter|end|first|second|half"
    r"|quarter|months?|days?|years?|crash|crisis|slump|recession|bear market|bull market|panic"
    r"|(?:jan|feb|mar|apr|june?|july?|aug|sep|oct|nov|dec)\w*|may)"
    r" (?:of )?(?:the )?)*(?:(?:19\d\d|200\d|201\d)(?:s|-\d\d)?\b|(?:lehman|black monday"
    r"|the (?:dot-?com|internet|tech|housing) (?:bubble|boom|mania|crash)"
    r"|the (?:great )?(?:depression|financial crisis)))"
)
"""A sentence set in years before those that a report without a date may speak of."""
_YEAR = re.compile(r"\d{4}")
_NOW = vocabulary(
    "now today currently is are has have this recently lately since ago week month yesterday"
    " monday tuesday wednesday thursday friday next will 'll"
)


def brief(after: Sequence[str]) -> bool:
    """`The flight from banks was short-lived`."""
    return bool(_BRIEF.match(" ".join(after)))


def until_then(line: Line, cue: int) -> bool:
    """`Until then most of the money had gone to banks`."""
    if not _UNTIL.match(" ".join(line.span)):
        return False
    before = line.words[line.first : cue]
    tense = line.tags[cue] == "VBD" or not _HAD.isdisjoint(before)
    return tense and not any(line.tags[i] in {"VBZ", "VBP"} for i in range(line.first, cue))


def long_ago(before: Line, line: Line, now: date | None) -> bool:
    """Whether the sentence before sets this one in another age: `In 2000 the pattern was clear.`"""
    if not (_in_the_past(before) and _in_the_past(line)):
        return False
    found = _LONG_AGO.match(" ".join(before.span).replace(" - ", "-"))
    year = _YEAR.search(found.group()) if found else None
    open_year = year is not None and now is not None and int(year.group()) >= now.year
    return before.long_ago if found is None else not open_year


def _in_the_past(line: Line) -> bool:
    tags = line.tags[line.first : line.last]
    told = not {"VBD", "VBN"}.isdisjoint(tags)  # the tagger takes one for the other
    return told and PRESENT.isdisjoint(tags) and not line.has(_NOW)
