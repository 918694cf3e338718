"""`rotascope export`: the series or the flows as a file, or to standard output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rotascope.cli.common import App, pass_app
from rotascope.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable


def series_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which series is meant; shared with other verbs that show one."""
    options = [
        click.option("--freq", metavar="H|S|D|W|M", help="Hour, session, day, week or month."),
        click.option("--calendar", metavar="CODE", help="An exchange's sessions, such as XNYS."),
        click.option("--timezone", metavar="ZONE", help="Where periods are cut; default UTC."),
        click.option(
            "--as-of",
            metavar="TIME",
            help="As the series was known at that time; `period-end` (export, plot, why): each"
            " period at its own end.",
        ),
        click.option(
            "--revision",
            metavar="ID|mixed|auto",
            help="An analysis revision; auto: the newest that has read as many texts as any older.",
        ),
        click.option("--half-life", type=float, metavar="DAYS", help="Fading of the level."),
        click.option("--shrinkage", type=float, metavar="N", help="Neutral stories added."),
        click.option("--min-count", type=int, metavar="N", help="Fewer stories give no value."),
        click.option("--window", type=int, metavar="N", help="Periods level_z looks back on."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


def series_keywords(options: dict[str, Any]) -> dict[str, Any]:
    """The options above as keywords of `rotascope.series`."""
    renamed = {"half_life": "half_life_days"}
    return {renamed.get(name, name): value for name, value in options.items()}


@click.command("export")
@click.option("--what", type=click.Choice(["points", "flows"]), default="points")
@click.option("--from", "start", metavar="DATE", help="First period, by any date or time in it.")
@click.option("--to", "end", metavar="DATE", help="Last period, included.")
@click.option(
    "--groups",
    multiple=True,
    metavar="NAMES",
    help="With commas: groups, tickers, pairs (value-growth), or sectors, styles, custom, tickers,"
    " pairs, all; default sectors,styles,custom.",
)
@series_options
@click.option("--format", "form", metavar="NAME", help="csv, parquet, json, xlsx or arrow.")
@click.option("--wide", is_flag=True, help="One row for each period, a column for each group.")
@click.option(
    "--values",
    metavar="NAMES",
    help="With --wide: columns of points with commas, such as level,n_stories, or all;"
    " default score.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="File; default stdout.")
@click.option("--force", is_flag=True, help="Replace the output if it exists.")
@pass_app
def command(
    app: App,
    /,
    *,
    what: str,
    start: str | None,
    end: str | None,
    groups: tuple[str, ...],
    form: str | None,
    wide: bool,
    values: str | None,
    output: Path | None,
    force: bool,
    **options: Any,
) -> None:
    """Write the sector series (points) or the directed flows; docs/series.md has the columns."""
    from rotascope import export, files
    from rotascope.errors import UsageError

    if files.is_standard_output(output):
        output = None
    name = export.format_for(output, form)
    if output is not None:
        files.check_target(output, force=force)
    elif name not in ("csv", "json") and sys.stdout.isatty():
        raise UsageError(f"{name} is not for a terminal; add --output FILE")

    from rotascope.timeseries.api import series

    with app.store(create=False) as store:
        table = series(
            store,
            what="flows" if what == "flows" else "points",
            start=start,
            end=end,
            groups=split_groups(groups),
            wide=wide,
            values=values,
            settings=app.settings,
            **series_keywords(options),
        )
    _tell_pending(table.attrs["pending"]["never"])
    _tell_quiet(table.attrs["articles"], what)
    if output is None:
        export.write_stream(table, sys.stdout.buffer, name=name)
    else:
        export.write(table, output, name=name, force=force)
        shown = ", ".join(table.attrs["metadata"]["revisions"])
        click.echo(f"{output}: {plural(len(table), 'row')}, revision {shown}", err=True)


def split_groups(groups: tuple[str, ...]) -> list[str] | None:
    """`--groups a,b --groups c` as one list; None where the option is not given."""
    from rotascope.timeseries.groups import names_of

    return names_of(",".join(groups)) if groups else None


def _tell_quiet(articles: dict[str, Any], what: str) -> None:
    """A window beside the data is more often a slip than meant."""
    if not articles["quiet"] or articles["unread"]:  # the latter is told already
        return
    if articles["elsewhere"]:
        click.echo(
            f"note: {plural(articles['elsewhere'], 'text')} of these periods only other analysis"
            " revisions have read, so the table does not know their news; `rotascope analyze"
            " --again` reads them, --revision mixed shows them as they were read",
            err=True,
        )
    else:
        nothing = "no flow" if what == "flows" else "no news of these groups"
        first, last = (articles[end][:10] for end in ("first", "last"))
        click.echo(
            f"note: {nothing} in these periods; articles run from {first} to {last}", err=True
        )


def _tell_pending(never: int) -> None:
    if never:
        click.echo(
            f"note: {plural(never, 'text version is', 'text versions are')} not analysed and left"
            " out; `rotascope analyze` does it",
            err=True,
        )
