"""Floors on real text (never shipped): lowered only on purpose."""

from __future__ import annotations

import pytest
from measure import archive, finder, listed_names, rows, sentences

pytestmark = pytest.mark.data


def test_sentences_with_traps(stage, data):
    score = sentences(rows(data / "tickers" / "dev.jsonl"), finder(stage))
    assert score.precision >= 0.97, str(score)
    assert score.recall >= 0.95, str(score)
    assert score.emptiness >= 0.97, str(score)


def test_the_model_article_names_its_companies(stage, data):
    text = (data / "articles" / "great-rotation.txt").read_text(encoding="utf-8")
    found = {m.symbol for m in stage.read(text).mentions if m.kind == "company"}
    assert found == {"CAT", "NEE", "GOOGL", "META", "MSFT", "NVDA", "BLK"}


@pytest.mark.slow
def test_companies_of_the_archive(stage, data):
    articles = rows(data / "archive" / "yahoo_2018.jsonl")
    names = listed_names(data / "companies" / "us_listings.csv")
    hits, total = archive(articles, names, stage)
    assert hits / total >= 0.93
