"""Who leads: the new leaders, what is out and what is in, what rises to the top."""

from __future__ import annotations

import re
from itertools import pairwise, permutations

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.market_words import COPULA, UP, vocabulary
from rotascope_nlp.rotation_draft import BE, Draft, company_move
from rotascope_nlp.rotation_lists import Ends, Line

_TO_THE_TOP = re.compile(r"(?:back |up )?(?:in)?to the (?:top|front|fore|forefront|lead)\b")


def out_or_in(draft: Draft, ends: Ends) -> bool:
    """Chipmakers are out, drugmakers are in."""
    i, start = ends.last, ends.first
    side = draft.line.word(i + 1)
    if draft.line.word(start - 1) == ":" and draft.line.word(start - 2) in {"out", "in"}:
        left = draft.line.word(start - 2) == "out"
        draft.side(start - 1, [ends], left=left, whole=False)
        return True
    if draft.line.word(i) not in BE or side not in {"out", "in"} or not _alone(draft, i + 2):
        return False
    draft.side(i, [ends], left=side == "out", whole=False)
    return True


_LEADERS = re.compile(
    r"^(?:(?!(?:and|while|but|,|;)\b)\S+ ){0,5}(?:is|are|was|were|be|been|becom\w+|became"
    r"|ma[dk]e\w*|form\w*) (?:(?:the|a|an|not|n't|this|market|'s|among|yet) ){0,5}(?:new|next"
    r"|fresh|latest|emerging) (?:\w+ ){0,3}(?P<last>leaders?|leadership|favou?rites?|darlings?)\b"
)
_GOING = vocabulary("money cash capital hiding flocking piling sheltering")
_NEW_LEADER = re.compile(
    r"\b(?:new|newest|next|latest|fresh|emerging) (?:\w+ ){0,2}(?:leaders?|leadership|darlings?"
    r"|favou?rites?)(?: (?:of|in|on) (?:the |this )?[\w ]{2,14})?(?: (?:also|too|now|, too ,|,))*"
    r" (?:is|are|was|were|include|includes|included|:|—|-)(?: the)? $"
)
"""`Among the market's new leaders are banks`, `the market has a new darling: banks`."""
_KEEP = vocabulary("have has had hold holds held keep keeps kept sat contrast")
_BECOME = vocabulary("become became becomes make makes made form forms formed")


def new_leader(draft: Draft, ends: Ends) -> bool:
    """X are the new leaders, or where the money is going; a new leadership of X."""
    line, i = draft.line, ends.last
    told = " ".join(line.words[i : min(line.last, i + 14)])
    tail = line.words[i + 1 : min(line.last, i + 9)]
    found = _LEADERS.match(told)
    if ends.preposition in {"of", "in"} and line.words[ends.governor - 1] == "leadership":
        if "new" not in line.words[max(line.first, ends.governor - 4) : ends.governor]:
            return False
        cue = ends.governor
    elif found and not ends.preposition:
        cue = i + len(told[: found.start("last")].split())
    elif not ends.preposition and _NEW_LEADER.search(
        " ".join([*line.words[line.first : ends.first], ""])
    ):
        cue = line.first
    elif "where" in tail and _GOING & set(tail):
        held = not _KEEP.isdisjoint(tail)  # "banks are where funds have most of their money"
        if held or ends.preposition or line.word(i) not in BE | _BECOME:
            return False
        if tail[:2] == ["no", "longer"]:
            draft.lead(i, froms=[ends], confidence=0.75)
            return True
        cue = i + 1 + tail.index("where")
    else:
        return False
    draft.lead(cue, tos=[ends], confidence=0.75)
    return True


_PLACE = vocabulary("place lead role crown mantle throne spot leadership spotlight limelight")


def inverted(draft: Draft) -> None:
    """`Taking tech's leading role are banks`, `replacing chips are insurers`."""
    line = draft.line
    opening = range(line.first, min(line.last, line.first + 9))
    first = next((i for i in opening if line.words[i] in _REPLACING), None)
    if first is None:
        return
    for left, entered in pairwise(line.lists):
        between = line.words[left.last : entered.first]
        own = (
            line.word(left.last) in {"'s", "'", "’s", "’"}
            or "of" in (line.words[first + 1 : left.first])
        )
        taken = line.words[first] != "taking" or (
            own and not _PLACE.isdisjoint([*line.words[first : left.first], *between])
        )
        copula = line.word(entered.governor) in COPULA and entered.governor >= left.last
        copula = copula and {"not", "n't"}.isdisjoint(between)
        if left.first > first and left.first - first <= 5 and taken and copula:
            draft.lead(first, froms=[left], tos=[entered])
            return


_FELL = re.compile(
    r"^(?:(?:that|which|has|have|'ve|had|now|since|all|both) )*"
    r"(?:drop|fall|fell|slip|slid|s[aiu]nk|move|retreat|tumble)\w* (?:\w+ )?to the"
    r" (?:rear|(?:back|end|bottom|tail|foot) of the (?:pack|line|queue|field|class|parade))\b"
)
_LEADS = re.compile(
    r"^(?:(?:that|which|has|have|'ve|is|are|now|since|all|both) )*"
    r"(?:(?:set|sets|setting) the pace"
    r"|(?:mov|step|jump|climb|r[io]s|c[oa]m|vault)\w* (?:\w+ ){0,2}(?:to|in at|at|in)"
    r" the (?:head|front|top) of the (?:pack|line|queue|field|class|parade))\b"
)
_LASTING = vocabulary("has have 've now")
"""A pack that has changed its order; on one day it only fell behind."""


def reordered(draft: Draft) -> None:
    """`A and B have dropped to the rear, and C and D now set the pace`."""
    line = draft.line
    if not line.has(_LASTING) or company_move(line):
        return
    for left, entered in permutations(line.lists, 2):
        fell, leads = (_told(line, each) for each in (left, entered))
        if _FELL.match(fell) and _LEADS.match(leads) and {*left.groups}.isdisjoint(entered.groups):
            draft.lead(min(left.last, entered.last), froms=[left], tos=[entered], confidence=0.75)
            return


def _told(line: Line, ends: Ends) -> str:
    """The words behind a subject, without what is told between two commas."""
    told = " ".join(line.words[ends.last : min(line.last, ends.last + _AFTER)])
    return "" if ends.preposition else _ASIDE.sub("", told)


_AFTER = 30
_ASIDE = re.compile(r"^, (?:which|who|whose) [^,]*, ")
_REPLACING = vocabulary("taking replacing supplanting displacing")


def gapped(draft: Draft, ends: Ends) -> bool:
    """`Banks had the biggest inflows, and utilities the biggest outflows`: the verb left out."""
    told = _GAPPED.match(" ".join(draft.line.words[ends.last : ends.last + 7]))
    if not told or not draft.line.has(cues.GATHER | cues.SHED):
        return False
    draft.side(ends.last, [ends], left=told["flow"] in cues.OUTFLOW)
    return True


_GAPPED = re.compile(
    r"(?:, )?the (?:second |next )?(?:biggest|largest|most|heaviest|steepest|strongest|highest"
    r"|sharpest|greatest) (?:net |weekly |monthly )*(?P<flow>inflows?|outflows?|redemptions"
    r"|withdrawals)\b"
)


def _alone(draft: Draft, i: int) -> bool:
    """Nothing but a mark or a conjunction at i."""
    return i >= draft.line.last or draft.line.words[i] in {",", ".", ";", "and", "while", "!"}


_MARKET = frozenset({"market", "markets", "rally", "tape", "pack", "advance", "trading", "session"})
"""What is led in `leadership of the stock market`; others lead a committee."""


def lead_word(draft: Draft, after: list[str]) -> bool:
    if after[:2] == ["on", "a"]:
        after = after[2:]  # "took on a leadership role"
    for i, word in enumerate(after[:6]):
        if word == "role" and after[max(0, i - 1) : i] in (["leading"], ["leadership"]):
            return True
        owned = after[i + 1 : i + 2] != ["of"] or not _MARKET.isdisjoint(after[i + 2 : i + 5])
        if word in cues.LEADERSHIP and owned:
            return True
        if word in {"in", "on", "at", ",", "as"} and i < 2 and word != "as":
            return False
    return False


_OVER_AS = re.compile(
    r"^over (?:(?:\w+ )?as (?:[\w']+ ){0,4}(?:leaders?|leadership)\b"
    r"|at the (?:front|top|head|helm))"
)


def takes_over(line: Line, verb: int) -> bool:
    """`Have taken over as the market's leaders`, `take over at the front`."""
    return bool(_OVER_AS.match(" ".join(line.words[verb + 1 : min(line.last, verb + 9)])))


def rises(word: str, after: list[str]) -> bool:
    """X rotates to the top, emerges as the leader; beside what is left, takes its place."""
    if word in _TAKES and after[:2] in (["its", "place"], ["their", "place"]):
        return True
    if word in cues.MOVE | cues.ROTATE | UP or word.startswith("sho"):
        return bool(_TO_THE_TOP.match(" ".join(after)))
    return word.startswith("emerg") and bool({"leader", "leaders", "leadership"} & set(after))


_TAKES = vocabulary("take takes took taken taking")
_TOP_PLACE = re.compile(
    r"^(?:up )?(?:its|their|the) (?:\w+ )?(?:place|position|spot|perch|role|rank|status|title)"
    r" (?:as|at|of|in) (?:(?!to )\S+ ){0,2}(?:best|top|leading|strongest|favou?rite|first|leaders?"
    r"|front|head|number|hottest|biggest)\b"
)


def gives_way(line: Line, verb: int) -> bool:
    """X gives way to Y, loses its place as the best sector to Y."""
    following = line.words[verb + 1 : verb + 6]
    starts = ("giv", "gave", "mak", "made", "los", "hand", "tak", "took", "yield", "ced")
    if not line.words[verb].startswith(starts):
        return False
    following = [word for word in following if word not in {"a", "some", "their", "the", "its"}]
    return (
        any(tuple(following[: len(way)]) == way for way in cues.GIVE_WAY)
        or (line.words[verb].startswith("yield") and following[:1] == ["to"])
        or bool(_TOP_PLACE.match(" ".join(line.words[verb + 1 : min(line.last, verb + 12)])))
    )
