"""When an article was published and counts as seen, and what follows where an archive says earlier.

What an article's row says of it stays as it was first seen, except that versions of an archive may
come in any order: the dates are those of the oldest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from rotascope.store.schema import articles, story_keys, text_versions
from rotascope_feeds.types import Article, rest_of_day

FirstSeen = Literal["now", "published"]

MISSING = "date_missing"


@dataclass(frozen=True, slots=True)
class Dated:
    """The dates of an article's row."""

    published_at: datetime
    first_seen_at: datetime
    flags: tuple[str, ...]

    @property
    def seen_when_published(self) -> bool:
        """Whether it counts as seen then, as articles of an archive do, and not when it came."""
        late = self.published_at + rest_of_day(self.flags)
        return MISSING not in self.flags and self.first_seen_at <= late


def dated(article: Article, first_seen: FirstSeen) -> Dated:
    """The dates that the article has by itself, and the flags that say what was mended."""
    published, flags = _published(article)
    return Dated(published, seen(article, first_seen), flags)


def _published(article: Article) -> tuple[datetime, tuple[str, ...]]:
    """When it was published, never after it was seen, and the flags that say what was mended."""
    given = article.published_at
    if given is None:
        return article.seen_at, tuple(dict.fromkeys((*article.flags, MISSING)))
    if given > article.seen_at:
        return article.seen_at, tuple(dict.fromkeys((*article.flags, "date_future")))
    return given, tuple(dict.fromkeys(article.flags))


def seen(article: Article, first_seen: FirstSeen) -> datetime:
    """When it counts as seen: with "published" then; where only the day is known, at its end.

    An arrival that its archive tells goes before that.
    """
    if first_seen == "now" or article.arrived:
        return article.seen_at
    published, flags = _published(article)
    return min(published + rest_of_day(flags), article.seen_at)


def redate(connection: sa.Connection, article_id: int, old: Dated, new: Dated) -> None:
    """Give an article's row earlier dates.

    Its copies are looked up anew around them, and texts that are kept are analysed anew where the
    day differs, since they are read as of it.
    """
    connection.execute(
        sa.update(articles)
        .where(articles.c.id == article_id)
        .values(
            published_at=new.published_at,
            first_seen_at=new.first_seen_at,
            flags=" ".join(new.flags),
        )
    )
    v = text_versions.c
    of_it = v.article_id == article_id
    versions = sa.select(v.id).where(of_it)
    connection.execute(sa.delete(story_keys).where(story_keys.c.version_id.in_(versions)))
    connection.execute(sa.update(text_versions).where(of_it).values(linked=False))
    if new.published_at.date() != old.published_at.date():
        kept = sa.or_(v.title.is_not(None), v.text.is_not(None))
        connection.execute(sa.update(text_versions).where(of_it, kept).values(analyzed=False))
