"""`rotascope ingest`: collect feeds or an archive into the store, and analyse what is new."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from rotascope.cli.common import EXIT_NOTHING, App, echo_json, pass_app
from rotascope.cli.job import Analyzed, Job, tell_note
from rotascope.cli.languages import REASONS, tell_foreign
from rotascope.wording import plural

if TYPE_CHECKING:
    from rotascope.ingest import FeedReport, RoundReport

_LOCK_WAIT_SECONDS = 10.0


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
