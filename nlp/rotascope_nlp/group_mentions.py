"""Sectors, styles, indexes and ETFs named in a text.

A word table (data/groups.toml) proposes; context decides.  Words that name a group wherever they
stand are taken at once.  The others ("tech", "value", "banks") need one of: a market noun behind
them, a market verb about them, a list with a group already taken, or rotation prose.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rotascope_nlp.candidates import Candidate, RejectedCandidate
from rotascope_nlp.doc_view import forms_of, words_of
from rotascope_nlp.group_context import BARE, ONE, ends_a_name, judge_context
from rotascope_nlp.group_lexicon import Entry, Lexicon, load_lexicon
from rotascope_nlp.group_lists import LIST_WORDS, Hit, describes
from rotascope_nlp.group_sizes import sizes
from rotascope_nlp.market_words import (
    COUNTRIES,
    FAR_HEADS,
    HEADS,
    MOVES_NOUNS,
    SHARES,
    STYLE_MOVES,
    vocabulary,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Lexicon", "find_groups", "load_lexicon"]

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
_WORD_TAGS = ("NN", "JJ", "VB", "FW", "AD", "CD")
_NO_VERBS = frozenset({"it", "tech", "software", "biotech", "healthcare"})
"""Nouns whatever the tagger takes them for."""
_PAIRING = vocabulary(", and or &")
_ACROSS = vocabulary("over to into than")
"""`from cyclical to defensive stocks`: the market noun stands behind the second."""
_HYPHENED = vocabulary(
    """
    dominated related linked sensitive oriented heavy focused based exposed
    """
)
_COMPOUNDS = HEADS | _HYPHENED | vocabulary("services service cap style growth value sector")
_HEAD_REACH = 24
_NEAR_HEAD = 3
_EXTEND = vocabulary(
    """
    stock stocks share shares equity equities name names sector sectors companies firms
    funds etf etfs giants plays fund
    """
)
_FUND_MARKS = vocabulary("etf etfs fund funds")


def find_groups(doc: Doc, lexicon: Lexicon) -> tuple[list[Candidate], list[RejectedCandidate]]:
    """Mentions of groups, indexes and ETFs, and what was turned down."""
    words = words_of(doc)
    found = [hit for hit in _hits(words, lexicon) if not _pronoun(doc, hit)]
    covered = {i for hit in found for i in range(hit.first, hit.last)}
    bare = sizes(doc, words, covered)
    hits = sorted([*found, *bare], key=lambda hit: hit.first)
    for hit in hits:
        _judge_alone(doc, words, hit, lexicon, covered)
    judge_context(doc, words, hits)
    taken = [_candidate(doc, words, hit) for hit in hits if hit.entry is not None]
    taken += _fund_symbols(doc, lexicon)
    rejected = [
        RejectedCandidate(*_chars(doc, hit.first, hit.last), "+".join(hit.entries[0].groups),
                          hit.reason)
        for hit in hits
        if hit.entry is None
    ]  # fmt: skip
    return sorted(taken, key=lambda each: each.start), rejected


def _pronoun(doc: Doc, hit: Hit) -> bool:
    """`it`, where it is not written as the short form of information technology."""
    first = doc[hit.first]
    if first.lower_ not in {"it", "its"}:
        return False
    beside = [doc[i].text for i in (hit.first - 1, hit.last) if 0 <= i < len(doc)]
    shouted = any(len(word) > _SHOUT and word.isupper() and word.isalpha() for word in beside)
    return first.text != "IT" or shouted


_SHOUT = 3
"""A longer word in capitals beside `IT` is no short form: the sentence is shouted."""


def _hits(words: list[str], lexicon: Lexicon) -> Iterator[Hit]:
    i = 0
    while i < len(words):
        for pattern, entries in lexicon.patterns.get(words[i], ()):
            if tuple(words[i : i + len(pattern)]) == pattern:
                yield Hit(i, i + len(pattern), entries, pattern[-1])
                i += len(pattern)
                break
        else:
            i += 1


def _judge_alone(doc: Doc, words: list[str], hit: Hit, lexicon: Lexicon, covered: set[int]) -> None:
    """Take what needs no context; drop what a trap forbids; else leave the entries that remain."""
    if _negated(words, hit.first, hit.last):
        hit.entries, hit.reason = hit.entries[:1], "named as what it is not"
        hit.method = "no"
        return
    reason = _not_meant(doc, words, hit)
    if reason:
        hit.reason, hit.method = reason, "no"
        return
    alone = next((entry for entry in hit.entries if entry.level == "alone"), None)
    if (alone is None or alone.kind == "group") and _one_company(doc, words, hit):
        hit.reason, hit.method = "one company or stock", "no"
        return
    if alone is not None:
        hit.entry, hit.method = alone, "name"
        return
    noun = doc[hit.last - 1].tag_.startswith(_WORD_TAGS) or words[hit.last - 1] in _NO_VERBS
    if not noun:
        hit.reason, hit.method = "not a noun here", "no"
        return
    head = _market_noun(doc, words, hit, lexicon, covered)
    direct = _is_direct(words, hit, head)
    if head is None and _only_shares(words, hit, lexicon):
        hit.reason, hit.method = "no word for shares behind it", "no"
        return
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


def _not_meant(doc: Doc, words: list[str], hit: Hit) -> str | None:
    """Part of a company's name, of an index of all stocks, or a word of another trade."""
    if words[hit.last : hit.last + 1] and words[hit.last] in _INSTITUTIONS:
        return "part of a longer name"
    before = words[hit.first - 1] if hit.first else ""
    if before in {"dow", "jones"} and words[hit.first].startswith("industrial"):
        return "the Dow"
    if not _DIGGING.isdisjoint(words[hit.first : hit.last]):
        near = words[max(0, hit.first - _TRADE_REACH) : hit.last + _TRADE_REACH]
        if not _COINS.isdisjoint(near) and _METALS.isdisjoint(near):
            return "miners of coins"
    if hit.entries[0].kind == "group" and ends_a_name(doc, hit):
        return "part of a name"
    following = words[hit.last] if hit.last < len(words) else ""
    if (
        following not in _TRADERS
        and words[hit.last - 1] in _BRANCHES
        and describes(doc, words, hit)
    ):
        return f"only describes {following!r}"
    return None


_DIGGING = vocabulary("miners miner mining")
_COINS = vocabulary(
    "bitcoin btc crypto cryptocurrency cryptocurrencies hashrate blockchain ethereum eth asic asics"
)
_METALS = vocabulary("gold silver copper iron ore metal metals coal lithium uranium steel energy")
_TRADE_REACH = 60
_BRANCHES = vocabulary("telecommunications pharma biotech biotechnology")
_TRADERS = vocabulary("investors investor traders bulls bears sales")


_OF_A_FIRM = vocabulary("exposure exposures losses gains winners weakness strength")
"""`China exposure`: what one company has in a country."""


def _trap(
    words: list[str], hit: Hit, entry: Entry, lexicon: Lexicon, *, direct: bool
) -> str | None:
    group = entry.groups[0]
    following = after = words[hit.last] if hit.last < len(words) else ""
    before = words[hit.first - 1] if hit.first else ""
    if before == "to" and hit.first > 1 and words[hit.first - 2] == "flight":
        return "flight to quality"
    if after == "-" and hit.last + 1 < len(words):
        after = words[hit.last + 1]  # "energy-efficient"
    for word in (following, after):
        if word in lexicon.not_before.get(group, ()):
            return f"before {word!r}"
    out_of = (
        before == "of"
        and hit.first > 1
        and words[hit.first - 2] in {"out", "favor", "leadership", "expense"}
    )
    settled = direct or out_of or following == "-"
    if not settled and before in lexicon.not_after.get(group, ()):
        return f"after {before!r}"
    return None


_INSTITUTIONS = vocabulary(
    """
    authority administration committee commission agency department association corp corp. inc
    inc. ltd council ministry bureau institute board act secretary university
    """
)
_NOT = vocabulary("non ex anti lower low poor")


def _one_company(doc: Doc, words: list[str], hit: Hit) -> bool:
    """`the chipmaker said`, `a software company`, `the social networking stock`."""
    final, following = words[hit.last - 1], words[hit.last : hit.last + 2]
    before = words[hit.first - 1] if hit.first else ""
    if following and following[0] in HEADS - {"stock", "play"}:
        return False
    if final == "play" or following[:1] == ["play"]:
        return _singled_out(doc, words, hit.first)
    if following[:1] == ["stock"] or final == "stock":
        after = following[1:] if final != "stock" else following
        noun = bool(after) and (after[0] in HEADS | MOVES_NOUNS or after[0] in {"market", "sell"})
        return not noun and (before in ONE or _singled_out(doc, words, hit.first))
    if following and following[0] in _AGENTS:
        return True
    return doc[hit.last - 1].tag_ in {"NN", "NNP"} and final.endswith(_AGENT_ENDINGS)


def _singled_out(doc: Doc, words: list[str], first: int) -> bool:
    """`an oil play`, `the best tech stock`: a determiner of one before the describing words."""
    for i in range(first - 1, max(-1, first - _ONE_REACH), -1):
        if words[i] in ONE:
            return True
        if not doc[i].tag_.startswith(("JJ", "RB", "NN", "HYPH", "VBN", "VBG")):
            return False
    return False


_ONE_REACH = 6
_AGENTS = vocabulary(
    "company firm giant maker producer operator startup chain bank lender group's executive"
    " heavyweight titan behemoth player leader retailer unit business"
)
_AGENT_ENDINGS = (
    "giant", "maker", "builder", "producer", "company", "operator", "lender", "insurer", "retailer",
    "airline", "driller", "miner", "contractor", "carrier", "chain", "payer", "issuer", "explorer",
)  # fmt: skip


def _negated(words: list[str], first: int, last: int) -> bool:
    """non-tech, ex-energy, tech-free."""
    if words[last : last + 2] in (["-", "free"], ["-", "light"]):
        return True
    return first >= 2 and words[first - 1] == "-" and words[first - 2] in _NOT


_DOUBLE = frozenset({'"', "''", "``"})
_QUOTES = _DOUBLE | {"'"}


def _head(
    doc: Doc, words: list[str], start: int, moves: frozenset[str], covered: set[int]
) -> int | None:
    """Where the market noun stands that the words before it name: `oil, gas and mining stocks`."""
    for i in range(start, min(len(words), start + _HEAD_REACH)):
        word = words[i]
        if doc[i].tag_ == "NNP" and i + 1 < len(words) and doc[i + 1].tag_ == "NNP":
            return None  # "International Space Station"
        following = doc[i + 1].tag_ if i + 1 < len(words) else ""
        if word == "space" and following.startswith("NN"):
            return None  # "the European space agency"
        if word == "play" and words[i - 1] == "-":
            return None  # "auto-play"
        if i > start and word in HEADS and words[i - 1] in _PAIRING:
            return None  # "consumer and industry", "gold and stocks"
        if word in (HEADS if i < start + _NEAR_HEAD else FAR_HEADS):
            return i if doc[i].tag_.startswith(("NN", "JJ", "VBG")) else None
        if word in (_QUOTES if i == start else _DOUBLE):
            continue  # the "value" trade, "value" and "growth" stocks
        if i <= start + (words[start] in _QUOTES) and word in moves:
            return i
        if word == "sell" and words[i + 1 : i + 3] == ["-", "off"] and i == start:
            return i
        if (
            i == start
            and word == "-"
            and following.startswith("NN")
            and words[i + 1] not in _COMPOUNDS
        ):
            return None  # "tech-policy groups"
        if (
            word in _ACROSS
            or i in covered  # "from cyclical to cloud stocks", whatever the tagger says of them
            or word in _HYPHENED
            or (word in LIST_WORDS and word not in {"the", "other"})
        ):
            continue
        if not doc[i].tag_.startswith(("NN", "JJ", "VBG", "VBN", "HYPH")) or doc[i].is_sent_start:
            return None
    return None


def _market_noun(
    doc: Doc, words: list[str], hit: Hit, lexicon: Lexicon, covered: set[int]
) -> int | None:
    """Where the noun stands that makes a group of the word, if there is one."""
    bare = hit.entries[0].groups[0] in BARE
    head = _head(doc, words, hit.last, STYLE_MOVES if bare else MOVES_NOUNS, covered)
    if head is None or (words[hit.last - 1] in COUNTRIES and words[head] in _OF_A_FIRM):
        return None
    return None if _only_shares(words, hit, lexicon) and words[head] not in SHARES else head


def _only_shares(words: list[str], hit: Hit, lexicon: Lexicon) -> bool:
    return words[hit.first] in lexicon.only_shares and hit.last == hit.first + 1


def _is_direct(words: list[str], hit: Hit, head: int | None) -> bool:
    """Whether the noun settles the word, whatever stands before it."""
    if head is None or head == hit.last:
        return head is not None
    if hit.entries[0].groups[0] in BARE:
        return "-" in words[hit.first : hit.last]  # "the higher-growth, riskier areas"
    return _shared(words, hit, head)


def _shared(words: list[str], hit: Hit, head: int) -> bool:
    """`the internet and chip stocks`: a plural behind a list, and no `to` between."""
    gap = words[hit.last : head]
    return words[head] in FAR_HEADS and not _PAIRING.isdisjoint(gap) and _ACROSS.isdisjoint(gap)


def _candidate(doc: Doc, words: list[str], hit: Hit) -> Candidate:
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
    for i, form in enumerate(forms_of(doc)):
        fund = lexicon.funds.get(form)
        if fund is None:
            continue
        token = doc[i]
        before = doc[token.i - 1].text if token.i else ""
        after = doc[token.i + 1].lower_ if token.i + 1 < len(doc) else ""
        marked = before in {"$", ":"} or (before == "(" and after in {")", ","})
        named = i + 1 < len(doc) and doc[i + 1].text.istitle() and doc[i + 1].tag_ == "NNP"
        if named and not marked and after not in lexicon.patterns and after not in _FUND_MARKS:
            continue  # "RSP Permian"
        if fund.certain or marked or after in _FUND_MARKS:
            end = token.idx + len(token.text)
            yield Candidate(
                token.idx, end, "etf", "symbol", CONFIDENCE["symbol"], fund.groups, token.text
            )


def _chars(doc: Doc, first: int, last: int) -> tuple[int, int]:
    final = doc[last - 1]
    return doc[first].idx, final.idx + len(final.text)
