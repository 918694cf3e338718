"""Leaders of two periods: `Tech led in the first half.  The second half has belonged to banks.`

Leadership has passed from the one to the other, though no verb of moving says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rotascope_nlp.market_words import vocabulary
from rotascope_nlp.rotation_draft import company_move
from rotascope_nlp.rotation_lists import Ends, Line

_SPAN = r"(?:week|month|quarter|half|year|session|day|decade|spring|summer|autumn|fall|winter)s?"
_EARLY = re.compile(
    rf"\b(?:last {_SPAN}|(?:first|opening|initial|previous|prior) (?:\w+ ){{0,2}}{_SPAN}"
    rf"|{_SPAN} ago|earlier|once"
    r"|until (?:recently|now)|yesterday|previously|formerly|used to|had been"
    r"|(?:began|started|opened) the year)\b"
)
_LATE = re.compile(
    rf"\b(?:this {_SPAN}|(?:second|latter|closing|next|past|last \w+) (?:\w+ ){{0,2}}{_SPAN}"
    r"|now|today"
    r"|since then|lately|recently|these days|of late|the (?:second|latter)"
    r"|the (?:last|latter|closing) (?:\w+|few))\b"
)
_LEADS = re.compile(
    r"^(?:(?:'s|stocks|shares|is|are|was|were|has|have|had|been|now|that|the|a|among|all|clear"
    r"|market|once|again|also|biggest) )*"
    r"(?:led|leads?|leading|leaders?|outperformers|top|best|on top"
    r"|in (?:front|charge|the lead)|winners?"
    r"|darlings?|favou?rites?|outperform\w*|rul(?:ed?|ing)|dominat\w+|took the lead"
    r"|drove|powered|paced|carried|(?:moved|climbed|jumped) (?:up )?to first place"
    r"|taken over first place"
    r"|(?:take|taken|taking) the lead)\b"
)
_LED_BY = re.compile(
    r"\b(?:belong\w* to|all about|(?:winners?|leaders?|leadership|favou?rites?|darlings?"
    r"|outperformers) (?:was|were|are|is|have been|has been)|led by"
    r"|(?:today|yesterday|now|month|quarter|year|week|half)(?: 's)?(?: ,)?"
    r" (?:it is|it 's|it was|it has been|are|were|is|was)"
    r"|(?:last|first|second|latter|opening) (?:\w+ ){0,2}(?:had|saw|it was|it is|it has been))"
    r"(?: (?:the|mostly|mainly|once|again))* ?$"
)
_NOW_FIRST = re.compile(
    r"\b(?:has|have) (?:\w+ )?(?:moved|climbed|jumped|taken) [\w ]{0,8}first place"
)
_NEGATED = re.compile(r"\b(?:not|n't|never|no longer|will|would|could|may|might|if|should)\b")
_BREAKS = vocabulary("; while whereas but")


def successions(before: Line | None, line: Line) -> Iterator[tuple[Ends, Ends]]:
    """Pairs of who led before and who leads now, in a sentence or in two neighbours."""
    now = _led(line)
    lates = [each for each, late in now if late]
    if not lates:
        return
    then = _led(before) if before is not None else []
    for early in [each for each, late in [*then, *now] if not late]:
        for late in lates:
            if not {*early.groups} & {*late.groups}:
                yield early, late


def _led(line: Line) -> list[tuple[Ends, bool]]:
    """The lists that lead in a period, and whether it is the later one."""
    found: list[tuple[Ends, bool]] = []
    if company_move(line):
        return found
    for ends in line.lists:
        first, last = _clause(line, ends)
        lead = " ".join(line.words[first : ends.first])
        tail = " ".join(line.words[ends.last : last])
        told = (not ends.preposition and _LEADS.search(tail)) or _LED_BY.search(lead)
        clause = f"{lead} {tail}"
        if not told or _NEGATED.search(clause):
            continue
        early, late = _EARLY.search(clause), _LATE.search(clause) or _NOW_FIRST.search(clause)
        if bool(early) != bool(late):
            found.append((ends, bool(late)))
    return found


def _clause(line: Line, ends: Ends) -> tuple[int, int]:
    first, last = ends.first, ends.last
    while first > line.first and not _breaks(line, first - 1):
        first -= 1
    while last < line.last and not _breaks(line, last):
        last += 1
    return first, last


def _breaks(line: Line, i: int) -> bool:
    joined = line.words[i] == "and" and line.word(i - 1) == ","
    return line.words[i] in _BREAKS or joined
