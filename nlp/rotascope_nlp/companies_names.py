"""Is this name the company?  Points for and against, from the words around it.

A strong name is taken unless something blocks it.  A name that is also a word, a person or a
place needs points: `C` (company when the capital tells something) one, `W` (weak) two, `N`
(never alone) three, of which two from its full name or ticker elsewhere in the article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rotascope_nlp import companies_context as context
from rotascope_nlp.companies_context import Sense, next_word, previous_word
from rotascope_nlp.gazetteer import Company, Surface
from rotascope_nlp.gazetteer_names import AFTER, suffixes

NEEDED = {"S": 0.0, "C": 1.0, "W": 2.0, "N": 3.0}
PERSON = "a person's name"
BESIDE = "its ticker beside it"
MONTHS = frozenset(
    "january february march april may june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday".split()
)
_JOINT = re.compile(r"^(?:,|,? (?:and|&|or)|/| vs\.?| versus| v\.?|, (?:and|as well as)) ?$")
_ADDRESS = re.compile(
    r"(?:[@#_]|https?:\S*|www\.\S*|\S+\.(?:com|org|net|co|ly|gl|io|gov|edu|uk)/\S*)$", re.IGNORECASE
)


@dataclass(slots=True)
class Named:
    """A name found in the text, and what became of it."""

    start: int
    end: int
    surface: Surface
    company: Company
    sense: Sense
    tag: str
    """Penn tag of its first token."""
    last_tag: str
    """Penn tag of the token in front of it."""
    next_tag: str
    """Penn tag of the token behind it."""
    suffix_end: int
    """Where its legal suffix ends; `end` if it has none."""
    legal: bool
    """The legal suffix is one that the company bears."""
    first: bool
    """First word of its sentence, or after a colon, dash or quote: the capital tells nothing."""
    taken: bool = False
    blocked: str = ""
    points: float = 0.0
    why: str = ""
    backed: bool = False
    """Its legal suffix, its ticker or its full name is there."""
    longer: bool = False
    """It stands behind another capitalised word, as a surname does."""


@dataclass(frozen=True, slots=True)
class Support:
    """What the rest of the article says for a company."""

    exact: frozenset[str]
    """Symbols that stand as tickers."""
    named: frozenset[str]
    """Symbols whose strong name is there."""
    beside: frozenset[int]
    """Starts of names with their own ticker in brackets behind."""


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
    if surface.text[0].isupper() or found[0].isupper():
        return found[0].isupper() or not surface.text[0].isupper()
    return False


def suffix_end(text: str, end: int) -> int:
    """Where the legal suffix behind a name ends ("Apple, Inc." -> behind the dot)."""
    match = AFTER.match(text, end)
    return match.end() if match else end


def block(name: Named, found: str, text: str, first_names: frozenset[str]) -> str:
    """Why this cannot be the company; "" if nothing forbids it."""
    sense, company = name.sense, name.company
    before, after = sense.before(name.start), sense.after(name.end)
    previous, following = previous_word(before), next_word(after)
    one_word = " " not in found
    glued = text[max(0, name.start - 1) : name.start]
    if not glued.isspace() and _ADDRESS.search(text[max(0, name.start - 80) : name.start]):
        return "part of an address, tag or handle"
    if one_word and glued == "." and re.search(r"[A-Za-z]\.$", before) and not name.first:
        return "part of an address"
    if re.match(r"(?:\.\w|@|_\w)", after) and not re.match(r"\.(?:com|co)\b", after):
        return "part of an address"
    if company.symbol in context.PICTURES and context.CREDIT.search(before):
        return "a photo credit"
    low = following.lower()
    tail = after.lower().lstrip(" -")
    if any(re.match(rf"{re.escape(word)}s?\b", tail) for word in company.next):
        return f"followed by {tail.split()[0]!r}"
    if re.match(r"-(?:and|or|to|in|on|of|the)-", after):
        return "part of a compound"
    landmark = re.match(r"'s ([A-Z]\w+)", after)
    if landmark and landmark.group(1).lower() in context.PLACES:
        return f"a {landmark.group(1).lower()} of that name"
    if name.surface.word and previous in ("the", "The") and name.next_tag[:1] not in ("N", "J", "P"):
        return "after 'the', as no company is"
    front = previous.lower()
    if front and front in company.before and (one_word or front in ("nikola",)):
        return f"after {previous!r}"
    if one_word and low in context.PLACES and (following[0].isupper() or sense.lowered):
        return f"a {low} of that name"
    if not one_word and low in ("center", "arena", "stadium", "theatre", "theater", "park", "field"):
        return f"a {low} of that name"
    if name.surface.kind != "brand" and one_word and _person(name, previous, sense, first_names):
        return PERSON
    if found.lower() in context.PLATFORMS and _venue(name, before, after, text):
        return "a platform as a place, not the company"
    return ""


def _person(name: Named, previous: str, sense: Sense, first_names: frozenset[str]) -> bool:
    if not previous or not previous[0].isupper() or sense.lowered:
        return False
    if len(previous) == 2 and previous.isupper() and previous not in ("US", "UK", "EU", "TV", "AI"):
        return name.surface.strength in "CWN"
    if previous.rstrip(".").lower() in context.HONORIFICS and name.surface.strength != "S":
        return True
    return previous.title() in first_names and previous.lower() not in MONTHS and previous != "Will"


def _venue(name: Named, before: str, after: str, text: str) -> bool:
    line_start = text.rfind("\n", 0, name.start) + 1
    line_end = text.find("\n", name.end)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    if len(line) < 120 and context.SHARE_LINE.match(line):
        return True
    if context.VENUE_BEFORE.search(before):
        return name.sense.market < 2
    return bool(context.VENUE_AFTER.match(after)) and name.sense.market < 2


def source(name: Named) -> str:
    """Why the name is only quoted here (a broker, a data house); "" if it is not."""
    if name.company.sector != "financials" and name.company.symbol != "IT":
        return ""
    before, after = name.sense.before(name.start, 90), name.sense.after(name.suffix_end, 90)
    if context.FUND.match(after):
        return "part of a fund's name"
    if context.SOURCES.search(before) or context.SOURCE_AFTER.match(after):
        return "only quoted as a source"
    following = next_word(after.removeprefix("'s")).lower()
    alone = name.suffix_end == name.end and name.why != BESIDE
    if name.company.symbol in context.HOUSES and alone and following not in context.OWN_NEWS:
        return "only quoted as a source"
    return ""


def score(name: Named, support: Support) -> None:
    """Sets `points` and `why`: the evidence that does not depend on other doubtful names."""
    sense, surface, company = name.sense, name.surface, name.company
    before, after = sense.before(name.start), sense.after(name.end)
    points: list[tuple[float, str]] = []
    if name.suffix_end > name.end:
        points.append((3, "legal suffix") if name.legal else (-3, "another legal suffix"))
        after = sense.after(name.suffix_end)
    if name.start in support.beside:
        points.append((4, BESIDE))
    elif company.symbol in support.exact:
        points.append((2.5, "its ticker in the text"))
    elif company.symbol in support.named and surface.kind != "brand" and surface.strength != "S":
        points.append((2, "its full name in the text"))
    name.backed = any(value >= 2 for value, _ in points)
    points += _around(name, before, after)
    if sense.market:
        points.append((1, "market words"))
    if sense.abroad:
        points.append((-1, "another country's market"))
    topic = context.TOPICS.get(company.sector or "")
    words = len(topic.findall(sense.text)) if topic else 0
    if words:
        points.append((min(words, 2) / 2, "words of its sector"))
    name.points = sum(value for value, _ in points)
    if surface.strength == "W" and max((value for value, _ in points), default=0.0) <= 1:
        name.points -= 0.0 if sense.market else 0.5  # a capital and a verb are not enough
    name.why = max(points, default=(0, "name"))[1]


def namesakes(names: list[Named], support: Support) -> None:
    """Blocks a bare name when the text has a person who bears it, and no sign of the company."""
    people = {name.surface.text for name in names if name.blocked == PERSON or name.longer}
    for name in names:
        symbol = name.company.symbol
        known = symbol in support.exact or symbol in support.named or name.backed
        if name.surface.text in people and not known and not name.blocked:
            name.blocked = "somebody of that name in the text"


def bears_suffix(written: str, surface: Surface, company: Company) -> bool:
    """Whether a legal suffix as written is the company's own."""
    classes = suffixes(" x" + written)
    if classes & company.suffixes or surface.strength == "S":
        return True
    plain = {"inc", "corp", "plc", "ltd", "co"}
    return surface.kind == "name" and bool(classes & plain) and not company.suffixes


def _around(name: Named, before: str, after: str) -> list[tuple[float, str]]:
    sense = name.sense
    plain = not sense.titled and not sense.lowered
    inside = plain and not name.first
    points: list[tuple[float, str]] = []
    previous, following = previous_word(before), next_word(after)
    low, front = following.lower(), previous.lower()
    if inside or (plain and _later_capital(name)):
        points.append((1, "capital"))
    owned = re.match(r"'s? +([\w-]+)|s' ([\w-]+)", after)
    if owned:
        thing = (owned.group(1) or owned.group(2)).lower()
        points.append((2 if thing in context.NOUNS else 1, "possessive"))
    if low in context.NOUNS and not (plain and following[0].isupper() and not following.isupper()):
        points.append((2, f"before {low!r}"))
    elif low in context.FINANCIAL_VERBS or context.TO_DO.match(after):
        points.append((2, f"before {low!r}"))
    elif low in context.VERBS or (name.next_tag in ("VBD", "VBZ", "VBN", "VBP", "MD") and low):
        points.append((1, f"before {low!r}"))
    elif inside and following[:1].isupper() and low not in MONTHS and not owned:
        points.append((-2, "part of a longer name"))
    if front in context.ROLES:
        points.append((2, f"after {front!r}"))
    elif context.LEAD.search(before):
        points.append((1.5, f"after {front!r}"))
    elif inside and previous[:1].isupper() and not _free_before(previous, before, name.last_tag):
        points.append((-3, "part of a longer name"))
        name.longer = " " not in name.surface.text
    elif front in ("the", "a", "an", "this", "that", "his", "her", "my", "our", "your") and low not in context.NOUNS:
        points.append((-2, f"after {front!r}"))
    verb_next = name.next_tag[:2] in ("VB", "MD", "TO")
    if plain and name.first and name.tag[:2] in ("VB", "JJ", "RB", "IN", "DT") and not verb_next:
        points.append((-1, "read as another part of speech"))
    elif plain and name.first and name.tag.startswith("NNP"):
        points.append((0.5, "read as a proper noun"))
    if sense.titled and name.surface.word and not name.first and not _free_title(previous):
        points.append((-1, "part of a phrase"))
    if name.surface.strength != "S" and re.match(r" of (?:the )?[A-Z]", after):
        points.append((-2, "part of a longer name"))
    if re.match(r"-(?:owned|backed|led|parent|branded|listed)\b", after):
        points.append((1.5, "owner"))
    elif re.match(r"-\w", after):
        points.append((-1.5, "part of a compound"))
    if name.first and re.match(r": [A-Z]", after):
        points.append((1, "head of a headline"))
    if re.match(r" ?\([+-]?\d[\d.,]*%", after) or re.match(r" [+-]?\d[\d.]*%", after):
        points.append((2, "a price move"))
    return points


def _later_capital(name: Named) -> bool:
    words = name.surface.text.split()
    return len(words) > 1 and words[-1][0].isupper()


def _free_before(previous: str, before: str, tag: str) -> bool:
    """A capitalised word in front that is no part of the name: sentence start, day, month."""
    low = previous.lower()
    if low in MONTHS or low in context.SMALL or low in context.ROLES or previous.isupper():
        return True
    if low.endswith("'s"):
        return True
    if low.rstrip(".") in context.HONORIFICS:
        return False
    at = before.rstrip()[: -len(previous)].rstrip()
    title = re.search(r"([A-Za-z]+)\.$", at)
    if title and (len(title.group(1)) == 1 or title.group(1).lower() in context.HONORIFICS):
        return False
    if not at:  # the sentence's first word: a capital anyway, unless it is a name
        return not tag.startswith("NNP")
    return at[-1] in ".:;!?\"'-–—|"


def _free_title(previous: str) -> bool:
    """In a headline: a word in front that does not make the name part of a phrase."""
    low = previous.lower()
    known = context.VERBS | context.FINANCIAL_VERBS | context.ROLES | context.SMALL
    return not previous or low in known or low in ("buy", "sell", "buying", "selling", "like")


def coordinate(names: list[Named], taken: set[tuple[int, int]], text: str) -> bool:
    """Points for standing in a row with companies; True if that changed anything."""
    changed = False
    for left, right in zip(names, names[1:], strict=False):
        if left.sense is not right.sense or left.company.symbol == right.company.symbol:
            continue
        gap = re.sub(r"\([^)]*\)|<[^>]*>|'s\b", "", text[left.suffix_end : right.start])
        if not _JOINT.match(re.sub(r"\s+", " ", gap)):
            continue
        for one, other in ((left, right), (right, left)):
            if one.taken or one.blocked or one.why == "in a row of companies":
                continue
            if (other.start, other.end) in taken:
                gain = 2.0
            elif one.company.sector == other.company.sector and not other.blocked:
                gain = 1.5
            else:
                continue
            one.points += gain
            one.why = "in a row of companies"
            changed = True
    return changed
