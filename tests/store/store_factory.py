"""Articles and analyses with values that can be told apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from rotascope.types import Analysis, Evidence, GroupScore, Revision, SentenceScore, Sentiment
from rotascope_feeds.types import Article
from rotascope_nlp.types import Flow, Sentence

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def article(number: int = 1, **changes: Any) -> Article:
    fields: dict[str, Any] = {
        "feed_url": "https://feed.test/a",
        "entry_id": f"entry-{number}",
        "url": f"https://news.test/{number}?ref=rss",
        "canonical_url": f"https://news.test/{number}",
        "title": f"Title {number}",
        "text": f"Text of article {number}.",
        "text_source": "page",
        "published_at": T0,
        "seen_at": T0 + HOUR,
        "language": "en",
        "publisher": "Test Press",
    }
    return Article(**(fields | changes))


def revision(id_: str = "rev-1") -> Revision:
    return Revision(id_, "model", "m1", "rules-1", "gazetteer-1", "groups-1")


def analysis(score: float = 0.5, id_: str = "rev-1") -> Analysis:
    feeling = Sentiment(0.25 - score / 4, 0.5, 0.25 + score / 4)
    return Analysis(
        title="Title",
        text="Text.",
        overall=feeling,
        targets=(),
        mentions=(),
        groups=(
            GroupScore("energy", "sector", 2, 0.75, feeling),
            GroupScore("XOM", "ticker", 1, 0.25, feeling),
        ),
        flows=(Flow("energy", None, "denied", 0.8, "text", 0, 5, "Text.", attributed=True),),
        sentences=(SentenceScore(Sentence("text", 0, 5), feeling),),
        evidence=(
            Evidence("energy", "mention", "title", 0, 5, 0, 5, 0.6, feeling, "XOM"),
            Evidence("energy", "flow", "text", 0, 5, 0, 5, 0.4, feeling),
        ),
        rejected=(),
        intensity=0.5,
        revision=revision(id_),
    )
