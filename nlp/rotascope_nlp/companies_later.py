"""Later short forms of a company already named: "Caterpillar", "Cat", "the company"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rotascope_nlp.candidates import Candidate
from rotascope_nlp.gazetteer import Gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Doc

SHORT_CONFIDENCE = 0.85
THE_COMPANY_CONFIDENCE = 0.7
_THE = re.compile(
    r"\b[Tt]he (?:company|firm|group|chipmaker|carmaker|automaker|drugmaker|retailer|bank|lender"
    r"|airline|carrier|insurer|tech giant|e-commerce giant|social media giant|software maker"
    r"|oil major|planemaker|iPhone maker|conglomerate|streaming giant|utility)\b(?!['-]? ?(?:that|which|of))"
)
_GENERIC = frozenset(
    "american national first united general international global bank standard western eastern"
    " northern southern pacific atlantic central new old royal best big capital public energy"
    " home dollar advanced applied digital texas california york america china canadian great"
    " total universal allied consolidated federal advance five seven world east west north south"
    " royal state city morning monster live electronic intuitive automatic boston dutch waste"
    " philip raymond charles eli john jack robert henry arthur simon martin edwards ralph james"
    " green blue red black white gold silver rocky mountain ocean sun star union trade monday"
    " discovery constellation space research warner medical life community crown church quest"
    " independent extra principal brown steel lithium taiwan hong kong deutsche banco grupo".split()
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
        for match in re.finditer(rf"(?<![\w.@/#-])(?<![A-Z][a-z] ){re.escape(form)}(?![\w-])", text):
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
    plain = len(front) >= 4 and front[0].isupper() and front.lower() not in _GENERIC
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
    bounds = [(span.start_char, span.end_char) for span in doc.sents]
    found = []
    for match in matches:
        here = next((i for i, (a, b) in enumerate(bounds) if a <= match.start() < b), 0)
        start = bounds[max(0, here - 1)][0]
        near = [each for each in companies if start <= each.start < match.start()]
        if near and len({each.symbol for each in near}) == 1:
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
