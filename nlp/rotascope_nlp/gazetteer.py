"""The companies known: symbols, names, sectors, and how far each name can be trusted alone.

The data file is built by `python -m rotascope_nlp.build_gazetteer` and read here, with a user's
additions laid over it.  Finding names in a text is an Aho-Corasick search over all of them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from rotascope_nlp.errors import GazetteerError
from rotascope_nlp.gazetteer_names import Strength
from rotascope_nlp.user import UserNames

FOLDER = Path(__file__).parent / "data"
DATA = FOLDER / "companies.json.gz"
ALIASES = FOLDER / "aliases.txt"
FIRST_NAMES = FOLDER / "first_names.txt"


class Surface(NamedTuple):
    """One way to write a company.  `kind`: name, short, alias, brand, former or user;
    `sense`: 1 an English word in lower case, 2 a person's name, 3 both, else 0."""

    text: str
    symbol: str
    strength: Strength
    kind: str
    sense: int = 0

    @property
    def word(self) -> bool:
        """An English word in lower case."""
        return self.sense % 2 == 1

    @property
    def person(self) -> bool:
        """A first name or a frequent surname."""
        return self.sense >= 2


class Company(NamedTuple):  # thousands are made at each start: a dataclass takes four times as long
    """A listed share.  `groups`: its sector, its size class, and the user's own groups.

    `suffixes`: classes of its legal suffixes.  `next`, `before`: words in lower case that make
    its short name something else when they stand right after or before it.
    `former`: earlier names, each with the month of the change ("Facebook@2021-10").
    """

    symbol: str
    name: str
    exchange: str
    sector: str | None
    groups: tuple[str, ...]
    suffixes: frozenset[str] = frozenset()
    next: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gazetteer:
    """Everything known of companies.

    `surfaces`: name in lower case -> how it may be read.  `former`: old symbol -> (symbol now,
    month of the change).  `listed`: RIC of a foreign listing -> US symbol.  `wordy`: symbols
    that are words or common acronyms.  `revision`: short hash of all of it.
    """

    companies: Mapping[str, Company]
    surfaces: Mapping[str, Surface]
    former: Mapping[str, tuple[str, str]]
    listed: Mapping[str, str]
    wordy: frozenset[str]
    first_names: frozenset[str]
    revision: str

    @cached_property
    def names_of(self) -> Mapping[str, list[str]]:
        """Symbol -> the ways to write it, in lower case."""
        found: dict[str, list[str]] = {}
        for key, surface in self.surfaces.items():
            found.setdefault(surface.symbol, []).append(key)
        return found

    @cached_property
    def _search(self) -> tuple[Any, list[str]]:
        from ahocorasick_rs import AhoCorasick, Implementation

        keys = list(self.surfaces)
        return AhoCorasick(keys, implementation=Implementation.ContiguousNFA), keys

    def find_names(self, lowered: str) -> Iterator[tuple[int, int, Surface]]:
        """Every known name in a text in lower case, as whole words, overlaps included."""
        automaton, keys = self._search
        for index, start, end in automaton.find_matches_as_indexes(lowered, overlapping=True):
            if (start == 0 or not lowered[start - 1].isalnum()) and (
                end == len(lowered) or not lowered[end].isalnum()
            ):
                yield start, end, self.surfaces[keys[index]]

    def company(self, symbol: str) -> Company | None:
        """By symbol as written anywhere: BRK.B, BRK-B, BRK/B; former symbols lead to today's."""
        key = re.sub(r"[-/ ]", ".", symbol.upper())
        found = self.companies.get(key)
        if found is None and key in self.former:
            found = self.companies.get(self.former[key][0])
        return found


def load_gazetteer(user: UserNames | None = None) -> Gazetteer:
    """The shipped companies with the user's added.  Raises `GazetteerError`."""
    raw, first_names = DATA.read_bytes(), FIRST_NAMES.read_text(encoding="utf-8")
    content = json.loads(gzip.decompress(raw))
    companies = {row[0]: _company(row) for row in content["companies"]}
    surfaces = {
        text.lower(): Surface(text, row[0], level, kind, sense)
        for row in content["companies"]
        for level, kind, text, sense in row[6]
    }
    if user is not None:
        _add_user(user, companies, surfaces)
    return Gazetteer(
        companies,
        surfaces,
        {old: (new, date) for old, (new, date) in content["former"].items()},
        content["listed"],
        frozenset(content["wordy"]),
        frozenset(first_names.split()),
        hashlib.sha256(raw + f"{first_names}{user!r}".encode()).hexdigest()[:12],
    )


def _company(row: list[Any]) -> Company:
    symbol, name, exchange, sector, size, suffixes, _, following, before, former = row
    groups = tuple(group for group in (sector, size) if group)
    return Company(
        symbol,
        name,
        exchange,
        sector,
        groups,
        frozenset(suffixes),
        tuple(following),
        tuple(before),
        tuple(former),
    )


def _add_user(user: UserNames, companies: dict[str, Company], surfaces: dict[str, Surface]) -> None:
    for row in user.companies:
        old = companies.get(row.symbol)
        if old is None and row.name is None:
            raise GazetteerError(f"company {row.symbol}: not on file, so it needs a name")
        base = old or Company(row.symbol, row.name or row.symbol, "", None, ())
        sector = row.sector or base.sector
        rest = [group for group in base.groups if group != base.sector]
        groups = tuple([sector, *rest] if sector else rest)
        companies[row.symbol] = base._replace(
            name=row.name or base.name, sector=sector, groups=groups
        )
        for text in filter(None, (row.name, *row.aliases)):
            surfaces[text.lower()] = Surface(text, row.symbol, "S", "user")
    for group in user.groups:
        for symbol in _known(group.symbols, companies, group.id):
            company = companies[symbol]
            if group.id not in company.groups:
                companies[symbol] = company._replace(groups=(*company.groups, group.id))


def _known(symbols: Iterable[str], companies: Mapping[str, Company], group: str) -> Iterator[str]:
    for symbol in symbols:
        key = re.sub(r"[-/ ]", ".", symbol)
        if key not in companies:
            raise GazetteerError(
                f"group {group!r}: unknown symbol {symbol!r}; add it under companies first"
            )
        yield key
