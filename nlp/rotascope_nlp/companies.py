"""Companies named in a text: tickers, names, short forms, and what was turned down and why.

First what needs no context (tickers written as such, strong names), then the doubtful names in
the light of those, then bare tickers and later short forms of what is known to be there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from rotascope_nlp import companies_block as blocks
from rotascope_nlp import companies_exact as exact
from rotascope_nlp import companies_points as points
from rotascope_nlp.candidates import Candidate, RejectedCandidate
from rotascope_nlp.companies_context import Named, Sense, Support, next_word, previous_word
from rotascope_nlp.companies_exact import Doubt, Exact
from rotascope_nlp.companies_fit import unfit
from rotascope_nlp.companies_later import later_mentions
from rotascope_nlp.companies_words import CHANGE, FINANCIAL_VERBS, HOUSES, NEXT_TO_ANY, TICKER_NOUNS
from rotascope_nlp.doc_view import sentences_of, starts_of, text_of
from rotascope_nlp.gazetteer import Company, Gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Doc

CONFIDENCE = {"S": 0.97, "C": 0.9, "W": 0.8, "N": 0.8}
_TRAIL = re.compile(r"(?:[\s,]|\([^()]*\)|<[^<>]*>)+$")
"""Space and other brackets between a name and its ticker."""
_OPENERS = ":;-–—|•*\"'([>"


def find_companies(
    doc: Doc, gazetteer: Gazetteer
) -> tuple[list[Candidate], list[RejectedCandidate]]:
    """Mentions of companies, in order of place, and what was turned down."""
    return _Reading(doc, gazetteer).run()


class _Reading:
    """One article on its way through the steps."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer) -> None:
        self._doc = doc
        self._gazetteer = gazetteer
        self._text = text_of(doc)
        self._cased = doc.user_data.get("cased", self._text)
        self._lowered = _lower(self._text)
        self._senses = _senses(doc)
        self._starts = [sense.start for sense in self._senses]
        self._tokens = starts_of(doc)
        self._found: list[Candidate] = []
        self._rejected: list[RejectedCandidate] = []
        self._sources: list[tuple[int, int]] = []

    def run(self) -> tuple[list[Candidate], list[RejectedCandidate]]:
        written = list(exact.find_exact(self._cased, self._gazetteer))
        named = self._names({item.company.symbol for item in written if isinstance(item, Exact)})
        tickers = self._tickers(written, named)
        support = self._support(named, tickers)
        self._judge(named, support)
        self._keep_names(named, tickers)
        self._keep_tickers(tickers, named)
        self._bare(tickers)
        self._found += later_mentions(self._doc, self._text, self._found, self._gazetteer)
        self._found.sort(key=lambda each: each.start)
        return self._found, self._rejected

    def _names(self, symbols: set[str]) -> list[Named]:
        """Longest first among names that overlap, wrongly written ones left out.

        `symbols`: those that stand as tickers; without one, or a suffix, or a sure name
        elsewhere, the names that never stand alone need no look.
        """
        hits = sorted(self._gazetteer.find_names(self._lowered), key=lambda hit: (hit[0], -hit[1]))
        backed = symbols | {
            surface.symbol
            for _, end, surface in hits
            if surface.strength == "S" or points.suffix_end(self._text, end) > end
        }
        named: list[Named] = []
        reach = -1
        for start, end, surface in hits:
            if end <= reach or (surface.strength == "N" and surface.symbol not in backed):
                continue
            sense = self._sense(start)
            found = self._text[start:end]
            company = self._gazetteer.companies.get(surface.symbol)
            if company is None or not blocks.written_well(found, surface, sense):
                continue
            reach = end
            front = max(bisect_right(self._tokens, start) - 1, 0)
            behind = bisect_right(self._tokens, end - 1)
            suffix_end = points.suffix_end(self._text, end)
            suffix = self._text[end:suffix_end]
            name = Named(
                start,
                end,
                surface,
                company,
                sense,
                self._doc[front].tag_,
                self._doc[front - 1].tag_ if front else "",
                self._doc[behind].tag_ if behind < len(self._doc) else "",
                suffix_end,
                bool(suffix) and points.bears_suffix(suffix, surface, company),
                _opens(self._text, start, sense),
            )
            name.blocked = blocks.block(name, found, self._text, self._gazetteer.first_names)
            named.append(name)
        return named

    def _tickers(self, written: list[Exact | Doubt], named: list[Named]) -> list[Exact]:
        ends = {name.suffix_end: name for name in named} | {name.end: name for name in named}
        kept: dict[int, Exact] = {}
        for item in written:
            if isinstance(item, Doubt):
                self._reject(item.start, item.end, item.written, item.reason)
            elif item.start in kept and kept[item.start].sure:
                continue
            else:
                kept[item.start] = item
        tickers = []
        for item in sorted(kept.values(), key=lambda item: item.start):
            problem = self._misfit(item, ends)
            if problem:
                self._reject(item.start, item.end, item.company.symbol, problem)
            else:
                tickers.append(item)
        return tickers

    def _misfit(self, item: Exact, ends: dict[int, Named]) -> str:
        """Why a ticker does not belong to the name in front of it; "" if it may."""
        if item.method not in ("bracket", "exchange", "RIC"):
            return ""
        at = max(0, item.opening - 160)
        front = _TRAIL.sub("", self._text[at : item.opening])
        bare = front.removesuffix("'s")
        places = (at + len(front), at + len(bare), at + len(front.rstrip(".")))
        name = next((ends[place] for place in places if place in ends), None)
        if name is not None:
            same = name.company.symbol == item.company.symbol
            if same or name.company.name == item.company.name:
                return ""
            former = self._gazetteer.former.get(item.written.replace("-", "."))
            return f"stands behind {name.surface.text!r}" if former is None else "a former symbol"
        return unfit(item, front, self._gazetteer)

    def _support(self, named: list[Named], tickers: list[Exact]) -> Support:
        beside = set()
        openings = {item.opening: item.company for item in tickers}
        for name in named:
            for end in (name.suffix_end, name.end):
                rest = re.match(r"(?:'s)?[\s,]*", self._text[end : end + 8])
                company = openings.get(end + (rest.end() if rest else 0))
                if company and company.name == name.company.name:
                    beside.add(name.start)
        strong = {
            name.company.symbol
            for name in named
            if not name.blocked
            and (name.surface.strength == "S" or name.legal)
            and name.surface.kind != "brand"
        }
        return Support(
            frozenset(item.company.symbol for item in tickers), frozenset(strong), frozenset(beside)
        )

    def _judge(self, named: list[Named], support: Support) -> None:
        for name in named:
            points.score(name, support)
            if name.start in support.beside:
                name.blocked = ""
        blocks.block_namesakes(named, support)
        for _ in range(3):
            for name in named:
                if not name.blocked and name.points >= points.needed(name):
                    name.taken = True
            if not points.coordinate(named, self._text):
                break

    def _keep_names(self, named: list[Named], tickers: list[Exact]) -> None:
        written = {item.start for item in tickers}
        for name in named:
            symbol = name.company.symbol
            if name.start in written:
                continue
            if not name.taken:
                reason = name.blocked or f"too little says company ({name.points:g} points)"
                self._reject(name.start, name.end, symbol, reason)
                continue
            reason = blocks.source(name)
            if reason:
                self._reject(name.start, name.end, symbol, reason)
                self._sources.append((name.start, name.end))
                continue
            sure = name.surface.strength
            method = {"brand": "brand", "former": "former name"}.get(name.surface.kind, "name")
            if sure != "S":
                method += f": {name.why}"
            self._keep(name.start, name.end, name.company, method, CONFIDENCE[sure])

    def _keep_tickers(self, tickers: list[Exact], named: list[Named]) -> None:
        spans = {each.end for each in self._found}
        ends = {name.suffix_end: name.company for name in named if name.end in spans}
        for item in tickers:
            window = self._text[max(0, item.opening - 8) : item.opening]
            front = window.rstrip(", \n")
            at = item.opening - len(window) + len(front)
            beside = ends.get(at) or (ends.get(at - 2) if front.endswith("'s") else None)
            if beside is not None and beside.symbol == item.company.symbol:
                continue  # "Alphabet (GOOGL)" is one mention
            self._keep(item.start, item.end, item.company, item.method, item.confidence)

    def _bare(self, tickers: list[Exact]) -> None:
        known = {each.symbol for each in self._found}
        taken = [(each.start, each.end) for each in self._found]
        taken += [(item.start, item.end) for item in tickers]
        taken += self._sources
        covered = {place for start, end in taken for place in range(start, end)}

        def sure(company: Company, start: int, end: int, wordy: bool) -> str | None:
            sense = self._sense(start)
            if start in covered or sense.lowered or sense.abroad or company.sector is None:
                return None
            if end - start >= 2 and CHANGE.match(self._text, end):
                return "before its change"
            behind = sense.after(end).removeprefix("'s").removeprefix("’s")
            following = next_word(behind).lower()
            if following in (NEXT_TO_ANY if wordy else TICKER_NOUNS):
                return f"before {following!r}"
            if wordy:
                return None
            if company.symbol in known:
                return "of a company in the text"
            if company.symbol in HOUSES:
                return None
            if following in FINANCIAL_VERBS:
                return f"before {following!r}"
            traded = previous_word(sense.before(start)).lower() in ("buy", "sell", "long", "short")
            if traded and not next_word(sense.after(end))[:1].isupper():
                return "after a word of trading"
            beside = any(sense.start <= each.start < sense.end for each in self._found)
            if beside and sense.market and end - start >= 4:
                return "beside other companies"
            large = {"mega_caps", "large_caps"} & set(company.groups) and end - start >= 4
            return "with market words" if large and sense.market >= 2 else None

        for item in exact.find_bare(self._cased, self._gazetteer, sure):
            if isinstance(item, Exact):
                self._keep(item.start, item.end, item.company, item.method, item.confidence)
            elif item.start not in covered and not self._sense(item.start).lowered:
                self._reject(item.start, item.end, item.written, item.reason)

    def _keep(self, start: int, end: int, company: Company, method: str, confidence: float) -> None:
        self._found.append(
            Candidate(
                start,
                end,
                "company",
                method,
                confidence,
                company.groups,
                company.symbol,
                company.name,
                company.sector,
            )
        )

    def _reject(self, start: int, end: int, symbol: str, reason: str) -> None:
        self._rejected.append(RejectedCandidate(start, end, symbol, reason))

    def _sense(self, start: int) -> Sense:
        return self._senses[max(bisect_right(self._starts, start) - 1, 0)]


def _senses(doc: Doc) -> list[Sense]:
    capitals = doc.user_data.get("capitals", ())
    text = text_of(doc)
    senses = []
    for start, end in sentences_of(doc):
        lowered = any(a < end and start < b for a, b in capitals)
        senses.append(Sense(start, end, text[start:end], lowered))
    return senses or [Sense(0, len(text), text, False)]


def _opens(text: str, start: int, sense: Sense) -> bool:
    """Whether a capital there would be written anyway."""
    front = text[sense.start : start].rstrip()
    return not front or front[-1] in _OPENERS or front[-1] in ".!?"


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)
