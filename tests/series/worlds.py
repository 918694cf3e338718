"""Small worlds with a known truth: what was published, seen and analysed, as a store."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from rotascope.store import Store
from rotascope.store.schema import (
    analyses,
    articles,
    evidence,
    flows,
    group_scores,
    revisions,
    text_versions,
)
from rotascope.stories import signature
from rotascope_nlp.groups import kind

START = datetime(2024, 1, 1, tzinfo=UTC)
REVISION = "aaaaaaaaaaaa"

Opinion = tuple[float, float, float, float]
"""Relevance, and the probabilities of negative, neutral and positive."""


@dataclass(frozen=True)
class Item:
    """One article: when it was published and seen, and what one analysis says of it.

    `evidence`: group -> parts (weight, negative, neutral, positive) that add up to its opinion.
    """

    name: str
    published: datetime
    scores: Mapping[str, Opinion]
    seen: datetime | None = None
    text: str | None = None
    title: str = "A title"
    claims: Sequence[tuple[str | None, str | None, str, float]] = ()
    intensity: float = 0.0
    tickers: frozenset[str] = field(default_factory=frozenset)
    mentions: int = 2

    @property
    def seen_at(self) -> datetime:
        return self.seen or self.published

    @property
    def key(self) -> str:
        return hashlib.sha256(self.name.encode()).hexdigest()[:16]


def opinion(score: float, *, relevance: float = 0.5, neutral: float = 0.2) -> Opinion:
    """An opinion with this score."""
    positive = (1.0 - neutral + score) / 2.0
    return (relevance, 1.0 - neutral - positive, neutral, positive)


def words(seed: int, count: int = 120) -> str:
    """A text of its own: no two seeds share a run of five words."""
    chosen = random.Random(seed)
    return " ".join(f"w{chosen.randrange(10**6)}" for _ in range(count))


def fill(path: Path, items: Iterable[Item], *, revision: str = REVISION) -> Path:
    """Store `items` in the order given; ids follow that order.  May be called again for more."""
    with Store.open(path) as store, store.engine.begin() as connection:
        known = connection.scalar(sa.select(sa.func.count()).select_from(revisions)) or 0
        exists = sa.select(revisions.c.id).where(revisions.c.id == revision)
        if connection.scalar(exists) is None:
            connection.execute(
                sa.insert(revisions),
                {
                    "id": revision,
                    "model": "invented",
                    "model_revision": "1",
                    "rules": "1",
                    "gazetteer": "1",
                    "groups": "1",
                    "created_at": START + timedelta(days=known),
                },
            )
        for item in items:
            _insert(connection, item, revision)
    return path


def _insert(connection: sa.Connection, item: Item, revision: str) -> None:
    text = item.text if item.text is not None else words(int(item.key[:8], 16))
    article = connection.scalar(sa.select(articles.c.id).where(articles.c.key == item.key))
    if article is None:
        article = connection.execute(
            sa.insert(articles),
            {
                "key": item.key,
                "url": f"https://news.example/{item.name}",
                "canonical_url": f"https://news.example/{item.name}",
                "publisher": "News",
                "published_at": item.published,
                "first_seen_at": item.seen_at,
            },
        ).inserted_primary_key[0]
    version = connection.execute(
        sa.insert(text_versions),
        {
            "article_id": article,
            "seen_at": item.seen_at,
            "content_hash": hashlib.sha256(text.encode()).hexdigest(),
            "text_source": "page",
            "analyzed": True,
            "title": item.title,
            "text": text,
            "signature": signature(item.title, text),
        },
    ).inserted_primary_key[0]
    add_analysis(connection, item, version, revision, text)


def add_analysis(
    connection: sa.Connection, item: Item, version: int, revision: str, text: str
) -> None:
    """What a revision says of a text version."""
    analysis = connection.execute(
        sa.insert(analyses),
        {
            "version_id": version,
            "revision_id": revision,
            "analyzed_at": START,
            "negative": 0.2,
            "neutral": 0.5,
            "positive": 0.3,
            "intensity": item.intensity,
        },
    ).inserted_primary_key[0]
    for ordinal, (group, (relevance, negative, neutral, positive)) in enumerate(
        item.scores.items()
    ):
        chances = {"negative": negative, "neutral": neutral, "positive": positive}
        connection.execute(
            sa.insert(group_scores),
            {
                "analysis_id": analysis,
                "group_id": group,
                "kind": "ticker" if group in item.tickers else kind(group),
                "mentions": item.mentions,
                "relevance": relevance,
                **chances,
            },
        )
        # Two halves that differ, and whose weighted mean is the opinion.
        shift = min(negative, positive, 0.1)
        for half, sign in enumerate((1, -1)):
            connection.execute(
                sa.insert(evidence),
                {
                    "analysis_id": analysis,
                    "ordinal": 2 * ordinal + half,
                    "group_id": group,
                    "source": "mention",
                    "field": "text",
                    "start": 0,
                    "end": 2,
                    "sentence_start": 0,
                    "sentence_end": len(text),
                    "weight": 0.5,
                    "negative": negative - sign * shift,
                    "neutral": neutral,
                    "positive": positive + sign * shift,
                },
            )
    for ordinal, (source, target, status, confidence) in enumerate(item.claims):
        connection.execute(
            sa.insert(flows),
            {
                "analysis_id": analysis,
                "ordinal": ordinal,
                "from_group": source,
                "to_group": target,
                "status": status,
                "confidence": confidence,
                "attributed": False,
                "field": "text",
                "start": 0,
                "end": 10,
            },
        )


def random_items(seed: int, count: int, *, days: int = 12, pool: int | None = None) -> list[Item]:
    """Articles of random times, opinions and claims; texts from a pool, so that copies occur.

    An article may be seen long after it was published, and copies in any order.
    """
    chosen = random.Random(seed)
    groups = ("energy", "utilities", "information_technology", "value", "growth", "NVDA")
    pool = pool or max(1, count // 2)
    items = []
    for number in range(count):
        published = START + timedelta(
            hours=chosen.randrange(days * 24), minutes=chosen.choice((0, 7))
        )
        late = timedelta(hours=chosen.choice((0, 0, 1, 5, 30, 100)))
        source, target = chosen.sample(groups[:5], 2)
        items.append(
            Item(
                name=f"{seed}-{number}",
                published=published,
                seen=published + late,
                text=words(seed * 1000 + chosen.randrange(pool)),
                scores={
                    group: opinion(chosen.uniform(-0.7, 0.7), relevance=chosen.uniform(0.1, 1.0))
                    for group in chosen.sample(groups, chosen.randrange(1, 4))
                },
                claims=[(source, target, chosen.choice(("asserted", "denied")), 0.8)]
                if chosen.random() < 0.4
                else (),
                intensity=chosen.random(),
                tickers=frozenset({"NVDA"}),
            )
        )
    return items
