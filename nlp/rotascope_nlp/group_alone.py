"""What a word says by itself: a name, a trap, or a word that needs its context."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rotascope_nlp.group_dealings import dealt
from rotascope_nlp.group_heads import is_direct, market_noun, only_shares
from rotascope_nlp.group_lexicon import Entry, Lexicon
from rotascope_nlp.group_lists import Hit, describes
from rotascope_nlp.group_senses import ends_a_name, of_a_country, worth
from rotascope_nlp.group_told import dealt_in
from rotascope_nlp.market_words import (
    COUNTRIES,
    FUNDS,
    HEADS,
    MOVES_NOUNS,
    ONE,
    SHARES,
    vocabulary,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORD_TAGS = ("NN", "JJ", "VB", "FW", "AD", "CD")
_NO_VERBS = frozenset({"it", "tech", "software", "biotech", "healthcare", "retail", "telecom"})
"""Nouns whatever the tagger takes them for."""


def judge_alone(doc: Doc, words: list[str], hit: Hit, lexicon: Lexicon, covered: set[int]) -> None:
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
    if worth(words, hit):
        hit.reason, hit.method = "what something is worth", "no"
        return
    head = market_noun(doc, words, hit, lexicon, covered)
    direct = is_direct(words, hit, head) or dealt_in(doc, words, hit) or dealt(doc, words, hit)
    if head is None and only_shares(words, hit, lexicon):
        hit.entries = [entry for entry in hit.entries if entry.level == "end"] or hit.entries
        if hit.entries[0].level != "end":
            hit.reason, hit.method = "no word for shares behind it", "no"
            return
    kept = _untrapped(words, hit, lexicon, direct=direct)
    if not kept:
        hit.method = "no"
        return
    after = words[hit.last : hit.last + 3]
    if after == ["select", "sector", "spdr"] or (
        after[:1] in (["money"], ["capital"])
        and kept[0].level == "noun"
        and words[hit.last - 1] not in COUNTRIES
    ):
        head = hit.last
    metal = head is not None and words[head] not in _COMPANIES and _GOLD in [e.groups for e in kept]
    level = "adj" if head and not metal else "noun"  # gold funds hold the metal, not its miners
    ordered = sorted(kept, key=lambda entry: entry.level != level)
    if head is not None and ordered[0].level != "end":
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
    if hit.entries[0].kind == "group" and (ends_a_name(doc, hit) or of_a_country(doc, hit)):
        return "part of a name"
    following = words[hit.last] if hit.last < len(words) else ""
    if words[hit.last - 1] == "exchanges" and not _COINS.isdisjoint(words):
        return "where coins are traded"
    if following in FUNDS and words[hit.last - 1] in _FROM_ABROAD and not _entered(words, hit):
        return "funds from abroad, which buy and sell"
    if (
        following not in _TRADERS
        and words[hit.last - 1] in _BRANCHES
        and describes(doc, words, hit)
    ):
        return f"only describes {following!r}"
    return None


_COMPANIES = SHARES - FUNDS | vocabulary(
    "companies firms producers operators industry industries group groups giants majors space"
    " complex bellwethers issues heavyweights subsector areas area winners losers laggards"
)
"""Of gold *stocks* and gold *producers* the miners are meant, of gold *funds* the metal."""
_GOLD = ("gold",)
_FROM_ABROAD = vocabulary("foreign overseas")


def _entered(words: list[str], hit: Hit) -> bool:
    """`money into foreign funds`, which are bought and do not buy."""
    pair = words[max(0, hit.first - 2) : hit.first]
    return pair[-1:] in (["into"], ["to"], ["in"]) or pair == ["out", "of"]


_DIGGING = vocabulary("miners miner mining")
_COINS = vocabulary(
    "bitcoin btc crypto cryptocurrency cryptocurrencies hashrate blockchain ethereum eth asic asics"
)
_METALS = vocabulary("gold silver copper iron ore metal metals coal lithium uranium steel energy")
_TRADE_REACH = 60
_BRANCHES = vocabulary("telecommunications pharma biotech biotechnology")
_TRADERS = vocabulary("investors investor traders bulls bears sales")


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
    if group == "crypto" and not direct and before[:1].isdigit():
        return "an amount"  # "45.6 ETH"
    settled = direct or out_of or following == "-"
    if not settled and before in lexicon.not_after.get(group, ()):
        return f"after {before!r}"
    return None


def _untrapped(words: list[str], hit: Hit, lexicon: Lexicon, *, direct: bool) -> list[Entry]:
    kept = []
    for entry in hit.entries:
        trap = _trap(words, hit, entry, lexicon, direct=direct)
        if trap:
            hit.reason = trap
        else:
            kept.append(entry)
    return kept


_INSTITUTIONS = vocabulary(
    """
    authority administration committee commission agency department association corp corp. inc
    inc. ltd council ministry bureau institute board act secretary university
    """
)
_NOT = vocabulary("non ex anti lower low poor counter")


def _one_company(doc: Doc, words: list[str], hit: Hit) -> bool:
    """`the chipmaker said`, `a software company`, `the social networking stock`."""
    if not _EVERY.isdisjoint(words[max(0, hit.first - 3) : hit.first]):
        return False  # "almost every large biotech company"
    final, following = words[hit.last - 1], words[hit.last : hit.last + 2]
    before = words[hit.first - 1] if hit.first else ""
    if final in SHARES - {"stock"} or (following and following[0] in HEADS - {"stock", "play"}):
        return False  # "Asian shares firm"
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
_EVERY = vocabulary("every all")
_AGENTS = vocabulary(
    "company firm giant maker producer operator startup chain bank lender group's executive"
    " heavyweight titan behemoth player leader retailer unit business"
)
_AGENT_ENDINGS = (
    "giant", "maker", "builder", "producer", "company", "operator", "lender", "insurer", "retailer",
    "airline", "driller", "miner", "contractor", "carrier", "chain", "payer", "issuer", "explorer",
    "brewer", "distiller", "supplier", "processor", "provider", "manufacturer", "broadcaster",
    "publisher", "designer", "conglomerate", "jeweler", "jeweller", "studio", "landlord", "owner",
    "packer", "generator", "distributor", "confectioner", "developer",
)  # fmt: skip


_WITHOUT = vocabulary("excluding minus sans ex")


def _negated(words: list[str], first: int, last: int) -> bool:
    """non-tech, ex-energy, tech-free."""
    if words[last : last + 2] in (["-", "free"], ["-", "light"]):
        return True
    behind = first - 1 - (words[first - 1] == "the")
    if behind >= 0 and words[behind] in _WITHOUT:
        return True  # "the S&P 500 excluding the megacaps"
    return first >= 2 and words[first - 1] == "-" and words[first - 2] in _NOT
