"""Company names from listing lines: what is a share, its name, its spellings, and how sure it is.

Used when the gazetteer is built; `strength` is the judgement that decides most at run time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rotascope_nlp.market_words import vocabulary

Strength = Literal["S", "C", "W", "N"]
"""How sure a capitalised name alone is: S strong, C company when the capital tells something,
W weak (needs a context that says so), N never (only beside its ticker or full name)."""

_NOT_A_SHARE = re.compile(
    r"\bwarrants?\b|\brights?\b|\bpreferred\b|\bnotes?\b|\bdebentures?\b|\d%|\bbonds\b"
    r"|\bsubordinated\b|\bzones\b|\bpines\b|\bobligation|\bpreference\b|\bperpetual\b"
    r"|trust certificates|mandatory convertible"
    r"|(?<!common )(?<!partnership )(?<!ordinary )\bunits?\b(?! representing| of beneficial)",
    re.IGNORECASE,
)
_DESCRIPTION = re.compile(r"(?:american depositary|common stock|[(]each).*$", re.IGNORECASE)
_SECURITY = re.compile(
    r"\s+(?:\(?(?:spons?o?o?red\s)?(?:american\s(?:depositary|depository)|adrs?\b|adss?\b)"
    r"|(?:class|series)\s[a-z0-9]{1,2}\b"
    r"|(?:\$?[\d.]+\s)?(?:new\s)?(?:common|ordinary|capital|registered|subordinate|voting"
    r"|non-voting|depositary|depository|beneficial|multiple|restricted|limited\svoting"
    r"|exchangeable)\s(?:voting\s|subordinate\s)*(?:shares?|stock|units?|interests?|registered)"
    r"|new\syork\sregistry|ny\sregistry|shares\sof|limited\spartnership\sunits"
    r"|(?:un)?sponsored|trust\sunits|closed\send|common\b).*$",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*\((?:the|de|new|ireland|nv|canada|holding|d/b/a|hc|reit)[^)]*\)", re.I)
SUFFIXES: dict[str, str] = {
    "incorporated": "inc",
    "inc": "inc",
    "corporation": "corp",
    "corp": "corp",
    "company": "co",
    "companies": "cos",
    "cos": "cos",
    "co": "co",
    "limited": "ltd",
    "ltd": "ltd",
    "plc": "plc",
    "nv": "nv",
    "sa": "sa",
    "se": "se",
    "ag": "ag",
    "lp": "lp",
    "llc": "llc",
    "ab": "ab",
    "asa": "asa",
    "spa": "spa",
    "as": "as",
    "holding": "holdings",
    "holdings": "holdings",
    "group": "group",
    "trust": "trust",
}
"""Legal suffix, dots and slashes dropped -> its class."""
_SUFFIX_WORD = (
    r"s\.?a\.?b?\.? de c\.?v|s\.a\.b|incorporated|inc|corporation|corp|company|companies|cos|co"
    r"|limited|ltd|plc|p\.l\.c|n\.?v"
    r"|s\.?a|s\.?e|a\.?g|l\.?p|llc|l\.l\.c|ab|asa|s\.?p\.?a|a/s|holdings?|group|trust"
)
SUFFIX = re.compile(rf"(?:,?\s+(?:&\s+|and\s+)?(?:{_SUFFIX_WORD})\b\.?)+\s*$", re.IGNORECASE)
AFTER = re.compile(
    rf"(?:,?[ ]+(?:&[ ]+|and[ ]+)?(?i:{_SUFFIX_WORD})\b\.?(?!-))+",
)
"""Legal suffixes right behind a name in running text."""
_SPLIT = re.compile(r"[\s,&]+")

DESCRIPTORS = vocabulary(
    """
    technologies technology networks systems pharmaceuticals pharmaceutical therapeutics energy
    financial communications software brands industries international enterprises resources
    laboratories sciences motor motors stores entertainment airlines solutions markets global
    worldwide platforms materials chemical chemicals foods restaurants hotels resorts healthcare
    health bancorp bancshares petroleum mines mining pharma biosciences biopharma automotive
    semiconductor semiconductors devices instruments aerospace logistics insurance partners
    properties realty electric power interactive auto beverage medical bio labs ai digital cloud
    security wholesale electronics data usa us athletica analytics robotics biotech
    biotherapeutics biologics oncology genomics scientific products
    services mortgage reit bank investment investments business machinery midstream
    """
)
"""Last words of a name that people leave out ("Palantir Technologies")."""

GENERIC = vocabulary(
    """
    american national first united general international global bank standard western eastern
    northern southern pacific atlantic central new old royal best big capital public energy home
    dollar advanced applied digital texas california york america china canadian great total
    universal allied consolidated federal advance five seven world east west north south state
    city morning monster live electronic intuitive automatic boston dutch waste philip raymond
    charles eli john jack robert henry arthur simon martin edwards ralph james green blue red
    black white gold silver rocky mountain ocean sun star union trade monday discovery space
    research warner medical life community crown church quest independent extra principal brown
    steel lithium taiwan hong kong deutsche banco grupo korea japan royalty healthcare thomson
    edison news london israel india asia europe africa mexico brazil chile
    """
)
"""First words that too many names share to stand for one of them."""
COMPANY_ENDS = vocabulary(
    """
    therapeutics pharmaceuticals biosciences biopharma biotherapeutics bancorp bancshares
    technologies airlines petroleum semiconductor semiconductors oncology genomics
    """
)
"""Last words that hardly anything but a company bears."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of English words: `common` ones and `names` of people in lower case (`people`:
    the frequent ones), `frequency` as log probability of a form as written."""

    common: frozenset[str]
    names: frozenset[str]
    frequency: Mapping[str, float]
    people: frozenset[str] = frozenset()

    def rate(self, word: str) -> float:
        return self.frequency.get(word, -20.0)


def is_share(listing: str) -> bool:
    """False for a company's other securities: they would only shadow its share's symbol."""
    return _NOT_A_SHARE.search(_DESCRIPTION.sub("", listing)) is None


def bare(listing: str) -> str:
    """The company's name in a listing line: "Nike Inc. Common Stock" -> "Nike Inc."."""
    text = _SECURITY.sub("", " ".join(listing.split()))
    return _BRACKET.sub("", text).strip(" ,-")


def short(name: str) -> str:
    """Without "The" and the legal suffixes."""
    cut = SUFFIX.sub("", name).strip(" ,&")
    return re.sub(r"^The ", "", cut) or name


def suffixes(name: str) -> set[str]:
    """Classes of the legal suffixes a name carries."""
    found = SUFFIX.search(name)
    words = re.split(r"[\s,&]+", found.group().lower()) if found else []
    return {SUFFIXES[w] for word in words if (w := re.sub(r"[./]", "", word)) in SUFFIXES}


def head(name: str) -> str | None:
    """The one distinctive word in front of descriptors, if there is just that."""
    words = name.split()
    while len(words) > 1 and words[-1].lower() in DESCRIPTORS:
        words.pop()
    first = words[0]
    plain = len(first) >= 4 and first.isalnum() and first.lower() not in GENERIC
    return first if len(words) == 1 and first != name and plain else None


def spellings(name: str) -> set[str]:
    """Other ways to write it: & and "and", hyphen and space, no apostrophe, no accent, no dots."""
    forms = {name}
    for old, new in (
        ("Pharmaceuticals", "Pharma"),
        (" & ", " and "),
        (" and ", " & "),
        ("&", " & "),
        ("'", ""),
    ):
        forms |= {form.replace(old, new) for form in forms if old in form}
    forms |= {form.replace("-", " ") for form in forms if re.search(r"\w{2}-\w{2}", form)}
    return {" ".join(form.split()) for form in forms}


def strength(name: str, cap: float, words: Words, *, in_index: bool) -> Strength:
    """The judgement for a name nobody judged by hand.  `cap`: market value in dollars."""
    parts = [part for part in _SPLIT.split(name) if part]
    if len(parts) == 1:
        return _single(parts[0], cap, words)
    if all(part.lower() in GENERIC | DESCRIPTORS for part in parts) and not in_index:
        return "N"  # "National Bank", "United Bancorp"
    plain = all(_is_plain(part, words) for part in parts)
    if not plain:
        return "S"
    if in_index or cap >= 10e9 or parts[-1].lower() in COMPANY_ENDS:
        return "C"
    return "W" if cap >= 300e6 else "N"


def _single(word: str, cap: float, words: Words) -> Strength:
    low, rate = word.lower(), max(words.rate(word), words.rate(word.capitalize()))
    if len(word) <= 2 or low in GENERIC | DESCRIPTORS | COMPANY_ENDS or low in SUFFIXES:
        return "N"
    if low in words.common or low in words.names:
        return "W" if cap >= 20e9 else "N"
    if word.isupper() and len(word) <= 5:
        sure = cap >= 10e9 and words.rate(word) < -14.5
        return "S" if sure else "W" if cap >= 10e9 else "N"
    if cap < 2e9:
        return "N" if rate > -13 else "W" if rate > -16 or len(word) < 5 else "S"
    if cap < 10e9 and rate > -13:
        return "W"
    return "S"


def _is_plain(part: str, words: Words) -> bool:
    low = part.lower().rstrip(".'s")
    return (
        len(part) <= 2
        or part.lower() in words.common
        or low in words.common
        or part.lower() in words.names
        or words.rate(part) > -14
    )
