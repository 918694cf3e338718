"""When a text that is scored was written: its own date, the page's, today."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

EPISODE = "In 2021 investors moved out of tech and into bonds."


def _statuses(rows: list[dict[str, Any]]) -> set[str]:
    return {row["status"] for row in rows}


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ([], "past"),
        (["--published", "2021-06-01"], "asserted"),
        (["--published", "2022-06-01T08:00:00Z"], "past"),
    ],
)
def test_one_text_is_of_today_unless_told(
    run: Run, tmp_path: Path, options: list[str], status: str
) -> None:
    source = tmp_path / "episode.txt"
    source.write_text(EPISODE, encoding="utf-8")
    told = json.loads(run("score", source, "--json", *options).out)
    assert _statuses(told["flows"]) == {status}


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ('<meta property="article:published_time" content="2021-06-01T08:00:00Z">', "asserted"),
        ('<meta property="article:published_time" content="2023-06-01T08:00:00Z">', "past"),
        ('<meta property="article:published_time" content="soon">', "past"),
        ("", "past"),
    ],
)
def test_a_page_may_tell_its_date(run: Run, tmp_path: Path, head: str, status: str) -> None:
    body = f"<p>{EPISODE}</p>" + "".join(f"<p>It was day {n} of the move.</p>" for n in range(9))
    page = tmp_path / "page.html"
    page.write_text(
        f"<html><head><title>Out of tech</title>{head}</head><body><article>{body}</article>"
        "</body></html>",
        encoding="utf-8",
    )
    assert _statuses(json.loads(run("score", page, "--json").out)["flows"]) == {status}
    told = run("score", page, "--json", "--published", "2020-12-31")
    assert _statuses(json.loads(told.out)["flows"]) == {"asserted"}


def test_todays_year_is_no_history(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "episode.txt"
    year = datetime.now().astimezone().year
    source.write_text(EPISODE.replace("2021", str(year)), encoding="utf-8")
    assert _statuses(json.loads(run("score", source, "--json").out)["flows"]) == {"asserted"}


def test_lines_are_of_their_own_dates_and_never_of_today(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    year = datetime.now().astimezone().year
    now = EPISODE.replace("2021", str(year))
    lines = [
        {"text": EPISODE, "published": "2021-06-01"},
        {"text": EPISODE, "published": "2024-06-01"},
        {"text": now},
        {"text": now, "published": "no date at all"},
    ]
    source.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    ran = run("score", "--jsonl", source)
    assert ran.code == 0
    rows = [json.loads(line) for line in ran.out.splitlines()]
    told = [_statuses(row["flows"]) for row in rows]
    assert told == [{"asserted"}, {"past"}, {"past"}, {"past"}]
