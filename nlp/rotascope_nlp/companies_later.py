"""Later short forms of a company already named: "Caterpillar", "Cat", "the company"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rotascope_nlp.candidates import Candidate
from rotascope_nlp.doc_view import sentences_of
from rotascope_nlp.gazetteer import Gazetteer
from rotascope_nlp.gazetteer_names import GENERIC

if TYPE_CHECKING:
    from spacy.tokens import Doc

SHORT_CONFIDENCE = 0.85
THE_COMPANY_CONFIDENCE = 0.7
_ROLE_SECTORS: dict[str, tuple[str, ...]] = {
    "company": (),
    "firm": (),
    "tech giant": ("information_technology", "communication_services", "consumer_discretionary"),
    "chipmaker": ("information_technology",),
    "software maker": ("information_technology",),
    "iphone maker": ("information_technology",),
    "social media giant": ("communication_services",),
    "streaming giant": ("communication_services",),
    "e-commerce giant": ("consumer_discretionary",),
    "carmaker": ("consumer_discretionary",),
    "automaker": ("consumer_discretionary",),
    "retailer": ("consumer_discretionary", "consumer_staples"),
    "drugmaker": ("health_care",),
    "bank": ("financials",),
    "lender": ("financials",),
    "insurer": ("financials",),
    "airline": ("industrials",),
    "carrier": ("industrials", "communication_services"),
    "planemaker": ("industrials",),
    "conglomerate": ("industrials", "financials"),
    "oil major": ("energy",),
    "utility": ("utilities",),
}
"""What a company may be called, and the sectors that it then must be of (none: any)."""
_THE = re.compile(
    rf"\b[Tt]he ({'|'.join(_ROLE_SECTORS)})\b(?!['-]? ?(?:that|which|of)\b)", re.IGNORECASE
)


def later_mentions(
    doc: Doc, text: str, found: Sequence[Candidate], gazetteer: Gazetteer
) -> list[Candidate]:
    """Short forms of the companies in `found`, behind their first mention."""
    companies = [each for each in found if each.kind == "company" and each.symbol]
    if not companies:
        return []
    taken = {place for each in found for place in range(each.start, each.end)}
    shorts = _short_forms(text, companies, taken, gazetteer)
    taken |= {place for each in shorts for place in range(each.start, each.end)}
    return shorts + _the_company(doc, text, [*companies, *shorts], taken)


def _short_forms(
    text: str, companies: Sequence[Candidate], taken: set[int], gazetteer: Gazetteer
) -> list[Candidate]:
    first: dict[str, Candidate] = {}
    for each in sorted(companies, key=lambda each: each.start):
        first.setdefault(each.symbol or "", each)
    owners: dict[str, set[str]] = {}
    for symbol, each in first.items():
        for form in _forms(each, gazetteer):
            owners.setdefault(form, set()).add(symbol)
    shorts: list[Candidate] = []
    for form, symbols in owners.items():
        if len(symbols) > 1:
            continue
        origin = first[next(iter(symbols))]
        for match in re.finditer(
            rf"(?<![\w.@/#-])(?<![A-Z][a-z] ){re.escape(form)}(?![\w-])", text
        ):
            if match.start() <= origin.start or match.start() in taken:
                continue
            if re.match(r" (?:[A-Z][a-z]|&)", text[match.end() : match.end() + 3]):
                continue  # the start of a longer name
            if re.search(r"[A-Z][\w.-]+ $", text[max(0, match.start() - 20) : match.start()]):
                continue  # the end of one
            shorts.append(_copy(origin, match.start(), match.end(), "short form", SHORT_CONFIDENCE))
    return shorts


def _forms(each: Candidate, gazetteer: Gazetteer) -> set[str]:
    words = (each.name or "").split()
    if len(words) < 2:
        return set()
    front = words[0].strip(",.")
    plain = len(front) >= 4 and front[0].isupper() and front.lower() not in GENERIC
    known = gazetteer.surfaces.get(front.lower())
    if not plain or front in gazetteer.first_names:
        return set()
    return {front} if known is None or known.symbol == each.symbol else set()


def _the_company(
    doc: Doc, text: str, companies: Sequence[Candidate], taken: set[int]
) -> list[Candidate]:
    """ "The company" where one company alone, at the last mention and around it, can be meant."""
    matches = [match for match in _THE.finditer(text) if match.start() not in taken]
    if not matches:
        return []
    starts = [start for start, _ in sentences_of(doc)]
    ordered = sorted(companies, key=lambda each: each.start)
    places = [each.start for each in ordered]
    found = []
    for match in matches:
        here = bisect_right(starts, match.start()) - 1
        since = bisect_left(places, starts[max(0, here - 1)])
        near = ordered[since : bisect_left(places, match.start())]
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is None or (span.end < len(doc) and doc[span.end].tag_ in ("NN", "NNS")):
            continue  # "the airline industry"
        sectors = _ROLE_SECTORS[match.group(1).lower()]
        fits = not sectors or (near and near[-1].sector in sectors)
        if near and fits and len({each.symbol for each in near}) == 1:
            found.append(
                _copy(near[-1], match.start(), match.end(), "the company", THE_COMPANY_CONFIDENCE)
            )
    return found


def _copy(origin: Candidate, start: int, end: int, method: str, confidence: float) -> Candidate:
    return Candidate(
        start,
        end,
        "company",
        method,
        confidence,
        origin.groups,
        origin.symbol,
        origin.name,
        origin.sector,
    )
