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
from rotascope_nlp.group_phrases import (
    allotted,
    classed,
    in_fashion,
    money_sent,
    postured,
    traded,
)
from rotascope_nlp.groups import SECTORS
from rotascope_nlp.market_words import (
    BEAT,
    CERTAIN_MARKET,
    COUNTRIES,
    FAR_HEADS,
    FLOW_PREPOSITIONS,
    KINDS,
    MARKET_TRAITS,
    MARKET_VERBS,
    MARKET_WORDS,
    STRONG_MARKET,
    THINGS,
    UP,
    forms,
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
    def directed(self) -> bool:
        """A word of moving that says little else."""
        return not self.wordset.isdisjoint(_DIRECTED)

    @cached_property
    def strong(self) -> bool:
        return not self.wordset.isdisjoint(STRONG_MARKET) or _money_moves(self.span)

    @cached_property
    def market(self) -> bool:
        return self.strong or not self.wordset.isdisjoint(MARKET_WORDS)

    @cached_property
    def certain(self) -> bool:
        """The sentence itself speaks of the stock market, of money that moves or of a rotation."""
        return (
            self.rotating
            or not self.wordset.isdisjoint(CERTAIN_MARKET)
            or _money_moves(self.span)
            or _sells_off(self.span)
        )

    @cached_property
    def markets_near(self) -> bool:
        """A word that can speak of markets within about two sentences."""
        near = self.words[max(0, self.start - _NEAR) : self.end + _NEAR]
        return not MARKET_WORDS.isdisjoint(near)

    @cached_property
    def market_near(self) -> bool:
        """The sentence or one of about two around it speaks of the stock market for certain."""
        near = self.words[max(0, self.start - _NEAR) : self.end + _NEAR]
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
        if follower is not None and follower.entry is not None and _of_shares(words, hit, follower):
            hit.entry, hit.method = hit.entries[0], "market noun"  # "European small caps"
            continue
        noun = next((entry for entry in hit.entries if entry.level == "noun"), None)
        scene = scenes[bisect_right(scenes, hit.first, key=_start) - 1]
        if listed(doc, words, hit) and not (_in_a_name(doc, hit) or describes(doc, words, hit)):
            hit.entry, hit.method = hit.entries[0], "list"
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
    for one, other in pairwise(hits):
        if opposed(words, one, other):
            one.entry, other.entry = one.entries[0], other.entries[0]
            one.method = other.method = "list"
    for order in (hits, hits[::-1]):
        spread_lists(doc, words, order)


def _told_of_adjective(doc: Doc, words: list[str], hit: Hit, scene: _Scene) -> bool:
    """`a more cyclical posture`, `overweight on banking`."""
    if scene.strong and postured(words, hit):
        return True
    return not describes(doc, words, hit) and allotted(words, hit) and scene.certain


def _of_shares(words: list[str], hit: Hit, follower: Hit) -> bool:
    """`European small caps`, `Indian bank stocks`, but no `German carmakers` in other news."""
    abroad = hit.entries[0].groups[0] in {"international", "emerging_markets"}
    ending = words[follower.last - 1 : follower.last + 1]
    return (
        not abroad
        or follower.entries[0].groups[0] not in SECTORS
        or not FAR_HEADS.isdisjoint(ending)
    )


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
    everyday = bare or token.lower_ in THINGS
    if _something_else(doc, words, hit, hits, scene, everyday=everyday):
        return None
    beside = _beside(hit, hits, scene)
    others, market = bool(beside), scene.market
    if everyday:
        market = scene.strong
        # a group beside it counts that everyday prose does not name
        others = others and (market or any(o.entries[0].groups[0] not in BARE for o in beside))
    if not everyday and _is_subject(token):
        return "market verb"
    if _in_phrase(doc, words, hit, scene, everyday=everyday and not others):
        return "market sentence"
    if not _of_markets(words, hit, hits, beside, scene):
        return None
    left = (
        others
        and hit.word not in COUNTRIES
        and words[max(0, hit.first - 2) : hit.first] == ["out", "of"]
    )
    if (others or market) and (scene.moves or left) and _is_end(doc, words, hit):
        investors = not _cash(hit) or scene.certain or any(other.entry for other in beside)
        return "rotation prose" if investors else None
    if _cash(hit):
        return "rotation prose" if _run_to(words, hit) else None
    if _market_verb(token, words) and (not everyday or others):
        return "market verb"
    if everyday:
        return "market sentence" if _beside_sectors(words, hit, beside) else None
    if (scene.strong or others) and _sector_place(words, hit, others=others):
        return "market sentence"
    return "market text" if _plural_near(token, words, hit, hits, scene) else None


def _in_phrase(doc: Doc, words: list[str], hit: Hit, scene: _Scene, *, everyday: bool) -> bool:
    """What a strategist says of a group; of an everyday word only where markets are spoken of."""
    if hit.word in COUNTRIES or (everyday and not scene.certain):
        return False
    if allotted(words, hit) or in_fashion(doc, words, hit):
        return True
    return (not everyday and classed(doc, words, hit)) or (
        scene.certain and traded(doc, words, hit)
    )


def _cash(hit: Hit) -> bool:
    return hit.entries[0].groups == ("cash",)


def _something_else(
    doc: Doc, words: list[str], hit: Hit, hits: list[Hit], scene: _Scene, *, everyday: bool
) -> bool:
    """A word that is a name's, an adjective's or a thing's, whatever its sentence speaks of."""
    if _in_a_name(doc, hit) or (not scene.rotating and describes(doc, words, hit)):
        return True
    word = doc[hit.last - 1].lower_
    thing = (everyday or word in KINDS or word == "tech") and not _cash(hit)
    if _adjective(doc, hit) or (thing and _one_kind(doc, hit, hits)):
        return True
    following = words[hit.last] if hit.last < len(words) else ""
    return following in _PEOPLE and not scene.certain


_PEOPLE = vocabulary("leaders leader power")
"""`tech leaders signed a letter`."""


def _beside(hit: Hit, hits: list[Hit], scene: _Scene) -> list[Hit]:
    """The other groups of its sentence; another word for the same one supports a sure word only."""
    found = [o for o in hits if o is not hit and scene.holds(o) and o.method != "no"]
    if hit.word in SURE:
        return found
    return [other for other in found if other.entries[0].groups != hit.entries[0].groups]


def _of_markets(
    words: list[str], hit: Hit, hits: list[Hit], beside: list[Hit], scene: _Scene
) -> bool:
    if not (hit.word in SURE or scene.certain or _told(hit, hits, beside, scene)):
        return False
    return words[hit.last - 1] not in COUNTRIES or _entered(words, hit, beside, scene)


def _plural_near(token: Token, words: list[str], hit: Hit, hits: list[Hit], scene: _Scene) -> bool:
    """`banks`, where sentences near speak of markets."""
    if token.tag_ not in {"NNS", "NNPS"}:
        return False
    if scene.market_near or _shares_near(words, hits, scene):
        return True
    return hit.word in SURE and (scene.markets_near or _taken_near(hit, hits, scene))


def _told(hit: Hit, hits: list[Hit], beside: list[Hit], scene: _Scene) -> bool:
    """Groups beside or near it speak of the market where no other word does."""
    if any(_sure(other) for other in beside):
        return True
    if not _sure(hit):
        return bool(beside) and scene.directed
    return bool(beside) or scene.market_near or _taken_near(hit, hits, scene)


def _taken_near(hit: Hit, hits: list[Hit], scene: _Scene) -> bool:
    return any(
        other.entry is not None and scene.start - _NEAR <= other.first < scene.end + _NEAR
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
    if before.dep_ not in {"amod", "compound"} or before.head.i != hit.last - 1:
        return False
    if before.lower_ in MARKET_TRAITS | BEAT or not before.is_alpha:
        return False
    return not any(other.entry is not None and other.last == hit.first for other in hits)


_HIGH = vocabulary("high agri med clean ed prop insur ad")
"""`high-tech`, `agri-tech`."""
_MADE = vocabulary("technology software chips drugs cars devices products")
_SOME = vocabulary("that this any no more less much enough our your my his her some")


def _entered(words: list[str], hit: Hit, beside: list[Hit], scene: _Scene) -> bool:
    """A country that money enters or leaves, and none that goods come from."""
    before = words[hit.first - 1] if hit.first else ""
    pair = words[max(0, hit.first - 2) : hit.first]
    if before in {"with", "between"} or pair in (["tied", "to"], ["bank", "of"]):
        return False
    moved = scene.rotating or _money_moves(scene.span) or money_sent(words, hit, scene.start)
    other_kind = any(words[other.first] not in COUNTRIES for other in beside)
    return moved or (before != "in" and other_kind)


def ends_a_name(doc: Doc, hit: Hit) -> bool:
    """`Turing Pharmaceuticals`, `Ball Aerospace`: capitals that go on, in prose that has few."""
    token = doc[hit.first]
    if not hit.first or token.is_sent_start or not token.text.istitle() or _coin(hit):
        return False
    before = doc[hit.first - 1]
    if before.tag_ != "NNP" or not before.text[:1].isupper() or before.lower_ in _NAMES_OF_LISTS:
        return False
    near = doc[max(0, hit.first - _CASE_REACH) : hit.last + _CASE_REACH]
    return any(len(each.text) > _LONG and each.is_lower and each.is_alpha for each in near)


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


def _sells_off(span: Sequence[str]) -> bool:
    return any(
        word == "sell" and list(span[i + 1 : i + 3]) == ["-", "off"] for i, word in enumerate(span)
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


def _is_subject(token: Token) -> bool:
    """`Tech falls`."""
    head = token.head
    subject = token.dep_ in {"nsubj", "nsubjpass"} and head.lower_ in MARKET_VERBS
    return subject and head.tag_.startswith("V")


def _market_verb(token: Token, words: list[str]) -> bool:
    head = token.head
    if token.dep_ in {"nsubj", "nsubjpass"} and head.lower_ in MARKET_VERBS:
        return _is_subject(token)
    if token.dep_ == "dobj" and head.lower_ in MARKET_VERBS - _LEADING:
        return True
    after = words[token.i + 1 : token.i + 3]
    if token.i and words[token.i - 1] in UP:
        return True  # "value outpacing growth"
    return token.tag_.startswith("NN") and any(word in MARKET_VERBS for word in after)


_LEADING = vocabulary("lead leads led leading lose loses lost losing power powered")


def _sector_place(words: list[str], hit: Hit, *, others: bool) -> bool:
    before = words[hit.first - 1] if hit.first else ""
    if before in {"in", "like", "as", "of", "for", "on", "with", "including", "from", "than"}:
        return True
    return others
