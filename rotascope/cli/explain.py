"""`rotascope explain`: why a text has the tickers, groups and flows it has."""

from __future__ import annotations

from dataclasses import asdict

import click

from rotascope.cli.common import App, echo_json, pass_app
from rotascope.cli.score import load_analyzer, published_day, read_source, told_day


@click.command("explain")
@click.argument("source", metavar="FILE|URL|-")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--model", metavar="M", help="Model name or folder; default: the configuration's.")
@click.option(
    "--published", metavar="DATE", help="When it was; default: as its page says, or today."
)
@click.option(
    "--allow-private-hosts", is_flag=True, help="Let a URL lead to a private or loopback address."
)
@pass_app
def command(
    app: App,
    *,
    source: str,
    as_json: bool,
    model: str | None,
    published: str | None,
    allow_private_hosts: bool,
) -> None:
    """Show, mention by mention, what was linked, how, and what was turned down and why."""
    told = told_day(published)
    given = read_source(app, source, allow_private=allow_private_hosts)
    day = published_day(told, given)
    analysis = load_analyzer(app, model).analyze(given.text, title=given.title, published=day)
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

    from rotascope.cli.render import render_links

    render_links(analysis, Console(highlight=False))
