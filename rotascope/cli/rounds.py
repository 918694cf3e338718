"""`rotascope ingest --every`: rounds until told to stop, a line of log for each."""

from __future__ import annotations

import time
from contextlib import suppress
from functools import partial
from itertools import count
from math import inf
from typing import TYPE_CHECKING, TypeAlias

import click

from rotascope.cli.common import echo_json, now

if TYPE_CHECKING:
    from collections.abc import Callable

    from rotascope.cli.job import Job
    from rotascope.ingest import FeedReport, RoundReport
    from rotascope.schedule import Stop

_AT_LEAST = 64
"""Texts that a round analyses also where its collecting took all the time until the next one."""

_COUNTS = (
    "feeds", "failed", "entries", "new", "updated", "left_out",
    "analyzed", "not_analyzed", "waiting",
)  # fmt: skip

Line: TypeAlias = dict[str, object]
Log: TypeAlias = "Callable[[Line, RoundReport | None], None]"


def run_rounds(job: Job, interval: str, *, log_json: bool) -> int:
    """Collect and analyse every `interval` until SIGTERM or SIGINT; the exit code.

    A step that hangs ends the process with exit code 1, so that a supervisor starts it anew.
    """
    from rotascope.schedule import HANG_SECONDS, Stop, Watchdog, every, parse_interval
    from rotascope.store.engine import display

    gap = parse_interval(interval)
    watchdog = Watchdog(HANG_SECONDS)
    stop = Stop(alive=watchdog)
    log = JsonLog() if log_json else TextLog()
    with job.app.store() as store:  # one that cannot be opened is told at once, with exit code 1
        where = display(store.engine.url)
    # The first round may take minutes, and says nothing before its end.
    with suppress(OSError):
        click.echo(f"collecting every {interval} into {where}; SIGTERM or Ctrl-C ends it", err=True)
    try:
        with stop.on_signals():
            work = partial(_one, job, stop, log=log, gap=gap.total_seconds())
            every(gap, work, stop=stop, clock=time.monotonic)
    finally:
        watchdog.end()
    return 0


def _one(job: Job, stop: Stop, number: int, log: Log, gap: float = inf) -> None:
    """A round and its line; one that a full disk does not take must not end the collecting."""
    line, report = _round(job, stop, number, gap)
    try:
        log(line, report)
    except BrokenPipeError:
        raise
    except OSError:
        pass


def _round(job: Job, stop: Stop, number: int, gap: float = inf) -> tuple[Line, RoundReport | None]:
    """One round as a line of the log; an error of any kind is its last field, and life goes on.

    The next one is due `gap` seconds after this one began: what is left of the backlog then waits.
    The store is opened anew, so that one that was moved or put back is not written to any more, and
    never made: where it is gone, a disk may be missing, and articles would count as new once more.
    """
    from rotascope.cli.job import tell_note
    from rotascope.errors import NoStore

    began, start = now(), time.monotonic()
    line: Line = {"at": began.isoformat(timespec="seconds"), "round": number}
    counts = dict.fromkeys(_COUNTS, 0)
    error: str | None = None
    report: RoundReport | None = None
    try:
        with job.app.store(create=False) as store:
            report = job.collect(store, stop=stop, show_progress=False)
            counts |= {
                "feeds": len(report.feeds),
                "failed": report.failed,
                "entries": sum(feed.entries for feed in report.feeds),
                "new": report.new,
                "updated": report.updated,
                "left_out": sum(sum(feed.skipped.values()) for feed in report.feeds),
                "waiting": store.count_pending(""),
            }
            found = job.analyze(store, stop=_until(start + gap, stop))
            counts |= {"analyzed": found.texts, "not_analyzed": found.failed}
            counts["waiting"] = store.count_pending("")
            tell_note(found)
    except NoStore as exc:
        error = f"{exc}, but it was there before: put it back, or start anew"
    except Exception as exc:
        error = " ".join(f"{type(exc).__name__}: {exc}".split())
    seconds = round(time.monotonic() - start, 1)
    return {**line, **counts, "seconds": seconds, "error": error}, report


def _until(due: float, stop: Stop) -> Callable[[], bool]:
    """Asked before each text: whether to leave the rest to later rounds, or to stop at all."""
    asked = count()
    return lambda: stop() or (next(asked) > _AT_LEAST and time.monotonic() >= due)


class JsonLog:
    """An object a round; `errors` has every feed that could not be read, or waits after errors."""

    def __call__(self, line: Line, report: RoundReport | None) -> None:
        from rotascope_feeds.secrets import mask_url

        feeds = report.feeds if report else ()
        wrong = [{"url": mask_url(feed.url), "error": feed.error} for feed in feeds if feed.error]
        echo_json(line | {"errors": wrong})


class TextLog:
    """A line a round, and before it a line for each feed that begins to fail or works again."""

    def __init__(self) -> None:
        self._failing: dict[str, str] = {}

    def __call__(self, line: Line, report: RoundReport | None) -> None:
        for feed in report.feeds if report else ():
            self._tell(str(line["at"]), feed)
        told = " ".join(
            f"{key}={value}" for key, value in line.items() if key not in ("at", "error")
        )
        error = f" error={line['error']}" if line["error"] else ""
        click.echo(f"{line['at']} {told}{error}")

    def _tell(self, at: str, feed: FeedReport) -> None:
        from rotascope_feeds.secrets import mask_url

        if feed.status == "skipped" and feed.url in self._failing:
            return
        error = feed.error or ""
        if error != self._failing.get(feed.url, ""):
            click.echo(f"{at} {mask_url(feed.url)}: {error or 'works again'}")
        self._failing[feed.url] = error
