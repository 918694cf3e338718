"""Reports of fund flows: what funds gained or lost, told with the verb left out or as an aside.

`Tech funds drew $2 billion and bank funds $1 billion`; `bond funds had a good week, taking in
$3 billion`; `utility funds were in redemption`; `energy funds got most of the new money`.
"""

from __future__ import annotations

import re
from itertools import pairwise

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.market_words import FUNDS, vocabulary
from rotascope_nlp.rotation_draft import Draft, Frame
from rotascope_nlp.rotation_lists import Ends, Line

_SUM = (
    r"(?:(?:by|another|about|nearly|almost|some|just|only|roughly|around|over|more|than|a|an|net"
    r"|further|with) )*"
    r"(?:(?:us|hk|c|a)?[$€£¥]|eur|usd|rs\.?|inr|[\d.,]+ (?:billion|million|bn|crore))"
)
_GAPPED = re.compile(rf"^(?:(?:funds?|etfs?|products?|stocks|,) )*{_SUM}")
_WHEN = r"(?:\w+ )?(?:net )?"
_STATE = re.compile(
    r"^(?:(?:mutual|exchange|traded|funds?|etfs?|products?|-) )*(?:(?:has|have|had|also|again|all"
    r"|both|only) )*"
    rf"(?:(?:return|sw[iu]ng|turn|flipp|mov|shift|went|gone|back)\w* (?:back )?(?:in)?to {_WHEN}"
    rf"|(?:was|were|are|is|been|stay\w*|remain\w*) (?:\w+ )?in {_WHEN}"
    rf"|(?:(?:st[oa]+d|standing) out with|(?:was|were) hit (?:by|with)) (?:the )?{_WHEN})"
    r"(?P<flow>inflows?|outflows?|redemptions?|withdrawals?|subscriptions?)\b"
)
_MOST = re.compile(
    r"^(?:(?:funds?|etfs?|products?|names|still|also|again|has|have|had|are|were|is|was) )*"
    r"(?:get|gets|got|getting|gotten|pick\w* up|tak\w*(?: in)?|took(?: in)?|attract\w*|dr[ae]w\w*"
    r"|captur\w*|command\w*|receiv\w*|claim\w*|account\w* for|won|win|wins|soak\w* up|swallow\w*"
    r"|absorb\w*) (?:up )?(?:most|much|the bulk|the (?:\w+ )?(?:share|part|majority)|nearly all"
    r"|almost all|more than half|half|the lion 's share) of (?:the |that |those |this |all )?"
    r"(?:(?:new|fresh|net|week 's|month 's|year 's|incoming|recent) )*"
    r"(?:money|cash|inflows?|flows|buying|dollars|subscriptions)\b"
)
_WEIGHT = re.compile(
    r"^(?:'s?|’s?) (?:weight(?:ing)?|share)s? (?:in|of) (?:(?!has|have|had|to|from)\S+ ){1,8}?"
    r"(?:has |have |had )?(?:(?P<less>f[ea]ll\w*|dropp\w*|slipp\w*|declin\w*|shr[aiu]nk\w*"
    r"|(?:c[oa]me|gone|went|is|are|was) down)|r[io]se\w*|climb\w*|gr[eo]w\w*|increas\w*"
    r"|(?:gone|went|is|are|was) up) (?:\w+ )*?(?:by|from|to) [\w.]+ ?(?:%|percent|points)"
)
"""`Tech's weight in the average fund has come down from 34% to 29%`."""
_POINTS = re.compile(
    r"^(?:(?:stocks|shares|has|have|had) )*(?:gain|pick\w* up|took|taken|tak\w* up|won|claim|added"
    r"|absorb)\w* (?:up )?(?:a )?[\w.]+ (?:and a half )?of (?:those|that|the)"
    r" (?:\w+ ){0,2}(?:points?|weight|ground|share)\b"
)
"""`Health care has gained three of those points`."""
_REST = re.compile(r"^(?:stocks |shares )?the (?:other|remaining|rest|last)\b")
_MOST_TRADED = (
    r"(?:second |third |next )?(?:most|heaviest|largest|biggest) (?:(?:net|heavily|notionally) )*"
    r"(?P<way>bought|sold)"
)
_RANKED = re.compile(
    r"^(?:(?:stocks|shares|names|sectors?) )*(?:was|were|is|are|been|remain\w*|rank\w*(?: as)?)"
    rf" (?:(?:by|far|once|again|also|easily|among|one|of|the|its|their) )*{_MOST_TRADED}\b"
)
_RANKED_BEFORE = re.compile(
    rf"\b{_MOST_TRADED} (?:\w+ )?(?:sectors?|groups?|industr\w+|areas?|names|stocks)"
    r" (?:(?!(?:not|and|but)\b)[\w-]+ ){0,6}?(?:was|were|is|are)(?: (?:once|again|also|still))* $"
)
"""`Banks were the most net bought sector`, `the most sold sector on the book was tech`."""
COUNTED = re.compile(
    r"(?:[$€£¥₹]|\b(?:rs\.?|inr|usd|eur)) ?\d|\d ?(?:million|billion|bn|crore|lakh)\b"
    r"|\bnet (?:buy|sell|bought|sold|purchas|sales|inflow|outflow|redempt|withdraw|subscri)\w*"
    r"|\bmost (?:\w+ )?(?:bought|sold)\b",
    re.IGNORECASE,
)
"""What is told as a count, of funds or of a broker's book: `net sellers`, `$3 billion`."""
_ONLY = re.compile(
    r"^(?:(?:stocks|shares|funds?|sectors?) )*(?:was|were|is|are) (?:among )?the (?:only|sole|one)"
    r" (?:\w+ ){0,3}(?:sectors?|groups?|industry|industries|areas?|categor\w+|funds|ones)"
    r" (?:\w+ )?to (?:see|attract|draw|record|get|enjoy|suffer|post|report|register|have)"
    r" (?:\w+ ){0,2}"
    r"(?P<flow>buying|selling|purchases|inflows?|outflows?|redemptions?|withdrawals?)\b"
)
"""`Telecom was the only large sector to see meaningful buying`."""
_MORE = re.compile(
    r"^(?:(?:stocks|shares|funds?|sectors?) )*(?:(?:has|have|had|saw|seen|see|sees|attract\w*"
    r"|dr[ae]w\w*|still|again) )*(?:far |many )?more (?P<flow>sellers|buyers) than"
    r" (?:sellers|buyers)\b"
)
"""`Telecom funds have had more sellers than buyers`."""
_ASIDE = re.compile(r"^, (?!(?:and|but|or|while|as)\b)[^,;.]{2,40} , ")
_AFTER = vocabulary(", after having with by")
_ASSETS = frozenset({"assets", "balances", "holdings"})
_REACH = 8


def reports(draft: Draft) -> None:
    """Read what the plain subject and verb of `rotation_patterns` did not."""
    line = draft.line
    if not (line.lists and line.has(_TOLD)):
        return
    _states(draft)
    _asides(draft)
    _gaps(draft)


_TOLD = cues.INFLOW | cues.OUTFLOW | cues.AMOUNT | vocabulary(
    "flows buying selling weight weighting share points bought sold sellers buyers"
)  # fmt: skip


TABLE = 2
"""`X lost money while Y took it in` is a pair; with more groups it is a table of funds."""


def in_funds(line: Line, frame: Frame) -> bool:
    """Whether a claim is told of funds that gained or lost money, and not of investors."""
    both = line.has(cues.INFLOW) and line.has(cues.OUTFLOW)
    return frame.sure and (both or line.words[frame.cue] in cues.GATHER | cues.SHED)


def _states(draft: Draft) -> None:
    for ends in draft.line.lists:
        if ends.used:
            continue
        behind = " ".join(draft.line.words[ends.last : min(draft.line.last, ends.last + 14)])
        behind = _ASIDE.sub("", behind)
        if weight := _WEIGHT.match(" ".join(draft.line.words[ends.last : draft.line.last])):
            draft.side(ends.last, [ends], left=bool(weight["less"]), whole=False)
        elif _POINTS.match(behind):
            draft.side(ends.last, [ends], left=False)
        elif ranked := _RANKED.match(behind) or _ranked_before(draft.line, ends):
            draft.side(ends.last, [ends], left=ranked["way"] == "sold")
        elif told := _said(behind):
            draft.side(ends.last, [ends], left=told["flow"] in _OUT)
        elif _MOST.match(behind):
            draft.side(ends.last, [ends], left=False)


_OUT = cues.OUTFLOW | {"selling", "sellers"}


def _said(behind: str) -> re.Match[str] | None:
    return _STATE.match(behind) or _ONLY.match(behind) or _MORE.match(behind)


def _ranked_before(line: Line, ends: Ends) -> re.Match[str] | None:
    return _RANKED_BEFORE.search(" ".join([*line.words[line.first : ends.first], ""]))


def _asides(draft: Draft) -> None:
    """`REIT funds had a good May, taking in $700 million`: the participle is the subject's."""
    line, ends = draft.line, draft.line.lists[0]
    of_assets = ends.preposition == "in" and line.word(ends.governor - 1) in _ASSETS
    if ends.used or (ends.preposition and not of_assets):
        return
    stop = next((e.first for e in line.lists[1:] if not e.preposition), line.last)
    for i in range(ends.last, stop - 1):
        told = line.tags[i] == "VBG" and line.word(i - 1) in _AFTER
        if not told or line.words[i] not in cues.GATHER | cues.SHED:
            continue
        tail = set(line.words[i + 1 : min(line.last, i + _REACH)])
        fund = not FUNDS.isdisjoint(line.words[ends.first : ends.last + 2])
        left = bool(tail & cues.OUTFLOW) or line.words[i] in _LOSING
        if tail & (cues.INFLOW | cues.OUTFLOW) or (fund and tail & cues.AMOUNT):
            draft.side(i, [ends], left=left)
            return


_LOSING = vocabulary("losing shedding bleeding hemorrhaging leaking")


def _gaps(draft: Draft) -> None:
    """`Tech drew $2 billion and health care $410 million`: the same verb again."""
    line = draft.line
    for one, other in pairwise(line.lists):
        frame = next((f for f in draft.by_cue.values() if one in f.froms or one in f.tos), None)
        if (
            frame is None
            or other.used
            or other.preposition
            or not one.last <= frame.cue < other.first
        ):
            continue
        before = line.word(other.first - 1) in {"and", ","} or line.word(other.first - 2) == "and"
        behind = " ".join(line.words[other.last : min(line.last, other.last + 8)])
        between = set(line.words[frame.cue : other.first])
        again = between & cues.AMOUNT and _GAPPED.match(behind)
        if before and (again or ("of" in between and _REST.match(behind))):
            (frame.froms if one in frame.froms else frame.tos).append(other)
            other.used = True
