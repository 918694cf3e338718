"""A store filled with invented analyses, for measuring exports: no texts, no model.

    python -m benchmarks.worlds OUT.db --articles 1000000

Over five years; one article in ten is a copy of the one before; each speaks of three groups, one of
them a company, and one in five claims a flow.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa

from rotascope.store import Store
from rotascope.store.schema import (
    analyses,
    articles,
    flows,
    group_scores,
    revisions,
    text_versions,
    to_micros,
)
from rotascope.stories import signature
from rotascope_nlp.groups import SECTORS, STYLES

START = datetime(2020, 1, 1, tzinfo=UTC)
YEARS = 5
REVISION = "0123456789ab"
BATCH = 50_000
_DAY = 86_400_000_000
_GROUPS = [*((name, "sector") for name in SECTORS), *((name, "style") for name in STYLES)]
_TICKERS = [(f"{a}{b}{c}", "ticker") for a in "ABCDE" for b in "FGHIJ" for c in "KLMN"]

Rows = Iterator[tuple[sa.Table, list[tuple[Any, ...]]]]


def fill(location: str | Path, *, count: int, seed: int = 0) -> None:
    """Create the store at `location` with `count` analysed articles over five years."""
    with Store.open(location) as store, store.engine.connect() as connection:
        driver: Any = connection.connection.cursor()
        driver.execute("PRAGMA synchronous=OFF")
        driver.execute("BEGIN")
        for table, rows in _world(count, seed):
            marks = ",".join("?" * len(rows[0]))
            names = ",".join(f'"{column.name}"' for column in _columns(table))
            driver.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", rows)
        driver.execute("COMMIT")


def _columns(table: sa.Table) -> list[sa.Column[Any]]:
    """The columns that `_world` gives values for, in its order."""
    given = {
        "articles": "id key publisher published_at first_seen_at flags",
        "text_versions": "id article_id seen_at content_hash text_source signature linked analyzed",
        "analyses": "id version_id revision_id analyzed_at negative neutral positive"
        " sentences intensity",
    }
    every = [column.name for column in table.columns]
    return [table.columns[name] for name in given.get(table.name, " ".join(every)).split()]


def _world(count: int, seed: int) -> Rows:
    now = to_micros(START) + YEARS * 366 * _DAY
    yield revisions, [(REVISION, "invented", "1", "1", "1", "1", now)]
    random = np.random.default_rng(seed)
    for low in range(0, count, BATCH):
        yield from _batch(np.arange(low, min(count, low + BATCH)), count, random, now)


def _batch(ids: np.ndarray, count: int, random: np.random.Generator, now: int) -> Rows:
    span = YEARS * 365 * _DAY
    published = to_micros(START) + ids * (span // count) + random.integers(0, _DAY, len(ids))
    seen = published + random.integers(0, 3_600_000_000, len(ids))
    numbers = (ids + 1).tolist()
    times, sights = published.tolist(), seen.tolist()
    yield (
        articles,
        [
            (number, f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}", "invented", time, sight, "")
            for number, time, sight in zip(numbers, times, sights, strict=True)
        ],
    )
    signatures = _signatures(numbers, random)
    yield (
        text_versions,
        [
            (n, n, sight, f"{n:064x}", "page", signature, False, True)
            for n, sight, signature in zip(numbers, sights, signatures, strict=True)
        ],
    )
    mood = random.dirichlet((2.0, 3.0, 2.0), len(ids)).tolist()
    intensity = (random.random(len(ids)) * (random.random(len(ids)) < 0.2)).tolist()
    yield (
        analyses,
        [
            (n, n, REVISION, now, *p, 20, level)
            for n, p, level in zip(numbers, mood, intensity, strict=True)
        ],
    )
    yield group_scores, list(_scores(numbers, random))
    claims = random.choice(len(numbers), len(numbers) // 5, replace=False)
    yield flows, [_claim(numbers[place], random) for place in claims.tolist()]


def _signatures(numbers: list[int], random: np.random.Generator) -> list[bytes]:
    """As `rotascope.stories` writes them: of texts that share nothing, and of copies."""
    model = signature(None, " ".join(f"word{n}" for n in range(300)))
    header, body = model[:10], len(model) - 10
    noise = random.integers(0, 256, (len(numbers), body), dtype=np.uint8)
    own = [header + row.tobytes() for row in noise]
    return [own[at - 1] if n % 10 == 0 and at else own[at] for at, n in enumerate(numbers)]


def _scores(numbers: list[int], random: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    groups = random.integers(0, len(_GROUPS), (len(numbers), 2))
    tickers = random.integers(0, len(_TICKERS), len(numbers)).tolist()
    probabilities = random.dirichlet((2.0, 3.0, 2.0), (len(numbers), 3)).tolist()
    relevance = random.uniform(0.1, 1.0, (len(numbers), 3)).tolist()
    mentions = random.integers(1, 9, (len(numbers), 3)).tolist()
    for row, number in enumerate(numbers):
        first, second = groups[row].tolist()
        second = second if second != first else (first + 1) % len(_GROUPS)
        chosen = (_GROUPS[first], _GROUPS[second], _TICKERS[tickers[row]])
        for place, (group, kind) in enumerate(chosen):
            yield (
                number,
                group,
                kind,
                mentions[row][place],
                relevance[row][place],
                *probabilities[row][place],
            )


def _claim(number: int, random: np.random.Generator) -> tuple[Any, ...]:
    source, target = random.choice(len(SECTORS), 2, replace=False).tolist()
    names = list(SECTORS)
    status = ("asserted", "asserted", "denied", "hypothetical", "past")[random.integers(0, 5)]
    return (number, 0, names[source], names[target], status, 0.9, False, "text", 0, 10)


def main() -> None:
    """Fill a store from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    fill(asked.output, count=asked.articles, seed=asked.seed)
    print(f"{asked.output}: {asked.articles:,} articles")


if __name__ == "__main__":
    main()
