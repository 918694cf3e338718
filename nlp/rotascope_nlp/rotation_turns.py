"""Moves that go the other way: as the next sentence tells, or may yet happen, or was so before.

`Since then the traffic has reversed`, `a swing back is likely`, `last year it ran the other way`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rotascope_nlp.rotation_claims import Claim, linked
from rotascope_nlp.rotation_lists import Line
from rotascope_nlp.types import FlowStatus

THE_MOVE = (
    r"(?:the|that|this) (?:great |whole )?(?:rotation|rush|shift|move|switch|migration|exodus"
    r"|flight|hand ?-? ?off|flow|stampede|change|turn|wave|swing|transition|changeover|trade)"
)
ENDED_THERE = r"(?= ?(?:[.!,;:—–-]|$)| (?:because|since|as|for|and|but|when|after)\b)"
_RAN = (
    r"(?:run|gone|moved|flowed|going|flowing|running|moving|went|ran|turned|headed|heading|swung)"
)
_OTHER_WAY = r"(?:in )?(?:exactly |just )?(?:the )?(?:other|opposite) (?:way|direction)"
_MOVING = rf"(?:traffic|flows?|money|cash|capital|tide|movement|it|they|investors|{THE_MOVE})"
_TURNED = re.compile(
    r"^(?:(?!(?:if|could|might|may|would|will|should|not|n't|when)\b)\S+ ){0,7}?"
    rf"{_MOVING} (?:(?:has|have|is|are|'s|'ve|'re|had|been|now|since|mostly|was|were) )*"
    rf"(?:(?P<ran>{_RAN}) {_OTHER_WAY}|(?:has|have|been) (?:since )?reversed"
    rf"(?: (?:itself|direction|course))?{ENDED_THERE})"
)
_ONCE = re.compile(
    r"^(?:(?:but|and|only|just) )*(?:last (?:year|summer|spring|autumn|fall|winter|decade)"
    r"|\w+ (?:years?|months?|decades?|quarters?) (?:ago|earlier|before)"
    r"|(?:until|till|before) \w+|earlier|for (?:years|decades|months))\b"
)
"""`Last year the traffic ran the other way`: that is over, and what was told goes on."""
_ENDED = rf"(?:{ENDED_THERE}|(?= (?:by|if|once|should|unless|before)\b))"
_MODAL = r"(?:could|might|may|would|will|should|can)(?: (?:soon|easily|well|quickly|yet|\w+ly))*"
_MIGHT_TURN = re.compile(
    r"^(?:\S+ )*?"
    rf"(?:{_MODAL} (?:send|bring|pull|push|drive|lure|draw|tempt)"
    r" (?:(?P<it>it|them)|(?:the|that|this|their)"
    r" (?:money|cash|capital|investors|buyers)|investors|money) (?:all |right |straight )?back"
    rf"(?: again| there| home)?{_ENDED}"
    rf"|{_MOVING} {_MODAL} (?:run|go|move|flow|turn|head|swing) {_OTHER_WAY}"
    rf"|(?:that|this|{THE_MOVE}) {_MODAL} (?:be )?(?:reversed?|undone|unwound|unwind){_ENDED})"
)
_BACK_NOUN = re.compile(
    r"^(?:(?:but|and|yet|so) )?(?:an?|any|some|such an?) (?:\w+ )?(?:(?:swing|turn|move|shift"
    r"|rotation|switch|flow|drift) back|reversal|about-turn|u ?-? ?turn)"
    rf"(?: in (?:\w+ )?flows)? (?:{_MODAL}|(?:is|looks|seems) (?:\w+ly )?(?:likely|possible"
    r"|probable|conceivable|due)|(?:needs|requires|awaits|depends))\b"
)
_DENIED = frozenset({"unlikely", "not", "n't", "never", "hardly", "no", "nothing", "nobody"})


def just_told(claims: Sequence[Claim], line: Line) -> list[Claim]:
    """The claims of the sentence right before."""
    return [claim for claim in claims if claim.line.last == line.first]


def become(claims: Sequence[Claim], status: FlowStatus, among: set[FlowStatus]) -> None:
    """Give `status` to those that have one of `among`."""
    for claim in claims:
        if claim.status in among:
            claim.status = status


def turned(claims: Sequence[Claim], line: Line, place: int) -> list[Claim]:
    """The claims of the sentence before, turned around; a turn that has come ends them."""
    told = " ".join(line.span).strip()
    found = _TURNED.match(told)
    if found and not (found["ran"] and _ONCE.match(told)):
        over = _told_before(claims, line, {"asserted", "past"})
        become(just_told(claims, line), "past", {"asserted"})
        return [_around(each, line, place, "asserted") for each in over]
    if found:
        return [_around(e, line, place, "past") for e in _told_before(claims, line, {"asserted"})]
    named = any(ends.groups != ["cash"] for ends in line.lists)
    if named or not _DENIED.isdisjoint(line.span):
        return []
    back = _MIGHT_TURN.match(told)
    if (back and (line.of_money or not back["it"])) or _BACK_NOUN.match(told):
        on = _told_before(claims, line, {"asserted"})
        return [_around(each, line, place, "hypothetical") for each in on]
    return []


def _told_before(claims: Sequence[Claim], line: Line, among: set[FlowStatus]) -> list[Claim]:
    """The claims of the sentence before, their halves put together."""
    whole = linked([replace(each) for each in claims])
    return [e for e in whole if e.last == line.first and e.status in among and e.whole]


def _around(claim: Claim, line: Line, place: int, status: FlowStatus) -> Claim:
    return replace(
        claim, line=line, place=place, froms=claim.tos, tos=claim.froms, status=status,
        last=line.last, frame=replace(claim.frame, cue=line.first, froms=[], tos=[], whole=True),
    )  # fmt: skip


def came_back(earlier: Sequence[Claim], found: Sequence[Claim], line: Line) -> None:
    """`Money went from A to B.  A turn back to A would take a cut`: it would leave B."""
    before = [each for each in just_told(earlier, line) if each.froms and each.tos]
    for claim in found:
        near = line.words[claim.frame.cue : claim.frame.cue + 3]
        if claim.froms or claim.status == "denied" or "back" not in near:
            continue
        for each in before:
            if each.status == "asserted" and {*claim.tos} & {*each.froms}:
                claim.froms = [group for group in each.tos if group not in claim.tos]


def undone(claims: Sequence[Claim]) -> None:
    """`Funds, which had been selling banks since May, bought them back`: the selling is over."""
    for claim in claims:
        if claim.status == "asserted" and _had(claim):
            later = (each for each in claims if each.status == "asserted" and not _had(each))
            if any({*claim.froms} & {*each.tos} or {*claim.tos} & {*each.froms} for each in later):
                claim.status = "past"


def _had(claim: Claim) -> bool:
    cue = claim.frame.cue
    return "had" in claim.line.words[max(claim.line.first, cue - _GROUP) : cue]


_GROUP = 4
"""Words before its verb or noun in which `had` belongs to a claim: `had long been net sellers`."""
