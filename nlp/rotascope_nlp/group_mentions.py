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
from rotascope_nlp.group_alone import judge_alone
from rotascope_nlp.group_context import judge_context
from rotascope_nlp.group_lexicon import FundSymbol, Lexicon, Patterns, load_lexicon
from rotascope_nlp.group_lists import Hit
from rotascope_nlp.group_places import names_no_market
from rotascope_nlp.group_sizes import sizes
from rotascope_nlp.group_traits import traits
from rotascope_nlp.market_words import vocabulary

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
    found = [h for h in _hits(words, lexicon) if not (_pronoun(doc, h) or _one_bank(doc, h))]
    covered = {i for hit in found for i in range(hit.first, hit.last)}
    bare = [*sizes(doc, words, covered), *traits(doc, words, covered)]
    hits = sorted([*found, *bare], key=lambda hit: hit.first)
    for hit in hits:
        judge_alone(doc, words, hit, lexicon, covered)
    judge_context(doc, words, hits)
    for hit in hits:
        if names_no_market(words, hit):
            hit.entry, hit.reason = None, "no market of its own"
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
    """`it`, `em` or `tips` where they are not written as the short forms that name a group."""
    first = doc[hit.first]
    if first.lower_ in _SHORT_FORMS and hit.last == hit.first + 1:
        return first.text != _SHORT_FORMS[first.lower_]
    if first.lower_ not in {"it", "its"}:
        return False
    beside = [doc[i].text for i in (hit.first - 1, hit.last) if 0 <= i < len(doc)]
    shouted = any(len(word) > _SHOUT and word.isupper() and word.isalpha() for word in beside)
    return first.text != "IT" or shouted


def _one_bank(doc: Doc, hit: Hit) -> bool:
    """`the bank's flow team reckons`: one bank, as a rule the one that says so."""
    following = doc[hit.last] if hit.last < len(doc) else None
    return doc[hit.first].lower_ == "bank" and following is not None and following.tag_ == "POS"


_SHORT_FORMS = {"em": "EM", "tips": "TIPS", "clos": "CLOs"}
_SHOUT = 3
"""A longer word in capitals beside `IT` is no short form: the sentence is shouted."""


def _hits(words: list[str], lexicon: Lexicon) -> Iterator[Hit]:
    """Words of the user's groups, and beside them those of the shipped table."""
    own = list(_matches(words, lexicon.own, set()))
    yield from own
    taken = {i for hit in own for i in range(hit.first, hit.last)}
    yield from _matches(words, lexicon.patterns, taken)


def _matches(words: list[str], patterns: Patterns, taken: set[int]) -> Iterator[Hit]:
    i = 0
    while i < len(words):
        for pattern, entries in patterns.get(words[i], ()):
            last = i + len(pattern)
            if tuple(words[i:last]) == pattern and taken.isdisjoint(range(i, last)):
                yield Hit(i, last, entries, pattern[-1])
                i = last
                break
        else:
            i += 1


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
        named = i + 1 < len(doc) and doc[i + 1].text.istitle() and doc[i + 1].tag_.startswith("NNP")
        if named and not marked and after not in _FUND_MARKS and not _of_fund(lexicon, after, fund):
            continue  # "RSP Permian", "SIL Chemicals"
        if fund.certain or marked or after in _FUND_MARKS:
            end = token.idx + len(token.text)
            yield Candidate(
                token.idx, end, "etf", "symbol", CONFIDENCE["symbol"], fund.groups, token.text
            )


def _of_fund(lexicon: Lexicon, word: str, fund: FundSymbol) -> bool:
    """`XLE Energy`: the word behind a symbol is one for what the fund holds."""
    return any(
        fund.groups[0] in entry.groups
        for _, entries in lexicon.patterns.get(word, ())
        for entry in entries
    )


def _chars(doc: Doc, first: int, last: int) -> tuple[int, int]:
    final = doc[last - 1]
    return doc[first].idx, final.idx + len(final.text)
