"""`rotascope info --max-age`, and what is told of long work where there is no terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rotascope.cli import common
from rotascope.cli.pulse import stale
from rotascope.store import Store
from rotascope.store.info import Pulse
from rotascope_feeds.types import Article, FeedState
from tests.cli.conftest import Run

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("pulse", "told"),
    [
        (Pulse(NOW, 0, None), []),
        (Pulse(NOW - HOUR, 5, NOW - HOUR), []),
        (Pulse(None, 0, None), ["no feed was ever read"]),
        (Pulse(NOW - 3.2 * HOUR, 0, None), ["read last 3 h 12 min ago (2026-03-02 05:48 UTC)"]),
        (Pulse(NOW - 50 * HOUR, 0, None), ["read last 2 d 2 h ago"]),
        (
            Pulse(NOW, 1200, NOW - 2 * HOUR),
            ["1,200 texts wait for analysis, the first of a feed since 2026-03-02 07:00 UTC"],
        ),
        (Pulse(NOW, 0, None, "no memory"), ["could all not be analysed (no memory); mend that"]),
    ],
)
def test_what_is_stale(pulse: Pulse, told: list[str]) -> None:
    found = stale(pulse, HOUR, NOW)
    assert len(found) == len(told)
    for problem, part in zip(found, told, strict=True):
        assert part in problem


def test_the_exit_code_tells_whether_a_store_is_kept_up_to_date(run: Run, tmp_path: Path) -> None:
    assert run("info", "--max-age", "1h")[0] == 1, "no store"
    with Store.open(tmp_path / "news.db") as store:
        assert run("info", "--max-age", "1h")[0] == 1
        read = datetime.now(UTC) - timedelta(minutes=30)
        store.save_feed_state(FeedState("https://feed.test/a", last_success_at=read))
    code, out, err = run("info", "--max-age", "1h")
    assert (code, err) == (0, "")
    assert out.startswith("a feed was read last 30 min ago (")
    code, out, err = run("info", "--max-age", "10m")
    assert (code, out) == (1, "")
    assert err.startswith("error: a feed was read last 30 min ago (")
    code, out, err = run("info", "--max-age", "10m", "--json")
    assert (code, json.loads(out)["last_collected"]) == (1, read.isoformat())
    assert err == f"error: {json.loads(out)['problems'][0]}\n"
    assert run("info", "--max-age", "soon")[0] == 2


def test_texts_of_archives_wait_without_an_age(run: Run, tmp_path: Path) -> None:
    """They count as seen when they were published, and may have been stored a minute ago."""
    now = datetime.now(UTC)
    nameless = (None, "", None, None, "A title")
    old = Article(*nameless, "Old.", "archive", published_at=NOW, seen_at=now)
    late = Article(*nameless, "Late.", "page", published_at=NOW, seen_at=now - 3 * HOUR)
    with Store.open(tmp_path / "news.db") as store:
        store.save_feed_state(FeedState("https://feed.test/a", last_success_at=now))
        store.add_articles([old], first_seen="published")
        code, out, err = run("info", "--max-age", "2h")
        assert (code, err) == (0, "")
        assert out.endswith("1 text waits for analysis\n")
        store.add_articles([late])
    code, out, _ = run("info", "--max-age", "2h", "--json")
    told = json.loads(out)
    assert (code, told["waiting"]) == (1, 2)
    assert told["waiting_since"] == late.seen_at.isoformat()


def test_long_work_is_told_line_by_line_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with common.progress("analysing", 5000) as advance:
        advance(32)
    assert capsys.readouterr().err == "", "work of less than a minute says nothing"
    monkeypatch.setattr(common, "TELL_SECONDS", 0.0)
    with common.progress("analysing", 5000, begin=True) as advance:
        advance(1000)
        advance(200)
    with common.progress("scoring") as advance:
        advance(1)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "analysing",
        "analysing: 1,000 of 5,000",
        "analysing: 1,200 of 5,000",
        "scoring: 1",
    ]


def test_the_demo_tells_each_step_where_there_is_no_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Enough(Exception):
        pass

    def two_steps(*_: object, progress: Callable[[str, int], object], **__: object) -> None:
        progress("collecting", 3)
        progress("analysing", 3)
        raise Enough

    monkeypatch.setattr("rotascope.demo.run.run_demo", two_steps)
    err = run("demo", "--output", str(tmp_path))[2]
    assert err.splitlines()[:2] == ["collecting", "analysing"]
