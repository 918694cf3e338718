"""Whether a claim speaks of what was over when the text was written."""

from __future__ import annotations

import re
from collections import Counter

from rotascope_nlp.market_words import vocabulary
from rotascope_nlp.rotation_lists import Line

OVER = vocabulary("ended over finished died dead")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_OLD = re.compile(
    r"\b(?:years ago|a year ago|months ago|decades? ago|last (?:year|decade|cycle|century"
    r"|autumn|fall|summer|spring|winter)|back in (?:the |early |late |mid-?)?(?:19|20)\d\d"
    r"|back then|at the time|at that time|in those days|in the (?:early |late |mid-?)?"
    r"(?:19|20)\d0s|during the (?:dot-com|dotcom|financial crisis|tech bubble|pandemic|internet)"
    r"|after the (?:dot-com|dotcom|financial crisis|tech bubble)|that year"
    r"|the (?:prior|previous|earlier|last|preceding) (?:(?:bull|bear|market|business|rate) )*"
    r"(?:year|cycle|decade|market|boom|bust|bubble|recession|crisis)(?= |$)"
    r"|the next (?:bull |bear )?(?:cycle|market) (?:was|saw|brought|began|belonged)"
    r"|once upon|formerly|used to|in the wake of the (?:dot-com|2008|financial crisis)"
    r"|for the (?:following|next) (?:\w+ )?(?:days|weeks|months|quarters|years)"
    r"|dot-com (?:bust|crash)|'[4-9]0s|in the (?:\w+ ){1,3}that followed"
    r"|(?:after|when) (?:lehman|black monday|the (?:great )?(?:crash|depression))"
    r"|(?:when|as|after|once) the (?:internet|tech|dot-com|dotcom|housing) (?:bubble|boom|mania)"
    r"|crash of the dot-coms)\b"
)
_SINCE = re.compile(r"\b(?:since|than|from|last (?:seen|reached|hit|touched)|not seen) $")
"""`Prices last reached months ago`: a measure, and not when money moved."""
_REGRET = re.compile(r"\b(?:second thoughts|remorse|regret\w*|ruing|rued?)\b")
_PERIOD = re.compile(
    r"\b(?:early|late|mid|half|quarters?|q[1-4]|months?|as|so far|[1-4]q|jan\w*|feb\w*|march|april"
    r"|may|june|july|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*)(?: of| in| -)? ?$"
)
"""`In early 2022`, `in the first half of 2022`: what a report of the day looks back on."""
_LATELY = 2020
"""The rules do not know a text's date: a period of an earlier year is taken for history."""
_OPEN_YEAR = frozenset({"since", "than", "after"})
"""`the lowest since 2008` says nothing of when."""
_PRESENT = vocabulary("now today currently has have is are 's 're recently lately")
_ENDED = re.compile(
    r"^(?:\S+ ){0,14}(?:is|was|are|has been|looks|seems|'s|(?:appear|seem|look)\w* to be)"
    r" (?:(?:mostly|largely|now|already|all|but|probably) )*"
    r"(?:over|finished|done|behind us|history|complete|at an end)(?= |$)(?! (?:in|with|the))"
)
_TO_AN_END = re.compile(
    r"^(?:\S+ ){0,9}?lasted (?:\w+ ){0,4}(?:days?|weeks?|months?|sessions?|hours?|quarters?)\b"
    r"|^(?:\S+ ){0,14}?(?:has|have|had|seems? to have|appears? to have)?"
    r" ?(?:(?:come|came|drawn|drew) to (?:a close|an end)|run its course)\b"
)
_FORMERLY = re.compile(
    r"\b(?:had (?:\w+ )?(?:previously|earlier|formerly|once|initially|originally)"
    r"|(?:previously|formerly|once) (?:had|was|were)|used to)\b"
)
_LONG = 200
"""Words from which the years in a text tell when it was written."""


def now_year(words: list[str]) -> int | None:
    """The year a text writes from, where it names years often enough to tell."""
    years = Counter(int(word) for word in words if _YEAR.match(word))
    if len(words) < _LONG or sum(years.values()) < 3:
        return None
    most = max(years.values())
    return max(year for year, count in years.items() if count == most)


def _of_a_report(line: Line, i: int) -> bool:
    """Whether the year at i belongs to a period that a text written soon after speaks of."""
    before = " ".join(line.words[max(line.first, i - 4) : i])
    return int(line.words[i]) >= _LATELY and bool(_PERIOD.search(before))


def past(
    line: Line,
    cue: int,
    before: list[str],
    after: list[str],
    *,
    nominal: bool,
    now: int | None,
) -> bool:
    """Whether the claim at token `cue` is an episode of the past."""
    text = " ".join(line.span).replace(" - ", "-")
    if (
        nominal
        and set(after[:8]) & (OVER - {"over"})
        and {"is", "was", "has", "have", "'s"} & set(after[:8])
    ):
        return {"not", "n't", "far"}.isdisjoint(after[:8])
    told = " ".join(after)
    if nominal and (_ENDED.search(told) or _TO_AN_END.search(told)):
        return True
    present = bool({*before[-6:], *after[:8]} & _PRESENT) and "had" not in before
    if any(not _SINCE.search(text[: found.start()]) for found in _OLD.finditer(text)):
        return not present
    if "who" in before and _REGRET.search(told):
        return True
    earlier = {"before", "but", "until"} & set(after) or "when" in before[-8:]
    if not nominal and "had" in before[-4:] and earlier:
        return True
    if not nominal and _FORMERLY.search(" ".join(before[-6:])):
        return True
    named = {i for first, last, _ in line.items for i in range(first, last)}
    years = [
        int(line.words[i])
        for i in range(line.first, line.last)
        if i not in named
        and _YEAR.match(line.words[i])
        and not _OPEN_YEAR & {line.word(i - 1), line.word(i - 2)}
        and not {"since", "from"} & set(line.words[max(line.first, i - 5) : i])
        and (i < cue or {",", "that", "which"}.isdisjoint(line.words[cue:i]))
        and not _of_a_report(line, i)
    ]
    tensed = {"VBZ", "VBP"} & set(line.tags[line.first : line.last])
    if years and not present and not tensed:
        past = line.tags[cue] in {"VBD", "VBN", "NN"} or "VBD" in line.tags[line.first : cue]
        return max(years) < now if now is not None else past
    return False
