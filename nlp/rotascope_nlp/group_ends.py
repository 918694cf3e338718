"""Words that name a group only as the end of a flow: `out of media stocks and into copper`."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from rotascope_nlp.group_dealings import dealt
from rotascope_nlp.group_lexicon import Entry
from rotascope_nlp.group_lists import LIST_WORDS, Hit, describes
from rotascope_nlp.group_scene import Scene, money_moves, scene_of
from rotascope_nlp.group_senses import in_a_name, something_else
from rotascope_nlp.market_words import HEADS, vocabulary
from rotascope_nlp.rotation_cues import LEADERSHIP, LEAVE, MOVE, ROTATE, ROTATION, STRONG_NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Doc

_INTO = vocabulary("into toward towards onto")
_TRADED = LEAVE | vocabulary(
    "sell selling sold buy buying bought prefer preferred preferring snapping snapped scooping"
)
_MOVING = MOVE | ROTATE | ROTATION | STRONG_NOUNS | LEADERSHIP | vocabulary("shift swap switch")
_RUN_OUT = vocabulary("run runs ran running")
"""`running out of power` moves nothing."""
_TAGS = ("JJ", "DT", "PRP$", "RB", "VBN", "CD", "HYPH", "POS")
_REACH, _VERB_REACH = 18, 8


def judge_ends(doc: Doc, words: list[str], hits: list[Hit], scenes: list[Scene]) -> None:
    """Take the words of level `end` that stand as an end beside another group."""
    taken = {i for hit in hits if hit.entry is not None for i in range(hit.first, hit.last)}
    ends: list[tuple[Hit, Entry, Scene]] = []
    for hit in hits:
        entry = next((entry for entry in hit.entries if entry.level == "end"), None)
        if entry is None or hit.entry is not None or hit.method == "no":
            continue
        scene = scene_of(scenes, hit)
        if _describes(doc, words, hit, hits, scene):
            continue
        if _factor(words, hit) or (hit.word == "momentum" and dealt(doc, words, hit)):
            hit.entry, hit.method = entry, "market sentence"
        elif _stands(doc, words, hit, scene, taken):
            ends.append((hit, entry, scene))
            taken.update(range(hit.first, hit.last))
    others = [(hit, hit.entry) for hit in hits if hit.entry is not None]
    others += [(hit, entry) for hit, entry, _ in ends]
    for hit, entry, scene in ends:
        near = [o for o in others if o[1].groups != entry.groups]
        if _near_defensives(hit, near) if hit.word in _PLAYS else _of_markets(near, scene):
            hit.entry, hit.method = entry, "rotation prose"


def _of_markets(others: Sequence[tuple[Hit, Entry]], scene: Scene) -> bool:
    """Whether its sentence speaks of markets and names another group."""
    if not scene.certain or not scene.wordset.isdisjoint(_SHOPPERS):
        return False
    return any(scene.holds(other) for other, _ in others)


_PLAYS = vocabulary("offense offence")
"""Words of sport: the market's where the defensives stand near."""
_NEAR, _FACTOR_REACH = 40, 25


def _near_defensives(hit: Hit, others: Sequence[tuple[Hit, Entry]]) -> bool:
    return any(
        entry.groups == ("defensives",) and abs(other.first - hit.first) < _NEAR
        for other, entry in others
    )


def _factor(words: Sequence[str], hit: Hit) -> bool:
    """`Factors moved: momentum had its worst week`."""
    near = words[max(0, hit.first - _FACTOR_REACH) : hit.last + _FACTOR_REACH]
    before = words[hit.first - 1] if hit.first else "."
    return hit.word == "momentum" and before in {".", ",", ":"} and not _FACTORS.isdisjoint(near)


_FACTORS = vocabulary("factor factors")


def _describes(doc: Doc, words: list[str], hit: Hit, hits: list[Hit], scene: Scene) -> bool:
    """`copper prices`, `the Food Bank`, `battery metals`: part of something else."""
    if in_a_name(doc, hit) or describes(doc, words, hit):
        return True
    before = words[hit.first - 1] if hit.first else ""
    if before == "-" or [before, *words[hit.first : hit.last]] in _OTHER_POWERS:
        return True
    return something_else(doc, words, hit, hits, scene, everyday=True)


_OTHER_POWERS = [[word, "power"] for word in ("buying", "purchasing", "earning", "pricing")]
_SHOPPERS = vocabulary("shoppers consumers customers households drivers travelers diners")
"""They move from one good to another."""


def _stands(doc: Doc, words: Sequence[str], hit: Hit, scene: Scene, taken: Set[int]) -> bool:
    """Whether a word of moving governs it, over other groups and the words of a list."""
    i = hit.first - 1
    while i > scene.start and hit.first - i < _REACH:
        if not (i in taken or _of_a_list(doc, words, i)):
            break
        i -= 1
    word = words[i]
    if word in _INTO or (word == "from" and words[i - 1] == "away"):
        return scene.moves
    if word == "of":
        return words[i - 1] == "out" and words[i - 2] not in _RUN_OUT
    if word in {"to", "from"}:
        near = words[max(scene.start, i - _VERB_REACH) : i]
        return scene.rotating or money_moves(scene.span) or not _MOVING.isdisjoint(near)
    if word == "for":
        near = words[max(scene.start, i - _VERB_REACH) : i]
        return not LEAVE.isdisjoint(near)
    return word in _TRADED


def _of_a_list(doc: Doc, words: Sequence[str], i: int) -> bool:
    return words[i] in LIST_WORDS or words[i] in HEADS or doc[i].tag_.startswith(_TAGS)
