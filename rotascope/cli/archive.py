"""`rotascope ingest --archive`: articles from a file, and what is told of its rows."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from rotascope.cli.common import EXIT_NOTHING, echo_json, now, progress
from rotascope.cli.job import tell_note
from rotascope.cli.languages import tell_foreign, tell_left_out
from rotascope.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rotascope.archive import ArchiveDates, ArchiveReport
    from rotascope.cli.job import Analyzed, Job

_SHOWN_BAD_ROWS = 20
_REASONS = {
    "option": "as asked for",
    "file": "as other dates of the file tell",
    "convention": "by convention, as no other date tells: --day-first or --month-first decides",
}


@dataclass(frozen=True, slots=True)
class Options:
    """How to read an archive, as the command line says it; None: as is usual."""

    columns: str | None = None
    first_seen: Literal["published", "now"] | None = None
    timezone: str | None = None
    day_first: bool | None = None


def run_archive(job: Job, path: Path, options: Options, *, as_json: bool) -> int:
    """Store and analyse the archive's articles, tell of them, and give the exit code."""
    from rotascope.archive import ingest_archive
    from rotascope.zones import zone_named
    from rotascope_feeds.archive import parse_columns
    from rotascope_feeds.errors import ArchiveError

    try:
        mapping = parse_columns(options.columns) if options.columns else None
    except ArchiveError as exc:
        raise click.UsageError(str(exc)) from exc
    if mapping and "first_seen" in mapping and options.first_seen:
        raise click.UsageError("--columns first_seen=… and --first-seen contradict: leave one out")
    timezone = "UTC" if options.timezone is None else zone_named(options.timezone).key
    with job.app.store() as store:
        with progress("rows") as advance:
            report = ingest_archive(
                store,
                path,
                now=now(),
                columns=mapping,
                first_seen=options.first_seen,
                timezone=timezone,
                day_first=options.day_first,
                languages=job.app.settings.fetch.languages,
                on_batch=advance,
            )
        analyzed = job.analyze(store)
    if as_json:
        echo_json(
            {
                "feeds": [],
                "archive": _row(path, report),
                "analyzed": analyzed.texts,
                "not_analyzed": analyzed.failed,
            }
        )
    else:
        _print(path, report, analyzed)
    tell_note(analyzed)
    taken = report.rows - len(report.bad) - sum(report.left_out.values())
    return 0 if taken else EXIT_NOTHING


def _row(path: Path, report: ArchiveReport) -> dict[str, object]:
    return {
        "path": str(path),
        "rows": report.rows,
        "new": report.new,
        "updated": report.updated,
        "first_seen": report.first_seen,
        "dates": asdict(report.dates),
        "left_out": dict(report.left_out),
        "not_english": report.foreign,
        "bad": [{"line": row.line, "reason": row.reason} for row in report.bad],
    }


def _print(path: Path, report: ArchiveReport, analyzed: Analyzed) -> None:
    for row in report.bad[:_SHOWN_BAD_ROWS]:
        click.echo(f"line {row.line}: {row.reason}", err=True)
    if len(report.bad) > _SHOWN_BAD_ROWS:
        more = len(report.bad) - _SHOWN_BAD_ROWS
        click.echo(f"... and {plural(more, 'bad row')} more; --json lists them all", err=True)
    click.echo(
        f"{path}: {plural(report.rows, 'row')}, {plural(report.new, 'new article')},"
        f" {report.updated:,} updated, {plural(len(report.bad), 'bad row')}, {analyzed}"
    )
    if report.left_out:
        click.echo(tell_left_out(report.left_out))
    if report.foreign:
        click.echo(tell_foreign(report.foreign))
    if report.first_seen == "column":
        click.echo("first seen when the file's column first_seen says (--first-seen)")
    for line in _told_of(report.dates):
        click.echo(line)


def _told_of(dates: ArchiveDates) -> Iterator[str]:
    if dates.naive:
        days = f", {dates.day_only:,} of them days without a time" if dates.day_only else ""
        yield (
            f"{plural(dates.naive, 'date')} without a zone, read in {dates.timezone}"
            f" (--timezone){days}"
        )
    if dates.ambiguous:
        month_first = dates.ambiguous - dates.day_first
        read = " and ".join(
            f"{count:,} {order} first"
            for count, order in ((dates.day_first, "day"), (month_first, "month"))
            if count
        )
        why = "; ".join(_REASONS[reason] for reason in dates.decided_by)
        yield f"{plural(dates.ambiguous, 'date')} like 03/04/2020, read {read}, {why}"
