"""Other senses of a word: part of a name, an adjective, one kind of a thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rotascope_nlp.group_lists import Hit, describes, is_cash
from rotascope_nlp.group_scene import Scene
from rotascope_nlp.market_words import (
    BARE,
    BEAT,
    COUNTRIES,
    FUNDS,
    KINDS,
    MARKET_TRAITS,
    MARKET_VERBS,
    SHARES,
    vocabulary,
)
from rotascope_nlp.rotation_cues import LEADERSHIP, is_cue

if TYPE_CHECKING:
    from spacy.tokens import Doc


def something_else(
    doc: Doc, words: list[str], hit: Hit, hits: list[Hit], scene: Scene, *, everyday: bool
) -> bool:
    """A word that is a name's, an adjective's or a thing's, whatever its sentence speaks of."""
    if in_a_name(doc, hit) or (not scene.rotating and describes(doc, words, hit)):
        return True
    word = doc[hit.last - 1].lower_
    thing = (everyday or word in KINDS or word == "tech") and not is_cash(hit)
    if _adjective(doc, hit) or (thing and _one_kind(doc, hit, hits)):
        return True
    following = words[hit.last] if hit.last < len(words) else ""
    return following in _PEOPLE and not scene.certain


_WORTH = vocabulary("value quality")


def worth(words: list[str], hit: Hit) -> bool:
    """What something is worth: `stocks lost value`, `air-quality index`, `value-focused shops`."""
    if words[hit.last - 1] not in _WORTH:
        return False
    before = words[max(0, hit.first - 3) : hit.first]
    if before and before[-1] == "-":
        before = before[:-1]
    while before and before[-1] in _HOW_MUCH:
        before = before[:-1]
    if before and (before[-1] in _CHANGED or before[-1] in _WHOSE):
        return True
    behind = words[hit.last : hit.last + 3]
    return behind[:1] == ["-"] and behind[1:2] in _MINDED and not _HOLDERS.issuperset(behind[2:])


_HOW_MUCH = vocabulary("some much more little any in of its their")
_CHANGED = vocabulary(
    "lose loses lost losing gain gains gained gaining shed sheds shedding retain retains retained"
    " create creates created creating destroy destroyed unlock unlocks unlocked"
)
_WHOSE = vocabulary(
    "asset home book face fair market enterprise property present brand shareholder air water"
    " credit house land street par resale dollar"
)
_MINDED = (["focused"], ["conscious"], ["minded"], ["priced"], ["added"], ["seeking"])
_HOLDERS = SHARES | FUNDS | vocabulary("investors managers strategies strategy investing investor")
_PEOPLE = vocabulary("leaders leader power")
"""`tech leaders signed a letter`."""


def _adjective(doc: Doc, hit: Hit) -> bool:
    """`financial backing`: whatever the noun behind an adjective could mean by itself."""
    if hit.last >= len(doc) or doc[hit.last].lower_ in MARKET_VERBS:
        return False
    return doc[hit.last - 1].tag_ == "JJ" and doc[hit.last].tag_ in {"NN", "NNS"}


def _one_kind(doc: Doc, hit: Hit, hits: list[Hit]) -> bool:
    """`machine learning technology`, `used cars`, `weakening growth`: one kind of the thing."""
    if not hit.first:
        return False
    before = doc[hit.first - 1]
    if before.lower_ in _SOME:
        return hit.entries[0].groups[0] in BARE
    if before.tag_ in {"POS", "PRP$"} and doc[hit.last - 1].lower_ in _MADE:
        return True  # "its technology"
    if before.text == "-" and hit.first > 1 and doc[hit.first - 2].lower_ in _HIGH:
        return True
    if hit.first > 1 and doc[hit.first - 2].text == "-" and before.lower_ in _MANNERS:
        return False  # "high-flying tech"
    if before.dep_ not in {"amod", "compound"} or before.head.i != hit.last - 1:
        return False
    if before.lower_ in MARKET_TRAITS | BEAT | LEADERSHIP or not before.is_alpha:
        return False
    compound = hit.first > 1 and doc[hit.first - 2].text == "-"
    if before.tag_.startswith("VB") and is_cue(before.lower_) and not compound:
        return False  # "the tape preferred technology"
    return not any(other.entry is not None and other.last == hit.first for other in hits)


_MANNERS = vocabulary(
    "flying growing driven oriented growth momentum multiple duration priced valued heavy beta"
    " quality octane making losing"
)
_HIGH = vocabulary("high agri med clean ed prop insur ad")
"""`high-tech`, `agri-tech`."""
_MADE = vocabulary("technology software chips drugs cars devices products")
_SOME = vocabulary("that this any no more less much enough our your my his her some")


def in_a_name(doc: Doc, hit: Hit) -> bool:
    """Capitalised before a capitalised noun: part of a longer name."""
    following = doc[hit.last] if hit.last < len(doc) else None
    return (
        following is not None
        and following.tag_ in {"NNP", "NNPS"}
        and doc[hit.last - 1].tag_.startswith("NNP")
    )


def ends_a_name(doc: Doc, hit: Hit) -> bool:
    """`Turing Pharmaceuticals`, `Ball Aerospace`: capitals that go on, in prose that has few."""
    token = doc[hit.first]
    if not hit.first or token.is_sent_start or not token.text.istitle() or _coin(hit):
        return False
    before = doc[hit.first - 1]
    if before.tag_ != "NNP" or not before.text[:1].isupper() or before.lower_ in _NAMES_OF_LISTS:
        return False
    if any(each.lower_ in FUNDS for each in doc[hit.first : hit.last + _FUND_REACH]):
        return False  # "the Norwood Utilities Sector Fund"
    near = doc[max(0, hit.first - _CASE_REACH) : hit.last + _CASE_REACH]
    return any(len(each.text) > _LONG and each.is_lower and each.is_alpha for each in near)


_FUND_REACH = 3


def _coin(hit: Hit) -> bool:
    return hit.entries[0].groups == ("crypto",)


_CASE_REACH, _LONG = 12, 4
"""Words of more letters than this are in capitals in a headline."""
_NAMES_OF_LISTS = vocabulary(
    """
    u.s. us uk u.k. s&p msci russell nasdaq dow spdr ishares vanguard stoxx kbw phlx nyse
    bloomberg invesco fidelity select sector europe china japan india wall street gics
    """
)


def of_a_country(doc: Doc, hit: Hit) -> bool:
    """`India Cement`: a country and an industry, both in capitals where prose has few."""
    first, last = hit.first, hit.last
    if doc[first].lower_ in COUNTRIES and last < len(doc):
        last += 1
    elif first and doc[first - 1].lower_ in COUNTRIES and hit.entries[0].level == "adj":
        first -= 1
    pair = doc[first:last]
    if len(pair) != _PAIR or not all(each.text.istitle() for each in pair):
        return False
    if pair[1].lower_ not in _TRADES:
        return False
    near = doc[max(0, first - _CASE_REACH) : last + _CASE_REACH]
    return any(len(each.text) > _LONG and each.is_lower and each.is_alpha for each in near)


_PAIR = 2
_TRADES = vocabulary(
    """
    cement cements steel steels coal oil chemicals motor motors mobile telecom life infoline
    power energy petroleum pharma aluminium paper shipping pesticides housing railway railways
    """
)
"""Industries that companies are called after: `China Steel`, `Japan Tobacco`."""
