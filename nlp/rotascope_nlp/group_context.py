"""What in its sentence says that a word names a group: its verb, its preposition, its list."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from rotascope_nlp.doc_view import sentence_starts_of
from rotascope_nlp.group_lists import (
    END_REACH,
    END_TAGS,
    LIST_WORDS,
    Hit,
    describes,
    listed,
    opposed,
    spread_lists,
)
from rotascope_nlp.market_words import (
    FLOW_PREPOSITIONS,
    MARKET_VERBS,
    MARKET_WORDS,
    STRONG_MARKET,
    THINGS,
    UP,
    vocabulary,
)
from rotascope_nlp.rotation_cues import (
    CARRIERS,
    LEAVE,
    LEAVE_WEAK,
    MOVE,
    MOVES,
    ROTATE,
    ROTATION,
    STRONG_NOUNS,
    is_cue,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

BARE = vocabulary(
    """
    value growth quality cash momentum international emerging_markets bonds gold crypto
    """
)
"""Groups whose bare nouns are everyday words: a list or a market word near is not enough."""


ONE = vocabulary(
    """
    the a an this that its his their your one 's another any each
    """
)


class _Scene:
    """One sentence and what its words say of markets, each asked once."""

    def __init__(self, words: Sequence[str], start: int, end: int) -> None:
        self.start, self.end = start, end
        self.span = words[start:end]
        self.words = words

    def holds(self, hit: Hit) -> bool:
        """Whether a hit stands in the sentence."""
        return self.start <= hit.first < self.end

    @cached_property
    def wordset(self) -> frozenset[str]:
        return frozenset(self.span)

    @cached_property
    def rotating(self) -> bool:
        return not self.wordset.isdisjoint(_ROTATING)

    @cached_property
    def moves(self) -> bool:
        return not self.wordset.isdisjoint(MOVES)

    @cached_property
    def strong(self) -> bool:
        return not self.wordset.isdisjoint(STRONG_MARKET) or _money_moves(self.span)

    @cached_property
    def market(self) -> bool:
        return self.strong or not self.wordset.isdisjoint(MARKET_WORDS)

    @cached_property
    def market_near(self) -> bool:
        """A market word within about two sentences."""
        near = self.words[max(0, self.start - _NEAR) : self.end + _NEAR]
        return not MARKET_WORDS.isdisjoint(near)


_ROTATING = ROTATE | ROTATION | STRONG_NOUNS
_CARRIED = CARRIERS | {"dollars"}
_MOVING = ROTATE | MOVE | LEAVE | LEAVE_WEAK
_NEAR = 30
"""Tokens before and behind a sentence that count as near it."""


def judge_context(doc: Doc, words: list[str], hits: list[Hit]) -> None:
    """Noun and adj words: by their verb, their preposition, their list, their sentence."""
    open_hits = [hit for hit in hits if hit.entry is None and hit.method != "no"]
    if not open_hits:
        return
    starts = {hit.first: hit for hit in hits}
    scenes = _scenes(doc, words)
    for hit in open_hits:
        follower = starts.get(hit.last)
        if follower is not None and follower.entry is not None:
            hit.entry, hit.method = hit.entries[0], "market noun"  # "European small caps"
            continue
        noun = next((entry for entry in hit.entries if entry.level == "noun"), None)
        if noun is None and listed(doc, words, hit):
            hit.entry, hit.method = hit.entries[0], "list"
            continue
        if noun is None:
            hit.reason = "no market noun behind it"
            continue
        scene = scenes[bisect_right(scenes, hit.first, key=_start) - 1]
        method = _context(doc, words, hit, hits, scene, bare=noun.groups[0] in BARE)
        if method:
            hit.entry, hit.method = noun, method
    for one, other in pairwise(hits):
        if opposed(words, one, other):
            one.entry, other.entry = one.entries[0], other.entries[0]
            one.method = other.method = "list"
    for order in (hits, hits[::-1]):
        spread_lists(doc, words, order)


def _scenes(doc: Doc, words: list[str]) -> list[_Scene]:
    bounds = pairwise([*sentence_starts_of(doc), len(words)])
    return [_Scene(words, start, end) for start, end in bounds]


def _start(scene: _Scene) -> int:
    return scene.start


def _context(
    doc: Doc, words: list[str], hit: Hit, hits: list[Hit], scene: _Scene, *, bare: bool
) -> str | None:
    """What in its sentence says that a word names a group; None where nothing does."""
    token = doc[hit.last - 1]
    if _in_a_name(doc, hit) or (not scene.rotating and describes(doc, words, hit)):
        return None
    everyday = bare or token.lower_ in THINGS
    beside = [o for o in hits if o is not hit and scene.holds(o) and o.method != "no"]
    others, market = bool(beside), scene.market
    if everyday:
        market = scene.strong
        # a group beside it counts that everyday prose does not name
        others = others and (market or any(o.entries[0].groups[0] not in BARE for o in beside))
    if (others or market) and scene.moves and _is_end(doc, words, hit):
        return "rotation prose"
    if hit.entries[0].groups == ("cash",):
        return "rotation prose" if _run_to(words, hit) else None
    if _market_verb(token, words) and (not everyday or others):
        return "market verb"
    if everyday:
        return "market sentence" if _beside_sectors(words, hit, beside) else None
    if (scene.strong or others) and _sector_place(words, hit, others=others):
        return "market sentence"
    if token.tag_ in {"NNS", "NNPS"} and (scene.market_near or _shares_near(words, hits, scene)):
        return "market text"
    return None


def _beside_sectors(words: list[str], hit: Hit, beside: list[Hit]) -> bool:
    """`technology` alone, in a sentence that names another sector for sure."""
    before = words[hit.first - 1] if hit.first else ""
    if words[hit.first : hit.last] != ["technology"] or before in ONE:
        return False
    return any(
        other.entry is not None and other.entry.groups[0] not in BARE | {"information_technology"}
        for other in beside
    )


def _run_to(words: list[str], hit: Hit) -> bool:
    """`a dash for cash`, `the migration to cash`."""
    before = words[max(0, hit.first - 2) : hit.first]
    return len(before) == 2 and before[0] in _RUNS and before[1] in {"to", "into", "for"}


_RUNS = STRONG_NOUNS | {"rush", "rotation", "shift"}


def _in_a_name(doc: Doc, hit: Hit) -> bool:
    """Capitalised before a capitalised noun: part of a longer name."""
    following = doc[hit.last] if hit.last < len(doc) else None
    return (
        following is not None
        and following.tag_ in {"NNP", "NNPS"}
        and doc[hit.last - 1].tag_.startswith("NNP")
    )


def _money_moves(span: Sequence[str]) -> bool:
    """Money, and close behind it a verb of moving."""
    return any(
        word in _CARRIED and not _MOVING.isdisjoint(span[i + 1 : i + 6])
        for i, word in enumerate(span)
    )


def _shares_near(words: list[str], hits: list[Hit], scene: _Scene) -> bool:
    """A group called names, shares, a trade or the like within about two sentences."""
    return any(
        other.entry is not None
        and scene.start - _NEAR <= other.first < scene.end + _NEAR
        and not _SHARES.isdisjoint(words[other.first : other.last + 1])
        for other in hits
    )


_SHARES = vocabulary("names shares stocks caps megacaps trade longs")


def _is_end(doc: Doc, words: list[str], hit: Hit) -> bool:
    """Stands where a flow's end does: behind a preposition, in its list, or beside a cue."""
    i = hit.first - 1
    while i >= 0 and hit.first - i < END_REACH:
        word = words[i]
        if word in FLOW_PREPOSITIONS or is_cue(word):
            return True
        if not (word in LIST_WORDS or doc[i].tag_.startswith(END_TAGS)):
            break
        if word == "," and hit.entries[0].groups == ("cash",):
            break
        i -= 1
    if hit.entries[0].groups == ("cash",):
        return False  # "cash poured into banks" moves, it is not left
    after = words[hit.last : hit.last + 2]
    return bool(after) and (is_cue(after[0]) or after[0] in {"to", "-"} or after == ["for", "the"])


def _market_verb(token: Token, words: list[str]) -> bool:
    head = token.head
    if token.dep_ in {"nsubj", "nsubjpass"} and head.lower_ in MARKET_VERBS:
        return head.tag_.startswith("V")
    if token.dep_ == "dobj" and head.lower_ in MARKET_VERBS - _LEADING:
        return True
    after = words[token.i + 1 : token.i + 3]
    if token.i and words[token.i - 1] in UP:
        return True  # "value outpacing growth"
    if words[token.i + 1 : token.i + 4][1:] in (["back", "in"], ["out", "of"]):
        return bool(_FASHION & set(words[token.i + 4 : token.i + 6]))
    return token.tag_.startswith("NN") and any(word in MARKET_VERBS for word in after)


_FASHION = vocabulary("favor favour vogue fashion style")


_LEADING = vocabulary("lead leads led leading lose loses lost losing power powered")


def _sector_place(words: list[str], hit: Hit, *, others: bool) -> bool:
    before = words[hit.first - 1] if hit.first else ""
    if before in {"in", "like", "as", "of", "for", "on", "with", "including", "from", "than"}:
        return True
    return others
