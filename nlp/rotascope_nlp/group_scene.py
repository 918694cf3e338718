"""A sentence and what its words say of markets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from rotascope_nlp.doc_view import sentence_starts_of
from rotascope_nlp.group_lists import Hit
from rotascope_nlp.market_words import CERTAIN_MARKET, MARKET_WORDS, STRONG_MARKET, forms
from rotascope_nlp.rotation_cues import (
    CARRIERS,
    LEAVE,
    LEAVE_WEAK,
    MOVE,
    MOVES,
    ROTATE,
    ROTATION,
    STRONG_NOUNS,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Scene:
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
    def directed(self) -> bool:
        """A word of moving that says little else."""
        return not self.wordset.isdisjoint(_DIRECTED)

    @cached_property
    def strong(self) -> bool:
        return (
            not self.wordset.isdisjoint(STRONG_MARKET) or money_moves(self.span) or self.investing
        )

    @cached_property
    def investing(self) -> bool:
        """Names those who do nothing but invest."""
        return any(pair in _INVESTORS for pair in pairwise(self.span))

    @cached_property
    def market(self) -> bool:
        return self.strong or not self.wordset.isdisjoint(MARKET_WORDS)

    @cached_property
    def certain(self) -> bool:
        """The sentence itself speaks of the stock market, of money that moves or of a rotation."""
        return (
            self.rotating
            or not self.wordset.isdisjoint(CERTAIN_MARKET)
            or money_moves(self.span)
            or _sells_off(self.span)
            or self.investing
        )

    @cached_property
    def markets_near(self) -> bool:
        """A word that can speak of markets within about two sentences."""
        near = self.words[max(0, self.start - NEAR) : self.end + NEAR]
        return not MARKET_WORDS.isdisjoint(near)

    @cached_property
    def market_near(self) -> bool:
        """The sentence or one of about two around it speaks of the stock market for certain."""
        near = self.words[max(0, self.start - NEAR) : self.end + NEAR]
        return self.certain or not CERTAIN_MARKET.isdisjoint(near)


_ROTATING = ROTATE | ROTATION | STRONG_NOUNS
_DIRECTED = MOVES - forms(
    "get/gets/got/getting", "put/puts/putting", "find/finds/found", "take/takes/took/taken/taking",
    "go/goes/went/gone/going", "come/comes/came/coming", "look", "run/runs/ran/running", "back",
    "drive/drives/drove/driving", "turn", "return", "send/sends/sent/sending", "pull", "push",
    "give/gives/gave/given/giving", "leave/leaves/left/leaving", "sell/sells/sold/selling",
    "land", "lead", "head", "step!", "pack", "charge", "race", "cut/cuts/cutting", "reduce",
    "lose/loses/lost/losing", "pass", "hand", "change", "replace", "pick", "short", "book", "home",
    "leader", "driver", "show", "cover", "safety", "money", "capital", "cash", "course", "drop!",
    "avoid", "forget", "cool", "skip!", "lock", "scale", "channel", "transfer!", "deploy",
    "purchase", "buying", "filter", "spread/spreads/spreading", "crowd", "jump", "roll", "flow",
)  # fmt: skip
_CARRIED = CARRIERS | {"dollars", "funds", "managers", "sellers"}
_MOVING = ROTATE | MOVE | LEAVE | LEAVE_WEAK
_INVESTORS = frozenset(
    {("bargain", "hunters"), ("hedge", "funds"), ("mutual", "funds"), ("net", "buyers"),
     ("net", "sellers"), ("smart", "money"), ("stock", "market"), ("fund", "managers"),
     ("money", "managers"), ("portfolio", "managers"), ("pension", "funds"), ("fast", "money")}
)  # fmt: skip
NEAR = 30
"""Tokens before and behind a sentence that count as near it."""


def scenes_of(doc: Doc, words: list[str]) -> list[Scene]:
    """The sentences of a text, in their order."""
    bounds = pairwise([*sentence_starts_of(doc), len(words)])
    return [Scene(words, start, end) for start, end in bounds]


def scene_of(scenes: Sequence[Scene], hit: Hit) -> Scene:
    """The sentence that a hit stands in."""
    return scenes[bisect_right(scenes, hit.first, key=_start) - 1]


def _start(scene: Scene) -> int:
    return scene.start


def money_moves(span: Sequence[str]) -> bool:
    """Money, and close behind it a verb of moving."""
    return any(
        word in _CARRIED and not _MOVING.isdisjoint(span[i + 1 : i + 6])
        for i, word in enumerate(span)
    )


def _sells_off(span: Sequence[str]) -> bool:
    return any(
        word == "sell" and list(span[i + 1 : i + 3]) == ["-", "off"] for i, word in enumerate(span)
    )
