"""Sectors, styles, indexes and ETFs named in a text.

A word table (data/groups.toml) proposes; context decides.  Words that name a group wherever they
stand are taken at once.  The others ("tech", "value", "banks") need one of: a market noun behind
them, a market verb about them, a list with a group already taken, or rotation prose.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rotascope_nlp.candidates import Candidate, RejectedCandidate
from rotascope_nlp.group_lexicon import Entry, Lexicon, load_lexicon
from rotascope_nlp.market_words import (
    FAR_HEADS,
    FLOW_PREPOSITIONS,
    HEADS,
    MARKET_VERBS,
    MARKET_WORDS,
    MOVES_NOUNS,
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
    ROTATE,
    ROTATION,
    STRONG_NOUNS,
    is_cue,
    is_move,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

__all__ = ["Lexicon", "find_groups", "load_lexicon"]

BARE = vocabulary(
    """
    value growth quality cash momentum international emerging_markets bonds gold crypto
    """
)
"""Groups whose bare nouns are everyday words: a list or a market word near is not enough."""

CONFIDENCE = {
    "name": 0.95,
    "symbol": 0.95,
    "market noun": 0.9,
    "list": 0.85,
    "market verb": 0.85,
    "rotation prose": 0.85,
    "market sentence": 0.7,
    "market text": 0.6,
}
_WORD_TAGS = ("NN", "JJ", "VBG", "FW", "ADD", "CD")
_LIST_WORDS = vocabulary(
    """
    , and or & / - as well other the more most even some both then
    """
)
_ACROSS = vocabulary("over to into than")
"""`from cyclical to defensive stocks`: the market noun stands behind the second."""
_HYPHENED = vocabulary(
    """
    dominated related linked sensitive oriented heavy focused based exposed
    """
)
_LIST_TAGS = ("JJ", "DT", "RB", "PRP$")
_HEAD_REACH = 24
_NEAR_HEAD = 3
_EXTEND = vocabulary(
    """
    stock stocks share shares equity equities name names sector sectors companies firms
    funds etf etfs giants plays fund
    """
)
_FUND_MARKS = vocabulary("etf etfs fund funds")


@dataclass(slots=True)
class _Hit:
    """A pattern found at tokens [first, last), not yet judged."""

    first: int
    last: int
    entries: list[Entry]
    entry: Entry | None = None
    method: str = ""
    reason: str = "no market context"


def find_groups(doc: Doc, lexicon: Lexicon) -> tuple[list[Candidate], list[RejectedCandidate]]:
    """Mentions of groups, indexes and ETFs, and what was turned down."""
    words = [token.lower_ for token in doc]
    hits = list(_hits(words, lexicon))
    for hit in hits:
        _judge_alone(doc, words, hit, lexicon)
    _judge_context(doc, words, hits)
    taken = [_candidate(doc, words, hit) for hit in hits if hit.entry is not None]
    taken += _fund_symbols(doc, lexicon)
    rejected = [
        RejectedCandidate(*_chars(doc, hit.first, hit.last), "+".join(hit.entries[0].groups),
                          hit.reason)
        for hit in hits
        if hit.entry is None
    ]  # fmt: skip
    return sorted(taken, key=lambda each: each.start), rejected


def _hits(words: list[str], lexicon: Lexicon) -> Iterator[_Hit]:
    i = 0
    while i < len(words):
        for pattern, entries in lexicon.patterns.get(words[i], ()):
            if tuple(words[i : i + len(pattern)]) == pattern:
                yield _Hit(i, i + len(pattern), entries)
                i += len(pattern)
                break
        else:
            i += 1


def _judge_alone(doc: Doc, words: list[str], hit: _Hit, lexicon: Lexicon) -> None:
    """Take what needs no context; drop what a trap forbids; else leave the entries that remain."""
    if _negated(words, hit.first, hit.last):
        hit.entries, hit.reason = hit.entries[:1], "named as what it is not"
        hit.method = "no"
        return
    if words[hit.last : hit.last + 1] and words[hit.last] in _INSTITUTIONS:
        hit.reason, hit.method = "part of a longer name", "no"
        return
    alone = next((entry for entry in hit.entries if entry.level == "alone"), None)
    if (alone is None or alone.kind == "group") and _one_company(doc, words, hit):
        hit.reason, hit.method = "one company or stock", "no"
        return
    if alone is not None:
        hit.entry, hit.method = alone, "name"
        return
    if doc[hit.last - 1].tag_[:2] not in {tag[:2] for tag in _WORD_TAGS}:
        hit.reason, hit.method = "not a noun here", "no"
        return
    head = _head(doc, words, hit.last)
    direct = head == hit.last
    kept = []
    for entry in hit.entries:
        trap = _trap(words, hit, entry, lexicon, direct=direct)
        if trap:
            hit.reason = trap
        else:
            kept.append(entry)
    if not kept:
        hit.method = "no"
        return
    after = words[hit.last : hit.last + 3]
    if after == ["select", "sector", "spdr"] or (
        after[:1] in (["money"], ["capital"]) and kept[0].level == "noun"
    ):
        head = hit.last
    ordered = sorted(kept, key=lambda entry: entry.level != ("adj" if head else "noun"))
    if head is not None:
        hit.entry, hit.method = ordered[0], "market noun"
    hit.entries = ordered


def _trap(
    words: list[str], hit: _Hit, entry: Entry, lexicon: Lexicon, *, direct: bool
) -> str | None:
    group = entry.groups[0]
    after = words[hit.last] if hit.last < len(words) else ""
    before = words[hit.first - 1] if hit.first else ""
    if before == "to" and hit.first > 1 and words[hit.first - 2] == "flight":
        return "flight to quality"
    if after in lexicon.not_before.get(group, ()):
        return f"before {after!r}"
    out_of = (
        before == "of" and hit.first > 1 and words[hit.first - 2] in {"out", "favor", "leadership"}
    )
    if not direct and not out_of and after != "-" and before in lexicon.not_after.get(group, ()):
        return f"after {before!r}"
    return None


_INSTITUTIONS = vocabulary(
    """
    authority administration committee commission agency department association corp corp. inc
    inc. ltd council ministry bureau institute board act secretary university
    """
)
_NOT = vocabulary("non ex anti lower low poor")


def _one_company(doc: Doc, words: list[str], hit: _Hit) -> bool:
    """`the chipmaker said`, `a software company`, `the social networking stock`."""
    final, following = words[hit.last - 1], words[hit.last : hit.last + 2]
    before = words[hit.first - 1] if hit.first else ""
    if following and following[0] in HEADS - {"stock"}:
        return False
    if following[:1] == ["stock"] or final == "stock":
        after = following[1:] if final != "stock" else following
        noun = bool(after) and (after[0] in HEADS | MOVES_NOUNS or after[0] in {"market", "sell"})
        return before in _ONE and not noun
    if following and following[0] in _AGENTS:
        return True
    return doc[hit.last - 1].tag_ in {"NN", "NNP"} and final.endswith(_AGENT_ENDINGS)


_ONE = vocabulary(
    """
    the a an this that its his their your one 's another any each
    """
)
_AGENTS = vocabulary(
    "company firm giant maker producer operator startup chain bank lender group's executive"
    " heavyweight titan behemoth player leader retailer unit business"
)
_AGENT_ENDINGS = (
    "maker", "builder", "producer", "company", "operator", "lender", "insurer", "retailer",
    "airline", "driller", "miner", "contractor", "carrier", "chain", "payer", "issuer", "explorer",
)  # fmt: skip


def _negated(words: list[str], first: int, last: int) -> bool:
    """non-tech, ex-energy, tech-free."""
    if words[last : last + 2] in (["-", "free"], ["-", "light"]):
        return True
    return first >= 2 and words[first - 1] == "-" and words[first - 2] in _NOT


def _head(doc: Doc, words: list[str], start: int) -> int | None:
    """Where the market noun stands that the words before it name: `oil, gas and mining stocks`."""
    for i in range(start, min(len(words), start + _HEAD_REACH)):
        word = words[i]
        if doc[i].tag_ == "NNP" and i + 1 < len(words) and doc[i + 1].tag_ == "NNP":
            return None  # "International Space Station"
        if word in (HEADS if i < start + _NEAR_HEAD else FAR_HEADS):
            return i if doc[i].tag_.startswith(("NN", "JJ", "VBG")) else None
        if i == start and word in MOVES_NOUNS:
            return i
        if word == "sell" and words[i + 1 : i + 3] == ["-", "off"] and i == start:
            return i
        if (
            word in _ACROSS
            or word in _HYPHENED
            or (word in _LIST_WORDS and word not in {"the", "other"})
        ):
            continue
        if not doc[i].tag_.startswith(("NN", "JJ", "VBG", "VBN", "HYPH")) or doc[i].is_sent_start:
            return None
    return None


def _judge_context(doc: Doc, words: list[str], hits: list[_Hit]) -> None:
    """Noun and adj words: by their verb, their preposition, their list, their sentence."""
    open_hits = [hit for hit in hits if hit.entry is None and hit.method != "no"]
    if not open_hits:
        return
    for hit in open_hits:
        follower = next((other for other in hits if other.first == hit.last), None)
        if follower is not None and follower.entry is not None:
            hit.entry, hit.method = hit.entries[0], "market noun"  # "European small caps"
            continue
        noun = next((entry for entry in hit.entries if entry.level == "noun"), None)
        if noun is None and _listed(doc, words, hit):
            hit.entry, hit.method = hit.entries[0], "list"
            continue
        if noun is None:
            hit.reason = "no market noun behind it"
            continue
        method = _context(doc, words, hit, hits, bare=noun.groups[0] in BARE)
        if method:
            hit.entry, hit.method = noun, method
    for order in (hits, hits[::-1]):
        _spread_lists(doc, words, order)


def _context(doc: Doc, words: list[str], hit: _Hit, hits: list[_Hit], *, bare: bool) -> str | None:
    """What in its sentence says that a word names a group; None where nothing does."""
    token = doc[hit.last - 1]
    sentence = token.sent
    span = words[sentence.start : sentence.end]
    rotating = any(word in ROTATE | ROTATION | STRONG_NOUNS for word in span)
    if _in_a_name(doc, hit) or (_describes(doc, words, hit) and not rotating):
        return None
    everyday = bare or token.lower_ in THINGS
    others = any(
        other is not hit and sentence.start <= other.first < sentence.end and other.method != "no"
        for other in hits
    )
    strong = any(word in STRONG_MARKET for word in span) or _money_moves(span)
    market = strong or any(word in MARKET_WORDS for word in span)
    if everyday:
        market = strong
        others = others and (strong or _plain_other(hit, hits, sentence))
    if (others or market) and any(map(is_move, span)) and _is_end(doc, words, hit):
        return "rotation prose"
    if hit.entries[0].groups == ("cash",):
        return None
    if _market_verb(token, words) and (not everyday or others):
        return "market verb"
    if everyday:
        return "market sentence" if _beside_sectors(words, hit, hits, sentence) else None
    if (strong or others) and _sector_place(words, hit, others=others):
        return "market sentence"
    if token.tag_ in {"NNS", "NNPS"} and _market_near(doc, words, sentence):
        return "market text"
    return None


def _beside_sectors(words: list[str], hit: _Hit, hits: list[_Hit], sentence: Span) -> bool:
    """`technology` alone, in a sentence that names another sector for sure."""
    before = words[hit.first - 1] if hit.first else ""
    if words[hit.first : hit.last] != ["technology"] or before in _ONE:
        return False
    return any(
        other.entry is not None
        and sentence.start <= other.first < sentence.end
        and other.entry.groups[0] not in BARE | {"information_technology"}
        for other in hits
    )


def _in_a_name(doc: Doc, hit: _Hit) -> bool:
    """Capitalised before a capitalised noun: part of a longer name."""
    following = doc[hit.last] if hit.last < len(doc) else None
    return (
        following is not None
        and following.tag_ in {"NNP", "NNPS"}
        and doc[hit.last - 1].tag_.startswith("NNP")
    )


def _describes(doc: Doc, words: list[str], hit: _Hit) -> bool:
    """`tech workers`, `energy bills`: the word only describes another noun."""
    if hit.last >= len(words) or doc[hit.last].is_sent_start:
        return False
    following = words[hit.last]
    plain = following not in HEADS | MOVES_NOUNS and not is_cue(following)
    return plain and doc[hit.last].tag_ in {"NN", "NNS"} and following not in MARKET_VERBS


def _money_moves(span: list[str]) -> bool:
    """Money, and close behind it a verb of moving."""
    return any(
        word in CARRIERS | {"dollars"}
        and any(after in ROTATE | MOVE | LEAVE | LEAVE_WEAK for after in span[i + 1 : i + 6])
        for i, word in enumerate(span)
    )


def _listed(doc: Doc, words: list[str], hit: _Hit) -> bool:
    """`areas like trucking, rails and machinery`."""
    i = hit.first - 1
    while i > 0 and hit.first - i < _END_REACH:
        if words[i] == "like" or (words[i] == "as" and words[i - 1] == "such"):
            before = i - 1 if words[i] == "like" else i - 2
            return before >= 0 and words[before] in FAR_HEADS
        if not (words[i] in _LIST_WORDS or doc[i].tag_.startswith(_END_TAGS)):
            return False
        i -= 1
    return False


def _plain_other(hit: _Hit, hits: list[_Hit], sentence: Span) -> bool:
    """A group beside it that everyday prose does not name."""
    return any(
        other is not hit
        and sentence.start <= other.first < sentence.end
        and other.method != "no"
        and other.entries[0].groups[0] not in BARE
        for other in hits
    )


def _market_near(doc: Doc, words: list[str], sentence: Span) -> bool:
    """A market word within about two sentences."""
    near = words[max(0, sentence.start - _NEAR) : sentence.end + _NEAR]
    return any(word in MARKET_WORDS for word in near)


_NEAR = 30
"""Tokens before and behind a sentence that count as near it."""


def _is_end(doc: Doc, words: list[str], hit: _Hit) -> bool:
    """Stands where a flow's end does: behind a preposition, in its list, or beside a cue."""
    i = hit.first - 1
    while i >= 0 and hit.first - i < _END_REACH:
        word = words[i]
        if word in FLOW_PREPOSITIONS or is_cue(word):
            return True
        if not (word in _LIST_WORDS or doc[i].tag_.startswith(_END_TAGS)):
            break
        if word == "," and hit.entries[0].groups == ("cash",):
            break
        i -= 1
    if hit.entries[0].groups == ("cash",):
        return False  # "cash poured into banks" moves, it is not left
    after = words[hit.last : hit.last + 2]
    return bool(after) and (is_cue(after[0]) or after[0] in {"to", "-"} or after == ["for", "the"])


_END_REACH = 9
_END_TAGS = ("JJ", "NN", "DT", "RB", "VBN", "HYPH", "PRP$", "CD", "POS", "VBG")


def _market_verb(token: Token, words: list[str]) -> bool:
    head = token.head
    if token.dep_ in {"nsubj", "nsubjpass"} and head.lower_ in MARKET_VERBS:
        return head.tag_.startswith("V")
    if token.dep_ == "dobj" and head.lower_ in MARKET_VERBS - _LEADING:
        return True
    after = words[token.i + 1 : token.i + 3]
    if token.i and words[token.i - 1] in UP:
        return True  # "value outpacing growth"
    return token.tag_.startswith("NN") and any(word in MARKET_VERBS for word in after)


_LEADING = vocabulary("lead leads led leading lose loses lost losing power powered")


def _sector_place(words: list[str], hit: _Hit, *, others: bool) -> bool:
    before = words[hit.first - 1] if hit.first else ""
    if before in {"in", "like", "as", "of", "for", "on", "with", "including", "from", "than"}:
        return True
    return others


def _spread_lists(doc: Doc, words: list[str], hits: list[_Hit]) -> None:
    """A word in a list with a group is a group too: `small caps, energy and value`."""
    for one, other in pairwise(hits):
        if one.entry is None or other.entry is not None or other.method == "no":
            continue
        left, right = (one, other) if one.first < other.first else (other, one)
        gap = range(left.last, right.first)
        joined = [words[i] for i in gap]
        if len(gap) <= 6 and _is_list_gap(doc, joined, gap):
            other.entry, other.method = other.entries[0], "list"


def _is_list_gap(doc: Doc, joined: list[str], gap: range) -> bool:
    if not any(word in {",", "and", "or", "&", "/"} for word in joined):
        return False
    return all(
        word in _LIST_WORDS or word in HEADS or doc[i].tag_.startswith(_LIST_TAGS)
        for word, i in zip(joined, gap, strict=True)
    )


def _candidate(doc: Doc, words: list[str], hit: _Hit) -> Candidate:
    entry = hit.entry
    assert entry is not None
    last = hit.last
    kind = entry.kind
    if words[last : last + 3] == ["select", "sector", "spdr"]:
        last, kind = last + 3, "etf"
    elif words[last : last + 1] and words[last] in _EXTEND and kind == "group":
        kind = "etf" if words[last] in {"etf", "etfs"} else kind
        last += 1
    method = "custom word" if entry.custom else hit.method
    start, end = _chars(doc, hit.first, last)
    return Candidate(start, end, kind, method, CONFIDENCE.get(hit.method, 0.9), entry.groups)


def _fund_symbols(doc: Doc, lexicon: Lexicon) -> Iterator[Candidate]:
    for token in doc:
        fund = lexicon.funds.get(token.text)
        if fund is None:
            continue
        before = doc[token.i - 1].text if token.i else ""
        after = doc[token.i + 1].lower_ if token.i + 1 < len(doc) else ""
        marked = before in {"$", ":"} or (before == "(" and after in {")", ","})
        if fund.certain or marked or after in _FUND_MARKS:
            end = token.idx + len(token.text)
            yield Candidate(
                token.idx, end, "etf", "symbol", CONFIDENCE["symbol"], fund.groups, token.text
            )


def _chars(doc: Doc, first: int, last: int) -> tuple[int, int]:
    final = doc[last - 1]
    return doc[first].idx, final.idx + len(final.text)
