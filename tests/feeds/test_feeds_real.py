"""Real documents: every feed is read, and pages give what people took out of them by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from malformed import real_counts
from page_scores import score_ours, score_pages

pytestmark = pytest.mark.data


def test_every_entry_of_every_real_feed(data: Path) -> None:
    wrong, short, observed = [], [], 0
    for row, found, _ in real_counts(data / "feeds"):
        stated = row["expected_entries"]
        seen = row["observed_items"]
        if isinstance(stated, int):
            if found != stated:
                wrong.append((row["file"], stated, found))
        elif isinstance(seen, int):
            observed += 1
            if found < seen:
                short.append((row["file"], seen, found))
    assert wrong == []
    assert len(short) <= 0.02 * observed, short


def test_pages_give_what_they_gave(data: Path) -> None:
    """Floors a little under what docs/feeds.md tells: lower them only on purpose."""
    ours = score_ours(data / "html")
    assert ours.pages == 70
    assert (ours.precision > 0.94, ours.recall > 0.97, ours.f1 > 0.95) == (True, True, True)
    assert (ours.wanted_found, ours.unwanted_found) == (17, 3)
    assert ours.empty == []


@pytest.mark.slow
def test_pages_give_at_least_what_trafilatura_gives(data: Path) -> None:
    ours, theirs = score_pages(data / "html")
    assert ours.f1 >= theirs.f1 - 0.001
    assert ours.precision >= theirs.precision
    assert ours.wanted_found >= theirs.wanted_found
    assert ours.unwanted_found <= theirs.unwanted_found
