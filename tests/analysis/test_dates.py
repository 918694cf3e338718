"""The date of a text, from where it comes in to the status of its flows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

import rotascope
import rotascope_nlp
from rotascope.analysis import Analyzer, Input
from rotascope.contract import parse_line
from rotascope.errors import InputError, UsageError
from rotascope.pipeline import analyze_backlog
from rotascope.reading import day_of
from rotascope.store import Store
from rotascope.store.schema import analyses as analyses_table
from rotascope.store.schema import articles, flows, text_versions
from rotascope_feeds.types import Article
from rotascope_models.fake import WordModel

EPISODE = "In 2012 investors moved out of tech and into bonds."
LATER = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(rotascope_nlp.load(), WordModel())


def statuses(found: rotascope.Analysis | InputError) -> set[str]:
    assert not isinstance(found, InputError)
    return {flow.status for flow in found.flows}


def test_one_text_of_two_dates_has_two_readings(analyzer: Analyzer) -> None:
    news = analyzer.analyze(EPISODE, published=date(2012, 6, 1))
    history = analyzer.analyze(EPISODE, published=date(2026, 6, 1))
    assert (statuses(news), statuses(history)) == ({"asserted"}, {"past"})
    assert news.intensity > history.intensity == 0
    scores = [{row.group: row.sentiment.score for row in each.groups} for each in (news, history)]
    assert scores[0]["bonds"] > 0.5 > scores[1]["bonds"]


def test_texts_of_a_batch_keep_their_dates_through_errors(analyzer: Analyzer) -> None:
    days = [date(2012, 3, 1), None, date(2013, 3, 1)]
    inputs = [Input(EPISODE, published=day) for day in days]
    inputs.insert(1, Input("  "))
    first, empty, *rest = analyzer.analyze_many(inputs)
    assert isinstance(empty, InputError)
    assert [statuses(each) for each in (first, *rest)] == [{"asserted"}, {"past"}, {"past"}]


def test_the_python_entry_takes_a_date_and_nothing_else() -> None:
    read = {"model": WordModel()}
    assert statuses(rotascope.analyze(EPISODE, published=date(2012, 6, 1), **read)) == {"asserted"}
    assert statuses(rotascope.analyze(EPISODE, **read)) == {"past"}
    assert statuses(rotascope.analyze(EPISODE, published=pd.NaT, **read)) == {"past"}
    with pytest.raises(InputError, match="a date or None, not str"):
        rotascope.analyze(EPISODE, published="2012-06-01")  # type: ignore[arg-type]


def test_a_column_of_dates(analyzer: Analyzer) -> None:
    days = ["2012-06-01", "2026-06-01", None, "some day"]
    table = pd.DataFrame({"text": [EPISODE] * 4, "day": days})
    expected = ["asserted", "past", "past", "past"]
    options = {"published": "day", "what": "flows", "model": WordModel()}
    assert rotascope.score_frame(table, **options)["status"].tolist() == expected
    table["day"] = pd.to_datetime(table["day"], errors="coerce")
    assert rotascope.score_frame(table, **options)["status"].tolist() == expected
    with pytest.raises(UsageError, match="no column 'when'"):
        rotascope.score_frame(table, published="when", model=WordModel())


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2012-06-01", date(2012, 6, 1)),
        ("2012-06-01T23:30:00-05:00", date(2012, 6, 2)),
        ("Fri, 01 Jun 2012 10:00:00 GMT", date(2012, 6, 1)),
        (1338541200000, date(2012, 6, 1)),
        (None, None),
        ("soon", None),
        ({"year": 2012}, None),
        (True, None),
        ("9999-12-31T23:59:59-05:00", None),
    ],
)
def test_a_line_may_have_its_date(published: object, day: date | None) -> None:
    _, item = parse_line(json.dumps({"text": EPISODE, "published": published}))
    assert isinstance(item, Input)
    assert item.published == day
    assert day_of(published) == day


def _article(
    name: str, published: datetime | None, seen: datetime = LATER, text: str = EPISODE
) -> Article:
    url = f"https://news.test/{name}"
    return Article(None, name, url, url, "", text, "content", published, seen, language="en")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "news.db") as opened:
        yield opened


def _stored(store: Store) -> dict[str, set[str]]:
    query = (
        sa.select(articles.c.url, flows.c.status)
        .join(text_versions, text_versions.c.article_id == articles.c.id)
        .join(analyses_table, analyses_table.c.version_id == text_versions.c.id)
        .join(flows, flows.c.analysis_id == analyses_table.c.id)
    )
    found: dict[str, set[str]] = {}
    with store.connect() as connection:
        for url, status in connection.execute(query):
            found.setdefault(url.rpartition("/")[2], set()).add(status)
    return found


@pytest.mark.parametrize("clock", [datetime(2012, 7, 1, tzinfo=UTC), LATER])
def test_stored_texts_are_read_by_their_own_dates_whatever_the_clock_says(
    store: Store, analyzer: Analyzer, clock: datetime
) -> None:
    of_2012 = datetime(2012, 6, 1, tzinfo=UTC)
    store.add_articles(
        [_article("news", of_2012), _article("copy", datetime(2015, 6, 1, tzinfo=UTC))]
    )
    store.add_articles([_article("undated-2012", None, of_2012), _article("undated-2026", None)])
    report = analyze_backlog(store, analyzer=analyzer, now=lambda: clock)
    assert report.analyzed == 4
    assert _stored(store) == {
        "news": {"asserted"},
        "copy": {"past"},
        "undated-2012": {"asserted"},
        "undated-2026": {"past"},
    }


def test_an_edit_seen_years_later_is_of_its_articles_day(store: Store, analyzer: Analyzer) -> None:
    day = datetime(2012, 6, 1, tzinfo=UTC)
    edited = EPISODE.replace("investors", "many investors")
    store.add_articles([_article("news", day, day)])
    store.add_articles([_article("news", day, LATER, edited)])
    assert analyze_backlog(store, analyzer=analyzer, now=lambda: LATER).analyzed == 2
    assert _stored(store) == {"news": {"asserted"}}
