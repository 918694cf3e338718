"""Collecting goes on while a long backlog is worked off."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from feed_samples import feed
from feed_server import Site, answer

from rotascope.cli import rounds
from rotascope.cli.common import App
from rotascope.cli.job import Job
from rotascope.ingest import RoundReport
from rotascope.schedule import Stop
from rotascope.store import Store
from rotascope_feeds.types import Article
from rotascope_models.fake import WordModel

TEXTS = 150
T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def job(site: Site, db: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    """A feed of two entries, and a store with an archive that nobody has analysed."""
    monkeypatch.setattr("rotascope.pipeline.load_sentiment", lambda _: WordModel())
    with Store.open(db) as store:
        old = [
            Article(None, "", None, None, f"Title {n}", "Oil stocks rose.", "archive", T0, T0)
            for n in range(TEXTS)
        ]
        store.add_articles(old, first_seen="published")
    return Job(
        App(db=str(db)), (site.add("/feed", answer(feed(2))),), pages=False, allow_private=True,
        analysis=True, keep_text=True, model=None,
    )  # fmt: skip


def test_a_backlog_waits_once_the_next_round_is_due(job: Job) -> None:
    """But some of it is done in each round, also where collecting took all the time."""
    first, _ = rounds._round(job, Stop(), 1, 0.0)
    assert (first["error"], first["new"]) == (None, 2)
    assert (first["analyzed"], first["waiting"]) == (64, TEXTS + 2 - 64)
    second, _ = rounds._round(job, Stop(), 2, 3600.0)
    assert (second["error"], second["analyzed"], second["waiting"]) == (None, TEXTS + 2 - 64, 0)


def test_the_line_of_a_round_tells_what_waits(
    job: Job, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the analysis fails."""

    def broken(_: object) -> WordModel:
        raise RuntimeError("no memory")

    monkeypatch.setattr("rotascope.pipeline.load_sentiment", broken)
    line, report = rounds._round(job, Stop(), 1)
    assert isinstance(report, RoundReport)
    rounds.JsonLog()(line, report)
    rounds.TextLog()(line, report)
    as_json, as_text = capsys.readouterr().out.splitlines()
    assert json.loads(as_json)["waiting"] == TEXTS + 2
    assert f" not_analyzed=0 waiting={TEXTS + 2} seconds=" in as_text
    assert as_text.endswith("no memory")
