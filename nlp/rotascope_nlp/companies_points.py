"""Is this name the company?  Points for and against, from the words around it.

A strong name is taken unless something blocks it.  A name that is also a word, a person or a
place needs points: `C` (company when the capital tells something) one, `W` (weak) two, one more
if people bear it, `N` (never alone) three and its legal suffix, ticker or full name in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rotascope_nlp import companies_words as words
from rotascope_nlp.companies_block import BESIDE
from rotascope_nlp.companies_context import Named, Support, next_word, previous_word
from rotascope_nlp.gazetteer import Company, Surface
from rotascope_nlp.gazetteer_names import AFTER, suffixes
from rotascope_nlp.market_words import vocabulary

Point = tuple[float, str]
IN_A_ROW = "in a row of companies"
LONGER = "part of a longer name"
TOPIC = "words of its sector"
NEEDED = {"S": -1.5, "C": 1.0, "W": 2.0, "N": 3.0}
_JOINT = re.compile(r"^(?:,|,? (?:and|&|or)|/| vs\.?| versus| v\.?|, (?:and|as well as)) ?$")
_OWNED = re.compile(r"'s? +([\w-]+)|s' ([\w-]+)")
_MOVE = re.compile(r" ?\([+-]?\d[\d.,]*%| [+-]?\d[\d.]*%")


def needed(name: Named) -> float:
    """How many points this name needs."""
    surface = name.surface
    if surface.strength == "S" and surface.word and name.sense.lowered:
        return 1.0
    if surface.strength == "S" and " " in surface.text:
        return -2.5
    if surface.strength == "N" and not name.backed:
        return 99.0
    people = 1.0 if surface.person and surface.strength in "CW" else 0.0
    return NEEDED[surface.strength] + people


def score(name: Named, support: Support) -> None:
    """Sets `points` and `why`: the evidence that does not depend on other doubtful names."""
    sense = name.sense
    backing = list(_backing(name, support))
    name.backed = any(value >= 2 for value, _ in backing)
    before, after = sense.before(name.start), sense.after(name.suffix_end)
    points = [*backing, *_written(name, before, after), *_behind(name, after)]
    points += _in_front(name, before, after)
    # Most names are strong, and few of those need the costly look at the whole sentence.
    if name.surface.strength != "S" or sum(value for value, _ in points) < needed(name):
        points += _sentence(name)
    name.points = sum(value for value, _ in points)
    best, name.why = max(points, default=(0.0, "name"))
    name.longer = (-3, LONGER) in points and " " not in name.surface.text
    spoken = sense.market or any(why == TOPIC for _, why in points)
    if name.surface.strength == "W" and best <= 1 and not spoken:
        name.points -= 0.5  # a capital and a verb are not enough


def suffix_end(text: str, end: int) -> int:
    """Where the legal suffix behind a name ends ("Apple, Inc." -> behind the dot)."""
    match = AFTER.match(text, end)
    return match.end() if match else end


def bears_suffix(written: str, surface: Surface, company: Company) -> bool:
    """Whether a legal suffix as written is the company's own."""
    classes = suffixes(" x" + written)
    if classes & company.suffixes or surface.strength == "S":
        return True
    plain = {"inc", "corp", "plc", "ltd", "co"}
    return surface.kind == "name" and bool(classes & plain) and not company.suffixes


def _backing(name: Named, support: Support) -> Iterator[Point]:
    """Its legal suffix, its ticker, its full name."""
    symbol, surface = name.company.symbol, name.surface
    if name.suffix_end > name.end:
        yield (3, "legal suffix") if name.legal else (-3, "another legal suffix")
    if name.start in support.beside:
        yield 4, BESIDE
    elif symbol in support.exact:
        yield 2.5, "its ticker in the text"
    elif symbol in support.named and surface.kind != "brand" and surface.strength != "S":
        yield 2, "its full name in the text"


def _sentence(name: Named) -> Iterator[Point]:
    """What the sentence speaks of."""
    if name.sense.market:
        yield 1, "market words"
    if name.sense.abroad:
        yield -1, "another country's market"
    count = name.sense.topic(name.company.sector)
    if count:
        yield count / 2, TOPIC


def _written(name: Named, before: str, after: str) -> Iterator[Point]:
    """Capitals, part of speech, and what is glued to it."""
    sense, surface = name.sense, name.surface
    plain = not sense.titled and not sense.lowered
    last = surface.text.rpartition(" ")[2]
    if plain and (not name.first or (last != surface.text and last[0].isupper())):
        yield 1, "capital"
    if plain and name.first:
        verb_next = name.next_tag[:2] in ("VB", "MD", "TO")
        if name.tag[:2] in ("VB", "JJ", "RB", "IN", "DT") and not verb_next:
            yield -1, "read as another part of speech"
        elif name.tag.startswith("NNP"):
            yield 0.5, "read as a proper noun"
    if re.match(r"-(?:owned|backed|led|parent|branded|listed)\b", after):
        yield 1.5, "owner"
    elif re.match(r"-\w", after):
        yield -1.5, "part of a compound"
    if name.first and re.match(r": [A-Z]", after):
        yield 1, "head of a headline"


def _behind(name: Named, after: str) -> Iterator[Point]:
    """The words behind it."""
    plain = not name.sense.titled and not name.sense.lowered
    following = next_word(after)
    low, capital = following.lower().removesuffix("'s"), following[:1].isupper()
    owned = _OWNED.match(after)
    if owned:
        of_it = (owned.group(1) or owned.group(2)).lower()
        yield (2 if of_it in words.NOUNS else 1), "possessive"
    thing = low in words.NOUNS and not (plain and capital and not following.isupper())
    if thing or low in words.FINANCIAL_VERBS or words.TO_DO.match(after):
        yield 2, f"before {low!r}"
    elif low in words.VERBS or (low and name.next_tag in ("VBD", "VBZ", "VBN", "VBP", "MD")):
        yield 1, f"before {low!r}"
    elif plain and not name.first and capital and low not in words.MONTHS and not owned:
        yield -2, LONGER
    if name.surface.strength != "S" and re.match(r" of (?:the )?[A-Z]", after):
        yield -2, LONGER
    if _MOVE.match(after):
        yield 2, "a price move"


def _in_front(name: Named, before: str, after: str) -> Iterator[Point]:
    """The words in front of it."""
    inside = not (name.sense.titled or name.sense.lowered or name.first)
    previous = previous_word(before)
    front = previous.lower()
    if front in words.ROLES:
        yield 2, f"after {front!r}"
    elif words.LEAD.search(before):
        yield 1.5, f"after {front!r}"
    elif inside and previous[:1].isupper() and not _free_before(previous, before, name.last_tag):
        yield -3, LONGER
    elif front in words.ARTICLES and next_word(after).lower() not in words.NOUNS:
        yield -2, f"after {front!r}"
    if name.sense.titled and name.surface.word and not name.first and not _free_title(front):
        yield -1, "part of a phrase"


def _free_before(previous: str, before: str, tag: str) -> bool:
    """A capitalised word in front that is no part of the name: sentence start, day, month."""
    low = previous.lower()
    if low in words.MONTHS | words.SMALL | words.ROLES or previous.isupper() or low.endswith("'s"):
        return True
    if low.rstrip(".") in words.HONORIFICS:
        return False
    at = before.rstrip()[: -len(previous)].rstrip()
    title = re.search(r"([A-Za-z]+)\.$", at)
    if title and (len(title.group(1)) == 1 or title.group(1).lower() in words.HONORIFICS):
        return False
    if not at:  # the sentence's first word: a capital anyway, unless it is a name
        return not tag.startswith("NNP")
    return at[-1] in ".:;!?\"'-–—|"


_FREE_IN_TITLE = (
    words.VERBS
    | words.FINANCIAL_VERBS
    | words.ROLES
    | words.SMALL
    | vocabulary("buy sell buying selling like")
)


def _free_title(front: str) -> bool:
    """In a headline: a word in front that does not make the name part of a phrase."""
    return not front or front in _FREE_IN_TITLE


def coordinate(names: list[Named], text: str) -> bool:
    """Points for standing in a row with companies; True if that changed anything."""
    changed = False
    for left, right in pairwise(names):
        if left.sense is not right.sense or left.company.symbol == right.company.symbol:
            continue
        gap = re.sub(r"\([^)]*\)|<[^>]*>|'s\b", "", text[left.suffix_end : right.start])
        if _JOINT.match(re.sub(r"\s+", " ", gap)):
            changed |= _gain(left, right) | _gain(right, left)
    return changed


def _gain(one: Named, other: Named) -> bool:
    if one.taken or one.blocked or one.why == IN_A_ROW:
        return False
    kin = one.company.sector == other.company.sector and not other.blocked
    if not other.taken and not kin:
        return False
    one.points += 2.0 if other.taken else 1.5
    one.why = IN_A_ROW
    return True
