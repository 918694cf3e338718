"""Sayings of favour: `the love affair with X is over`, `they prefer X to Y`, `X is out, Y is in`.

They are used of many things, so another group has to stand in the sentence for sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rotascope_nlp.group_lists import Hit, describes
from rotascope_nlp.group_scene import Scene
from rotascope_nlp.group_senses import in_a_name, something_else
from rotascope_nlp.market_words import COPULA, forms, vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FEELINGS = vocabulary(
    "affair love infatuation obsession bid bids appetite appetites taste enthusiasm unwind"
    " unwinding disenchantment disenchanted enamored enamoured tired weary sick wary cool cooled"
    " cooling soured souring warming warmed expense favor favour instead craze mania fatigue"
    " stake stakes bet bets weight profits glut hunger thirst demand"
)
_LINKS = vocabulary("with for of on to in")
_BARE_FEELINGS = vocabulary("long short overweight underweight fade fading shorting")
"""These stand directly before: `short software, long banks`."""
_PREFER = forms("prefer!", "want", "favor", "favour") | vocabulary(
    "own hold rather buy ask asks asked asking"
)
_CONTRAST = vocabulary("to not instead rather than over but ahead versus")
_AGES = vocabulary(
    "reign run dominance leadership lead crown rally moment day days time outperformance"
    " underperformance slump rout comeback supremacy heyday slide advance streak"
)
_IN_OR_OUT = vocabulary("out in")
_STOPS = vocabulary(", ; . and : -")
_DONE = vocabulary("peaked topped faded stalled rolled crested")
_BACK = ("JJ", "DT", "PRP$")


def favoured(doc: Doc, words: list[str], hit: Hit, hits: list[Hit], scene: Scene) -> bool:
    """Whether a saying of favour is about the word, in a sentence that names another group."""
    others = [
        other
        for other in hits
        if other.entry is not None
        and scene.holds(other)
        and other.entry.groups not in {hit.entries[0].groups, ("crypto",)}
    ]
    if not others or in_a_name(doc, hit) or describes(doc, words, hit):
        return False
    said = (
        _felt(doc, words, hit)
        or _preferred(doc, words, hit, others)
        or _had_its_day(words, hit)
        or _over(words, hit, others)
    )
    return said and not something_else(doc, words, hit, hits, scene, everyday=True)


def _before(doc: Doc, hit: Hit) -> int:
    """The last token before the word and its adjectives."""
    i = hit.first - 1
    while i > 0 and doc[i].tag_.startswith(_BACK) and doc[i].lower_ not in _BARE_FEELINGS:
        i -= 1
    return i


def _felt(doc: Doc, words: Sequence[str], hit: Hit) -> bool:
    i = _before(doc, hit)
    if i < 1:
        return False
    return words[i] in _BARE_FEELINGS or (words[i] in _LINKS and words[i - 1] in _FEELINGS)


def _preferred(doc: Doc, words: Sequence[str], hit: Hit, others: Sequence[Hit]) -> bool:
    """`would rather own X than Y`: another group stands behind, set against it."""
    i = _before(doc, hit)
    if i > 0 and words[i] == "for" and words[i - 1].startswith("ask"):
        i -= 1
    if i < 0 or words[i] not in _PREFER:
        return False
    return any(
        other.first >= hit.last and not _CONTRAST.isdisjoint(words[hit.last : other.first])
        for other in others
    )


def _had_its_day(words: Sequence[str], hit: Hit) -> bool:
    """`X's reign is over`, `X is out`, `X was the place to be`, `X has peaked`."""
    after = words[hit.last : hit.last + 4]
    if after[:1] in (["'s"], ["'"]):
        return bool(after[1:]) and after[1] in _AGES
    if after[:1] in (["has"], ["have"]):
        return bool(after[1:]) and after[1] in _DONE
    if not after or after[0] not in COPULA:
        return False
    if after[1:2] and after[1] in _IN_OR_OUT:
        return after[2:3] == [] or after[2] in _STOPS
    return after[1:4] == ["the", "place", "to"] or after[1:2] == ["where"]


def _over(words: Sequence[str], hit: Hit, others: Sequence[Hit]) -> bool:
    """`the trade is X over Y`."""
    return any(
        (other.first == hit.last + 1 and words[hit.last] in {"over", "versus", "vs"})
        or (hit.first == other.last + 1 and words[other.last] in {"over", "versus", "vs"})
        for other in others
    )
