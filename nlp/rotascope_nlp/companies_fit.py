"""Does a ticker belong to the words in front of it?  A symbol is given anew once it is free."""

from __future__ import annotations

import re

from rotascope_nlp.companies_exact import Exact
from rotascope_nlp.gazetteer import Company, Gazetteer
from rotascope_nlp.gazetteer_names import DESCRIPTORS, GENERIC, SUFFIX, SUFFIXES

_SHARED = GENERIC | DESCRIPTORS | SUFFIXES.keys() | {"the", "and"}
"""Words of a name that do not tell it from others."""
_REACH = 6


def unfit(item: Exact, front: str, gazetteer: Gazetteer) -> str:
    """Why the ticker is another company's; "" if it fits.

    `front`: what stands in front of it, in which no name of the company was found.
    """
    line = SUFFIX.sub("", front[-80:].rsplit("\n\n", 1)[-1])
    words = re.findall(r"[A-Za-z0-9][\w&'.-]*", line)[-_REACH:]
    own = _words_of(item.company, gazetteer)
    if any(_stem(word) in own for word in words) or _alike(item.written, words, own):
        return ""
    ending = " ".join(words[-2:]).lower()
    if len(words) >= 2 and any(ending in name for name in _names(item.company, gazetteer)):
        return ""
    if item.method == "RIC" and not item.sure:
        return "a foreign listing of another company"
    if item.method == "bracket":
        return _loose(item, words, gazetteer)
    if words and words[-1][0].isupper():
        return "the name in front is another company's"
    return ""


def _loose(item: Exact, words: list[str], gazetteer: Gazetteer) -> str:
    """Brackets alone say little: "(LNG)", "(CEO)", "(T)he"."""
    if not words:
        return "in brackets with no name in front"
    if "".join(word[0] for word in words).upper().endswith(item.written):
        return "an abbreviation of the words in front"
    wordy = item.written in gazetteer.wordy or len(item.written) < 3
    return "in brackets behind something else" if wordy or words[-1][0].isupper() else ""


def _alike(written: str, words: list[str], own: set[str]) -> bool:
    """The symbol begins like a word in front and like a word of the company's name."""
    start = written.lower()[:3]
    if len(start) < 3:
        return False
    front = any(len(word) >= 4 and word.lower().startswith(start) for word in words[-3:])
    return front and any(word.startswith(start) for word in own)


def _names(company: Company, gazetteer: Gazetteer) -> list[str]:
    former = (name.partition("@")[0].lower() for name in company.former)
    return [company.name.lower(), *former, *gazetteer.names_of.get(company.symbol, ())]


def _words_of(company: Company, gazetteer: Gazetteer) -> set[str]:
    texts = _names(company, gazetteer)
    words = (word for text in texts for word in re.findall(r"[a-z0-9][\w&'.-]+", text))
    return {_stem(word) for word in words if len(word) >= 3 and word not in _SHARED}


def _stem(word: str) -> str:
    return re.sub(r"(?:'s|s|\.)+$", "", word.lower())
