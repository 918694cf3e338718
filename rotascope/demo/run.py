"""The whole product over the demo's news: collect in rounds, analyse, export, draw, report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from rotascope.demo.server import DemoServer
from rotascope.demo.world import Posting, load_world
from rotascope.errors import ExportError
from rotascope_feeds.types import FeedSource

if TYPE_CHECKING:
    import pandas as pd

    from rotascope.config import Settings
    from rotascope.report.plot import Kind
    from rotascope.store import Store

STORE = "demo.db"
ROUND_AT = time(23, 30, tzinfo=UTC)
"""When the demo's day is collected: after everything that was posted on it."""

SERIES: dict[str, Any] = {"freq": "W", "momentum": 2, "window": 6, "min_periods": 3}
"""Eight weeks of news hold no long windows."""

PICTURES: tuple[Kind, ...] = ("heatmap", "lines", "flows", "rotation")
_TITLE = "Sector rotation in the demo's invented news"


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo made: counts, the two tables, and its files in the order they were written.

    `port`: where its pages were served; the sources in the report point there.
    """

    rounds: int
    articles: int
    updated: int
    analyzed: int
    points: pd.DataFrame
    flows: pd.DataFrame
    files: tuple[Path, ...]
    port: int


def run_demo(
    output: Path,
    *,
    settings: Settings,
    progress: Callable[[str, int], Callable[[int], None]] = lambda _label, _total: lambda _n: None,
) -> Demo:
    """Run everything and write into `output`; files of an earlier run are replaced, others kept.

    The network is a server on 127.0.0.1, the clock is that of the news.  `progress(label, total)`
    begins a step and gives what to call as it goes on.  Raises ExportError where `output` cannot
    be written to.
    """
    from rotascope.pipeline import analyze_backlog, load_analyzer
    from rotascope.store import Store

    _prepare(output)
    settings = demo_settings(settings)
    postings = load_world()
    moments = list(rounds(postings))
    with Store.open(output / STORE) as store:
        advance = progress("collecting", len(moments))
        articles, updated, port = _collect(store, postings, moments, settings, advance)
        analyzer = load_analyzer(settings)
        report = analyze_backlog(
            store,
            analyzer=analyzer,
            now=lambda: moments[-1],
            progress=progress("analysing", articles + updated),
        )
        points, flows, files = _write(store, output, settings, progress("drawing", 7))
    return Demo(len(moments), articles, updated, report.analyzed, points, flows, files, port)


def pages_again(port: int) -> DemoServer:
    """The server once more, at the end of the demo's time, so that the report's links work.

    Raises ExportError where something else has taken the port.
    """
    postings = load_world()
    try:
        return DemoServer(postings, list(rounds(postings))[-1], port=port)
    except OSError as exc:
        raise ExportError(
            f"port {port} is taken ({exc.strerror or exc}); run the demo again"
        ) from exc


def demo_settings(settings: Settings) -> Settings:
    """The user's model and groups; network, store and series as the demo's small world needs."""
    fetch = settings.fetch.model_copy(update={"proxy": None, "delay_seconds": 0.0, "pages": True})
    store = settings.store.model_copy(update={"keep_text": True})
    series = settings.series.model_copy(update={**SERIES, "timezone": "UTC", "calendar": None})
    update = {"fetch": fetch, "store": store, "series": series}
    return settings.model_copy(update=update)


def rounds(postings: Sequence[Posting]) -> Iterator[datetime]:
    """A moment late on each day on which anything was posted or edited."""
    days: set[date] = {version.at.date() for posting in postings for version in posting.versions}
    return (datetime.combine(day, ROUND_AT) for day in sorted(days))


def _prepare(output: Path) -> None:
    try:
        output.mkdir(parents=True, exist_ok=True)
        for old in (STORE, f"{STORE}-wal", f"{STORE}-shm"):
            (output / old).unlink(missing_ok=True)
    except OSError as exc:
        reason = exc.strerror or exc
        raise ExportError(
            f"{output} cannot be written to ({reason}); choose another --output"
        ) from exc


def _collect(
    store: Store,
    postings: Sequence[Posting],
    moments: Sequence[datetime],
    settings: Settings,
    advance: Callable[[int], None],
) -> tuple[int, int, int]:
    """Collect round after round as the news appears: articles, edits, and the server's port."""
    from rotascope.ingest import ingest_round

    articles = updated = 0
    with DemoServer(postings, moments[0]) as server:
        sources = [FeedSource(url, name, name) for url, name in server.feeds]
        for moment in moments:
            server.moment = moment
            report = ingest_round(
                store,
                sources,
                settings=settings,
                now=partial(_same, moment),
                allow_private=True,
                force=True,
            )
            articles += report.new
            updated += report.updated
            advance(1)
        return articles, updated, server.port


def _write(
    store: Store, output: Path, settings: Settings, advance: Callable[[int], None]
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[Path, ...]]:
    from rotascope import export
    from rotascope.files import save
    from rotascope.report import plot
    from rotascope.report.gather import gather
    from rotascope.report.page import render
    from rotascope.timeseries.api import series

    made: list[Path] = []
    tables = {}
    for what in ("points", "flows"):
        tables[what] = series(store, what=what, settings=settings)
        for form in ("csv", "parquet"):
            made.append(output / f"{what}.{form}")
            export.write(tables[what], made[-1], name=form, force=True)
        advance(1)
    for kind in PICTURES:
        body = plot.picture(plot.draw(kind, store, settings=settings), "png")
        made.append(output / f"{kind}.png")
        save(made[-1], partial(_put, body), force=True)
        advance(1)
    page = render(gather(store, settings=settings, title=_TITLE)).encode()
    made.append(output / "report.html")
    save(made[-1], partial(_put, page), force=True)
    advance(1)
    return tables["points"], tables["flows"], tuple(made)


def _same(moment: datetime) -> datetime:
    return moment


def _put(body: bytes, stream: BinaryIO) -> None:
    stream.write(body)
