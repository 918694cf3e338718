"""Builds the company data file: `python -m rotascope_nlp.build_gazetteer FOLDER`.

FOLDER holds `us_listings.csv` (symbol, name, exchange, exchange_sector, industry, country,
market_cap_usd, ipo_year) and `sp500_constituents.csv` (Symbol, Security, GICS Sector, ...).
Needs the extra `gazetteer` (`spacy-lookups-data` for word frequencies and the WordNet word list,
`names` for the names of the US census): pip install 'rotascope[gazetteer]'.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from rotascope_nlp import gazetteer_names as names
from rotascope_nlp.errors import GazetteerError
from rotascope_nlp.gazetteer import ALIASES, DATA, FIRST_NAMES
from rotascope_nlp.gazetteer_gics import GICS_IDS, sector_of
from rotascope_nlp.gazetteer_names import Strength, Words

SIZES = (("mega_caps", 500e9), ("large_caps", 10e9), ("mid_caps", 2e9), ("small_caps", 1.0))
"""Size class by market value in dollars.  The usual bounds of small, mid and large; mega starts
at 500 billion, where the companies that the trade calls Big Tech and its peers stand."""
SURNAMES = 4000
"""The most frequent ones of the census; rarer ones name companies more often than people."""
BORNE = 2000
"""Surnames so frequent that a bare one is more likely a person."""
PRIMARY = {"BRK.B", "FOXA", "NWSA", "BF.B", "UAA", "Z", "LBTYA", "GOOGL", "HEI", "LEN", "MOG.A"}
"""The share class that a bare company name stands for, where the largest is not the usual one."""
KINDS = ("strong", "cap", "weak", "never", "brand", "former")
LEVELS: dict[str, Strength] = {"strong": "S", "cap": "C", "weak": "W", "never": "N", "brand": "S"}


@dataclass
class Row:
    """A listed share on its way into the data file."""

    symbol: str
    name: str
    exchange: str
    sector: str | None
    cap: float
    in_index: bool = False
    suffixes: set[str] = field(default_factory=set)
    surfaces: dict[str, tuple[str, Strength, str]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def size(self) -> str | None:
        return next((size for size, floor in SIZES if self.cap >= floor), None)

    def add(self, text: str, level: Strength, kind: str, *, hand: bool) -> None:
        for form in names.spellings(text):
            if hand or form.lower() not in self.surfaces:
                self.surfaces[form.lower()] = (form, level, kind)


def build(folder: Path) -> dict[str, Any]:
    """The content of the data file.  Raises `GazetteerError` that names the file and row."""
    words = load_words()
    rows = read_listings(folder / "us_listings.csv")
    read_index(folder / "sp500_constituents.csv", rows)
    notes = dict(read_aliases(ALIASES.read_text(encoding="utf-8").splitlines()))
    former: dict[str, list[str]] = {}
    listed: dict[str, str] = {}
    for row in sorted(rows.values(), key=lambda row: -row.cap):
        _name(row, words)
    for symbol, keys in notes.items():
        if symbol in rows:
            _annotate(rows[symbol], keys, former, listed)
    _settle(rows.values(), hand={s for s in notes if s in rows})
    return {
        "companies": [
            _record(row, words) for row in sorted(rows.values(), key=lambda row: row.symbol)
        ],
        "former": {old: new for old, new in sorted(former.items()) if old not in notes},
        "listed": dict(sorted(listed.items())),
        "wordy": sorted(symbol for symbol, row in rows.items() if _wordy(row, words)),
    }


def read_listings(path: Path) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for number, line in _csv(path, ("symbol", "name", "exchange", "industry", "market_cap_usd")):
        symbol = line["symbol"].replace("/", ".").strip()
        if "^" in symbol or not names.is_share(line["name"]):
            continue
        try:
            sector = sector_of(line["exchange_sector"], line["industry"])
        except KeyError as exc:
            raise GazetteerError(
                f"{path.name} row {number} ({symbol}): industry {exc} has no GICS sector;"
                " add it to gazetteer_gics.py"
            ) from exc
        name = names.bare(line["name"])
        cap = float(line["market_cap_usd"] or 0)
        rows[symbol] = Row(symbol, name, line["exchange"], sector, cap, False, names.suffixes(name))
        if line["industry"] == "Blank Checks" or re.search(r"\bFund\b", name):
            rows[symbol].notes["shell"] = ["yes"]
    return rows


def read_index(path: Path, rows: dict[str, Row]) -> None:
    for number, line in _csv(path, ("Symbol", "Security", "GICS Sector")):
        sector = GICS_IDS.get(line["GICS Sector"])
        if sector is None:
            raise GazetteerError(
                f"{path.name} row {number}: unknown GICS sector {line['GICS Sector']!r}"
            )
        symbol = line["Symbol"].strip()
        row = rows.setdefault(symbol, Row(symbol, line["Security"], "", sector, 10e9))
        row.sector, row.in_index = sector, True
        plain = names.bare(re.sub(r"\(Class \w\)", "", line["Security"]).replace("–", "-"))
        row.notes["index name"] = [plain]
        row.suffixes |= names.suffixes(plain)


def read_aliases(lines: Iterable[str]) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Symbol -> key -> values; several lines of a symbol are joined."""
    found: dict[str, dict[str, list[str]]] = {}
    known = {*KINDS, "was", "listed", "sector", "next", "before", "drop"}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        symbol, *parts = (part.strip() for part in line.split("|"))
        keys = found.setdefault(symbol, defaultdict(list))
        for part in parts:
            key, _, values = part.partition(":")
            if key.strip() not in known or not values.strip():
                raise GazetteerError(f"{ALIASES.name} line {number} ({symbol}): {part!r}")
            keys[key.strip()] += [value.strip() for value in values.split(";")]
    return iter(found.items())


def load_words() -> Words:
    """Word lists of the packages in the extra `gazetteer`."""
    try:
        tables = files("spacy_lookups_data") / "data"
        census = files("names")
    except ModuleNotFoundError as exc:
        raise GazetteerError(f"{exc}; pip install 'rotascope[gazetteer]'") from exc
    index = json.loads(gzip.decompress((tables / "en_lemma_index.json.gz").read_bytes()))
    inflected = json.loads(gzip.decompress((tables / "en_lemma_lookup.json.gz").read_bytes()))
    rates = json.loads(gzip.decompress((tables / "en_lexeme_prob.json.gz").read_bytes()))
    last = (census / "dist.all.last").read_text().lower().split()[0 : 4 * SURNAMES : 4]
    common = {word for group in index.values() for word in group} | set(inflected)
    first = set(FIRST_NAMES.read_text(encoding="utf-8").lower().split())
    people = frozenset(first.union(last[:BORNE]))
    return Words(frozenset(common), people.union(last), rates, people)


def _name(row: Row, words: Words) -> None:
    if row.notes.get("shell"):
        row.add(row.name, "S", "name", hand=False)
        return
    for full in (row.name, *row.notes.get("index name", ())):
        plain = names.short(full)
        row.suffixes |= names.suffixes(full)
        level = names.strength(plain, row.cap, words, in_index=row.in_index)
        row.add(plain, level, "name", hand=False)
        front = names.head(plain) if row.cap >= 300e6 else None
        if front:
            level = names.strength(front, row.cap, words, in_index=row.in_index)
            level = "N" if front.lower() in words.common else level
            row.add(front, level if row.cap >= 10e9 or level == "N" else "W", "short", hand=False)


def _annotate(
    row: Row, keys: dict[str, list[str]], former: dict[str, list[str]], listed: dict[str, str]
) -> None:
    for key in KINDS:
        for value in keys.get(key, ()):
            text, _, date = (part.strip() for part in value.partition("@"))
            level = LEVELS.get(key)
            if level is None:  # a former name is as sure as its other listing says, else strong
                row.notes["former"].append(f"{text}@{date}")
                if text.lower() in row.surfaces or text in keys.get("weak", ()):
                    continue
                level = "S"
            kind = key if key in ("brand", "former") else "alias"
            row.add(text, level, kind, hand=True)
    for value in keys.get("drop", ()):
        for form in names.spellings(value):
            row.surfaces.pop(form.lower(), None)
    for value in keys.get("was", ()):
        old, _, date = (part.strip() for part in value.partition("@"))
        former[old] = [row.symbol, date]
    listed.update(dict.fromkeys(keys.get("listed", ()), row.symbol))
    row.sector = next(iter(keys.get("sector", ())), row.sector)
    for key in ("next", "before"):
        row.notes[key] = [value.lower() for value in keys.get(key, ())]


def _settle(rows: Iterable[Row], *, hand: set[str]) -> None:
    """A name that several shares claim goes to the one it stands for, or to none."""
    claims: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for key in row.surfaces:
            claims[key].append(row)
    for key, claimed in claims.items():
        if len(claimed) == 1:
            continue

        def rank(row: Row, key: str = key) -> tuple[bool, bool, bool, float]:
            by_hand = row.symbol in hand and row.surfaces[key][2] not in ("name", "short")
            return by_hand, row.symbol in PRIMARY, row.in_index, row.cap

        claimed.sort(key=rank, reverse=True)
        first, second = claimed[0], claimed[1]
        same = names.short(first.name).lower() == names.short(second.name).lower()
        keep = same or rank(first)[:3] != rank(second)[:3] or first.cap >= 5 * second.cap
        for row in claimed[1:] if keep else claimed:
            del row.surfaces[key]


def _record(row: Row, words: Words) -> list[object]:
    return [
        row.symbol,
        names.short(row.notes.get("index name", [row.name])[0]),
        row.exchange,
        row.sector,
        row.size,
        sorted(row.suffixes),
        [
            [level, kind, text, (key in words.common) + 2 * (key in words.people)]
            for key, (text, level, kind) in sorted(row.surfaces.items())
        ],
        row.notes.get("next", []),
        row.notes.get("before", []),
        row.notes.get("former", []),
    ]


def _wordy(row: Row, words: Words) -> bool:
    """A symbol that is a word or a common acronym: alone it proves nothing.

    One of four letters and more that is often written and no word is known as that company's.
    """
    symbol = row.symbol
    known = len(symbol) >= 4 and row.size in ("mega_caps", "large_caps")
    return (
        len(symbol) <= 2
        or symbol.lower() in words.common
        or symbol.lower() in words.names
        or (words.rate(symbol) > -15.5 and not known)
    )


def _csv(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [name for name in needed if name not in (reader.fieldnames or ())]
            if missing:
                raise GazetteerError(f"{path}: no column {', '.join(missing)}")
            yield from enumerate(reader, 2)
    except OSError as exc:
        raise GazetteerError(f"{path}: {exc.strerror or exc}") from exc


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        content = build(Path(sys.argv[1]))
        notes = dict(read_aliases(ALIASES.read_text(encoding="utf-8").splitlines()))
    except GazetteerError as exc:
        sys.exit(str(exc))
    raw = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    unlisted = sorted(notes.keys() - {row[0] for row in content["companies"]})
    if unlisted:
        sys.stderr.write(f"in {ALIASES.name}, but not listed: {', '.join(unlisted)}\n")
    # No time in the header: the same input gives the same bytes.
    DATA.write_bytes(gzip.compress(raw, 9, mtime=0))


if __name__ == "__main__":
    main()
