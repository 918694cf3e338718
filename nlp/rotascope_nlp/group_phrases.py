"""How a word stands: as the end of a flow, with a market verb, in `exposure to IT` and the like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rotascope_nlp.group_lists import END_REACH, END_TAGS, LIST_WORDS, Hit, is_cash
from rotascope_nlp.groups import POSTURES
from rotascope_nlp.market_words import (
    COUNTRIES,
    FLOW_PREPOSITIONS,
    MARKET_VERBS,
    UP,
    forms,
    vocabulary,
)
from rotascope_nlp.rotation_cues import CARRIERS, LEAVE, MOVE, ROTATE, STRONG_NOUNS, is_cue

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BE = vocabulary("is are was were be been being remain remains remained looks look seems seem")
_ADVERBS = ("RB", "DT")
_FASHION = vocabulary("favor favour vogue fashion style")
_ALLOTTED = vocabulary(
    """
    allocation allocations exposure exposures weighting weightings weightage overweight underweight
    inflows outflows weight stance bullish bearish neutral optimistic positive negative cautious
    constructive
    """
)
"""What a portfolio or a strategist has `to` or `on` a group."""
_HOLD = forms(
    "own", "hold/holds/held/holding", "want", "need", "buy/buys/bought/buying", "have/has/had",
    "favor", "favour", "prefer!", "carry",
) | {"with"}  # fmt: skip
_ON = vocabulary("to in on into from towards toward")
_CLASSED = vocabulary(
    "sector area space segment laggard winner loser overweight underweight sectors areas"
    " segments laggards winners losers"
)
_STANCES = vocabulary("posture stance tilt bias mix leaning footing")
_SENDERS = CARRIERS | vocabulary(
    "investors investor traders buyers funds billions dollars inflows outflows fiis fpis"
)
_SENT = MOVE | ROTATE
_EVERYDAY_MOVES = vocabulary(
    """
    go goes went gone going come comes came coming look looks looked looking get gets got
    getting put puts putting find finds found take takes took taken taking run runs ran running
    back turn turns turned turning push lean
    """
)
_TOWARDS = vocabulary("to into toward towards onto")
_TO_OR_FROM = _TOWARDS | {"from", "on"}
_SENT_OR_TAKEN = _SENT | LEAVE | {"loading", "loaded", "load"}
_OTHER_MARKETS = vocabulary("u.s. us america")
_MOVE_REACH, _SENDER_REACH, _CLASS_REACH = 4, 16, 7


def allotted(words: list[str], hit: Hit) -> bool:
    """`allocation to IT`, `overweight on energy`, `bullish on pharma`."""
    i = hit.first - 1
    if i > 0 and words[i] in {"the", "their", "our", "its"}:
        i -= 1
    return i > 0 and words[i] in _ON and words[i - 1] in _ALLOTTED


def handed_on(words: Sequence[str], hit: Hit) -> bool:
    """`passed the baton to software`."""
    i = hit.first - 1
    return i > 0 and words[i] == "to" and not _HANDED.isdisjoint(words[max(0, i - 2) : i])


_HANDED = vocabulary("baton mantle torch reins")


def interest_in(words: list[str], hit: Hit) -> bool:
    """`investors' interest in chips`, `the appetite for retail`: where markets are spoken of."""
    pair = (words[hit.first - 2], words[hit.first - 1]) if hit.first > 1 else ("", "")
    return pair in _INTEREST


_INTEREST = {("interest", "in"), ("appetite", "for"), ("faith", "in"), ("confidence", "in")}


def allotted_abroad(words: list[str], hit: Hit, *, certain: bool) -> bool:
    """`a position in continental Europe`, `underweight in Japan`: a fund's, and no company's."""
    i = hit.first - 1
    while i > 0 and words[i] in {"continental", "the", "their", "our"}:
        i -= 1
    if i > 0 and words[i] == "to" and words[i - 1] in {"allocation", "allocations"}:
        return True
    return certain and i > 0 and words[i] in _ON and words[i - 1] in _ALLOTTED_ABROAD


_ALLOTTED_ABROAD = vocabulary(
    "overweight underweight allocation allocations weighting weightings bullish bearish position"
    " positions inflows outflows"
)


def wanted_less(words: list[str], hit: Hit) -> bool:
    """`holds less tech`, `own more software`: the share of a group that a portfolio has."""
    i = hit.first - 1
    return i > 0 and words[i] in {"less", "more"} and words[i - 1] in _HOLD


def in_fashion(doc: Doc, words: list[str], hit: Hit) -> bool:
    """`tech and energy are both clearly out of favor`, `value is back in vogue`."""
    i = _behind_be(doc, words, hit)
    if i is None:
        return False
    phrase = words[i : i + 3]
    placed = phrase[:2] == ["out", "of"] or "in" in phrase[:2]
    return placed and not _FASHION.isdisjoint(phrase)


def classed(doc: Doc, words: list[str], hit: Hit) -> bool:
    """`autos are the space to be in`, `tech is an area of risk`."""
    i = _behind_be(doc, words, hit)
    if i is None:
        return False
    for word, token in zip(words[i : i + _CLASS_REACH], doc[i : i + _CLASS_REACH], strict=True):
        if word in _CLASSED or word == "where":
            return True
        if not token.tag_.startswith(("JJ", "DT", "CD", "NN", "POS", "RB", "IN")):
            return False
    return False


def traded(doc: Doc, words: list[str], hit: Hit) -> bool:
    """`health care was heavily sold`: passive, of a word that claims a flow."""
    i = _behind_be(doc, words, hit)
    return i is not None and doc[i].tag_ in {"VBN", "VBD"} and is_cue(words[i])


def _behind_be(doc: Doc, words: list[str], hit: Hit) -> int | None:
    """The first word behind `are`, adverbs left out, that the word is the subject of."""
    i, end = hit.last, len(words)
    if words[i : i + 1] == [","] and words[i + 2 : i + 3] == [","] and doc[i + 1].tag_ == "RB":
        i += 3  # "IT, likewise, was bought"
    while i < end and (words[i] in {"and", ","} or doc[i].tag_.startswith("NN")):
        i += 1  # "tech and energy are"
    if i == end or words[i] not in _BE or i - hit.last > _MOVE_REACH:
        return None
    i += 1
    while i < end and (words[i] in _BE or doc[i].tag_.startswith(_ADVERBS)) and words[i] != "out":
        i += 1
    return i if i < end else None


def postured(words: list[str], hit: Hit) -> bool:
    """`a more cyclical posture`, `defensive and rate-sensitive issues`."""
    group = hit.entries[0].groups[0]
    following = words[hit.last] if hit.last < len(words) else ""
    return group in POSTURES and following in _STANCES


def turned(words: list[str], hit: Hit) -> bool:
    """`investors are turning defensive`, `anything defensive`."""
    i = hit.first - 1
    while i > 0 and words[i] in _DEGREES:
        i -= 1
    return hit.entries[0].groups == ("defensives",) and i > 0 and words[i] in _TURN


_DEGREES = vocabulary("more most increasingly very too quite rather decidedly a bit little")
_TURN = forms(
    "turn", "go/goes/went/gone/going", "get/gets/got/getting", "become/becomes/became/becoming",
) | vocabulary("positioned anything everything something")  # fmt: skip


def money_sent(words: Sequence[str], hit: Hit, start: int) -> bool:
    """`investors pivot to China`, `moved their capital to Europe`; `start`: its sentence's."""
    i = hit.first - 1
    while i > start and words[i] in LIST_WORDS | COUNTRIES | _OTHER_MARKETS:
        i -= 1
    if i <= start or words[i] not in _TO_OR_FROM:
        return False
    moves = _SENT_OR_TAKEN - _EVERYDAY_MOVES
    if moves.isdisjoint(words[max(start, i - _MOVE_REACH) : i]):
        return False
    return not _SENDERS.isdisjoint(words[max(start, i - _SENDER_REACH) : i])


def is_end(doc: Doc, words: list[str], hit: Hit) -> bool:
    """Stands where a flow's end does: behind a preposition, in its list, or beside a cue."""
    i = hit.first - 1
    while i >= 0 and hit.first - i < END_REACH:
        word = words[i]
        if word in FLOW_PREPOSITIONS or is_cue(word):
            return True
        if not (word in LIST_WORDS or doc[i].tag_.startswith(END_TAGS)):
            break
        if word == "," and is_cash(hit):
            break
        i -= 1
    if is_cash(hit):
        return False  # "cash poured into banks" moves, it is not left
    after = words[hit.last : hit.last + 2]
    if after[:1] == ["-"]:
        return after[1:] != [] and after[1] in _BEHIND_DASH  # no "internet-savvy"
    return bool(after) and (is_cue(after[0]) or after[0] == "to" or after == ["for", "the"])


_BEHIND_DASH = vocabulary("to into toward towards and -")


def is_subject(token: Token) -> bool:
    """`Tech falls`."""
    head = token.head
    subject = token.dep_ in {"nsubj", "nsubjpass"} and head.lower_ in MARKET_VERBS
    return subject and head.tag_.startswith("V")


def market_verb(token: Token, words: list[str]) -> bool:
    """`Traders hammered tech`, `value outpacing growth`."""
    head = token.head
    if token.dep_ in {"nsubj", "nsubjpass"} and head.lower_ in MARKET_VERBS:
        return is_subject(token)
    if token.dep_ == "dobj" and head.lower_ in MARKET_VERBS - _LEADING:
        return True
    after = words[token.i + 1 : token.i + 3]
    if token.i and words[token.i - 1] in UP:
        return True  # "value outpacing growth"
    return token.tag_.startswith("NN") and any(word in MARKET_VERBS for word in after)


_LEADING = vocabulary("lead leads led leading lose loses lost losing power powered")


def sector_place(words: list[str], hit: Hit, *, others: bool) -> bool:
    """Behind a preposition, or with other groups in its sentence."""
    before = words[hit.first - 1] if hit.first else ""
    if before in {"in", "like", "as", "of", "for", "on", "with", "including", "from", "than"}:
        return True
    return others


def run_to(words: list[str], hit: Hit) -> bool:
    """`a dash for cash`, `the migration to cash`."""
    before = words[max(0, hit.first - 2) : hit.first]
    return len(before) == 2 and before[0] in _RUNS and before[1] in {"to", "into", "for"}


_RUNS = STRONG_NOUNS | {"rush", "rotation", "shift"}
