"""Claims of neighbouring sentences: halves put together, ends completed, denials taken back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rotascope_nlp.groups import ABROAD
from rotascope_nlp.market_words import vocabulary
from rotascope_nlp.rotation_context import contrast, duels
from rotascope_nlp.rotation_cues import GATHER, ROTATE, ROTATION, SHED
from rotascope_nlp.rotation_draft import Frame
from rotascope_nlp.rotation_lists import Ends, Line
from rotascope_nlp.rotation_reports import COUNTED
from rotascope_nlp.rotation_trades import PAYS_FOR_IT
from rotascope_nlp.types import FlowStatus

COMPLETED = 0.75
"""Factor on the confidence of a claim whose other end was taken from how the groups fare."""
_SPOKEN = ROTATION | ROTATE | {"leadership", "baton", "mantle", "reins", "crown"}
_INSTEAD = frozenset({"instead", "proceeds"})
"""Words that set what is entered against what the sentence before said badly of."""
THAT_MONEY = re.compile(
    r"\b(?:(?:that|those|the same) (?:money|cash|dollars|capital|buyers)"
    r"|the same (?:accounts|clients|hands|investors)"
    r"|(?:mov|shift|put|plough|plow|steer|sen[dt]|redeploy|pour)\w* (?:the|their) (?:money|cash)"
    r"|(?:much|most|some|half|part|all) of (?:it|that|the (?:money|cash|proceeds))|cash raised"
    r"|the (?:money|cash) (?:is|was|has|had|went|goes|ended|turned|wound|found|showed|moved))\b",
    re.IGNORECASE,
)
_SAME = frozenset({"they", "them", "we"})
_EARLIER = frozenset({"earlier", "last", "once", "until", "ago", "used", "formerly"})
_BY_NOW = frozenset({"now", "today", "but", "then", "since", "lately"})
"""`Defensives led earlier this year.  Now ...`: who led before is left now."""
_LINKS = frozenset({"instead", "proceeds", "now", "since", "place", "raised", "elsewhere"})
"""Words that tie what is entered to what the sentence before said is left."""
_BUYING, _SELLING = frozenset({"buying", "buyers"}), frozenset({"selling", "sellers"})
_WAYS = frozenset({"into", "to", "toward", "towards", "out", "away", "from", "beyond"})
RANKED = vocabulary(
    "lead leads led leading leader leaders leadership winner winners loser losers worst tired weary"
    " strongest weakest steeper laggard laggards rocketed soared surged vaulted leapt shot jumped"
)
"""A bank share that slipped half a percent is no end of a rotation; the worst sector is."""
_INTO, _JOINTS = frozenset({"into", "toward", "towards", "to"}), frozenset({"as", "with"})
_LED = frozenset({"led", "leader", "leaders", "leading"})
LINKED = 2
"""How many sentences apart the two sides of one claim may stand."""
AFTER, BEFORE = 3, 2
"""How many sentences behind and before an undirected rotation may say who wins and who loses."""


@dataclass(slots=True)
class Claim:
    """A frame with its status, ready to be paired."""

    line: Line
    place: int
    frame: Frame
    froms: list[str]
    tos: list[str]
    status: FlowStatus
    confidence: float
    last: int

    @property
    def whole(self) -> bool:
        return bool(self.froms or self.tos) and (
            self.frame.whole or bool(self.froms and self.tos) or self.frame.open
        )


def linked(claims: Sequence[Claim]) -> list[Claim]:
    """`Homebuilders were the darlings.  The bid has moved on to energy.`: halves in neighbours."""
    out: list[Claim] = []
    for claim in claims:
        last = out[-1] if out else None
        near = last is not None and 0 < claim.place - last.place <= LINKED
        if last and near and _instead(last, claim):
            last.froms, last.tos = last.tos, claim.tos
            last.last = claim.last
        elif last and near and _answers(last, claim):
            last.froms, last.tos = last.froms or claim.froms, last.tos or claim.tos
            last.tos = [group for group in last.tos if group not in last.froms]
            last.frame = replace(last.frame, whole=True)
            last.last = claim.last
            last.confidence = min(last.confidence, claim.confidence) * COMPLETED
        else:
            out.append(claim)
    return out


def parted(claims: Sequence[Claim]) -> list[Claim]:
    """`A lost money, B took it in.  Nobody moved from A to B.`: two halves and no pair."""
    out: list[Claim] = []
    for i, claim in enumerate(claims):
        denied = any(_denies(later, claim) for later in claims[i + 1 :])
        if not denied:
            out.append(claim)
            continue
        frame = replace(claim.frame, whole=True)
        out.append(replace(claim, frame=frame, tos=[]))
        out.append(replace(claim, frame=frame, froms=[]))
    return out


def _denies(later: Claim, claim: Claim) -> bool:
    if (claim.status, later.status) != ("asserted", "denied") or later.place == claim.place:
        return False
    same = not {*later.froms}.isdisjoint(claim.froms) and not {*later.tos}.isdisjoint(claim.tos)
    return same and later.place - claim.place <= LINKED


def _instead(one: Claim, other: Claim) -> bool:
    """`They bought tech in June.  In July they bought miners instead.`"""
    sides = {(bool(each.froms), bool(each.tos)) for each in (one, other)}
    fresh = set(one.tos).isdisjoint(other.tos)
    same = {one.status, other.status} <= {"asserted", "past"}
    return sides == {(False, True)} and fresh and same and "instead" in other.line.wordset


def _answers(one: Claim, other: Claim) -> bool:
    """Whether a claim of one side names the other side of the one before."""
    sides = {(bool(each.froms), bool(each.tos)) for each in (one, other)}
    if sides != {(True, False), (False, True)} or {one.status, other.status} != {"asserted"}:
        return False
    if _counted(one) and _counted(other) and not _refers(other.line):
        return False  # "Bank funds lost $2 billion.  Energy funds took in $1 billion."
    if other.line.has(_LINKS) or other.frame.open or _refers(other.line):
        return True
    if other.line.of_money and "it" in other.line.words[other.line.first : other.frame.cue + 3]:
        return True  # "Money is leaving chips.  You see it show up in banks."
    if one.frame.sure and not one.frame.whole:
        same = one.line.words[one.frame.cue] == other.line.words[other.frame.cue]
        return other.frame.whole or same  # "Move over, chips.  Investors are buying banks."
    if one.frame.whole and _SAME & set(other.line.words[other.line.first : other.frame.cue]):
        return not other.frame.whole  # "Investors have cooled on chips.  They are buying banks."
    if one.line.has(_BUYING) and other.line.has(_SELLING):
        return True  # "The buying has been in banks.  The selling came out of tech."
    if one.line.has(_SELLING) and other.line.has(_BUYING):
        return True
    funds = any(each.line.words[each.frame.cue] in GATHER | SHED for each in (one, other))
    return one.frame.sure and other.frame.sure and not funds


def _counted(claim: Claim) -> bool:
    return claim.frame.whole and bool(COUNTED.search(" ".join(claim.line.span)))


def complete(claim: Claim, lines: Sequence[Line], place: int, *, told: bool) -> None:
    """Fill what the claim leaves open from how groups fare, here or in the sentences around."""
    if bought := _paid_for(claim, lines[place - 1] if place else None):
        claim.tos = bought
        claim.confidence *= COMPLETED
    else:
        _fill(claim, lines, place, told=told)


def _fill(claim: Claim, lines: Sequence[Line], place: int, *, told: bool) -> None:
    line, frame = claim.line, claim.frame
    linked = _refers(line) and bool(claim.tos)
    if not (frame.whole or frame.open or linked) or (claim.status == "denied" and not frame.open):
        return
    if frame.open and (risen := _risen_as(line, frame.cue)):
        claim.tos = risen
        return
    had = bool(claim.froms or claim.tos)
    bad, good = contrast(line, stop=frame.cue)
    if not ABROAD.issuperset({*claim.froms, *claim.tos}):
        # "the Nikkei fell as funds moved into banks": an index of a country is the scene
        bad, good = ([e for e in many if not ABROAD.issuperset(e.groups)] for many in (bad, good))
    if had:
        bad, good = _of_its_own(claim, line, bad, good)
    if place and claim.tos and not (claim.froms or bad):
        claim.froms = _left_before(lines[place - 1], line, claim.tos)
    spoken = frame.open or (frame.sure and line.has(_SPOKEN))
    if spoken and not told and claim.status != "denied":
        if not (bad or good):
            bad, good, claim.last = _around(
                lines, place, after=AFTER, before=BEFORE, alone=RANKED if not had else None
            )
        elif not bad and not claim.froms:
            bad, _, claim.last = _around(lines, place, after=1, before=1)
        elif not good and not claim.tos:
            _, good, claim.last = _around(lines, place, after=1, before=1)
    if frame.open and claim.status == "hypothetical" and line.has(_LED) and not bad:
        return  # who leads before a rotation that may come is not who will lead
    taken = {*claim.froms, *claim.tos}
    left, entered = _fresh(bad, taken), _fresh(good, taken)
    filled = bool((left and not claim.froms) or (entered and not claim.tos))
    claim.froms = claim.froms or left
    if not frame.nominal and frame.open and _WAYS & set(line.words[frame.cue : frame.cue + 4]):
        entered = []  # it says what moved, only not by name
    claim.tos = claim.tos or [group for group in entered if group not in claim.froms]
    if filled and had:
        claim.confidence *= COMPLETED


def _of_its_own(
    claim: Claim, line: Line, bad: list[Ends], good: list[Ends]
) -> tuple[list[Ends], list[Ends]]:
    """`Small caps lead, while growth beats value`: what another group beats is not left for it."""
    pairs = duels(line)
    others = [loser for winner, loser in pairs if {*winner.groups}.isdisjoint(claim.tos)]
    others += [winner for winner, loser in pairs if {*loser.groups}.isdisjoint(claim.froms)]
    return [e for e in bad if e not in others], [e for e in good if e not in others]


def _risen_as(line: Line, cue: int) -> list[str]:
    """`Utilities rose as investors rotated into safer stocks`: utilities are those stocks."""
    joint = next((i for i in range(cue - 1, line.first, -1) if line.words[i] in _JOINTS), None)
    if joint is None or line.word(cue + 1) not in _INTO or line.word(joint - 1) == "even":
        return []
    good = [each for each in contrast(line, stop=joint)[1] if each.last <= joint]
    return _fresh(good, set())


def _left_before(prior: Line, line: Line, tos: Sequence[str]) -> list[str]:
    """What the sentence before says has been left: what fares badly there, or led until now."""
    bad, good = contrast(prior)
    if _refers(line):
        return _fresh(bad, {*tos})
    if prior.has(_EARLIER) and line.has(_BY_NOW) and not bad:
        return _fresh(good, {*tos})
    return []


def _paid_for(claim: Claim, prior: Line | None) -> list[str]:
    """What fares well just before, where its buying is paid for with what is left."""
    line = claim.line
    pays = claim.froms and not claim.tos and claim.status != "denied"
    if not pays or not PAYS_FOR_IT.search(" ".join(line.span)):
        return []
    here = [ends for ends in contrast(line)[1] if ends.last <= claim.frame.cue]
    return _fresh(here or (contrast(prior)[1] if prior else []), {*claim.froms})


def _refers(line: Line) -> bool:
    """Whether the money of a sentence is that of the one before."""
    told = " ".join(line.span)
    it = line.of_money and "it" in line.span[:3]
    return it or line.has(_INSTEAD) or bool(THAT_MONEY.search(told))


def _around(
    lines: Sequence[Line],
    place: int,
    *,
    after: int,
    before: int,
    alone: frozenset[str] | None = None,
) -> tuple[list[Ends], list[Ends], int]:
    """Who loses and who wins in the sentences around one that speaks of a rotation.

    `alone`: words without which winners or losers by themselves say too little.
    """
    ranked = alone is None
    bad: list[Ends] = []
    good: list[Ends] = []
    last = lines[place].last
    for following in lines[place + 1 : place + 1 + after]:
        if following.has(ROTATION | ROTATE):
            break
        worse, better = contrast(following)
        bad, good = bad + worse, good + better
        ranked = ranked or bool((worse or better) and alone and following.has(alone))
        last = following.last if worse or better else last
    for earlier in lines[max(0, place - before) : place]:
        worse, better = contrast(earlier)
        bad, good = worse + bad, better + good
        ranked = ranked or bool((worse or better) and alone and earlier.has(alone))
    if not ranked and bool(bad) != bool(good):
        return [], [], lines[place].last
    return bad, good, last


def _fresh(many: Sequence[Ends], taken: set[str]) -> list[str]:
    groups = (group for ends in many for group in ends.groups)
    return list(dict.fromkeys(group for group in groups if group not in taken))


def fights(lines: Sequence[Line], place: int) -> list[tuple[tuple[Ends, Ends], int]]:
    """Pairs of groups of which one beats the other, here or next to a rotation with no ends."""
    near = [lines[place], *lines[place + 1 : place + 1 + AFTER]]
    for line in near:
        if found := duels(line):
            return [(pair, max(line.last, lines[place].last)) for pair in found]
        if line is not lines[place] and line.has(ROTATION | ROTATE):
            break
    before = lines[place - 1] if place else None
    return [(pair, lines[place].last) for pair in duels(before)] if before else []
