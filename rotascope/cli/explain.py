"""`rotascope explain`: why a text has the tickers, groups and flows it has."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from rotascope.cli.common import App, echo_json, pass_app
from rotascope.cli.score import load_analyzer, read_source

if TYPE_CHECKING:
    from rich.console import Console

    from rotascope.types import Analysis


@click.command("explain")
@click.argument("source", metavar="FILE|URL|-")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--model", metavar="M", help="Model name or folder; default: the configuration's.")
@click.option(
    "--allow-private-hosts", is_flag=True, help="Let a URL lead to a private or loopback address."
)
@pass_app
def command(
    app: App, *, source: str, as_json: bool, model: str | None, allow_private_hosts: bool
) -> None:
    """Show, mention by mention, what was linked, how, and what was turned down and why."""
    given = read_source(app, source, allow_private=allow_private_hosts)
    analysis = load_analyzer(app, model).analyze(given.text, title=given.title)
    if as_json:
        echo_json(
            {
                "id": given.source,
                "mentions": [
                    {**asdict(row.mention), "relevance": row.relevance, **asdict(row.sentiment)}
                    for row in analysis.mentions
                ],
                "rejected": [asdict(row) for row in analysis.rejected],
                "evidence": [asdict(row) for row in analysis.evidence],
            },
            indent=2,
        )
        return
    from rich.console import Console

    render_links(analysis, Console(highlight=False))


def render_links(analysis: Analysis, console: Console) -> None:
    """Two tables: what was taken and how, and what was turned down and why."""
    from rich.markup import escape
    from rich.table import Table

    from rotascope.cli.render import color

    taken = Table("at", "text", "is", "groups", "found by", "confidence", "score", box=None)
    for row in analysis.mentions:
        mention = row.mention
        taken.add_row(
            _place(mention.field, mention.start),
            escape(" ".join(mention.text.split())),
            escape(mention.symbol or mention.name or mention.kind),
            escape(", ".join(mention.groups)),
            mention.method,
            f"{mention.confidence:.2f}",
            f"[{color(row.sentiment.score)}]{row.sentiment.score:+.2f}[/]",
        )
    console.print("\n[bold]Linked[/bold]")
    console.print(taken if analysis.mentions else "  nothing")
    refused = Table("at", "text", "was not", "because", box=None)
    for no in analysis.rejected:
        refused.add_row(
            _place(no.field, no.start),
            escape(" ".join(no.text.split())),
            escape(no.candidate),
            escape(no.reason),
        )
    console.print("\n[bold]Turned down[/bold]")
    console.print(refused if analysis.rejected else "  nothing")


def _place(field: str, start: int) -> str:
    return f"title {start}" if field == "title" else str(start)
