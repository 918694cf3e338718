"""Groups as they stand in a sentence: lists, what governs them, and what stands for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rotascope_nlp import rotation_cues as cues
from rotascope_nlp.candidates import Candidate
from rotascope_nlp.groups import ABROAD, STYLES
from rotascope_nlp.market_words import BEAT, DOWN, HEADS, UP, forms, vocabulary
from rotascope_nlp.rotation_gaps import amount, aside, rated
from rotascope_nlp.rotation_govern import FROM_PREPOSITIONS, TO_PREPOSITIONS, govern
from rotascope_nlp.rotation_pronouns import pronoun_at

_ORIENTED = vocabulary("oriented driven heavy tilted dominated laden rich biased centric focused")
_LIST_GAP = vocabulary(
    """
    , and or & / - as well such like including especially particularly notably namely e.g. plus
    ( ) : " ' the more most other even some also both then to a an certain for example instance
    — – eventually later old
    """
)
_ADDED = (["followed", "by"], ["along", "with"], ["together", "with"], ["among", "them"])
_SEPARATORS = vocabulary(", and or & / plus such like including especially ( — – - as")
_GAP_TAGS = ("JJ", "DT", "NN", "RB", "PRP$", "HYPH", "POS", "CD", "VBN", "VBG")
PRESENT = frozenset({"VBZ", "VBP", "MD"})
"""Tags of verbs that tell of no past."""
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_MAX_GAP = 9
_EDGE = vocabulary("edge edges edged edging")
_NO_LINK = frozenset({"to", "that", "not", "overweight", "underweight", "hello", "goodbye"})
_NO_ENDS = vocabulary("aside loser gainer performer laggard said say says reckon add added")
_RATES = forms("cut/cuts/cutting", "lower", "raise", "upgrade", "downgrade", "trim!", "reduce")
_CARRIES = (cues.MOVE | cues.SHED | cues.GATHER) - vocabulary(
    "leave leaves left leaving go goes went back backs backed add adds added adding"
)
"""Verbs whose object is the money that moves."""
_VERBAL = (*_FINITE, "VBG")
_FADING = vocabulary("cooling fading tiring retreating declining leading losing")
_DIRECTED = vocabulary("of into from toward towards to")
_CHAIN = HEADS | {",", "and", "or"}


@dataclass(slots=True)
class Ends:
    """A list of groups at tokens [first, last): an umbrella, its members, and what `and` adds."""

    first: int
    last: int
    groups: list[str]
    preposition: str = ""
    governor: int = -1
    """Token of the preposition, cue or verb to the left; -1 at the start of the sentence."""
    anaphor: bool = False
    used: bool = field(default=False, compare=False)


class Line:
    """One sentence: its tokens by their place in the document, and the groups in it."""

    def __init__(
        self,
        words: Sequence[str],
        tags: Sequence[str],
        first: int,
        last: int,
        items: Sequence[tuple[int, int, Candidate]],
    ) -> None:
        self.words, self.tags, self.first, self.last = words, tags, first, last
        self.items = items
        self.span = words[first:last]
        self.of_money = False
        """Whether the sentence before speaks of money, which `it` can stand for."""
        self.of_old = False
        """Whether the sentence belongs to a history (`rotation_history`)."""
        self.long_ago = False
        """Whether the sentence before set the scene in another age."""

    @cached_property
    def wordset(self) -> frozenset[str]:
        return frozenset(self.span)

    @cached_property
    def lists(self) -> list[Ends]:
        """The lists of groups, with their governors, in order."""
        lists: list[Ends] = []
        for place, (first, last, candidate) in enumerate(self.items):
            groups = flow_groups(candidate)
            if not groups or self._only_describes(place) or self._scene(place):
                continue
            if groups == ["cash"] and self._carried(first, last):
                continue
            if lists and self._joined(lists[-1], first, last):
                lists[-1].groups += [each for each in groups if each not in lists[-1].groups]
                lists[-1].last = max(last, lists[-1].last)
            else:
                lists.append(Ends(first, last, groups))
                govern(self, lists[-1])
        for ends in lists:
            while self.word(ends.last) in HEADS:
                ends.last += 1
            while self.word(ends.last) in {"and", "or"} and self.word(ends.last + 1) in HEADS:
                ends.last += 2  # "defensive stocks and sectors"
            if self.word(ends.last) in {"and", "or"} and self.word(ends.last + 1) == "other":
                ends.last = min(self.last, ends.last + 3)
        return lists

    def _carried(self, first: int, last: int) -> bool:
        """`Bond funds are losing cash to stock funds`: what moves, and no end."""
        verb = self.word(first - 1)
        return last - first == 1 and self.words[first] == "cash" and verb in _CARRIES

    def _scene(self, place: int) -> bool:
        """`In Japan, retailers gained`: where it happens, no end of it."""
        first, last, candidate = self.items[place]
        opened = self.word(first - 2) in {"", ",", ";", "and", "but", "while", ":"}
        if self.word(last) in _NO_ENDS:
            return True  # "banks aside, small caps gained"; "Acme top index loser"; "brokers said"
        if candidate.groups == ("equal_weight",) and self.word(first - 1) in {"to", "at"}:
            return self.has(_RATES) and self.word(last) not in HEADS  # "cut chips to equal weight"
        abroad = ABROAD.issuperset(candidate.groups)
        if abroad and self.word(last) == "'s":
            return True
        return abroad and opened and self.word(first - 1) == "in" and self.word(last) == ","

    def _only_describes(self, place: int) -> bool:
        """`growth-oriented tech stocks` are tech stocks."""
        first, last, candidate = self.items[place]
        before = self.items[place - 1] if place else None
        quoted = before and all(word in {'"', "'", "''"} for word in self.words[before[1] : first])
        if before and quoted and before[2].groups[0] == "mega_caps":
            return candidate.groups[0] in {"information_technology", "growth", "quality"}
        following = self.items[place + 1 : place + 2]
        if following and following[0][0] == last and ABROAD.issuperset(candidate.groups):
            return following[0][2].groups[0] not in STYLES  # "global industrial groups"
        if following and following[0][0] == last and candidate.groups == ("quality",):
            return True
        if candidate.groups == ("mega_caps",) and following and self._domestic(last, following[0]):
            return True
        if following and self.words[first] == "high" and self._adjectives(last, following[0][0]):
            return True
        if not following or not _ORIENTED & set(self.words[last - 2 : last + 2]):
            return False
        if self.word(last) == "-":
            last += 2  # "growth-heavy tech stocks"
        gap = self.words[last : following[0][0]]
        return not gap or (len(gap) == 2 and gap[0] in HEADS and gap[1] == "in")

    def _domestic(self, last: int, following: tuple[int, int, Candidate]) -> bool:
        """`megacap US tech stocks`: only the country between."""
        between = self.words[last : following[0]]
        tech = following[2].groups[0] == "information_technology"
        return tech and between in (["us"], ["u.s."], ["american"])

    def _adjectives(self, first: int, last: int) -> bool:
        """`high-growth, high-valuation tech stocks`: only adjectives between."""
        return last - first <= 5 and all(
            word in {",", "-"} or (self.tags[i].startswith(("JJ", "NN")) and word not in HEADS)
            for i, word in enumerate(self.words[first:last], first)
        )

    @cached_property
    def named(self) -> frozenset[int]:
        """The tokens of groups: `trading` in `trading houses` trades nothing."""
        return frozenset(i for first, last, _ in self.items for i in range(first, last))

    @cached_property
    def anaphors(self) -> list[Ends]:
        """`these names`, `the group`, `them`: groups named before."""
        found: list[Ends] = []
        taken = {i for ends in self.lists for i in range(ends.first, ends.last)}
        for i in range(self.first, self.last):
            last = pronoun_at(self, i)
            if last is not None and taken.isdisjoint(range(i, last)):
                found.append(Ends(i, last, [], anaphor=True))
                govern(self, found[-1])
        return found

    def finite(self, i: int) -> bool:
        """Whether token i is a finite verb."""
        return self.tags[i] in _FINITE

    def word(self, i: int) -> str:
        """The word at i, empty outside of the sentence."""
        return self.words[i] if self.first <= i < self.last else ""

    def broken(self, one: int, other: int) -> bool:
        """Whether a line ends between two tokens: a hole in the page can hide a full stop."""
        return any("\n" in word for word in self.words[min(one, other) : max(one, other)])

    def has(self, words: frozenset[str]) -> bool:
        """Whether the sentence has one of the words."""
        return not self.wordset.isdisjoint(words)

    def _joined(self, left: Ends, first: int, last: int) -> bool:
        gap = range(left.last, first)
        words = [self.words[i] for i in gap]
        if not gap:
            return True
        if len(gap) > _MAX_GAP + 3 * amount(words) + 3 * (words[1:2] == [","]):
            return False
        if amount(words):
            words = [word for word in words if word in {",", "and"}] or [","]
            return words in ([","], ["and"], [",", "and"], [",", ","], [",", ",", "and"])
        if (aside(words) or rated(words)) and not any(self.finite(i) for i in gap):
            return True
        if words[-2:] in _ADDED and set(words[:-2]) <= {",", "closely", "chief"}:
            return True
        if not any(word in _SEPARATORS for word in words):
            return all(word in HEADS or self.tags[i].startswith(("JJ", "HYPH", "``", "NN"))
                       for i, word in zip(gap, words, strict=True)) and len(gap) <= 2  # fmt: skip
        if "as" in words and not {"such", "well"} & set(words):
            return False
        if "for" in words and not {"example", "instance"} & set(words):
            return False
        if self.word(last) in {"'s", "'"}:
            return False  # "trimmed energy, the bank's strategists said"
        if _NO_LINK & set(words) or any(
            not (
                word in _LIST_GAP
                or word in HEADS
                or self.tags[i].startswith(_GAP_TAGS)
                or (self.tags[i] == "VBD" and word.endswith("ed") and not cues.is_cue(word))
            )
            or word in cues.ROTATION
            or word in FROM_PREPOSITIONS | TO_PREPOSITIONS
            or word in UP | DOWN
            or self.acts(i)
            for i, word in zip(gap, words, strict=True)
        ):
            return False
        return not self._starts_clause(left, last)

    def _starts_clause(self, left: Ends, last: int) -> bool:
        """`out of tech, and energy rose`: the second is the subject of a clause of its own."""
        if self.beats(last) and self.beats(left.governor):
            return True  # "value outpacing growth and small caps beating large"
        before = range(self.first, left.first)
        if not self.has_verb(self.chain(last)) or not any(self.tags[i] in _VERBAL for i in before):
            return False
        if set(self.words[last : last + 3]) & cues.MOVE and "," not in self.words[left.last : last]:
            return False  # "the money pulled out of biotech and tech has gone into"
        return left.preposition in (FROM_PREPOSITIONS | TO_PREPOSITIONS | {"in"}) or (
            left.governor >= 0 and self.words[left.governor] in (cues.LEAVE | cues.ENTER)
        )

    def chain(self, last: int) -> int:
        """The end of the list that begins with the mention that ends at `last`."""
        for first, end, _ in self.items:
            gap = self.words[last:first]
            if first >= last and len(gap) <= 3 and _CHAIN.issuperset(gap):
                last = end
        return last

    def acts(self, i: int) -> bool:
        """A cue used as a verb; the tagger often takes `and chasing` for a noun."""
        word = self.words[i]
        return (
            i not in self.named
            and not self.fading(i)
            and cues.is_cue(word)
            and (
                self.tags[i].startswith("V")
                or (word.endswith("ing") and self.word(i - 1) in {"and", "or", "then", ","})
            )
        )

    def beats(self, i: int) -> bool:
        """Whether token i says that one group does better than another."""
        word = self.word(i)
        return word in BEAT or (word in _EDGE and self.word(i + 1) in {"out", "past"})

    def fading(self, i: int) -> bool:
        """`out of cooling tech stocks`: a participle that only describes."""
        if self.words[i] == "driven" and self.word(i - 1) == "-":
            return True  # "value-driven sectors"
        return self.words[i] in _FADING and self.word(i - 1) in _DIRECTED

    def has_verb(self, last: int) -> bool:
        """Whether a finite verb follows at once."""
        i = last
        while i < self.last and (self.words[i] in HEADS or self.tags[i].startswith("RB")):
            i += 1
        return i < self.last and self.finite(i)


def flow_groups(candidate: Candidate) -> list[str]:
    """The ids that a mention stands for as an end: the first, and all when all are styles."""
    if candidate.kind == "company" or not candidate.groups:
        return []
    if candidate.groups == ("mid_caps", "large_caps"):
        return ["mid_caps"]  # a range, "mid-to-large-cap", says what it starts from
    if all(group in STYLES for group in candidate.groups):
        return list(candidate.groups)
    return [candidate.groups[0]]
