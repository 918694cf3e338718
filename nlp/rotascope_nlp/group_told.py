"""What the words beside a group make of it: `makers of X`, `names tied to X`, `X saw inflows`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rotascope_nlp.group_lists import LIST_WORDS, Hit, describes, is_cash
from rotascope_nlp.group_scene import Scene
from rotascope_nlp.group_senses import in_a_name
from rotascope_nlp.groups import POSTURES
from rotascope_nlp.market_words import BARE, COUNTRIES, HEADS, QUOTES, TO_BE, vocabulary
from rotascope_nlp.rotation_cues import HIDE, REFUGE

if TYPE_CHECKING:
    from spacy.tokens import Doc

_PLURALS = vocabulary(
    "stocks shares equities names companies firms sectors groups areas industries plays ones"
    " funds etfs corners pockets segments"
)
_SHARES = vocabulary("stocks shares equities")
_FUNDS = vocabulary("funds etfs portfolios")
_MAKERS = vocabulary("makers producers manufacturers operators suppliers providers sellers")
_TIED = vocabulary("tied linked exposed geared related leveraged")
_FOCUSED = vocabulary("focused focusing invested investing centered concentrated specializing")
_KINDS = vocabulary("kind sort type nature variety stripe")
_DEGREES = vocabulary("the more most less and highly mostly largely closely directly heavily")
_KIND_REACH = 6


def told_before(doc: Doc, words: list[str], hit: Hit) -> bool:
    """`makers of chips`, `names tied to housing`, `stocks in China`, `groups that are cyclical`."""
    if in_a_name(doc, hit):
        return False
    if _of_a_kind(words, hit):
        return True
    if describes(doc, words, hit):
        return False
    i = _back(words, hit.first - 1)
    if i < 2:
        return False
    link, before = words[i], words[_back(words, i - 1)]
    bare = hit.entries[0].groups[0] in BARE or hit.word in COUNTRIES
    if link == "of":
        return before in _MAKERS and not bare
    head = words[max(0, _back(words, _back(words, i - 1) - 1))]
    if link in {"to", "on", "in"} and before in _FOCUSED and head in _FUNDS:
        return True
    if link == "to" and before in _TIED:
        return head in _PLURALS and not bare
    if link == "in":
        kind = doc[i - 2].tag_.startswith(("NN", "JJ"))  # "technology shares in Asia"
        return before in _SHARES and hit.word in COUNTRIES and not kind
    posture = hit.entries[0].groups[0] in POSTURES
    return posture and link in {"are", "were"} and before in {"that", "which"} and head in _PLURALS


def _back(words: Sequence[str], i: int) -> int:
    while i > 0 and words[i] in _DEGREES:
        i -= 1
    return i


def _of_a_kind(words: Sequence[str], hit: Hit) -> bool:
    """`names of a more defensive kind`."""
    end = hit.last
    while end < len(words) and words[end] in QUOTES:
        end += 1
    if end >= len(words) or words[end] not in _KINDS:
        return False
    near = words[max(0, hit.first - _KIND_REACH) : hit.first]
    return "of" in near and not (_PLURALS | HEADS).isdisjoint(near[: near.index("of")])


_SAW = vocabulary(
    "saw see sees seen drew draw draws attracted attract attracts had received receive suffered"
    " recorded posted took got enjoyed witnessed pulled"
)
_FLOWS = vocabulary(
    "inflows inflow outflows outflow selling buying redemptions withdrawals profit-taking"
)
_AUXILIARIES = vocabulary(", which also have has had again meanwhile too only still")
_FLOW_REACH, _BRACKET = 6, 9


def saw_flows(words: Sequence[str], hit: Hit) -> bool:
    """`health care saw heavy selling`, `telecom, which drew sizable inflows`."""
    i = hit.last
    if words[i : i + 1] == ["("] and ")" in words[i : i + _BRACKET]:
        i = words.index(")", i) + 1  # "materials (+$0.8 billion) saw inflows"
    while i < len(words) and words[i] in _AUXILIARIES:
        i += 1
    if i >= len(words) or words[i] not in _SAW:
        return False
    return not _FLOWS.isdisjoint(words[i + 1 : i + 1 + _FLOW_REACH])


_MOVING = vocabulary(
    "move moves moving moved shift shifts shifting shifted rotate rotates rotating rotated"
    " rotation money get getting"
)
_LEFT = frozenset({"technology", "tech", "bonds", "treasuries", "gold", "credit"})
"""Words that companies seldom move out of, as they do of `retail`."""


_GROUPS = vocabulary("groups sectors industries")
_NEAR_GROUPS = 25


def moved_out(doc: Doc, words: Sequence[str], hit: Hit, scene: Scene) -> bool:
    """`nobody is moving out of bonds`, where markets are spoken of near."""
    groups_near = not _GROUPS.isdisjoint(words[max(0, scene.start - _NEAR_GROUPS) : scene.end])
    if hit.word not in _LEFT or not (scene.markets_near or groups_near):
        return False
    i = hit.first - 1
    while i > scene.start and (doc[i].tag_.startswith(("JJ", "RB")) or words[i] in LIST_WORDS):
        i -= 1
    out = words[max(0, i - 1) : i + 1]
    return list(out) == ["out", "of"] and i > 1 and words[i - 2] in _MOVING


_DEALT = vocabulary("bonds treasuries treasurys munis")
_DEALERS = vocabulary(
    "buyers buyer sellers seller holders holder purchases sales selloff selling buying billion bn"
    " million b trillion worth"
)
_DEALS = vocabulary("sold bought dumped unloaded snapped shunned ditched")
_HIDING = HIDE | REFUGE | vocabulary("tied parked")
_SHELTERS = vocabulary("gold bullion bonds treasuries cash")


def dealt_in(doc: Doc, words: list[str], hit: Hit) -> bool:
    """`buyers of bonds`, `$17 billion of bonds`, `bonds were sold`, `hide in gold`."""
    if describes(doc, words, hit):
        return False
    before, pair = words[max(0, hit.first - 2) : hit.first], words[hit.last : hit.last + 2]
    if before == ["safety", "of"] and hit.word in _SHELTERS:
        return True
    if before[-1:] == ["in"] and hit.word in _SHELTERS:
        return before[0] in _HIDING or words[max(0, hit.first - 3) : hit.first - 1] == _TIED_UP
    if hit.word not in _DEALT:
        return False
    if before[-1:] == ["of"] and (before[0] in _DEALERS or before[0][-2:] in {"bn", "0b"}):
        return True
    return pair[:1] != [] and pair[0] in TO_BE and pair[-1] in _DEALS


_TIED_UP = ["tied", "up"]
_BUILD = vocabulary("build builds building built hoard hoards hoarding stockpile stockpiling")
_WHOLE = vocabulary("everything half account portfolio portfolios holdings all assets accounts")


def cash_held(words: Sequence[str], hit: Hit, *, markets: bool) -> bool:
    """`building up cash` where markets are spoken of, `moved everything to cash`."""
    if not is_cash(hit) or hit.first < 2:
        return False
    before, verb = words[hit.first - 1], words[hit.first - 2]
    if before in {"to", "into", "in"} and verb in _WHOLE:
        return before != "in"
    return markets and (before in _BUILD or (before == "up" and verb in _BUILD))
