"""`kill -9` in the middle of rounds: the store opens, nothing is half, nothing doubled or lost."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from feed_samples import feed, page
from feed_server import Site, answer

from rotascope.store import Store
from rotascope.store.schema import articles, entries, text_versions

FEEDS = 12
LONGEST_ROUND = 1.5  # seconds after its first request in which a round is killed


def publish(site: Site, count: int) -> tuple[list[str], int]:
    """Each feed shows `count` entries; the first has pages.  The URLs, and how many articles."""
    urls = [site.add("/feed-0", answer(feed(count, base=site.url)))]
    for number in range(1, FEEDS):
        linkless = re.sub(rb"<link>[^<]*/articles/[^<]*</link>", b"", feed(count))
        urls.append(site.add(f"/feed-{number}", answer(linkless)))
    for number in range(count):
        site.add(f"/articles/money-leaves-technology-part-{number}", answer(page(number)))
    return urls, FEEDS * count


def ingest(db: Path, urls: list[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "rotascope.cli.main", "--db", str(db), "ingest"]
    command += ["--no-analysis", "--allow-private-hosts", *urls]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def check_whole(db: Path) -> int:
    """What must hold at any moment; how many articles there are."""
    with Store.open(db) as store, store.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.execute(sa.text("PRAGMA integrity_check")).scalar_one() == "ok"
        count = sa.select(sa.func.count())
        total = connection.execute(count.select_from(articles)).scalar_one()
        versioned = connection.execute(
            sa.select(sa.func.count(sa.distinct(text_versions.c.article_id)))
        ).scalar_one()
        halves = connection.execute(
            count.select_from(text_versions).where(text_versions.c.text.is_(None))
        ).scalar_one()
        remembered = connection.execute(count.select_from(entries)).scalar_one()
    assert (versioned, halves) == (total, 0)
    assert remembered == total, "an entry is remembered exactly when its article is stored"
    return total


def kill_rounds(site: Site, db: Path, times: int) -> None:
    rng = random.Random(20260302)
    killed = 0
    for number in range(1, times + 1):
        urls, total = publish(site, 4 * number)
        asked = len(site.requests)
        with ingest(db, urls) as process:
            while len(site.requests) == asked and process.poll() is None:
                time.sleep(0.005)
            time.sleep(rng.uniform(0, LONGEST_ROUND))
            killed += process.poll() is None
            process.kill()
        if db.exists():
            assert check_whole(db) <= total
    assert killed >= times // 2
    urls, total = publish(site, 4 * times)
    with ingest(db, urls) as process:
        said, _ = process.communicate(timeout=300)
        assert process.returncode == 0, said.decode()
    assert check_whole(db) == total


def test_killed_rounds(site: Site, tmp_path: Path) -> None:
    kill_rounds(site, tmp_path / "news.db", 5)


@pytest.mark.soak
def test_killed_rounds_many_times(site: Site, tmp_path: Path) -> None:
    kill_rounds(site, tmp_path / "news.db", 50)
