"""What the groups and words around a word say of it, where its own sentence says little."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rotascope_nlp.group_lists import Hit
from rotascope_nlp.group_phrases import money_sent
from rotascope_nlp.group_scene import NEAR, Scene, money_moves
from rotascope_nlp.market_words import BARE, COUNTRIES, ONE, THINGS, vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Token


def groups_beside(hit: Hit, hits: list[Hit], scene: Scene) -> list[Hit]:
    """The other groups of its sentence; another word for the same one supports a sure word only."""
    found = [
        other
        for other in hits
        if other is not hit
        and scene.holds(other)
        and other.method != "no"
        and (other.entry is not None or other.entries[0].level != "end")
    ]
    if hit.word in SURE:
        return found
    return [other for other in found if other.entries[0].groups != hit.entries[0].groups]


def of_markets(
    words: list[str], hit: Hit, hits: list[Hit], beside: list[Hit], scene: Scene
) -> bool:
    """Whether its sentence, or the groups in and near it, speak of markets."""
    if not (hit.word in SURE or scene.certain or _told(hit, hits, beside, scene)):
        return False
    return words[hit.last - 1] not in COUNTRIES or _entered(words, hit, beside, scene)


def plural_near(token: Token, words: list[str], hit: Hit, hits: list[Hit], scene: Scene) -> bool:
    """`banks`, where sentences near speak of markets."""
    if token.tag_ not in {"NNS", "NNPS"}:
        return False
    if scene.market_near or _shares_near(words, hits, scene):
        return True
    return hit.word in SURE and (scene.markets_near or _taken_near(hit, hits, scene))


def among_groups(hit: Hit, hits: list[Hit], scene: Scene) -> bool:
    """A sector's own name where the market and two other groups are spoken of near."""
    entry = hit.entries[0]
    if hit.entry is not None or entry.level != "noun" or hit.word not in _SECTOR_NAMES:
        return False
    near = {
        other.entry.groups[0]
        for other in hits
        if other.entry is not None and scene.start - NEAR <= other.first < scene.end + NEAR
    }
    return scene.market_near and len(near - {entry.groups[0], "crypto", "cash"}) >= _OTHERS


_OTHERS = 2
_SECTOR_NAMES = vocabulary(
    "energy technology tech materials care healthcare telecom industrials financials banks estate"
    " utilities staples discretionary"
)


def _told(hit: Hit, hits: list[Hit], beside: list[Hit], scene: Scene) -> bool:
    """Groups beside or near it speak of the market where no other word does."""
    if any(_sure(other) for other in beside):
        return True
    if not _sure(hit):
        return bool(beside) and scene.directed
    return bool(beside) or scene.market_near or _taken_near(hit, hits, scene)


def _taken_near(hit: Hit, hits: list[Hit], scene: Scene) -> bool:
    return any(
        other.entry is not None and scene.start - NEAR <= other.first < scene.end + NEAR
        for other in hits
        if other is not hit
    )


def _sure(hit: Hit) -> bool:
    """Taken already, or a word that is seldom used of anything but a group."""
    if hit.entry is not None:
        return True
    return hit.word not in THINGS | COUNTRIES | _LESS_SURE and hit.entries[0].groups[0] not in BARE


_LESS_SURE = vocabulary("software aerospace transportation it")
SURE = vocabulary("banks utilities industrials staples institutions")
"""Nouns that name a whole industry wherever they stand in a plural."""


def _entered(words: list[str], hit: Hit, beside: list[Hit], scene: Scene) -> bool:
    """A country that money enters or leaves, and none that goods come from."""
    before = words[hit.first - 1] if hit.first else ""
    pair = words[max(0, hit.first - 2) : hit.first]
    if before in {"with", "between"} or pair in (["tied", "to"], ["bank", "of"]):
        return False
    if _home_of(words, hit.first - 1):
        return False
    moved = scene.rotating or money_moves(scene.span) or money_sent(words, hit, scene.start)
    other_kind = any(words[other.first] not in COUNTRIES for other in beside)
    return moved or (before != "in" and other_kind and words[hit.last - 1] in _GREAT)


def _home_of(words: list[str], i: int) -> bool:
    """`shares of tech companies in Taiwan and India`: where the sellers' shares are at home."""
    while i > 0 and words[i] in COUNTRIES | _LISTED:
        i -= 1
    return i > 0 and words[i] == "in" and words[i - 1] in _AT_HOME


_LISTED = vocabulary(", and or the south hong saudi latin")
_AT_HOME = vocabulary("companies firms shares stocks equities names markets banks makers producers")
_GREAT = vocabulary("china india europe japan")
"""Markets spoken of beside sectors; of the others, news of goods and states speaks more."""


def beside_sectors(words: list[str], hit: Hit, beside: list[Hit]) -> bool:
    """`technology` alone, in a sentence that names another sector for sure."""
    before = words[hit.first - 1] if hit.first else ""
    if words[hit.first : hit.last] != ["technology"] or before in ONE - {"that"}:
        return False
    return any(
        other.entry is not None and other.entry.groups[0] not in BARE | {"information_technology"}
        for other in beside
    )


def _shares_near(words: list[str], hits: list[Hit], scene: Scene) -> bool:
    """A group called names, shares, a trade or the like within about two sentences."""
    return any(
        other.entry is not None
        and scene.start - NEAR <= other.first < scene.end + NEAR
        and not _SHARES.isdisjoint(words[other.first : other.last + 1])
        for other in hits
    )


_SHARES = vocabulary("names shares stocks caps megacaps trade longs")
