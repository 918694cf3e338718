"""`rotascope demo`: everything once, on a small invented world that comes along."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rotascope.cli.common import App, pass_app, progress
from rotascope.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from rotascope.demo.run import Demo


@click.command("demo")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-output"),
    show_default=True,
    help="Folder for all that the demo writes; made if missing.",
)
@click.option(
    "--open/--no-open", "open_report", default=False, help="Show the report in a browser."
)
@click.option("--serve", is_flag=True, help="Keep the invented pages up until Ctrl-C.")
@pass_app
def command(app: App, /, *, output: Path, open_report: bool, serve: bool) -> None:
    """Collect invented news from a server on this machine, analyse it, and show what comes out.

    Eight weeks of some fifty articles tell of a rotation out of technology and of its reversal.
    Nothing is fetched from the network, and nothing is written outside the folder.
    """
    from rotascope.demo.run import run_demo

    with ExitStack() as stack:

        def begin(label: str, total: int) -> Callable[[int], None]:
            stack.pop_all().close()
            return stack.enter_context(progress(label, total, begin=True))

        demo = run_demo(output, settings=app.settings, progress=begin)
    _show(demo)
    if open_report:
        click.launch((output / "report.html").resolve().as_uri())
    if serve:
        _serve(demo.port)


def _serve(port: int) -> None:
    """Serve the pages that the report's links lead to, until Ctrl-C."""
    from rotascope.demo.run import pages_again

    with pages_again(port) as server:
        click.echo(f"\nThe report's sources are at {server.url} until Ctrl-C.")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            click.echo("stopped", err=True)


def _show(demo: Demo) -> None:
    from rich.console import Console

    from rotascope.demo.tables import flow_table, sector_table

    console = Console()
    click.echo(
        f"{plural(demo.articles, 'article')} and {plural(demo.updated, 'edit')} of invented news"
        f" in {plural(demo.rounds, 'round')} from 3 feeds; {plural(demo.analyzed, 'text')}"
        " analysed.\n"
    )
    for table in (sector_table(demo.points), flow_table(demo.flows)):
        console.print(table)
        console.print()
    for path in demo.files:
        click.echo(str(path))
