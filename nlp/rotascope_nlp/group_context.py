"""What in its sentence says that a word names a group: its verb, its place, its list."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from rotascope_nlp.group_dealings import dealt
from rotascope_nlp.group_ends import judge_ends
from rotascope_nlp.group_favour import favoured
from rotascope_nlp.group_lists import Hit, describes, is_cash, listed, opposed, spread_lists
from rotascope_nlp.group_neighbours import (
    among_groups,
    beside_sectors,
    groups_beside,
    of_markets,
    plural_near,
)
from rotascope_nlp.group_phrases import (
    allotted,
    allotted_abroad,
    classed,
    handed_on,
    in_fashion,
    interest_in,
    is_end,
    is_subject,
    market_verb,
    postured,
    run_to,
    sector_place,
    traded,
    turned,
    wanted_less,
)
from rotascope_nlp.group_scene import Scene, scene_of, scenes_of
from rotascope_nlp.group_senses import in_a_name, something_else
from rotascope_nlp.group_told import cash_held, dealt_in, moved_out, saw_flows, told_before
from rotascope_nlp.groups import ABROAD, SECTORS
from rotascope_nlp.market_words import BARE, COUNTRIES, FAR_HEADS, THINGS

if TYPE_CHECKING:
    from spacy.tokens import Doc


def judge_context(doc: Doc, words: list[str], hits: list[Hit]) -> None:
    """Noun and adj words: by their verb, their preposition, their list, their sentence."""
    open_hits = [hit for hit in hits if hit.entry is None and hit.method != "no"]
    if not open_hits:
        return
    starts = {hit.first: hit for hit in hits}
    scenes = scenes_of(doc, words)
    for hit in open_hits:
        follower = starts.get(hit.last)
        if (
            follower is not None
            and follower.entry is not None
            and hit.entries[0].level != "end"
            and _of_shares(words, hit, follower)
        ):
            hit.entry, hit.method = hit.entries[0], "market noun"  # "European small caps"
            continue
        noun = next((entry for entry in hit.entries if entry.level == "noun"), None)
        scene = scene_of(scenes, hit)
        if listed(doc, words, hit) and not (in_a_name(doc, hit) or describes(doc, words, hit)):
            hit.entry, hit.method = hit.entries[0], "list"
            continue
        if told_before(doc, words, hit) or (
            noun is not None and (saw_flows(words, hit) or dealt_in(doc, words, hit))
        ):
            hit.entry, hit.method = noun or hit.entries[0], "market sentence"
            continue
        if noun is None and _told_of_adjective(doc, words, hit, scene):
            hit.entry, hit.method = hit.entries[0], "market sentence"
            continue
        if noun is None:
            hit.reason = "no market noun behind it"
            continue
        method = _context(doc, words, hit, hits, scene, bare=noun.groups[0] in BARE)
        if method:
            hit.entry, hit.method = noun, method
    _second_look(doc, words, open_hits, hits, scenes)


def _second_look(
    doc: Doc, words: list[str], open_hits: list[Hit], hits: list[Hit], scenes: list[Scene]
) -> None:
    """What the groups found so far say of those still open."""
    for hit in open_hits:
        scene = scene_of(scenes, hit)
        if _with_later_sectors(doc, words, hit, hits, scene):
            hit.entry, hit.method = hit.entries[0], "market sentence"
        noun = next((entry for entry in hit.entries if entry.level != "adj"), None)
        if hit.entry is None and noun is not None and favoured(doc, words, hit, hits, scene):
            hit.entry, hit.method = noun, "market sentence"
        if among_groups(hit, hits, scene) and not something_else(
            doc, words, hit, hits, scene, everyday=True
        ):
            hit.entry, hit.method = hit.entries[0], "market text"
    for one, other in pairwise(hits):
        if opposed(words, one, other):
            one.entry, other.entry = one.entries[0], other.entries[0]
            one.method = other.method = "list"
    for order in (hits, hits[::-1]):
        spread_lists(doc, words, order)
    judge_ends(doc, words, hits, scenes)


def _with_later_sectors(
    doc: Doc, words: list[str], hit: Hit, hits: list[Hit], scene: Scene
) -> bool:
    """`Technology is at the top again; energy was knocked off`: sectors judged after it."""
    if hit.entry is not None or hit.word != "technology":
        return False
    beside = groups_beside(hit, hits, scene)
    return beside_sectors(words, hit, beside) and not something_else(
        doc, words, hit, hits, scene, everyday=True
    )


def _told_of_adjective(doc: Doc, words: list[str], hit: Hit, scene: Scene) -> bool:
    """`a more cyclical posture`, `overweight on banking`."""
    if (scene.strong and postured(words, hit)) or (scene.market_near and turned(words, hit)):
        return True
    if hit.entries[0].groups[0] in _COMMODITIES or describes(doc, words, hit):
        return False
    return allotted(words, hit) and scene.certain


_COMMODITIES = frozenset({"energy", "materials"})
"""`bullish on natural gas` speaks of the price, not of shares."""


def _of_shares(words: list[str], hit: Hit, follower: Hit) -> bool:
    """`European small caps`, `Indian bank stocks`, but no `German carmakers` in other news."""
    abroad = hit.entries[0].groups[0] in ABROAD
    ending = words[follower.last - 1 : follower.last + 1]
    return (
        not abroad
        or follower.entries[0].groups[0] not in SECTORS
        or not FAR_HEADS.isdisjoint(ending)
    )


def _context(
    doc: Doc, words: list[str], hit: Hit, hits: list[Hit], scene: Scene, *, bare: bool
) -> str | None:
    """What in its sentence says that a word names a group; None where nothing does."""
    token = doc[hit.last - 1]
    everyday = bare or token.lower_ in THINGS
    if something_else(doc, words, hit, hits, scene, everyday=everyday):
        return None
    beside = groups_beside(hit, hits, scene)
    others, market = bool(beside), scene.market
    if everyday:
        market = scene.strong
        # a group beside it counts that everyday prose does not name
        others = others and (market or any(o.entries[0].groups[0] not in BARE for o in beside))
    if handed_on(words, hit) and any(
        o.entry and scene.holds(o) and o.last <= hit.first for o in hits
    ):
        return "rotation prose"
    if (
        dealt(doc, words, hit)
        or moved_out(doc, words, hit, scene)
        or cash_held(words, hit, markets=scene.market_near)
    ):
        return "market sentence"
    if (not everyday or hit.word in _TRADED) and is_subject(token):
        return "market verb"
    if _in_phrase(doc, words, hit, scene, everyday=everyday and not others):
        return "market sentence"
    if not of_markets(words, hit, hits, beside, scene):
        return None
    left = (
        others
        and hit.word not in COUNTRIES
        and words[max(0, hit.first - 2) : hit.first] == ["out", "of"]
    )
    if (others or market) and (scene.moves or left) and is_end(doc, words, hit):
        investors = not is_cash(hit) or scene.certain or any(other.entry for other in beside)
        return "rotation prose" if investors else None
    if is_cash(hit):
        return "rotation prose" if run_to(words, hit) else None
    if market_verb(token, words) and (not everyday or others):
        return "market verb"
    if everyday:
        return "market sentence" if beside_sectors(words, hit, beside) else None
    if (scene.strong or others) and sector_place(words, hit, others=others):
        return "market sentence"
    return "market text" if plural_near(token, words, hit, hits, scene) else None


_TRADED = frozenset({"gold", "bonds"})
"""Everyday words whose rise or fall is always the market's: `gold slipped`."""


def _in_phrase(doc: Doc, words: list[str], hit: Hit, scene: Scene, *, everyday: bool) -> bool:
    """What a strategist says of a group; of an everyday word only where markets are spoken of."""
    if not everyday and scene.strong and wanted_less(words, hit):
        return True
    if hit.word in COUNTRIES:
        return allotted_abroad(words, hit, certain=scene.certain)
    if everyday and not scene.certain:
        return False
    if allotted(words, hit) or in_fashion(doc, words, hit):
        return True
    if scene.certain and interest_in(words, hit):
        return True
    return (not everyday and classed(doc, words, hit)) or (
        scene.certain and traded(doc, words, hit)
    )
