"""`rotascope report`: the series, the flows and the sentences behind them as one HTML file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from rotascope.cli.common import App, pass_app
from rotascope.cli.export import series_keywords, series_options, split_groups

ENDINGS = ("", ".html", ".htm")


@click.command("report")
@click.argument("output", type=click.Path(path_type=Path), metavar="OUT.html")
@click.option("--from", "start", metavar="DATE", help="First period; default: the 30 last ones.")
@click.option("--to", "end", metavar="DATE", help="Last period, included.")
@click.option(
    "--groups",
    multiple=True,
    metavar="NAMES",
    help="As in `export`, and its default.",
)
@series_options
@click.option("--title", help="Instead of the configuration's report.title.")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@pass_app
def command(
    app: App,
    /,
    *,
    output: Path,
    start: str | None,
    end: str | None,
    groups: tuple[str, ...],
    title: str | None,
    force: bool,
    **options: Any,
) -> None:
    """Write one self-contained HTML file: what changed, pictures, and the sentences behind them.

    It opens from disk, in light and dark, on a phone and on paper, and loads nothing. `-` writes
    it to standard output.
    """
    from rotascope import files

    to_file = not files.is_standard_output(output)
    if to_file:
        _check_ending(output)
        files.check_target(output, force=force)

    from rotascope.report.gather import gather
    from rotascope.report.page import render

    with app.store(create=False) as store:
        report = gather(
            store,
            settings=app.settings,
            start=start,
            end=end,
            groups=split_groups(groups),
            title=title,
            **series_keywords(options),
        )
    body = render(report).encode()
    if not to_file:
        sys.stdout.buffer.write(body)
        return
    files.save(output, lambda stream: stream.write(body), force=force)
    click.echo(f"{output}: {len(body) / 1e6:.1f} MB", err=True)


def _check_ending(output: Path) -> None:
    """A browser shows what is called .txt or .pdf as something else."""
    from rotascope.errors import UsageError

    if output.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"{output.name}: the report is an HTML page; name it {output.with_suffix('.html').name}"
        )
