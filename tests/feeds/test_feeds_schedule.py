"""Rounds again and again: intervals, the lock, the log, signals."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from feed_samples import feed, page
from feed_server import Site, answer, hang, status

from rotascope.cli.common import App
from rotascope.cli.job import Job
from rotascope.cli.main import main
from rotascope.cli.rounds import TextLog
from rotascope.errors import UsageError
from rotascope.ingest import FeedReport, RoundReport
from rotascope.schedule import HANG_SECONDS, Busy, Stop, ingest_lock, lock_path, parse_interval
from rotascope.store import Store
from rotascope_feeds.types import FeedStatus

Cli = Callable[..., tuple[int, str, str]]


def ingest(cli: Cli, *args: str) -> tuple[int, str, str]:
    return cli("ingest", "--no-analysis", "--no-pages", "--allow-private-hosts", *args)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("15m", 900), ("1h30m", 5400), ("2d", 172800), (" 1H ", 3600)],
)
def test_interval(text: str, seconds: int) -> None:
    assert parse_interval(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["", "15", "m", "15 m", "-5m", "0s", "1.5h", "9" * 20 + "d"])
def test_no_interval(text: str) -> None:
    with pytest.raises(UsageError):
        parse_interval(text)


def test_two_cannot_collect_into_one_store(
    site: Site, cli: Cli, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rotascope.cli.ingest._LOCK_WAIT_SECONDS", 0.1)
    url = site.add("/feed", answer(feed(1)))
    with ingest_lock(str(db)):
        code, _, err = ingest(cli, url)
    assert code == 1
    assert "another" in err
    assert ingest(cli, url)[0] == 0


def test_locks_are_beside_a_file_and_in_the_cache_for_a_server(tmp_path: Path) -> None:
    assert lock_path(str(tmp_path / "a.db")) == tmp_path / "a.db.ingest.lock"
    assert lock_path(f"sqlite:///{tmp_path}/a.db") == tmp_path / "a.db.ingest.lock"
    assert lock_path("~/a.db") == Path.home().resolve() / "a.db.ingest.lock"
    assert "secret" not in str(lock_path("postgresql://u:secret@h/db"))
    (tmp_path / "link.db").symlink_to(tmp_path / "a.db")
    assert lock_path(str(tmp_path / "link.db")) == tmp_path / "a.db.ingest.lock"
    assert lock_path(f"sqlite:///{tmp_path}/a.db?timeout=5") == tmp_path / "a.db.ingest.lock"


def test_one_database_has_one_lock_however_its_url_is_spelt() -> None:
    spelt = (
        "postgresql://h/news",
        "postgresql+psycopg://h/news",
        "postgres://user:secret@H:5432/news?connect_timeout=5",
        "postgresql:///news?host=h",
    )
    assert len({lock_path(url) for url in spelt}) == 1
    others = ("postgresql://h/other", "postgresql://i/news", "postgresql://h:5433/news")
    assert len({lock_path(url) for url in (spelt[0], *others)}) == 4


def test_a_crash_leaves_no_lock_behind(db: Path) -> None:
    script = (
        "import os, sys\nfrom rotascope.schedule import ingest_lock\n"
        "with ingest_lock(sys.argv[1]):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(db)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(Busy), ingest_lock(str(db)):
            pass
        holder.kill()
    with ingest_lock(str(db)):
        pass


@pytest.fixture
def daemon(db: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start `rotascope ingest --every` as a process of its own."""
    running: list[subprocess.Popen[str]] = []

    def start(*args: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "rotascope.cli.main", "--db", str(db), "ingest"]
        command += ["--no-analysis", "--allow-private-hosts", *args]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
        )
        running.append(process)
        return process

    start.db = str(db)  # type: ignore[attr-defined]
    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_rounds_until_told_to_stop(site: Site, db: Path, daemon) -> None:  # type: ignore[no-untyped-def]
    """A line a round; the feed that fails does not end them; SIGTERM does, with exit code 0."""
    url = site.add("/feed", answer(feed(3)))
    process = daemon("--no-pages", "--every", "1s", "--log-json", url, site.url + "/none")
    lines = [json.loads(process.stdout.readline()) for _ in range(2)]
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=120)
    assert process.returncode == 0
    assert told == f"collecting every 1s into {db}; SIGTERM or Ctrl-C ends it\n"
    assert [(line["round"], line["feeds"], line["failed"], line["new"]) for line in lines] == [
        (1, 2, 1, 3),
        (2, 2, 1, 0),
    ]
    assert all(line["error"] is None for line in lines)


def test_the_json_of_a_round_names_the_feeds_that_fail(  # type: ignore[no-untyped-def]
    site: Site, daemon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also while they wait for their next try, so that each line tells how things stand."""
    config = tmp_path / "config.yaml"
    config.write_text("feeds: []")
    monkeypatch.setenv("ROTASCOPE_CONFIG", str(config))
    url = site.add("/feed", answer(feed(1)))
    busy = site.add("/busy?token=hunter2pass", status(503, Retry_After="7200"))
    for feed_url in (url, busy):
        assert main(["--db", daemon.db, "feeds", "add", feed_url]) == 0
    process = daemon("--no-pages", "--every", "1s", "--log-json")
    lines = [json.loads(process.stdout.readline()) for _ in range(2)]
    told = [{row["url"]: row["error"] for row in line["errors"]} for line in lines]
    masked = busy.replace("hunter2pass", "***")
    assert told[0][masked] == "HTTP status 503"
    assert told[1][masked].startswith("not tried before 20")
    assert url not in told[0]


def test_the_log_tells_when_a_feed_begins_to_fail_and_when_it_works_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = TextLog()

    def line(number: int, status: FeedStatus, error: str | None) -> list[str]:
        url = "https://news.example.com/feed?token=hunter2pass"
        one = FeedReport(url, status, 0, 0, 0, error, {})
        at = datetime(2026, 3, 2, 9, number, tzinfo=UTC)
        log({"at": at.isoformat(), "round": number, "error": None}, RoundReport((one,)))
        *before, last = capsys.readouterr().out.splitlines()
        assert last == f"{at.isoformat()} round={number}"
        return [text.partition(" https://news.example.com/feed?token=***: ")[2] for text in before]

    assert line(1, "ok", None) == []
    assert line(2, "error", "HTTP status 503") == ["HTTP status 503"]
    assert line(3, "skipped", "not tried before 09:05: HTTP status 503") == []
    assert line(4, "error", "HTTP status 503") == []
    assert line(5, "error", "HTTP status 404") == ["HTTP status 404"]
    assert line(6, "not_modified", None) == ["works again"]
    assert line(7, "ok", None) == []


def test_a_store_put_back_under_a_running_collector_is_used(site: Site, db: Path, daemon) -> None:  # type: ignore[no-untyped-def]
    """Not the old file, which nobody can open any more."""
    numbers = iter(range(1000))

    def grow(connection, request):  # type: ignore[no-untyped-def]
        answer(feed(1, start=next(numbers)))(connection, request)

    process = daemon("--no-pages", "--every", "1s", "--log-json", site.add("/feed", grow))
    process.stdout.readline()
    db.rename(db.with_name("old.db"))
    errors = (json.loads(line)["error"] for line in process.stdout)
    assert "it was there before" in next(error for error in errors if error)
    Store.open(db, create=True).close()
    assert [next(error for error in errors if not error) for _ in range(3)] == [None] * 3
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=120)
    with Store.open(db, create=False) as store:
        assert store.info().rows["articles"] >= 2


def test_a_round_that_fails_is_a_line_and_the_next_one_comes(site: Site, db: Path, daemon) -> None:  # type: ignore[no-untyped-def]
    url = site.add("/feed", answer(feed(1)))
    with ingest_lock(str(db)):
        process = daemon("--no-pages", "--every", "1s", "--log-json", url)
        first = json.loads(process.stdout.readline())
    later = [json.loads(process.stdout.readline()) for _ in range(2)]
    assert "another" in first["error"]
    assert (later[-1]["error"], sum(line["new"] for line in later)) == (None, 1)


def test_sigterm_finishes_the_article_at_hand(site: Site, db: Path, daemon) -> None:  # type: ignore[no-untyped-def]
    slow = "/articles/money-leaves-technology-part-1"

    def behave(connection, request):  # type: ignore[no-untyped-def]
        time.sleep(1.0)
        answer(page(1))(connection, request)

    site.add("/articles/money-leaves-technology-part-0", answer(page(0)))
    site.add(slow, behave)
    url = site.add("/feed", answer(feed(2, base=site.url)))
    stuck = site.add("/stuck", hang(site))
    process = daemon("--every", "1h", url, stuck)
    deadline = time.monotonic() + 120
    while slow not in site.paths() and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=120)
    assert process.returncode == 0
    with Store.open(db) as store:
        assert store.info().rows["articles"] == 2
        state = store.get_feed(stuck)
        assert state is None or state.error_count == 0


def test_sigint_stops_too(site: Site, daemon) -> None:  # type: ignore[no-untyped-def]
    url = site.add("/feed", answer(feed(1)))
    process = daemon("--no-pages", "--every", "1h", url)
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=120)
    assert process.returncode == 0


@pytest.mark.skipif(not hasattr(signal, "SIGUSR1"), reason="there is no SIGUSR1 here")
def test_sigusr1_tells_where_every_thread_stands_and_ends_nothing(site: Site, daemon) -> None:  # type: ignore[no-untyped-def]
    url = site.add("/feed", answer(feed(1)))
    process = daemon("--no-pages", "--every", "1h", url)
    process.stdout.readline()
    process.send_signal(signal.SIGUSR1)
    hung = threading.Timer(120, process.kill)
    hung.start()
    told = ""
    for line in process.stderr:
        told += line
        if re.search(r'rounds\.py", line \d+ in run_rounds', line):
            break
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=120)
    hung.cancel()
    assert process.returncode == 0
    assert told.lower().count("thread 0x") >= 1


def test_a_hang_in_native_code_ends_the_process_and_says_where(db: Path) -> None:
    """Also where that code keeps the interpreter to itself, as this regular expression does."""
    script = (
        "import re, sys\nfrom rotascope.schedule import Stop, Watchdog, ingest_lock\n"
        "stop = Stop(alive=Watchdog(1.0))\n"
        "def hang():\n    re.match('(a+)+$', 'a' * 64 + 'b')\n"
        "with ingest_lock(sys.argv[1]):\n    stop()\n    hang()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(db)],
        capture_output=True,
        check=False,
        text=True,
        timeout=300,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Timeout (0:00:01)")
    assert " in hang\n" in done.stderr
    with ingest_lock(str(db)):
        pass


def test_a_second_signal_interrupts_at_once() -> None:
    with Stop().on_signals() as stop:
        signal.raise_signal(signal.SIGTERM)
        assert stop()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_waiting_is_a_sign_of_life_and_ends_at_the_word_to_stop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rotascope.schedule._WAIT_SECONDS", 0.01)
    signs: list[None] = []

    def alive() -> None:
        signs.append(None)
        if len(signs) == 4:
            signal.raise_signal(signal.SIGTERM)

    stop = Stop(alive=alive)
    with stop.on_signals():
        assert stop.wait(600)
    assert len(signs) == 4
    assert not Stop().wait(-1.0)


def test_a_daemon_is_watched_while_it_runs(
    site: Site, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the first round on, and no longer than it runs."""
    calls: list[float] = []
    monkeypatch.setattr(
        "faulthandler.dump_traceback_later", lambda seconds, **_: calls.append(seconds)
    )
    monkeypatch.setattr("faulthandler.cancel_dump_traceback_later", lambda: calls.append(0.0))
    monkeypatch.setattr("rotascope.schedule.every", lambda _gap, _work, *, stop, clock: stop())
    url = site.add("/feed", answer(feed(1)))
    assert main(["--db", str(db), "ingest", "--every", "1h", url]) == 0
    assert calls == [HANG_SECONDS, 0.0]


def test_a_log_that_cannot_be_written_does_not_end_the_rounds(
    site: Site, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk that it lies on may be full for a while; a pipe that nobody reads is the end."""
    from rotascope.cli import rounds

    job = Job(
        App(db=str(db)), (site.add("/feed", answer(feed(1))),), pages=False, allow_private=True,
        analysis=False, keep_text=True, model=None,
    )  # fmt: skip

    Store.open(db, create=True).close()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def gone(*_: object) -> None:
        raise BrokenPipeError

    rounds._one(job, Stop(), 1, full)
    with Store.open(db) as store:
        assert store.info().rows["articles"] == 1
    with pytest.raises(BrokenPipeError):
        rounds._one(job, Stop(), 2, gone)


def test_a_store_that_vanishes_is_not_made_anew(site: Site, tmp_path: Path) -> None:
    """Its disk may be missing; in a new one every article would count as new."""
    from rotascope.cli import rounds

    db, away = tmp_path / "disk" / "a.db", tmp_path / "away"
    job = Job(
        App(db=str(db)), (site.add("/feed", answer(feed(1))),), pages=False, allow_private=True,
        analysis=False, keep_text=True, model=None,
    )  # fmt: skip
    Store.open(db, create=True).close()
    lines = [rounds._round(job, Stop(), 1)[0]]
    db.parent.rename(away)
    lines.append(rounds._round(job, Stop(), 2)[0])
    assert not db.parent.exists()
    away.rename(db.parent)
    lines.append(rounds._round(job, Stop(), 3)[0])
    assert [line["new"] for line in lines] == [1, 0, 0]
    told = [str(line["error"]) for line in lines]
    assert (told[0], told[2]) == ("None", "None")
    assert told[1].startswith(f"{db}: there is no store")
    assert "it was there before" in told[1]


def test_nothing_is_collected_while_the_clock_is_of_1970(
    site: Site, cli: Cli, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.add("/feed", answer(feed(1)))
    with monkeypatch.context() as patched:
        patched.setattr("rotascope.cli.job.now", lambda: datetime(1970, 1, 1, 0, 3, tzinfo=UTC))
        code, _, err = ingest(cli, url)
    assert code == 1
    assert err.startswith("error: the clock of this machine says 1970-01-01 00:03 UTC; set it")
    assert site.requests == []
    assert ingest(cli, url)[0] == 0
