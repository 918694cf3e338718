"""`rotascope ingest`: collect feeds or an archive into the store, and analyse what is new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from rotascope.cli.analyze import tell_failed, tell_older
from rotascope.cli.common import App, echo_json, now, pass_app, progress
from rotascope.cli.languages import REASONS, tell_foreign
from rotascope.cli.score import load_analyzer
from rotascope.wording import plural

if TYPE_CHECKING:
    from rotascope.analysis import Analyzer
    from rotascope.ingest import FeedReport, RoundReport
    from rotascope.store import Store

EXIT_NOTHING = 1
_LOCK_WAIT_SECONDS = 10.0
_EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)
"""No clock that is right shows less; one without a battery starts in 1970, or where it stopped."""


@click.command("ingest")
@click.argument("urls", nargs=-1, metavar="[URL]...")
@click.option(
    "--archive",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Take articles from a CSV, JSONL, JSON or Parquet file instead of feeds.",
)
@click.option("--columns", metavar="a=b,c=d", help="Archive: field=column; the rest is guessed.")
@click.option(
    "--first-seen",
    type=click.Choice(["published", "now"]),
    help="Archive: when its articles count as seen (default: its column first_seen, or published).",
)
@click.option(
    "--timezone", metavar="NAME", help="Archive: zone of dates that name none (default: UTC)."
)
@click.option(
    "--day-first/--month-first",
    default=None,
    help="Archive: how to read 03/04/2020 (default: as its other dates tell).",
)
@click.option("--no-pages", is_flag=True, help="Take the text from the feeds, fetch no pages.")
@click.option("--no-analysis", is_flag=True, help="Store only; `rotascope analyze` does the rest.")
@click.option(
    "--allow-private-hosts", is_flag=True, help="Also fetch from loopback and private addresses."
)
@click.option("--keep-text", type=click.Choice(["yes", "no"]), help="Overrides store.keep_text.")
@click.option("--model", metavar="M", help="Model name or folder; default: the configuration's.")
@click.option(
    "--every", metavar="15m", help="Go on, a round every 15m (90s, 1h30m), until told to stop."
)
@click.option("--log-json", is_flag=True, help="With --every: each round's line as JSON.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@pass_app
def command(
    app: App,
    *,
    urls: tuple[str, ...],
    archive: Path | None,
    columns: str | None,
    first_seen: Literal["published", "now"] | None,
    timezone: str | None,
    day_first: bool | None,
    no_pages: bool,
    no_analysis: bool,
    allow_private_hosts: bool,
    keep_text: Literal["yes", "no"] | None,
    model: str | None,
    every: str | None,
    log_json: bool,
    as_json: bool,
) -> int:
    """Collect articles from feeds: the URLs given, else those of the configuration and the store.

    What is known already is not stored twice. New articles are analysed at once.
    """
    _check_usage(
        archive=archive, urls=urls, every=every, log_json=log_json, as_json=as_json,
        no_pages=no_pages, of_archives=(columns, first_seen, timezone, day_first),
    )  # fmt: skip
    job = Job(
        app,
        urls,
        pages=False if no_pages else None,
        allow_private=allow_private_hosts,
        analysis=not no_analysis,
        keep_text=app.settings.store.keep_text if keep_text is None else keep_text == "yes",
        model=model,
    )
    if archive is not None:
        from rotascope.cli.archive import Options, run_archive

        options = Options(columns, first_seen, timezone, day_first)
        return run_archive(job, archive, options, as_json=as_json)
    if every is not None:
        from rotascope.cli.rounds import run_rounds

        return run_rounds(job, every, log_json=log_json)
    return _once(job, as_json=as_json)


def _check_usage(
    *,
    archive: Path | None,
    urls: Sequence[str],
    every: str | None,
    log_json: bool,
    as_json: bool,
    no_pages: bool,
    of_archives: Sequence[object],
) -> None:
    if archive is not None and (urls or every or no_pages):
        raise click.UsageError("--archive stands alone: no URLs, no --every, no --no-pages")
    if archive is None and any(given is not None for given in of_archives):
        raise click.UsageError(
            "--columns, --first-seen, --timezone and --day-first belong to --archive"
        )
    if every and as_json:
        raise click.UsageError("--every logs a line a round: use --log-json instead of --json")
    if log_json and not every:
        raise click.UsageError("--log-json belongs to --every")


@dataclass(frozen=True, slots=True)
class Analyzed:
    """Texts of the backlog that were analysed, and those that could not be.

    `note`: what there is to say of texts that only older revisions cover.
    """

    texts: int = 0
    failed: int = 0
    note: str = ""

    def __str__(self) -> str:
        return f"{plural(self.texts, 'text')} analysed{tell_failed(self.failed)}"


class Job:
    """One way of collecting, for one round or many; the model is loaded when it is first needed."""

    def __init__(
        self,
        app: App,
        urls: Sequence[str],
        *,
        pages: bool | None,
        allow_private: bool,
        analysis: bool,
        keep_text: bool,
        model: str | None,
    ) -> None:
        self.app = app
        self.urls = urls
        self._pages = pages
        self._allow_private = allow_private
        self._analysis = analysis
        self._keep_text = keep_text
        self._model = model
        self._analyzer: Analyzer | None = None
        self._noted = False

    def collect(
        self,
        store: Store,
        *,
        stop: Callable[[], bool] = lambda: False,
        show_progress: bool = True,
        wait_seconds: float = 0.0,
    ) -> RoundReport:
        """One round of collecting, under the lock."""
        from rotascope.errors import UsageError
        from rotascope.ingest import configured_sources, ingest_round, named_sources
        from rotascope.schedule import ingest_lock

        _check_clock(now())
        settings = self.app.settings
        if self.urls:
            sources = named_sources(self.urls, settings, store)
        else:
            sources = configured_sources(settings, store)
        if not sources:
            raise UsageError("there are no feeds: name URLs, or `rotascope feeds add URL`")
        bar = _bar("feeds", len(sources), show=show_progress)
        with ingest_lock(self.app.store_location, wait_seconds=wait_seconds), bar as advance:
            return ingest_round(
                store,
                sources,
                settings=settings,
                now=now,
                pages=self._pages,
                allow_private=self._allow_private,
                force=bool(self.urls),
                stop=stop,
                on_result=lambda _report: advance(1),
            )

    def analyze(self, store: Store, *, stop: Callable[[], bool] = lambda: False) -> Analyzed:
        """Work off the backlog."""
        if not self._analysis or stop() or self._nothing_to_analyze(store):
            return Analyzed()
        from rotascope.pipeline import analyze_backlog

        if self._analyzer is None:
            self._analyzer = load_analyzer(self.app, self._model)
        total = store.count_pending(self._analyzer.revision.id)
        with progress("analysing", total) as advance:
            report = analyze_backlog(
                store,
                analyzer=self._analyzer,
                now=now,
                stop=stop,
                progress=advance,
                keep_text=self._keep_text,
            )
        return Analyzed(report.analyzed, report.failed, self._note(store, report.revision))

    def _note(self, store: Store, revision_id: str) -> str:
        """Told once, not with each round."""
        if self._noted:
            return ""
        self._noted = True
        return tell_older(store, revision_id)

    def _nothing_to_analyze(self, store: Store) -> bool:
        """Whether loading the model can be spared: every text was analysed by some revision."""
        if self._analyzer is not None or self._model is not None:
            return False
        return store.count_pending("") == 0


def _check_clock(moment: datetime) -> None:
    """No article is dated later than it is seen: a clock of 1970 would spoil its date for good."""
    from rotascope.errors import RotascopeError

    if moment < _EARLIEST:
        raise RotascopeError(
            f"the clock of this machine says {moment:%Y-%m-%d %H:%M} UTC; set it, or wait until"
            " the time service has: articles would get false dates"
        )


def _bar(label: str, total: int, *, show: bool) -> AbstractContextManager[Callable[[int], None]]:
    return progress(label, total) if show else nullcontext(_ignore)


def _ignore(_count: int) -> None:
    pass


def _once(job: Job, *, as_json: bool) -> int:
    with job.app.store() as store:
        report = job.collect(store, wait_seconds=_LOCK_WAIT_SECONDS)
        if as_json:
            echo_json({"feeds": [feed_row(feed) for feed in report.feeds]})
        analyzed = job.analyze(store)
    if not as_json:
        _print_round(report, analyzed)
    tell_note(analyzed)
    return 0 if report.read else EXIT_NOTHING


def tell_note(analyzed: Analyzed) -> None:
    """On stderr, so that JSON stays clean."""
    if analyzed.note:
        click.echo(analyzed.note, err=True)


def feed_row(feed: FeedReport) -> dict[str, object]:
    """A feed's row of `--json`; `url` is the one that was given, as it was given."""
    return {
        "url": feed.url,
        "status": feed.status,
        "entries": feed.entries,
        "new": feed.new,
        "error": feed.error,
    }


def _print_round(report: RoundReport, analyzed: Analyzed) -> None:
    from rotascope_feeds.secrets import mask_url

    for feed in report.feeds:
        left_out = ", ".join(
            f"{count} {REASONS.get(reason, reason)}"
            for reason, count in sorted(feed.skipped.items())
        )
        told = feed.error or (f"left out: {left_out}" if left_out else "")
        counts = f"{plural(feed.entries, 'entry'):>14} {feed.new:>5} new"
        click.echo(
            f"{feed.status:<12} {counts}  {mask_url(feed.url)}{f'  ({told})' if told else ''}"
        )
    failed = f", {report.failed} failed" if report.failed else ""
    click.echo(
        f"{plural(len(report.feeds), 'feed')}{failed}; {plural(report.new, 'new article')},"
        f" {report.updated:,} updated, {analyzed}"
    )
    if report.foreign:
        click.echo(tell_foreign(report.foreign))
