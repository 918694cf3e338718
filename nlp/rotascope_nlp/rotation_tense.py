"""Whether a claim speaks of what was over when the text was written.

Years are compared with the date that the text has; the rules read no clock.  Without a date a text
that names years often tells its own (`told_date`); else the past tense beside a year makes an
episode of it, unless it is a period of a year from `LATELY` on, which a report may speak of.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from rotascope_nlp.market_words import vocabulary
from rotascope_nlp.rotation_cues import MOVE_NOUNS, ROTATION
from rotascope_nlp.rotation_lists import Line

OVER = vocabulary("ended over finished died dead")
YEAR = re.compile(r"(?:19|20)\d\d$")
_OLD = re.compile(
    r"\b(?:years ago|a year ago|months ago|decades? ago|last (?:year|decade|cycle|century"
    r"|autumn|fall|summer|spring|winter)|back in (?:the |early |late |mid-?)?(?:19|20)\d\d"
    r"|back then|at the time|at that time|in those days|in the (?:early |late |mid-?)?"
    r"(?:19|20)\d0s|during the (?:dot-com|dotcom|financial crisis|tech bubble|pandemic|internet)"
    r"|after the (?:dot-com|dotcom|financial crisis|tech bubble)|that year"
    r"|the (?:prior|previous|earlier|last|preceding) (?:(?:bull|bear|market|business|rate) )*"
    r"(?:year|cycle|decade|market|boom|bust|bubble|recession|crisis)(?= |$)"
    r"|the next (?:bull |bear )?(?:cycle|market) (?:was|saw|brought|began|belonged)"
    r"|a generation ago|(?:at|around|before|since) the turn of the (?:century|millennium)"
    r"|earlier (?:this|in the) (?:decade|century)|after the (?:(?:19|20)\d\d|asian|oil|savings) "
    r"(?:\w+ )?(?:crisis|crash|panic|slump|recession)"
    r"|once upon|formerly|used to|in the wake of the (?:dot-com|2008|financial crisis)"
    r"|for the (?:following|next) (?:\w+ )?(?:days|weeks|months|quarters|years)"
    r"|dot-com (?:bust|crash)|'[4-9]0s|in the (?:\w+ ){1,3}that followed"
    r"|(?:after|when) (?:lehman|black monday|the (?:great )?(?:crash|depression))"
    r"|(?:when|as|after|once) the (?:internet|tech|dot-com|dotcom|housing) (?:bubble|boom|mania)"
    r"|crash of the dot-coms|(?:at|near|since) the (?:height|peak|depths?|worst|nadir) of the"
    r" (?:[\w-]+ ){0,3}?(?:crisis|crash|panic|pandemic|bubble|mania|recession|slump|war))\b"
)
_SINCE = re.compile(r"\b(?:since|than|from|last (?:seen|reached|hit|touched)|not seen) $")
"""`Prices last reached months ago`: a measure, and not when money moved."""
_OWNED = re.compile(
    rf" 's (?!(?:[\w-]+ ){{0,2}}(?:{'|'.join(sorted(MOVE_NOUNS | ROTATION | {'trade'}))})\b)"
)
"""`They sold last year's winners`, but not `last year's rotation`."""
_REGRET = re.compile(r"\b(?:second thoughts|remorse|regret\w*|ruing|rued?)\b")
_PERIOD = re.compile(
    r"\b(?:early|late|mid|half|quarters?|q[1-4]|months?|as|so far|[1-4]q|jan\w*|feb\w*|march|april"
    r"|may|june|july|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*)(?: of| in| -)? ?$"
)
"""`In early 2022`, `in the first half of 2022`: what a report of the day looks back on."""
LATELY = 2020
"""In a text without a date, a period of an earlier year is taken for history.  It is fixed, so that
what such a text is read as never depends on the day of reading."""
_LATE_IN_YEAR = re.compile(
    r"\b(?:late|(?:fourth|final|last|closing) quarter|q4|4q|second half|end"
    r"|(?:final|last|closing) \w+ (?:days|weeks|months)|(?:oct|nov|dec)[a-z]*\.?)"
    r"(?: of| in| -)?(?: \d\d?(?:st|nd|rd|th)?)?(?: ,)? ?$"
)
SPRING = 4
"""The month until which the end of the year before is news: quarters are reported in the next."""
_ERAS = (
    (re.compile(r"pandemic"), 2021),
    (re.compile(r"financial crisis|2008|lehman|housing"), 2009),
    (re.compile(r"dot-?com|internet|tech"), 2002),
)
"""The last year in which a text could speak of them as of its own time."""
_DECADE = re.compile(r"(?P<early>early )?(?P<first>(?:19|20)\d0)s")
_OPEN_YEAR = frozenset({"since", "than", "after"})
"""`the lowest since 2008` says nothing of when."""
_LIKENED = re.compile(
    r"\b(?:(?:as|like|unlike) in|compared (?:with|to)|against|versus|vs\.?|unlike) ?$"
)
"""`as in 2016` does not either."""
_IN = vocabulary("in during throughout over for")
_PRESENT = vocabulary("now today currently has have is are 's 're recently lately")
_TELLS = vocabulary(
    "say says note notes argue argues believe believes think thinks reckon reckons show shows"
    " suggest suggests indicate indicates estimate estimates"
)
"""`Investors left tech in 2012, the bank says`: said now, and done then."""
_DONE = (
    r"over|finished|done|behind us|(?:ancient )?history|at an end|long gone"
    r"|a (?:distant|faint|fading) memory"
)
_ENDED = re.compile(
    r"^(?:\S+ ){0,14}(?:is|was|are|has been|looks|seems|'s|(?:appear|seem|look)\w* to be)"
    r" (?:(?:mostly|largely|now|already|all|but|probably) )*"
    rf"(?:{_DONE}|complete)(?= |$)(?! (?:in|with|the))"
)
_MAY_BE_OVER = re.compile(
    r"^(?:\S+ ){0,14}?(?:may|might|could) (?:(?:well|now|already|finally) )*"
    rf"(?:be (?:{_DONE})"
    r"|have (?:already )?(?:ended|finished|run its course|come to (?:a close|an end)))"
    r"(?= |$)(?! (?:in|with|the|soon|by|before|within)\b)"
)
"""`The rotation into small caps may be over`: nobody says that it goes on."""
_TO_AN_END = re.compile(
    r"^(?:\S+ ){0,9}?lasted (?:\w+ ){0,4}(?:days?|weeks?|months?|sessions?|hours?|quarters?)\b"
    r"|^(?:\S+ ){0,14}?(?:has|have|had|seems? to have|appears? to have)?"
    r" ?(?:(?:come|came|drawn|drew) to (?:a close|an end)|run its course)\b"
)
_FORMERLY = re.compile(
    r"\b(?:had (?:\w+ )?(?:previously|earlier|formerly|once|initially|originally)"
    r"|(?:previously|formerly|once) (?:had|was|were)|used to)\b"
)
_SAID = vocabulary("said told added noted wrote explained")
"""`She said money had come out of banks before the vote`: `had` stands for the `has` she used."""
_LONG = 200
"""Words from which the years in a text tell when it was written."""


def may_be_over(after: list[str]) -> bool:
    """Whether what is named before `after` is said to have perhaps ended."""
    return bool(_MAY_BE_OVER.search(" ".join(after)))


def told_date(words: list[str]) -> date | None:
    """New Year's Day of the year a text writes from, where it names years often enough to tell."""
    years = Counter(int(word) for word in words if YEAR.match(word))
    if len(words) < _LONG or sum(years.values()) < 3:
        return None
    most = max(years.values())
    return date(max(year for year, count in years.items() if count == most), 1, 1)


def _of_a_report(line: Line, i: int) -> bool:
    """Whether the year at i belongs to a period that a text written soon after speaks of."""
    return int(line.words[i]) >= LATELY and bool(_PERIOD.search(_before(line, i)))


def _before(line: Line, i: int) -> str:
    return " ".join(line.words[max(line.first, i - 4) : i])


def _over(line: Line, i: int, now: date) -> bool:
    """Whether the year at i is over, and its end no news any more."""
    year = int(line.words[i])
    recent = year == now.year - 1 and now.month < SPRING
    return year < now.year and not (recent and _LATE_IN_YEAR.search(_before(line, i)))


def _last_year(phrase: str) -> int:
    """The last year of the decade or era that a phrase of `_OLD` names; 0 where it names none."""
    if decade := _DECADE.search(phrase):
        return int(decade["first"]) + (4 if decade["early"] else 9)
    return next((year for words, year in _ERAS if words.search(phrase)), 0)


def _of_things(line: Line, i: int) -> bool:
    """`2020 winners`: not when they were sold."""
    after = line.tags[i + 1] if i + 1 < line.last else ""
    dated = line.word(i - 1) in _IN or _PERIOD.search(_before(line, i))
    return after == "NNS" and not dated


def _years(line: Line, cue: int) -> list[int]:
    """Tokens of the years that may say when the claim at token `cue` was so."""
    named = {i for first, last, _ in line.items for i in range(first, last)}
    return [
        i
        for i in range(line.first, line.last)
        if i not in named
        and YEAR.match(line.words[i])
        and not _OPEN_YEAR & {line.word(i - 1), line.word(i - 2)}
        and not {"since", "from"} & set(line.words[max(line.first, i - 5) : i])
        and not _LIKENED.search(_before(line, i))
        and not (i + 1 != cue and _of_things(line, i))
        and (i < cue or {",", "that", "which"}.isdisjoint(line.words[cue:i]))
    ]


def past(
    line: Line,
    cue: int,
    before: list[str],
    after: list[str],
    *,
    nominal: bool,
    now: date | None,
) -> bool:
    """Whether the claim at token `cue` is an episode of the past; `now`: when the text was written.

    With a date, a claim of a year before it is past, save one of that year's last quarter in a text
    of January to March.  Its own year and later ones are not.
    """
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
    if any(
        not _SINCE.search(text[: found.start()])
        and not _OWNED.match(text, found.end())
        and (now is None or _last_year(found.group()) < now.year)
        for found in _OLD.finditer(text)
    ):
        return not present
    if "who" in before and _REGRET.search(told):
        return True
    earlier = {"but", "until"} & set(after) or "when" in before[-8:]
    earlier = earlier or ("before" in after and _SAID.isdisjoint(before))
    if not nominal and "had" in before[-4:] and earlier:
        return True
    if not nominal and _FORMERLY.search(" ".join(before[-6:])):
        return True
    tags = line.tags[line.first : line.last]
    now_done = (word for word, tag in zip(line.span, tags, strict=True) if tag in {"VBZ", "VBP"})
    if present or not _TELLS.issuperset(now_done):
        return False
    years = _years(line, cue)
    if now is None:
        years = [i for i in years if not _of_a_report(line, i)]
        tags = line.tags[line.first : cue]
    episode = line.tags[cue] in {"VBD", "VBN", "NN"} or "VBD" in tags
    return episode and bool(years) and (now is None or all(_over(line, i, now) for i in years))
