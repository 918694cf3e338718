"""`rotascope plot`: one picture of the series, as PNG or SVG."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import click

from rotascope.cli.common import App, pass_app
from rotascope.cli.export import series_keywords, series_options, split_groups

WIDTHS = (450, 4000)
"""In a narrower picture names and legends leave no room for what it shows."""

KINDS = ("heatmap", "lines", "flows", "rotation")


@click.command("plot")
@click.argument("kind", type=click.Choice(KINDS))
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), required=True, help=".png or .svg."
)
@click.option("--from", "start", metavar="DATE", help="First period, by any date or time in it.")
@click.option("--to", "end", metavar="DATE", help="Last period, included.")
@click.option("--groups", multiple=True, metavar="NAMES", help="As in `export`; default sectors.")
@series_options
@click.option("--tail", type=click.IntRange(0, 60), help="Past periods of the rotation graph.")
@click.option("--title", help="Instead of the picture's own.")
@click.option(
    "--width",
    type=click.IntRange(*WIDTHS),
    default=860,
    help="About so many pixels, at scale 1; default 860.",
)
@click.option("--dark", is_flag=True, help="Light on dark.")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@pass_app
def command(
    app: App,
    /,
    *,
    kind: str,
    output: Path,
    start: str | None,
    end: str | None,
    groups: tuple[str, ...],
    tail: int | None,
    title: str | None,
    width: int,
    dark: bool,
    force: bool,
    **options: Any,
) -> None:
    """Draw the series: heatmap, lines, flows (a matrix) or rotation (level by momentum).

    Periods and groups are chosen as in `export`.
    """
    from rotascope import files
    from rotascope.report import plot

    form = plot.check_output(output)
    files.check_target(output, force=force)
    with app.store(create=False) as store:
        chart = plot.draw(
            cast(plot.Kind, kind),
            store,
            settings=app.settings,
            dark=dark,
            width=width,
            tail=plot.TAIL if tail is None else tail,
            title=title,
            start=start,
            end=end,
            groups=split_groups(groups),
            **series_keywords(options),
        )
    body = plot.picture(chart, form)
    files.save(output, lambda stream: stream.write(body), force=force)
    click.echo(str(output), err=True)
