"""The words of the groups as a table of token patterns, read from data/groups.toml."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any, Literal

from rotascope_nlp.types import MentionKind
from rotascope_nlp.user import UserNames

Level = Literal["alone", "noun", "adj", "end"]
_PIECES = re.compile(r"[^\s/-]+|[-/]")
_PAIR = 2
_BEHIND_SINGULAR = (
    "stock", "stocks", "share", "shares", "equities", "name", "names", "fund", "funds", "etf",
    "etfs", "companies", "firms", "plays", "sector",
)  # fmt: skip
_MOST_GAPS = 4
"""Of longer phrases of a user only the spelling given counts: 2 to the power of gaps are tried."""
_PLURALS = ("alone", "noun")
_SHARES = frozenset({"stock", "share", "name", "play", "sector"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What a pattern stands for; `level` says how much context it needs (see data/groups.toml)."""

    groups: tuple[str, ...]
    kind: MentionKind
    level: Level
    custom: bool = False


Patterns = dict[str, list[tuple[tuple[str, ...], list[Entry]]]]


@dataclass(frozen=True, slots=True)
class FundSymbol:
    """A fund by its symbol; one that is not `certain` needs a mark beside it."""

    symbol: str
    groups: tuple[str, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`patterns`: first token -> (whole token tuple, entries), the longest first.

    `own`: the same of the user's words, which are looked for before all others.
    """

    revision: str
    patterns: Patterns
    funds: dict[str, FundSymbol]
    not_before: dict[str, frozenset[str]] = field(default_factory=dict)
    not_after: dict[str, frozenset[str]] = field(default_factory=dict)
    only_shares: frozenset[str] = frozenset()
    own: Patterns = field(default_factory=dict)


def load_lexicon(user: UserNames | None = None) -> Lexicon:
    """The shipped words, and the user's, which win over them: also over a longer one with them."""
    data, revision = _shipped()
    table: dict[tuple[str, ...], list[Entry]] = {}
    single = frozenset(data["no_plural"])
    for words, entry in _entries(data):
        for pattern in _variants(words, plural=entry.level in _PLURALS and words not in single):
            _add(table, pattern, entry)
    sections = {name: part for name, part in data.items() if isinstance(part, dict)}
    return Lexicon(
        revision=_revision(revision, user),
        patterns=_by_first_token(table),
        funds={fund.symbol: fund for fund in _funds(data)},
        not_before={name: frozenset(part.get("not_before", ())) for name, part in sections.items()},
        not_after={name: frozenset(part.get("not_after", ())) for name, part in sections.items()},
        only_shares=frozenset(data["only_shares"]),
        own=_by_first_token(_own(user) if user else {}),
    )


def _own(user: UserNames) -> dict[tuple[str, ...], list[Entry]]:
    """The user's words; a word of two groups speaks for both."""
    claimed: dict[tuple[str, ...], dict[str, None]] = {}
    for group in user.groups:
        for words in group.words:
            for pattern in _own_variants(words.lower()):
                claimed.setdefault(pattern, {})[group.id] = None
    return {
        pattern: [Entry(tuple(groups), "group", "alone", custom=True)]
        for pattern, groups in claimed.items()
    }


def _own_variants(words: str) -> set[tuple[str, ...]]:
    """As `_variants`, and what a user who gives one spelling means too.

    Hyphens for blanks, and a plural's singular before a word for shares: `micro caps` is also
    `micro-caps` and `micro-cap stocks`.  Alone it is no group: `the bank` is not `banks`.
    """
    found: set[tuple[str, ...]] = set()
    for spelling in _hyphened(words):
        found |= _variants(spelling)
    *front, last = words.split()
    if (single := _singular(last)) != last:
        for spelling in _hyphened(" ".join([*front, single])):
            found |= {
                (*pattern, noun)
                for pattern in _variants(spelling, plural=False)
                for noun in _BEHIND_SINGULAR
            }
    return found


def _hyphened(words: str) -> Iterator[str]:
    """The words with a blank or a hyphen in each gap."""
    pieces = words.split()
    gaps = len(pieces) - 1
    for signs in product(" -", repeat=gaps) if gaps <= _MOST_GAPS else ():
        yield "".join(map("".join, zip(pieces, [*signs, ""], strict=True)))
    yield words


@cache
def _shipped() -> tuple[dict[str, Any], str]:
    raw = files("rotascope_nlp").joinpath("data/groups.toml").read_bytes()
    return tomllib.loads(raw.decode()), hashlib.sha256(raw).hexdigest()[:12]


def _revision(shipped: str, user: UserNames | None) -> str:
    if user is None or not user.groups:
        return shipped
    own = repr(sorted((group.id, group.words) for group in user.groups))
    return hashlib.sha256(f"{shipped}{own}".encode()).hexdigest()[:12]


def _entries(data: dict[str, Any]) -> Iterator[tuple[str, Entry]]:
    for name, part in data.items():
        if isinstance(part, dict):
            levels: tuple[Level, ...] = ("alone", "noun", "adj", "end")
            for level in levels:
                for words in part.get(level, ()):
                    yield words, Entry((name,), "group", level)
    for part in data["several"]:
        for words in part["words"]:
            yield words, Entry(tuple(part["groups"]), "group", "alone")
        for words in part.get("end", ()):
            yield words, Entry(tuple(part["groups"]), "group", "end")
    for part in data["index"]:
        for words in part["words"]:
            yield words, Entry(tuple(part["groups"]), "index", "alone")


def _funds(data: dict[str, Any]) -> Iterator[FundSymbol]:
    for part in data["etf"]:
        for key in ("certain", "marked"):
            for symbol in part.get(key, ()):
                yield FundSymbol(symbol, tuple(part["groups"]), key == "certain")


def _add(table: dict[tuple[str, ...], list[Entry]], pattern: tuple[str, ...], entry: Entry) -> None:
    entries = table.setdefault(pattern, [])
    if entry not in entries:
        entries.append(entry)


def _by_first_token(table: dict[tuple[str, ...], list[Entry]]) -> Patterns:
    by_first: Patterns = {}
    for pattern, entries in table.items():
        by_first.setdefault(pattern[0], []).append((pattern, entries))
    for rows in by_first.values():
        rows.sort(key=lambda row: -len(row[0]))
    return by_first


def _variants(words: str, *, plural: bool = True) -> set[tuple[str, ...]]:
    """Token tuples of a word or phrase: hyphen, space or nothing; singular and plural."""
    spellings = {words}
    if "-" in words.rstrip("-"):
        spellings |= {words.replace("-", " "), words.replace("-", "")}
    if len(pair := words.split()) == _PAIR and words.replace(" ", "").isalpha():
        spellings.add("".join(pair))  # "InformationTechnology"
    found: set[tuple[str, ...]] = set()
    for spelling in spellings:
        pieces = tuple(_tokens(spelling))
        found.add(pieces)
        if plural:
            found.add((*pieces[:-1], _plural(pieces[-1])))
        if len(pieces) > 1 and (last := pieces[-1].rstrip("s")) in _SHARES:
            found.add((*pieces[:-1], '"', f"{last}s"))  # "safe" stocks
        if re.search(r"-\d", spelling):  # the tokenizer keeps "nasdaq-100" whole
            found.add(tuple(spelling.split()))
    return found


def _tokens(spelling: str) -> Iterable[str]:
    for chunk in spelling.split():
        if chunk.endswith("-") or chunk == "&":
            yield chunk
        else:
            yield from _PIECES.findall(chunk)


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("ch", "sh", "s", "x")) else "s")


def _singular(word: str) -> str:
    """The word for one, of a plural; a word that is no plural, or may be none, as it is."""
    if word.endswith("ies") and len(word) > len("ties"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    plain = len(word) > len("gas") and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plain else word
