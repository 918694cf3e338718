"""Favour lost beside favour won: one group's love affair cools, another is the beneficiary.

Most halves are no claim by themselves.  Together in one sentence they are, and a claim of leaving
that names no destination takes the group that wins for it.
"""

from __future__ import annotations

import re
from itertools import pairwise

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp import rotation_phrases as phrases
from rotascope_nlp.groups import STYLES
from rotascope_nlp.market_words import FUNDS, HEADS, vocabulary
from rotascope_nlp.rotation_draft import SECURITIES, Draft, Frame, company_move
from rotascope_nlp.rotation_holds import holds
from rotascope_nlp.rotation_lists import Ends, Line
from rotascope_nlp.rotation_orders import TRADERS
from rotascope_nlp.rotation_reports import TABLE
from rotascope_nlp.rotation_status import status_of

_CONFIDENCE = 0.75
_ALONE = 0.7
_BEFORE, _AFTER = 9, 16
_CLAUSE = re.compile(r" (?:(?<!emerged )as(?! an? )|while|whereas|but|and|;|because|since) ")
_ASIDE = re.compile(r"^ , (?:(?:whose|which|who) [^,]*|(?!and|but|or)[^,;]{2,40}) , ")
_WHICH = re.compile(
    r"^ (?:that|which|who) (?:(?!(?:as|and|while|but|is|are|was|were|has|have|had)\b)[\w'-]+ ){2,6}"
    r"(?=(?:is|are|was|were|has|have|had|got|get) )"
)
"""`The names that led the summer rally were sold`: what stands between says nothing of it."""
_FORMER = re.compile(
    r"\b(?:were|was|had been|once|former|formerly)\b.*(?:darling|favou?rite)s?"
    r"(?= (?:of|until|in|last))"
)
"""The darlings of the spring are what has been left since."""
_POCKETED = re.compile(r"\b(?:cash|lock|bank|book|pocket)\w*(?: in)?(?: \w+)? ?$")
_NOT = re.compile(r"\b(?:not|n't|never|no longer|hardly|yet to|without|nor)\b")


def fortunes(draft: Draft) -> None:
    """Pair what lost favour with what won it, and complete claims that name only one side."""
    line = draft.line
    sides = _signs(draft)
    lost = [ends for ends, sign in sides if sign < 0]
    won = [ends for ends, sign in sides if sign > 0]
    wanted = {group for ends in won for group in ends.groups}
    lost = [ends for ends in lost if wanted.isdisjoint(ends.groups)]
    if lost and won and _table(line, lost, won):
        draft.lead(lost[0].last - 1, froms=lost)
        draft.lead(won[0].last - 1, tos=won)
        return
    if not (lost or won) or _completed(draft, lost, won):
        return
    frames = draft.by_cue.values()
    if lost and won:
        if not any(_denied(line, frame) for frame in frames if frame.froms or frame.tos):
            cue = lost[0].governor if lost[0].governor >= line.first else lost[0].last - 1
            draft.lead(cue, froms=lost, tos=won, confidence=_CONFIDENCE)
    elif not (company_move(line) or any(_stands(draft, frame) for frame in frames)):
        _alone(draft, lost or won, left=bool(lost))


def _table(line: Line, lost: list[Ends], won: list[Ends]) -> bool:
    """`X drew the largest inflows and Y the largest outflows`, with more than one group each."""
    groups = {group for ends in (*lost, *won) for group in ends.groups}
    return len(groups) > TABLE and line.has(cues.INFLOW) and line.has(cues.OUTFLOW)


def _signs(draft: Draft) -> list[tuple[Ends, int]]:
    """How each list fares; `in banks, in miners and even in tech` all fare alike."""
    found: list[tuple[Ends, int]] = []
    for ends in draft.ends:
        sign = fares(draft.line, ends)
        if not sign and found and found[-1][1] and _again(draft.line, found[-1][0], ends):
            sign = found[-1][1]
        found.append((ends, sign))
    return found


def _again(line: Line, one: Ends, other: Ends) -> bool:
    """Whether a preposition is only said again."""
    same = bool(one.preposition) and one.preposition == other.preposition
    between = _EXAMPLES.sub(" ", f" {' '.join(line.words[one.last : other.governor])} ")
    return same and _AND.issuperset(between.split())


_EXAMPLES = re.compile(r" (?:such as|like|including) [^,;]{2,50} (?=, |and )")
"""`For banks such as Acme, for builders`."""


_AND = vocabulary(", and or even also then now but lately increasingly finally too most")


def _completed(draft: Draft, lost: list[Ends], won: list[Ends]) -> bool:
    """Whether a claim with one side took the other from how the groups fare."""
    framed = {id(e) for frame in draft.by_cue.values() for e in (*frame.froms, *frame.tos)}
    for frame in draft.by_cue.values():
        if frame.froms and frame.tos:
            return True
        if not (frame.froms or frame.tos) or _denied(draft.line, frame):
            continue
        own = {group for ends in (*frame.froms, *frame.tos) for group in ends.groups}
        others = won if frame.froms else lost
        free = [e for e in others if id(e) not in framed and own.isdisjoint(e.groups)]
        if free:
            if frame.froms:
                froms, tos = frame.froms, free
            else:
                more = [e for e in won if id(e) not in framed]
                froms, tos = free, [*frame.tos, *more]
            draft.lead(frame.cue, froms=[*froms], tos=[*tos], confidence=_CONFIDENCE)
            return True
    return False


def _stands(draft: Draft, frame: Frame) -> bool:
    """Whether a frame is a claim without help."""
    named = any(ends.groups for ends in (*frame.froms, *frame.tos))
    return named and frame.whole and (frame.sure or holds(draft, frame))


def _denied(line: Line, frame: Frame) -> bool:
    return status_of(line, frame.cue, nominal=frame.nominal, now=None) == "denied"


def _alone(draft: Draft, many: list[Ends], *, left: bool) -> None:
    """One side only: a claim where investors do it, else something for a neighbour to complete."""
    line = draft.line
    whole = [ends for ends in many if _is_claim(draft, ends)]
    for one, other in pairwise(many):
        if one in whole and other not in whole and _again(line, one, other):
            whole.append(other)
    used = whole or many
    if not whole and any(frame.froms or frame.tos for frame in draft.by_cue.values()):
        return
    cue = max(used[0].governor, line.first)
    draft.side(cue, used, left=left, whole=bool(whole), confidence=_ALONE)


def _is_claim(draft: Draft, ends: Ends) -> bool:
    before, after = _around(draft.line, ends)
    behind = _clause(after)
    if _ISSUED.match(behind):
        return False
    told = phrases.ALONE_AFTER.search(behind) or phrases.TRADED.search(before)
    if told and _CONSUMERS.isdisjoint(draft.line.span) and _of_stocks(draft.line, ends):
        return True
    plain = " ".join(draft.line.words[max(draft.line.first, ends.first - 4) : ends.first])
    shares = draft.line.word(ends.last - 1) in SECURITIES or set(ends.groups) <= STYLES.keys()
    if phrases.FUNDED.search(before) and draft.line.word(ends.last - 1) in FUNDS:
        return True
    if _LED_BY.search(before) or (shares and phrases.RETURN.search(before)):
        return True
    changes = phrases.WANES.search(behind) or phrases.WAXES.search(behind)
    if changes and ends.groups == ["cash"] and _BALANCES.search(before):
        return True
    if changes and (phrases.POSITIONS.search(before) or phrases.FONDNESS.search(before)):
        return True
    opened = draft.line.span[:1] in (["while"], ["after"], ["besides"])
    words = set(draft.line.span if opened else draft.clause(ends.first))
    if _LASTING.search(before):
        return bool(words & _PARTIES and words.isdisjoint(_CONSUMERS))
    told = (
        phrases.ALONE.search(before) or phrases.ALONE.search(plain) or phrases.HELD.search(behind)
    )
    return bool(told and words & _PARTIES and words.isdisjoint(_CONSUMERS))


def _of_stocks(line: Line, ends: Ends) -> bool:
    """Whether it is the stocks of a group that are bought, and not what it makes."""
    if line.word(ends.last) in {"'", "'s"}:
        return False
    made = {"consumer_discretionary", "consumer_staples", "real_estate"}
    return made.isdisjoint(ends.groups) or line.has(_TRADED_ON)


_TRADED_ON = (HEADS - vocabulary("makers producers operators ones companies firms")) | TRADERS
_MOVERS = cues.INVESTORS | cues.INFLOW | cues.OUTFLOW | {"money", "cash", "capital", "bid", "bids"}
_PARTIES = _MOVERS - {"i", "you", "some", "many", "selling", "buying", "retail", "trade"}
"""Who or what moves in a claim by one phrase alone; sums of dollars are any company's."""


_LASTING = re.compile(
    r"\b(?:continue[ds]? to|have been|has been|keep|kept|keeps)(?: (?:also|steadily))?"
    r" (?:buy|buying|sell|selling|dump|dumping)(?: (?!(?:and|of|off|to|into)\b)[\w-]+){0,2} ?$"
)
"""Money that goes on moving: `funds have been buying X`."""
_LED_BY = re.compile(
    r"\brotations? (?:\w+ ){0,4}(?:led|driven|paced|powered|spearheaded) (?:\w+ )?by(?: \w+)?$"
)
_STANDS = re.compile(r"\b(?:remain|stay|still|stubbornly)\w*(?: \w+){0,3} ?$")
"""A state that goes on is no move: `remain overweight X`."""
_BALANCES = re.compile(r"\b(?:assets|balances|cash|money|savings) (?:parked |held |sitting )?in ?$")
"""`Cash in money market funds fell`."""
_ISSUED = re.compile(r"(?:sold|issued|offered|auctioned|placed) by\b")
"""`Bonds sold by the bank` are new ones."""
_WHO = re.compile(r"\b(?:people|those|investors|savers|anyone|anybody) who (?:have |had )?$")
_OF_IT = frozenset({"of", "to", "by"})
"""`Stocks home to makers of chips saw net selling`: the chips are not what was sold."""
_RENEWED = re.compile(r"\b(?:rekindl|renew|reviv|resum|begun|start)\w*(?: \w+){0,3} ?$")
_GOING_ON = re.compile(r"\w+ing\b|net (?:buy|sell)ers")
_STAYS = re.compile(r" ?(?:\w+ )?(?:remain|stay|still)\w* ")
_CONSUMERS = frozenset({"households", "consumers", "shoppers", "patients", "families", "company",
    "customers", "holidays", "holiday"})  # fmt: skip


def fares(line: Line, ends: Ends) -> int:
    """+1 where the words around a list say that money comes to it, -1 that it leaves."""
    before, after = _around(line, ends)
    behind = _clause(after)
    if behind.split(" ", 1)[0] in {"gains", "profits", "winnings"} and _POCKETED.search(before):
        return -1
    plain = " ".join(line.words[max(line.first, ends.first - 4) : ends.first])
    if phrases.COVERED.search(before):
        return 1
    if sign := _weighted(plain, behind) or _held(before, behind):
        return sign
    balance = ends.groups == ["cash"] and _BALANCES.search(before)
    if balance or phrases.INTEREST.search(before):
        if phrases.WANES.search(behind):
            return -1
        if phrases.WAXES.search(behind):
            return 1
    if lasting := _LASTING.search(before):
        return 1 if " buy" in lasting.group() else -1
    for sign, table in ((-1, phrases.LOST), (1, phrases.WON)):
        found = table.before.search(before) or table.before.search(plain)
        lead = found.string[: found.start()] if found else ""
        if sign > 0 and found and _WHO.search(lead):
            continue  # "people who put cash in bonds plan to come back"
        if sign < 0 and found and _RENEWED.search(lead):
            continue  # "rekindled their love affair with miners"
        if found and not (_NOT.search(lead[-20:]) or _lasting(lead, found.group())):
            return sign
        found = None if ends.preposition in _OF_IT else table.after.search(behind)
        if found and not (_NOT.search(found.group()) or _STAYS.match(found.group())):
            return -1 if _FORMER.search(behind) else sign
    return 1 if "expense" in line.words[ends.last : line.last] else 0


def _weighted(before: str, behind: str) -> int:
    """`Cut X to neutral`, `raised X by two points`."""
    rated = phrases.RATED.match(behind)
    if not rated:
        return 0
    if rated["down"] or phrases.LESS.search(f"{before} "):
        return -1
    return int(bool(rated["up"] or phrases.MORE.search(f"{before} ")))


def _held(before: str, behind: str) -> int:
    """`Cut their X position`."""
    if not phrases.HELD.search(behind):
        return 0
    return -1 if phrases.LESS.search(f"{before} ") else int(bool(phrases.MORE.search(f"{before} ")))


def _lasting(lead: str, told: str) -> bool:
    """`Remain overweight X` is a state, `are still adding to X` is none."""
    found = _STANDS.search(lead)
    return bool(found and not (found.group().startswith("still") and _GOING_ON.match(told)))


def _around(line: Line, ends: Ends) -> tuple[str, str]:
    """The words up to what governs a list, in its clause, and those behind it, in lower case."""
    stop = ends.first
    if ends.governor >= line.first:
        stop = ends.governor + max(1, len(ends.preposition.split()))
    before = line.words[max(line.first, stop - _BEFORE) : stop]
    start = ends.last
    if line.word(start) == "," and line.word(start + 1) in {"which", "who", "whose"}:
        rest = range(start + 2, min(line.last, start + _AFTER))
        start = next((i for i in rest if line.words[i] == ","), start)
    after = line.words[ends.last : min(line.last, start + _AFTER)]
    return re.split(r"[;:] | while ", " ".join(before))[-1], " ".join(after)


def _clause(after: str) -> str:
    """What is said of the list itself: up to the next clause."""
    told = _ASIDE.sub(" ", f" {after} ")
    told = _WHICH.sub(" ", told)
    return _CLAUSE.split(told, maxsplit=1)[0].lstrip(" ,")
