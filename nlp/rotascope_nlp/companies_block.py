"""What forbids that a name is the company: an address, a person, a place, a platform, a source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rotascope_nlp import companies_words as words
from rotascope_nlp.companies_context import Named, Sense, Support, next_word, previous_word
from rotascope_nlp.gazetteer import Surface
from rotascope_nlp.market_words import vocabulary

PERSON = "a person's name"
BESIDE = "its ticker beside it"
_ADDRESS = re.compile(
    r"(?:[@#_]|https?:\S*|www\.\S*|\S+\.(?:com|org|net|co|ly|gl|io|gov|edu|uk)/\S*)$", re.IGNORECASE
)
_GROUNDS = vocabulary("center arena stadium theatre theater park field")
_NO_INITIALS = vocabulary("US UK EU TV AI")


def written_well(found: str, surface: Surface, sense: Sense) -> bool:
    """Whether the capitals of `found` can be those of the name."""
    if sense.lowered or found == surface.text:
        return True
    if found.islower():
        return False
    if found.isupper() and len(found) <= 4 and not surface.text.isupper():
        return surface.strength != "N" and len(found) >= 3
    for wrote, meant in zip(found.split(), surface.text.split(), strict=False):
        if meant[0].isupper() and not wrote[0].isupper():
            return False
    return found[0].isupper() or not surface.text[0].isupper()


def block(name: Named, found: str, text: str, first_names: frozenset[str]) -> str:
    """Why this cannot be the company; "" if nothing forbids it."""
    return next(filter(None, _reasons(name, found, text, first_names)), "")


def _reasons(name: Named, found: str, text: str, first_names: frozenset[str]) -> Iterator[str]:
    before, after = name.sense.before(name.start), name.sense.after(name.end)
    previous, following = previous_word(before), next_word(after)
    single = " " not in found
    yield _address(name, single, before, after, text)
    if name.company.symbol in words.PICTURES and words.CREDIT.search(before):
        yield "a photo credit"
    yield _beside(name, single, previous, after)
    yield _place(name, single, following, after)
    if single and name.surface.kind != "brand" and _person(name, previous, first_names):
        yield PERSON
    if found.lower() in words.PLATFORMS and _venue(name, before, after, text):
        yield "a platform as a place, not the company"


def _address(name: Named, single: bool, before: str, after: str, text: str) -> str:
    glued = text[max(0, name.start - 1) : name.start]
    if not glued.isspace() and _ADDRESS.search(text[max(0, name.start - 80) : name.start]):
        return "part of an address, tag or handle"
    if single and glued == "." and re.search(r"[A-Za-z]\.$", before) and not name.first:
        return "part of an address"
    if re.match(r"(?:\.\w|@|_\w)", after) and not re.match(r"\.(?:com|co)\b", after):
        return "part of an address"
    return ""


def _beside(name: Named, single: bool, previous: str, after: str) -> str:
    """The company's own words of caution, and what no company's name is glued to."""
    tail = after.lower().lstrip(" -")
    for word in name.company.next:
        if tail.startswith(word) and not tail[len(word) :].removeprefix("s")[:1].isalpha():
            return f"followed by {tail.split()[0]!r}"
    if re.match(r"-(?:and|or|to|in|on|of|the)-", after):
        return "part of a compound"
    front = previous.lower()
    if single and front and front in name.company.before:
        return f"after {previous!r}"
    if name.surface.word and front == "the" and name.next_tag[:1] not in ("N", "J", "P"):
        return "after 'the', as no company is"
    return ""


def _place(name: Named, single: bool, following: str, after: str) -> str:
    landmark = re.match(r"'s ([A-Z]\w+)", after)
    if landmark and landmark.group(1).lower() in words.PLACES:
        return f"of that name: {landmark.group(1)}"
    low = following.lower()
    capital = following[:1].isupper() or name.sense.lowered
    if (single and low in words.PLACES and capital) or (not single and low in _GROUNDS):
        return f"of that name: {following}"
    return ""


def _person(name: Named, previous: str, first_names: frozenset[str]) -> bool:
    if not previous or not previous[0].isupper() or name.sense.lowered:
        return False
    if len(previous) == 2 and previous.isupper() and previous not in _NO_INITIALS:
        return name.surface.strength != "S"
    low = previous.rstrip(".").lower()
    if low in words.HONORIFICS and name.surface.strength != "S":
        return True
    return previous.title() in first_names and low not in words.MONTHS and low != "will"


def _venue(name: Named, before: str, after: str, text: str) -> bool:
    line_start = text.rfind("\n", 0, name.start) + 1
    line_end = text.find("\n", name.end)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    if len(line) < 120 and words.SHARE_LINE.match(line):
        return True
    said_there = words.VENUE_BEFORE.search(before) or words.VENUE_AFTER.match(after)
    return said_there is not None and name.sense.market < 2


def source(name: Named) -> str:
    """Why the name is only quoted here (a broker, a data house); "" if it is not."""
    symbol = name.company.symbol
    before, after = name.sense.before(name.start, 90), name.sense.after(name.suffix_end, 90)
    if symbol in words.MEDIA and name.suffix_end == name.end and name.why != BESIDE:
        said = name.surface.strength != "S" and words.TOLD.match(after)
        return "only quoted as a source" if said or words.TOLD_BY.search(before) else ""
    if name.company.sector != "financials" and symbol not in words.HOUSES:
        return ""
    if words.FUND.match(after):
        return "part of a fund's name"
    quoted = words.SOURCES.search(before) or words.SOURCE_AFTER.match(after)
    following = next_word(after.removeprefix("'s")).lower()
    alone = name.suffix_end == name.end and name.why != BESIDE
    house = symbol in words.HOUSES and alone and following not in words.OWN_NEWS
    return "only quoted as a source" if quoted or house else ""


def block_namesakes(names: list[Named], support: Support) -> None:
    """Blocks a bare name when the text has a person who bears it, and no sign of the company."""
    people = {name.surface.text for name in names if name.blocked == PERSON or name.longer}
    for name in names:
        symbol = name.company.symbol
        known = symbol in support.exact or symbol in support.named or name.backed
        if name.surface.text in people and not known and not name.blocked:
            name.blocked = "somebody of that name in the text"
