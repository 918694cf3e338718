"""Whether what a claim says moves is money, investors or leadership, and not something else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.groups import ABROAD, STYLES
from rotascope_nlp.market_words import forms, vocabulary
from rotascope_nlp.rotation_draft import (
    DIRECTED,
    SECURITIES,
    Draft,
    Frame,
    company_move,
    other_sense,
)
from rotascope_nlp.rotation_lists import Line

_GENERIC = vocabulary(
    """
    go goes went gone going come comes came coming get gets got getting take takes took
    taking put puts putting run runs ran running look looks looked looking find finds
    found back backs backed push pushed charge charged race raced roll rolled step stepped
    jump jumped leave leaving travel surge surged plunge plunged lean leans leaned expand
    expanded widen run turn pack packed march marched drive drives drove driven driving
    send sends sent sending
    """
)


_LOOK = vocabulary("look looks looked looking")


_COMPANY_TOO = vocabulary(
    """
    i we they you many some people professionals themselves selling buying demand
    """
)


def holds(draft: Draft, frame: Frame) -> bool:
    """Whether money, investors or leadership is what moves."""
    line, cue = draft.line, frame.cue
    word = line.words[cue]
    before = draft.clause(cue)
    if word in cues.ROTATE | cues.ROTATION:
        troubled = not frame.nominal and word in cues.ROTATE and of_trouble(line, cue, before)
        return not (troubled or other_sense(line, cue) or own_treasury(draft, frame))
    spreads = word.startswith(_SPREADS) and not (frame.nominal and line.tags[cue] == "NN")
    against = word.startswith((*_SPREADS, *_TURNS)) and _against(line, cue, before)
    if against or own_treasury(draft, frame) or (spreads and _trouble(before)):
        return False
    if word in (cues.TAKE_LEAD | cues.CEDE | cues.SUPPLANT) and not _by_preposition(frame):
        return True
    stop = min([ends.governor for ends in (*frame.froms, *frame.tos) if ends.governor > cue],
               default=cue + 1)  # fmt: skip
    between = line.words[cue + 1 : stop]
    around = {*before, *between, *_it(line, between)}
    # "to sell its $12 billion unit and exit banking": sums are a company's as well
    others = _NOT_COMPANY - _SUMS if word in cues.LEAVE else _NOT_COMPANY
    if (around & cues.COMPANY_OBJECTS and not around & others) or _stays(line, cue):
        return False
    if word in cues.MOVE_NOUNS and not line.tags[cue].startswith("V"):
        return _noun_holds(draft, frame, around)
    if word in cues.PASSING and word not in cues.MOVE:
        directed = any(e.preposition in DIRECTED for e in (*frame.froms, *frame.tos))
        both = bool(frame.froms and frame.tos) and around & cues.MONEY
        return bool(around & cues.LEADING or both or (directed and around & cues.INVESTORS))
    if word in cues.LEAVE | cues.LEAVE_WEAK | cues.SWAP | cues.ENTER:
        return _object_holds(draft, frame, set(before), around)
    advised = ("against" in around and around & _ADVISED) or _too_early(frame, before)
    theme = advised or around & cues.THEME
    if not advised and company_move(line) and not around & (cues.INVESTORS - _COMPANY_TOO):
        return False
    if not theme and around & cues.REGARD:
        return bool(frame.froms and frame.tos) or _market_regard(line)
    if word in _LOOK:
        return bool(theme) and (_beyond(frame) or _looks_to(line, frame))
    driven = word.startswith(_DRIVES) and _TURNING & set(between)
    turned = word.startswith("turn") and set(before) & _TURNING and not company_move(line)
    if driven or (turned and line.word(cue + 1) == "to"):
        return True  # "drove investors from utilities", "traders turned to banks"
    if word in _GENERIC and not around & (cues.MONEY | cues.LEADING):
        directed = any(e.preposition in DIRECTED for e in (*frame.froms, *frame.tos))
        return bool(theme) and (
            directed
            or _styles(frame)
            or bool({"from", "away", "out"} & set(between) or (frame.froms and frame.tos))
        )
    return bool(theme)


_NOT_COMPANY = cues.MONEY | (cues.INVESTORS - _COMPANY_TOO) - {"clients", "markets", "market"}
_SUMS = cues.MONEY - cues.INVESTORS
_TILTED = vocabulary("tilted tilt leaned skewed positioned geared parked turned allocated invested")
_STATES = vocabulary("is are was were 's 're remain remains remained stay stays stayed still")


def _stays(line: Line, cue: int) -> bool:
    """`Portfolios are still tilted to tech`: how they stand, and no move."""
    i = cue - 1
    while i > line.first and line.tags[i].startswith("RB") and line.words[i] not in _STATES:
        i -= 1
    if line.words[cue] in {"lean", "leans"} and line.words[i] in {"portfolio", "fund", "book"}:
        return line.tags[cue] in {"VBZ", "VBP"}
    tilted = line.words[cue] in _TILTED and line.tags[cue] in {"VBN", "JJ", "VBD"}
    return tilted and line.words[i] in _STATES


def _it(line: Line, between: Sequence[str]) -> set[str]:
    """`Money left bonds.  People have put it into banks.`"""
    return {"money"} if line.of_money and "it" in between else set()


def _looks_to(line: Line, frame: Frame) -> bool:
    """`Looked to cyclicals for opportunities`."""
    return any(
        line.word(ends.last) == "for"
        and not _SOUGHT.isdisjoint(line.words[ends.last : ends.last + 4])
        for ends in frame.tos
    )


_SOUGHT = vocabulary("opportunities growth returns safety shelter yield protection income bargains")


def _beyond(frame: Frame) -> bool:
    """Look beyond X; look past X to Y."""
    named = {ends.preposition for ends in frame.froms}
    return not named.isdisjoint({"beyond", "past"})


_TURNING = vocabulary(
    "investors traders managers funds buyers bulls hunters speculators allocators savers"
)
"""Who turns to a group by buying it."""


_RUSHES = vocabulary("rush scramble stampede")
_DRIVES = ("driv", "drov", "push", "pull", "lur", "herd", "sen", "tempt", "coax")
_TURNS = ("turn", "switch", "buying")
_SPREADS = ("spread", "broaden", "widen", "spill", "extend", "mov", "shift", "fan", "seep")
_TROUBLE = vocabulary(
    """
    selling selloff sell-off bear downgrades warnings defaults layoffs weakness losses rout
    pain slump decline declines damage drop pressure jitters contagion carnage correction
    turmoil worries concerns fears panic bleeding selloffs liquidation downturn stress
    """
)


def _trouble(before: Sequence[str]) -> bool:
    """`Selling spread beyond tech`: what spreads is the fall of prices, and nothing moves."""
    words = [w for i, w in enumerate(before) if list(before[i - 1 : i + 1]) != ["bear", "market"]]
    last = next((w for w in reversed(words) if w in _TROUBLE or w in cues.THEME), "")
    return last in _TROUBLE


def of_trouble(line: Line, cue: int, before: Sequence[str]) -> bool:
    """Whether what moves from one group to another at `cue` is no money, by the words `before`."""
    owned = not (cues.INVESTORS - _COMPANY_TOO | cues.MONEY).isdisjoint(before)
    return (_trouble(before) and not owned) or _against(line, cue, before)


def _against(line: Line, cue: int, before: Sequence[str]) -> bool:
    """`Short sellers moved from banks to retailers`, `regulators shifted their focus`: no money."""
    told = " ".join([*before[-6:], *line.words[cue : cue + 5]])
    return bool(_SHORT.search(told) or _WATCHERS.search(told))


_SHORT = re.compile(
    r"\b(?:short ?-? ?sellers?|bears|(?:their|its|the|some) (?:shorts|puts)"
    r"|short (?:exposure|positions|interest|bets)|put buying|bearish (?:bets|positions|wagers))\b"
)
_WATCHERS = re.compile(
    r"\b(?:regulators?|lawmakers?|prosecutors?|watchdogs?|police|congress|senators?|authorities)\b"
    r".*\b(?:attention|focus|scrutiny|sights|gaze|probes?|inquiry|inquiries)\b"
)


def _too_early(frame: Frame, before: Sequence[str]) -> bool:
    """`It is too soon to move from X to Y`: nobody is named, but investors are advised."""
    told = list(before[-3:]) in (["too", "early", "to"], ["too", "soon", "to"])
    return told and bool(frame.froms and frame.tos)


def _styles(frame: Frame) -> bool:
    """From one style to another, such as `from big to small`."""
    groups = {group for ends in (*frame.froms, *frame.tos) for group in ends.groups}
    return bool(frame.froms and frame.tos) and groups <= {*STYLES}


def own_treasury(draft: Draft, frame: Frame) -> bool:
    """A bank or a treasurer that moves its own cash into bonds: no investors' money."""
    named = {group for ends in (*frame.froms, *frame.tos) for group in ends.groups}
    before = draft.line.words[draft.line.first : frame.cue]
    return named <= _SAFE and not _KEEPERS.isdisjoint(before) and _OWNERS.isdisjoint(before)


_SAFE = frozenset({"bonds", "cash"})
_OWNERS = cues.INVESTORS - vocabulary("they i we you many some people retail themselves trade")
_KEEPERS = vocabulary(
    """
    bank lender lenders insurer company firm treasurer treasurers treasurer's corporation
    corporations government county city district ministry reserve he she
    """
)


def _noun_holds(draft: Draft, frame: Frame, around: set[str]) -> bool:
    line, word = draft.line, draft.line.words[frame.cue]
    directed = [e.preposition in DIRECTED for e in (*frame.froms, *frame.tos)]
    if frame.cue > line.first and line.words[frame.cue - 1] in cues.INVESTORS:
        return True  # "investors pivot to": the tagger took the verb for a noun
    if word in cues.CARRIERS:
        return any(directed) or bool(frame.froms)
    if word in cues.STRONG_NOUNS or (word in _RUSHES and not company_move(line)):
        return True
    if word in cues.PURCHASES or (word == "flows" and any(directed)):
        return True
    if frame.froms and frame.tos and not company_move(line):
        return True
    owner = line.words[frame.cue - 1] if frame.cue > line.first else ""
    owned = owner in {"'s", "its", "their", "his", "her"} and not around & cues.THEME
    if (any(directed) or _to_style(frame)) and not owned and not company_move(line):
        return True
    if line.has(cues.ROTATION) and not owned:
        return True
    if around & cues.MONEY and "from" in around:
        return True
    market = bool(around & cues.THEME) or bool(
        {"sector", "market", "style", "factor", "money", "investor", "investors"} & line.wordset
    )
    named = {w for e in line.lists for w in line.words[e.first : e.last]} & SECURITIES
    return any(directed) and (market or bool(named))


def _to_style(frame: Frame) -> bool:
    """`The turn to value`, `a swing to cyclicals`: a style is nothing but the market's."""
    groups = {group for ends in frame.tos for group in ends.groups}
    return bool(groups) and groups <= _STYLED and not frame.froms


_STYLED = frozenset(STYLES) - _SAFE - ABROAD - {"gold", "crypto"}


def _object_holds(draft: Draft, frame: Frame, before: set[str], around: set[str]) -> bool:
    line, cue = draft.line, frame.cue
    word = line.words[cue]
    passive = any(ends.first < cue for ends in (*frame.froms, *frame.tos))
    if {"time", "to"} <= before and before & {"is", "it", "'s", "was"}:
        return True  # "is it time to leave the Magnificent Seven?"
    nobody = {"no", "one"} <= before and bool(frame.froms and frame.tos)
    subject = nobody or before & (cues.INVESTORS | cues.MONEY | {"them"})
    told_off = bool({"against", "from"} & before and before & _ADVISED)
    first = not before - _OPENERS or passive or told_off
    if word in cues.SWAP:
        return bool(before & cues.INVESTORS) or bool(frame.froms and frame.tos)
    if word in cues.LEAVE:
        return bool(subject) or first
    return bool(subject) or first or bool(around & cues.MONEY)


_OPENERS = vocabulary("after before while when rather than instead of far from without")
_ADVISED = forms("warn", "caution", "advise", "counsel", "recommend", "discourage")


def _by_preposition(frame: Frame) -> bool:
    return all(ends.preposition for ends in (*frame.froms, *frame.tos))


def _market_regard(line: Line) -> bool:
    market = {"investors", "investor", "market", "markets", "traders", "wall", "stocks", "street"}
    return bool(line.wordset & market) and not {"company", "ceo", "firm"} & line.wordset
